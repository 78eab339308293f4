/**
 * One whole number for some of the nodes of a graph, 0 for all others. A search that meets a thousand nodes of millions pays for a thousand: an
 * open-addressing table that doubles, and becomes an array over all nodes once that is no larger.
 * Source: D. E. Knuth, "The Art of Computer Programming" volume 3, section 6.4 (multiplicative hashing, linear probing).
 */
export interface NodeMarks {
  get(node: number): number
  /** A mark is not 0, and 32 bits with sign. */
  set(node: number, mark: number): void
  clear(): void
}

const FIRST_BITS = 8
const GOLDEN = 0x9e3779b1

export function createNodeMarks(nodeCount: number): NodeMarks {
  let bits = FIRST_BITS
  // Pairs of node + 1 and mark; 0: a free place.
  let table = new Int32Array(2 << bits)
  let size = 0
  let dense: Int32Array | undefined
  let marked: number[] = []

  const placeOf = (node: number): number => {
    const mask = table.length - 1
    let place = (Math.imul(node, GOLDEN) >>> (32 - bits)) << 1
    while (table[place] !== 0 && table[place] !== node + 1) place = (place + 2) & mask
    return place
  }
  const grow = (): void => {
    const old = table
    if (old.length * 2 >= nodeCount) {
      dense = new Int32Array(nodeCount)
      for (let place = 0; place < old.length; place += 2) {
        if (old[place] === 0) continue
        dense[(old[place] as number) - 1] = old[place + 1] as number
        marked.push((old[place] as number) - 1)
      }
      return
    }
    bits += 1
    table = new Int32Array(2 << bits)
    for (let place = 0; place < old.length; place += 2) {
      if (old[place] === 0) continue
      const to = placeOf((old[place] as number) - 1)
      table[to] = old[place] as number
      table[to + 1] = old[place + 1] as number
    }
  }
  return {
    get: (node) => (dense === undefined ? (table[placeOf(node) + 1] as number) : (dense[node] as number)),
    set(node, mark) {
      if (dense !== undefined) {
        if (dense[node] === 0) marked.push(node)
        dense[node] = mark
        return
      }
      const place = placeOf(node)
      if (table[place] === 0) {
        table[place] = node + 1
        size += 1
      }
      table[place + 1] = mark
      if (size * 4 > table.length) grow()
    },
    clear() {
      if (dense === undefined) table.fill(0)
      else for (const node of marked) dense[node] = 0
      marked = []
      size = 0
    },
  }
}
