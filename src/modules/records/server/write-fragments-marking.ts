/**
 * Markings are kept once: whoever, graded how, handled how, for what purpose, about whom, for which desks. Fragments name theirs by its hash.
 * Invariant: equal markings with equal readers have one id on every node, and a marking is never changed.
 */
import { createHash } from 'node:crypto'
import type { Marking } from '#kernel/record/statement.ts'
import { canonicalJson, type Json } from '#kernel/seal/canonical-json.ts'
import type { Tx } from '#platform/store/database.ts'
import type { RecordTables } from './tables.ts'
import { viewOf } from './views.ts'

/** A marking without the days of the single fragment. */
export type MarkingBody = Omit<Marking, 'reviewAt' | 'eraseAt'>

export interface InternedMarking {
  readonly marking: string
  readonly view: string
  readonly purpose: string
  /** Sorted, each once. */
  readonly audience: readonly string[]
}

export interface MarkingAsked {
  readonly body: MarkingBody
  readonly audience: readonly string[]
}

/** The marking with its id; written when it is new. The session must be among its readers, or the worker. */
export async function markingOf(tx: Tx, org: string, { body, audience }: MarkingAsked): Promise<InternedMarking> {
  const readers = [...new Set(audience)].sort()
  const text = canonicalJson({ body, audience: readers } as unknown as Json)
  const interned: InternedMarking = {
    marking: createHash('sha256').update(text).digest('hex').slice(0, 32),
    view: viewOf(org, body.purpose, readers),
    purpose: body.purpose,
    audience: readers,
  }
  await tx
    .withTables<RecordTables>()
    .insertInto('records.markings')
    .values({
      org,
      ...interned,
      audience: readers,
      origin_org: body.origin.org,
      origin_desk: body.origin.desk,
      body: JSON.stringify(body),
    })
    .onConflict((conflict) => conflict.columns(['org', 'marking']).doNothing())
    .execute()
  return interned
}
