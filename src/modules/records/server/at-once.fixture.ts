/** Two transactions in an order that is told: the first has done its work and is committed only when the second waits for it, or has come to its end without. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Route } from '#platform/http/route.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { ImportStore } from './imports.fixture.ts'
import { ANTWERP, deskOf } from './search.fixture.ts'

/** Work whose last transaction waits for the promise before it is committed. */
export type Act<T> = (beforeCommit: () => Promise<void>) => Promise<T>

const STEP_MS = 5

export function routeAct<T>(at: ImportStore, route: Route, input: Readonly<Record<string, unknown>>): Act<T> {
  const facts = deskOf(ANTWERP)
  return async (beforeCommit) =>
    await at.services.database.asOfficer(facts, async (tx) => {
      const context = { facts, tx, services: at.services, clock: at.services.clock, about: () => undefined }
      const answer = await route.run(route.spec.input.parse(input), context as unknown as CaseContext)
      await beforeCommit()
      return route.spec.ok.parse(answer) as T
    })
}

/** `held`: which of its transactions of background work is kept open, the first being 1. */
export function workerAct(at: ImportStore, held: number, work: (services: NodeServices) => Promise<void>): Act<void> {
  return async (beforeCommit) => {
    const { database } = at.services
    let transactions = 0
    const watched: NodeServices['database'] = {
      ...database,
      asWorker: async (name, each) => {
        transactions += 1
        const isHeld = transactions === held
        return await database.asWorker(name, async (tx) => {
          const answer = await each(tx)
          if (isHeld) await beforeCommit()
          return answer
        })
      },
    }
    await work({ ...at.services, database: watched })
  }
}

interface Both<A, B> {
  readonly first: PromiseSettledResult<A>
  readonly second: PromiseSettledResult<B>
}

export async function inOrder<A, B>(at: ImportStore, first: Act<A>, second: Act<B>): Promise<Both<A, B>> {
  const begun = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const one = first(async () => {
    begun.resolve()
    await released.promise
  })
  await Promise.race([begun.promise, one])
  let isOver = false
  const two = second(async () => await Promise.resolve()).finally(() => {
    isOver = true
  })
  two.catch(() => undefined)
  while (!isOver && !(await isWaiting(at))) await sleep(STEP_MS)
  released.resolve()
  const [a, b] = await Promise.allSettled([one, two])
  return { first: a, second: b }
}

/** Whether somebody in this database waits for a lock. */
export async function isWaiting(at: ImportStore): Promise<boolean> {
  const rows = await at.store.rows(
    'select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid where a.datname = current_database() and not l.granted limit 1',
  )
  return rows.length > 0
}
