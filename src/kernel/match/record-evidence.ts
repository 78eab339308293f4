/**
 * What the identifiers of two records say: the best value they share counts in full and further families a little, since one document often yields several numbers;
 * an exclusive identifier with other values on either side speaks against, the strongest such once. Shared values outweigh others of the same family.
 */
import type { PresetWeights } from './preset.ts'
import { IDENTIFIER_RULES, INVALID_EQUAL, type RecordIdentifier } from './record-identifier.ts'
import type { MatchStep } from './record-score.ts'

/** Of what a second family adds, and of a value that the sides file under different properties or with the country on one side alone. */
const FURTHER = 0.3
const OTHER_PROPERTY = 0.6

export function identifierSteps(
  left: readonly RecordIdentifier[],
  right: readonly RecordIdentifier[],
  weights: Pick<PresetWeights, 'identifierEqual' | 'identifierDifferent'>,
): readonly MatchStep[] {
  if (left.length === 0 || right.length === 0) return []
  const byFamily = new Map<string, RecordIdentifier[]>()
  for (const each of right) byFamily.set(each.family, [...(byFamily.get(each.family) ?? []), each])
  const equal = new Map<string, MatchStep>()
  const different = new Map<string, MatchStep>()
  for (const one of left)
    for (const other of byFamily.get(one.family) ?? []) {
      const isEqual = isSameNumber(one, other)
      const step = isEqual ? equalStep(one, other, weights.identifierEqual) : differentStep(one, other, weights.identifierDifferent)
      const kept = isEqual ? equal : different
      const known = kept.get(one.family)
      if (step !== undefined && (known === undefined || Math.abs(step.logOdds) > Math.abs(known.logOdds))) kept.set(one.family, step)
    }
  const shared = [...equal.values()].sort(strongest).map((step, at) => (at === 0 ? step : { ...step, logOdds: step.logOdds * FURTHER }))
  const against = [...different]
    .filter(([family]) => !equal.has(family))
    .map(([, step]) => step)
    .sort(strongest)
    .slice(0, 1)
  return [...shared, ...against]
}

/** A ship that was renamed has the number it always had: who shares a valid number is worth a look, however little the rest fits. */
export function sharesNumber(left: readonly RecordIdentifier[], right: readonly RecordIdentifier[]): boolean {
  return left.some((one) => one.check !== 'invalid' && right.some((other) => other.check !== 'invalid' && isSameNumber(one, other)))
}

function isSameNumber(one: RecordIdentifier, other: RecordIdentifier): boolean {
  return one.family === other.family && (one.value === other.value || isWithCountry(one, other) || isWithCountry(other, one))
}

/** Registers number within a country, and the Union's VAT number is such a number behind the country's code: BE0123456789 is the Belgian 0123456789. */
const WITHIN_COUNTRY: ReadonlySet<string> = new Set(['register', 'tax'])
/** Shorter numbers meet by chance. */
const SHORTEST_WITHIN = 7

function isWithCountry(whole: RecordIdentifier, bare: RecordIdentifier): boolean {
  const { family, value } = whole
  return (
    WITHIN_COUNTRY.has(family) &&
    bare.value.length >= SHORTEST_WITHIN &&
    value.length === bare.value.length + 2 &&
    value.endsWith(bare.value) &&
    /^[A-Z]{2}[0-9]/.test(value) &&
    /^[0-9]/.test(bare.value)
  )
}

function equalStep(one: RecordIdentifier, other: RecordIdentifier, factor: number): MatchStep {
  const isInvalid = one.check === 'invalid' || other.check === 'invalid'
  const full = Math.min(IDENTIFIER_RULES[one.property]?.equal ?? 0, IDENTIFIER_RULES[other.property]?.equal ?? 0)
  const isAlike = one.property === other.property && one.value === other.value
  const logOdds = (isInvalid ? Math.min(INVALID_EQUAL, full) : isAlike ? full : full * OTHER_PROPERTY) * factor
  return {
    code: isInvalid ? 'identifier-equal-invalid' : one.value === other.value ? 'identifier-equal' : 'identifier-equal-country',
    property: one.property,
    left: one.value,
    right: other.value,
    logOdds,
  }
}

/** A number with a wrong check digit may be a slip of the other one: it is no evidence against. */
function differentStep(one: RecordIdentifier, other: RecordIdentifier, factor: number): MatchStep | undefined {
  if (one.property !== other.property || one.check === 'invalid' || other.check === 'invalid') return undefined
  const logOdds = (IDENTIFIER_RULES[one.property]?.different ?? 0) * factor
  return logOdds === 0 ? undefined : { code: 'identifier-different', property: one.property, left: one.value, right: other.value, logOdds }
}

function strongest(a: MatchStep, b: MatchStep): number {
  return Math.abs(b.logOdds) - Math.abs(a.logOdds) || (a.property < b.property ? -1 : 1)
}
