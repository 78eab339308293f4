/** I6: stowage plan, bills, entry declarations and customs declarations name different ports of loading, ports of discharge or places of delivery for the box. */
import type { Evaluation } from '#kernel/signal/signal.ts'
import type { PlaceRole, Stated, StatedPlace } from '../model.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierConsignment, fact, missing, signal } from './dossier.ts'
import { newestFilings, presentJourney } from './journey-view.ts'
import { codeOf, placeOf } from './statement-parts.ts'

const PLANS: ReadonlySet<string> = new Set(['BAPLIE', 'MOVINS'])

interface Itinerary {
  readonly said: string
  readonly places: readonly StatedPlace[]
}

export const itineraryMismatch: CargoDetector = {
  ...COMMON,
  code: 'I6',
  id: 'cargo.itinerary-mismatch',
  title: 'Itinerary',
  parameters: {},
  inputs: ['ports in the stowage plan', 'ports in bills and declarations'],
  knownLimits:
    'A stowage plan names the ports of its own ship: a port that the other side names anywhere on its route (transhipment, delivery, receipt) is not counted. Masked port codes are left alone.',
  innocentAlternatives: [
    'Change of destination on the way',
    'Transhipment that the bill does not name',
    'A retired UN/LOCODE for the same port',
  ],
  evaluate(dossier) {
    const { sightings, consignments } = presentJourney(dossier)
    const plans = sightings
      .filter(({ message }) => PLANS.has(message))
      .map(({ sighting, message }): Itinerary => ({ said: message === 'BAPLIE' ? 'stowage plan' : message, places: sighting.places }))
    const filings = newestFilings(consignments)
      .filter(({ statement }) => statement.places.length > 0)
      .map((each): Itinerary => ({ said: nameOf(each), places: each.statement.places }))
    if (filings.length === 0) return missing('bill or declaration with ports')
    if (plans.length === 0 && filings.length < 2) return missing('stowage plan')
    const all = [...plans, ...filings]
    for (const [index, one] of all.entries())
      for (const other of all.slice(index + 1)) {
        const found = difference(one, other)
        if (found !== undefined) return found
      }
    return CLEAR
  },
}

/** The role as its own name first; what may stand for it comes after. */
const ROLES: readonly { readonly name: string; readonly verb: string; readonly roles: readonly PlaceRole[] }[] = [
  { name: 'discharge', verb: 'discharges the box at', roles: ['discharge'] },
  { name: 'loading', verb: 'loads the box at', roles: ['loading'] },
  { name: 'delivery', verb: 'delivers the box at', roles: ['delivery', 'final-discharge'] },
]

function difference(one: Itinerary, other: Itinerary): Evaluation | undefined {
  for (const { name, verb, roles } of ROLES) {
    const [a, b] = [placeOf(one.places, ...roles), placeOf(other.places, ...roles)]
    if (a === undefined || b === undefined || !isElsewhere(a, other.places) || !isElsewhere(b, one.places)) continue
    return signal(
      `The ${one.said} ${verb} ${a.value}, the ${other.said} at ${b.value}.`,
      fact(`${name} in the ${one.said}`, a),
      fact(`${name} in the ${other.said}`, b),
    )
  }
  return undefined
}

/** True when the other side names the place nowhere on its route. */
function isElsewhere(place: Stated, places: readonly StatedPlace[]): boolean {
  const code = codeOf(place)
  return code !== undefined && !places.some((each) => codeOf(each.place) === code)
}

function nameOf({ declaration, message }: DossierConsignment): string {
  return declaration || message === 'CSV' ? 'declaration' : message
}
