/**
 * Whether two records mean the same thing, as log-odds: a prior, and what each piece of evidence adds or takes. The prior and the steps, added in their order, are
 * exactly the log-odds; the score is their logistic and only for show. Nothing but the two records is looked at: a score tells nothing of what else is stored.
 * Countries, dates and genders are facts that documents record, compared for identity alone; nothing here scores a person.
 */
import { PRESET_WEIGHTS, type Preset } from './preset.ts'
import type { PreparedRecord } from './record.ts'
import { DATE_LEVELS, type DateLevel } from './record-date.ts'
import { identifierSteps } from './record-evidence.ts'
import { addressSteps, dateSteps, listSteps } from './record-facts.ts'
import { bestNames, nameSteps } from './record-name.ts'
import { mayBeSame } from './record-schema.ts'

export { type Preset, THRESHOLDS } from './preset.ts'

const CODES = [
  'name',
  'weak-name',
  'name-common',
  'name-loose',
  'name-parts-different',
  'identifier-equal',
  'identifier-equal-country',
  'identifier-equal-invalid',
  'identifier-different',
  'gender-equal',
  'gender-different',
  'country-equal',
  'country-different',
  'address-equal',
  'address-alike',
  'schema-different',
] as const

export type StepCode = (typeof CODES)[number] | `date-${DateLevel}`

/** Each suffix of a message key that a step may have. */
export const STEP_CODES: readonly StepCode[] = [...CODES, ...DATE_LEVELS.map((level) => `date-${level}` as const)]

export interface MatchStep {
  readonly code: StepCode
  readonly property: string
  readonly left: string
  readonly right: string
  readonly logOdds: number
}

export interface Match {
  /** 0 to 1, rising with the log-odds. */
  readonly score: number
  readonly logOdds: number
  readonly prior: number
  readonly steps: readonly MatchStep[]
}

export function compareRecords(a: PreparedRecord, b: PreparedRecord, preset: Preset): Match {
  const { prior, steps } = preset === 'ofac' ? byNameAlone(a, b) : byEvidence(a, b, preset)
  const logOdds = steps.reduce((sum, step) => sum + step.logOdds, prior)
  return { score: 1 / (1 + Math.exp(-logOdds)), logOdds, prior, steps }
}

/** The score of `compareRecords`, for lists of candidates. */
export function recordScore(a: PreparedRecord, b: PreparedRecord, preset: Preset): number {
  return compareRecords(a, b, preset).score
}

function byEvidence(a: PreparedRecord, b: PreparedRecord, preset: 'balanced' | 'strict'): Pick<Match, 'prior' | 'steps'> {
  const weights = PRESET_WEIGHTS[preset]
  const steps: MatchStep[] = [
    ...nameSteps(a, b, preset),
    ...dateSteps(a.dates, b.dates, weights.date),
    ...identifierSteps(a.identifiers, b.identifiers, weights),
    ...listSteps('gender', [a.genders, b.genders], { equal: 0, different: weights.genderDiffers }),
    ...listSteps('country', [a.countries, b.countries], weights.country),
    ...addressSteps(a.addresses, b.addresses, weights.address),
  ]
  if (!mayBeSame(a.schema, b.schema))
    steps.push({ code: 'schema-different', property: 'schema', left: a.schema, right: b.schema, logOdds: weights.schemaDiffers })
  return { prior: weights.prior, steps: steps.filter((step) => step.logOdds !== 0) }
}

/** The best of their names as its own log-odds, so that the score is the score of the names: no prior, no other evidence. */
function byNameAlone(a: PreparedRecord, b: PreparedRecord): Pick<Match, 'prior' | 'steps'> {
  const best = bestNames([...a.names, ...a.weakNames], [...b.names, ...b.weakNames], 'ofac')
  const score = Math.min(Math.max(best?.score ?? 0, 1e-6), 1 - 1e-6)
  const logOdds = Math.log(score / (1 - score))
  return { prior: 0, steps: [{ code: 'name', property: 'name', left: best?.left.text ?? '', right: best?.right.text ?? '', logOdds }] }
}
