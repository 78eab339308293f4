/**
 * Match keys: what two authorities may compare without showing it to each other. Typed, normalised, exact: the same thing written in two ways gives
 * the same key, or it is refused with the place of the fault. Fuzzy comparison is several weak keys, each at its price.
 * Nationality and origin are no part of any key. The class decides index and price; persons and assets never share an index.
 */
import { type Parsed, refuse } from '#kernel/result/problem.ts'
import { ASSET_KEYS } from './asset-keys.ts'
import { isMinorBorn } from './birth.ts'
import type { KeyRule, MatchKeyClass } from './key-rule.ts'
import { STRONG_KEYS } from './strong-keys.ts'
import { WEAK_KEYS } from './weak-keys.ts'

export type { MatchKeyClass } from './key-rule.ts'

const RULES = { ...STRONG_KEYS, ...ASSET_KEYS, ...WEAK_KEYS }

export type MatchKeyType = keyof typeof RULES
export const MATCH_KEY_TYPES = Object.keys(RULES) as readonly MatchKeyType[]
export const MATCH_KEY_CLASSES: readonly MatchKeyClass[] = ['strong', 'asset', 'weak']

/** Policy: what one key takes from the requester's quota. A weak key can be guessed from a list of names, so it costs more. */
export const QUOTA_COST: Readonly<Record<MatchKeyClass, number>> = { strong: 1, asset: 1, weak: 2 }

export interface MatchInput {
  readonly type: MatchKeyType
  readonly value: string
  /** The second part, for types that have one: state, date of birth or year. */
  readonly with?: string
}

export interface MatchKey {
  readonly type: MatchKeyType
  readonly class: MatchKeyClass
  /** What is compared; equal texts of one type are the same thing. */
  readonly text: string
}

const LONGEST = 200

export function classOf(type: MatchKeyType): MatchKeyClass {
  return RULES[type].class
}

/** What the second part is, or undefined when the type has none. */
export function secondPartOf(type: MatchKeyType): KeyRule['second'] {
  return (RULES[type] as KeyRule).second
}

export function parseMatchKey(input: MatchInput): Parsed<MatchKey> {
  const rule: KeyRule = RULES[input.type]
  if (input.value.length > LONGEST || (input.with?.length ?? 0) > LONGEST)
    return refuse({ code: 'match-key.long', at: 'value', message: `A match key has at most ${LONGEST} signs.` })
  if ((rule.second === undefined) !== (input.with === undefined))
    return refuse({
      code: 'match-key.second-part',
      at: 'with',
      message: rule.second === undefined ? 'This type has one part only.' : `This type needs a second part: ${rule.second}.`,
    })
  const parsed = rule.normalise(input.value, input.with ?? '')
  if (!parsed.ok) return parsed
  return { ok: true, value: { type: input.type, class: rule.class, text: parsed.value }, problems: parsed.problems }
}

/** The bytes that are evaluated, as text: the type is part of it, so a phone number never meets a register number. */
export function evaluatedText(key: MatchKey): string {
  return `breakwater match 1|${key.type}|${key.text}`
}

/** True when the key itself says that its person may be under age on that day (`YYYY-MM-DD`). */
export function saysMinor(key: MatchKey, today: string): boolean {
  return key.class === 'weak' && isMinorBorn(key.text.slice(key.text.lastIndexOf('|') + 1), today)
}
