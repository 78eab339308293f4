/**
 * Delivery against a model: any sequence of sends, losses, doublings, delays, crashes between writes, skewed clocks and rotated keys ends, once the
 * way is free again, with exactly one effect for each message and complete evidence, and nothing is stuck.
 */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { type Guard, startGuard } from '#platform/guard/guard.ts'
import { SHIPPED_RULES } from '#platform/guard/rules.ts'
import { makeLogger } from '#platform/log/logger.ts'
import { messageType } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import type { Database } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { wholeRuns } from '#testing/whole-runs.ts'
import type { Directory } from './directory.ts'
import type { Envelope } from './envelope.ts'
import { type Link, startLink } from './link.ts'
import { linkFixture, NOW, pinOf, requestOf } from './link-fixture.ts'
import type { OutgoingMessage } from './message.ts'
import { linkMigrations } from './migrations.ts'
import { directoryKeys, makeSigningKey, type NodeKeys } from './node-keys.ts'

const fixture = linkFixture()
const log = makeLogger({ node: 'test', level: process.env['BREAKWATER_TEST_LOG'] ?? 'silent' })
let at = NOW.getTime()
const skew = { a: 0, b: 0 }
const clockOf = (name: 'a' | 'b') => ({ now: () => new Date(at + skew[name]) })

interface Side {
  readonly database: Connection
  readonly fresh: FreshDatabase
}
let sides: Record<'a' | 'b', Side>
let guard: Guard
let directory: Directory = fixture.directory
let keys: Record<'a' | 'b', NodeKeys> = { a: fixture.keys.a, b: fixture.keys.b }
let links: Record<'a' | 'b', Link>
/** Transactions until the process dies; undefined = it lives. */
const fuse: { a?: number | undefined; b?: number | undefined } = {}
/** What the network does to the next batches. */
let weather: ('lose' | 'lose-answer' | 'double' | 'delay')[] = []
let delayed: (readonly Envelope[])[] = []

const note = messageType({
  type: 'test.note',
  schema: z.strictObject({ text: z.string() }),
  receive: async (_message, { text }, { tx }) => {
    await sql`insert into effects (text) values (${text})`.execute(tx)
  },
})

/** A database whose process dies after so many transactions: what was committed stays, what was not is gone. */
function mortal(name: 'a' | 'b', database: Database): Database {
  return {
    ...database,
    asWorker: async (work, run) => {
      const left = fuse[name]
      if (left !== undefined) {
        if (left <= 0) throw new Error('The process died.')
        fuse[name] = left - 1
      }
      return await database.asWorker(work, run)
    },
  }
}

async function start(name: 'a' | 'b'): Promise<Link> {
  const { database } = sides[name]
  return await startLink({
    keys: keys[name],
    database: mortal(name, database),
    pool: database.pool,
    clock: clockOf(name),
    log,
    carrier: {
      deliver: async (_org, envelopes) => {
        const what = weather.shift()
        if (what === 'lose') throw new Error('Lost.')
        if (what === 'delay') {
          delayed.push(structuredClone(envelopes))
          throw new Error('Too late.')
        }
        const other = name === 'a' ? 'b' : 'a'
        const answers = await links[other].take(structuredClone(envelopes), pinOf(name))
        if (what === 'double') await links[other].take(structuredClone(envelopes), pinOf(name))
        if (what === 'lose-answer') throw new Error('The answer was lost.')
        return answers
      },
      stop: async () => undefined,
    },
    messages: new Map([[note.type, note]]),
    directory: () => directory,
    services: () => ({ announce: async () => undefined }) as unknown as NodeServices,
    record: async (tx, entries) => await appendEvents(tx, entries, { clock: clockOf(name), oversight: [] }),
    guard,
    witness: { greet: async () => undefined, meet: async () => undefined },
    acceptDirectory: async () => undefined,
    directoryToken: () => '',
    runs: false,
  })
}

async function side(): Promise<Side> {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'platform.audit', migrations: auditMigrations },
    { slice: 'platform.link', migrations: linkMigrations },
  ])
  await database.pool.query('create table effects (text text not null); grant insert, select on effects to public')
  return { database, fresh }
}

beforeAll(async () => {
  guard = await startGuard(SHIPPED_RULES, { now: () => new Date(at) })
  sides = { a: await side(), b: await side() }
  links = { a: await start('a'), b: await start('b') }
})
afterAll(async () => {
  for (const link of Object.values(links)) await link.stop().catch(() => undefined)
  await guard.stop()
  for (const { database, fresh } of Object.values(sides)) {
    await database.close()
    await fresh.drop()
  }
})

type Step =
  | { readonly do: 'send'; readonly urgency: OutgoingMessage['urgency'] }
  | { readonly do: 'flush' }
  | { readonly do: 'weather'; readonly what: (typeof weather)[number] }
  | { readonly do: 'arrive-late' }
  | { readonly do: 'crash'; readonly who: 'a' | 'b'; readonly after: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'skew'; readonly who: 'a' | 'b'; readonly seconds: number }
  | { readonly do: 'rotate' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), urgency: fc.constantFrom('immediate', 'urgent', 'routine') }) },
  { weight: 4, arbitrary: fc.constant({ do: 'flush' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('weather' as const), what: fc.constantFrom('lose', 'lose-answer', 'double', 'delay') }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'arrive-late' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), who: fc.constantFrom('a', 'b'), after: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('skew' as const),
      who: fc.constantFrom('a', 'b'),
      seconds: fc.integer({ min: -120, max: 120 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'rotate' as const }) },
)

let sent = 0
let rotations = 0

async function send(urgency: OutgoingMessage['urgency']): Promise<void> {
  const {
    id: _id,
    seq: _seq,
    prev: _prev,
    createdAt: _at,
    ...message
  } = requestOf({ body: { type: 'test.note', data: { text: `n${sent++}` } } })
  const expiresAt = new Date(at + 60 * 86_400_000).toISOString()
  await sides.a.database.asWorker('test', async (tx) => await links.a.submit(tx, { ...message, urgency, expiresAt } as OutgoingMessage))
}

/** A process that comes back: a new link on the same store; the lease of the dead one runs out on the server's own clock. */
async function restart(name: 'a' | 'b'): Promise<void> {
  fuse[name] = undefined
  await links[name].stop().catch(() => undefined)
  await sides[name].database.pool.query("update link.peers set lease_until = now() - interval '1 second'")
  links[name] = await start(name)
}

/** A second signing key for a, listed from now on beside the first. */
async function rotate(): Promise<void> {
  keys = { ...keys, a: { ...keys.a, sig: makeSigningKey(`a-node#sig-${rotations++}`) } }
  const span = { from: new Date(at - 3_600_000).toISOString(), until: new Date(at + 365 * 86_400_000).toISOString() }
  directory = {
    ...directory,
    version: directory.version + 1,
    orgs: directory.orgs.map((org) =>
      org.id === 'org.a'
        ? {
            ...org,
            nodes: org.nodes.map((node) => ({ ...node, keys: [...node.keys, ...directoryKeys(keys.a, 'org.a', span).slice(0, 1)] })),
          }
        : org,
    ),
  }
  await restart('a')
}

async function run(each: Step): Promise<void> {
  if (each.do === 'send') await send(each.urgency)
  else if (each.do === 'flush') await links.a.flush().catch(() => undefined)
  else if (each.do === 'weather') weather.push(each.what)
  else if (each.do === 'arrive-late')
    for (const envelopes of delayed.splice(0)) await links.b.take(envelopes, pinOf('a')).catch(() => undefined)
  else if (each.do === 'wait') at += each.minutes * 60_000
  else if (each.do === 'skew') skew[each.who] = each.seconds * 1000
  else if (each.do === 'rotate') await rotate()
  else {
    fuse[each.who] = each.after
    await links.a.flush().catch(() => undefined)
    await restart(each.who)
  }
}

const text = async (which: 'a' | 'b', query: string): Promise<string[]> =>
  (await sides[which].database.pool.query(query)).rows.map((row) => String(Object.values(row)[0]))

it('has exactly one effect for each message and complete evidence, whatever happens on the way', async () => {
  const { run: runWhole, ended } = wholeRuns(async (steps: readonly Step[]) => {
    for (const each of steps) await run(each)
    // The way is free again.
    weather = []
    skew.a = 0
    skew.b = 0
    for (const name of ['a', 'b'] as const) await restart(name)
    for (let round = 0; round < 4; round++) {
      at += 2 * 60_000
      await links.a.flush()
      await links.b.flush()
    }
    for (const envelopes of delayed.splice(0)) await links.b.take(envelopes, pinOf('a'))
    const expected = Array.from({ length: sent }, (_, index) => `n${index}`).sort()
    expect((await text('b', 'select text from effects')).sort()).toEqual(expected)
    expect(await text('a', "select id from link.outbox where state <> 'sent'")).toEqual([])
    const evidence = await text(
      'a',
      "select kind || ' ' || count(*) from link.evidence where positive group by kind order by array_position(array['submission', 'relay', 'handling-accepted', 'delivery'], kind)",
    )
    expect(evidence).toEqual(sent === 0 ? [] : [`submission ${sent}`, `relay ${sent}`, `handling-accepted ${sent}`, `delivery ${sent}`])
  })
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), runWhole), {
    numRuns: 60,
    interruptAfterTimeLimit: 60_000,
  })
  await ended()
})

it('gets back what it lost: the peer sends the same bytes again when it is asked', async () => {
  await send('routine')
  await links.a.flush()
  // B is set back to a copy of before: it knows nothing of the last message, and sees the gap when the next one comes.
  await sides.b.database.pool.query(
    `delete from effects where text = 'n${sent - 1}'; delete from link.inbox where id = (select max(id) from link.inbox where answers <> '[]'::jsonb);
     update link.peers set last_seq_in = last_seq_in - 1, last_digest_in = 'before'`,
  )
  await send('routine')
  await links.a.flush()
  await links.b.flush()
  await links.a.flush()
  expect((await text('b', 'select text from effects')).sort()).toEqual(Array.from({ length: sent }, (_, index) => `n${index}`).sort())
})

it('states silence itself, and what comes later overrules it', async () => {
  weather = ['lose', 'lose', 'lose', 'lose']
  await send('urgent')
  await links.a.flush()
  at += 5 * 3_600_000
  await links.a.sweep()
  const last = async () =>
    await text(
      'a',
      "select kind || case when positive then '' else '! ' || code end from link.evidence where id = (select max(id) from link.messages where direction = 'out') order by at, kind, positive",
    )
  expect(await last()).toEqual(['submission', 'relay! timeout'])
  weather = []
  at += 3_600_000
  await links.a.flush()
  expect(await last()).toEqual(['submission', 'relay! timeout', 'delivery', 'handling-accepted', 'relay'])
})
