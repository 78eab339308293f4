/** R4: the way over the stated transhipments is out of proportion to the direct one, or the freight out of proportion to the value of the goods. */
import { distanceKm } from '#kernel/geo/distance.ts'
import type { StatedAmount } from '../model.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierConsignment, fact, missing, signal } from './dossier.ts'
import { billOf, newestFilings, presentJourney } from './journey-view.ts'
import { codeOf, routeOf, viasOf } from './statement-parts.ts'

export const detour: CargoDetector = {
  ...COMMON,
  code: 'R4',
  id: 'cargo.detour',
  title: 'Detour or freight out of proportion',
  parameters: { factor: 1.8, kilometres: 3000, freightShare: 0.5 },
  inputs: ['ports of the itinerary', 'freight', 'value of the goods'],
  knownLimits:
    'Great circles cross land: only the proportion counts. Freight and value are compared when filings about one bill state both, in one currency.',
  innocentAlternatives: [
    'The hub of a line lies off the way',
    'Goods of little value that must be moved',
    'A canal or strait that was closed',
  ],
  evaluate(dossier, { factor = 1.8, kilometres = 3000, freightShare = 0.5 }) {
    let couldCompare = false
    const filings = newestFilings(presentJourney(dossier).consignments)
    for (const [freight, value] of costsOf(filings)) {
      couldCompare = true
      if (freight.value <= freightShare * value.value) continue
      return signal(
        `The freight of ${amountOf(freight)} stands against goods of ${amountOf(value)}.`,
        fact('freight', freight),
        fact('value', value),
      )
    }
    for (const { statement } of filings) {
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

/** Freight and value of each bill, whichever filings state them, where both are in one currency. */
function* costsOf(filings: readonly DossierConsignment[]): Generator<readonly [freight: StatedAmount, value: StatedAmount]> {
  for (const ofBill of Map.groupBy(filings, billOf).values()) {
    const freights = ofBill.flatMap(({ statement }) => statement.freight ?? [])
    const values = ofBill.flatMap(({ statement }) => statement.customsValue ?? []).filter((value) => value.value > 0)
    for (const freight of freights) {
      const value = values.find(({ currency }) => currency === freight.currency)
      if (value !== undefined) yield [freight, value]
    }
  }
}

function amountOf({ value, currency }: StatedAmount): string {
  return currency === undefined ? String(value) : `${value} ${currency}`
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
