/**
 * What a person does about a changed route. The originator confirms, and the itinerary changes as by any other update; or dismisses it. A receiving desk tells the
 * originator: the ports and the kind of document, never the document or its pointers.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { messageType } from '#platform/module/define-module.ts'
import { confirmReroute, dismissReroute, listReroutes, tellReroute } from '../contract/reroutes.ts'
import { type AlertDraft, alertLeg } from '../contract.ts'
import { isBestRow } from './alert-case.ts'
import { changeLegs } from './change-alert.ts'
import { addressedHere, noteHeard } from './reported-steps.ts'
import { rerouteId } from './reroute-check.ts'
import type { RouteChange } from './reroute-legs.ts'
import { keepReroute, type RerouteTables, rerouteRowOf } from './reroute-rows.ts'
import { ROUTE_MESSAGES } from './route-messages.ts'
import type { CargoTables } from './tables.ts'

const DAY = 86_400_000
const SHOWN = 200

export const listReroutesRoute = handle(listReroutes, async (input, context) => {
  const { facts, tx } = context
  const base = tx
    .withTables<CargoTables & RerouteTables>()
    .selectFrom('cargo.reroutes as r')
    .innerJoin('cargo.alerts as a', (join) => join.onRef('a.authority', '=', 'r.authority').onRef('a.alert', '=', 'r.alert'))
    .where(isBestRow(facts.desk))
    .where('r.authority', '=', facts.authority)
    .where('r.desk', '=', facts.desk)
    .where('a.notice', 'is', null)
    .$if(input.alert !== undefined, (query) => query.where('r.alert', '=', input.alert ?? ''))
    .$if(input.state !== undefined, (query) => query.where('r.state', '=', input.state ?? 'open'))
  const rows = await base
    .selectAll('r')
    .select(['a.subject_kind', 'a.subject'])
    .orderBy('r.noticed_at', 'desc')
    .orderBy('r.reroute')
    .limit(SHOWN)
    .execute()
  const { n } = await base.select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow()
  return { items: rows.map((row) => rerouteRowOf(row, { kind: row.subject_kind, number: row.subject })), leftOut: Number(n) - rows.length }
})

/** One of the own desk, for an alert that it may still see; anything else is the common 404. */
async function ownReroute(context: CaseContext, key: { readonly alert: string; readonly reroute: string }) {
  const { facts, tx } = context
  const row = await tx
    .withTables<CargoTables & RerouteTables>()
    .selectFrom('cargo.reroutes as r')
    .innerJoin('cargo.alerts as a', (join) => join.onRef('a.authority', '=', 'r.authority').onRef('a.alert', '=', 'r.alert'))
    .where(isBestRow(facts.desk))
    .selectAll('r')
    .select(['a.originator_desk', 'a.originator_authority'])
    .where('r.authority', '=', facts.authority)
    .where('r.desk', '=', facts.desk)
    .where('r.alert', '=', key.alert)
    .where('r.reroute', '=', key.reroute)
    .where('a.notice', 'is', null)
    .forUpdate('r')
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  context.about({ kind: 'alert', id: key.alert })
  return row
}

async function decide(
  context: CaseContext,
  key: { readonly alert: string; readonly reroute: string },
  decided: { readonly state: 'confirmed' | 'dismissed' | 'told'; readonly reason?: string; readonly key?: string },
): Promise<void> {
  const { facts, tx, clock } = context
  await tx
    .withTables<RerouteTables>()
    .updateTable('cargo.reroutes')
    .set({
      state: decided.state,
      decided_at: clock.now(),
      decided_by: facts.officerName,
      reason: decided.reason ?? null,
      key: decided.key ?? null,
    })
    .where('authority', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('alert', '=', key.alert)
    .where('reroute', '=', key.reroute)
    .execute()
}

const DECIDED = 'Somebody decided this already, or the itinerary is another now.'

export const confirmRerouteRoute = handle(confirmReroute, async (input, context) => {
  const row = await ownReroute(context, input)
  if (row.side !== 'issued') throw notFound()
  if (row.state !== 'open') throw new AppError(409, 'cargo.reroute-decided', DECIDED)
  // First the decision: the change of the itinerary closes whatever else was open against the former one.
  await decide(context, input, { state: 'confirmed', key: input.key })
  const reason = `Routing changed: ${[row.leaves, row.comes].filter((place) => place !== null).join(' → ')} (${row.message_type})`
  return await changeLegs(context, { alert: input.alert, legs: input.legs, reason, key: input.key })
})

export const dismissRerouteRoute = handle(dismissReroute, async (input, context) => {
  const row = await ownReroute(context, input)
  if (row.state !== 'open') throw new AppError(409, 'cargo.reroute-decided', DECIDED)
  await decide(context, input, { state: 'dismissed', reason: input.reason })
  return { state: 'dismissed' as const }
})

const place = z.string().regex(/^[A-Z]{2}[A-Z2-9]{3}$/)

/** Body of `cargo.alert-route-notice`: ports, expected times and the kind of document that states them. */
export const routeNoticeMessage = z.strictObject({
  alert: z.string().max(60),
  rule: z.enum(['discharge', 'first-entry', 'omitted']),
  leaves: place.optional(),
  comes: place.optional(),
  /** One more than an itinerary may have: the port on the way is beside those of the alert, until the originator decides. */
  legs: z.array(alertLeg).min(1).max(9),
  etaBasis: z.enum(['stated', 'carried-over', 'unknown']),
  messageType: z.enum(ROUTE_MESSAGES),
})

export const tellRerouteRoute = handle(tellReroute, async (input, context) => {
  const { facts, tx, services, clock } = context
  const row = await ownReroute(context, input)
  if (row.side !== 'received') throw notFound()
  if (row.state !== 'open') throw new AppError(409, 'cargo.reroute-decided', DECIDED)
  await requireSealing(tx, clock.now())
  await decide(context, input, { state: 'told' })
  const now = clock.now().getTime()
  await services.submit(tx, {
    from: { org: facts.authority, unit: facts.desk },
    to: [{ org: row.originator_authority, unit: row.originator_desk }],
    kind: 'feedback',
    urgency: 'immediate',
    context: input.alert,
    expiresAt: new Date(now + 10 * DAY).toISOString(),
    purpose: facts.purpose ?? '',
    legalBasis: { act: 'Coalition policy', art: 'PR-01: the originator learns of a changed route' },
    handling: { H: ['H2'], tlp: 'AMBER', pap: 'AMBER', conditions: [] },
    evaluation: { source: 'A', info: 1 },
    personalData: { yes: false, categories: [] },
    retention: { reviewAt: new Date(now + 30 * DAY).toISOString(), deleteBy: new Date(now + 90 * DAY).toISOString() },
    body: {
      type: 'cargo.alert-route-notice',
      data: {
        alert: input.alert,
        rule: row.rule,
        ...(row.leaves === null ? {} : { leaves: row.leaves }),
        ...(row.comes === null ? {} : { comes: row.comes }),
        legs: row.legs,
        etaBasis: row.eta_basis,
        messageType: row.message_type,
      } satisfies z.input<typeof routeNoticeMessage>,
    },
  })
  return { state: 'told' as const }
})

/** On the originator's node: a prompt like one from an own document. Only a desk that has the alert can bring it. */
export const routeNotice = messageType({
  type: 'cargo.alert-route-notice',
  schema: routeNoticeMessage,
  receive: async (message, data, work) => {
    const { tx, services } = work
    const { alert, rule, legs, etaBasis, leaves, comes } = data
    for (const { org, unit } of addressedHere(work, message)) {
      const row = await tx
        .withTables<CargoTables>()
        .selectFrom('cargo.alerts')
        .selectAll()
        .where('authority', '=', org)
        .where('alert', '=', alert)
        .where('desk', '=', unit)
        .where('side', '=', 'issued')
        .where('notice', 'is', null)
        .executeTakeFirst()
      const isTheirs = row !== undefined && (await isRecipient(work, { authority: org, alert, desk: message.from.unit }))
      if (isTheirs) {
        const content = row.content as AlertDraft
        const change: RouteChange = {
          rule,
          legs,
          etaBasis,
          facts: [],
          ...(leaves === undefined ? {} : { leaves }),
          ...(comes === undefined ? {} : { comes }),
        }
        await keepReroute(tx, {
          authority: org,
          desk: unit,
          alert,
          reroute: rerouteId({ alert, content }, change),
          side: 'issued',
          change,
          messageType: data.messageType,
          toldBy: message.from.unit,
          at: services.clock.now(),
        })
        await services.announce(tx, 'alerts', [unit])
      }
      await noteHeard(work, message, {
        event: 'cargo.reroute-told-us',
        about: { kind: 'alert', id: alert },
        desk: unit,
        detail: { rule },
        ...(isTheirs ? {} : { refused: 'the sender does not have such an alert of this desk' }),
      })
    }
  },
})

async function isRecipient(
  { tx }: { readonly tx: CaseContext['tx'] },
  { authority, alert, desk }: { readonly authority: string; readonly alert: string; readonly desk: string },
): Promise<boolean> {
  const { rows } = await sql<{
    n: number
  }>`select 1 as n from procedures.cases where authority = ${authority} and definition = 'PR-01' and subject = ${alert}
    and party = ${desk} and state not in ('superseded', 'recalled')`.execute(tx)
  return rows.length > 0
}
