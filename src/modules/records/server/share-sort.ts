/** What of a board may leave its desk, and why the rest stays. */
import { edgeOf, propertyOf } from '#kernel/record/model.ts'
import type { DeskFacts } from './clusters.ts'
import type { StoredFragment } from './read-fragments.ts'
import { isStatedBy } from './read-fragments-view.ts'
import { checkedShare, type SharedValue } from './share-check.ts'
import type { StoredValue } from './tables.ts'

export interface SortedOut {
  readonly shared: readonly StoredFragment[]
  /** Values that stay, by reason. */
  readonly leftOut: ReadonlyMap<string, number>
}

/** A record of which nothing goes out, on the board or not, is named by nothing that does: relations with it stay, and so do values that name it. */
export function sortOut(
  fragments: readonly StoredFragment[],
  { facts, entities }: { readonly facts: DeskFacts; readonly entities: readonly string[] },
): SortedOut {
  const leftOut = new Map<string, number>()
  const stays = (because: string, values: number) => leftOut.set(because, (leftOut.get(because) ?? 0) + values)
  const reasons = new Map(entities.map((entity) => [entity, 'not-own']))
  const free: StoredFragment[] = []
  for (const each of fragments) {
    const because = reasonToStay(each, facts)
    if (because === undefined) {
      const { values, refused } = checkedShare(each.schema, each.values.map(sharedValue))
      if (refused.length > 0) stays('form', refused.length)
      if (refused.length < each.values.length || refused.length === 0) free.push({ ...each, values: values.map(storedValue) })
      else if (reasons.has(each.entity)) reasons.set(each.entity, 'form')
    } else {
      stays(because, each.values.length)
      if (reasons.has(each.entity)) reasons.set(each.entity, because)
    }
  }
  const given = new Set(free.map(({ entity }) => entity))
  const shared: StoredFragment[] = []
  for (const each of free) {
    const named = each.values.filter(([prop, value]) => propertyOf(each.schema, prop)?.type === 'entity' && !given.has(value))
    const [because] = named.map(([, value]) => reasons.get(value) ?? 'not-on-board')
    if (because === undefined) shared.push(each)
    else if (edgeOf(each.schema) !== undefined) stays(because, each.values.length)
    else {
      shared.push({ ...each, values: each.values.filter((value) => !named.includes(value)) })
      stays(because, named.length)
    }
  }
  return { shared, leftOut }
}

export function sharedValue([prop, value, , from, to, lang]: StoredValue): SharedValue {
  return { prop, value, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(lang ? { lang } : {}) }
}

function storedValue({ prop, value, from, to, lang }: SharedValue): StoredValue {
  return [prop, value, null, from ?? null, to ?? null, lang ?? null]
}

function reasonToStay(each: StoredFragment, facts: DeskFacts): string | undefined {
  if (!isStatedBy(each, facts)) return 'not-own'
  if (each.restricted) return 'restricted'
  return each.body.category === 'informant' ? 'informant' : undefined
}
