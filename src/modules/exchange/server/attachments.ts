/**
 * Attachments: bytes move only when asked for, piece by piece, each piece a sealed message of its own, so a broken transfer goes on where it
 * stopped. Who may have them is decided at each piece by the same release function as their parent. Received bytes lie boxed and are destroyed
 * with their parent; own ones as `own-bytes.ts` says.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { fetchAttachment, type ItemAttachment, readAttachment, uploadAttachment } from '../contract.ts'
import { tell } from './control-message.ts'
import { grantsFor } from './grants.ts'
import { type ItemKey, isItem, openContent, viewOf } from './item-content.ts'
import { type HeldItem, itemRowOf, lockItem, ownDesk, rowOf } from './item-rows.ts'
import { ownRange, takeIn } from './own-bytes.ts'
import type { ExchangeTables } from './tables.ts'
import { attachmentPartMessage, attachmentWantedMessage } from './wire.ts'

const PIECE = 256 * 1024

export const uploadAttachmentRoute = handle(uploadAttachment, async (_input, context) => {
  if (context.upload === undefined) throw notFound()
  const taken = await takeIn(context, context.upload)
  context.about({ kind: 'attachment', id: taken.sha256 })
  return taken
})

/** The attachment, if the own desk may see its parent and it. */
export async function visibleAttachment(
  context: CaseContext,
  item: string,
  sha256: string,
): Promise<{ readonly row: HeldItem; readonly attachment: ItemAttachment }> {
  const { facts } = context
  const row = await itemRowOf(context, item)
  const content = row === undefined ? undefined : await openContent(context, row)
  const view =
    row &&
    content &&
    viewOf({
      content,
      item: { originatorDesk: row.origin_desk, audience: row.audience, recalled: row.state === 'recalled' },
      viewer: { desk: facts.desk, realm: facts.realm, purpose: facts.purpose },
      channel: 'pull',
    })
  const attachment = view?.attachments.find((each) => each.sha256 === sha256)
  if (row === undefined || attachment === undefined) throw notFound()
  return { row, attachment }
}

export const fetchAttachmentRoute = handle(fetchAttachment, async ({ item, sha256 }, context) => {
  const { row } = await visibleAttachment(context, item, sha256)
  const held = await heldBytes(context, ownDesk(context, item), sha256)
  context.about({ kind: 'attachment', id: sha256 })
  if (held === undefined) throw notFound()
  if (held.stored) return { state: 'here' as const }
  await want(context, ownDesk(context, item), {
    sha256,
    start: Number(held.received),
    origin: { org: row.origin_org, unit: row.origin_desk },
  })
  return { state: 'asked' as const }
})

export const readAttachmentRoute = handle(readAttachment, async ({ item, sha256, start }, context) => {
  const { row, attachment } = await visibleAttachment(context, item, sha256)
  const key = ownDesk(context, item)
  const held = await heldBytes(context, key, sha256)
  if (held?.stored !== true) throw notFound()
  context.about({ kind: 'attachment', id: sha256 })
  const end = Math.min(attachment.size, start + PIECE)
  const bytes =
    row.side === 'own'
      ? await ownRange(context, { ...key, sha256 }, { start, end })
      : await receivedPiece(context, { ...key, sha256, start })
  return {
    name: attachment.name,
    size: attachment.size,
    bytes: Buffer.from(bytes).toString('base64'),
    ...(end < attachment.size ? { next: end } : {}),
  }
})

async function receivedPiece(
  context: CaseContext,
  piece: ItemKey & { readonly sha256: string; readonly start: number },
): Promise<Uint8Array> {
  const { org, desk, item, sha256, start } = piece
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from exchange.attachment_parts where org = ${org} and desk = ${desk} and item = ${item} and sha256 = ${sha256} and start = ${start}`.execute(
    context.tx,
  )
  if (rows[0] === undefined) throw notFound()
  return unbox(context, rows[0].bytes)
}

async function want(
  work: WorkContext,
  key: ItemKey,
  wanted: { readonly sha256: string; readonly start: number; readonly origin: { readonly org: string; readonly unit: string } },
): Promise<void> {
  const { sha256, start, origin } = wanted
  await tell(work, { key, to: origin, kind: 'request', type: 'exchange.attachment-wanted', data: { item: key.item, sha256, start } })
}

/** At the originator: one piece to whoever it was released to, decided again at every piece. */
export const attachmentWanted = messageType({
  type: 'exchange.attachment-wanted',
  schema: attachmentWantedMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const key = { org, desk: unit, item: data.item }
      await lockItem(work, key)
      if (await isRecalled(work, key, data.sha256)) continue
      const row = await rowOf(work, key)
      const content = row === undefined || row.side !== 'own' ? undefined : await openContent(work, row)
      const asker = findUnit(work.services.directory(), message.from.unit)
      const { rows: holders } = await sql<{ via: string | null }>`
        select via from exchange.holders where org = ${org} and desk = ${unit} and item = ${data.item} and holder_desk = ${message.from.unit} and state = 'holds'`.execute(
        work.tx,
      )
      const [holder] = holders
      if (row === undefined || content === undefined || asker === undefined || holder === undefined) continue
      // Whoever has it from another holder gets what that one may pass on, not what it was given itself.
      const { grants } = await grantsFor(work, key, org)
      const at = Date.parse(message.createdAt)
      const view = viewOf({
        content,
        item: { originatorDesk: unit, audience: [unit, message.from.unit], recalled: row.state === 'recalled' },
        viewer: { desk: message.from.unit, realm: asker.org.realm, purpose: message.purpose },
        channel: 'pull',
        ...(holder.via === null ? {} : { onward: { holder: holder.via, recipient: message.from.org, grants, at } }),
      })
      const attachment = view?.attachments.find((each) => each.sha256 === data.sha256)
      if (attachment === undefined || data.start >= attachment.size) continue
      const range = { start: data.start, end: Math.min(attachment.size, data.start + PIECE) }
      const bytes = await ownRange(work, { org, desk: unit, sha256: data.sha256 }, range)
      await tell(work, {
        key,
        to: { org: message.from.org, unit: message.from.unit },
        kind: 'response',
        urgency: 'routine',
        type: 'exchange.attachment-part',
        data: { item: data.item, sha256: data.sha256, start: data.start, bytes: Buffer.from(bytes).toString('base64') },
      })
    }
  },
})

/** Its originator took the attachment back, alone; its own desk still has it. */
async function isRecalled({ tx }: WorkContext, key: ItemKey, sha256: string): Promise<boolean> {
  const { rows } = await sql`select 1 from exchange.statements
    where ${isItem(key)} and origin_org = ${key.org} and says = 'recall' and body ->> 'attachment' = ${sha256} limit 1`.execute(tx)
  return rows.length > 0
}

/** At the holder: the piece is kept and the next one asked for; the whole counts only when its digest is the announced one. */
export const attachmentPart = messageType({
  type: 'exchange.attachment-part',
  schema: attachmentPartMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      const key = { org, desk: unit, item: data.item }
      // Nothing is put where the piece has just been erased, or its attachment taken out of it.
      await lockItem(work, key)
      const row = await rowOf(work, key)
      const held = await heldBytes(work, key, data.sha256)
      if (row === undefined || row.origin_desk !== message.from.unit || held === undefined || held.stored) continue
      // Only the piece that comes next; a repeat or a stray one changes nothing.
      if (Number(held.received) !== data.start) continue
      const bytes = Buffer.from(data.bytes, 'base64')
      const received = data.start + bytes.length
      if (bytes.length === 0 || received > Number(held.size)) continue
      await sql`insert into exchange.attachment_parts (org, desk, item, sha256, start, bytes, audience)
        values (${org}, ${unit}, ${data.item}, ${data.sha256}, ${data.start}, ${box(work, bytes)}, ${[unit]}) on conflict do nothing`.execute(
        work.tx,
      )
      const isWhole = received === Number(held.size)
      const isGood = isWhole && (await digestOf(work, key, data.sha256)) === data.sha256
      if (isWhole && !isGood)
        await sql`delete from exchange.attachment_parts where org = ${org} and desk = ${unit} and item = ${data.item} and sha256 = ${data.sha256}`.execute(
          work.tx,
        )
      await work.tx
        .withTables<ExchangeTables>()
        .updateTable('exchange.attachments')
        .set({ received: isWhole && !isGood ? 0 : received, stored: isGood })
        .where('org', '=', org)
        .where('desk', '=', unit)
        .where('item', '=', data.item)
        .where('sha256', '=', data.sha256)
        .execute()
      if (!isWhole) await want(work, key, { sha256: data.sha256, start: received, origin: { org: row.origin_org, unit: row.origin_desk } })
      await work.services.announce(work.tx, 'items', [unit])
    }
  },
})

async function digestOf(work: WorkContext, { org, desk, item }: ItemKey, sha256: string): Promise<string> {
  const hash = createHash('sha256')
  for (let start = -1; ; ) {
    const { rows } = await sql<{ start: string; bytes: Buffer }>`
      select start, bytes from exchange.attachment_parts where org = ${org} and desk = ${desk} and item = ${item} and sha256 = ${sha256} and start > ${start} order by start limit 1`.execute(
      work.tx,
    )
    const part = rows[0]
    if (part === undefined) return hash.digest('hex')
    hash.update(unbox(work, part.bytes))
    start = Number(part.start)
  }
}

/** All of it, for another slice of this node; undefined while a piece is missing. */
export async function wholeBytes(
  work: WorkContext,
  key: ItemKey,
  { row, sha256, size }: { readonly row: HeldItem; readonly sha256: string; readonly size: number },
): Promise<Uint8Array | undefined> {
  if (row.side === 'own') return await ownRange(work, { ...key, sha256 }, { start: 0, end: size })
  if ((await heldBytes(work, key, sha256))?.stored !== true) return undefined
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from exchange.attachment_parts where org = ${key.org} and desk = ${key.desk} and item = ${key.item} and sha256 = ${sha256} order by start`.execute(
    work.tx,
  )
  return Buffer.concat(rows.map(({ bytes }) => unbox(work, bytes)))
}

async function heldBytes(work: Pick<WorkContext, 'tx'>, key: ItemKey, sha256: string) {
  return await work.tx
    .withTables<ExchangeTables>()
    .selectFrom('exchange.attachments')
    .select(['received', 'size', 'stored'])
    .where(isItem(key))
    .where('sha256', '=', sha256)
    .executeTakeFirst()
}

function box(work: Pick<WorkContext, 'services'>, bytes: Uint8Array): Buffer {
  return Buffer.from(JSON.stringify(work.services.box.seal(Buffer.from(bytes).toString('base64'))))
}

function unbox(work: Pick<WorkContext, 'services'>, boxed: Buffer): Buffer {
  return Buffer.from(work.services.box.open(JSON.parse(boxed.toString()) as { key: string; content: string }), 'base64')
}
