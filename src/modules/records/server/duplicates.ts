/** Records that may be the same as one: found like a subject that somebody asks for, without those that the desk has judged already. */
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { listDuplicates } from '../contract.ts'
import { comparedRecords } from './candidates-records.ts'
import type { DeskFacts } from './clusters.ts'
import { bestMatches } from './match-subject.ts'
import { textArray } from './write-fragments-arrays.ts'

export const listDuplicatesRoute = handle(listDuplicates, async ({ entity, preset, limit }, context) => {
  const { tx, facts } = context
  const [record] = await comparedRecords(tx, facts, [entity])
  if (record === undefined) throw notFound()
  context.about({ kind: 'record', id: entity })
  const judged = await judgedWith(tx, facts, record.members)
  const without = new Set([...record.members, ...judged.flat()])
  const { items } = await bestMatches(tx, facts, { subject: record.prepared, preset, limit, without })
  return { items: [...items], judgedAlready: judged.length }
})

/** Records that this desk has judged not to be one with any of these, or not to know, each with all that is merged with it. What is to be seen no more is none. */
async function judgedWith(tx: Tx, facts: DeskFacts, members: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { authority, desk, purpose } = facts
  const { rows } = await sql<{ entity: string }>`
    select j.right_entity as entity from records.judgements j where j.org = ${authority} and j.desk = ${desk} and j.purpose = ${purpose}
      and j.left_entity = any(${textArray(members)}::text[]) and j.revoked_at is null and j.verdict <> 'same'
    union select j.left_entity from records.judgements j where j.org = ${authority} and j.desk = ${desk} and j.purpose = ${purpose}
      and j.right_entity = any(${textArray(members)}::text[]) and j.revoked_at is null and j.verdict <> 'same'`.execute(tx)
  const others = await comparedRecords(
    tx,
    facts,
    rows.map(({ entity }) => entity),
  )
  return others.map((each) => each.members)
}
