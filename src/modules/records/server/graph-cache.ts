/**
 * Graphs of this process, by what they were built from: the least used go when they hold more bytes than there is room for. What was built for one state is
 * never served for another, because the state is the key. A graph that is being built is waited for, not built twice.
 */
export interface Sized {
  readonly byteLength: number
}

export interface GraphCache<T extends Sized> {
  find(key: string): T | undefined
  /** Undefined when `build` gives none; what fails is asked for anew next time. */
  take(key: string, build: () => Promise<T | undefined>): Promise<T | undefined>
}

export function createGraphCache<T extends Sized>(mostBytes: number): GraphCache<T> {
  const held = new Map<string, T>()
  const building = new Map<string, Promise<T | undefined>>()
  let bytes = 0
  const drop = (key: string): void => {
    bytes -= held.get(key)?.byteLength ?? 0
    held.delete(key)
  }
  const find = (key: string): T | undefined => {
    const found = held.get(key)
    if (found === undefined) return undefined
    // The last used stands last.
    held.delete(key)
    held.set(key, found)
    return found
  }
  const keep = (key: string, value: T): void => {
    drop(key)
    if (value.byteLength > mostBytes) return
    held.set(key, value)
    bytes += value.byteLength
    for (const oldest of held.keys()) {
      if (bytes <= mostBytes) break
      drop(oldest)
    }
  }
  return {
    find,
    take: async (key, build) => {
      const found = find(key)
      if (found !== undefined) return found
      const others = building.get(key)
      // Another request may have failed for a reason of its own, such as a lost connection.
      if (others !== undefined) {
        const built = await others.catch(() => undefined)
        if (built !== undefined) return built
      }
      const own = build()
      building.set(key, own)
      try {
        const built = await own
        if (built !== undefined) keep(key, built)
        return built
      } finally {
        if (building.get(key) === own) building.delete(key)
      }
    },
  }
}
