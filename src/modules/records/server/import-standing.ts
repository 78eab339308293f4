/**
 * What a collection holds of the records of a file: what stands, and what a person corrected, withdrew or let go of at a review, so that saying it again is known to be no news.
 * What went because its last day came is not among it: who reads the file again brings it in anew, on a basis and with days of its own.
 */
import { sql } from 'kysely'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import type { Tx } from '#platform/store/database.ts'
import { RUN_IMPORT } from './import-running.ts'
import type { StoredValue } from './tables.ts'
import { arrayOf } from './write-fragments-arrays.ts'
import { statedBy } from './write-fragments-digest.ts'
import type { InternedMarking } from './write-fragments-marking.ts'

export interface Standing {
  readonly fragment: string
  readonly entity: string
  readonly schema: string
  readonly line: number | null
  /** Null once erased. */
  readonly vals: readonly StoredValue[] | null
  readonly context: Readonly<Record<string, unknown>> | null
  readonly supersedes: string | null
  restricted: boolean
  reviewAt: Date
  eraseAt: Date
  /** Of what a person let go of for good. */
  readonly digest: number | null
  /** Why it does not stand: a person corrected or withdrew it, restricted it or ended that, its source said that it is, or a newer file said something else. */
  ended: 'corrected' | 'withdrawn' | 'restricted' | 'replaced' | undefined
  /** Of this run, or found again by it: a line that differs does not take its place. */
  isOfRun: boolean
  /** Of one that a plan is to write, its place there. */
  readonly place?: number | undefined
  content?: string
}

interface Holder {
  readonly org: string
  readonly import: string
  readonly run: number
  readonly collection: string
  /** Of the collection: copies that a case holds are under that of their holder, and no part of what it says. */
  readonly marking: Pick<InternedMarking, 'marking'>
}

/** Fragments of these records in the collection that stand, or that a person ended, with what then took their place; those of the oldest line first. */
export async function standingOf(
  tx: Tx,
  { org, collection, marking: { marking }, import: id, run }: Holder,
  entities: readonly string[],
): Promise<Map<string, Standing[]>> {
  const standing = new Map<string, Standing[]>()
  if (entities.length === 0) return standing
  // What took the place of one that the run has found is of the run as well.
  const { rows } =
    await sql<StandingRow>`select f.fragment, f.entity, f.schema, f.line, f.vals, f.context, f.import, f.run as written_in, f.supersedes, f.restricted, f.review_at as "reviewAt", f.erase_at as "eraseAt", f.digest, ${endedAs} as ended,
      exists (select 1 from records.import_seen s where s.org = f.org and s.import = ${id}::uuid and s.run = ${run} and s.fragment in (f.fragment, f.supersedes)) as was_seen
    from records.fragments f where f.org = ${org} and f.entity = any(${arrayOf(entities)}::text[]) and f.collection = ${collection}::uuid and f.marking = ${marking} and f.import is not null
      and (f.recorded_to is null or f.digest is not null or ${endedAs} <> 'replaced' and f.vals is not null
        or exists (select 1 from records.fragments p where p.org = f.org and p.fragment = f.supersedes and p.end_reason in ('corrected', 'withdrawn'))) order by f.line, f.fragment`.execute(
      tx,
    )
  for (const { import: source, written_in: writtenIn, was_seen: wasSeen, ended, ...row } of rows) {
    const each: Standing = { ...row, ended: ended ?? undefined, isOfRun: (source === id && writtenIn === run) || wasSeen }
    const known = standing.get(row.entity)
    if (known === undefined) standing.set(row.entity, [each])
    else known.push(each)
  }
  return standing
}

/** Null of what stands; what went on its last day or was recalled is as good as replaced. */
const endedAs = sql<
  Standing['ended'] | null
>`case when f.recorded_to is null then null when f.end_reason in ('corrected', 'withdrawn') then f.end_reason
  when f.end_reason = 'superseded' and f.end_by <> ${`job:${RUN_IMPORT}`} then 'restricted' else 'replaced' end`

type StandingRow = Omit<Standing, 'isOfRun' | 'ended' | 'place' | 'content'> & {
  readonly import: string | null
  readonly written_in: number | null
  readonly ended: Standing['ended'] | null
  readonly was_seen: boolean
}

export function isCurrent({ ended }: Standing): boolean {
  return ended === undefined
}

export function contentOfStanding(each: Standing): string {
  each.content ??= contentOf({ ...each, values: each.vals ?? [], context: each.context ?? undefined })
  return each.content
}

/** What a record says, in whatever order its source says it. */
export function contentOf({
  context,
  ...said
}: {
  readonly schema: string
  readonly values: readonly StoredValue[]
  readonly context?: unknown
}): string {
  return `${statedBy(said)}\n${context === undefined ? '' : canonicalJson(context as Json)}`
}
