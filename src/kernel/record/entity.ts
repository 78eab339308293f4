/**
 * A record as a line of a file has it: the values of one thing or relation without their statements, in the form that FollowTheMoney exchanges.
 * Invariant: every value of the line is in the entity or in its quarantine, but secret keys, of which only the place is kept.
 */
import type { Problem } from '#kernel/result/problem.ts'
import type { Json } from '#kernel/seal/canonical-json.ts'

export interface RecordEntity {
  readonly id: string
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
  readonly datasets?: readonly string[]
  /** Members of the line that the model does not know, as they were; never `id`, `schema`, `properties` or `datasets`. */
  readonly context: Readonly<Record<string, Json>>
}

/** Values that could not be taken, with their place: kept for a person to look at, never lost. */
export interface Quarantined {
  /** `properties.name[2]`, after the place of the line. */
  readonly at: string
  readonly property: string
  /** As text; the first signs of a long one, absent for a secret. */
  readonly excerpt?: string
  /** Length of the whole value in UTF-16 units. */
  readonly length: number
  /** How many values the entry stands for. */
  readonly count: number
  readonly problem: Problem
}

/** Signs of a value that its entry in quarantine shows; the whole is in the document it came from. */
export const MAX_EXCERPT = 1000

export interface Refused {
  readonly at: string
  readonly property: string
  readonly value: string
  readonly code: string
  readonly message: string
}

export function quarantine({ at, property, value, code, message }: Refused): Quarantined {
  return {
    at,
    property,
    excerpt: value.slice(0, MAX_EXCERPT),
    length: value.length,
    count: 1,
    problem: { code: `record.${code}`, at, message },
  }
}

const MAX_ID = 1000
export const ENTITY_ID_FORM = `a text of 1 to ${MAX_ID} signs, none of them the zero sign or half a character`

/** Ids with signs that no store tells apart would make one record of two. */
export function isEntityId(id: string): boolean {
  return id !== '' && id.length <= MAX_ID && id.isWellFormed() && !id.includes('\0')
}

/** In names under which secret keys travel. `privateKey` is a property of FollowTheMoney that this model has not. */
const SECRET = /(?:private|secret)[\s_-]*key|mnemonic|(?:seed|recovery)[\s_-]*(?:phrase|seed)/i

export function isSecretName(name: string): boolean {
  return name.length >= 8 && SECRET.test(name)
}

/** However deep it lies. */
export function holdsSecret(value: Json): boolean {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return value.some((each: Json) => holdsSecret(each))
  return Object.entries(value as Readonly<Record<string, Json>>).some(([name, inner]) => isSecretName(name) || holdsSecret(inner))
}

/** A secret is refused wherever it stands; what is kept says only where. */
export function withheld(at: string, property: string, count = 1): Quarantined {
  const problem = { code: 'record.secret', at, message: 'A secret key has no place in a record; it was not kept.' }
  return { at, property, length: 0, count, problem }
}
