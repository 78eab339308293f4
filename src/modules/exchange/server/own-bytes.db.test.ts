/** How long the bytes are kept that a desk took in to attach: while a piece of information of the desk has them, or for a week until one does. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { openContentStore } from '#platform/content/content-store.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import type { Tx } from '#platform/store/database.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import type { ItemAttachment } from '../contract.ts'
import { migrations } from '../migrations.ts'
import { expireJob } from './expire.ts'
import { digestsHeld, giveToItem, hasTakenIn, ownRange, removeBytesJob, takeIn } from './own-bytes.ts'

const ORG = 'be.customs'
const ANTWERP = 'be.customs.antwerp'
const GHENT = 'be.customs.ghent'
const DAY = 86_400_000
const START = Date.parse('2026-11-24T12:00:00.000Z')

let fresh: FreshDatabase
let database: Connection
let folder: string
let services: NodeServices
let now = START
let recorded: AuditEntry[] = []
let whileDestroying: () => Promise<void> = async () => undefined
let wanted: Readonly<Record<string, unknown>>[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'exchange', migrations }])
  folder = mkdtempSync(path.join(tmpdir(), 'breakwater-bytes-'))
  services = {
    clock: { now: () => new Date(now) },
    database,
    content: openContentStore(folder, randomBytes(32)),
    itemFollowers: [],
    record: async (_tx: Tx, entry: AuditEntry) => {
      recorded.push(entry)
      await whileDestroying()
    },
    announce: async () => undefined,
    enqueue: async (_tx: Tx, { name, data }: { readonly name: string; readonly data: Readonly<Record<string, unknown>> }) => {
      expect(name).toBe(removeBytesJob.name)
      await Promise.resolve(wanted.push(data))
    },
  } as unknown as NodeServices
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
  rmSync(folder, { recursive: true })
})

let text: string
let file: ItemAttachment
beforeEach(() => {
  now = START
  recorded = []
  wanted = []
  whileDestroying = async () => undefined
  text = `seen at the quay ${randomUUID()}`
  const handling: ItemAttachment['handling'] = { H: [], tlp: 'AMBER', pap: 'AMBER', conditions: [] }
  file = { sha256: createHash('sha256').update(text).digest('hex'), size: text.length, name: 'scan.raw', handling }
})

const factsOf = (desk: string) =>
  ({ officer: 'o-1', desk, authority: ORG, realm: 'customs', purpose: 'customs-control', caseId: null }) as unknown as CaseContext['facts']

async function as<T>(desk: string, act: (context: CaseContext) => Promise<T>): Promise<T> {
  const facts = factsOf(desk)
  return await database.asOfficer(facts, async (tx) => await act({ facts, tx, services, clock: services.clock } as unknown as CaseContext))
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
const upload = async (desk = ANTWERP) => await as(desk, async (context) => await takeIn(context, once(Buffer.from(text))))
const mayAttach = async (desk = ANTWERP) => await as(desk, async (context) => await hasTakenIn(context, file))
const read = async (desk = ANTWERP) =>
  await as(desk, async (context) => {
    const range = await ownRange(context, { org: ORG, desk, sha256: file.sha256 }, { start: 0, end: file.size })
    return Buffer.from(range).toString()
  })

interface Written {
  readonly days: number
  readonly desk?: string
  readonly side?: 'own' | 'received'
}

/** As a piece of information is written that has the file, and erased after so many days. */
async function writePiece(context: CaseContext, { days, desk = ANTWERP, side = 'own' }: Written): Promise<void> {
  const key = sql`${ORG}, ${desk}, ${randomUUID()}`
  const row = sql`${[desk]}::text[]`
  if (side === 'own') await giveToItem(context, file)
  const item = await sql<{ item: string }>`insert into exchange.items
    (org, desk, item, side, kind, state, origin_org, origin_desk, purpose, urgency, tlp, content, at, erase_at, audience)
    values (${key}, ${side}, 'push', 'released', ${ORG}, ${desk}, 'customs-control', 'urgent', 'AMBER', 'boxed', ${new Date(now)}, ${new Date(now + days * DAY)}, ${row})
    returning item`.execute(context.tx)
  await sql`insert into exchange.attachments (org, desk, item, sha256, size, received, stored, audience)
    values (${ORG}, ${desk}, ${item.rows[0]?.item}, ${file.sha256}, ${file.size}, ${file.size}, true, ${row})`.execute(context.tx)
}
const write = async (written: Written) => await as(written.desk ?? ANTWERP, async (context) => await writePiece(context, written))

async function hourly(): Promise<void> {
  await expireJob.run({}, services)
  for (const data of wanted.splice(0)) await removeBytesJob.run(data, services)
}

/** Files on the disk. */
function lie(): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length
}

const erased = () => recorded.filter(({ event }) => event === 'exchange.attachment-erased')

describe('bytes that belong to no piece of information', () => {
  it('are kept for seven days, then their key is destroyed, the disk is freed, and the log says so', async () => {
    const before = lie()
    await upload()
    now = START + 7 * DAY - 1
    await hourly()
    expect([await mayAttach(), await read(), lie() - before, erased()]).toEqual([true, text, 1, []])
    now = START + 7 * DAY
    await hourly()
    expect([await mayAttach(), lie() - before]).toEqual([false, 0])
    await expect(read()).rejects.toMatchObject({ code: 'not-found' })
    expect(erased()).toMatchObject([
      {
        by: 'job:exchange.expire',
        subjects: [
          { kind: 'attachment', id: file.sha256 },
          { kind: 'desk', id: ANTWERP },
        ],
        detail: { key: 'destroyed' },
      },
    ])
    await hourly()
    expect(erased()).toHaveLength(1)
  })

  it('lie on the disk once, and wait anew when they are taken in again', async () => {
    const before = lie()
    await upload()
    now = START + 5 * DAY
    await upload()
    expect(lie() - before).toBe(1)
    now = START + 12 * DAY - 1
    await hourly()
    expect(await read()).toBe(text)
    now = START + 12 * DAY
    await hourly()
    expect(await mayAttach()).toBe(false)
  })

  it('are each desk\u2019s own: they go at one desk and stay at the other', async () => {
    await upload(ANTWERP)
    await upload(GHENT)
    await write({ days: 90, desk: GHENT })
    now = START + 7 * DAY
    await hourly()
    expect([await mayAttach(ANTWERP), await read(GHENT)]).toEqual([false, text])
    const held = await database.asWorker('test', async (tx) => await digestsHeld(tx, { org: ORG, desk: ANTWERP }, [file.sha256]))
    expect(held.size).toBe(0)
  })

  it('are not kept by what the desk received, of which it holds a copy of its own', async () => {
    await upload()
    await write({ days: 90, side: 'received' })
    now = START + 7 * DAY
    await hourly()
    expect(await mayAttach()).toBe(false)
  })

  it('of a request that failed stay nowhere', async () => {
    const before = lie()
    const failing = as(ANTWERP, async (context) => {
      const facts = { ...context.facts, desk: null } as unknown as CaseContext['facts']
      return await takeIn({ ...context, facts }, once(Buffer.from(text)))
    })
    await expect(failing).rejects.toThrow()
    expect(lie()).toBe(before)
  })
})

describe('bytes of pieces of information', () => {
  it('are kept as long as any has them, and go on the day of the last', async () => {
    await upload()
    await write({ days: 1 })
    await write({ days: 30 })
    now = START + 30 * DAY - 1
    await hourly()
    expect(await read()).toBe(text)
    now = START + 30 * DAY
    await hourly()
    expect(await mayAttach()).toBe(false)
  })

  it('go on its day though they were taken in the day before', async () => {
    await upload()
    await write({ days: 1 })
    now = START + DAY
    await hourly()
    expect(await mayAttach()).toBe(false)
  })

  it('stay where a piece is being written while others are destroyed', async () => {
    await upload()
    now = START + 7 * DAY
    await as(ANTWERP, async (context) => {
      await writePiece(context, { days: 1 })
      await hourly()
    })
    await hourly()
    expect(await read()).toBe(text)
  })

  it('are refused to a piece that is written while they are being destroyed', async () => {
    await upload()
    now = START + 7 * DAY
    let writing: Promise<void> = Promise.resolve()
    whileDestroying = async () => {
      let isOver = false
      writing = write({ days: 1 }).finally(() => {
        isOver = true
      })
      writing.catch(() => undefined)
      while (!isOver && !(await somebodyWaits())) await sleep(5)
    }
    await hourly()
    await expect(writing).rejects.toMatchObject({ code: 'exchange.not-held' })
    expect(await mayAttach()).toBe(false)
  })
})

it('what an earlier version took in is read where it lies, and its desk has it no more than any other', async () => {
  const { sha256, size } = await services.content.put(once(Buffer.from(text)), 1000)
  await database.asWorker('test', async (tx) => {
    await sql`insert into exchange.uploads (org, desk, sha256, size, at, until, audience)
      values (${ORG}, ${ANTWERP}, ${sha256}, ${size}, ${new Date(START)}, ${new Date(START + DAY)}, ${[ANTWERP]}::text[])`.execute(tx)
  })
  expect(await read()).toBe(text)
  now = START + DAY
  await hourly()
  await expect(read()).rejects.toMatchObject({ code: 'not-found' })
  // A document of another slice may be the same bytes.
  expect(Buffer.from(await services.content.slice(sha256, 0, size)).toString()).toBe(text)
  expect(erased()).toMatchObject([{ detail: { key: 'shared' } }])
})

async function somebodyWaits(): Promise<boolean> {
  const waiting = await database.pool.query(
    'select 1 from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())',
  )
  return waiting.rows.length > 0
}
