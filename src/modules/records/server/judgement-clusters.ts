/**
 * Clusters as they are kept: `members` follows the judgements of a desk for a purpose, one cluster at a time. Merging and splitting write rows of members and
 * nothing else: no statement and no relation is touched, however many a record has. One at a time for each desk and purpose, so that two officers who judge at
 * once are decided one after the other.
 * Invariant: `members` is what the judgements in force give when computed from scratch; a record that stands for itself has no row.
 */
import { sql } from 'kysely'
import { clustersOf, type Judgement } from '#kernel/record/judgements.ts'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import { idArray } from './graph-read.ts'
import type { JudgementRow, Verdict } from './judgement-rows.ts'
import { arrayOf } from './write-fragments-arrays.ts'

export async function lockJudgements(tx: Tx, { authority, desk, purpose }: DeskFacts): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`records.judgements ${authority} ${desk} ${purpose}`}, 0))`.execute(tx)
}

/** Every record of the clusters of these, visible or not, themselves included. */
export async function wholeClusters(
  tx: Tx,
  { authority, desk, purpose }: DeskFacts,
  entities: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ entity: string }>`select m.entity from records.members m
    where m.org = ${authority} and m.desk = ${desk} and m.purpose = ${purpose} and m.cluster in (select o.cluster from records.members o
      where o.org = ${authority} and o.desk = ${desk} and o.purpose = ${purpose} and o.entity = any(${idArray(entities)}))`.execute(tx)
  return [...new Set([...entities, ...rows.map((row) => row.entity)])].sort()
}

/** Brings the rows of these records, which are whole clusters, to what the judgements in force among them give. */
export async function keepClusters(
  tx: Tx,
  facts: DeskFacts,
  { entities, inForce }: { readonly entities: readonly string[]; readonly inForce: readonly Judgement[] },
): Promise<void> {
  const { authority, desk, purpose } = facts
  const clusters = mergedOf(entities, inForce)
  await sql`delete from records.members where org = ${authority} and desk = ${desk} and purpose = ${purpose} and entity = any(${idArray(entities)})`.execute(
    tx,
  )
  if (clusters.length > 0)
    await sql`insert into records.members (org, desk, entity, cluster, purpose, audience)
      select ${authority}, ${desk}, t.entity, t.cluster, ${purpose}, ${[desk]}::text[]
      from unnest(${arrayOf(clusters.map(([entity]) => entity))}::text[], ${arrayOf(clusters.map(([, cluster]) => cluster))}::text[]) as t(entity, cluster)`.execute(
      tx,
    )
  await sql`insert into records.judgement_states (org, desk, version, purpose, audience) values (${authority}, ${desk}, 1, ${purpose}, ${[desk]}::text[])
    on conflict (org, desk, purpose) do update set version = judgement_states.version + 1`.execute(tx)
}

/** Records of clusters of two and more, each with the name of its cluster. */
function mergedOf(entities: readonly string[], inForce: readonly Judgement[]): readonly (readonly [string, string])[] {
  const concerned = new Set(entities)
  const named = [...clustersOf(inForce)].filter(([entity]) => concerned.has(entity))
  const sizes = new Map<string, number>()
  for (const [, cluster] of named) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1)
  return named.filter(([, cluster]) => (sizes.get(cluster) ?? 0) > 1)
}

export function judgementOf(row: Pick<JudgementRow, 'judgement' | 'left_entity' | 'right_entity' | 'verdict'>): Judgement {
  return { id: row.judgement, left: row.left_entity, right: row.right_entity, verdict: row.verdict as Verdict }
}
