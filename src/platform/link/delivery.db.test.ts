/** Between outbox and inbox: whatever is lost, cut off, doubled or refused on the way, each message has its effect once, and nothing waits behind a bad one. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { startGuard } from '#platform/guard/guard.ts'
import { SHIPPED_RULES } from '#platform/guard/rules.ts'
import { makeLogger } from '#platform/log/logger.ts'
import { messageType } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { outerDigest, sealEnvelope } from './envelope.ts'
import { type Evidence, signEvidence } from './evidence.ts'
import { sendInternal } from './internal.ts'
import { type Link, startLink } from './link.ts'
import { linkFixture, NOW, pinOf, requestOf } from './link-fixture.ts'
import { type MemoryNetwork, memoryNetwork } from './memory-carrier.ts'
import type { OutgoingMessage } from './message.ts'
import { linkMigrations } from './migrations.ts'

const { keys, directory } = linkFixture()
const log = makeLogger({ node: 'test', level: 'silent' })
let now = NOW
const clock = { now: () => now }
const guard = await startGuard(SHIPPED_RULES, clock)
afterAll(async () => await guard.stop())
let network: MemoryNetwork
const opened: { database: Connection; fresh: FreshDatabase }[] = []
const links: Link[] = []

beforeEach(() => {
  now = NOW
  stops = 0
  network = memoryNetwork()
})
afterEach(async () => {
  for (const link of links.splice(0)) await link.stop()
  for (const { database, fresh } of opened.splice(0)) {
    await database.close()
    await fresh.drop()
  }
})

async function store(): Promise<Connection> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  opened.push({ database, fresh })
  await migrate(database.pool, [
    { slice: 'platform.audit', migrations: auditMigrations },
    { slice: 'platform.link', migrations: linkMigrations },
  ])
  await database.pool.query('create table effects (text text not null); grant insert, select on effects to public')
  return database
}

/** How often the store still stops whoever acts on a message, as it does one of two transactions that wait for each other. */
let stops = 0

/** A slice that notes each message it acts on, and fails on those that say so. */
const note = messageType({
  type: 'test.note',
  schema: z.strictObject({ text: z.string() }),
  receive: async (_message, { text }, { tx }) => {
    await sql`insert into effects (text) values (${text})`.execute(tx)
    if (text === 'fails') throw new Error('The slice cannot do this.')
    if (stops-- > 0) await sql`do $$ begin raise exception 'deadlock detected' using errcode = 'deadlock_detected'; end $$`.execute(tx)
  },
})

async function node(name: 'a' | 'b' | 'c', database: Connection): Promise<Link> {
  const services = { announce: async () => undefined } as unknown as NodeServices
  const link = await startLink({
    keys: keys[name],
    database,
    pool: database.pool,
    clock,
    log,
    carrier: network.carrier(pinOf(name)),
    messages: new Map([[note.type, note]]),
    directory: () => directory,
    services: () => services,
    record: async (tx, entries) => await appendEvents(tx, entries, { clock, oversight: [] }),
    guard,
    witness: { greet: async () => undefined, meet: async () => undefined },
    acceptDirectory: async () => undefined,
    directoryToken: () => '',
    runs: false,
  })
  network.attach([`org.${name}`], async (envelopes, pin) => await link.take(envelopes, pin))
  links.push(link)
  return link
}

async function pair() {
  const [atA, atB] = [await store(), await store()]
  return { atA, atB, a: await node('a', atA), b: await node('b', atB) }
}

/** Each in a thread of its own, unless it says otherwise. */
async function send(link: Link, database: Connection, text: string, part: Partial<OutgoingMessage> = {}): Promise<void> {
  const {
    id: _id,
    seq: _seq,
    prev: _prev,
    createdAt: _at,
    ...message
  } = requestOf({ context: text, body: { type: 'test.note', data: { text } } })
  await database.asWorker('test', async (tx) => await link.submit(tx, { ...message, ...part } as OutgoingMessage))
}

const effects = async (database: Connection) =>
  (await database.pool.query('select text from effects order by ctid')).rows.map((row) => row.text)
const states = async (database: Connection) =>
  (await database.pool.query('select state from link.outbox order by id')).rows.map((row) => row.state)
const evidence = async (database: Connection) =>
  (await database.pool.query('select kind, positive from link.evidence order by at, kind')).rows.map(
    (row) => `${row.kind}${row.positive ? '' : '!'}`,
  )

it('delivers in order, with evidence on both sides', async () => {
  const { atA, atB, a } = await pair()
  for (const text of ['one', 'two', 'three']) await send(a, atA, text)
  await a.flush()
  expect(await effects(atB)).toEqual(['one', 'two', 'three'])
  expect(await states(atA)).toEqual(['sent', 'sent', 'sent'])
  expect((await evidence(atA)).sort()).toEqual([
    'delivery',
    'delivery',
    'delivery',
    'handling-accepted',
    'handling-accepted',
    'handling-accepted',
    'relay',
    'relay',
    'relay',
    'submission',
    'submission',
    'submission',
  ])
  expect(await evidence(atB)).toHaveLength(9)
})

it('lets what is urgent overtake all that has no place in the sequence yet', async () => {
  const { atA, atB, a } = await pair()
  for (let count = 0; count < 134; count++) await send(a, atA, `routine ${count}`, { urgency: 'routine' })
  network.fault = () => {
    throw new Error('lost')
  }
  // Two batches have their places now, the one on its way and the one behind it, and keep them; the rest has none.
  await a.flush()
  await send(a, atA, 'urgent', { urgency: 'urgent' })
  await send(a, atA, 'immediate', { urgency: 'immediate' })
  network.fault = undefined
  now = new Date(NOW.getTime() + 60_000)
  await a.flush()
  const done = await effects(atB)
  expect(done).toHaveLength(136)
  const rest = Array.from({ length: 6 }, (_, at) => `routine ${128 + at}`)
  expect(done.slice(128)).toEqual(['immediate', 'urgent', ...rest])
})

it('lets nothing overtake what was said before it in its own thread: that goes with it, before what is less urgent', async () => {
  const { atA, atB, a } = await pair()
  for (let count = 0; count < 70; count++) await send(a, atA, `routine ${count}`, { urgency: 'routine' })
  const thread = { context: 'a thread' }
  await send(a, atA, 'lead', { ...thread, urgency: 'routine' })
  await send(a, atA, 'change', { ...thread, urgency: 'urgent' })
  await send(a, atA, 'other', { urgency: 'urgent' })
  await send(a, atA, 'withdrawal', { ...thread, urgency: 'immediate' })
  await send(a, atA, 'afterwards', { ...thread, urgency: 'routine' })
  await a.flush()
  const done = await effects(atB)
  expect(done.slice(0, 5)).toEqual(['lead', 'change', 'withdrawal', 'other', 'routine 0'])
  expect(done.slice(-2)).toEqual(['routine 69', 'afterwards'])
  expect(done).toHaveLength(75)
})

it('sends a long thread in its order over as many batches as it takes, when its last word is urgent', async () => {
  const { atA, atB, a } = await pair()
  const said = Array.from({ length: 150 }, (_, count) => `word ${count}`)
  for (const text of said) await send(a, atA, text, { context: 'a thread', urgency: 'routine' })
  await send(a, atA, 'the end', { context: 'a thread', urgency: 'immediate' })
  await a.flush()
  expect(await effects(atB)).toEqual([...said, 'the end'])
})

it('sends nothing that its transaction took back', async () => {
  const { atA, atB, a } = await pair()
  await expect(
    atA.asWorker('test', async (tx) => {
      const { id: _id, seq: _seq, prev: _prev, createdAt: _at, ...message } = requestOf()
      await a.submit(tx, message as OutgoingMessage)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  await a.flush()
  expect(await effects(atB)).toEqual([])
})

it('tries again when the request is lost, later and not at once', async () => {
  const { atA, atB, a } = await pair()
  await send(a, atA, 'one')
  network.fault = () => {
    throw new Error('lost')
  }
  await a.flush()
  expect([await effects(atB), await states(atA)]).toEqual([[], ['waiting']])
  delete network.fault
  await a.flush()
  expect(await effects(atB)).toEqual([])
  now = new Date(NOW.getTime() + 120_000)
  await a.flush()
  expect([await effects(atB), await states(atA)]).toEqual([['one'], ['sent']])
})

it('does nothing twice when the answer is lost, and ends with the same evidence', async () => {
  const { atA, atB, a } = await pair()
  for (const text of ['one', 'two']) await send(a, atA, text)
  network.fault = () => 'lose-answer'
  await a.flush()
  expect([await effects(atB), await states(atA)]).toEqual([
    ['one', 'two'],
    ['waiting', 'waiting'],
  ])
  delete network.fault
  now = new Date(NOW.getTime() + 120_000)
  await a.flush()
  expect([await effects(atB), await states(atA)]).toEqual([
    ['one', 'two'],
    ['sent', 'sent'],
  ])
  expect((await evidence(atA)).filter((each) => each === 'delivery')).toHaveLength(2)
})

it('goes on in another process after the first died between sending and the answer', async () => {
  const { atA, atB, a } = await pair()
  await send(a, atA, 'one')
  network.fault = () => 'lose-answer'
  await a.flush()
  delete network.fault
  now = new Date(NOW.getTime() + 120_000)
  const successor = await node('a', atA)
  await successor.flush()
  expect([await effects(atB), await states(atA)]).toEqual([['one'], ['sent']])
})

it('sends the rest again when a peer stops in the middle of a batch', async () => {
  const { atA, atB, a, b } = await pair()
  let calls = 0
  network.attach(['org.b'], async (envelopes, pin) => {
    calls += 1
    return await b.take(calls === 1 ? envelopes.slice(0, 1) : envelopes, pin)
  })
  for (const text of ['one', 'two', 'three']) await send(a, atA, text)
  await a.flush()
  now = new Date(NOW.getTime() + 120_000)
  await a.flush()
  expect(await effects(atB)).toEqual(['one', 'two', 'three'])
})

it('takes the same envelope many times at once and acts once', async () => {
  const { atB, b } = await pair()
  const envelope = await sealEnvelope(requestOf({ body: { type: 'test.note', data: { text: 'one' } } }), keys.a, directory)
  const answers = await Promise.all(Array.from({ length: 8 }, async () => await b.take([structuredClone(envelope)], pinOf('a'))))
  expect(await effects(atB)).toEqual(['one'])
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

it('(L17) refuses the same id with other content, notes it, and answers like any refusal', async () => {
  const { atB, b } = await pair()
  const first = await sealEnvelope(requestOf({ body: { type: 'test.note', data: { text: 'one' } } }), keys.a, directory)
  const second = await sealEnvelope(requestOf({ body: { type: 'test.note', data: { text: 'other' } } }), keys.a, directory)
  await b.take([first], pinOf('a'))
  expect(await b.take([second], pinOf('a'))).toEqual([{ state: 'refused' }])
  expect(await b.take([{ outer: 'nonsense', jwe: '' }], pinOf('a'))).toEqual([{ state: 'refused' }])
  expect(await effects(atB)).toEqual(['one'])
  const noted = await atB.pool.query(`select reason from audit.events where event = 'exchange.envelope-refused' order by id`)
  expect(noted.rows.map((row) => row.reason)).toEqual(['inbox.conflict', 'token.form'])
})

it('keeps what a slice cannot process in quarantine and lets the next message pass', async () => {
  const { atA, atB, a } = await pair()
  for (const text of ['fails', 'two']) await send(a, atA, text)
  await send(a, atA, 'three', { body: { type: 'test.unknown', data: {} } })
  await a.flush()
  expect(await effects(atB)).toEqual(['two'])
  const held = await atB.pool.query(`select state, held is not null as kept from link.inbox order by id`)
  expect(held.rows).toEqual([
    { state: 'quarantined', kept: true },
    { state: 'taken', kept: false },
    { state: 'quarantined', kept: true },
  ])
  expect((await evidence(atA)).filter((each) => each === 'delivery!')).toHaveLength(2)
})

it('puts nothing aside because the store stopped it for the sake of another: it is sent again, and then taken', async () => {
  const { atA, atB, a } = await pair()
  for (const text of ['one', 'two']) await send(a, atA, text)
  // The batch as a whole, then its first message alone.
  stops = 2
  await a.flush()
  expect([await effects(atB), await states(atA)]).toEqual([[], ['waiting', 'waiting']])
  now = new Date(NOW.getTime() + 120_000)
  await a.flush()
  expect([await effects(atB), await states(atA)]).toEqual([
    ['one', 'two'],
    ['sent', 'sent'],
  ])
  expect(await evidence(atA)).not.toContain('delivery!')
})

it('gives up at the end of a message and says so with evidence', async () => {
  const { atA, atB, a } = await pair()
  await send(a, atA, 'one')
  network.fault = () => {
    throw new Error('lost')
  }
  await a.flush()
  now = new Date('2026-12-01T00:00:00.000Z')
  await a.flush()
  expect([await effects(atB), await states(atA)]).toEqual([[], ['expired']])
  expect(await evidence(atA)).toContain('relay!')
})

describe('evidence of a peer', () => {
  const OTHER = '01a20000-0000-7000-8000-00000000000f'
  it.each<[string, string, Partial<Evidence>]>([
    ['about another message', 'evidence.message', { message: OTHER, kind: 'retrieval' }],
    ['about another recipient', 'evidence.recipient', { to: { org: 'org.c', unit: 'org.c.desk' }, kind: 'retrieval' }],
    ['about a desk that was not addressed', 'evidence.recipient', { to: { org: 'org.b', unit: 'org.b.other' }, kind: 'retrieval' }],
    ['that only the sender can state', 'evidence.kind', { kind: 'submission', positive: false }],
    ['about another envelope', 'evidence.digest', { digest: 'f'.repeat(64), kind: 'retrieval' }],
  ])('%s is refused, and nothing of it is kept', async (_what, code, forged) => {
    const { atA, a, b } = await pair()
    network.attach(['org.b'], async (envelopes, pin) => {
      const answers = await b.take(envelopes, pin)
      return await Promise.all(
        answers.map(async (answer, index) => {
          const outer = JSON.parse(Buffer.from(envelopes[index]?.outer.split('.')[1] ?? '', 'base64url').toString()) as { id: string }
          const honest: Evidence = {
            v: 1,
            message: outer.id,
            digest: outerDigest(envelopes[index]?.outer ?? ''),
            to: { org: 'org.b', unit: 'org.b.desk' },
            kind: 'relay',
            positive: true,
            at: NOW.toISOString(),
            issuer: 'b-node',
          }
          const tokens = await signEvidence([{ ...honest, ...forged }], keys.b.sig)
          return answer.state === 'taken' ? { ...answer, evidence: [...answer.evidence, ...tokens] } : answer
        }),
      )
    })
    await send(a, atA, 'one')
    await a.flush()
    expect((await evidence(atA)).sort()).toEqual(['delivery', 'handling-accepted', 'relay', 'submission'])
    const { rows } = await atA.pool.query(`select to_jsonb(e)::text as text from audit.events e where event = 'exchange.evidence-refused'`)
    expect(rows.map(({ text }) => text).join()).toContain(code)
  })

  it('that came back later counts only from whom the message went to', async () => {
    const { atA, atB, a, b } = await pair()
    const atC = await store()
    const c = await node('c', atC)
    await send(a, atA, 'one')
    await a.flush()
    const { rows } = await atA.pool.query("select id, digest from link.messages where direction = 'out'")
    const [message] = rows as { id: string; digest: string }[]
    const stated = {
      v: 1,
      message: message?.id ?? '',
      digest: message?.digest ?? '',
      kind: 'retrieval',
      positive: true,
      at: NOW.toISOString(),
    } as const
    const tellA = async (link: Link, database: Connection, name: 'b' | 'c'): Promise<void> => {
      const to = { org: `org.${name}`, unit: `org.${name}.desk` }
      const [token] = await signEvidence([{ ...stated, to, issuer: `${name}-node` }], keys[name].sig)
      await database.asWorker('test', async (tx) => {
        const about = { from: to, to: { org: 'org.a', unit: 'org.a.desk' }, kind: 'evidence' as const, context: 'elsewhere' }
        await sendInternal(tx, { clock }, { ...about, inReplyTo: stated.message, data: { token } })
      })
      await link.flush()
    }
    await tellA(c, atC, 'c')
    expect(await evidence(atA)).not.toContain('retrieval')
    await tellA(b, atB, 'b')
    expect(await evidence(atA)).toContain('retrieval')
    const places = await atA.pool.query('select distinct context from link.evidence')
    expect(places.rows).toEqual([{ context: 'one' }])
  })
})

it('keeps no ciphertext of what was taken beyond its end', async () => {
  const { atA, a } = await pair()
  await send(a, atA, 'one')
  await a.flush()
  const kept = async () => (await atA.pool.query('select count(envelope)::int as n from link.outbox')).rows[0].n
  await a.sweep()
  expect(await kept()).toBe(1)
  now = new Date('2026-11-30T12:00:01.000Z')
  await a.sweep()
  expect(await kept()).toBe(0)
})
