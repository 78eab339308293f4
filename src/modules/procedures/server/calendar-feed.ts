/**
 * Calendar feeds. An entry says which procedure, that it is a deadline of law or of policy, when it is due and where to look; two cases of one procedure
 * differ in the feed by nothing but instant and address. What is in the feed is decided anew at each reading, by the same row-level security as for the
 * officer who made it; a desk, an officer or a purpose that is no longer there ends it.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import ical from 'ical-generator'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { purposesOf } from '#kernel/handling/purpose.ts'
import { actingFacts } from '#modules/identity'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { OpenContext } from '#platform/http/case-context.ts'
import { type RateLimit, rateLimit } from '#platform/http/limits.ts'
import { handle, handleOpen } from '#platform/http/route.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { listFeeds, makeFeed, openFeed, revokeFeed } from '../contract.ts'
import { foldsOf } from './case-fold.ts'
import { deriveClocks } from './clocks.ts'
import { readWork } from './queue-rows.ts'
import type { QueueTables } from './queue-tables.ts'

const TOKEN_BYTES = 32
const FEEDS_EACH = 5
const DAYS = 365
/** The next deadlines of a desk: a calendar of more is a queue. */
const ENTRIES = 500

const digestOf = (token: string) => createHash('sha256').update(token).digest('hex')

export const listFeedsRoute = handle(listFeeds, async (_input, { facts, tx, clock }) => {
  const rows = await tx
    .withTables<QueueTables>()
    .selectFrom('procedures.calendar_feeds')
    .select(['feed', 'made_at', 'read_at', 'expires_at'])
    .where('authority', '=', facts.authority)
    .where('officer', '=', facts.officer)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', clock.now())
    .orderBy('made_at')
    .execute()
  return {
    items: rows.map((row) => ({
      feed: row.feed,
      madeAt: row.made_at.toISOString(),
      expires: row.expires_at.toISOString(),
      ...(row.read_at === null ? {} : { readAt: row.read_at.toISOString() }),
    })),
  }
})

export const makeFeedRoute = handle(makeFeed, async (_input, context) => {
  const { facts, tx, clock } = context
  const now = clock.now()
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from procedures.calendar_feeds
    where authority = ${facts.authority} and officer = ${facts.officer} and revoked_at is null and expires_at > ${now}`.execute(tx)
  if ((rows[0]?.n ?? 0) >= FEEDS_EACH) throw new AppError(409, 'procedures.feeds', `At most ${FEEDS_EACH} feeds at once; revoke one first.`)
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const feed = uuidv7()
  await tx
    .withTables<QueueTables>()
    .insertInto('procedures.calendar_feeds')
    .values({
      authority: facts.authority,
      feed,
      token_digest: digestOf(token),
      officer: facts.officer,
      desk: facts.desk,
      purpose: facts.purpose ?? '',
      made_at: now,
      expires_at: new Date(now.getTime() + DAYS * 86_400_000),
      read_at: null,
      revoked_at: null,
      audience: [facts.desk],
    })
    .execute()
  context.about({ kind: 'calendar-feed', id: feed })
  return { feed, path: `/api/calendar-feeds/${token}` }
})

export const revokeFeedRoute = handle(revokeFeed, async (input, context) => {
  const { facts, tx, clock } = context
  const revoked = await tx
    .withTables<QueueTables>()
    .updateTable('procedures.calendar_feeds')
    .set({ revoked_at: clock.now() })
    .where('authority', '=', facts.authority)
    .where('feed', '=', input.feed)
    .where('officer', '=', facts.officer)
    .where('revoked_at', 'is', null)
    .returning('feed')
    .executeTakeFirst()
  if (revoked === undefined) throw notFound()
  context.about({ kind: 'calendar-feed', id: revoked.feed })
  return { revoked: true as const }
})

/** Each node counts for itself. */
const limits = new WeakMap<NodeServices, RateLimit>()

function limitAt(services: NodeServices): RateLimit {
  const limit = limits.get(services) ?? rateLimit(60, 300)
  limits.set(services, limit)
  return limit
}

export const openFeedRoute = handleOpen(openFeed, async (input, context) => {
  await limitAt(context.services).spend(context.remoteAddress)
  const found = await feedOf(context, input.token)
  await context.services.database.asWorker('procedures.feed', async (tx) => {
    if (found !== undefined)
      await sql`update procedures.calendar_feeds set read_at = ${context.clock.now()} where authority = ${found.facts.authority} and feed = ${found.feed}`.execute(
        tx,
      )
    await context.services.record(tx, {
      event: 'procedures.feed-read',
      outcome: found === undefined ? 'refused' : 'done',
      facts: found?.facts ?? null,
      by: 'route:procedures.openFeed',
      subjects: found === undefined ? [] : [{ kind: 'calendar-feed', id: found.feed }],
      ...(found === undefined ? { reason: 'no feed has this token, or it has ended' } : {}),
    })
  })
  if (found === undefined) throw notFound()
  const text = await context.services.database.asOfficer(found.facts, async (tx) => await calendarOf(tx, context, found))
  return { fileName: 'deadlines.ics', mediaType: 'text/calendar; charset=utf-8', text }
})

interface Feed {
  readonly feed: string
  readonly digest: string
  readonly facts: SessionFacts
}

/** The feed of a token, while everything it rests on still stands. */
async function feedOf({ services, clock }: OpenContext, token: string): Promise<Feed | undefined> {
  const digest = digestOf(token)
  const row = await services.database.asWorker('procedures.feed', async (tx) => {
    return await tx
      .withTables<QueueTables>()
      .selectFrom('procedures.calendar_feeds')
      .select(['feed', 'officer', 'desk', 'purpose'])
      .where('token_digest', '=', digest)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', clock.now())
      .executeTakeFirst()
  })
  if (row === undefined) return undefined
  const facts = await actingFacts(services, row)
  if (facts === null) return undefined
  const mayStill =
    purposesOf(facts.realm).some(({ id }) => id === facts.purpose) && services.permissionsOf(facts).includes('procedures.use-feed')
  return mayStill ? { feed: row.feed, digest, facts } : undefined
}

async function calendarOf(tx: Tx, { services, clock }: OpenContext, { facts, digest }: Feed): Promise<string> {
  const now = clock.now()
  const { rows } = await readWork(tx, { facts, now }, { show: 'running', limit: ENTRIES })
  const folds = await foldsOf(tx, services, rows)
  const calendar = ical({ name: 'Breakwater', prodId: { company: 'Breakwater', product: 'deadlines', language: 'EN' } })
  for (const row of rows) {
    const fold = folds.get(row.case_id)
    if (fold === undefined) continue
    for (const each of deriveClocks(services, { row, fold, now })) {
      if (!each.isLive || !Number.isFinite(each.due.safe)) continue
      const at = new Date(each.due.safe)
      calendar.createEvent({
        // The same entry has the same id at every reading, and means nothing outside this feed.
        id: createHmac('sha256', digest).update(`${row.case_id} ${each.id}`).digest('hex').slice(0, 32),
        stamp: now,
        start: at,
        end: at,
        summary: `${row.definition} deadline (${each.definition.kind})`,
        ...(services.webOrigin === '' ? {} : { url: `${services.webOrigin}${row.link}` }),
      })
    }
  }
  return calendar.toString()
}
