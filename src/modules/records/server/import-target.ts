/** Where the records of a run go: whose, into which collection, under which marking and days. */
import type { InternedMarking } from './write-fragments.ts'

export interface ImportTarget {
  readonly org: string
  readonly desk: string
  readonly import: string
  readonly run: number
  readonly collection: string
  readonly marking: InternedMarking
  readonly recordedFrom: Date
  readonly reviewAt: Date
  readonly eraseAt: Date
  /** Of these records the collection may hold something; of others it holds nothing. */
  readonly mayHold: (entities: ReadonlySet<string>) => readonly string[]
  /** Waited for before rows are locked that others share. */
  readonly inTurn: () => Promise<void>
}
