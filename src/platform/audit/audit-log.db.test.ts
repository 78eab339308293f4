import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import type { Tx } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import type { AuditEntry } from './audit-event.ts'
import { appendEvents, isSealingHealthy, sealBatch, startSealer, verifyChain } from './audit-log.ts'
import { auditMigrations } from './migrations.ts'

const clock = { now: () => new Date('2026-11-24T10:00:00Z') }
const oversight = ['be.customs.dpo']
const entry = (id: string): AuditEntry => ({
  event: 'test.read',
  outcome: 'done',
  facts: null,
  by: 'test',
  subjects: [{ kind: 'thing', id }],
})

const officer: SessionFacts = {
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

let fresh: FreshDatabase
let database: Connection
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'audit', migrations: auditMigrations }])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const append = async (...ids: readonly string[]) =>
  await database.asWorker('test', async (tx) => {
    for (const id of ids) await appendEvents(tx, [entry(id)], { clock, oversight })
  })

/** Alters the log as somebody with the keys of the whole server could. */
const tamper = async (statement: string) => {
  await database.pool.query('alter table audit.events disable trigger all; alter table audit.seals disable trigger all')
  await database.pool.query(statement)
  await database.pool.query('alter table audit.events enable trigger all; alter table audit.seals enable trigger all')
}

it('seals in order and verifies', async () => {
  await append('a', 'b', 'c')
  expect(await sealBatch(database)).toBe(3)
  expect(await sealBatch(database)).toBe(0)
  await append('d')
  expect(await verifyChain(database)).toMatchObject({ intact: true, checked: 3, unsealed: 1 })
  await sealBatch(database)
  expect(await verifyChain(database)).toMatchObject({ intact: true, checked: 4, unsealed: 0 })
})

it('lets nobody change or delete an entry, not even the owner of the tables', async () => {
  await expect(database.pool.query("update audit.events set officer = 'x'")).rejects.toThrow('append-only')
  await expect(database.pool.query('delete from audit.events')).rejects.toThrow('append-only')
  await expect(database.pool.query('truncate audit.events cascade')).rejects.toThrow('append-only')
  await expect(database.asWorker('x', async (tx) => await tx.deleteFrom('audit.events' as never).execute())).rejects.toThrow(
    /permission denied|append-only/,
  )
})

it('names the first entry changed, dropped or swapped behind its back', async () => {
  await tamper("update audit.events set by = 'forged' where id = 2")
  expect(await verifyChain(database)).toMatchObject({ intact: false, firstBad: 2 })
  await tamper("update audit.events set by = 'test' where id = 2")
  expect(await verifyChain(database)).toMatchObject({ intact: true })
  await tamper('delete from audit.events where id = 3')
  expect(await verifyChain(database)).toMatchObject({ intact: false, firstBad: 3, because: 'The sealed event is gone.' })
  await tamper('delete from audit.seals where seq = 3')
  expect(await verifyChain(database)).toMatchObject({ intact: false, because: 'A seal is missing.' })
})

it('seals what commits late, once, with two sealers at work', async () => {
  const other = await freshDatabase()
  const second = connect({ url: other.url })
  await migrate(second.pool, [{ slice: 'audit', migrations: auditMigrations }])
  const sealers = [1, 2].map(() => startSealer(second, { everyMs: 5, onError: () => undefined }))
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      await second.asWorker('test', async (tx) => {
        await appendEvents(tx, [entry(`e${index}`)], { clock, oversight })
        await new Promise((resolve) => setTimeout(resolve, (index % 4) * 5))
      })
    }),
  )
  for (const sealer of sealers) await sealer.stop()
  await startSealer(second, { everyMs: 1000, onError: () => undefined }).flush()
  expect(await verifyChain(second)).toMatchObject({ intact: true, checked: 20, unsealed: 0 })
  await second.close()
  await other.drop()
})

it('finds an id far behind the head when it looks far enough', async () => {
  const other = await freshDatabase()
  const second = connect({ url: other.url })
  await migrate(second.pool, [{ slice: 'audit', migrations: auditMigrations }])
  const bulk = (from: number, until: number) =>
    second.pool.query(
      "insert into audit.events (id, at, event, outcome, by, subjects, subject_ids, audience) overriding system value select n, now(), 'e', 'done', 'x', '[]', '{}', '{}' from generate_series($1::int, $2::int) n",
      [from, until],
    )
  await bulk(2, 4000)
  expect(await sealBatch(second)).toBe(2000)
  expect(await sealBatch(second)).toBe(1999)
  await bulk(1, 1)
  expect(await sealBatch(second, 100)).toBe(0)
  expect(await sealBatch(second)).toBe(1)
  expect(await verifyChain(second)).toMatchObject({ intact: true, checked: 4000, unsealed: 0 })
  await second.close()
  await other.drop()
})

it('calls a backlog unhealthy when its oldest entry waits too long, also to an officer who sees none of it', async () => {
  const late = new Date('2026-11-24T10:30:00Z')
  await append('late')
  const ask = async (tx: Tx) => {
    expect(await isSealingHealthy(tx, clock.now())).toBe(true)
    expect(await isSealingHealthy(tx, late)).toBe(false)
  }
  await database.asWorker('test', ask)
  await database.asOfficer(officer, async (tx) => {
    await ask(tx)
    expect((await sql`select from audit.events`.execute(tx)).rows).toHaveLength(0)
  })
})

it('shows the log to oversight with a purpose, and to nobody else', async () => {
  const seen = async (facts: SessionFacts) =>
    await database.asOfficer(facts, async (tx) => (await sql`select from audit.events`.execute(tx)).rows.length)
  expect(await seen({ ...officer, desk: 'be.customs.dpo', purpose: 'oversight' })).toBeGreaterThan(0)
  expect(await seen({ ...officer, desk: 'be.customs.dpo', purpose: null })).toBe(0)
  expect(await seen({ ...officer, purpose: 'customs-control' })).toBe(0)
})
