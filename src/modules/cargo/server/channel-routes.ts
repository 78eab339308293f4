/** Channels of the own desk: opening one, seeing them, another token for one, closing one. Two officers of a desk see the same; other desks see none of it. */
import { type Selectable, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type ChannelView, closeChannel, listChannels, openChannel, rotateChannel } from '../contract/channels.ts'
import type { ChannelTable, IntakeTables } from './channel-tables.ts'
import { newToken, tokenHash } from './channel-tokens.ts'

const DAY_MS = 86_400_000
/** Open at once in one desk. */
const MOST_OPEN = 50
const MOST_LISTED = 500

export const openChannelRoute = handle(openChannel, async (input, context) => {
  const { tx, facts, clock } = context
  const { authority, desk } = facts
  const now = clock.now()
  const db = tx.withTables<IntakeTables>()
  const open = await db
    .selectFrom('cargo.channels')
    .select('channel')
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('closed_at', 'is', null)
    .where('expires_at', '>', now)
    .limit(MOST_OPEN)
    .execute()
  if (open.length >= MOST_OPEN) throw new AppError(409, 'cargo.channels-many', `A desk has at most ${MOST_OPEN} open channels; close one.`)
  const token = newToken()
  const channel = uuidv7()
  const expiresAt = new Date(now.getTime() + input.days * DAY_MS)
  await db
    .insertInto('cargo.channels')
    .values({
      authority,
      desk,
      channel,
      title: input.title,
      token_hash: tokenHash(token),
      opened_by: facts.officer,
      opened_at: now,
      expires_at: expiresAt,
      purpose: facts.purpose ?? '',
      audience: [desk],
    })
    .execute()
  context.about({ kind: 'channel', id: channel })
  return { channel, token, expiresAt: expiresAt.toISOString() }
})

export const listChannelsRoute = handle(listChannels, async (_input, { tx, facts, clock }) => {
  const rows = await tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.channels')
    .selectAll()
    .select((is) => sql<boolean>`coalesce(${is.ref('day')} = ${clock.now()}::date, false)`.as('is_today'))
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .orderBy('opened_at', 'desc')
    .limit(MOST_LISTED)
    .execute()
  return { items: rows.map((row) => viewOf(row, clock.now())) }
})

export const rotateChannelRoute = handle(rotateChannel, async (input, context) => {
  const { tx, facts, clock } = context
  const now = clock.now()
  const own = await ownChannel(context, input.channel)
  if (own.closed_at !== null || own.expires_at <= now)
    throw new AppError(409, 'cargo.channel-over', 'The channel is closed or past its day; open another.')
  const token = newToken()
  const expiresAt = new Date(now.getTime() + input.days * DAY_MS)
  await tx
    .withTables<IntakeTables>()
    .updateTable('cargo.channels')
    // What was the token until now stays known as such, so that a machine that still comes with it is counted.
    .set({ prior_hash: sql`token_hash`, token_hash: tokenHash(token), rotated_at: now, expires_at: expiresAt })
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('channel', '=', input.channel)
    .execute()
  return { token, expiresAt: expiresAt.toISOString() }
})

export const closeChannelRoute = handle(closeChannel, async (input, context) => {
  const { tx, facts, clock } = context
  const own = await ownChannel(context, input.channel)
  // Closing twice says when it was closed.
  if (own.closed_at !== null) return { closedAt: own.closed_at.toISOString() }
  const now = clock.now()
  await tx
    .withTables<IntakeTables>()
    .updateTable('cargo.channels')
    .set({ closed_at: now })
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('channel', '=', input.channel)
    .execute()
  return { closedAt: now.toISOString() }
})

/** Locked until the act is done; 404 for another desk's. */
async function ownChannel(context: CaseContext, channel: string) {
  const { authority, desk } = context.facts
  const own = await context.tx
    .withTables<IntakeTables>()
    .selectFrom('cargo.channels')
    .select(['closed_at', 'expires_at'])
    .where('authority', '=', authority)
    .where('desk', '=', desk)
    .where('channel', '=', channel)
    .forUpdate()
    .executeTakeFirst()
  if (own === undefined) throw notFound()
  context.about({ kind: 'channel', id: channel })
  return own
}

function viewOf(row: Selectable<ChannelTable> & { readonly is_today: boolean }, now: Date): ChannelView {
  const { refused, refused_at, refused_why } = row
  return {
    channel: row.channel,
    title: row.title,
    openedBy: row.opened_by,
    openedAt: row.opened_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at.toISOString() }),
    ...(row.rotated_at === null ? {} : { rotatedAt: row.rotated_at.toISOString() }),
    ...(row.used_at === null ? {} : { usedAt: row.used_at.toISOString() }),
    today: row.is_today ? { documents: row.day_documents, bytes: Number(row.day_bytes) } : { documents: 0, bytes: 0 },
    ...(refused_at === null || refused_why === null ? {} : { refused: { count: refused, at: refused_at.toISOString(), why: refused_why } }),
    state: row.closed_at !== null ? 'closed' : row.expires_at <= now ? 'expired' : 'open',
  }
}
