/** What the originator changes after issue: the itinerary (recipients are derived again) and the recall. And the steps of receiving desks. */

import { type CaseView, loadCases, transition } from '#modules/procedures'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { type AlertDraft, type AlertRecipient, alertState, moveAlert, recallAlert, updateAlert } from '../contract.ts'
import { findPlace } from '../reference/places.ts'
import { wholeHandling } from './alert-content.ts'
import { keepView } from './alert-views.ts'
import { checkDraft } from './check-draft.ts'
import { addressDesk, derive, envelopeOf, pick, releasedTo } from './issue-alert.ts'
import { futurePorts } from './recipients.ts'
import { checkRoutesOf } from './reroute-check.ts'
import { overtakeAll } from './reroute-rows.ts'
import type { CargoTables } from './tables.ts'

export const moveAlertRoute = handle(moveAlert, async (input, context) => {
  const { facts, tx, services } = context
  context.about({ kind: 'alert', id: input.alert })
  const cases = await loadCases({ tx, services }, { authority: facts.authority, definition: 'PR-01', subject: input.alert })
  const own = cases.find((each) => each.row.case_id === input.caseId)
  // The case must be visible, belong to this alert, and be a leg that this side acts on.
  if (own === undefined) throw notFound()
  context.demand('cargo.handle-alert', { kind: 'case', id: input.caseId, attributes: { authority: own.row.authority } })
  const result = await transition(
    { tx, services },
    {
      authority: facts.authority,
      caseId: input.caseId,
      transition: input.transition,
      actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
      facts: {},
      fields: input.fields,
      version: input.version,
      key: input.key,
    },
  )
  return { state: alertState.parse(result.state), version: result.version }
})

interface OwnAlert {
  readonly content: AlertDraft
  readonly issuedAt: Date
  readonly cases: readonly CaseView[]
}

/** An alert the viewer's own desk issued; anything else is the common 404. */
async function ownAlert(context: CaseContext, alert: string): Promise<OwnAlert> {
  const { facts, tx, services } = context
  const row = await tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .selectAll()
    .where('authority', '=', facts.authority)
    .where('alert', '=', alert)
    .where('desk', '=', facts.desk)
    .where('side', '=', 'issued')
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  context.about({ kind: 'alert', id: alert })
  const cases = await loadCases({ tx, services }, { authority: facts.authority, definition: 'PR-01', subject: alert })
  return { content: row.content as AlertDraft, issuedAt: row.issued_at, cases }
}

const ENDED = new Set(['closed', 'superseded', 'recalled', 'expired'])

export const updateAlertRoute = handle(updateAlert, async (input, context) => await changeLegs(context, input))

export interface LegsChange {
  readonly alert: string
  readonly legs: AlertDraft['legs']
  readonly reason: string
  readonly key: string
}

/** The one way to another itinerary: new desks get the alert, desks that stay its new content, dropped desks the word that the routing changed. */
export async function changeLegs(
  context: CaseContext,
  input: LegsChange,
): Promise<{ recipients: AlertRecipient[]; dropped: string[]; added: string[] }> {
  const { facts, tx, clock, services } = context
  const own = await ownAlert(context, input.alert)
  await requireSealing(tx, clock.now())
  const content: AlertDraft = { ...own.content, legs: input.legs.map((leg) => ({ ...leg, place: leg.place.toUpperCase() })) }
  // The number was checked and, if need be, confirmed at issue; only the itinerary is judged anew.
  const problems = checkDraft(content, { now: clock.now(), knowsPlace: (code) => findPlace(code) !== undefined }).problems.filter((each) =>
    each.at.startsWith('legs'),
  )
  if (problems.length > 0)
    throw new AppError(422, 'cargo.alert-invalid', 'The itinerary cannot be changed so.', {
      problems: problems.map(({ code, at, message }) => ({ code, at, message })),
    })
  const { recipients } = derive(content.legs, context)
  if (recipients.length === 0) throw new AppError(422, 'cargo.alert-no-recipient', 'No desk of the coalition answers for a port ahead.')
  const open = own.cases.filter((each) => !ENDED.has(each.row.state))
  const stays = recipients.filter((recipient) => open.some((each) => each.row.party === recipient.desk))
  const added = recipients.filter((recipient) => !own.cases.some((each) => each.row.party === recipient.desk))
  const dropped = open.filter((each) => !recipients.some((recipient) => recipient.desk === each.row.party))
  const gone = recipients.find((recipient) => own.cases.some((each) => each.row.party === recipient.desk && ENDED.has(each.row.state)))
  if (gone !== undefined)
    throw new AppError(
      422,
      'cargo.alert-invalid',
      `${gone.deskName} has finished with this alert or was withdrawn from it: issue a new alert for that desk.`,
    )
  for (const each of dropped)
    await withdraw(context, each, { alert: input.alert, content: own.content, because: 'routing-changed', key: input.key })
  for (const recipient of stays) {
    const view = releasedTo(context, content, recipient)
    await keepView(context, { alert: input.alert, recipient: recipient.desk, view, because: 'updated' })
    await services.submit(tx, {
      ...envelopeOf(context, { alert: input.alert, content, recipient, handling: wholeHandling(view) }),
      kind: 'update',
      body: {
        type: 'cargo.alert-update',
        data: {
          alert: input.alert,
          issuedAt: own.issuedAt.toISOString(),
          content: view,
          recipient: pick(recipient),
          reason: input.reason,
        },
      },
    })
  }
  for (const recipient of added) await addressDesk(context, { alert: input.alert, content, recipient, issuedAt: own.issuedAt })
  const next = futurePorts(content.legs, clock.now())[0]
  await tx
    .withTables<CargoTables>()
    .updateTable('cargo.alerts')
    .set({ content: JSON.stringify(content), next_port: next?.place ?? null, eta: next?.eta ?? null })
    .where('authority', '=', facts.authority)
    .where('alert', '=', input.alert)
    .where('desk', '=', facts.desk)
    .execute()
  await overtakeAll(tx, { authority: facts.authority, alert: input.alert, desk: facts.desk, at: clock.now() })
  await checkRoutesOf(context, { authority: facts.authority, alert: input.alert })
  return { recipients: [...recipients], dropped: dropped.map((each) => each.row.party), added: added.map((each) => each.desk) }
}

export const recallAlertRoute = handle(recallAlert, async (input, context) => {
  const own = await ownAlert(context, input.alert)
  const open = own.cases.filter((each) => !ENDED.has(each.row.state))
  for (const each of open)
    await withdraw(context, each, { alert: input.alert, content: own.content, because: 'recalled', key: input.key, reason: input.reason })
  await context.tx
    .withTables<CargoTables>()
    .updateTable('cargo.alerts')
    .set({ notice: 'recalled' })
    .where('authority', '=', context.facts.authority)
    .where('alert', '=', input.alert)
    .where('desk', '=', context.facts.desk)
    .execute()
  return { recalled: open.length }
})

interface Withdrawal {
  readonly alert: string
  readonly content: AlertDraft
  readonly because: 'routing-changed' | 'recalled'
  readonly key: string
  readonly reason?: string
}

async function withdraw(context: CaseContext, each: CaseView, withdrawal: Withdrawal): Promise<void> {
  const { facts, tx, services } = context
  const { alert, content, because, key, reason } = withdrawal
  await transition(
    { tx, services },
    {
      authority: facts.authority,
      caseId: each.row.case_id,
      transition: because === 'recalled' ? 'recall' : 'withdraw',
      actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
      facts: {},
      fields: {},
      version: each.row.revision,
      key,
    },
  )
  const found = findUnit(services.directory(), each.row.party)
  // A desk that left the directory cannot be told; the case says so by its missing evidence.
  if (found === undefined) return
  const recipient = { desk: each.row.party, authority: found.org.id, eta: each.row.anchors['eta'] ?? context.clock.now().toISOString() }
  await services.submit(tx, {
    ...envelopeOf(context, { alert, content, recipient }),
    urgency: 'immediate',
    kind: because === 'recalled' ? 'recall' : 'update',
    body: { type: 'cargo.alert-withdrawn', data: { alert, because, ...(reason === undefined ? {} : { reason }) } },
  })
}
