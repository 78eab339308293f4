/** Reads the next while the last is being worked on: at most two lie in memory. An error comes at the place of the item that it belongs to. */
export async function* readAhead<Item, Read>(items: readonly Item[], read: (item: Item) => Promise<Read>): AsyncGenerator<Read> {
  let next: Promise<Read> | undefined
  for (const [index, item] of items.entries()) {
    const current = next ?? read(item)
    const following = items[index + 1]
    const value = await current
    next = following === undefined ? undefined : read(following)
    // Whoever stops early never asks for it; its error is then nobody's.
    next?.catch(() => undefined)
    yield value
  }
}
