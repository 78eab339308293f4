import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { linkMigrations } from '#platform/link/migrations.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { freshDatabase } from '#testing/postgres.ts'
import { migrations } from '../migrations.ts'
import { attachmentPart } from './attachments.ts'
import { expireJob } from './expire.ts'

const DESK = { org: 'it.customs', unit: 'it.customs.genoa' }
const ITEM = 'i1'
const DIGEST = 'f'.repeat(64)
const NOW = new Date('2026-11-24T12:00:00Z')

it('a piece of an attachment that comes while its item is erased is kept nowhere', async () => {
  const fresh = await freshDatabase()
  const database = connect({ url: fresh.url })
  await migrate(database.pool, [
    { slice: 'platform.link', migrations: linkMigrations },
    { slice: 'exchange', migrations },
  ])
  await database.asWorker('test', async (tx) => {
    await sql`insert into exchange.items (org, desk, item, side, kind, state, origin_org, origin_desk, purpose, urgency, tlp, content, at, erase_at, audience)
      values (${DESK.org}, ${DESK.unit}, ${ITEM}, 'received', 'push', 'held', 'be.customs', 'be.customs.antwerp', 'p', 'urgent', 'AMBER', 'x', ${NOW}, ${NOW}, ${[DESK.unit]})`.execute(
      tx,
    )
    await sql`insert into exchange.attachments (org, desk, item, sha256, size, received, stored, audience)
      values (${DESK.org}, ${DESK.unit}, ${ITEM}, ${DIGEST}, 1000, 0, false, ${[DESK.unit]})`.execute(tx)
  })
  const services = {
    clock: { now: () => NOW },
    database,
    itemFollowers: [],
    announce: async () => undefined,
    enqueue: async () => undefined,
    submit: async () => 'message',
    record: async () => undefined,
    box: { seal: (content: string) => ({ key: 'key', content }) },
  } as unknown as NodeServices
  const part = async (): Promise<void> =>
    await database.asWorker('test', async (tx) => {
      const message = { to: [DESK], from: { org: 'be.customs', unit: 'be.customs.antwerp' } }
      const data = { item: ITEM, sha256: DIGEST, start: 0, bytes: Buffer.from('secret bytes').toString('base64') }
      await attachmentPart.receive(message as never, data, { tx, services })
    })
  let coming: Promise<void> | undefined
  /** Whether the piece has been waiting, or has gone through. */
  const isThere = async (): Promise<boolean> =>
    (await database.pool.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rows
      .length > 0
  // The rows are gone, but for the end of the transaction: then it comes.
  const atEnd = async (): Promise<void> => {
    coming ??= part()
    let isDone = false
    coming.then(
      () => (isDone = true),
      () => (isDone = true),
    )
    await expect.poll(async () => isDone || (await isThere())).toBe(true)
  }
  await expireJob.run({}, { ...services, record: atEnd })
  await coming
  const left = await database.asWorker(
    'test',
    async (tx) =>
      (
        await sql`select i.state, (select count(*)::int from exchange.attachment_parts) as parts, (select count(*)::int from exchange.attachments) as attachments
      from exchange.items i`.execute(tx)
      ).rows,
  )
  expect(left).toEqual([{ state: 'expired', parts: 0, attachments: 0 }])
  await database.close()
  await fresh.drop()
})
