/** Words and limits of hit/no-hit that both ends of the wire share. Numbers are policy of the coalition (D); their arithmetic: `docs/hit-no-hit.md`. */
import { z } from 'zod'
import { MATCH_KEY_TYPES, type MatchKeyType } from '#kernel/match-key/match-key.ts'

/** Keys in one query; every message of a query has room for exactly this many. */
export const MOST_KEYS = 64
/** Weak keys one case may ask about before a second person has to agree. */
export const WEAK_PER_CASE = 50
/** Quota of one requesting authority, purpose and day, unless the owner sets another. */
export const DAILY_QUOTA = 100
/** Share of the day's quota from which both data-protection officers are told. */
export const ANOMALY_SHARE = 0.8

/** `open`: found blindly. `owner-notified`: found only by a disclosing query, of which the owner learns. `excluded`: found by nobody. */
export const policies = ['open', 'owner-notified', 'excluded'] as const

/** Roles in which a record may speak of a person, and things. Cf. Directive (EU) 2016/680 Art 6; Regulation (EU) 2016/794 Annex II. */
export const subjectCategories = ['suspect', 'convicted', 'associate', 'asset', 'victim', 'witness', 'informant', 'minor'] as const
export type SubjectCategory = (typeof subjectCategories)[number]
/** The gate: whoever is not named here is in no index, whatever the cryptography. */
export const INDEXED_CATEGORIES: readonly SubjectCategory[] = ['suspect', 'convicted', 'associate', 'asset']

export const keyTypes = MATCH_KEY_TYPES as readonly [MatchKeyType, ...MatchKeyType[]]
export const typedKey = z.strictObject({
  type: z.enum(keyTypes),
  value: z.string().min(1).max(200),
  with: z.string().max(200).optional(),
})
export type TypedKey = z.infer<typeof typedKey>

export const classes = z.enum(['strong', 'asset', 'weak'])
export const modes = ['blind', 'disclosing'] as const
export const queryStates = ['awaiting-approval', 'waiting', 'asked', 'done', 'sent-back'] as const
export const askedStates = ['asked', 'answered', 'looking-up', 'done', 'refused', 'wrong-proof'] as const

export const id = z.uuid()
export const caseRef = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ./:_-]*$/u)
