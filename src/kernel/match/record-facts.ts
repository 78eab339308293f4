/** What dates, listed values and addresses of two records say. Of several values the best pair counts, once: a record collects the values of several documents. */
import type { PresetWeights } from './preset.ts'
import type { RecordAddress } from './record.ts'
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
  property: 'gender' | 'country',
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

/** Different addresses say nothing: people and companies move. Another number is another house, however long the names of street and town. */
export function addressSteps(
  left: readonly RecordAddress[],
  right: readonly RecordAddress[],
  worth: PresetWeights['address'],
): readonly MatchStep[] {
  let best: MatchStep | undefined
  let most = 0
  for (const one of left)
    for (const other of right) {
      const share = sharedWords(one, other)
      const isEqual = share >= EQUAL && one.numbers === other.numbers
      const logOdds = isEqual ? worth.equal : worth.alike
      if (share < ALIKE || (best !== undefined && (logOdds < best.logOdds || (logOdds === best.logOdds && share <= most)))) continue
      best = { code: isEqual ? 'address-equal' : 'address-alike', property: 'address', left: one.text, right: other.text, logOdds }
      most = share
    }
  return best === undefined ? [] : [best]
}

/** Of the words of the longer one. */
function sharedWords({ words: one }: RecordAddress, { words: other }: RecordAddress): number {
  const most = Math.max(one.length, other.length)
  return most < FEWEST_WORDS ? 0 : one.filter((word) => other.includes(word)).length / most
}
