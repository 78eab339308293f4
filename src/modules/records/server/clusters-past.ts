/**
 * What a desk held to be one on a day. Clusters are kept for now alone; those of a day follow from the judgements, none of which is ever changed but by taking it back.
 * Invariant: equal to what the clusters were on that day, because of what was accepted nothing stands against anything else.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import { ownJudgements } from './judgement-rows.ts'

/** In order of their ids, itself always among them, whether anything of them is for the reader or not. */
// oxlint-disable-next-line max-params -- which record to whom, and when
export async function clusterAt(tx: Tx, facts: DeskFacts, entity: string, at: Date): Promise<string[]> {
  const stood = sql<boolean>`${ownJudgements(facts)} and j.verdict = 'same' and j.at <= ${at}::timestamptz
    and (j.revoked_at is null or j.revoked_at > ${at}::timestamptz)`
  const { rows } = await sql<{ entity: string }>`with recursive cluster (entity) as (
      select ${entity}::text
      union select next.entity from cluster c cross join lateral (
        select j.right_entity as entity from records.judgements j where ${stood} and j.left_entity = c.entity
        union all select j.left_entity from records.judgements j where ${stood} and j.right_entity = c.entity) next)
    select entity from cluster order by entity collate "C"`.execute(tx)
  return rows.map((row) => row.entity)
}
