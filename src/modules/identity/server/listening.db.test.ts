/** A screen that listens hears of its desk for as long as its session stands, and not one topic longer. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Announcements, announce, listenForAnnouncements } from '#platform/events/announcements.ts'
import { buildApp } from '#platform/http/serve.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { signOutRoute } from './routes.ts'
import { chooseSessionFacts, lookAtSession, openSession, resolveSession } from './sessions.ts'

const [ANTWERP, GHENT] = ['be.customs.antwerp', 'be.customs.ghent']
const limits = { sessionMinutes: 600, idleMinutes: 30 }

let fresh: FreshDatabase
let database: ReturnType<typeof connect>
let announcements: Announcements
let now = Date.parse('2026-11-24T08:00:00Z')
let services: NodeServices
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'identity', migrations }])
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  announcements = await listenForAnnouncements(database.pool, log as never)
  const units = [ANTWERP, GHENT].map((id) => ({ id, name: id, services: [] }))
  services = {
    database,
    log,
    clock: { now: () => new Date(now) },
    authorities: ['be.customs'],
    directory: () => ({ orgs: [{ id: 'be.customs', kind: 'customs', country: 'BE', realm: 'customs', nodes: [], units }] }),
    record: async () => await Promise.resolve(),
  } as unknown as NodeServices
})
afterAll(async () => {
  await announcements.stop()
  await database.close()
  await fresh.drop()
})

let token: string
let officer: string
let heard: string
let isOver: boolean

beforeEach(async () => {
  officer = `o.${randomUUID()}`
  const desks = [ANTWERP, GHENT]
  await database.asWorker('test', async (tx) => {
    await sql`insert into identity.officers (account, officer, name, password_hash, roles, desks, demonstration, created_at)
      values (${officer}, ${officer}, 'Officer', '', ${['officer']}, ${desks}, false, ${services.clock.now()})`.execute(tx)
  })
  token = await openSession(services, { officer, name: 'Officer', roles: ['officer'], desks, demonstration: false })
})

const app = (heartbeatMs: number) =>
  buildApp({
    routes: [signOutRoute],
    services,
    access: undefined as never,
    announcements,
    resolveSession: async (given) => await resolveSession(services, given, limits),
    lookAtSession: async (given) => await lookAtSession(services, given, limits),
    origin: '',
    webFolder: '',
    heartbeatMs,
  })

const cookie = () => ({ cookie: `breakwater=${token}` })

async function listen(heartbeatMs = 60_000): Promise<void> {
  ;[heard, isOver] = ['', false]
  const answer = await app(heartbeatMs).request('/api/events', { headers: cookie() })
  expect(answer.status).toBe(200)
  void (async () => {
    for await (const part of answer.body ?? []) heard += Buffer.from(part as Uint8Array).toString()
    isOver = true
  })()
  await vi.waitFor(() => expect(heard).toContain('ready'))
}

async function tell(topic: string): Promise<void> {
  await database.asWorker('test', async (tx) => await announce(tx, topic, [ANTWERP]))
}

const minutesPass = async (minutes: number) => {
  now += minutes * 60_000
  await Promise.resolve()
}
const asWorker = async (change: ReturnType<typeof sql>) => await database.asWorker('test', async (tx) => await change.execute(tx))

const ENDINGS: Readonly<Record<string, () => Promise<unknown>>> = {
  'the officer signs out': async () =>
    await app(60_000).request('/api/session-ends', {
      method: 'POST',
      headers: { ...cookie(), 'x-breakwater': '1', 'content-type': 'application/json' },
      body: '{}',
    }),
  'it was not used for too long': async () => await minutesPass(31),
  'its time is over': async () => await asWorker(sql`update identity.sessions set created_at = created_at - interval '11 hours'`),
  'the account is no more': async () => await asWorker(sql`delete from identity.officers where officer = ${officer}`),
  'the desk is taken from the account': async () =>
    await asWorker(sql`update identity.officers set desks = ${[GHENT]} where officer = ${officer}`),
  'another desk is chosen': async () =>
    await chooseSessionFacts(services, { officer, desk: GHENT, purpose: 'customs-control', caseId: null, token }),
}

describe.each(Object.entries(ENDINGS))('once %s', (_how, end) => {
  it('(L7) a screen is told nothing more', async () => {
    await listen()
    await tell('before')
    await vi.waitFor(() => expect(heard).toContain('data: before'))
    await end()
    await tell('after')
    await vi.waitFor(() => expect(isOver).toBe(true))
    expect(heard).not.toContain('after')
  })

  it('its stream ends, whether there is something to tell or not', async () => {
    await listen(30)
    await vi.waitFor(() => expect(heard).toContain('event: beat'))
    expect(isOver).toBe(false)
    await end()
    await vi.waitFor(() => expect(isOver).toBe(true))
  })
})

it('listening is no use of a session', async () => {
  await listen(30)
  await minutesPass(20)
  heard = ''
  await vi.waitFor(() => expect(heard).toContain('event: beat'))
  expect(isOver).toBe(false)
  await minutesPass(20)
  await vi.waitFor(() => expect(isOver).toBe(true))
})
