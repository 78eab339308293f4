/**
 * Rows of batches that are saved, for those to come: what their columns grew to is used again. Memory outside of the heap that is asked for anew by each batch has the
 * collector look through the whole heap for every other batch.
 */
import { FoundRows } from './write-fragments-found.ts'
import { FragmentRows } from './write-fragments-rows.ts'

/** Of one batch. */
export interface GatheredColumns {
  readonly fragments: FragmentRows
  readonly found: FoundRows
}

export class SpareRows {
  readonly #view: string
  readonly #spare: GatheredColumns[] = []

  constructor(view: string) {
    this.#view = view
  }

  take(): GatheredColumns {
    return this.#spare.pop() ?? { fragments: new FragmentRows(), found: new FoundRows(this.#view) }
  }

  /** Rows that are written, or never will be. */
  give(rows: GatheredColumns): void {
    rows.fragments.clear()
    rows.found.clear()
    this.#spare.push(rows)
  }
}
