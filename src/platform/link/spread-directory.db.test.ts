/** A directory of some thousand organisations between three nodes: in parts, once to each, and again to one that was set back. */
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, expect, it } from 'vitest'
import { appendEvents } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { startGuard } from '#platform/guard/guard.ts'
import { SHIPPED_RULES } from '#platform/guard/rules.ts'
import type { AppError } from '#platform/http/app-error.ts'
import { makeLogger } from '#platform/log/logger.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import type { Directory, DirectoryOrg } from './directory.ts'
import { digestOf, signDirectory, verifyDirectory } from './directory-store.ts'
import { type Link, startLink } from './link.ts'
import { linkFixture, NOW, pinOf, requestOf } from './link-fixture.ts'
import { memoryNetwork } from './memory-carrier.ts'
import type { OutgoingMessage } from './message.ts'
import { linkMigrations } from './migrations.ts'
import { publicJwk } from './node-keys.ts'

const { keys, directory, stewards } = linkFixture()
const trust = { stewards: stewards.map((key) => ({ kid: key.kid, jwk: publicJwk(key) })), threshold: 2 }
const clock = { now: () => NOW }
const log = makeLogger({ node: 'test', level: 'silent' })
const guard = await startGuard(SHIPPED_RULES, clock)
afterAll(async () => await guard.stop())
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

/** Suspended ones are in the document and in nobody's way. */
const [model] = directory.orgs as [DirectoryOrg]
const crowd = Array.from(
  { length: 2500 },
  (_, each): DirectoryOrg => ({
    ...model,
    id: `crowd.${each}`,
    status: 'suspended',
    units: [],
    nodes: model.nodes.map((node) => ({
      ...node,
      id: `crowd-${each}`,
      keys: node.keys.map((key, n) => ({
        ...key,
        kid: `crowd-${each}-${n}`,
        jwk: { ...key.jwk, x: randomBytes(32).toString('base64url') },
      })),
    })),
  }),
)

interface Node {
  readonly link: Link
  readonly database: Connection
  /** As if its folder had been restored from a copy. */
  setBack(): void
  /** As if stewards had signed two different ones. */
  hold(token: string): Promise<void>
  readonly refused: readonly string[]
  version(): number
  parts(): Promise<number>
}

async function coalition(others: readonly DirectoryOrg[] = []) {
  const network = memoryNetwork()
  const before = await signDirectory(directory, stewards)
  const after: Directory = { ...directory, version: 6, prevDigest: digestOf(before), orgs: [...directory.orgs, ...others] }
  const next = await signDirectory(after, stewards)
  const start = async (name: 'a' | 'b' | 'c'): Promise<Node> => {
    const fresh = await freshDatabase()
    const database = connect({ url: fresh.url })
    await migrate(database.pool, [
      { slice: 'platform.audit', migrations: auditMigrations },
      { slice: 'platform.link', migrations: linkMigrations },
    ])
    let held = { directory, token: before }
    if (name === 'a') held = { directory: after, token: next }
    const refused: string[] = []
    const link = await startLink({
      keys: keys[name],
      database,
      pool: database.pool,
      clock,
      log,
      carrier: network.carrier(pinOf(name)),
      messages: new Map(),
      directory: () => held.directory,
      services: () => ({ announce: async () => undefined }) as unknown as NodeServices,
      record: async (tx, entries) => await appendEvents(tx, entries, { clock, oversight: [] }),
      guard,
      witness: { greet: async () => undefined, meet: async () => undefined },
      acceptDirectory: async (token) => {
        try {
          held = { directory: await verifyDirectory(token, trust, held.directory), token }
        } catch (error) {
          refused.push((error as AppError).code)
          throw error
        }
      },
      directoryToken: () => held.token,
      runs: false,
    })
    network.attach([`org.${name}`], async (envelopes, pin) => await link.take(envelopes, pin))
    stops.push(
      async () => await fresh.drop(),
      async () => await database.close(),
      async () => await link.stop(),
    )
    const count = async (text: string) => Number((await database.pool.query(text)).rows[0].n)
    return {
      link,
      database,
      setBack: () => {
        held = { directory, token: before }
      },
      hold: async (token) => {
        held = { directory: await verifyDirectory(token, trust, undefined), token }
      },
      refused,
      version: () => held.directory.version,
      parts: async () => await count(`select count(*) as n from link.outbox where seq is not null`),
    }
  }
  return { a: await start('a'), b: await start('b'), c: await start('c') }
}

async function round(...nodes: readonly Node[]): Promise<void> {
  for (const { link } of nodes) {
    await link.sweep()
    await link.flush()
  }
}

it('reaches all in parts, each part of a size that an envelope holds, and tells each peer once', async () => {
  const { a, b, c } = await coalition(crowd)
  await round(a)
  expect([b.version(), c.version()]).toEqual([6, 6])
  const sent = await a.parts()
  expect(sent).toBeGreaterThan(2)
  await round(a, b, c)
  await round(a, b, c)
  expect(await a.parts()).toBe(sent)
  const left = await b.database.pool.query('select count(*)::int as n from link.directory_parts')
  expect(left.rows[0].n).toBe(0)
})

it('shows two directories of one version to whoever holds one of them: it is refused, the message is dealt with, and the one held stays', async () => {
  const { a, b, c } = await coalition()
  const fork = await signDirectory({ ...directory, version: 6, expires: '2026-12-02T00:00:00.000Z' }, stewards)
  await c.hold(fork)
  await round(a)
  expect(c.refused).toEqual(['directory.fork'])
  expect(b.refused).toEqual([])
  expect(c.version()).toBe(6)
  const kept = await c.database.pool.query('select state from link.inbox')
  expect(new Set(kept.rows.map((row) => row.state))).toEqual(new Set(['taken']))
})

it('tells a peer that was set back, as soon as it shows what it works with', async () => {
  const { a, b, c } = await coalition()
  await round(a, b, c)
  const {
    id: _id,
    seq: _seq,
    prev: _prev,
    createdAt: _at,
    ...message
  } = requestOf({
    from: { org: 'org.b', unit: 'org.b.desk' },
    to: [{ org: 'org.a', unit: 'org.a.desk' }],
  })
  const say = async () => {
    await b.database.asWorker('test', async (tx) => await b.link.submit(tx, message as OutgoingMessage))
    await b.link.flush()
  }
  await say()
  b.setBack()
  await say()
  await round(a)
  expect(b.version()).toBe(6)
})
