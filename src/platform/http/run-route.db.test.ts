/** A request whose transaction the store ended in favour of another is carried out again, as a whole and once in the log. */
import { Hono } from 'hono'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import type { CaseContext } from './case-context.ts'
import { httpMigrations } from './migrations.ts'
import { handle, type Route } from './route.ts'
import { type RunWorld, runRoute } from './run-route.ts'

let fresh: FreshDatabase
let database: Connection
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'platform.http', migrations: httpMigrations }])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})
let logged: AuditEntry[] = []
beforeEach(() => {
  logged = []
})

const facts: SessionFacts = {
  officer: 'o1',
  officerName: 'Officer',
  roles: ['officer'],
  desk: 'be.customs.antwerp',
  authority: 'be.customs',
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose: 'customs-control',
  caseId: null,
}
const spec = {
  id: 'notes.swap',
  method: 'post',
  path: 'notes',
  summary: 'Takes two notes',
  permission: 'notes.write',
  purposeRequired: true,
  audit: 'notes.swapped',
  input: z.strictObject({ first: z.number(), second: z.number() }),
  ok: z.object({ taken: z.array(z.number()) }),
  errors: [],
} as const

type Run = (input: z.infer<typeof spec.input>, context: CaseContext) => Promise<z.infer<typeof spec.ok>>

async function post(run: Run, input: object): Promise<unknown> {
  const route: Route = handle(spec as never, run as never)
  const world = {
    services: {
      database,
      clock: { now: () => new Date('2027-03-09T06:00:00Z') },
      record: async (_tx: unknown, entry: AuditEntry) => {
        logged.push({ ...entry, subjects: [...entry.subjects] })
        await Promise.resolve()
      },
    },
    access: { decide: () => ({ allowed: true }) },
  } as unknown as RunWorld
  const app = new Hono()
  app.post('/notes', async (request) => request.json((await runRoute(route, request, { ...world, facts, sessionToken: 't' })) as object))
  app.onError((error) => new Response(error.message, { status: 500 }))
  const answer = await app.request('/notes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return answer.status === 200 ? await answer.json() : answer.status
}

const lock = async ({ tx }: CaseContext, note: number) => await sql`select pg_advisory_xact_lock(${note}::int)`.execute(tx)
const subject = (id: number) => ({ kind: 'note', id: String(id) })

it('two that stand in each other’s way are both done', async () => {
  const holding = new Set<number>()
  const both = Promise.withResolvers<void>()
  let runs = 0
  const swap: Run = async ({ first, second }, context) => {
    runs += 1
    context.about(subject(first))
    await lock(context, first)
    if (holding.add(first).size === 2) both.resolve()
    // Each has one and asks for the other's.
    await both.promise
    await lock(context, second)
    return { taken: [first, second] }
  }
  expect(await Promise.all([post(swap, { first: 1, second: 2 }), post(swap, { first: 2, second: 1 })])).toEqual([
    { taken: [1, 2] },
    { taken: [2, 1] },
  ])
  expect(runs).toBe(3)
  const told = logged.map(({ outcome, subjects }) => [outcome, subjects])
  expect(told).toHaveLength(2)
  expect(told).toEqual(
    expect.arrayContaining([
      ['done', [subject(1)]],
      ['done', [subject(2)]],
    ]),
  )
})

it.each([
  ['one that is in the way each time', Object.assign(new Error('deadlock detected'), { code: '40P01' }), 3],
  ['another failure', Object.assign(new Error('division by zero'), { code: '22012' }), 1],
])('ends after a few attempts, and says so: %s', async (_, failure, attempts) => {
  let runs = 0
  const failing: Run = async () => {
    runs += 1
    return await Promise.reject(failure)
  }
  expect(await post(failing, { first: 1, second: 2 })).toBe(500)
  expect(runs).toBe(attempts)
  expect(logged.map(({ outcome, reason }) => [outcome, reason])).toEqual([['failed', failure.message]])
})
