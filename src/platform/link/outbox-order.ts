/**
 * What is urgent goes before what is not, but never before what was said earlier in its own thread: a withdrawal that came before what it withdraws would
 * find nothing, and what it withdrew would come after it. The earlier message goes with the urgent one, just before it.
 */

export interface Waiting {
  readonly id: string
  readonly context: string
}

/** `picked` in the order of their urgency; `earlier` is what else waits of their threads. Ids rise as messages are submitted. */
export function inThreads<Row extends Waiting>(picked: readonly Row[], earlier: readonly Waiting[]): readonly (Row | Waiting)[] {
  const threads = new Map<string, Map<string, Row | Waiting>>()
  for (const row of [...earlier, ...picked]) {
    const thread = threads.get(row.context) ?? new Map<string, Row | Waiting>()
    threads.set(row.context, thread.set(row.id, row))
  }
  const placed = new Set<string>()
  return picked.flatMap((row) => {
    const before = [...(threads.get(row.context)?.values() ?? [])].filter(({ id }) => id <= row.id && !placed.has(id))
    for (const { id } of before) placed.add(id)
    return before.sort((a, b) => (a.id < b.id ? -1 : 1))
  })
}
