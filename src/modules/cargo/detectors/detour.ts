/** R4: the way over the stated transhipments is out of proportion to the direct one, or the freight out of proportion to the value of the goods. */
import { distanceKm } from '#kernel/geo/distance.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal, type ValuedStatement } from './dossier.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { codeOf, routeOf, viasOf } from './statement-parts.ts'

export const detour: CargoDetector = {
  ...COMMON,
  code: 'R4',
  id: 'cargo.detour',
  title: 'Detour or freight out of proportion',
  parameters: { factor: 1.8, kilometres: 3000, freightShare: 0.5 },
  inputs: ['ports of the itinerary', 'freight', 'value of the goods'],
  knownLimits:
    'Great circles cross land: only the proportion counts. Freight and value are compared only when both are stated, as stated, in one currency.',
  innocentAlternatives: [
    'The hub of a line lies off the way',
    'Goods of little value that must be moved',
    'A canal or strait that was closed',
  ],
  evaluate(dossier, { factor = 1.8, kilometres = 3000, freightShare = 0.5 }) {
    let couldCompare = false
    for (const { statement } of newestFilings(presentJourney(dossier).consignments)) {
      const { freight, customsValue } = statement as ValuedStatement
      if (freight !== undefined && customsValue !== undefined && customsValue.value > 0) {
        couldCompare = true
        if (freight.value > freightShare * customsValue.value)
          return signal(
            `The freight of ${freight.value} stands against goods of ${customsValue.value}.`,
            fact('freight', freight),
            fact('value', customsValue),
          )
      }
      const route = routeOf(statement)
      const vias = viasOf(statement.places)
      if (route === undefined || vias.length === 0) continue
      const stops = [route.loading, ...vias, route.discharge].map((place) => dossier.positions?.[codeOf(place) ?? ''])
      const direct = length([stops[0], stops.at(-1)])
      const travelled = length(stops)
      if (direct === undefined || travelled === undefined) continue
      couldCompare = true
      if (travelled <= direct * factor || travelled - direct < kilometres) continue
      return signal(
        `Over ${vias.map(({ value }) => value).join(', ')} the way is ${Math.round(travelled)} km; directly it is ${Math.round(direct)} km.`,
        fact('port of loading', route.loading),
        ...vias.map((via) => fact('transhipment', via)),
        fact('port of discharge', route.discharge),
      )
    }
    return couldCompare ? CLEAR : missing('transhipment between known places, or freight and value')
  },
}

type Position = Parameters<typeof distanceKm>[0]

function length(stops: readonly (Position | undefined)[]): number | undefined {
  let sum = 0
  for (let index = 1; index < stops.length; index++) {
    const [from, to] = [stops[index - 1], stops[index]]
    if (from === undefined || to === undefined) return undefined
    sum += distanceKm(from, to)
  }
  return sum
}
