/** R6: the box stayed longer in the port than nearly all others do, or was moved in the yard without an order. */
import { comparedWith, isThin } from '#kernel/cargo-history/comparison-window.ts'
import { countIn, HOUR_BIN, quantileOfBins } from '#kernel/cargo-history/tally-bins.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierSighting, fact, missing, signal } from './dossier.ts'
import { tally } from './history-keys.ts'
import { presentJourney, timeOf } from './journey-view.ts'
import { dwellsOf } from './measures.ts'

/** Messages that order a box to be moved. */
const ORDERS: ReadonlySet<string> = new Set(['COPRAR', 'COPARN', 'COPINO', 'COREOR', 'COHAOR', 'MOVINS', 'COSTOR', 'COSTCO'])
const MOVED =
  /\b(?:yard move|moved in (?:the )?yard|shift(?:ed|ing)? in (?:the )?yard|re-?stow(?:ed|ing)?|housekeeping|reubicad[ao]|movimiento de patio)\b/i

export const dwell: CargoDetector = {
  ...COMMON,
  code: 'R6',
  id: 'cargo.dwell',
  title: 'Long stay, or move without order',
  parameters: { share: 0.95, needed: 100, orderHours: 24 },
  inputs: ['times of arrival and departure in the port', 'stays of other boxes there', 'yard moves and orders'],
  knownLimits:
    'Compares stays in steps of six hours, of one port and direction, with the twelve months before that of the departure; while those hold fewer than a hundred stays, with that month, too. Yard moves are known only where reports mention them in words; orders only where order messages are received.',
  innocentAlternatives: ['Papers or payment that were late', 'A holiday or strike', 'Housekeeping by the terminal'],
  evaluate(dossier, { share = 0.95, needed = 100, orderHours = 24 }) {
    const { sightings } = presentJourney(dossier)
    const moved = unordered(sightings, orderHours)
    if (moved !== undefined) return moved
    const stays = dwellsOf(dossier)
    if (stays.length === 0) return missing('arrival and departure of the box in one port')
    let couldCompare = false
    for (const stay of stays) {
      const known = tally(dossier.history, stay)
      const bins = comparedWith(known, isThin(known, needed))
      if (countIn(bins) < needed) continue
      couldCompare = true
      const usual = (quantileOfBins(bins, share, HOUR_BIN) ?? 0) + HOUR_BIN
      if (stay.value > usual)
        return signal(
          `The box stayed ${Math.round(stay.value)} h in ${stay.key.split(' ')[0] ?? ''}; ${Math.round(share * 100)} of 100 stay at most ${usual} h.`,
          ...stay.stated.map((each) => fact(each.name, each.stated)),
          { name: 'hours in the port', value: Math.round(stay.value) },
        )
    }
    return couldCompare ? CLEAR : missing(`stays of at least ${needed} boxes in the port`)
  },
}

/** A move in the yard that a report mentions, with no order for the box in the hours before; only where the desk receives orders at all for this box. */
function unordered(sightings: readonly DossierSighting[], hours: number) {
  const orders = sightings.filter(({ message }) => ORDERS.has(message)).map((each) => Date.parse(timeOf(each)))
  if (orders.length === 0) return undefined
  for (const each of sightings) {
    const remark = each.sighting.remarks.find(({ value }) => MOVED.test(value))
    if (remark === undefined) continue
    const at = Date.parse(timeOf(each))
    if (orders.some((order) => order <= at && at - order <= hours * 3_600_000)) continue
    return signal(
      `A report mentions a move in the yard, and no order of the ${hours} h before is known.`,
      fact('remark', remark),
      fact('container', each.sighting.container),
    )
  }
  return undefined
}
