/** What a receiving authority does with messages about alerts. Runs in the inbox transaction: receipt and effect commit together. */
import { sql } from 'kysely'
import { applyRemote, openCase } from '#modules/procedures'
import { findUnit } from '#platform/link/directory.ts'
import type { IncomingMessage } from '#platform/link/message.ts'
import { messageType, type WorkContext } from '#platform/module/define-module.ts'
import { type AlertMessage, alertMessage, alertUpdateMessage, alertWithdrawnMessage } from './alert-content.ts'
import { unmark } from './alert-marks.ts'
import { forgetReroutes, overtakeAll } from './reroute-rows.ts'
import type { CargoTables } from './tables.ts'

export const alertReceived = messageType({
  type: 'cargo.alert',
  schema: alertMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) if (work.services.authorities.includes(org)) await takeAlert(work, message, { data, org, unit })
  },
})

async function takeAlert(
  work: WorkContext,
  message: IncomingMessage,
  taken: { readonly data: AlertMessage; readonly org: string; readonly unit: string },
): Promise<void> {
  const { data, org, unit } = taken
  const { tx, services } = work
  await upsertAlert(work, message, taken)
  const desk = findUnit(services.directory(), unit)?.unit
  await openCase(work, {
    definition: 'PR-01',
    authority: org,
    subject: data.alert,
    label: data.content.container,
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
  await services.record(tx, {
    event: 'cargo.alert-received',
    outcome: 'done',
    facts: null,
    by: 'message:cargo.alert',
    subjects: [
      { kind: 'alert', id: data.alert },
      { kind: 'desk', id: unit },
      { kind: 'message', id: message.id },
    ],
  })
  await services.enqueue(tx, { name: 'cargo.match-alert', data: { authority: org, alert: data.alert }, key: `match:${org}:${data.alert}` })
  await services.announce(tx, 'alerts', [unit])
}

/** A desk that was withdrawn from it does not have it back because another desk of its authority gets it. */
async function upsertAlert(
  work: WorkContext,
  message: IncomingMessage,
  taken: { readonly data: AlertMessage; readonly org: string; readonly unit: string },
): Promise<void> {
  const { data, org, unit } = taken
  const { content, recipient } = data
  await sql`insert into cargo.alerts (authority, alert, side, container, bill, originator_desk, originator_authority, content, handling, reasons, next_port, eta, issued_at, notice, key, audience)
    values (${org}, ${data.alert}, 'received', ${content.container}, ${content.bill ?? null}, ${message.from.unit}, ${message.from.org}, ${JSON.stringify(content)}, ${JSON.stringify(message.handling)},
      ${content.reasons}, ${recipient.place}, ${recipient.eta}, ${data.issuedAt}, null, null, ${[unit]})
    on conflict (authority, alert) do update set content = excluded.content, handling = excluded.handling, reasons = excluded.reasons, next_port = excluded.next_port, eta = excluded.eta,
      container = excluded.container, bill = excluded.bill, notice = null,
      audience = case when cargo.alerts.notice is null then (select array_agg(distinct desk) from unnest(cargo.alerts.audience || excluded.audience) as desk) else excluded.audience end
    where cargo.alerts.originator_desk = excluded.originator_desk`.execute(work.tx)
}

/** A change of the itinerary for a desk that stays a recipient: the content is replaced, the case goes on. Only its originator may send it. */
export const alertUpdated = messageType({
  type: 'cargo.alert-update',
  schema: alertUpdateMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      if (!(await isFromOriginator(work, { org, alert: data.alert, from: message.from.unit }))) continue
      await upsertAlert(work, message, { data, org, unit })
      await overtakeAll(work.tx, { authority: org, alert: data.alert, at: work.services.clock.now() })
      await work.services.announce(work.tx, 'alerts', [unit])
    }
  },
})

/** The desk loses access: the content goes, the fact stays. */
export const alertWithdrawn = messageType({
  type: 'cargo.alert-withdrawn',
  schema: alertWithdrawnMessage,
  receive: async (message, data, work) => {
    for (const { org, unit } of message.to) {
      if (!(await isFromOriginator(work, { org, alert: data.alert, from: message.from.unit }))) continue
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
      await takeAway(work, { authority: org, alert: data.alert, desk: unit, notice: data.because })
      await work.services.announce(work.tx, 'alerts', [unit])
    }
  },
})

async function isFromOriginator(
  work: WorkContext,
  key: { readonly org: string; readonly alert: string; readonly from: string },
): Promise<boolean> {
  const row = await work.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .select('originator_desk')
    .where('authority', '=', key.org)
    .where('alert', '=', key.alert)
    .executeTakeFirst()
  return row?.originator_desk === key.from
}

/**
 * A desk that the itinerary no longer names loses the alert; another desk of its authority that it is still for keeps it, and is told nothing. Without
 * such a desk, and after a recall, the content itself goes.
 */
async function takeAway(
  work: WorkContext,
  taken: { readonly authority: string; readonly alert: string; readonly desk: string; readonly notice: 'routing-changed' | 'recalled' },
): Promise<void> {
  const { authority, alert, desk, notice } = taken
  const { tx } = work
  const { rows } = await sql<{ desk: string }>`
    select distinct unnest(audience) as desk from procedures.cases where authority = ${authority} and definition = 'PR-01' and subject = ${alert}
      and party <> ${desk} and state not in ('superseded', 'recalled')`.execute(tx)
  if (notice === 'recalled' || rows.length === 0) {
    await eraseContent(work, { authority, alert, notice })
    return
  }
  await unmark(tx, { authority, alert, desk })
  await forgetReroutes(tx, { authority, alert, desk })
  await sql`update cargo.alerts set audience = ${rows.map((row) => row.desk)}::text[] where authority = ${authority} and alert = ${alert}`.execute(
    tx,
  )
  await sql`delete from cargo.matches where authority = ${authority} and alert = ${alert} and desk = ${desk}`.execute(tx)
  for (const table of ['cargo.signals', 'cargo.evaluations'])
    await sql`delete from ${sql.table(table)} where authority = ${authority} and subject_kind = 'alert' and subject = ${alert} and desk = ${desk}`.execute(
      tx,
    )
  await sql`update procedures.cases set label = '' where authority = ${authority} and definition = 'PR-01' and subject = ${alert} and party = ${desk}`.execute(
    tx,
  )
}

/** What the desk knew through the alert is gone: content, matches, signals raised for it, marks in its tables, prompts about its route, the label in its queue. */
export async function eraseContent(
  work: WorkContext,
  erased: { readonly authority: string; readonly alert: string; readonly notice: string },
): Promise<void> {
  const { authority, alert, notice } = erased
  const { tx } = work
  await unmark(tx, erased)
  await forgetReroutes(tx, erased)
  await sql`update cargo.alerts set content = '{}', container = '', bill = null, reasons = '{}', next_port = null, eta = null, notice = ${notice} where authority = ${authority} and alert = ${alert}`.execute(
    tx,
  )
  await sql`delete from cargo.matches where authority = ${authority} and alert = ${alert}`.execute(tx)
  for (const table of ['cargo.signals', 'cargo.evaluations'])
    await sql`delete from ${sql.table(table)} where authority = ${authority} and subject_kind = 'alert' and subject = ${alert}`.execute(tx)
  await sql`update procedures.cases set label = '' where authority = ${authority} and definition = 'PR-01' and subject = ${alert}`.execute(
    tx,
  )
}
