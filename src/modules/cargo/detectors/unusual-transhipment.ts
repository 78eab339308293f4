/** R2: the box is transhipped where boxes of its lane are not. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { known } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { routeOf, viasOf } from './statement-parts.ts'

export const unusualTranshipment: CargoDetector = {
  ...COMMON,
  code: 'R2',
  id: 'cargo.unusual-transhipment',
  title: 'Unusual transhipment',
  parameters: { needed: 30, share: 0.01 },
  inputs: ['ports of transhipment', 'ports of transhipment on the lane before'],
  knownLimits:
    'Knows the transhipments that bills state; many state none. A lane needs 30 shipments with one before anything is called unusual.',
  innocentAlternatives: ['A new rotation of the line', 'A missed connection', 'Congestion at the usual hub'],
  evaluate(dossier, { needed = 30, share = 0.01 }) {
    let wasStated = false
    let couldCompare = false
    for (const { statement, day } of newestFilings(presentJourney(dossier).consignments)) {
      const route = routeOf(statement)
      if (route === undefined) continue
      for (const via of viasOf(statement.places)) {
        wasStated = true
        const lane = known(dossier.history, { kind: 'lane', key: route.name, day }).before
        if (lane < needed) continue
        couldCompare = true
        const used = known(dossier.history, { kind: 'lane-via', key: `${route.name}|${via.value.toUpperCase()}`, day }).before
        if (used / lane < share)
          return signal(
            `Of ${lane} shipments on the lane ${route.name}, ${used} went over ${via.value}.`,
            fact('transhipment', via),
            fact('port of loading', route.loading),
            fact('port of discharge', route.discharge),
          )
      }
    }
    if (!wasStated) return missing('port of transhipment')
    return couldCompare ? CLEAR : missing(`history of at least ${needed} shipments on the lane`)
  },
}
