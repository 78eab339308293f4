/**
 * What a collection holds of the records of a file: what stands, and what a person corrected or withdrew, so that saying it again is known to be no news.
 */
import { sql } from 'kysely'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import type { Tx } from '#platform/store/database.ts'
import type { StoredValue } from './tables.ts'
import { arrayOf } from './write-fragments-arrays.ts'

export interface Standing {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly line: number | null
  readonly vals: readonly StoredValue[]
  readonly context: Readonly<Record<string, unknown>> | null
  readonly supersedes: string | null
  readonly restricted: boolean
  /** False for one that a person corrected or withdrew: saying it again does not undo that. */
  readonly isCurrent: boolean
  /** Of this run, or found again by it: a line that differs does not take its place. */
  isOfRun: boolean
  content?: string
}

interface Holder {
  readonly org: string
  readonly import: string
  readonly run: number
  readonly collection: string
}

/** Fragments of these records in the collection that stand, or that a person ended, those of the oldest line first. */
export async function standingOf(
  tx: Tx,
  { org, collection, import: id, run }: Holder,
  entities: readonly string[],
): Promise<Map<string, Standing[]>> {
  const standing = new Map<string, Standing[]>()
  if (entities.length === 0) return standing
  const { rows } =
    await sql<StandingRow>`select f.fragment, f.entity, f.schema, f.line, f.vals, f.context, f.import, f.supersedes, f.restricted, f.recorded_to is null as is_current,
      exists (select 1 from records.import_seen s where s.org = f.org and s.import = ${id}::uuid and s.run = ${run} and s.fragment = f.fragment) as was_seen
    from records.fragments f where f.org = ${org} and f.entity = any(${arrayOf(entities)}::text[]) and f.collection = ${collection}::uuid
      and (f.recorded_to is null or f.end_reason in ('corrected', 'withdrawn')) and f.vals is not null and f.import is not null order by f.line, f.fragment`.execute(
      tx,
    )
  for (const { import: source, was_seen: wasSeen, is_current: isCurrent, ...row } of rows) {
    const each: Standing = { ...row, isCurrent, isOfRun: source === id || wasSeen }
    const known = standing.get(row.entity)
    if (known === undefined) standing.set(row.entity, [each])
    else known.push(each)
  }
  return standing
}

type StandingRow = Omit<Standing, 'isOfRun' | 'isCurrent' | 'content'> & {
  readonly import: string | null
  readonly is_current: boolean
  readonly was_seen: boolean
}

/** What the file says is said of it already, in this or another order of its values. */
export function sameAs(known: readonly Standing[], content: string): Standing | undefined {
  return known.find((each) => contentOfStanding(each) === content)
}

export function contentOfStanding(each: Standing): string {
  each.content ??= contentOf({ ...each, values: each.vals, context: each.context ?? undefined })
  return each.content
}

/** What a record says, in whatever order its source says it. */
export function contentOf({
  schema,
  values,
  context,
}: {
  readonly schema: string
  readonly values: readonly StoredValue[]
  readonly context?: unknown
}): string {
  const stated = values.map((each) => JSON.stringify([each[0], each[1], each[3] ?? null, each[4] ?? null, each[5] ?? null])).sort()
  return `${schema}\n${stated.join('\n')}\n${context === undefined ? '' : canonicalJson(context as Json)}`
}

/** What took the place of a corrected one, through any number of corrections. */
export function correctionOf(corrected: Standing, known: readonly Standing[]): Standing | undefined {
  let at: Standing | undefined = corrected
  for (let step = 0; at !== undefined && !at.isCurrent && step < known.length; step++) {
    const { fragment }: Standing = at
    at = known.find((each) => each.supersedes === fragment)
  }
  return at?.isCurrent === true ? at : undefined
}
