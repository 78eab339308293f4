/** Who takes something out of a piece of information, and what ends it meanwhile: the end comes after, and those that follow the piece find what was taken. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { expireJob } from './expire.ts'
import { heldAttachment } from './held-attachment.ts'
import type { ItemContent } from './item-content.ts'
import { statementReceived } from './statements.ts'

const AT = '2026-11-24T12:00:00.000Z'
const ORIGIN = { org: 'be.customs', unit: 'be.customs.antwerp' }
const US = { org: 'it.customs', unit: 'it.customs.genova' }
const SHA = 'a'.repeat(64)
const HANDLING = { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] } as const
const CONTENT: ItemContent = {
  title: 'List',
  fields: [],
  attachments: [{ sha256: SHA, name: 'list.jsonl', size: 4, handling: HANDLING }] as unknown as ItemContent['attachments'],
  evaluation: { source: 'B', info: 2 },
  legalBasis: { act: 'Regulation (EU) 952/2013', art: '46' },
  personalData: { yes: false, categories: [] },
}
const facts = { officer: 'o-1', desk: US.unit, authority: US.org, realm: 'customs', purpose: 'customs-control', caseId: null } as never

let fresh: FreshDatabase
let database: Connection
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'exchange', migrations }])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

let happened: string[] = []
const services = {
  clock: { now: () => new Date(AT) },
  authorities: [US.org],
  get database() {
    return database
  },
  itemFollowers: [async ({ change }: { readonly change: string }) => await Promise.resolve(happened.push(change))],
  statements: { read: async (token: string) => JSON.parse(token) as unknown },
  box: { seal: (content: string) => ({ key: 'key', content }), open: ({ content }: { content: string }) => content },
  record: async () => undefined,
  announce: async () => undefined,
  enqueue: async () => undefined,
  submit: async () => 'a-message',
} as unknown as NodeServices

async function hold(item: string): Promise<void> {
  await database.asWorker('test', async (tx) => {
    const key = sql`${US.org}, ${US.unit}, ${item}`
    const audience = sql`${[US.unit]}::text[]`
    await sql`insert into exchange.items (org, desk, item, side, kind, state, origin_org, origin_desk, purpose, urgency, tlp, content, at, erase_at, audience)
      values (${key}, 'received', 'push', 'held', ${ORIGIN.org}, ${ORIGIN.unit}, 'customs-control', 'urgent', 'AMBER', ${JSON.stringify(CONTENT)}, ${AT}, ${AT}, ${audience})`.execute(
      tx,
    )
    await sql`insert into exchange.content_keys (org, desk, item, key, audience) values (${key}, 'key', ${audience})`.execute(tx)
    await sql`insert into exchange.attachments (org, desk, item, sha256, size, received, stored, audience) values (${key}, ${SHA}, 4, 4, true, ${audience})`.execute(
      tx,
    )
    const bytes = Buffer.from(JSON.stringify({ key: 'key', content: Buffer.from('rows').toString('base64') }))
    await sql`insert into exchange.attachment_parts (org, desk, item, sha256, start, bytes, audience) values (${key}, ${SHA}, 0, ${bytes}, ${audience})`.execute(
      tx,
    )
  })
}

async function recall(item: string): Promise<void> {
  const said = { v: 1, says: 'recall', item, origin: ORIGIN, at: AT, reason: 'incorrect', basis: 'It was wrong', answerBy: AT }
  const message = { to: [US], from: ORIGIN, createdAt: AT } as unknown as IncomingMessage
  await database.asWorker('test', async (tx) => {
    await statementReceived.receive(message, { token: JSON.stringify(said), parts: [] }, { tx, services })
  })
}

it.each([
  ['its recall', recall],
  ['its last day', async () => await expireJob.run({}, services)],
])('while something is taken out of it, %s waits', async (which, end) => {
  const item = which.replaceAll(' ', '-')
  happened = []
  await hold(item)
  let isOver = false
  let other: Promise<void> = Promise.resolve()
  await database.asOfficer(facts, async (tx) => {
    const context = { facts, tx, services, clock: services.clock } as unknown as CaseContext
    const held = await heldAttachment(context, item, { sha256: SHA, most: 100, capabilities: ['store'] })
    expect(Buffer.from(held?.bytes ?? []).toString()).toBe('rows')
    other = end(item).finally(() => {
      isOver = true
    })
    while (!isOver && !(await somebodyWaits())) await sleep(5)
    happened.push('taken')
  })
  await other
  // What passes over a piece that is at work comes again.
  await end(item)
  expect(happened).toEqual(['taken', 'gone'])
})

async function somebodyWaits(): Promise<boolean> {
  const waiting = await database.pool.query(
    'select 1 from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())',
  )
  return waiting.rows.length > 0
}
