/**
 * Who asks, for which desk, and why. Every read and write of a slice happens under such facts; the store carries them into
 * PostgreSQL (`SET LOCAL app.*`), where row-level security compares them with the audience of each row.
 */
export const REALMS = [
  'law-enforcement',
  'customs',
  'judicial',
  'prison',
  'administrative',
  'financial-intelligence',
  'ministry',
  'partner',
  'oversight',
] as const
export type Realm = (typeof REALMS)[number]
export const ROLES = ['officer', 'supervisor', 'partner', 'data-protection', 'operator'] as const
export type Role = (typeof ROLES)[number]

/** Global ids, never reused: `be.customs` (authority), `be.customs.antwerp` (desk). Lower case, digits, dot, hyphen. */
export type AuthorityId = string
export type DeskId = string

export interface SessionFacts {
  readonly officer: string
  readonly officerName: string
  readonly roles: readonly Role[]
  readonly desk: DeskId
  readonly authority: AuthorityId
  readonly authorityKind: string
  readonly country: string
  readonly realm: Realm
  /** Null until chosen; a route with `purposeRequired` refuses null. */
  readonly purpose: string | null
  readonly caseId: string | null
}

const SAFE_ID = /^[a-z0-9][a-z0-9.:_-]{0,119}$/

/** Ids that reach a `SET LOCAL` statement are checked here and quoted in `transaction.ts`, nowhere else. */
export function isSafeId(text: string): boolean {
  return SAFE_ID.test(text)
}
