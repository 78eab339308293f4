/** R5: goods that come back: a document says so, or the box leaves full for where it came from without having been emptied. */
import { type CargoDetector, CLEAR, COMMON, type DossierSighting, fact, missing, signal } from './dossier.ts'
import { newestFilings, presentJourney, timeOf } from './journey-view.ts'
import { codeOf, placeOf } from './statement-parts.ts'

/** From practice; policy. */
const RETURNED =
  /\b(?:return(?:ed|ing)? (?:goods|cargo|shipment|to)|goods returned|re-?export(?:ed|ation)?|rejected|devuelt[ao]s?|devolucion|rechazad[ao]s?|retour(?:goederen)?|ruckware)\b/i
const DAY = 86_400_000

export const returnedCargo: CargoDetector = {
  ...COMMON,
  code: 'R5',
  id: 'cargo.returned-cargo',
  title: 'Returned or rejected cargo',
  parameters: { days: 90 },
  inputs: ['description and remarks', 'discharge and next loading of the box', 'full or empty'],
  knownLimits: 'A box that was emptied and filled again between two reports looks unopened when nobody reported it empty.',
  innocentAlternatives: ['Goods refused for quality or papers', 'Empties reported as full by mistake', 'A round trip of a machine'],
  evaluate(dossier, { days = 90 }) {
    const { consignments, sightings } = presentJourney(dossier)
    const texts = [
      ...newestFilings(consignments).flatMap(({ statement }) => statement.goods),
      ...sightings.flatMap(({ sighting }) => [...sighting.goods, ...sighting.remarks]),
    ]
    const said = texts.find(({ value }) => RETURNED.test(value.normalize('NFKD').replace(/\p{M}/gu, '')))
    if (said !== undefined) return signal(`"${said.value.slice(0, 120)}" speaks of goods that come back.`, fact('text', said))
    const moves = dossier.sightings.filter(({ sighting, happenedAt }) => sighting.event !== undefined && happenedAt !== undefined)
    if (texts.length === 0 && moves.length < 2) return missing('a description, or two events of the box')
    return backAgain(moves, days) ?? CLEAR
  },
}

/** Discharged full, and loaded full within the days for the country it was loaded in, with no sight of it empty. */
function backAgain(moves: readonly DossierSighting[], days: number) {
  for (const [index, discharged] of moves.entries()) {
    if (discharged.sighting.event !== 'discharged' || discharged.sighting.fullness !== 'full') continue
    const from = codeOf(placeOf(discharged.sighting.places, 'original-loading', 'loading'))
    for (const next of moves.slice(index + 1)) {
      if (next.sighting.fullness === 'empty') break
      if (Date.parse(timeOf(next)) - Date.parse(timeOf(discharged)) > days * DAY) break
      const to = placeOf(next.sighting.places, 'final-discharge', 'discharge')
      if (next.sighting.event !== 'loaded' || next.sighting.fullness !== 'full' || to === undefined) continue
      if (from === undefined || codeOf(to)?.slice(0, 2) !== from.slice(0, 2)) continue
      return signal(
        `The box came full from ${from} and goes full to ${to.value}, and nobody saw it empty between.`,
        fact('discharged', discharged.sighting.container),
        fact('loaded', next.sighting.container),
        fact('port of discharge', to),
      )
    }
  }
  return undefined
}
