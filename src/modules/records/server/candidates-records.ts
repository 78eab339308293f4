/**
 * Records made ready for comparison: everything that the reader may see of a record and of those merged with it, taken together, as one.
 * What is restricted is compared no more; what has ended is not compared.
 */
import { sql } from 'kysely'
import { type PreparedRecord, prepareRecord } from '#kernel/match/record.ts'
import { canonicalOf } from '#kernel/record/identity.ts'
import { commonSchema } from '#kernel/record/model.ts'
import type { Tx } from '#platform/store/database.ts'
import { firstBriefs } from './brief-values.ts'
import { clustersOf, type DeskFacts } from './clusters.ts'
import { latinise } from './search-words.ts'
import type { StoredValue } from './tables.ts'
import { textArray } from './write-fragments-arrays.ts'

export interface ComparedRecord {
  /** The id that stands for it to this reader. */
  readonly entity: string
  readonly members: readonly string[]
  /** The members, and those merged with them of which nothing is compared. */
  readonly cluster: readonly string[]
  readonly schema: string
  readonly prepared: PreparedRecord
}

interface Row {
  readonly entity: string
  readonly schema: string
  readonly vals: readonly StoredValue[]
}

/** Each record once, in the order in which they were asked for; one of which nothing is to be seen is not among them. */
export async function comparedRecords(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<readonly ComparedRecord[]> {
  if (entities.length === 0) return []
  const clusters = await clustersOf(tx, facts, [...new Set(entities)])
  const asked = [...new Set([...clusters.values()].flat())]
  const { rows } = await sql<Row>`select c.entity, c.schema, c.vals from (
      select f.entity, f.schema, f.recorded_from, f.fragment, ${firstBriefs} as vals from records.fragments f
      where f.org = ${facts.authority} and f.entity = any(${textArray(asked)}::text[]) and f.recorded_to is null and not f.restricted) c
    where c.vals is not null order by c.recorded_from, c.fragment`.execute(tx)
  const fragments = new Map<string, Row[]>()
  for (const row of rows) {
    const before = fragments.get(row.entity)
    if (before === undefined) fragments.set(row.entity, [row])
    else before.push(row)
  }
  const records = new Map<string, ComparedRecord>()
  for (const members of clusters.values()) {
    const current = members.filter((each) => fragments.has(each))
    const entity = canonicalOf(current)
    if (entity === undefined || records.has(entity)) continue
    const stated = current.flatMap((each) => fragments.get(each) ?? [])
    const schema = stated.map((each) => each.schema).reduce((a, b) => commonSchema(a, b) ?? a)
    const prepared = prepareRecord({ schema, properties: together(stated) }, latinise)
    records.set(entity, { entity, members: current, cluster: members, schema, prepared })
  }
  return [...records.values()]
}

/** Each value once. */
function together(rows: readonly Row[]): Readonly<Record<string, readonly string[]>> {
  const properties = new Map<string, Set<string>>()
  for (const { vals } of rows)
    for (const [prop, value] of vals) {
      const values = properties.get(prop)
      if (values === undefined) properties.set(prop, new Set([value]))
      else values.add(value)
    }
  return Object.fromEntries([...properties].map(([prop, values]) => [prop, [...values]]))
}
