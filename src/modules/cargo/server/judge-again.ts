/**
 * Rounds of judging again: every box of a desk that is still ahead or recent, and every recent alert, is put among what waits to be judged, so that afterwards the
 * signals follow from the documents that the desk holds, whenever each came. A round begins with the night of the desk, and by day when the desk knows a good part more than at the last.
 * Invariants: bounded (a window of days, pages, short transactions); killed anywhere it goes on where it was, and run twice it adds nothing; one desk's rows only.
 */
import { sql } from 'kysely'
import { DAY, isoDay, localDay } from '#kernel/procedure/civil-time.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './dossiers.ts'

const JUDGE_AGAIN = 'cargo.judge-again'
/** Days after the last that a document states of a box: what was said of it stays as it is from then on. Policy, as the figures below. */
const RECENT_DAYS = 90
/** A day further ahead than this is a slip of the pen. */
const AHEAD_DAYS = 400
/** The working day of a desk begins two hours after midnight of its zone. */
const NIGHT_BEGINS = DAY / 12
/** By day, when the desk knows a quarter more shipments than at the last round, and as many as can move a distribution. */
const [GROWN, ENOUGH] = [1.25, 500]
const PAGE = 5000
/** Documents begun again in one round whose judging was given up; none younger than an hour, for it may still be on its way. */
const MOST_DOCUMENTS = 500
const ON_ITS_WAY = DAY / 24
/** Alerts of one round, the newest first. */
const MOST_ALERTS = 5000

export const judgeAgainJob: Job = {
  name: JUDGE_AGAIN,
  meaning: 'Puts boxes that are ahead or recent among those to be judged again',
  schedule: '20 * * * *',
  timeoutSeconds: 600,
  retries: 2,
  run: async (_data, services) => await judgeAgain(services),
}

export async function judgeAgain(services: NodeServices): Promise<void> {
  for (const authority of services.authorities) {
    const org = services.directory().orgs.find(({ id }) => id === authority)
    for (const { id: desk, zone } of org?.units ?? []) {
      const scope = { authority, desk }
      const isDue = await services.database.asWorker(JUDGE_AGAIN, async (tx) => await beginRound(tx, services, { scope, zone }))
      for (let more = isDue; more; )
        more = await services.database.asWorker(JUDGE_AGAIN, async (tx) => await markPage(tx, services, { scope, zone }))
    }
  }
}

interface OfDesk {
  readonly scope: DeskScope
  readonly zone: string
}

/** Also true when an earlier run left a round unfinished. */
async function beginRound(tx: Tx, services: NodeServices, { scope, zone }: OfDesk): Promise<boolean> {
  const { authority, desk } = scope
  const now = services.clock.now()
  const night = isoDay(localDay(now.getTime() - NIGHT_BEGINS, zone, zoneRules))
  const { rows: known } = await sql<{ n: string }>`select coalesce(sum(n), 0) as n from cargo.history
    where authority = ${authority} and desk = ${desk} and kind = 'desk' and key = 'shipments'`.execute(tx)
  const shipments = Number(known[0]?.n ?? 0)
  const { rows } = await sql<{ day: string; shipments: string; after: string | null }>`select day, shipments, after from cargo.rounds
    where authority = ${authority} and desk = ${desk} for update`.execute(tx)
  const [last] = rows
  if (last !== undefined) {
    if (last.after !== null) return true
    const before = Number(last.shipments)
    if (night <= last.day && shipments < Math.max(before * GROWN, before + ENOUGH)) return false
  }
  const first = `${isoDay(localDay(now.getTime(), zone, zoneRules) + AHEAD_DAYS)} `
  await sql`insert into cargo.rounds (authority, desk, day, began_at, shipments, after, audience)
    values (${authority}, ${desk}, ${night}, ${now}, ${shipments}, ${first}, ${[desk]})
    on conflict (authority, desk) do update set day = excluded.day, began_at = excluded.began_at, shipments = excluded.shipments, after = excluded.after`.execute(
    tx,
  )
  await beginDocuments(tx, services, scope)
  await beginAlerts(tx, services, scope)
  return true
}

/** Documents that were read, and whose judging was given up after its last try. */
async function beginDocuments(tx: Tx, services: NodeServices, { authority, desk }: DeskScope): Promise<void> {
  const now = services.clock.now().getTime()
  const { rows } = await sql<{ document: string }>`select d.document from cargo.documents d
    left join cargo.history_documents h on h.authority = d.authority and h.desk = d.desk and h.document = d.document
    where d.authority = ${authority} and d.desk = ${desk} and d.state = 'read' and h.judged is not true
      and d.received_at >= ${new Date(now - RECENT_DAYS * DAY)} and d.received_at < ${new Date(now - ON_ITS_WAY)}
    order by d.received_at, d.document limit ${MOST_DOCUMENTS}`.execute(tx)
  for (const { document } of rows)
    await services.enqueue(tx, {
      name: 'cargo.raise-signals',
      data: { authority, desk, document },
      key: `signals:${authority}:${desk}:${document}`,
    })
}

/** What an alert shows of its box is compared with the same distributions. */
async function beginAlerts(tx: Tx, services: NodeServices, { authority, desk }: DeskScope): Promise<void> {
  const earliest = new Date(services.clock.now().getTime() - RECENT_DAYS * DAY)
  const { rows } = await sql<{ alert: string }>`select alert from cargo.alerts
    where authority = ${authority} and issued_at >= ${earliest} and subject_kind = 'container' and notice is null and audience @> array[${desk}]::text[]
    order by issued_at desc, alert limit ${MOST_ALERTS}`.execute(tx)
  for (const { alert } of rows)
    await services.enqueue(tx, { name: 'cargo.raise-signals', data: { authority, alert }, key: `signals:${authority}:${alert}` })
}

/** The next boxes of a round, those furthest ahead first; how far it is stands in the same transaction. False when there are no more. */
async function markPage(tx: Tx, services: NodeServices, { scope, zone }: OfDesk): Promise<boolean> {
  const { authority, desk } = scope
  const own = sql<boolean>`authority = ${authority} and desk = ${desk}`
  const { rows: rounds } = await sql<{ after: string; began_at: Date }>`select after, began_at from cargo.rounds
    where ${own} and after is not null for update`.execute(tx)
  const [round] = rounds
  if (round === undefined) return false
  const earliest = isoDay(localDay(services.clock.now().getTime(), zone, zoneRules) - RECENT_DAYS)
  const { rows } = await sql<{ container: string; last_day: string }>`select subject as container, last_day from cargo.evaluations
    where ${own} and subject_kind = 'container' and last_day >= ${earliest} and (last_day, subject) < (${round.after.slice(0, 10)}, ${round.after.slice(11)})
      and evaluated_at <= ${round.began_at} order by last_day desc, subject desc limit ${PAGE}`.execute(tx)
  const last = rows.at(-1)
  if (last !== undefined) {
    await sql`insert into cargo.waiting_containers (authority, desk, container, audience)
      select ${authority}, ${desk}, t.container, ${[desk]}::text[] from unnest(${rows.map(({ container }) => container)}::text[]) as t(container)
      order by t.container on conflict do nothing`.execute(tx)
    await services.enqueue(tx, { name: 'cargo.raise-signals', data: { authority, desk }, key: `signals:${authority}:${desk}:waiting` })
  }
  const hasMore = last !== undefined && rows.length === PAGE
  await sql`update cargo.rounds set after = ${hasMore ? `${last.last_day} ${last.container}` : null} where ${own}`.execute(tx)
  return hasMore
}
