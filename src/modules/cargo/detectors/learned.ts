/**
 * What one document adds to the history of a desk: pure, so that store and tests count the same. A bill counts once for each thing it says, in this document and
 * over all documents; the months in which it is stated again are not counted anew.
 */
import type { ConsignmentStatement } from '../model.ts'
import { entriesOf, type HistoryEntry, isMarked } from './history-keys.ts'

export interface Counted {
  readonly kind: string
  readonly key: string
  readonly sub: string
  n: number
  /** ISO 8601 days. */
  first: string
  last: string
  /** True: what stood before is kept with the document. */
  readonly marked: boolean
}

export class Learned {
  readonly #byBill = new Map<string, Set<string>>()
  readonly #counted = new Map<string, Counted>()

  /** `earlier`: names of what documents learned before say under the same bill. */
  take(
    row: { readonly bill: string; readonly statement: ConsignmentStatement; readonly day: string },
    earlier: ReadonlySet<string> | undefined,
  ): void {
    const said = this.#byBill.get(row.bill) ?? new Set<string>()
    this.#byBill.set(row.bill, said)
    for (const entry of entriesOf(row.statement, row.day.slice(0, 7))) {
      const name = entryName(entry)
      if (said.has(name) || earlier?.has(name) === true) continue
      said.add(name)
      this.add(entry, row.day)
    }
  }

  add(entry: HistoryEntry, day: string): void {
    const name = `${entry.kind}\n${entry.key}\n${entry.sub}`
    const held = this.#counted.get(name)
    if (held === undefined) {
      this.#counted.set(name, { ...entry, n: 1, first: day, last: day, marked: isMarked(entry.kind) })
      return
    }
    held.n += 1
    if (day < held.first) held.first = day
    if (day > held.last) held.last = day
  }

  get counted(): readonly Counted[] {
    return [...this.#counted.values()]
  }
}

/** The month is left out: the same bill in another month is the same bill. */
export function entryName({ kind, key, sub }: HistoryEntry): string {
  return `${kind}\n${key}\n${kind === 'party-month' ? '' : sub}`
}
