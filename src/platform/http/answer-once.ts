/**
 * A request with a key happens once for a desk: its repeat, even one that comes while the first is still at work, gets the first answer.
 * For requests whose effect is more than one row that could carry the key itself. Invariant: what is kept is ids, counts and codes, never what was stated.
 */
import { sql } from 'kysely'
import type { CaseContext } from './case-context.ts'

export async function once<T extends object>(
  { tx, facts, clock }: Pick<CaseContext, 'tx' | 'facts' | 'clock'>,
  { route, key }: { readonly route: string; readonly key: string },
  work: () => Promise<T>,
): Promise<T> {
  const purpose = facts.purpose ?? ''
  const mine = sql<boolean>`authority = ${facts.authority} and desk = ${facts.desk} and purpose = ${purpose} and route = ${route} and key = ${key}`
  // Waits for a first request that has not ended yet.
  const first = await sql`insert into platform.answers (authority, desk, purpose, route, key, at, audience)
    values (${facts.authority}, ${facts.desk}, ${purpose}, ${route}, ${key}, ${clock.now()}, ${[facts.desk]}) on conflict do nothing returning key`.execute(
    tx,
  )
  if (first.rows.length === 0) {
    const { rows } = await sql<{ answer: T }>`select answer from platform.answers where ${mine}`.execute(tx)
    const [kept] = rows
    if (kept === undefined) throw new Error('The first answer of a repeated request is not there.')
    return kept.answer
  }
  const answer = await work()
  await sql`update platform.answers set answer = ${JSON.stringify(answer)}::jsonb where ${mine}`.execute(tx)
  return answer
}
