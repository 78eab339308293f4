/** R3: the box was booked shortly before loading, shorter than nearly all boxes of its lane. */
import { comparedWith, isThin } from '#kernel/cargo-history/comparison-window.ts'
import { countIn, HOUR_BIN, quantileOfBins } from '#kernel/cargo-history/tally-bins.ts'
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { tally } from './history-keys.ts'
import { leadOf } from './measures.ts'

export const shortLeadTime: CargoDetector = {
  ...COMMON,
  code: 'R3',
  id: 'cargo.short-lead-time',
  title: 'Booked shortly before loading',
  parameters: { share: 0.05, needed: 100 },
  inputs: ['time of booking', 'time of loading', 'lead times of the lane'],
  knownLimits:
    'Without a stated time of booking it takes the preparation, or else the receipt, of the first booking message. Compares in steps of six hours, with the twelve months before that of the loading; while those hold fewer than a hundred boxes, with that month, too.',
  innocentAlternatives: [
    'A last-minute space on the ship',
    'Perishable goods sold at short notice',
    'A booking that was moved from another ship',
  ],
  evaluate(dossier, { share = 0.05, needed = 100 }) {
    const lead = leadOf(dossier)
    if (lead === undefined) return missing('a booking, a loading and a route')
    const known = tally(dossier.history, lead)
    const bins = comparedWith(known, isThin(known, needed))
    if (countIn(bins) < needed) return missing(`lead times of at least ${needed} boxes of the lane`)
    const usual = quantileOfBins(bins, share, HOUR_BIN) ?? 0
    if (lead.value >= usual) return CLEAR
    return signal(
      `The box was booked ${Math.round(lead.value)} h before loading; on the lane ${lead.key} ${Math.round((1 - share) * 100)} of 100 are booked ${usual} h or more before.`,
      ...lead.stated.map((each) => fact(each.name, each.stated)),
      { name: 'hours from booking to loading', value: Math.round(lead.value) },
    )
  },
}
