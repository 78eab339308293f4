/** The egress guard of a node: a thread of its own that looks at everything that leaves and enters. When it is gone, nothing moves. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Clock } from '#platform/clock/clock.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Denial, Direction } from './check.ts'
import type { GuardRules } from './rules.ts'

export type { Denial }

export interface Guard {
  /** A denial for each package that may not pass, undefined for the others, in their order. Throws when the guard cannot look. */
  check(direction: Direction, packages: readonly object[]): Promise<readonly (Denial | undefined)[]>
  stop(): Promise<void>
}

const ANSWER_WITHIN_MS = 20_000

export async function startGuard(rules: GuardRules, clock: Clock): Promise<Guard> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: rules })
  const waiting = new Map<number, { readonly give: (denials: readonly (Denial | null)[]) => void; readonly fail: (error: Error) => void }>()
  let next = 0
  let isGone = false
  const gone = (): AppError => new AppError(503, 'guard.gone', 'The egress guard does not answer: nothing leaves or enters.')
  worker.on('message', ({ id, denials }: { id: number; denials: readonly (Denial | null)[] }) => {
    waiting.get(id)?.give(denials)
    waiting.delete(id)
  })
  const end = (): void => {
    isGone = true
    for (const { fail } of waiting.values()) fail(gone())
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', end)
  await once(worker, 'online')
  worker.unref()
  return {
    async check(_direction, packages) {
      if (packages.length === 0) return []
      if (isGone) throw gone()
      const id = next++
      const denials = await new Promise<readonly (Denial | null)[]>((give, fail) => {
        const timer = setTimeout(() => fail(gone()), ANSWER_WITHIN_MS)
        const done =
          <T>(then: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer)
            then(value)
          }
        waiting.set(id, { give: done(give), fail: done(fail) })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage({ id, now: clock.now().getTime(), packages: packages.map((each) => JSON.stringify(each)) })
      })
      // An answer of another length is no answer.
      if (denials.length !== packages.length) throw gone()
      return denials.map((denial) => denial ?? undefined)
    },
    stop: async () => {
      isGone = true
      await worker.terminate()
    },
  }
}
