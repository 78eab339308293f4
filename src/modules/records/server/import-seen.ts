/**
 * Which records a run has written, kept in memory as bits: an id that was not seen is certainly new, so that most lines of a first import need no look into the store.
 * An id that seems seen is looked up. Invariants: a batch whose transaction fails leaves bits behind, which costs a look-up and nothing else; of what another process wrote of the
 * file there are none here, so they hold only where the file was read on from.
 * Source: B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 13 (1970). Ids are hashes already, so parts of them serve as the hashes.
 */

export interface SeenIds {
  /** Byte of the file to which the run has come with them. */
  upTo: number
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

/** Those of a run that has come to this byte; undefined when it came there, or a part of the way, without them. */
export function knownIds(run: string, byte: number): SeenIds | undefined {
  const ids = runs.get(run)
  return ids?.upTo === byte ? ids : undefined
}

/** `bytes`: of the file, which says how many ids may come. `upTo`: where the run stands. */
export function rememberedIds(run: string, { bytes, upTo }: { readonly bytes: number; readonly upTo: number }): SeenIds {
  const ids = seenIds(Math.min(MOST_BITS, 2 ** Math.ceil(Math.log2(Math.max(1024, (bytes / LINE) * BITS)))), upTo)
  const [oldest] = runs.keys()
  if (runs.size >= MOST_RUNS && oldest !== undefined) runs.delete(oldest)
  runs.set(run, ids)
  return ids
}

export function forgetIds(run: string): void {
  runs.delete(run)
}

function seenIds(bits: number, upTo: number): SeenIds {
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
    upTo,
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
