/** For properties with a time limit over stores that more than one test uses: the limit ends the waiting for a run and not the run itself. */
import fc from 'fast-check'

export interface WholeRuns<Args extends readonly unknown[]> {
  readonly run: (...args: Args) => Promise<void>
  /** Waits for a run that was cut off: it works on the stores until it ends, and counts like the others. */
  ended(): Promise<void>
}

export function wholeRuns<Args extends readonly unknown[]>(body: (...args: Args) => Promise<void>): WholeRuns<Args> {
  let last: Promise<void> = Promise.resolve()
  return {
    run: async (...args) => {
      last = body(...args)
      await last
    },
    ended: async () => {
      await last.catch((error: unknown) => {
        // What does not meet a precondition was no run.
        if (!fc.PreconditionFailure.isFailure(error)) throw error
      })
    },
  }
}
