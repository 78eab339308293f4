/**
 * A piece of information that a holder passes on, and its originator's recall: whichever is first, also where both are taken in at the same time, what was
 * recalled is gone, and its originator hears so. And its newer versions.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IncomingMessage, OutgoingMessage } from '#platform/link/message.ts'
import { linkMigrations } from '#platform/link/migrations.ts'
import type { ItemFollower, MessageType } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import type { ItemField } from '../contract.ts'
import { migrations } from '../migrations.ts'
import { feedbackReceived } from './feedback.ts'
import type { ItemContent } from './item-content.ts'
import { PART_TITLE, proveParts } from './proofs.ts'
import { recallAnswered } from './recall.ts'
import { itemReceived } from './receive-item.ts'
import { statementReceived } from './statements.ts'
import { itemMessage } from './wire.ts'

const AT = '2026-11-24T12:00:00.000Z'
const END = '2027-11-24T12:00:00.000Z'
const ORIGIN = { org: 'be.customs', unit: 'be.customs.antwerp' }
const HOLDER = { org: 'es.customs', unit: 'es.customs.algeciras' }
const US = { org: 'it.customs', unit: 'it.customs.genova' }

let sent: { readonly to: string | undefined; readonly data: unknown }[] = []
let fresh: FreshDatabase
let database: Connection
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'platform.link', migrations: linkMigrations },
    { slice: 'exchange', migrations },
  ])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

// The parts of a node that the two need. A token says here what it is, for who signed it is not what this is about.
const services = {
  clock: { now: () => new Date(AT) },
  authorities: [US.org, ORIGIN.org],
  itemFollowers: [],
  statements: { read: async (token: string) => JSON.parse(token) as unknown },
  box: { seal: (content: string) => ({ key: 'key', content }), open: ({ content }: { content: string }) => content },
  record: async () => undefined,
  announce: async () => undefined,
  enqueue: async () => undefined,
  submit: async (_tx: unknown, { to, body }: OutgoingMessage) => {
    sent.push({ to: to[0]?.unit, data: body.data })
    return 'a-message'
  },
} as unknown as NodeServices

const messageFrom = (from: typeof HOLDER, item: string): IncomingMessage => ({
  id: `from-${from.org}-${item}`,
  from,
  to: [US],
  kind: 'push',
  urgency: 'urgent',
  context: item,
  createdAt: AT,
  receivedAt: AT,
  purpose: 'customs-control',
  legalBasis: { act: 'Act', art: '1' },
  handling: { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
  evaluation: { source: 'A', info: 1 },
  personalData: { yes: false, categories: [] },
  retention: { reviewAt: END, deleteBy: END },
  body: { type: '', data: {} },
})

interface Arrival {
  readonly type: MessageType
  readonly from: typeof HOLDER
  readonly data: unknown
}
const passedOn = (item: string): Arrival => ({
  type: itemReceived,
  from: HOLDER,
  data: {
    item,
    origin: ORIGIN,
    kind: 'push',
    title: PART_TITLE,
    fields: [],
    attachments: [],
    evaluation: { source: 'A', info: 1 },
    legalBasis: { act: 'Act', art: '1' },
    parts: [],
    grants: [],
  },
})
const recall = (item: string): Arrival => {
  const said = { v: 1, says: 'recall', item, origin: ORIGIN, at: AT, reason: 'incorrect', basis: 'It was wrong', answerBy: END }
  return { type: statementReceived, from: ORIGIN, data: { token: JSON.stringify(said) } }
}

interface Taking {
  readonly at?: typeof HOLDER
  readonly meanwhile?: () => Promise<void>
}

async function take(item: string, arrival: Arrival, { at = US, meanwhile }: Taking = {}): Promise<void> {
  await database.asWorker('test', async (tx) => {
    const data = arrival.type.schema.parse(arrival.data)
    await arrival.type.receive({ ...messageFrom(arrival.from, item), to: [at] }, data, { tx, services })
    await meanwhile?.()
  })
}

/** Starts the second while the first is taken in and not committed; it ends, or waits for the first. */
async function together(item: string, [first, second]: readonly [Arrival, Arrival]): Promise<void> {
  let isOver = false
  let other: Promise<void> | undefined
  const meanwhile = async (): Promise<void> => {
    other = take(item, second).finally(() => {
      isOver = true
    })
    while (!isOver && !(await somebodyWaits())) await sleep(5)
  }
  await take(item, first, { meanwhile })
  await other
}

async function somebodyWaits(): Promise<boolean> {
  const waiting = await database.pool.query(
    'select 1 from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())',
  )
  return waiting.rows.length > 0
}

const stateOf = async (item: string) =>
  (
    await database.asWorker(
      'test',
      async (tx) =>
        await sql<{ state: string; content: string | null }>`
    select state, content from exchange.items where item = ${item}`.execute(tx),
    )
  ).rows

it.each([
  ['the recall', (item: string) => [recall(item), passedOn(item)] as const],
  ['the piece', (item: string) => [passedOn(item), recall(item)] as const],
])('leave nothing of what was recalled: %s first', async (which, arrivals) => {
  const item = `item-${which.replace(' ', '-')}`
  await together(item, arrivals(item))
  expect(await stateOf(item)).toEqual([{ state: 'recalled', content: null }])
})

it('a holder that the originator did not know of yet says again what became of the piece, and is counted then', async () => {
  const item = 'item-of-a-late-holder'
  for (const arrival of [passedOn(item), recall(item), recall(item)]) await take(item, arrival)
  const answer = { to: ORIGIN.unit, data: { item, answer: 'recalled' } }
  expect(sent.filter(({ to }) => to === ORIGIN.unit).slice(-2)).toEqual([answer, answer])

  // At the originator: the first answer comes before the word of whoever passed the piece on.
  await database.asWorker('test', async (tx) => {
    const key = sql`${ORIGIN.org}, ${ORIGIN.unit}, ${item}`
    const said = JSON.stringify({ ...(JSON.parse((recall(item).data as { token: string }).token) as object) })
    await sql`insert into exchange.items (org, desk, item, side, kind, state, origin_org, origin_desk, purpose, urgency, tlp, at, erase_at, audience)
      values (${key}, 'own', 'push', 'recalled', ${ORIGIN.org}, ${ORIGIN.unit}, 'customs-control', 'urgent', 'AMBER', ${AT}, ${END}, ${[ORIGIN.unit]})`.execute(
      tx,
    )
    await sql`insert into exchange.holders (org, desk, item, holder_desk, holder_org, fields, released_at, state, audience)
      values (${key}, ${HOLDER.unit}, ${HOLDER.org}, '{}', ${AT}, 'recall-sent', ${[ORIGIN.unit]})`.execute(tx)
    await sql`insert into exchange.statements (org, desk, item, digest, origin_org, says, body, token, at, audience)
      values (${key}, 'digest', ${ORIGIN.org}, 'recall', ${said}::jsonb, ${said}, ${AT}, ${[ORIGIN.unit]})`.execute(tx)
  })
  const answered: Arrival = { type: recallAnswered, from: US, data: answer.data }
  const told: Arrival = { type: feedbackReceived, from: HOLDER, data: { kind: 'passed-on', item, to: US, fields: [], at: AT } }
  const stateOfUs = async () =>
    (
      await database.asWorker(
        'test',
        async (tx) =>
          await sql<{ state: string }>`
      select state from exchange.holders where item = ${item} and holder_desk = ${US.unit}`.execute(tx),
      )
    ).rows
  await take(item, answered, { at: ORIGIN })
  expect(await stateOfUs()).toEqual([])
  sent = []
  await take(item, told, { at: ORIGIN })
  expect(sent.map(({ to }) => to)).toEqual([US.unit])
  expect(await stateOfUs()).toEqual([{ state: 'recall-sent' }])
})

describe('a version that its originator sends after another', () => {
  const FIRST = '2026-11-24T10:00:00.000Z'
  const SECOND = '2026-11-24T11:00:00.000Z'
  const OPEN = { H: [], tlp: 'GREEN', pap: 'CLEAR', conditions: [] } satisfies ItemField['handling']
  const STRICT = { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] } satisfies ItemField['handling']
  const FILE = { sha256: 'f'.repeat(64), name: 'list.jsonl', size: 4 }

  interface Version {
    readonly at: string
    readonly handling: ItemField['handling']
    readonly value?: string
    readonly hasFile?: boolean
  }

  /** As the link hands a message over: it is listed, then taken in. */
  async function arrive(item: string, { at, handling, value = 'as seen', hasFile = false }: Version): Promise<void> {
    const parts = {
      title: 'Seen at the quay',
      fields: [{ id: 'what', label: 'What', value, handling }],
      attachments: hasFile ? [{ ...FILE, handling }] : [],
    }
    const terms = { evaluation: { source: 'A', info: 1 }, legalBasis: { act: 'Act', art: '1' } } as const
    const make = async (saying: object) => await Promise.resolve(JSON.stringify({ v: 1, at, ...saying }))
    const words = await proveParts(
      { ...services.statements, make },
      { ...terms, item, origin: ORIGIN, purpose: 'customs-control', eraseAt: END },
      parts,
    )
    const data = itemMessage.parse({ item, origin: ORIGIN, kind: 'push', ...parts, ...terms, parts: words, grants: [] })
    const message = { ...messageFrom(ORIGIN, item), id: `${item} ${at}`, createdAt: at, handling }
    await database.asWorker('test', async (tx) => {
      await sql`insert into link.messages (org, id, direction, from_unit, to_units, kind, type, urgency, context, created_at, state, peer, audience)
        values (${US.org}, ${message.id}, 'in', ${ORIGIN.unit}, ${[US.unit]}, 'push', 'exchange.item', 'urgent', ${item}, ${at}, 'taken', ${ORIGIN.org}, ${[US.unit]})`.execute(
        tx,
      )
      await itemReceived.receive(message, data, { tx, services: { ...services, itemFollowers: [remember] } })
    })
  }

  let followed: unknown[] = []
  beforeEach(() => {
    followed = []
  })
  const remember: ItemFollower = async ({ change, attachment = 'all' }) => await Promise.resolve(void followed.push([change, attachment]))
  const held = async (item: string) => {
    const [row] = await stateOf(item)
    return row?.content === null || row === undefined ? undefined : (JSON.parse(row.content) as ItemContent)
  }

  it('is followed by what was taken out of the one before, and its bytes go with an attachment that it does not have', async () => {
    const item = 'item-corrected'
    await arrive(item, { at: FIRST, handling: OPEN, hasFile: true })
    expect(followed).toEqual([])
    await database.asWorker('test', async (tx) => {
      const part = sql`${US.org}, ${US.unit}, ${item}, ${FILE.sha256}, 0, ${Buffer.from('rows')}, ${[US.unit]}`
      await sql`insert into exchange.attachment_parts (org, desk, item, sha256, start, bytes, audience) values (${part})`.execute(tx)
    })
    await arrive(item, { at: SECOND, handling: STRICT })
    expect(followed).toEqual([
      ['gone', FILE.sha256],
      ['marked', 'all'],
    ])
    const left = await database.asWorker(
      'test',
      async (tx) =>
        await sql`select sha256 from exchange.attachments where item = ${item} union all select sha256 from exchange.attachment_parts where item = ${item}`.execute(
          tx,
        ),
    )
    expect(left.rows).toEqual([])
  })

  it('stays when the one before was lost on its way and comes late', async () => {
    const item = 'item-late'
    await arrive(item, { at: SECOND, handling: STRICT, value: 'as corrected' })
    await arrive(item, { at: FIRST, handling: OPEN, value: 'as it was wrong' })
    expect((await held(item))?.fields).toMatchObject([{ value: 'as corrected', handling: STRICT }])
    expect(followed).toEqual([])
  })

  it.each([
    ['after that marking, is handled as it says itself', '2026-11-24T10:30:00.000Z', STRICT],
    ['before that marking, is handled as the marking says', '2026-11-24T11:30:00.000Z', OPEN],
  ])('and that was made %s', async (_when, at, handling) => {
    const item = `item-marked-${at}`
    const said = { v: 1, says: 'marking', item, origin: ORIGIN, at, handling: OPEN, fields: {} }
    await take(item, { type: statementReceived, from: ORIGIN, data: { token: JSON.stringify(said) } })
    await arrive(item, { at: SECOND, handling: STRICT })
    expect((await held(item))?.fields).toMatchObject([{ handling }])
  })
})
