/** What a list of records is narrowed by, beside what is asked. Filters hold for one fragment at a time: one source says all of it. */
import { type RawBuilder, sql } from 'kysely'
import { storableText } from '#platform/store/storable-text.ts'

export interface SearchFilters {
  readonly schema?: string | undefined
  readonly country?: string | undefined
  readonly topic?: string | undefined
  readonly collection?: string | undefined
  /** Only what was recorded since. */
  readonly since?: Date | undefined
}

export interface SearchAsked extends SearchFilters {
  readonly q: string
}

/** As the two functions of the search index take them. */
export function filterArguments({ schema, country, topic, collection, since }: SearchFilters): RawBuilder<unknown> {
  return sql`${schema ?? null}::text, ${asStored(country?.toLowerCase())}::text, ${asStored(topic)}::text, ${collection ?? null}::uuid, ${since ?? null}::timestamptz`
}

/** The store takes no zero sign and so has none: it finds nothing, as any sign does that no value has. */
function asStored(text: string | undefined): string | null {
  return text === undefined ? null : storableText(text)
}

/** Nothing is asked for at all. */
export function isEmpty({ q, schema, country, topic, collection }: SearchAsked): boolean {
  return q.trim() === '' && [schema, country, topic, collection].every((each) => each === undefined)
}
