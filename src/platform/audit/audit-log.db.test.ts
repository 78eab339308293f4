import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { makeSigningKey } from '#platform/link/node-keys.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import type { Tx } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import type { AuditEntry } from './audit-event.ts'
import { appendEvents, isSealingHealthy } from './audit-log.ts'
import { checkProof, proveEntry } from './entry-proof.ts'
import { eraseEntry } from './erase-entry.ts'
import { logKey } from './log-key.ts'
import { auditMigrations } from './migrations.ts'
import { sealBatch, signHead, startSealer } from './sealer.ts'
import { verifyLog } from './verify-log.ts'
import { type Greeting, greetingFor, meet } from './witness.ts'

const clock = { now: () => new Date('2026-11-24T10:00:00Z') }
const oversight = ['be.customs.dpo']
const keyOf = (name: string) => logKey(`breakwater.log/${name}`, makeSigningKey(name).jwk)
const key = keyOf('a')
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

const opened: { database: Connection; fresh: FreshDatabase }[] = []
async function store(): Promise<Connection> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  opened.push({ database, fresh })
  await migrate(database.pool, [{ slice: 'audit', migrations: auditMigrations }])
  return database
}
let database: Connection
beforeEach(async () => {
  database = await store()
})
const close = async () => {
  for (const { database: each, fresh } of opened.splice(0)) {
    await each.close()
    await fresh.drop()
  }
}
afterEach(close)
afterAll(close)

const work = async <T>(run: (tx: Tx) => Promise<T>, at: Connection = database): Promise<T> => await at.asWorker('test', run)
const append = async (ids: readonly string[], at: Connection = database) =>
  await work(async (tx) => await appendEvents(tx, ids.map(entry), { clock, oversight }), at)
const seal = async (ids: readonly string[], at: Connection = database, by = key) => {
  await append(ids, at)
  await sealBatch(at)
  await signHead(at, by, clock)
}
/** Alters the log as somebody with the keys of the whole server could. */
const tamper = async (statement: string, at: Connection = database) => {
  const tables = ['events', 'leaves', 'nodes', 'checkpoints']
  await at.pool.query(tables.map((table) => `alter table audit.${table} disable trigger all`).join(';'))
  await at.pool.query(statement)
  await at.pool.query(tables.map((table) => `alter table audit.${table} enable trigger all`).join(';'))
}

it('seals in order and verifies against every checkpoint', async () => {
  await append(['a', 'b', 'c'])
  expect(await sealBatch(database)).toBe(3)
  expect(await sealBatch(database)).toBe(0)
  await signHead(database, key, clock)
  await append(['d'])
  expect(await verifyLog(database, key)).toMatchObject({ intact: true, checked: 3, unsealed: 1, checkpoints: 1, erased: 0 })
  await seal(['e'])
  expect(await verifyLog(database, key)).toMatchObject({ intact: true, checked: 5, unsealed: 0, checkpoints: 2 })
  expect(await verifyLog(database, keyOf('a'))).toMatchObject({
    intact: false,
    because: 'The log is not the one whose checkpoint was signed.',
  })
})

it('lets nobody change or delete an entry, not even the owner of the tables', async () => {
  await seal(['a'])
  for (const table of ['events', 'leaves', 'nodes', 'checkpoints']) {
    await expect(database.pool.query(`delete from audit.${table}`)).rejects.toThrow('append-only')
    await expect(database.pool.query(`truncate audit.${table} cascade`)).rejects.toThrow('append-only')
  }
  await expect(database.pool.query("update audit.events set officer = 'x'")).rejects.toThrow('append-only')
  await expect(work(async (tx) => await sql`update audit.events set reason = 'x'`.execute(tx))).rejects.toThrow('append-only')
})

describe('finds what was done behind its back', () => {
  it.each([
    ['a changed event', "update audit.events set by = 'forged' where id = 2", 2],
    ['an event that is gone', 'delete from audit.events where id = 3', 3],
    ['an entry that is gone', 'delete from audit.leaves where idx = 2', 3],
    [
      'two that changed places',
      'update audit.leaves l set entry = (select o.entry from audit.leaves o where o.idx = 8 - l.idx) where l.idx in (3, 5)',
      4,
    ],
    [
      'the newest cut off',
      'delete from audit.events where id > 6; delete from audit.leaves where idx > 5; delete from audit.nodes where level = 0 and idx > 5',
      7,
    ],
    [
      'a rewritten history with a tree to match it',
      "update audit.leaves set entry = sha256('forged'::bytea) where idx = 1; delete from audit.salts where event_id = 2",
      4,
    ],
  ])('%s', async (_what, statement, firstBad) => {
    await seal(['a', 'b', 'c', 'd'])
    await seal(['e', 'f', 'g', 'h'])
    expect(await verifyLog(database, key)).toMatchObject({ intact: true, checked: 8, checkpoints: 2 })
    await tamper(statement)
    expect(await verifyLog(database, key)).toMatchObject({ intact: false, firstBad })
  })
})

it('erases content and keeps every proof', async () => {
  await append(['a'])
  await work(async (tx) => await appendEvents(tx, [{ ...entry('person'), facts: officer, reason: 'because' }], { clock, oversight }))
  await seal(['c'])
  const before = (await work(async (tx) => await proveEntry(tx, '3'))) ?? ''
  expect(await work(async (tx) => await eraseEntry(tx, '2'))).toBe(true)
  expect(await work(async (tx) => await eraseEntry(tx, '2'))).toBe(false)
  const { rows } = await database.pool.query('select officer, subjects, reason from audit.events where id = 2')
  expect(rows).toEqual([{ officer: null, subjects: [], reason: null }])
  expect(await verifyLog(database, key)).toMatchObject({ intact: true, checked: 3, erased: 1 })
  expect(await work(async (tx) => await proveEntry(tx, '2'))).toBeUndefined()
  expect(checkProof(before, key, []).entry).toMatchObject({ event: 'test.read', subjects: [{ kind: 'thing', id: 'c' }] })
})

describe('a proof file', () => {
  it('is checked offline, and each defect has its own code', async () => {
    await seal(['a', 'b', 'c', 'd', 'e'])
    const text = (await work(async (tx) => await proveEntry(tx, '2'))) ?? ''
    expect(checkProof(text, key, [])).toMatchObject({ origin: key.name, index: 1, size: 5, entry: { event: 'test.read', id: '2' } })
    const lines = text.split('\n')
    const change = (at: number, to: string | undefined) =>
      lines.flatMap((line, index) => (index === at ? (to === undefined ? [] : [to]) : [line])).join('\n')
    const other = (await work(async (tx) => await proveEntry(tx, '3'))) ?? ''
    const code = (proof: string, trusted = key): string => {
      try {
        checkProof(proof, trusted, [])
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'accepted'
    }
    expect(code(change(0, 'something else'))).toBe('proof.form')
    expect(code(change(1, other.split('\n')[1]))).toBe('proof.root')
    expect(code(change(1, undefined))).toBe('proof.entry')
    expect(code(change(2, 'index 2'))).toBe('proof.root')
    expect(code(change(2, 'index 02'))).toBe('proof.form')
    expect(code(change(3, undefined))).toBe('proof.length')
    expect(code(change(3, `${lines[3]}\n${lines[3]}`))).toBe('proof.length')
    expect(code(change(3, Buffer.alloc(32).toString('base64')))).toBe('proof.root')
    expect(code(change(3, 'AAAA'))).toBe('proof.hash')
    expect(code(text.replace('\n5\n', '\n6\n'))).toBe('note.signature')
    expect(code(text, keyOf('b'))).toBe('note.signature')
    expect(code(text.slice(0, -20))).toMatch(/note|base64/)
  })
})

describe('peers that watch each other', () => {
  const b = keyOf('b')
  const greet = async (at: Connection, peer: string) => (await work(async (tx) => await greetingFor(tx, peer), at)) as Greeting
  const LATER = new Date(clock.now().getTime() + 3_600_000)
  const meetAt = async (at: Connection, greeting: Greeting, stated: Date = LATER) =>
    await work(async (tx) => await meet(tx, { peer: 'org.a', greeting, stated, peerKey: key, own: b, at: clock.now() }), at)

  it('see a log grow, sign its heads, and the proof shows their signatures', async () => {
    const atB = await store()
    await seal(['a', 'b', 'c'])
    expect(await meetAt(atB, await greet(database, 'org.b'))).toBe('grown')
    await seal(['x'], atB, b)
    const back = await greet(atB, 'org.a')
    expect(back.cosigned?.size).toBe(3)
    const met = { peer: 'org.b', greeting: back, stated: clock.now(), peerKey: b, own: key, at: clock.now() }
    expect(await work(async (tx) => await meet(tx, met))).toBe('grown')
    const text = (await work(async (tx) => await proveEntry(tx, '1'))) ?? ''
    expect(checkProof(text, key, [b]).witnesses).toEqual([{ name: b.name, at: '2026-11-24T10:00:00.000Z' }])
    await seal(['d', 'e'])
    const next = await greet(database, 'org.b')
    expect(next.since).toBe(3)
    expect(await meetAt(atB, next)).toBe('grown')
    expect(await greet(database, 'org.b')).toBeUndefined()
  })

  it('find a fork that is shown to one of two, a rewrite and a cut', async () => {
    const [one, two] = [await store(), await store()]
    await seal(['a', 'b', 'c'])
    const first = await greet(database, 'org.b')
    expect(await meetAt(one, first)).toBe('grown')
    // Another history of the same length, signed with the same key, for the second peer.
    const forked = await store()
    await seal(['a', 'b', 'FORGED'], forked)
    const second = await greet(forked, 'org.b')
    expect(await meetAt(two, second)).toBe('grown')
    expect(await meetAt(one, second)).toBe('fork')
    expect(await meetAt(two, first)).toBe('fork')
    // The forged log grows: its proof does not lead from what the first peer saw.
    await seal(['d'], forked)
    const later = { ...(await greet(forked, 'org.c')), since: 3, proof: [] }
    expect(await meetAt(one, later)).toBe('fork')
    // A shorter log than was seen is one that was cut.
    const short = await store()
    await seal(['a'], short)
    expect(await meetAt(one, await greet(short, 'org.b'))).toBe('fork')
    // One that was only held up on its way, or is repeated, is no alarm: the log has grown since it was stated.
    expect(await meetAt(one, await greet(short, 'org.c'), clock.now())).toBe('same')
    // A head that the key did not sign is no head at all.
    expect(await meetAt(one, { ...first, head: first.head.replace('\n3\n', '\n4\n') })).toBe('refused')
  })

  it('lose patience with a peer that can never prove its growth', async () => {
    const atB = await store()
    await seal(['a', 'b', 'c'])
    await meetAt(atB, await greet(database, 'org.b'))
    await seal(['d'])
    const unproved = await greet(database, 'org.c')
    const seen = []
    for (let each = 0; each < 22; each++) seen.push(await meetAt(atB, unproved))
    expect(seen[0]).toBe('same')
    expect(seen.at(-1)).toBe('fork')
  })
})

it('seals what commits late, once, with two sealers at work', async () => {
  const options = { key, clock, onError: () => undefined }
  const sealers = [1, 2].map(() => startSealer(database, { ...options, everyMs: 5 }))
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      await work(async (tx) => {
        await appendEvents(tx, [entry(`e${index}`)], { clock, oversight })
        await new Promise((resolve) => setTimeout(resolve, (index % 4) * 5))
      })
    }),
  )
  for (const sealer of sealers) await sealer.stop()
  await startSealer(database, { ...options, everyMs: 1000 }).flush()
  expect(await verifyLog(database, key)).toMatchObject({ intact: true, checked: 20, unsealed: 0 })
})

it('finds an id far behind the head when it looks far enough', async () => {
  const insert = async (id: number) =>
    await database.pool.query(
      `insert into audit.events (id, at, event, outcome, by, subjects, subject_ids, audience) overriding system value values (${id}, now(), 'late', 'done', 'test', '[]', '{}', '{}')`,
    )
  await insert(5000)
  await sealBatch(database)
  await insert(7)
  expect(await sealBatch(database, 100)).toBe(0)
  expect(await sealBatch(database)).toBe(1)
})

it('(L21) says when sealing has fallen behind, to officers too', async () => {
  const healthy = async (now: Date) => await database.asOfficer(officer, async (tx) => await isSealingHealthy(tx, now))
  expect(await healthy(clock.now())).toBe(true)
  await append(['a'])
  expect(await healthy(clock.now())).toBe(true)
  expect(await healthy(new Date(clock.now().getTime() + 6 * 60_000))).toBe(false)
  await sealBatch(database)
  expect(await healthy(new Date(clock.now().getTime() + 6 * 60_000))).toBe(true)
})

it('finds what was done about a subject by an index, for those who may read it', async () => {
  const dpo = { ...officer, desk: 'be.customs.dpo', purpose: 'oversight' }
  await work(
    async (tx) =>
      await sql`insert into audit.events (at, event, outcome, by, subjects, subject_ids, audience)
        select now(), 'test.read', 'done', 'test', '[]', array['thing-' || n % 5000], ${[...oversight]}::text[] from generate_series(1, 20000) as n`.execute(
        tx,
      ),
  )
  await append(['thing-7', 'other'])
  await database.pool.query('analyze audit.events')
  const about = sql<{
    id: string
  }>`select e.id from audit.events e where e.id in (select audit.entries_about('thing-7')) order by e.id desc`
  const found = async (facts: SessionFacts) => await database.asOfficer(facts, async (tx) => (await about.execute(tx)).rows.length)
  expect([await found(dpo), await found({ ...officer, purpose: 'customs-control' })]).toEqual([5, 0])
  const planOf = async (tx: Tx, query: typeof about) => JSON.stringify((await sql`explain (format json) ${query}`.execute(tx)).rows)
  const plans = [
    await database.asOfficer(dpo, async (tx) => await planOf(tx, about)),
    // What the function does, as it does it.
    await work(async (tx) => await planOf(tx, sql`select id from audit.events where subject_ids @> array['thing-7']`)),
  ]
  for (const plan of plans) expect(plan).not.toContain('Seq Scan')
  expect(plans[1]).toContain('events_subjects')
})

it('(L12) shows entries to the oversight desks of the node only, and only with a purpose', async () => {
  await append(['a'])
  const seen = async (facts: SessionFacts) =>
    await database.asOfficer(
      facts,
      async (tx) => (await sql<{ n: number }>`select count(*)::int as n from audit.events`.execute(tx)).rows[0]?.n ?? 0,
    )
  expect(await seen({ ...officer, desk: 'be.customs.dpo', purpose: 'oversight' })).toBeGreaterThan(0)
  expect(await seen({ ...officer, desk: 'be.customs.dpo', purpose: null })).toBe(0)
  expect(await seen({ ...officer, purpose: 'customs-control' })).toBe(0)
})
