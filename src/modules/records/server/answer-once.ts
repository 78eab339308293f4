/**
 * A request with a key happens once for a desk: its repeat, even one that comes while the first is still at work, gets the first answer.
 * Invariant: what is kept for that is ids, counts and codes, never what was stated.
 */
import type { CaseContext } from '#platform/http/case-context.ts'
import type { RecordTables } from './tables.ts'

export async function once<T extends object>(
  { tx, facts, clock }: CaseContext,
  { route, key }: { readonly route: string; readonly key: string },
  work: () => Promise<T>,
): Promise<T> {
  const db = tx.withTables<RecordTables>()
  const place = { org: facts.authority, desk: facts.desk, purpose: facts.purpose ?? '', route, key }
  // Waits for a first request that has not ended yet.
  const first = await db
    .insertInto('records.answers')
    .values({ ...place, answer: null, at: clock.now(), audience: [facts.desk] })
    .onConflict((conflict) => conflict.columns(['org', 'desk', 'purpose', 'route', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  const here = db.selectFrom('records.answers').select('answer')
  if (first === undefined) {
    const { answer } = await here
      .where('org', '=', place.org)
      .where('desk', '=', place.desk)
      .where('purpose', '=', place.purpose)
      .where('route', '=', route)
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    return answer as T
  }
  const answer = await work()
  await db
    .updateTable('records.answers')
    .set({ answer: JSON.stringify(answer) })
    .where('org', '=', place.org)
    .where('desk', '=', place.desk)
    .where('purpose', '=', place.purpose)
    .where('route', '=', route)
    .where('key', '=', key)
    .execute()
  return answer
}
