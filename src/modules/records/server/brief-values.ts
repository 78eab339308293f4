/**
 * What lists, names and comparisons read of a fragment. One that says much has it beside its values, in brief: nobody reads a letter of some MiB for its date, and what is read of a record
 * must not depend on values that the reader is not shown, which may be most of it.
 * Invariant: a fragment that has no brief is short, and all of its values that serve would have room in one.
 */
import { sql } from 'kysely'
import { edgeOf, propertyOf } from '#kernel/record/model.ts'
import type { PropertyType } from '#kernel/record/schema.ts'
import type { StoredValue } from './tables.ts'

/** Signs of the values as JSON. A fragment of so many at most needs no brief. */
const SHORT = 4000
/** Bytes in the store that values of a short fragment never have. A brief of no more takes the same room of its record as a short fragment, whatever it is that made the brief. */
const LONG = 5 * SHORT
/** Policy: of a brief, of signs and what lies beside them. */
const MOST = 60_000
const BYTES_OF_VALUE = 100
/** Policy: of the sources of one record, from the oldest on. */
const MOST_OF_RECORD = 1000 * SHORT

/** Neither shown in a list nor compared; which records a fragment names is not for everyone. */
const LEFT_OUT: ReadonlySet<PropertyType> = new Set(['text', 'html', 'entity'])

/** As JSON, as the values are given; none where the fragment is short. */
export function briefOf(
  { schema, values }: { readonly schema: string; readonly values: readonly StoredValue[] },
  said: string,
): string | undefined {
  if (said.length <= SHORT) return undefined
  const ends = endsOf(schema)
  const brief: (readonly [prop: string, value: string])[] = []
  let room = MOST
  for (const [prop, value] of values) {
    // The first value of either end is what a relation is called by; whether the reader may know that record is looked up then.
    if (ends.delete(prop)) brief.push([prop, value])
    const type = propertyOf(schema, prop)?.type
    const size = value.length + BYTES_OF_VALUE
    if (type === undefined || LEFT_OUT.has(type) || size > room) continue
    room -= size
    brief.push([prop, value])
  }
  return JSON.stringify(brief)
}

function endsOf(schema: string): Set<string> {
  const edge = edgeOf(schema)
  return new Set(edge === undefined ? [] : [edge.source, edge.target])
}

/** Of row `f` of fragments. */
export const briefVals = sql<readonly StoredValue[] | null>`coalesce(f.brief, f.vals)`

/** The same of the oldest rows of each record alone, whatever number of sources it has. */
export const firstBriefs = sql<
  readonly StoredValue[] | null
>`case when sum(case when pg_column_size(f.brief) > ${sql.lit(LONG)} then pg_column_size(f.brief) else ${sql.lit(SHORT)} end) over (partition by f.entity order by f.recorded_from, f.fragment rows unbounded preceding)
  <= ${sql.lit(MOST_OF_RECORD)} then ${briefVals} end`
