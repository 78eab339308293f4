/**
 * Reads what is stated of records, fragment by fragment: those of many are read some at a time (`read-fragments-portions.ts`). Row-level security decides which there are, and
 * `read-fragments-readable.ts` what a reader is shown of them.
 */
import { sql } from 'kysely'
import type { EndReason } from '#kernel/record/statement.ts'
import type { Tx } from '#platform/store/database.ts'
import { isRecorded } from './record-rows-captions.ts'
import type { StoredValue } from './tables.ts'
import { arrayOf } from './write-fragments-arrays.ts'
import type { MarkingBody } from './write-fragments-marking.ts'

export { statementViews } from './read-fragments-view.ts'

export interface StoredFragment {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly title: string
  readonly externalId: string
  readonly import: string | undefined
  readonly run: number | undefined
  readonly line: number | undefined
  readonly values: readonly StoredValue[]
  readonly context: Readonly<Record<string, unknown>> | undefined
  readonly marking: string
  readonly body: MarkingBody
  readonly purpose: string
  readonly audience: readonly string[]
  readonly recordedFrom: Date
  readonly recordedTo: Date | undefined
  readonly ended: { readonly reason: EndReason; readonly by: string; readonly note?: string } | undefined
  readonly supersedes: string | undefined
  readonly reviewAt: Date
  readonly eraseAt: Date
  readonly restricted: boolean
}

interface Row {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly collection: string
  readonly title: string | null
  readonly external_id: string
  readonly import: string | null
  readonly run: number | null
  readonly line: number | null
  readonly vals: readonly StoredValue[]
  readonly context: Readonly<Record<string, unknown>> | null
  readonly marking: string
  readonly body: MarkingBody
  readonly purpose: string
  readonly audience: readonly string[]
  readonly recorded_from: Date
  readonly recorded_to: Date | null
  readonly end_reason: string | null
  readonly end_by: string | null
  readonly end_note: string | null
  readonly supersedes: string | null
  readonly review_at: Date
  readonly erase_at: Date
  readonly restricted: boolean
}

const columns =
  sql.raw(`f.fragment, f.entity, f.schema, f.collection, c.title, f.external_id, f.import, f.run, f.line, f.vals, f.context, f.marking, m.body, f.purpose, f.audience, f.recorded_from,
  f.recorded_to, f.end_reason, f.end_by, f.end_note, f.supersedes, f.review_at, f.erase_at, f.restricted`)
const tables = sql.raw(`records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking
  left join records.collections c on c.org = f.org and c.collection = f.collection`)

/** One, whether it ended or not. */
export async function fragmentWith(tx: Tx, org: string, fragment: string): Promise<StoredFragment | undefined> {
  return (await fragmentsWith(tx, org, [fragment]))[0]
}

/** These, whether they ended or not, but none that was taken back or erased, the oldest first. */
export async function fragmentsWith(tx: Tx, org: string, fragments: readonly string[]): Promise<readonly StoredFragment[]> {
  if (fragments.length === 0) return []
  const { rows } =
    await sql<Row>`select ${columns} from ${tables} where f.org = ${org} and f.fragment = any(${arrayOf(fragments)}::uuid[]) and ${isRecorded({ history: true })}
    order by f.recorded_from, f.fragment`.execute(tx)
  return rows.map(storedOf)
}

function storedOf(row: Row): StoredFragment {
  return {
    fragment: row.fragment,
    entity: row.entity,
    schema: row.schema,
    collection: row.collection,
    title: row.title ?? '',
    externalId: row.external_id,
    import: row.import ?? undefined,
    run: row.run ?? undefined,
    line: row.line ?? undefined,
    values: row.vals,
    context: row.context ?? undefined,
    marking: row.marking,
    body: row.body,
    purpose: row.purpose,
    audience: row.audience,
    recordedFrom: row.recorded_from,
    recordedTo: row.recorded_to ?? undefined,
    ended: row.end_reason === null ? undefined : endedOf(row, row.end_reason as EndReason),
    supersedes: row.supersedes ?? undefined,
    reviewAt: row.review_at,
    eraseAt: row.erase_at,
    restricted: row.restricted,
  }
}

function endedOf({ end_by: by, end_note: note }: Row, reason: EndReason): NonNullable<StoredFragment['ended']> {
  return { reason, by: by ?? '', ...(note === null ? {} : { note }) }
}
