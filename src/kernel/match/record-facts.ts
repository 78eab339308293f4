/** What dates, listed values and addresses of two records say. Of several values the best pair counts, once: a record collects the values of several documents. */
import type { PresetWeights } from './preset.ts'
import { dateLevel, type PartialDate, printPartialDate } from './record-date.ts'
import type { MatchStep } from './record-score.ts'

export function dateSteps(left: readonly PartialDate[], right: readonly PartialDate[], worth: PresetWeights['date']): readonly MatchStep[] {
  let best: MatchStep | undefined
  for (const one of left)
    for (const other of right) {
      const level = dateLevel(one, other)
      if (best !== undefined && best.logOdds >= worth[level]) continue
      best = { code: `date-${level}`, property: 'date', left: printPartialDate(one), right: printPartialDate(other), logOdds: worth[level] }
    }
  return best === undefined ? [] : [best]
}

export function listSteps(
  property: string,
  [left, right]: readonly [readonly string[], readonly string[]],
  worth: { readonly equal: number; readonly different: number },
): readonly MatchStep[] {
  if (left.length === 0 || right.length === 0) return []
  const shared = left.find((value) => right.includes(value))
  return shared === undefined
    ? [{ code: `${property}-different`, property, left: left.join(', '), right: right.join(', '), logOdds: worth.different }]
    : [{ code: `${property}-equal`, property, left: shared, right: shared, logOdds: worth.equal }]
}

const EQUAL = 0.8
const ALIKE = 0.5
/** A single word is no address. */
const FEWEST_WORDS = 2

/** Different addresses say nothing: people and companies move. */
export function addressSteps(
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
  worth: PresetWeights['address'],
): readonly MatchStep[] {
  let best = { share: 0, one: '', other: '' }
  for (const one of left)
    for (const other of right) {
      const words = Math.max(one.length, other.length)
      const share = words < FEWEST_WORDS ? 0 : one.filter((word) => other.includes(word)).length / words
      if (share > best.share) best = { share, one: one.join(' '), other: other.join(' ') }
    }
  if (best.share < ALIKE) return []
  const isEqual = best.share >= EQUAL
  return [
    {
      code: isEqual ? 'address-equal' : 'address-alike',
      property: 'address',
      left: best.one,
      right: best.other,
      logOdds: isEqual ? worth.equal : worth.alike,
    },
  ]
}
