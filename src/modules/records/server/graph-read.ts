/**
 * Relations out of the store, as lines of text for `graph-columns.ts`. A relation exists for a reader when its statement is visible and both of its ends are:
 * each has a current statement that is for the reader and not restricted. Everything is read by indexes that begin with the view.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { GraphState } from './graph-state.ts'
import { isUnrestricted } from './record-rows-captions.ts'
import { textArray } from './write-fragments-arrays.ts'

export interface RelationScope {
  readonly org: string
  readonly state: GraphState
  /** Absent: all kinds. */
  readonly layers?: readonly string[] | undefined
}

export const hasCurrent = (entity: RawBuilder<unknown>) =>
  sql<boolean>`exists (select 1 from records.fragments f where f.org = e.org and f.entity = ${entity} and f.recorded_to is null and ${isUnrestricted})`

/** Many ids as one parameter. */
export const idArray = (ids: readonly string[]) => sql`${textArray(ids)}::text[]`

const endsVisible = sql<boolean>`${hasCurrent(sql`e.src`)} and ${hasCurrent(sql`e.dst`)}`
// A relation of which its source is the record itself names no other one.
// A date is of digits, letters and few signs; should one ever hold a tab or line end, it must not make two rows of one.
const dateText = (column: string) => sql`coalesce(left(translate(${sql.ref(column)}, E'\t\n', ''), 10), '')`
const LINE = sql`concat_ws(E'\t', coalesce(e.entity, e.src), e.kind, e.src, e.dst, ${dateText('e.valid_from')}, ${dateText('e.valid_to')})`

export function inScope({ org, state, layers }: RelationScope): RawBuilder<boolean> {
  const kinds = layers === undefined ? sql`true` : sql`e.kind = any(${[...layers]}::text[])`
  return sql<boolean>`e.org = ${org} and e.view = any(${[...state.views]}::text[]) and ${kinds}`
}

/**
 * Every visible relation with an end among these, each once, whether or not its ends are visible: who asks knows of many ends already and asks for the others.
 * Undefined when there are more than `most`.
 */
export async function readIncident(
  tx: Tx,
  scope: RelationScope,
  { ends, most }: { readonly ends: readonly string[]; readonly most: number },
): Promise<readonly string[] | undefined> {
  if (ends.length === 0) return []
  const asked = idArray(ends)
  const { rows } = await sql<{ lines: string | null }>`select string_agg(line, E'\n') as lines from (
      select ${LINE} as line from records.edges e where ${inScope(scope)} and (e.src = any(${asked}) or e.dst = any(${asked})) limit ${most + 1}) as incident`.execute(
    tx,
  )
  const lines = linesOf(rows[0]?.lines)
  return lines.length > most ? undefined : lines
}

/** Relations that these records state, found by their current fragments; for example to tell whether ids of relations are for the reader. */
export async function readStatedBy(tx: Tx, scope: RelationScope, records: readonly string[]): Promise<readonly string[]> {
  if (records.length === 0) return []
  const asked = idArray(records)
  const { rows } = await sql<{ lines: string | null }>`select string_agg(${LINE}, E'\n') as lines from records.edges e
    where ${inScope(scope)} and ${endsVisible} and coalesce(e.entity, e.src) = any(${asked}) and e.fragment = any(array(
      select f.fragment from records.fragments f where f.org = ${scope.org} and f.entity = any(${asked}) and f.recorded_to is null))`.execute(
    tx,
  )
  return linesOf(rows[0]?.lines)
}

const PAGE = 20_000
let cursors = 0

/** All of them in pages of one snapshot, so that a page is worked off before the next is asked for. */
export async function* readAll(tx: Tx, scope: RelationScope): AsyncGenerator<readonly string[]> {
  cursors += 1
  const cursor = sql.raw(`relations_${cursors}`)
  // All of it will be read: without this the store prepares for the first tenth, which takes several times as long for the whole.
  await sql`set local cursor_tuple_fraction = 1`.execute(tx)
  await sql`declare ${cursor} no scroll cursor for select ${LINE} as line from records.edges e where ${inScope(scope)} and ${endsVisible}`.execute(
    tx,
  )
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.raw(String(PAGE))} from ${cursor}`.execute(tx)
    if (rows.length === 0) break
    yield rows.map((row) => row.line)
  }
  await sql`close ${cursor}`.execute(tx)
}

/** How many there are at most, by what the store keeps about itself: for deciding, never for showing. */
export async function exceeds(tx: Tx, scope: RelationScope, most: number): Promise<boolean> {
  const { rows } = await sql<{
    count: string
  }>`select count(*)::text as count from (select 1 from records.edges e where ${inScope(scope)} limit ${most + 1}) as counted`.execute(tx)
  return Number(rows[0]?.count ?? 0) > most
}

/** Those of the records that have a current statement for the reader, not restricted. Looked up one by one: reading all there is would take the longer the more others hold. */
export async function visibleOf(tx: Tx, org: string, entities: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    entities: string | null
  }>`select string_agg(a.entity, ',') as entities from unnest(${idArray(entities)}) as a(entity)
    cross join lateral (select 1 from records.fragments f where f.org = ${org} and f.entity = a.entity and f.recorded_to is null and ${isUnrestricted} limit 1) as found`.execute(
    tx,
  )
  return new Set((rows[0]?.entities ?? '').split(',').filter((each) => each !== ''))
}

function linesOf(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined || text === '' ? [] : text.split('\n')
}
