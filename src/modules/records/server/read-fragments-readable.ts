/**
 * What a reader is shown of fragments that it sees: a value that names a record it may not see is not there, as if that record were none. Only the desk that made the statement is
 * shown it, for it knows what it said.
 */
import { isReference } from '#kernel/record/model.ts'
import type { Tx } from '#platform/store/database.ts'
import type { DeskFacts } from './clusters.ts'
import type { StoredFragment } from './read-fragments.ts'
import { type Recorded, visibleAmong } from './record-rows-captions.ts'
import type { StoredValue } from './tables.ts'

declare const readable: unique symbol

/** With the values that its reader is shown, and no others. */
export type ReadableFragment = StoredFragment & { readonly [readable]: true }

export interface ReadAs extends Recorded {
  /** Records that the reader asks about: what names them is shown, restricted or not. */
  readonly known?: readonly string[]
}

/** The fragments with those values. */
// oxlint-disable-next-line max-params -- a transaction, a reader and fragments, with how they are asked
export async function readableFragments(
  tx: Tx,
  facts: DeskFacts,
  fragments: readonly StoredFragment[],
  { known, knownAt, history }: ReadAs = {},
): Promise<readonly ReadableFragment[]> {
  const named = new Set<string>()
  for (const each of fragments) if (!isStatedBy(each, facts)) for (const entity of referencesOf(each)) named.add(entity)
  if (named.size === 0) return fragments as readonly ReadableFragment[]
  const visible = await visibleAmong(tx, facts.authority, { entities: [...named], knownAt, history })
  const asked = new Set(known)
  const isShown = (schema: string, value: StoredValue) => !isReference(schema, value[0]) || visible.has(value[1]) || asked.has(value[1])
  return fragments.map((each) => {
    const values = isStatedBy(each, facts) ? each.values : each.values.filter((value) => isShown(each.schema, value))
    return { ...each, values } as ReadableFragment
  })
}

/** The desk that made a statement: it alone may correct it, and it knows what it said. */
export function isStatedBy({ body: { origin } }: Pick<StoredFragment, 'body'>, { authority, desk }: DeskFacts): boolean {
  return origin.org === authority && origin.desk === desk
}

/** Records that values of the fragment name. */
export function referencesOf({ schema, values }: Pick<StoredFragment, 'schema' | 'values'>): readonly string[] {
  return values.filter(([prop]) => isReference(schema, prop)).map(([, value]) => value)
}
