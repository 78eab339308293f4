/** Entries of a list under a person's hands: each keeps a key while it moves, so the focus and what is being typed move with it. */
export interface Keyed {
  readonly keys: readonly number[]
  readonly next: number
}

export function keyed(count: number): Keyed {
  return { keys: Array.from({ length: count }, (_, index) => index), next: count }
}

/** As many keys as entries, whoever changed their number. */
export function fitted(held: Keyed, count: number): Keyed {
  if (held.keys.length === count) return held
  const kept = held.keys.slice(0, count)
  const fresh = Array.from({ length: count - kept.length }, (_, index) => held.next + index)
  return { keys: [...kept, ...fresh], next: held.next + fresh.length }
}

export function withoutAt<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, at) => at !== index)
}

/** One place up (-1) or down (1); at the end it stays. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const here = list[index]
  const there = list[index + by]
  return here === undefined || there === undefined ? list : list.with(index, there).with(index + by, here)
}
