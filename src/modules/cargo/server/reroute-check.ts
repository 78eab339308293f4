/**
 * The job that holds what a desk knows of ships, boxes and air waybills against the itineraries of the alerts that it may see: when a document comes, and when an alert is issued, received or
 * changed. It looks at the newest statement that the desk holds, not at the newest document, so that documents and alerts in any order end in the same prompts. It changes no
 * alert and tells nobody outside: a person decides.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { seenBy } from '#platform/link/directory-view.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { AlertDraft, AlertSubject } from '../contract.ts'
import type { EquipmentSighting, PortCall, Voyage } from '../model.ts'
import { CASE_OF_ALERT } from './alert-case.ts'
import type { DeskScope } from './dossiers.ts'
import { ALERT_SERVICE } from './recipients.ts'
import { changeByWaybill } from './reroute-air.ts'
import { changeByBox, changeBySchedule, type RouteChange, type RouteWorld } from './reroute-legs.ts'
import { keepReroute, overtake } from './reroute-rows.ts'
import { type HeldWaybill, namedInWaybills, newestWaybill } from './reroute-waybill.ts'
import { BOX_MESSAGES, type RouteMessage, SCHEDULE_MESSAGES } from './route-messages.ts'
import { instantOf } from './stated-instant.ts'

/** A statement so much older than the alert is of an earlier journey. Policy. */
const JOURNEY_DAYS = 45
/** Calls of one schedule that are looked at. */
const CALLS = 500
const BATCH = 200

interface Watched {
  readonly alert: string
  readonly side: 'issued' | 'received'
  readonly container: string
  readonly subject_kind: AlertSubject['kind']
  readonly subject: string
  readonly content: AlertDraft
  readonly issued_at: Date
}

/** Behind the effect that brought the alert, or another itinerary of it. */
export async function checkRoutesOf(
  { tx, services }: Pick<WorkContext, 'tx' | 'services'>,
  { authority, alert }: { readonly authority: string; readonly alert: string },
): Promise<void> {
  await services.enqueue(tx, { name: 'cargo.check-routes', data: { authority, alert }, key: `routes:${authority}:${alert}` })
}

export async function checkRoutes(data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const authority = String(data['authority'])
  if (data['alert'] !== undefined) await checkOneAlert(services, { authority, alert: String(data['alert']) })
  else await checkDocument(services, { authority, desk: String(data['desk']), document: String(data['document']) })
}

/** For each desk that has it, by what that desk holds. */
async function checkOneAlert(
  services: NodeServices,
  { authority, alert }: { readonly authority: string; readonly alert: string },
): Promise<void> {
  await services.database.asWorker('cargo.check-routes', async (tx) => {
    const { rows } = await sql<Watched & { audience: string[] }>`
      select ${WATCHED}, a.audience from cargo.alerts a where a.authority = ${authority} and a.alert = ${alert} and ${IS_OPEN} for update of a`.execute(
      tx,
    )
    for (const { audience, ...watched } of rows)
      for (const desk of audience)
        if ((await checkAlert(tx, services, { scope: { authority, desk }, watched })) > 0) await services.announce(tx, 'alerts', [desk])
  })
}

const WATCHED = sql.raw('a.alert, a.side, a.container, a.subject_kind, a.subject, a.content, a.issued_at')
const IS_OPEN = sql`a.notice is null and a.subject <> '' and exists (select from procedures.cases c where ${CASE_OF_ALERT} and c.is_open)`

async function checkDocument(services: NodeServices, scope: DocumentScope): Promise<void> {
  let after = ''
  for (;;) {
    const from = after
    const seen = await services.database.asWorker('cargo.check-routes', async (tx) => {
      const watched = await alertsOf(tx, scope, from)
      let noticed = 0
      for (const each of watched) noticed += await checkAlert(tx, services, { scope, watched: each })
      if (noticed > 0) await services.announce(tx, 'alerts', [scope.desk])
      return watched
    })
    after = seen.at(-1)?.alert ?? ''
    if (seen.length < BATCH) return
  }
}

interface DocumentScope extends DeskScope {
  readonly document: string
}

/** Open alerts of the desk whose box, waybill, device or ship the document names. */
async function alertsOf(tx: Tx, { authority, desk, document }: DocumentScope, after: string): Promise<Watched[]> {
  const own = sql<boolean>`authority = ${authority} and desk = ${desk} and document = ${document}`
  const { rows } = await sql<Watched>`
    select distinct on (a.alert) ${WATCHED} from cargo.alerts a
    where a.authority = ${authority} and a.audience @> array[${desk}]::text[] and ${IS_OPEN} and a.alert > ${after}
      and (a.container in (select container from cargo.equipment where ${own} and message_type = any(${BOX_MESSAGES}::text[]))
        or (a.subject_kind <> 'container' and a.subject in (${namedInWaybills({ authority, desk, document })}))
        or a.content ->> 'vesselImo' in (select vessel_imo from cargo.port_calls where ${own} and message_type = any(${SCHEDULE_MESSAGES}::text[])))
    order by a.alert, a.desk <> ${desk} limit ${BATCH}`.execute(tx)
  return rows
}

interface Checked {
  readonly scope: DeskScope
  readonly watched: Watched
}

async function checkAlert(tx: Tx, services: NodeServices, { scope, watched }: Checked): Promise<number> {
  const directory = seenBy(services.directory(), scope.authority)
  const world: RouteWorld = {
    now: services.clock.now(),
    instantOf,
    isInUnion: (place) =>
      directory.orgs.some(
        (org) =>
          org.status === 'active' &&
          !org.thirdCountry &&
          org.units.some((unit) => unit.services.includes(ALERT_SERVICE) && unit.places.includes(place)),
      ),
  }
  const found =
    watched.subject_kind === 'container' ? await bySea(tx, { scope, watched }, world) : await byAir(tx, { scope, watched }, world)
  let noticed = 0
  for (const { rules, change, said } of found) {
    const { authority, desk } = scope
    const reroute = change === undefined ? undefined : rerouteId(watched, change)
    await overtake(tx, { authority, desk, alert: watched.alert, rules, at: world.now, ...(reroute === undefined ? {} : { keep: reroute }) })
    if (change === undefined || reroute === undefined || said === undefined) continue
    const isNew = await keepReroute(tx, {
      authority,
      desk,
      alert: watched.alert,
      reroute,
      side: watched.side,
      change,
      messageType: said.messageType,
      document: said.document,
      at: world.now,
    })
    if (!isNew) continue
    noticed++
    await services.record(tx, {
      event: 'cargo.reroute-noticed',
      outcome: 'done',
      facts: null,
      by: 'job:cargo.check-routes',
      subjects: [
        { kind: 'alert', id: watched.alert },
        { kind: 'document', id: said.document },
        { kind: 'desk', id: desk },
      ],
      detail: { rule: change.rule, message: said.messageType },
    })
  }
  return noticed
}

/** A statement, and what it changes; rules whose changes it takes back where it says none. */
interface Found {
  readonly rules: readonly RouteChange['rule'][]
  readonly change: RouteChange | undefined
  readonly said: { readonly messageType: RouteMessage; readonly document: string } | undefined
}

async function bySea(tx: Tx, { scope, watched }: Checked, world: RouteWorld): Promise<readonly Found[]> {
  const schedule = await scheduleOf(tx, scope, watched)
  const box = await newestSighting(tx, scope, watched)
  const byBox = box === undefined ? undefined : changeByBox(watched.content.legs, { ...box, calls: schedule.calls }, world)
  const bySchedule = changeBySchedule(watched.content.legs, schedule.calls, world)
  return [
    { rules: ['discharge'], change: byBox, said: box },
    // A box that is planned elsewhere says more than the ship: its schedule is not asked as well.
    { rules: ['first-entry', 'omitted'], change: byBox === undefined ? bySchedule : undefined, said: schedule.said },
  ]
}

async function byAir(tx: Tx, { scope, watched }: Checked, world: RouteWorld): Promise<readonly Found[]> {
  const waybill = await waybillOf(tx, scope, watched)
  const change = waybill === undefined ? undefined : changeByWaybill(watched.content.legs, waybill.places, world)
  return [{ rules: ['discharge', 'first-entry'], change, said: waybill }]
}

async function waybillOf(
  tx: Tx,
  scope: DeskScope,
  { subject_kind: kind, subject: number, issued_at: issuedAt }: Watched,
): Promise<HeldWaybill | undefined> {
  if (kind === 'container') return undefined
  return await newestWaybill(tx, scope, { subject: { kind, number }, since: new Date(issuedAt.getTime() - JOURNEY_DAYS * 86_400_000) })
}

/** Says what changes against which itinerary: after a decision the same words against another itinerary are another change. */
export function rerouteId({ alert, content }: Pick<Watched, 'alert' | 'content'>, { rule, leaves = '', comes = '' }: RouteChange): string {
  const route = content.legs.map(({ role, place }) => `${role} ${place}`)
  return createHash('sha256')
    .update(JSON.stringify([alert, rule, leaves, comes, route]))
    .digest('hex')
    .slice(0, 40)
}

async function newestSighting(
  tx: Tx,
  { authority, desk }: DeskScope,
  { container, issued_at: issuedAt }: Watched,
): Promise<{ sighting: EquipmentSighting; voyage: Voyage | undefined; messageType: RouteMessage; document: string } | undefined> {
  if (container === '') return undefined
  const { rows } = await sql<{ sighting: EquipmentSighting; voyage: Voyage | null; message_type: RouteMessage; document: string }>`
    select e.sighting, m.voyage, e.message_type, e.document from cargo.equipment e
    join cargo.documents d on d.authority = e.authority and d.desk = e.desk and d.document = e.document
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
    where e.authority = ${authority} and e.desk = ${desk} and e.container = ${container} and e.message_type = any(${BOX_MESSAGES}::text[])
      and e.observed_at > ${new Date(issuedAt.getTime() - JOURNEY_DAYS * 86_400_000)}
    order by e.observed_at desc, d.received_at desc, e.document desc, e.ordinal desc limit 1`.execute(tx)
  const [row] = rows
  return row === undefined
    ? undefined
    : { sighting: row.sighting, voyage: row.voyage ?? undefined, messageType: row.message_type, document: row.document }
}

/** The newest schedule of the ship on the voyage of the alert; without a voyage in the alert, of the ship. */
async function scheduleOf(
  tx: Tx,
  { authority, desk }: DeskScope,
  { content, issued_at: issuedAt }: Watched,
): Promise<{ calls: PortCall[]; said: Found['said'] }> {
  const none = { calls: [], said: undefined }
  if (content.vesselImo === undefined || content.vesselImo === '') return none
  const voyage = content.voyage?.toUpperCase() ?? null
  const own = sql<boolean>`authority = ${authority} and desk = ${desk} and vessel_imo = ${content.vesselImo}
    and (${voyage}::text is null or voyage is null or voyage = ${voyage}) and message_type = any(${SCHEDULE_MESSAGES}::text[])
    and received_at > ${new Date(issuedAt.getTime() - JOURNEY_DAYS * 86_400_000)}`
  const { rows } = await sql<{ statement: PortCall; message_type: RouteMessage; document: string }>`
    select statement, message_type, document from cargo.port_calls where ${own}
      and (document, message) = (select document, message from cargo.port_calls where ${own} order by received_at desc, document desc, message desc limit 1)
    order by ordinal limit ${CALLS}`.execute(tx)
  const [first] = rows
  return first === undefined
    ? none
    : { calls: rows.map(({ statement }) => statement), said: { messageType: first.message_type, document: first.document } }
}
