/**
 * The two sides of a cross-reference, page by page, each page read as the officer who started it: row-level security decides anew what there is. Only records that
 * can be one with another at all are read, and none whose processing is restricted, since those have no search document.
 */
import { sql } from 'kysely'
import { schemata } from '#kernel/record/model.ts'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Database, Tx } from '#platform/store/database.ts'
import { briefVals, firstBriefs } from './brief-values.ts'
import type { LeftRow, ShardRow } from './crossref-shard.ts'
import { visibleViews } from './views.ts'
import { arrayOf, textArray } from './write-fragments-arrays.ts'

/** Rows of a page: enough that asking costs little, few enough that others get their turn. */
const RIGHT_PAGE = 5000
export const LEFT_PAGE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'
const MATCHABLE = schemata.filter((each) => each.isMatchable && !each.isAbstract && each.edge === undefined).map(({ name }) => name)

export interface Sides {
  readonly org: string
  readonly left: string
  /** Null: everything the desk may read. */
  readonly right: string | null
}

export interface Reader {
  readonly database: Database
  readonly facts: SessionFacts
}

const matchable = sql`${arrayOf(MATCHABLE)}::text[]`
/** Fragments with a search document. */
const found = sql`records.fragments f join records.search_docs d on d.org = f.org and d.fragment = f.fragment`
const isFirstOfRecord = sql`not exists (select 1 from records.fragments e where e.org = f.org and e.entity = f.entity and e.collection = f.collection and e.fragment < f.fragment
  and e.recorded_to is null and not e.restricted and e.schema = any(${matchable}))`

/** Records of the left side that are to be compared. */
export async function countLeft({ database, facts }: Reader, { org, left }: Sides): Promise<number> {
  return await database.asOfficer(facts, async (tx) => {
    const { rows } = await sql<{ count: number }>`select count(distinct f.entity)::int as count from ${found}
      where f.org = ${org} and f.collection = ${left}::uuid and f.recorded_to is null and f.schema = any(${matchable})`.execute(tx)
    return rows[0]?.count ?? 0
  })
}

export interface LeftPage {
  readonly rows: readonly LeftRow[]
  /** The page after begins behind it. */
  readonly after: string
}

/** Each record of the left once, with everything of it that is to be seen, wherever it was stated. */
export async function readLeft({ database, facts }: Reader, { org, left }: Sides, after: string | null): Promise<LeftPage | undefined> {
  return await database.asOfficer(facts, async (tx) => {
    const { rows } = await sql<{
      fragment: string
      entity: string
      is_first: boolean
    }>`select f.fragment, f.entity, ${isFirstOfRecord} as is_first from ${found}
      where f.org = ${org} and f.collection = ${left}::uuid and f.fragment > ${after ?? FIRST}::uuid and f.recorded_to is null and f.schema = any(${matchable})
      order by f.fragment limit ${LEFT_PAGE}`.execute(tx)
    const last = rows.at(-1)
    if (last === undefined) return undefined
    const entities = rows.filter((row) => row.is_first).map(({ entity }) => entity)
    return { rows: await statedOf(tx, org, entities), after: last.fragment }
  })
}

async function statedOf(tx: Tx, org: string, entities: readonly string[]): Promise<readonly LeftRow[]> {
  const { rows } = await sql<{
    entity: string
    schema: string
    vals: string[]
  }>`select s.entity, min(s.schema) as schema, array_agg(s.vals::text order by s.fragment) as vals from (
      select f.entity, f.schema, f.fragment, ${firstBriefs} as vals
      from ${found} where f.org = ${org} and f.entity = any(${textArray(entities)}::text[]) and f.recorded_to is null) s
    where s.vals is not null group by s.entity order by s.entity`.execute(tx)
  return rows.map(({ entity, schema, vals }) => [entity, schema, vals])
}

interface RightRow {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly vals: string
  readonly collection: string
}

export async function* readRight(reader: Reader, sides: Sides): AsyncIterable<readonly ShardRow[]> {
  const { org, left, right } = sides
  if (right !== null) {
    yield* pagesOf(
      reader,
      left,
      (after) =>
        sql`f.org = ${org} and f.collection = ${right}::uuid and f.fragment > ${after}::uuid and f.recorded_to is null and f.schema = any(${matchable})`,
    )
    return
  }
  const views = await reader.database.asOfficer(reader.facts, async (tx) => await visibleViews(tx, org))
  for (const view of views)
    for (const schema of MATCHABLE)
      yield* pagesOf(
        reader,
        left,
        (after) => sql`d.org = ${org} and d.view = ${view} and d.schema = ${schema} and d.fragment > ${after}::uuid`,
      )
}

async function* pagesOf(
  { database, facts }: Reader,
  left: string,
  condition: (after: string) => ReturnType<typeof sql>,
): AsyncIterable<readonly ShardRow[]> {
  let after = FIRST
  for (;;) {
    const rows = await database.asOfficer(facts, async (tx) => {
      const page = await sql<RightRow>`select d.fragment, d.entity, d.schema, ${briefVals}::text as vals, d.collection
        from ${found} where ${condition(after)} order by d.fragment limit ${RIGHT_PAGE}`.execute(tx)
      return page.rows
    })
    if (rows.length > 0) yield rows.map(({ entity, schema, vals, collection }) => [entity, schema, vals, collection === left])
    const last = rows.at(-1)
    if (last === undefined || rows.length < RIGHT_PAGE) return
    after = last.fragment
  }
}
