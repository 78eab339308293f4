/**
 * What one document adds to the history of a desk: pure, so that store and tests count the same. A bill counts once for each thing it says, in this document and
 * over all documents, on the earliest day that one of them gives it, or in the month of that day; when a document brings an earlier day, what was counted moves
 * there. So the same documents in any order end in the same counts.
 */
import { countedUnder, type HistoryEntry, isDated } from './history-keys.ts'

export interface Counted {
  readonly kind: string
  readonly key: string
  /** As `countedUnder` writes it: the day, or the month and what is counted. */
  readonly sub: string
  /** Below zero where something moved to an earlier day. */
  n: number
}

/** A bill or a box, as the documents learned before have it. */
export interface LearnedSubject {
  readonly day: string
  readonly entries: ReadonlyMap<string, HistoryEntry>
}

/** Under a key, a day on which there is more than before: what was judged of that day and later ones may read otherwise now. */
export interface Grown {
  readonly kind: string
  readonly key: string
  readonly day: string
}

interface Stated {
  day: string
  readonly entries: Map<string, HistoryEntry>
}

export class Learned {
  readonly #stated = new Map<string, Stated>()

  /** `entries`: what the document says of the subject, under its day. */
  take(subject: string, day: string, entries: readonly HistoryEntry[]): void {
    const held = this.#stated.get(subject) ?? { day, entries: new Map<string, HistoryEntry>() }
    if (day < held.day) held.day = day
    for (const entry of entries) if (!held.entries.has(entryName(entry))) held.entries.set(entryName(entry), entry)
    this.#stated.set(subject, held)
  }

  get subjects(): readonly string[] {
    return [...this.#stated.keys()]
  }

  entriesOf(subject: string): ReadonlyMap<string, HistoryEntry> {
    return this.#stated.get(subject)?.entries ?? new Map<string, HistoryEntry>()
  }

  /** What changes in the counts, given what was learned before of the same subjects. */
  against(earlier: (subject: string) => LearnedSubject | undefined): {
    readonly counted: readonly Counted[]
    readonly days: ReadonlyMap<string, string>
    /** Subjects that have an earlier day now. */
    readonly moved: readonly string[]
  } {
    const counts = new Map<string, Counted>()
    const days = new Map<string, string>()
    const moved: string[] = []
    const add = (entry: HistoryEntry, day: string, n: 1 | -1) => {
      const { kind, key } = entry
      const sub = countedUnder(entry, day)
      const name = `${kind}\n${key}\n${sub}`
      const held = counts.get(name)
      if (held === undefined) counts.set(name, { kind, key, sub, n })
      else held.n += n
    }
    for (const [subject, { day: own, entries }] of this.#stated) {
      const before = earlier(subject)
      const day = before !== undefined && before.day < own ? before.day : own
      const isMoved = before !== undefined && day < before.day
      days.set(subject, day)
      if (isMoved) moved.push(subject)
      for (const [name, entry] of entries) if (before?.entries.has(name) !== true) add(entry, day, 1)
      if (isMoved)
        for (const entry of before.entries.values()) {
          add(entry, before.day, -1)
          add(entry, day, 1)
        }
    }
    return { counted: [...counts.values()].filter(({ n }) => n !== 0), days, moved }
  }
}

/** The earliest day on which each key has more than before. */
export function grownOf(counted: readonly Counted[]): readonly Grown[] {
  const grown = new Map<string, Grown>()
  for (const { kind, key, sub: day, n } of counted) {
    if (n < 0 || !isDated(kind)) continue
    const held = grown.get(`${kind}\n${key}`)
    if (held === undefined || day < held.day) grown.set(`${kind}\n${key}`, { kind, key, day })
  }
  return [...grown.values()]
}

export function entryName({ kind, key, sub }: HistoryEntry): string {
  return `${kind}\n${key}\n${sub}`
}
