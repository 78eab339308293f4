/** R1: the route of the box, loading to discharge, is new for its company; while no company has a history here, new for the desk. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { newness } from './first-seen.ts'
import { known } from './history-keys.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { companiesOf, routeOf } from './statement-parts.ts'

export const newRoute: CargoDetector = {
  ...COMMON,
  code: 'R1',
  id: 'cargo.new-route',
  title: 'New route',
  parameters: { needed: 50, neededOfCompany: 20 },
  inputs: ['port of loading', 'port of discharge', 'earlier consignments of the company on the route', 'earlier consignments on the route'],
  knownLimits: 'Knows only what this desk has received; a new liner service makes every box on it new for a while.',
  innocentAlternatives: ['A new service of the line', 'Congestion or strike at the usual port', 'Seasonal trade'],
  evaluate(dossier, { needed = 50, neededOfCompany = 20 }) {
    let hasRoute = false
    for (const { statement, day } of newestFilings(presentJourney(dossier).consignments)) {
      const route = routeOf(statement)
      if (route === undefined) continue
      hasRoute = true
      const facts = [fact('port of loading', route.loading), fact('port of discharge', route.discharge)]
      const shipper = companiesOf(statement, 'consignor').find(
        ({ key }) => known(dossier.history, { kind: 'party', key, day }).before >= neededOfCompany,
      )
      if (shipper !== undefined) {
        if (known(dossier.history, { kind: 'party-route', key: `${shipper.key}|${route.name}`, day }).before > 0) return CLEAR
        return signal(
          `${shipper.party.name.value} did not use the route ${route.name} here before.`,
          fact('consignor', shipper.party.name),
          ...facts,
        )
      }
      const verdict = newness(dossier.history, { kind: 'route', key: route.name, day, needed })
      if (verdict === 'too-thin') return missing(`history of at least ${needed} consignments`)
      return verdict === 'new' ? signal(`No consignment was seen here before on the route ${route.name}.`, ...facts) : CLEAR
    }
    return missing(hasRoute ? 'history' : 'a bill with ports of loading and discharge')
  },
}
