/** What an owner does with queries, on a real store: quota under concurrency, and answers that differ in nothing but what was asked. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { openMessageBox } from '#platform/content/message-box.ts'
import type { OutgoingMessage } from '#platform/link/message.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { blindInputs, makeOprfKeys } from '#platform/oprf/oprf.ts'
import { inThread } from '#platform/oprf/thread.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { packFrame, readFrame } from './frame.ts'
import { takeQuota } from './quota.ts'
import { answerLookup } from './serve-lookup.ts'
import { answerQuery } from './serve-query.ts'

const keys = makeOprfKeys()
const box = openMessageBox(randomBytes(32))
const NOW = new Date('2026-09-01T09:00:00Z')
const sent: OutgoingMessage[] = []
const logged: { readonly event: string; readonly reason?: string }[] = []
let database: FreshDatabase
let store: Connection
let services: NodeServices
let made = 0

const inputs = (count: number) => Array.from({ length: count }, (_, at) => new TextEncoder().encode(`input ${at}`))
const asks = (count: number) => packFrame({ slots: blindInputs(inputs(count)).map(({ blinded }) => blinded) })

interface Serving {
  readonly class?: string
  readonly epoch?: number
  readonly desk?: string
  readonly approved?: boolean
  readonly state?: string
  readonly lookup?: Buffer
}

/** A query as the inbox left it, ready to be answered. */
async function served(frame: Buffer | null, part: Serving = {}): Promise<Readonly<Record<string, unknown>>> {
  made += 1
  const query = `01a00000-0000-7000-8000-${String(made).padStart(12, '0')}`
  const name = part.class ?? 'strong'
  await store.asWorker('test', async (tx) => {
    await sql`insert into matching.served (org, desk, requester_org, requester_desk, query, purpose, class, epoch, case_ref, approved, frame, lookup, state, keys, at, audience)
      values ('es', 'es.desk', 'be', ${part.desk ?? 'be.desk'}, ${query}, 'p', ${name}, ${part.epoch ?? 1}, 'C', ${part.approved ?? false}, ${frame}, ${part.lookup ?? null},
        ${part.state ?? 'waiting'}, 1, now(), '{}')`.execute(tx)
  })
  return { org: 'es', requesterOrg: 'be', query, class: name }
}

/** The frame that was sent for a query. */
function answerTo(key: Readonly<Record<string, unknown>>): string {
  const message = sent.find(({ body }) => (body.data as { query: string }).query === key['query'] && body.type !== 'match.anomaly')
  if (message === undefined) throw new Error('Nothing was sent.')
  return (message.body.data as { frame: string }).frame
}

async function quota(limit: number): Promise<void> {
  await store.asWorker('test', async (tx) => {
    await sql`delete from matching.quota`.execute(tx)
    await sql`delete from matching.case_use`.execute(tx)
    await sql`insert into matching.requesters (org, desk, requester_org, requester_desk, purpose, quota, at, audience) values ('es', 'es.desk', 'be', 'be.desk', 'p', ${limit}, now(), '{}')
      on conflict (org, desk, requester_desk, purpose) do update set quota = excluded.quota`.execute(tx)
  })
}

beforeAll(async () => {
  database = await freshDatabase()
  store = connect({ url: database.url })
  await migrate(store.pool, [
    { slice: 'audit', migrations: auditMigrations },
    { slice: 'matching', migrations },
  ])
  services = {
    database: store,
    box,
    // The quota is of a day: none of it may end while a test goes on.
    clock: { now: () => NOW },
    directory: () => ({ orgs: [] }),
    announce: async () => undefined,
    submit: async (_tx: unknown, message: OutgoingMessage) => {
      sent.push(message)
      return ''
    },
    record: async (_tx: unknown, entry: { event: string; reason?: string }) => {
      logged.push(entry)
    },
  } as unknown as NodeServices
  await store.asWorker('test', async (tx) => {
    for (const name of ['strong', 'weak']) {
      const boxed = box.seal(Buffer.from(keys.secretKey).toString('base64'))
      await sql`insert into matching.epochs (org, purpose, class, epoch, public_key, content, content_key, began_at, audience)
        values ('es', 'p', ${name}, 1, ${Buffer.from(keys.publicKey).toString('hex')}, ${boxed.content}, ${boxed.key}, now(), '{}')`.execute(
        tx,
      )
    }
  })
})
afterAll(async () => {
  await store.close()
  await database.drop()
})
beforeEach(() => {
  sent.length = 0
  logged.length = 0
})

describe('quota', () => {
  it('with one unit left evaluates exactly one of two queries at once', async () => {
    await quota(1)
    const both = [await served(asks(1)), await served(asks(1))]
    await Promise.all(both.map(async (key) => await answerQuery(key, services)))
    const evaluated = both.filter((key) => readFrame(Buffer.from(answerTo(key), 'base64')) !== undefined)
    expect(evaluated).toHaveLength(1)
    expect(
      logged
        .filter(({ event }) => event === 'matching.query-served')
        .map(({ reason }) => reason ?? 'done')
        .sort(),
    ).toEqual(['done', 'quota'])
  })

  it('never gives out more than there is, however many ask at once', async () => {
    await quota(7)
    const asked = { org: 'es', requesterOrg: 'be', purpose: 'p', caseRef: 'C', limit: 7, approved: false, day: '2026-09-01' } as const
    const answers = await Promise.all(
      Array.from(
        { length: 12 },
        async (_, at) => await store.asWorker('test', async (tx) => await takeQuota(tx, { ...asked, class: 'strong', keys: 1 + (at % 2) })),
      ),
    )
    const { rows } = await store.asWorker(
      'test',
      async (tx) => await sql<{ used: number }>`select used from matching.quota where day = '2026-09-01'`.execute(tx),
    )
    const taken = answers.reduce((sum, answer, at) => sum + (answer.ok ? 1 + (at % 2) : 0), 0)
    expect(rows[0]?.used).toBe(taken)
    expect(taken).toBeGreaterThanOrEqual(6)
    expect(taken).toBeLessThanOrEqual(7)
  })

  it('answers a query once, even when its job runs twice at once', async () => {
    await quota(10)
    const key = await served(asks(2))
    await Promise.all([answerQuery(key, services), answerQuery(key, services)])
    expect(sent).toHaveLength(1)
    const { rows } = await store.asWorker('test', async (tx) => await sql<{ used: number }>`select used from matching.quota`.execute(tx))
    expect(rows).toEqual([{ used: 2 }])
  })

  it('is not touched by a query that the cap of its case refuses, and a second person lifts the cap', async () => {
    await quota(500)
    await answerQuery(await served(asks(50), { class: 'weak' }), services)
    const above = await served(asks(1), { class: 'weak' })
    await answerQuery(above, services)
    expect(logged.map(({ reason }) => reason)).toContain('cap')
    const used = async () =>
      (await store.asWorker('test', async (tx) => await sql<{ used: number }>`select used from matching.quota`.execute(tx))).rows[0]?.used
    expect(await used()).toBe(100)
    const approved = await served(asks(1), { class: 'weak', approved: true })
    await answerQuery(approved, services)
    expect(readFrame(Buffer.from(answerTo(approved), 'base64'))?.slots).toHaveLength(1)
    expect(await used()).toBe(102)
    expect(logged.filter(({ event }) => event === 'matching.anomaly')).toHaveLength(2)
  })
})

describe('an answer', () => {
  it('refuses in the same bytes, whatever the reason', async () => {
    await quota(1)
    const refused = [
      await served(asks(2)),
      await served(asks(1), { desk: 'be.other' }),
      await served(asks(1), { epoch: 9 }),
      await served(packFrame({ slots: [new Uint8Array(32).fill(255)] })),
      await served(Buffer.from('no frame')),
    ]
    for (const key of refused) await answerQuery(key, services)
    const reasons = logged.filter(({ event }) => event === 'matching.query-served').map(({ reason }) => reason)
    expect(reasons).toEqual(['quota', 'not-entitled', 'epoch', 'oprf.element', 'form'])
    expect(new Set(refused.map(answerTo)).size).toBe(1)
  })

  it('has one size, refused or not, for one key or sixty-four', async () => {
    await quota(200)
    const all = [await served(asks(1)), await served(asks(64)), await served(asks(1), { epoch: 9 })]
    for (const key of all) await answerQuery(key, services)
    expect(new Set(all.map((key) => answerTo(key).length)).size).toBe(1)
    const bodies = sent.map(
      (message) =>
        JSON.stringify({ ...message, context: '', body: { ...message.body, data: { ...(message.body.data as object), query: '' } } })
          .length,
    )
    expect(new Set(bodies).size).toBe(1)
  })
})

describe('a look-up', () => {
  it('of an excluded record is, byte for byte, that of a record that does not exist; of a hit it has the same size', async () => {
    const [open, covert, unknown] = await inThread('outputs', { secretKey: keys.secretKey, inputs: inputs(3) })
    const entry = '01a00000-0000-7000-8000-00000000000a'
    await store.asWorker('test', async (tx) => {
      for (const [id, policy] of [
        [entry, 'owner-notified'],
        ['01a00000-0000-7000-8000-00000000000b', 'excluded'],
      ])
        await sql`insert into matching.entries (org, desk, entry, record, type, class, policy, category, purpose, state, indexed_at, changed_at, audience)
          values ('es', 'es.desk', ${id}, ${policy}, 'phone', 'strong', ${policy}, 'suspect', 'p', 'indexed', now(), now(), '{es.desk}')`.execute(
          tx,
        )
      // As a rebuild leaves it: the excluded entry has no tag.
      await sql`insert into matching.tags (org, purpose, class, epoch, tag, entry, policy, audience)
        values ('es', 'p', 'strong', 1, ${Buffer.from(open as Uint8Array)
          .toString('hex')
          .slice(0, 32)}, ${entry}, 'owner-notified', '{}')`.execute(tx)
    })
    const look = async (output: Uint8Array | undefined) => {
      const key = await served(null, { state: 'looking-up', lookup: packFrame({ slots: [(output as Uint8Array).subarray(0, 16)] }) })
      await answerLookup(key, services)
      return answerTo(key)
    }
    const [hit, hidden, missing] = [await look(open), await look(covert), await look(unknown)]
    expect(hidden).toBe(missing)
    expect(hit).not.toBe(missing)
    expect(hit.length).toBe(missing.length)
    const { rows } = await store.asWorker('test', async (tx) => await sql`select record from matching.notices`.execute(tx))
    expect(rows).toEqual([{ record: 'owner-notified' }])
  })

  it('is refused for more tags than the query had', async () => {
    const key = await served(null, {
      state: 'looking-up',
      lookup: packFrame({ slots: [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)] }),
    })
    await answerLookup(key, services)
    expect(readFrame(Buffer.from(answerTo(key), 'base64'))).toBeUndefined()
  })
})
