/**
 * Which statements of a life belong to one journey: those that share a booking or a bill, and those of one voyage that name no other. This is the join of stowage
 * plan, manifest, declaration and gate report, on container, voyage and booking. Numbers run in the order in which the journeys begin.
 */
interface Joined {
  readonly voyage?: string
  readonly booking?: string
  readonly bill?: string
}

export function journeysOf(entries: readonly Joined[]): readonly number[] {
  const parent = entries.map((_, index) => index)
  const root = (index: number): number => {
    let at = index
    while (parent[at] !== at) at = parent[at] as number
    return at
  }
  const firstWith = new Map<string, number>()
  for (const [index, entry] of entries.entries())
    for (const key of keysOf(entry)) {
      const first = firstWith.get(key)
      if (first === undefined) firstWith.set(key, index)
      else {
        const [a, b] = [root(first), root(index)]
        parent[Math.max(a, b)] = Math.min(a, b)
      }
    }
  const numbers = new Map<number, number>()
  let latest = 0
  return entries.map((entry, index) => {
    // What names nothing at all belongs to whatever went on at the time.
    if (keysOf(entry).length === 0) return latest
    const at = root(index)
    if (!numbers.has(at)) numbers.set(at, numbers.size)
    latest = numbers.get(at) ?? 0
    return latest
  })
}

function keysOf({ voyage, booking, bill }: Joined): readonly string[] {
  return [
    ...(booking === undefined ? [] : [`booking ${booking}`]),
    ...(bill === undefined ? [] : [`bill ${bill}`]),
    ...(voyage === undefined ? [] : [`voyage ${voyage}`]),
  ]
}
