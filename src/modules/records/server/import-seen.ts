/**
 * Which records a run has written, kept in memory as bits: an id that was not seen is certainly new, so that most lines of a first import need no look into the store.
 * An id that seems seen is looked up. Invariant: a batch whose transaction fails leaves bits behind, which costs a look-up and nothing else.
 * Source: B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 13 (1970). Ids are hashes already, so parts of them serve as the hashes.
 */

export interface SeenIds {
  /** Those of the ids that may have been seen; all are seen from now on. */
  mayHold(entities: Iterable<string>): readonly string[]
}

/** For each id: one in five thousand at most is then looked up in vain, so that most batches ask for nothing and need not wait for the one before. */
const BITS = 32
/** Bytes that a line has at least, where lines are short. */
const LINE = 100
const MOST_BITS = 2 ** 29
/** Runs of this process that are remembered between two parts of one run. */
const MOST_RUNS = 4

const runs = new Map<string, SeenIds>()

export function knownIds(run: string): SeenIds | undefined {
  return runs.get(run)
}

/** `bytes`: of the file, which says how many ids may come. */
export function rememberedIds(run: string, bytes: number): SeenIds {
  const ids = seenIds(Math.min(MOST_BITS, 2 ** Math.ceil(Math.log2(Math.max(1024, (bytes / LINE) * BITS)))))
  const [oldest] = runs.keys()
  if (runs.size >= MOST_RUNS && oldest !== undefined) runs.delete(oldest)
  runs.set(run, ids)
  return ids
}

export function forgetIds(run: string): void {
  runs.delete(run)
}

function seenIds(bits: number): SeenIds {
  const words = new Uint32Array(bits / 32)
  const isSeen = (entity: string): boolean => {
    let wasSeen = true
    for (let from = 1; from < 33; from += 8) {
      const bit = (partOf(entity, from) >>> 0) % bits
      const mask = 1 << (bit & 31)
      const word = words[bit >>> 5] ?? 0
      if ((word & mask) !== 0) continue
      wasSeen = false
      words[bit >>> 5] = word | mask
    }
    return wasSeen
  }
  return {
    mayHold: (entities) => {
      const held: string[] = []
      for (const entity of entities) if (isSeen(entity)) held.push(entity)
      return held
    },
  }
}

/** Eight hexadecimal digits as a number; small letters, as ids have them. */
function partOf(entity: string, from: number): number {
  let part = 0
  for (let at = from; at < from + 8; at++) {
    const code = entity.charCodeAt(at)
    part = (part << 4) | (code < 58 ? code - 48 : code - 87)
  }
  return part
}
