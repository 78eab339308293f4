/**
 * Port actions (PR-09). The authority's row holds the alert behind the request; the partner's row, made from the message the partner got,
 * has no such value. Both sides run a case of their own and report their steps to each other.
 */

import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type CaseView, loadCases, openCase, transition } from '#modules/procedures'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { ProcedureBinding, ProcedureEffectCall, WorkContext } from '#platform/module/define-module.ts'
import { movePortAction, type PortActionView, portActionState, requestPortAction, showPortAction } from '../contract.ts'
import { MAXIMUM_DAYS, pr09 } from '../procedures/pr-09-port-action.ts'
import { plainNumber } from './alert-subject.ts'
import { partnersOf } from './show-alert.ts'
import type { CargoTables, PortActionTable } from './tables.ts'

const DAY = 86_400_000
/** A partner learns the narrowest thing; nothing of the handling of the alert behind it travels along. */
const NARROW = {
  handling: { H: [], tlp: 'AMBER+STRICT' as const, pap: 'GREEN' as const, conditions: [] },
  evaluation: { source: 'A' as const, info: 1 },
  personalData: { yes: false, categories: [] },
}

export const requestPortActionRoute = handle(requestPortAction, async (input, context) => {
  const { facts, tx, services, clock } = context
  const db = tx.withTables<CargoTables>()
  const repeated = await db
    .selectFrom('cargo.port_actions')
    .select('action')
    .where('authority', '=', facts.authority)
    .where('requested_by', '=', facts.desk)
    .where('key', '=', input.key)
    .executeTakeFirst()
  if (repeated !== undefined) return repeated
  await requireSealing(tx, clock.now())
  const partner = findUnit(services.directory(), input.partner)
  if (partner === undefined || !partnersOf(context).some((each) => each.desk === input.partner))
    throw new AppError(422, 'cargo.partner-unknown', 'No such partner in the places this desk answers for.')
  const now = clock.now()
  const until = new Date(input.until)
  const untilInDays = (until.getTime() - now.getTime()) / DAY
  if (untilInDays <= 0 || untilInDays > MAXIMUM_DAYS)
    throw new AppError(422, 'cargo.until', `The end must lie ahead, at most ${MAXIMUM_DAYS} days.`)
  if (input.alert !== undefined) {
    const alert = await db
      .selectFrom('cargo.alerts')
      .select('alert')
      .where('authority', '=', facts.authority)
      .where('alert', '=', input.alert)
      .executeTakeFirst()
    if (alert === undefined) throw notFound()
    context.about({ kind: 'alert', id: input.alert })
  }
  const action = uuidv7()
  const container = plainNumber(input.container)
  context.about({ kind: 'port-action', id: action })
  context.about({ kind: 'desk', id: input.partner })
  await db
    .insertInto('cargo.port_actions')
    .values({
      authority: facts.authority,
      action,
      side: 'asked',
      alert: input.alert ?? null,
      kind: input.action,
      container,
      until,
      legal_basis_text: input.legalBasisText,
      contact: input.contact,
      requested_by: facts.desk,
      partner: input.partner,
      requested_at: now,
      confirmed_at: null,
      key: input.key,
      audience: [facts.desk],
    })
    .execute()
  await openCase(
    { tx, services },
    {
      definition: 'PR-09',
      authority: facts.authority,
      subject: action,
      label: container,
      link: `/port-actions/${action}`,
      party: input.partner,
      role: 'authority',
      originator: facts.desk,
      zone: partner.unit.zone,
      calendar: partner.unit.calendar,
      anchors: { until: until.toISOString() },
      audience: [facts.desk],
      opening: {
        transition: 'send',
        facts: { authorisedByOfficer: true, untilInDays, partnerVetted: partner.org.status === 'active' },
        actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
      },
    },
  )
  await services.submit(tx, {
    ...NARROW,
    from: { org: facts.authority, unit: facts.desk },
    to: [{ org: partner.org.id, unit: input.partner }],
    kind: 'request',
    urgency: 'immediate',
    context: action,
    expiresAt: until.toISOString(),
    purpose: 'port-security',
    legalBasis: { act: input.legalBasisText.slice(0, 200), art: 'as stated' },
    retention: { reviewAt: new Date(now.getTime() + 30 * DAY).toISOString(), deleteBy: new Date(now.getTime() + 90 * DAY).toISOString() },
    body: {
      type: 'cargo.port-action',
      data: {
        action,
        kind: input.action,
        container,
        until: until.toISOString(),
        legalBasisText: input.legalBasisText,
        contact: input.contact,
        requestedAt: now.toISOString(),
      },
    },
  })
  return { action }
})

export const portActionBinding: ProcedureBinding = {
  definition: pr09,
  effects: {
    reportPortAction: async (call, work) => {
      if (call.transition === 'confirm') await noteConfirmation(call, work)
      if (!call.mirrored) await report(call, work)
    },
    remind: async (call, work) => {
      const row = await findAction(work, call.authority, call.subject)
      if (row !== undefined) await work.services.announce(work.tx, 'port-actions', row.audience)
    },
  },
}

async function noteConfirmation(call: ProcedureEffectCall, work: WorkContext): Promise<void> {
  await work.tx
    .withTables<CargoTables>()
    .updateTable('cargo.port_actions')
    .set({ confirmed_at: call.at })
    .where('authority', '=', call.authority)
    .where('action', '=', call.subject)
    .execute()
}

/** Our step goes to the other side of the action. */
async function report(call: ProcedureEffectCall, work: WorkContext): Promise<void> {
  const row = await findAction(work, call.authority, call.subject)
  if (row === undefined) return
  const isPartner = call.role === 'partner'
  const [from, to] = isPartner ? [row.partner, row.requested_by] : [row.requested_by, row.partner]
  const other = findUnit(work.services.directory(), to)
  if (other === undefined) return
  const now = work.services.clock.now().getTime()
  await work.services.submit(work.tx, {
    ...NARROW,
    from: { org: call.authority, unit: from },
    to: [{ org: other.org.id, unit: to }],
    kind: 'response',
    urgency: 'immediate',
    context: call.subject,
    expiresAt: new Date(now + 30 * DAY).toISOString(),
    purpose: 'port-security',
    legalBasis: { act: 'Coalition policy', art: 'PR-09' },
    retention: { reviewAt: new Date(now + 30 * DAY).toISOString(), deleteBy: new Date(now + 90 * DAY).toISOString() },
    body: {
      type: 'cargo.port-action-progress',
      data: { action: call.subject, transition: call.transition, at: call.at.toISOString(), fields: call.fields },
    },
  })
}

export async function findAction(
  work: Pick<WorkContext, 'tx'>,
  authority: string,
  action: string,
): Promise<Selectable<PortActionTable> | undefined> {
  return await work.tx
    .withTables<CargoTables>()
    .selectFrom('cargo.port_actions')
    .selectAll()
    .where('authority', '=', authority)
    .where('action', '=', action)
    .executeTakeFirst()
}

export const showPortActionRoute = handle(showPortAction, async (input, context) => {
  const { row, leg } = await visibleAction(context, input.action)
  return viewOf(row, leg, context)
})

export const movePortActionRoute = handle(movePortAction, async (input, context) => {
  const { facts, tx, services } = context
  const { leg } = await visibleAction(context, input.action)
  const result = await transition(
    { tx, services },
    {
      authority: facts.authority,
      caseId: leg.row.case_id,
      transition: input.transition,
      actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
      facts: {},
      fields: input.fields,
      version: input.version,
      key: input.key,
    },
  )
  return { state: portActionState.parse(result.state), version: result.version }
})

async function visibleAction(
  context: CaseContext,
  action: string,
): Promise<{ readonly row: Selectable<PortActionTable>; readonly leg: CaseView }> {
  const { facts, tx, services } = context
  const row = await findAction({ tx }, facts.authority, action)
  const [leg] =
    row === undefined ? [] : await loadCases({ tx, services }, { authority: facts.authority, definition: 'PR-09', subject: action })
  if (row === undefined || leg === undefined) throw notFound()
  context.about({ kind: 'port-action', id: action })
  return { row, leg }
}

export function viewOf(row: Selectable<PortActionTable>, leg: CaseView, context: CaseContext): PortActionView {
  const isPartner = context.facts.realm === 'partner'
  return {
    action: row.action,
    caseId: leg.row.case_id,
    kind: row.kind,
    container: row.container,
    until: row.until.toISOString(),
    legalBasisText: row.legal_basis_text,
    contact: row.contact,
    requestedBy: row.requested_by,
    partner: row.partner,
    partnerName: findUnit(context.services.directory(), row.partner)?.unit.name ?? row.partner,
    state: portActionState.parse(leg.row.state),
    version: leg.row.revision,
    requestedAt: row.requested_at.toISOString(),
    ...(row.confirmed_at === null
      ? {}
      : {
          confirmedAt: row.confirmed_at.toISOString(),
          timeToHold: Math.max(0, (row.confirmed_at.getTime() - row.requested_at.getTime()) / 60_000),
        }),
    clocks: [...leg.clocks],
    open: [...leg.open],
    // The partner's own row has no alert; the condition says so a second time.
    ...(isPartner || row.alert === null ? {} : { alert: row.alert }),
  }
}
