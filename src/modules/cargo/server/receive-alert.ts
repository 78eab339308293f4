/** What a receiving authority does with messages about alerts. Runs in the inbox transaction: receipt and effect commit together. */
import { sql } from 'kysely'
import { applyRemote, openCase } from '#modules/procedures'
import { findUnit } from '#platform/link/directory.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { subjectText } from '../contract.ts'
import { pr01 } from '../procedures/pr-01-cargo-alert.ts'
import { CASE_OF_ALERT } from './alert-case.ts'
import { type AlertMessage, alertMessage, alertUpdateMessage, alertWithdrawnMessage } from './alert-content.ts'
import { unmark } from './alert-marks.ts'
import { addressedHere, type Heard, mayFillRole, noteHeard } from './reported-steps.ts'
import { checkRoutesOf } from './reroute-check.ts'
import { overtakeAll } from './reroute-rows.ts'
import type { CargoTables } from './tables.ts'

export const alertReceived = messageType({
  type: 'cargo.alert',
  schema: alertMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of addressedHere(work, message)) await takeAlert(work, message, { data, org, unit })
  },
})

async function takeAlert(
  work: WorkContext,
  message: IncomingMessage,
  taken: { readonly data: AlertMessage; readonly org: string; readonly unit: string },
): Promise<void> {
  const { data, org, unit } = taken
  const { tx, services } = work
  const heard = { event: 'cargo.alert-received', about: { kind: 'alert', id: data.alert }, desk: unit } as const
  const desk = findUnit(services.directory(), unit)?.unit
  if (!mayFillRole(work, message.from.unit, { definition: pr01, role: 'originator' })) {
    await noteHeard(work, message, { ...heard, refused: 'the sender is no authority that may issue alerts' })
    return
  }
  if (!(await upsertAlert(work, message, taken))) {
    await noteHeard(work, message, { ...heard, refused: 'the alert of this number is of another originator' })
    return
  }
  await openCase(work, {
    definition: 'PR-01',
    authority: org,
    subject: data.alert,
    label: subjectText(data.content.subject),
    link: `/alerts/${data.alert}`,
    party: unit,
    role: 'recipientDesk',
    originator: message.from.unit,
    zone: desk?.zone ?? 'UTC',
    calendar: desk?.calendar ?? '',
    anchors: { eta: data.recipient.eta, place: data.recipient.place, role: data.recipient.role, message: message.id },
    audience: [unit],
    // Issued on the originator's node, where the guards were checked; our clocks run from our receipt.
    opening: { transition: 'issue', facts: null, actor: null, at: new Date(message.receivedAt) },
  })
  await noteHeard(work, message, heard)
  await services.enqueue(tx, { name: 'cargo.match-alert', data: { authority: org, alert: data.alert }, key: `match:${org}:${data.alert}` })
  await checkRoutesOf(work, { authority: org, alert: data.alert })
  await services.announce(tx, 'alerts', [unit])
}

/**
 * Each desk has a row of its own: what it was sent, and nothing of what another desk of its authority was. Only the originator replaces it: false where the sender is another.
 */
async function upsertAlert(
  work: WorkContext,
  message: IncomingMessage,
  taken: { readonly data: AlertMessage; readonly org: string; readonly unit: string },
): Promise<boolean> {
  const { data, org, unit } = taken
  const { content, recipient } = data
  const { rows } =
    await sql`insert into cargo.alerts (authority, alert, desk, side, subject_kind, subject, bill, originator_desk, originator_authority, content, handling, reasons, next_port, eta, issued_at, notice, key, audience)
    values (${org}, ${data.alert}, ${unit}, 'received', ${content.subject.kind}, ${content.subject.number}, ${content.bill ?? null}, ${message.from.unit}, ${message.from.org}, ${JSON.stringify(content)},
      ${JSON.stringify(message.handling)}, ${content.reasons}, ${recipient.place}, ${recipient.eta}, ${data.issuedAt}, null, null, ${[unit]})
    on conflict (authority, alert, desk) do update set content = excluded.content, handling = excluded.handling, reasons = excluded.reasons, next_port = excluded.next_port, eta = excluded.eta,
      subject_kind = excluded.subject_kind, subject = excluded.subject, bill = excluded.bill, notice = null
    where cargo.alerts.side = 'received' and cargo.alerts.originator_desk = excluded.originator_desk
    returning alert`.execute(work.tx)
  return rows.length > 0
}

/** A change of the itinerary for a desk that stays a recipient: the content is replaced, the case goes on. Only its originator may send it. */
export const alertUpdated = messageType({
  type: 'cargo.alert-update',
  schema: alertUpdateMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of addressedHere(work, message)) {
      if (!(await isFromOriginator(work, message, { event: 'cargo.alert-update-received', org, alert: data.alert, unit }))) continue
      await upsertAlert(work, message, { data, org, unit })
      await overtakeAll(work.tx, { authority: org, alert: data.alert, desk: unit, at: work.services.clock.now() })
      await checkRoutesOf(work, { authority: org, alert: data.alert })
      await work.services.announce(work.tx, 'alerts', [unit])
    }
  },
})

/** The desk loses access: the content goes, the fact stays. */
export const alertWithdrawn = messageType({
  type: 'cargo.alert-withdrawn',
  schema: alertWithdrawnMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of addressedHere(work, message)) {
      if (!(await isFromOriginator(work, message, { event: 'cargo.alert-withdrawal-received', org, alert: data.alert, unit }))) continue
      const transition = data.because === 'recalled' ? 'recall' : 'withdraw'
      await applyRemote(work, {
        authority: org,
        definition: 'PR-01',
        subject: data.alert,
        party: unit,
        transition,
        at: new Date(message.createdAt),
        fields: {},
      })
      await eraseContent(work, { authority: org, alert: data.alert, desk: unit, notice: data.because })
      // Slices that made something of the alert follow this job, and take it out again.
      await work.services.enqueue(work.tx, {
        name: 'cargo.match-alert',
        data: { authority: org, alert: data.alert },
        key: `match:${org}:${data.alert}`,
      })
      await work.services.announce(work.tx, 'alerts', [unit])
    }
  },
})

/** Answers it, and says it in the log. */
async function isFromOriginator(
  work: WorkContext,
  message: IncomingMessage,
  key: { readonly event: Heard['event']; readonly org: string; readonly alert: string; readonly unit: string },
): Promise<boolean> {
  const row = await work.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .select('originator_desk')
    .where('authority', '=', key.org)
    .where('alert', '=', key.alert)
    .where('desk', '=', key.unit)
    .where('side', '=', 'received')
    .executeTakeFirst()
  const isTheirs = row?.originator_desk === message.from.unit
  await noteHeard(work, message, {
    event: key.event,
    about: { kind: 'alert', id: key.alert },
    desk: key.unit,
    ...(isTheirs ? {} : { refused: 'the sender is not the originator of such an alert of this desk' }),
  })
  return isTheirs
}

/**
 * What the desk knew through the alert is gone: content, matches, signals raised for it, marks in its tables, prompts about its route, the label in its queue. The row stays, and says
 * why. Another desk of its authority that has the alert keeps it, and is told nothing.
 */
export async function eraseContent(
  work: Pick<WorkContext, 'tx'>,
  erased: {
    readonly authority: string
    readonly alert: string
    readonly desk: string
    readonly notice: 'routing-changed' | 'recalled' | 'retention'
  },
): Promise<void> {
  const { authority, alert, desk, notice } = erased
  const { tx } = work
  const own = sql`authority = ${authority} and alert = ${alert} and desk = ${desk}`
  const held = sql`authority = ${authority} and desk in (select unnest(audience) from cargo.alerts where ${own})`
  await unmark(tx, erased)
  for (const table of ['cargo.reroutes', 'cargo.matches'])
    await sql`delete from ${sql.table(table)} where ${held} and alert = ${alert}`.execute(tx)
  for (const table of ['cargo.signals', 'cargo.withdrawn_signals', 'cargo.evaluations'])
    await sql`delete from ${sql.table(table)} where ${held} and subject_kind = 'alert' and subject = ${alert}`.execute(tx)
  // At the end of its time the indicators stay for the statistics; what was taken back leaves none.
  const reasons = notice === 'retention' ? sql`reasons` : sql`'{}'::text[]`
  await sql`update cargo.alerts set content = '{}', subject = '', bill = null, reasons = ${reasons}, next_port = null, eta = null, notice = coalesce(notice, ${notice}) where ${own}`.execute(
    tx,
  )
  await sql`update procedures.cases c set label = '' from cargo.alerts a where a.authority = ${authority} and a.alert = ${alert} and a.desk = ${desk} and ${CASE_OF_ALERT}`.execute(
    tx,
  )
}
