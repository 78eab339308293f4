/**
 * Quota and cap, taken in the transaction that evaluates: with one unit left and two queries at once, the row decides which of them is the one.
 * Counted for the requesting authority, not for its desks: a second desk is no second quota.
 */
import { sql } from 'kysely'
import { type MatchKeyClass, QUOTA_COST } from '#kernel/match-key/match-key.ts'
import type { Tx } from '#platform/store/database.ts'
import { ANOMALY_SHARE, WEAK_PER_CASE } from '../contract.ts'

export interface QuotaAsk {
  readonly org: string
  readonly requesterOrg: string
  readonly purpose: string
  readonly class: MatchKeyClass
  readonly caseRef: string
  readonly keys: number
  readonly limit: number
  /** A second person of the requester agreed. */
  readonly approved: boolean
  /** `YYYY-MM-DD`. */
  readonly day: string
}

export type Anomaly = 'near-quota' | 'over-quota' | 'over-cap'
export type QuotaAnswer =
  | { readonly ok: true; readonly anomaly?: Anomaly }
  | { readonly ok: false; readonly because: 'quota' | 'cap'; readonly anomaly: Anomaly }

export async function takeQuota(tx: Tx, asked: QuotaAsk): Promise<QuotaAnswer> {
  const { org, requesterOrg, purpose, caseRef, day, limit } = asked
  const cost = asked.keys * QUOTA_COST[asked.class]
  const { rows } = await sql<{ used: number }>`
    insert into matching.quota (org, requester_org, purpose, class, day, used, audience)
      select ${org}, ${requesterOrg}, ${purpose}, ${asked.class}, ${day}::date, ${cost}::int, '{}' where ${cost}::int <= ${limit}::int
    on conflict (org, requester_org, purpose, class, day) do update set used = matching.quota.used + excluded.used
      where matching.quota.used + excluded.used <= ${limit}::int
    returning used`.execute(tx)
  const used = rows[0]?.used
  if (used === undefined) return { ok: false, because: 'quota', anomaly: 'over-quota' }
  const near = used >= limit * ANOMALY_SHARE && used - cost < limit * ANOMALY_SHARE
  if (asked.class !== 'weak') return { ok: true, ...(near ? { anomaly: 'near-quota' as const } : {}) }
  const cap = asked.approved ? 1_000_000 : WEAK_PER_CASE
  const weak = await sql<{ weak: number }>`
    insert into matching.case_use (org, requester_org, case_ref, weak, audience)
      select ${org}, ${requesterOrg}, ${caseRef}, ${asked.keys}::int, '{}' where ${asked.keys}::int <= ${cap}::int
    on conflict (org, requester_org, case_ref) do update set weak = matching.case_use.weak + excluded.weak
      where matching.case_use.weak + excluded.weak <= ${cap}::int
    returning weak`.execute(tx)
  const total = weak.rows[0]?.weak
  if (total === undefined) {
    // What is not evaluated costs nothing; the row is locked by this transaction already.
    await sql`update matching.quota set used = used - ${cost}::int
      where org = ${org} and requester_org = ${requesterOrg} and purpose = ${purpose} and class = ${asked.class} and day = ${day}::date`.execute(
      tx,
    )
    return { ok: false, because: 'cap', anomaly: 'over-cap' }
  }
  if (total > WEAK_PER_CASE) return { ok: true, anomaly: 'over-cap' }
  return { ok: true, ...(near ? { anomaly: 'near-quota' as const } : {}) }
}
