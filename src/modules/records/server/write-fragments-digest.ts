/**
 * What is kept of what a person let go of, a correction, a withdrawal or an answer at a review: a digest, by which the same line of the same record is known when a file says it again.
 * Invariant: it is of 32 bits: enough to tell apart the few things that were said of one record, too few to find out what was said by trying what there is. It lies under the
 * view of the fragment, and nothing shows it; who guesses right learns no more than who brings in the line again.
 */
import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { StoredValue } from './tables.ts'
import { arrayOf } from './write-fragments-arrays.ts'

/** Without what the source said beside: a newer day of its last change says nothing new. */
export function digestOf(entity: string, said: { readonly schema: string; readonly values: readonly StoredValue[] }): number {
  return createHash('sha256')
    .update(`${entity}\n${statedBy(said)}`)
    .digest()
    .readInt32BE()
}

/** Schema and values, in whatever order they are said. */
export function statedBy({ schema, values }: { readonly schema: string; readonly values: readonly StoredValue[] }): string {
  const stated = values.map((each) => JSON.stringify([each[0], each[1], each[3] ?? null, each[4] ?? null, each[5] ?? null])).sort()
  return `${schema}\n${stated.join('\n')}`
}

/** Read and digested at once: a record may have some MiB. */
const SOME = 50

/** Of those that came by a file, before their values go. */
export async function keepDigests(tx: Tx, org: string, those: RawBuilder<boolean>): Promise<void> {
  for (;;) {
    const { rows } = await sql<{
      fragment: string
      entity: string
      schema: string
      vals: readonly StoredValue[]
    }>`select f.fragment, f.entity, f.schema, f.vals from records.fragments f
      where f.org = ${org} and f.import is not null and f.vals is not null and f.digest is null and ${those} order by f.fragment limit ${SOME}`.execute(
      tx,
    )
    if (rows.length === 0) return
    const digests = rows.map(({ entity, schema, vals }) => digestOf(entity, { schema, values: vals }))
    await sql`update records.fragments f set digest = t.digest from unnest(${arrayOf(rows.map(({ fragment }) => fragment))}::uuid[], ${arrayOf(digests)}::int[]) as t(fragment, digest)
      where f.org = ${org} and f.fragment = t.fragment`.execute(tx)
    if (rows.length < SOME) return
  }
}
