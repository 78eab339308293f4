/**
 * What a desk holds about some containers: sightings, consignments, signals, alerts, read from the tables of the slice `cargo`. Background work sees every desk's
 * rows, so the filter by desk stands in every query here. The only file of the slice that names those tables.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './desk.ts'

export interface StatedText {
  readonly value: string
}

export interface VoyageRow {
  readonly vesselName?: StatedText
  readonly vesselImo?: StatedText
  readonly voyageNumber?: StatedText
  readonly arrivesAt?: StatedText
  readonly places?: readonly { readonly role: string; readonly place: StatedText }[]
}

export interface SightingRow {
  readonly container: string
  readonly document: string
  readonly message_type: string
  readonly discharge: string | null
  readonly loading: string | null
  readonly final_place: string | null
  readonly iso_type: string | null
  readonly fullness: 'full' | 'empty' | null
  readonly weight: number | null
  readonly verified_weight: boolean
  readonly temperature: number | null
  readonly operator: string | null
  readonly booking: string | null
  readonly bill: string | null
  readonly seals: string[]
  readonly goods: string | null
  readonly transhipments: string[] | null
  readonly voyage: VoyageRow | null
}

export interface ConsignmentStated {
  readonly document: string
  readonly containers: string[]
  readonly bill: string
  readonly declaration: boolean
  readonly loading: string | null
  readonly discharge: string | null
  readonly goods: string | null
  readonly hs: string | null
  readonly gross: number | null
  readonly bookings: string[]
  readonly seals: string[]
  readonly received_at: Date
  readonly parties: readonly { readonly role: string; readonly name: StatedText; readonly identifier?: StatedText }[] | null
  readonly places: readonly { readonly role: string; readonly place: StatedText }[] | null
  readonly voyage: VoyageRow | null
}

export interface SignalStated {
  readonly container: string
  readonly signal: string
  readonly detector: string
  readonly explanation: string
}

export interface AlertStated {
  readonly container: string
  readonly alert: string
  readonly originator_authority: string
  readonly originator_desk: string
  readonly next_port: string | null
  readonly eta: Date | null
}

export interface CargoOfContainers {
  readonly sightings: readonly SightingRow[]
  readonly consignments: readonly ConsignmentStated[]
  readonly signals: readonly SignalStated[]
  /** Detectors that could not say, by container; a container that is absent was not looked at. */
  readonly evaluated: ReadonlyMap<string, readonly string[]>
  readonly alerts: readonly AlertStated[]
}

const own = ({ authority, desk }: DeskScope, alias: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${alias}.authority`)} = ${authority} and ${sql.ref(`${alias}.desk`)} = ${desk}`

export async function cargoOf(tx: Tx, scope: DeskScope, containers: readonly string[]): Promise<CargoOfContainers> {
  const wanted = [...containers]
  const sightings = await sql<SightingRow>`
    select e.container, e.document, e.message_type, e.discharge, e.loading, e.final_place, e.iso_type, e.fullness, e.weight, e.verified_weight, e.temperature, e.operator, e.booking,
      e.bill, e.seals, e.goods, m.voyage,
      (select array_agg(p #>> '{place,value}') from jsonb_array_elements(e.sighting -> 'places') as p where p ->> 'role' = 'transhipment') as transhipments
    from cargo.equipment e left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
    where ${own(scope, 'e')} and e.container = any(${wanted}::text[]) order by e.observed_at, e.document, e.ordinal`.execute(tx)
  const consignments = await sql<ConsignmentStated>`
    select c.document, c.containers, c.bill, c.declaration, c.loading, c.discharge, c.goods, c.hs, c.gross, c.bookings, c.seals, c.received_at,
      c.statement -> 'parties' as parties, c.statement -> 'places' as places, m.voyage
    from cargo.consignments c left join cargo.messages m on m.authority = c.authority and m.desk = c.desk and m.document = c.document and m.ordinal = c.message
    where ${own(scope, 'c')} and c.containers && ${wanted}::text[] order by c.received_at, c.document, c.ordinal`.execute(tx)
  const signals = await sql<SignalStated>`
    select s.subject as container, s.signal, s.detector, s.body ->> 'explanation' as explanation from cargo.signals s
    where ${own(scope, 's')} and s.subject_kind = 'container' and s.subject = any(${wanted}::text[]) order by s.subject, s.detector, s.signal`.execute(
    tx,
  )
  const evaluations = await sql<{ container: string; detectors: string[] | null }>`
    select v.subject as container, (select array_agg(n ->> 'detector') from jsonb_array_elements(v.not_computable) as n) as detectors from cargo.evaluations v
    where ${own(scope, 'v')} and v.subject_kind = 'container' and v.subject = any(${wanted}::text[])`.execute(tx)
  const alerts = await sql<AlertStated>`
    select a.container, a.alert, a.originator_authority, a.originator_desk, a.next_port, a.eta from cargo.alerts a
    where a.authority = ${scope.authority} and a.side = 'received' and a.notice is null and a.audience @> array[${scope.desk}]::text[] and a.container = any(${wanted}::text[])
    order by a.issued_at, a.alert`.execute(tx)
  return {
    sightings: sightings.rows,
    consignments: consignments.rows,
    signals: signals.rows,
    evaluated: new Map(evaluations.rows.map((row) => [row.container, row.detectors ?? []])),
    alerts: alerts.rows,
  }
}

/** The next documents of a desk that were read and not yet taken, the oldest first. */
export async function untakenDocuments(
  tx: Tx,
  authority: string,
  limit: number,
): Promise<readonly (DeskScope & { readonly document: string })[]> {
  const { rows } = await sql<DeskScope & { document: string }>`
    select d.authority, d.desk, d.document from cargo.documents d
    where d.authority = ${authority} and d.state = 'read'
      and not exists (select 1 from targeting.taken t where t.authority = d.authority and t.desk = d.desk and t.document = d.document)
    order by d.received_at, d.document limit ${limit}`.execute(tx)
  return rows
}

/** Containers that a document names, in pages. */
export async function containersOf(
  tx: Tx,
  { authority, desk, document }: DeskScope & { readonly document: string },
  page: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const mine = sql<boolean>`authority = ${authority} and desk = ${desk} and document = ${document}`
  const { rows } = await sql<{ container: string }>`
    select distinct container from (select container from cargo.equipment where ${mine}
      union select unnest(containers) from cargo.consignments where ${mine}) as stated where container > ${page.after} order by container limit ${page.limit}`.execute(
    tx,
  )
  return rows.map(({ container }) => container)
}

/** Containers of arrivals ahead about which signals were raised since they were assessed, or an alert came or went, in pages. */
export async function containersWithNews(
  tx: Tx,
  scope: DeskScope,
  page: { readonly from: string; readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ container: string }>`
    select distinct a.container from targeting.arrivals a
    left join cargo.evaluations v on v.authority = a.authority and v.desk = a.desk and v.subject_kind = 'container' and v.subject = a.container
    left join cargo.alerts l on l.authority = a.authority and l.container = a.container and l.side = 'received' and l.audience @> array[a.desk]
    where ${own(scope, 'a')} and a.day >= ${page.from}::date and a.container > ${page.after} and (v.evaluated_at >= a.assessed_at
      or (l.alert is not null and (l.notice is null) <> (a.facts -> 'alerts' @> jsonb_build_array(jsonb_build_object('alert', l.alert)))))
    order by a.container limit ${page.limit}`.execute(tx)
  return rows.map(({ container }) => container)
}

/** Containers that an alert announces to a port of the desk and that no document has brought yet, in pages. */
export async function announcedContainers(
  tx: Tx,
  { authority, desk }: DeskScope,
  page: { readonly ports: readonly string[]; readonly from: Date; readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ container: string }>`
    select distinct l.container from cargo.alerts l
    where l.authority = ${authority} and l.side = 'received' and l.notice is null and l.audience @> array[${desk}]::text[] and l.eta >= ${page.from}
      and l.next_port = any(${[...page.ports]}::text[]) and l.container > ${page.after}
      and not exists (select 1 from targeting.arrivals a where a.authority = l.authority and a.desk = ${desk} and a.container = l.container)
    order by l.container limit ${page.limit}`.execute(tx)
  return rows.map(({ container }) => container)
}

/** Something was found in a box: indicators of this desk that look for findings know it. Counts once, whatever is recorded again. */
export async function noteFinding(
  tx: Tx,
  { authority, desk }: DeskScope,
  found: { readonly arrivals: readonly string[]; readonly at: Date },
): Promise<void> {
  await sql`insert into cargo.findings (authority, desk, source, container, found_at, audience)
    select a.authority, a.desk, 'targeting ' || a.arrival, a.container, ${found.at}, ${[desk]} from targeting.arrivals a
    where a.authority = ${authority} and a.desk = ${desk} and a.arrival = any(${[...found.arrivals]}::uuid[]) on conflict do nothing`.execute(
    tx,
  )
}

/** How the desk has set an indicator: what the slice `cargo` reads when it evaluates. Two officers, by the table's own rule too. */
export async function writeSetting(
  tx: Tx,
  { authority, desk }: DeskScope,
  setting: {
    readonly indicator: string
    readonly enabled: boolean
    readonly parameters: Readonly<Record<string, number>>
    readonly proposedBy: string
    readonly approvedBy: string
    readonly at: Date
  },
): Promise<void> {
  const { indicator, enabled, parameters, proposedBy, approvedBy, at } = setting
  await sql`insert into cargo.detector_settings as s (authority, desk, detector, enabled, parameters, version, proposed_by, approved_by, decided_at, audience)
    values (${authority}, ${desk}, ${indicator}, ${enabled}, ${JSON.stringify(parameters)}::jsonb, 1, ${proposedBy}, ${approvedBy}, ${at}, ${[desk]})
    on conflict (authority, desk, detector) do update set enabled = excluded.enabled, parameters = excluded.parameters, version = s.version + 1, proposed_by = excluded.proposed_by,
      approved_by = excluded.approved_by, decided_at = excluded.decided_at`.execute(tx)
}

/** Alerts that reached this desk in a month, by sender: what became of them is looked up among the arrivals. */
export async function alertsOfMonth(
  tx: Tx,
  { authority, desk }: DeskScope,
  span: { readonly from: string; readonly until: string; readonly sender: string | undefined },
): Promise<
  readonly {
    readonly alert: string
    readonly originator_authority: string
    readonly originator_desk: string
    readonly port: string | null
  }[]
> {
  const { rows } = await sql<{ alert: string; originator_authority: string; originator_desk: string; port: string | null }>`
    select alert, originator_authority, originator_desk, next_port as port from cargo.alerts
    where authority = ${authority} and side = 'received' and audience @> array[${desk}]::text[] and issued_at >= ${span.from}::date and issued_at < ${span.until}::date
      and (${span.sender ?? null}::text is null or originator_authority = ${span.sender ?? ''}) order by originator_authority, originator_desk, alert limit 20000`.execute(
    tx,
  )
  return rows
}
