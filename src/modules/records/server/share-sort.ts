/** What of a board may leave its desk, and why the rest stays. */
import { edgeOf, isReference } from '#kernel/record/model.ts'
import type { DeskFacts } from './clusters.ts'
import { isStatedBy, type ReadableFragment } from './read-fragments-readable.ts'
import { checkedShare, type SharedValue } from './share-check.ts'
import type { StoredValue } from './tables.ts'

export interface SortedOut {
  readonly shared: readonly ReadableFragment[]
  /** Values that stay, by reason. */
  readonly leftOut: ReadonlyMap<string, number>
}

/** Fragments are added some at a time, and of what stays only its number is kept. */
export class Sorting {
  readonly #facts: DeskFacts
  /** Of the records on the board, as far as nothing of them goes out. */
  readonly #reasons: Map<string, string>
  readonly #leftOut = new Map<string, number>()
  readonly #free: ReadableFragment[] = []
  #signs = 0

  constructor({ facts, entities }: { readonly facts: DeskFacts; readonly entities: readonly string[] }) {
    this.#facts = facts
    this.#reasons = new Map(entities.map((entity) => [entity, 'not-own']))
  }

  /** Of the values that are kept until now. */
  get signs(): number {
    return this.#signs
  }

  add(fragments: readonly ReadableFragment[]): void {
    for (const each of fragments) {
      const because = reasonToStay(each, this.#facts)
      if (because === undefined) this.#addOwn(each)
      else {
        this.#stays(because, each.values.length)
        this.#noteReason(each, because)
      }
    }
  }

  #addOwn(each: ReadableFragment): void {
    const { values, refused } = checkedShare(each.schema, each.values.map(sharedValue))
    if (refused.length > 0) this.#stays('form', refused.length)
    if (refused.length === each.values.length && refused.length > 0) {
      this.#noteReason(each, 'form')
      return
    }
    this.#free.push({ ...each, values: values.map(storedValue) })
    for (const { value } of values) this.#signs += value.length
  }

  #stays(because: string, values: number): void {
    this.#leftOut.set(because, (this.#leftOut.get(because) ?? 0) + values)
  }

  #noteReason({ entity }: ReadableFragment, because: string): void {
    if (this.#reasons.has(entity)) this.#reasons.set(entity, because)
  }

  /** A record of which nothing goes out, on the board or not, is named by nothing that does: relations with it stay, and so do values that name it. */
  sorted(): SortedOut {
    const given = new Set(this.#free.map(({ entity }) => entity))
    const shared: ReadableFragment[] = []
    for (const each of this.#free) {
      const named = each.values.filter((value) => isReference(each.schema, value[0]) && !given.has(value[1]))
      const [because] = named.map(([, value]) => this.#reasons.get(value) ?? 'not-on-board')
      if (because === undefined) shared.push(each)
      else if (edgeOf(each.schema) !== undefined) this.#stays(because, each.values.length)
      else {
        shared.push({ ...each, values: each.values.filter((value) => !named.includes(value)) })
        this.#stays(because, named.length)
      }
    }
    return { shared, leftOut: this.#leftOut }
  }
}

export function sharedValue([prop, value, , from, to, lang]: StoredValue): SharedValue {
  return { prop, value, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(lang ? { lang } : {}) }
}

function storedValue({ prop, value, from, to, lang }: SharedValue): StoredValue {
  return [prop, value, null, from ?? null, to ?? null, lang ?? null]
}

function reasonToStay(each: ReadableFragment, facts: DeskFacts): string | undefined {
  if (!isStatedBy(each, facts)) return 'not-own'
  if (each.restricted) return 'restricted'
  return each.body.category === 'informant' ? 'informant' : undefined
}
