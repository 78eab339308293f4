/**
 * An additive scorecard: base log-odds plus one part for each term, plus capped weights of rules that fired. Plain data, learned by `scorecard-learn.ts`.
 * Invariant: base + every shown term + the rest = score, exactly, because every part is a whole number of millionths of log-odds. The ten
 * largest are shown, each with how many cases it rests on and in how many something was found.
 * A score speaks of a consignment and proposes an order in which to look; it decides nothing.
 */
import { MILLIONTHS } from './scorecard-cells.ts'
import { type Attribute, PAIR_SEPARATOR, type RiskRow, valueOf } from './scorecard-fairness.ts'

/** Value (of a pair: both, apart by the separator), cases, found, millionths of log-odds. */
export type ScoreCell = readonly [value: string, n: number, hits: number, logOdds: number]

export interface ScoreTerm {
  readonly attributes: readonly string[]
  readonly smoothing: number
  /** Sorted by value, by code unit. */
  readonly cells: readonly ScoreCell[]
  /** Precision on the later period after this term came in: (P@5 % + P@10 %) / 2. */
  readonly objective: number
}

export interface Scorecard {
  readonly form: 'scorecard-1'
  readonly attributes: readonly Attribute[]
  readonly base: number
  readonly terms: readonly ScoreTerm[]
  /** Months as in `scorecard-table.ts`; terms were chosen on those from `laterFrom` on. */
  readonly learnedFrom: {
    readonly cases: number
    readonly found: number
    readonly from: number
    readonly until: number
    readonly laterFrom: number
  }
}

/** A rule that fired on this consignment. Weight and cap are log-odds; the figures are those of its effectiveness so far. */
export interface FiredRule {
  readonly rule: string
  readonly times: number
  readonly weight: number
  readonly cap: number
  readonly n: number
  readonly hits: number
}

export interface ShownTerm {
  readonly kind: 'learned' | 'rule'
  /** Of a pair: `hs6 × departure`. */
  readonly attribute: string
  readonly value: string
  readonly n: number
  readonly hits: number
  readonly logOdds: number
}

export interface Scored {
  readonly score: number
  readonly base: number
  readonly terms: readonly ShownTerm[]
  /** The terms beyond the ten largest. */
  readonly others: { readonly count: number; readonly logOdds: number }
  /** Attributes of terms that had no value here, or none that may be looked at. */
  readonly missing: readonly string[]
}

export const SHOWN_TERMS = 10
const BETWEEN = ' × '

export function scoreOf(scorecard: Scorecard, row: RiskRow, fired: readonly FiredRule[] = []): Scored {
  const valueIn = readerOf(scorecard, row)
  const learned = scorecard.terms.flatMap((term) => partOf(term, valueIn))
  const terms = [...learned, ...fired.map(rulePart)].sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
  const sum = (parts: readonly ShownTerm[]) => parts.reduce((total, { logOdds }) => total + logOdds, 0)
  const rest = terms.slice(SHOWN_TERMS)
  return {
    score: scorecard.base + sum(terms),
    base: scorecard.base,
    terms: terms.slice(0, SHOWN_TERMS),
    others: { count: rest.length, logOdds: sum(rest) },
    missing: [...new Set(scorecard.terms.flatMap(({ attributes }) => attributes))].filter((id) => valueIn(id) === undefined),
  }
}

/** The share that would be found among consignments of this score, if its terms were independent: see the calibration table. */
export function probabilityOf(score: number): number {
  return 1 / (1 + Math.exp(-score / MILLIONTHS))
}

/** Undefined where a value is missing, unreadable or of a natural person. */
function readerOf({ attributes }: Scorecard, row: RiskRow): (id: string) => string | undefined {
  return (id) => {
    const attribute = attributes.find((each) => each.id === id)
    const value = attribute === undefined ? undefined : valueOf(attribute, row)
    return typeof value === 'string' ? value : undefined
  }
}

/** A value never seen is shown and adds nothing. */
function partOf({ attributes, cells }: ScoreTerm, valueIn: (id: string) => string | undefined): readonly ShownTerm[] {
  const values = attributes.flatMap((id) => valueIn(id) ?? [])
  if (values.length < attributes.length) return []
  const [, n, hits, logOdds] = findCell(cells, values.join(PAIR_SEPARATOR)) ?? ['', 0, 0, 0]
  return [{ kind: 'learned', attribute: attributes.join(BETWEEN), value: values.join(BETWEEN), n, hits, logOdds }]
}

function findCell(cells: readonly ScoreCell[], value: string): ScoreCell | undefined {
  let [low, high] = [0, cells.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cells[middle]?.[0] ?? '') < value) low = middle + 1
    else high = middle
  }
  const cell = cells[low]
  return cell?.[0] === value ? cell : undefined
}

function rulePart({ rule, times, weight, cap, n, hits }: FiredRule): ShownTerm {
  if (!(Number.isFinite(weight) && cap >= 0 && Number.isFinite(cap) && times >= 0))
    throw new RangeError('A rule has a finite weight and a cap.')
  const capped = Math.min(Math.max(weight * times, -cap), cap)
  return { kind: 'rule', attribute: 'rule', value: rule, n, hits, logOdds: Math.round(capped * MILLIONTHS) }
}
