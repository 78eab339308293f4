/** R1: the route of the box, loading to discharge, has not been used in what this authority has seen. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

export const newRoute: CargoDetector = {
  ...COMMON,
  id: 'cargo.new-route',
  title: 'New route',
  parameters: { needed: 50 },
  inputs: ['port of loading', 'port of discharge', 'earlier consignments on the route'],
  knownLimits: 'Knows only what this authority has received; a new liner service makes every box on it new for a while.',
  innocentAlternatives: ['A new service of the line', 'Congestion or strike at the usual port', 'Seasonal trade'],
  evaluate(dossier, { needed = 50 }) {
    const { routeConsignments } = dossier.history
    for (const { statement } of dossier.consignments) {
      const loading = statement.places.find((place) => place.role === 'loading')
      const discharge = statement.places.find((place) => place.role === 'discharge')
      if (loading === undefined || discharge === undefined) continue
      if (routeConsignments === undefined || Object.values(routeConsignments).reduce((sum, each) => sum + each, 0) < needed)
        return missing(`history of at least ${needed} consignments`)
      const route = `${loading.place.value.toUpperCase()}-${discharge.place.value.toUpperCase()}`
      return (routeConsignments[route] ?? 0) === 0
        ? signal(
            `No consignment was seen here before on the route ${route}.`,
            fact('port of loading', loading.place),
            fact('port of discharge', discharge.place),
          )
        : CLEAR
    }
    return missing('a bill with ports of loading and discharge')
  },
}
