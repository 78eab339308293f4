/** Lists without repetition, in constant time for each item: documents of strangers can be long. */
const keys = new WeakMap<readonly unknown[], Set<string>>()

/** Appends unless something was appended under the same key before. */
export function pushDistinct<T>(list: T[], key: string, item: T): void {
  let known = keys.get(list)
  if (known === undefined) {
    known = new Set()
    keys.set(list, known)
  }
  if (known.has(key)) return
  known.add(key)
  list.push(item)
}
