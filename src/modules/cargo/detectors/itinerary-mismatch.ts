/** I6: stowage plan, cargo report and declarations name different ports of loading or discharge for the box. */
import type { StatedPlace } from '../model.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

const UNLOCODE = /^[A-Z]{2}[A-Z2-9]{3}$/

export const itineraryMismatch: CargoDetector = {
  ...COMMON,
  id: 'cargo.itinerary-mismatch',
  title: 'Itinerary',
  parameters: {},
  inputs: ['ports in the stowage plan', 'ports in bills and declarations'],
  knownLimits:
    'A stowage plan names the ports of its own ship: a discharge port that is the declared transhipment or delivery port is not counted.',
  innocentAlternatives: [
    'Change of destination on the way',
    'Transhipment that the bill does not name',
    'A retired UN/LOCODE for the same port',
  ],
  evaluate(dossier) {
    const plans = dossier.sightings.filter(({ message }) => message === 'BAPLIE')
    const bills = dossier.consignments.filter(({ statement }) => statement.places.length > 0)
    if (plans.length === 0 || bills.length === 0) return missing(plans.length === 0 ? 'stowage plan' : 'bill or declaration with ports')
    for (const { statement, message } of bills) {
      const stated = place(statement.places, 'discharge')
      if (stated === undefined || !UNLOCODE.test(stated.place.value)) continue
      for (const plan of plans) {
        const { places } = plan.sighting
        const planned = place(places, 'discharge')
        if (planned === undefined || !UNLOCODE.test(planned.place.value)) continue
        const accepted = [planned, ...places.filter((each) => ['delivery', 'final-discharge', 'transhipment'].includes(each.role))].map(
          (each) => each.place.value,
        )
        const alsoDeclared = statement.places
          .filter((each) => ['transhipment', 'delivery', 'final-discharge'].includes(each.role))
          .map((each) => each.place.value)
        if (accepted.includes(stated.place.value) || alsoDeclared.includes(planned.place.value)) continue
        return signal(
          `The stowage plan discharges the box at ${planned.place.value}, the ${message === 'CSV' ? 'declaration' : message} at ${stated.place.value}.`,
          fact('discharge in the stowage plan', planned.place),
          fact(`discharge in the ${message}`, stated.place),
        )
      }
    }
    return CLEAR
  },
}

function place(places: readonly StatedPlace[], role: StatedPlace['role']): StatedPlace | undefined {
  return places.find((each) => each.role === role)
}
