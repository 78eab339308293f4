/**
 * What each piece of evidence is worth, as natural log-odds, per preset. Policy, reasoned from what the values can tell (a day of birth is shared by one pair in some
 * 20,000, discounted because sources copy one another; a year by one in 60) and the same for every data set. The curve of names was set so that two names at the
 * threshold of the name score make a pair at the threshold of records. Two things were set after a look at the United Nations list with slips: how far years may
 * be apart, and `looseName`; figures on that list are therefore no independent test of them. `strict` asks for more and forgives less. `ofac` looks at names
 * alone, as the search of the Office of Foreign Assets Control does.
 */
import type { DateLevel } from './record-date.ts'

export type Preset = 'balanced' | 'strict' | 'ofac'

export interface PresetWeights {
  /** Log-odds that two candidates are the same before anything is compared. */
  readonly prior: number
  /** Name score and its log-odds, ascending; straight lines between. */
  readonly nameCurve: readonly (readonly [number, number])[]
  /** What is taken from a name that both share only as a weak alias. */
  readonly weakName: number
  /** Most that common or short names take away from a name above the threshold. */
  readonly commonName: number
  /** A script that leaves vowels open on one side, and a word more on the other: such names meet by chance. */
  readonly looseName: number
  readonly namePartsDiffer: number
  readonly date: Readonly<Record<DateLevel, number>>
  readonly genderDiffers: number
  readonly country: { readonly equal: number; readonly different: number }
  readonly address: { readonly equal: number; readonly alike: number }
  readonly schemaDiffers: number
  /** Factor on what identifiers say. */
  readonly identifierEqual: number
  readonly identifierDifferent: number
}

const BALANCED: PresetWeights = {
  prior: -6,
  nameCurve: [
    [0, -10],
    [0.3, -5],
    [0.5, 0.5],
    [0.6, 4],
    [0.7, 6.85],
    [1, 9],
  ],
  weakName: -1.2,
  commonName: -1,
  looseName: -1.5,
  namePartsDiffer: -5,
  date: {
    equal: 6,
    'equal-month': 4,
    'equal-year': 2,
    'one-sign': 2.5,
    'near-year': -0.3,
    'years-apart': -2,
    'different-day': -1.5,
    different: -4.5,
  },
  genderDiffers: -1.5,
  country: { equal: 0.5, different: -0.7 },
  address: { equal: 2, alike: 1 },
  schemaDiffers: -8,
  identifierEqual: 1,
  identifierDifferent: 1,
}

const STRICT: PresetWeights = {
  ...BALANCED,
  prior: -7.5,
  namePartsDiffer: -7,
  date: {
    equal: 6,
    'equal-month': 3.5,
    'equal-year': 1,
    'one-sign': 0.5,
    'near-year': -1.5,
    'years-apart': -4,
    'different-day': -4,
    different: -7,
  },
  genderDiffers: -3,
  country: { equal: 0.5, different: -1.5 },
  identifierDifferent: 1.5,
}

export const PRESET_WEIGHTS: Readonly<Record<Exclude<Preset, 'ofac'>, PresetWeights>> = { balanced: BALANCED, strict: STRICT }

/**
 * Scores from which a pair is shown as a match. Fixed, not tuned to a data set: 0.7 for names alone is the threshold of the name score, and the curve carries it
 * over; `strict` keeps the threshold and raises what it takes. The search of the Office shows results from a score that its user sets; 0.85 is our policy.
 */
export const THRESHOLDS: Readonly<Record<Preset, number>> = { balanced: 0.7, strict: 0.7, ofac: 0.85 }

export function onCurve(curve: PresetWeights['nameCurve'], score: number): number {
  let [x0, y0] = curve[0] ?? [0, 0]
  for (const [x, y] of curve) {
    if (score <= x) return x === x0 ? y : y0 + ((y - y0) * (score - x0)) / (x - x0)
    ;[x0, y0] = [x, y]
  }
  return y0
}
