/**
 * Taking many containers although one of them fails: what fails together is tried in halves, down to the one that is the cause, so that every other is taken. A store
 * that is away or busy is no container's fault: that is passed on, and the whole is tried again.
 */
export interface TakenApart<Taken> {
  readonly taken: readonly Taken[]
  readonly failed: readonly string[]
  /** Code of the last failure. */
  readonly because: string | undefined
}

export async function takeApart<Taken>(
  containers: readonly string[],
  take: (containers: readonly string[]) => Promise<Taken>,
): Promise<TakenApart<Taken>> {
  try {
    return { taken: [await take(containers)], failed: [], because: undefined }
  } catch (error) {
    if (isPassing(error)) throw error
    if (containers.length <= 1) return { taken: [], failed: containers, because: causeOf(error) }
    const half = Math.ceil(containers.length / 2)
    const [one, other] = [await takeApart(containers.slice(0, half), take), await takeApart(containers.slice(half), take)]
    return { taken: [...one.taken, ...other.taken], failed: [...one.failed, ...other.failed], because: other.because ?? one.because }
  }
}

/** Classes of SQLSTATE (connection, rollback, resources, intervention, system) and what the machine says of a connection. */
const PASSING = /^(?:08|40|53|55|57|58|E[A-Z]{3})/

/** Nothing is wrong with what was read: the store was away, busy or shutting down. */
export function isPassing(error: unknown): boolean {
  return PASSING.test(codeOf(error) ?? '')
}

export function causeOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.name : 'unknown')
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
