/**
 * What the handling leaves to a holder who is not the originator. Capabilities only ever shrink as the handling tightens (property test);
 * a grant of the originator gives one back, to a named holder, for a named recipient where it is about passing on, until an instant.
 */
import type { Handling } from './handling.ts'

export type Capability = 'read' | 'store' | 'derive' | 'disseminate' | 'use-in-proceedings' | 'act-on' | 'cross-match' | 'share-private'

export const CAPABILITIES: readonly Capability[] = [
  'read',
  'store',
  'derive',
  'disseminate',
  'use-in-proceedings',
  'act-on',
  'cross-match',
  'share-private',
]

/** Conditions the software itself enforces, and what each takes away. */
export const CONDITIONS: Readonly<Record<string, Capability>> = {
  'no-storage': 'store',
  'no-derivation': 'derive',
  'no-cross-match': 'cross-match',
  'no-action': 'act-on',
  'no-private-partner': 'share-private',
}

type Rule = { readonly capability: Capability; readonly leaves: (handling: Handling) => boolean }

/** One line a capability; what is not listed here is decided by the conditions alone. */
const RULES: readonly Rule[] = [
  { capability: 'disseminate', leaves: (handling) => !handling.H.includes('H2') && handling.tlp !== 'RED' },
  { capability: 'use-in-proceedings', leaves: (handling) => !handling.H.includes('H1') && handling.evidenceUse === undefined },
  { capability: 'act-on', leaves: (handling) => handling.pap !== 'RED' },
  { capability: 'cross-match', leaves: (handling) => handling.tlp !== 'RED' },
  { capability: 'share-private', leaves: (handling) => handling.tlp === 'CLEAR' && handling.H.length === 0 },
]

/** Capabilities in their fixed order. `read` is always left: whoever may not read is not in the audience. */
export function capabilitiesOf(handling: Handling): readonly Capability[] {
  // Words the software does not know bind a person: until one has looked, nothing but reading and keeping.
  if (needsReview(handling)) return handling.conditions.includes('no-storage') ? ['read'] : ['read', 'store']
  const taken = new Set(handling.conditions.map((condition) => CONDITIONS[condition]))
  return CAPABILITIES.filter(
    (capability) => !taken.has(capability) && RULES.every((rule) => rule.capability !== capability || rule.leaves(handling)),
  )
}

/** H3 without a condition, or with words that are not typed. */
export function needsReview(handling: Handling): boolean {
  return (
    (handling.H.includes('H3') && handling.conditions.length === 0) ||
    handling.conditions.some((condition) => CONDITIONS[condition] === undefined)
  )
}

/** A permission of the originator, as its verified statement says it. */
export interface Grant {
  readonly capability: Capability
  /** Organisation that may. */
  readonly holder: string
  /** Organisation it may be passed to; for `disseminate` only. */
  readonly recipient?: string
  /** Void from then on; milliseconds since 1970. */
  readonly until: number
}

export interface Act {
  readonly capability: Capability
  readonly holder: string
  readonly recipient?: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Whether a holder may do this: by the handling itself, or by a grant in force. What may never serve as evidence, no grant opens. */
export function mayDo(handling: Handling, act: Act, grants: readonly Grant[]): boolean {
  if (capabilitiesOf(handling).includes(act.capability)) return true
  if (act.capability === 'use-in-proceedings' && handling.evidenceUse === 'never') return false
  return grants.some(
    (grant) =>
      grant.capability === act.capability &&
      grant.holder === act.holder &&
      (act.capability !== 'disseminate' || (grant.recipient !== undefined && grant.recipient === act.recipient)) &&
      act.at < grant.until,
  )
}
