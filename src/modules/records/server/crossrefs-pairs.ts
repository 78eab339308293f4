/**
 * Pairs of a cross-reference as they are for the reader now: both records are to be seen still, and what the desk has judged since is marked, or left out. A pair goes with what was known
 * of either record when it was found: once that is taken back or restricted, no score tells of it any more.
 * Records that are one by now, by whatever judgements, are a pair that is judged the same.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import { isFound } from './search-docs.ts'

export interface PairsAsked {
  readonly crossref: string
  /** When it was asked for. */
  readonly since: Date
  /** Only pairs of this record, on whichever side. */
  readonly entity?: string | undefined
  readonly judged: 'open' | 'all'
  readonly atLeast: number
}

export interface PairRow {
  readonly left_entity: string
  readonly right_entity: string
  readonly score: number
  readonly log_odds: number
  readonly verdict: 'same' | 'not-same' | 'unsure' | null
}

const COUNT_CEILING = 10_000

export async function pairsOf(
  tx: Tx,
  facts: DeskFacts,
  { limit, after, ...asked }: PairsAsked & { readonly limit: number; readonly after?: readonly [number, string, string] },
): Promise<readonly PairRow[]> {
  const behind =
    after === undefined
      ? sql`true`
      : sql`(p.score < ${after[0]} or (p.score = ${after[0]} and (p.left_entity, p.right_entity) > (${after[1]}, ${after[2]})))`
  const { rows } = await sql<PairRow>`select p.left_entity, p.right_entity, p.score, p.log_odds, ${verdictOf(facts)} as verdict
    from records.crossref_pairs p where ${condition(facts, asked)} and ${behind} order by p.score desc, p.left_entity, p.right_entity limit ${limit}`.execute(
    tx,
  )
  return rows
}

export async function countPairs(tx: Tx, facts: DeskFacts, asked: PairsAsked): Promise<{ total: number; isAtLeast: boolean }> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from
    (select 1 from records.crossref_pairs p where ${condition(facts, asked)} limit ${COUNT_CEILING + 1}) as found`.execute(tx)
  const count = rows[0]?.count ?? 0
  return { total: Math.min(count, COUNT_CEILING), isAtLeast: count > COUNT_CEILING }
}

function condition(facts: DeskFacts, { crossref, since, entity, judged, atLeast }: PairsAsked): RawBuilder<unknown> {
  const seen = (side: string) => sql`(${isFound(sql`p.org`, sql.ref(side))} and not ${isTakenOut(sql.ref(side), since)})`
  return sql`p.org = ${facts.authority} and p.crossref = ${crossref}::uuid and p.score >= ${atLeast}
    ${entity === undefined ? sql`` : sql`and (p.left_entity = ${entity} or p.right_entity = ${entity})`}
    and ${seen('p.left_entity')} and ${seen('p.right_entity')} ${judged === 'all' ? sql`` : sql`and ${verdictOf(facts)} is null`}`
}

/** Whether something of a record that stood then has lost its values since, or serves for nothing but its own page. */
function isTakenOut(entity: RawBuilder<unknown>, since: Date): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from records.fragments f where f.org = p.org and f.entity = ${entity}
    and (f.vals is null and f.recorded_to >= ${since} or f.recorded_to is null and f.restricted and f.recorded_from >= ${since}))`
}

/** Of the judgement in force between the two, or `same` where they are merged by others. */
function verdictOf({ authority, desk, purpose }: DeskFacts): RawBuilder<unknown> {
  const own = (row: string) =>
    sql`${sql.ref(`${row}.org`)} = ${authority} and ${sql.ref(`${row}.desk`)} = ${desk} and ${sql.ref(`${row}.purpose`)} = ${purpose}`
  return sql`coalesce(
    (select j.verdict from records.judgements j where ${own('j')} and j.revoked_at is null
      and j.left_entity = least(p.left_entity, p.right_entity) and j.right_entity = greatest(p.left_entity, p.right_entity)),
    (select 'same' from records.members m join records.members o on ${own('o')} and o.cluster = m.cluster
      where ${own('m')} and m.entity = p.left_entity and o.entity = p.right_entity))`
}
