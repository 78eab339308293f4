import { fork } from 'node:child_process'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeLogger } from '#platform/log/logger.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { jobMigrations } from './migrations.ts'
import { type Queue, startQueue } from './queue.ts'

let fresh: FreshDatabase
let database: Connection
let queue: Queue
const ran: string[] = []
let failuresLeft = 0
let gate: Promise<void> = Promise.resolve()

const job = (name: string, run: Job['run']): Job => ({ name, meaning: 'test', timeoutSeconds: 30, retries: 3, run })
const note = (data: Readonly<Record<string, unknown>>) => {
  ran.push(String(data['n']))
}
const jobs = [
  job('test.note', async (data) => note(data)),
  job('test.slow', async (data) => {
    note(data)
    await gate
  }),
  { ...job('test.following', async () => note({ n: 'followed' })), after: ['test.slow', 'test.failing'] },
  job('test.failing', async (data) => {
    if (failuresLeft > 0) {
      failuresLeft -= 1
      throw new Error('not yet')
    }
    note(data)
  }),
]

const begin = async (declared: readonly Job[] = jobs) =>
  await startQueue({
    url: fresh.url,
    pool: database.pool,
    jobs: declared,
    log: makeLogger({ node: 'test', level: 'silent' }),
    services: () => ({}) as NodeServices,
  })

beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'jobs', migrations: jobMigrations }])
  queue = await begin()
})
afterAll(async () => {
  await queue.stop()
  await database.close()
  await fresh.drop()
})

const enqueue = async (name: string, n: string, key?: string) =>
  await database.asWorker('test', async (tx) => await queue.enqueue(tx, { name, data: { n }, ...(key === undefined ? {} : { key }) }))
const PATIENCE = { timeout: 120_000, interval: 20 }
const until = async (check: () => boolean) => await vi.waitFor(() => expect(check()).toBe(true), PATIENCE)
/** Nothing is asked for, waits or is under way: what is counted then stays as it is. */
const untilQuiet = async () =>
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query<{ n: number }>(
      `select ((select count(*) from platform.job_requests)
        + (select count(*) from jobs.job where name like 'test.%' and state in ('created', 'retry', 'active')))::int as n`,
    )
    expect(rows[0]?.n).toBe(0)
  }, PATIENCE)
const count = (n: string) => ran.filter((each) => each === n).length

it('runs what was asked for after the commit, each once', async () => {
  await enqueue('test.note', 'first')
  await until(() => count('first') === 1)
  await Promise.all(Array.from({ length: 30 }, async (_, index) => await enqueue('test.note', `many-${index}`)))
  await until(() => ran.filter((each) => each.startsWith('many-')).length >= 30)
  expect(new Set(ran).size).toBe(ran.length)
})

it('forgets the work of a transaction that rolled back, and refuses undeclared work', async () => {
  await expect(
    database.asWorker('test', async (tx) => {
      await queue.enqueue(tx, { name: 'test.note', data: { n: 'undone' } })
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  await expect(enqueue('test.unknown', 'x')).rejects.toThrow('No slice declares')
  await enqueue('test.note', 'after')
  await until(() => count('after') === 1)
  expect(count('undone')).toBe(0)
})

it('keeps one waiting job per key, and takes another once the first is under way', async () => {
  let open = () => undefined as void
  gate = new Promise((resolve) => {
    open = resolve
  })
  await enqueue('test.slow', 'running', 'k')
  await until(() => count('running') === 1)
  for (const n of ['second', 'third', 'fourth']) await enqueue('test.slow', n, 'k')
  await enqueue('test.slow', 'other-key', 'l')
  await enqueue('test.slow', 'no-key')
  await enqueue('test.slow', 'no-key')
  // All requests have been handed over before the first job may end.
  await vi.waitFor(async () => expect((await database.pool.query('select from platform.job_requests')).rowCount).toBe(0), PATIENCE)
  open()
  // Those that were handed over together run in any order.
  await untilQuiet()
  expect([count('no-key'), count('other-key')]).toEqual([2, 1])
  expect(count('second') + count('third') + count('fourth')).toBe(1)
})

it('tries again what failed', async () => {
  failuresLeft = 1
  await enqueue('test.failing', 'stubborn')
  await until(() => count('stubborn') === 1)
})

it('runs a job after each run of those it follows that ended well', async () => {
  await untilQuiet()
  expect(ran.at(-1)).toBe('followed')
  const before = count('followed')
  failuresLeft = 1
  await enqueue('test.failing', 'followed soon')
  await untilQuiet()
  expect([count('followed soon'), count('followed')]).toEqual([1, before + 1])
  await expect(begin([{ ...job('test.lost', async () => undefined), after: ['test.nobody'] }])).rejects.toThrow('which no slice declares')
})

it('lets an officer ask for work without seeing what others asked for', async () => {
  await database.asWorker('test', async (tx) => {
    await sql`set local role breakwater_officer`.execute(tx)
    await queue.enqueue(tx, { name: 'test.note', data: { n: 'by-officer' } })
  })
  await until(() => count('by-officer') === 1)
  await expect(
    database.asWorker('test', async (tx) => {
      await sql`set local role breakwater_officer`.execute(tx)
      await sql`select from platform.job_requests`.execute(tx)
    }),
  ).rejects.toThrow('permission denied')
})

it('does work that was asked for while no process ran, and survives two processes on one database', async () => {
  await queue.stop()
  await enqueue('test.note', 'meanwhile')
  queue = await begin()
  await until(() => count('meanwhile') === 1)
  const second = await begin()
  await Promise.all(Array.from({ length: 20 }, async (_, index) => await enqueue('test.note', `shared-${index}`)))
  await until(() => ran.filter((each) => each.startsWith('shared-')).length >= 20)
  await second.stop()
  expect(ran.filter((each) => each.startsWith('shared-'))).toHaveLength(20)
})

it('takes up again the work of a process that was killed, long before its time limit', async () => {
  await queue.stop()
  await enqueue('test.note', 'abandoned')
  const child = fork(new URL('./hanging-worker.fixture.ts', import.meta.url), [fresh.url, 'test.note'])
  await new Promise((began, never) => {
    child.once('message', began)
    child.once('exit', () => never(new Error('the worker ended by itself')))
  })
  child.kill('SIGKILL')
  // As after a minute without a word from it; the job itself could go on for half an hour.
  await database.pool.query(
    "update jobs.job set heartbeat_on = now() - interval '61 seconds' where name = 'test.note' and state = 'active'",
  )
  queue = await begin()
  await vi.waitFor(() => expect(count('abandoned')).toBe(1), PATIENCE)
})
