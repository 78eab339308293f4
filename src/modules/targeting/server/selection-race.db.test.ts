/** A proposal drawn while the job moves arrivals to another day: each goes before or after the other, and what was proposed can be decided and closed. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { closeSelectionRoute, decideRoute } from './decisions.ts'
import { proposeSelectionRoute, setCapacityRoute } from './selections.ts'
import { takeArrivals } from './take-arrivals.ts'
import { TAKE_ARRIVALS } from './take-containers.ts'
import { DAY, officer, startTargetingStore, type TargetingStore } from './targeting.fixture.ts'

const NEXT_DAY = '2027-03-11'
const BOXES = Array.from({ length: 6 }, (_, at) => ({ container: `QGNU${String(1_000_001 + at)}` }))

let store: TargetingStore
beforeAll(async () => {
  store = await startTargetingStore()
})
afterAll(async () => await store.stop())

const propose = async () =>
  await store.call<{ selection: string; selected: number }>(proposeSelectionRoute, { port: 'BEANR', day: DAY, key: randomUUID() })
const marked = async () =>
  await store.rows<{ arrival: string; day: string }>(
    'select arrival::text, day::text from targeting.arrivals where stratum is not null order by day, arrival',
  )

/** The job, held just before it commits that the first two boxes come a day later. */
function holdJob(): { readonly services: TargetingStore['services']; readonly reached: Promise<void>; go(): void } {
  const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const { database } = store.services
  const asWorker: typeof database.asWorker = async (name, work) =>
    await database.asWorker(name, async (tx) => {
      const answer = await work(tx)
      if (name !== TAKE_ARRIVALS) return answer
      const { rows } = await sql`select 1 from targeting.arrivals where day = ${NEXT_DAY}::date`.execute(tx)
      if (rows.length === 0) return answer
      reached.resolve()
      await go.promise
      return answer
    })
  return { services: { ...store.services, database: { ...database, asWorker } }, reached: reached.promise, go: go.resolve }
}

/** Until the proposal waits for a row that the job holds. */
async function untilWaiting(): Promise<void> {
  await vi.waitUntil(async () => (await store.rows('select 1 from pg_locks where not granted')).length > 0, { timeout: 10_000 })
}

it('proposes what stands on that day once the job is through, and nothing is left that cannot be closed', async () => {
  await store.document({ boxes: BOXES })
  await takeArrivals(store.services)
  store.advance(1)
  await store.document({ eta: '202703111400', boxes: BOXES.slice(0, 2) })
  await store.call(setCapacityRoute, { port: 'BEANR', day: DAY, capacity: 6 }, officer('lead'))
  const held = holdJob()
  const job = takeArrivals(held.services)
  await held.reached
  const proposing = propose()
  await untilWaiting()
  held.go()
  await job
  const { selection, selected } = await proposing
  const drawn = await marked()
  expect(drawn.map(({ day }) => day)).toEqual(Array.from({ length: 4 }, () => DAY))
  expect(selected).toBe(4)
  const decisions = drawn.map(({ arrival }) => ({ arrival, decision: 'take' }))
  await store.call(decideRoute, { selection, decisions, key: randomUUID() })
  expect(await store.call(closeSelectionRoute, { selection })).toMatchObject({ outcomesDue: 4 })
})

it('takes back its own marks that stand on another day when it is proposed again', async () => {
  await store.rows("update targeting.selections set state = 'open'")
  await store.rows('update targeting.arrivals set decision = null, decided = null, due_at = null, due_basis = null')
  // As a proposal of before left them: marked for one day, and moved to another.
  await store.rows(
    `update targeting.arrivals set stratum = 'top', pi = 1, selection = (select selection from targeting.selections) where day = '${NEXT_DAY}'`,
  )
  const { selection } = await propose()
  const drawn = await marked()
  expect(drawn.map(({ day }) => day)).toEqual(Array.from({ length: 4 }, () => DAY))
  await store.call(decideRoute, { selection, decisions: drawn.map(({ arrival }) => ({ arrival, decision: 'take' })), key: randomUUID() })
  expect(await store.call(closeSelectionRoute, { selection })).toMatchObject({ outcomesDue: 4 })
})
