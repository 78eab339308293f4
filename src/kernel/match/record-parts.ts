/**
 * Names that came in parts: what is known to be a given name, a middle or father's name, and a family name. Parts give whole names to compare, and where both
 * records have them they are held against one another in their roles, so that Friedrich Hans is not Hans Friedrich.
 */
import type { PreparedName } from './name.ts'

export interface NameParts {
  readonly given: readonly PreparedName[]
  readonly family: readonly PreparedName[]
  /** Whole names that the parts make. */
  readonly composed: readonly string[]
}

/** Policy: of several given and family names, the first are combined. */
const MOST_COMBINED = 4
const BETWEEN = ['secondName', 'middleName', 'fatherName'] as const
const NONE: NameParts = { given: [], family: [], composed: [] }

export function partsOf(values: (property: string) => readonly string[], prepare: (text: string) => PreparedName): NameParts {
  const given = filled(values('firstName'))
  const family = filled(values('lastName'))
  const between = betweenOf(values)
  if (given.length === 0 && family.length === 0) return NONE
  return { given: given.map(prepare), family: family.map(prepare), composed: composed(given, between, family) }
}

/** The whole names alone. */
export function composedOf(values: (property: string) => readonly string[]): readonly string[] {
  const [given, family] = [filled(values('firstName')), filled(values('lastName'))]
  return given.length === 0 || family.length === 0 ? [] : composed(given, betweenOf(values), family)
}

function betweenOf(values: (property: string) => readonly string[]): readonly string[] {
  return BETWEEN.flatMap((property) => filled(values(property)).slice(0, 1))
}

function composed(given: readonly string[], between: readonly string[], family: readonly string[]): readonly string[] {
  return given.flatMap((first) => family.map((last) => [first, ...between, last].join(' ')))
}

function filled(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text.trim() !== '').slice(0, MOST_COMBINED)
}
