/**
 * Which rungs of a clock have fired: each once for an end. An entry names the rung and the end it fired for, so that a clock that was extended, or ran on after
 * a suspension, rings anew for its new end. An entry of before ends were named says until when that was (`fired-migration.ts`); a rung never fires before
 * its instant has come, so that entry stands for an end whose rung had come by then, and for no later one.
 */
import type { Due } from '#kernel/procedure/clock.ts'

export const EXPIRED = 'expired'
const HOUR = 3_600_000

interface Clock {
  readonly due: Pick<Due, 'safe'>
}

/** The entry of a rung that fires now. */
export function firedFor(rung: string, { due }: Clock): string {
  return `${rung}@${new Date(due.safe).toISOString()}`
}

export function hasFired(
  fired: ReadonlySet<string>,
  clock: Clock,
  { rung, hoursBefore }: { readonly rung: string; readonly hoursBefore: number },
): boolean {
  if (!Number.isFinite(clock.due.safe)) return false
  if (fired.has(firedFor(rung, clock))) return true
  const before = `${rung}<`
  const at = clock.due.safe - hoursBefore * HOUR
  return [...fired].some((entry) => entry.startsWith(before) && at < Date.parse(entry.slice(before.length)))
}

/** The end as a rung of its own, the last one. */
export const END = { rung: EXPIRED, hoursBefore: 0 } as const
