/**
 * What a desk holds, for slices that make something of it: rows of some containers, documents that were read, containers with news, alerts. Background work sees
 * every desk's rows, so the filter by desk stands in every query here. Other slices know none of the tables: where they compare with what they keep themselves they
 * take a relation, a part of a query with the columns that its name promises, so that one question stays one question.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { DeskScope } from './dossiers.ts'

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
  readonly issued_at: Date
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

export async function holdingsOf(tx: Tx, scope: DeskScope, containers: readonly string[]): Promise<CargoOfContainers> {
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
    from (select distinct k.document, k.ordinal from cargo.consignment_keys k where ${own(scope, 'k')} and k.kind = 'container' and k.key = any(${wanted}::text[])) as n
    cross join lateral (select * from cargo.consignments e where ${own(scope, 'e')} and e.document = n.document and e.ordinal = n.ordinal limit 1) as c
    left join cargo.messages m on m.authority = c.authority and m.desk = c.desk and m.document = c.document and m.ordinal = c.message
    order by c.received_at, c.document, c.ordinal`.execute(tx)
  const signals = await sql<SignalStated>`
    select s.subject as container, s.signal, s.detector, s.body ->> 'explanation' as explanation from cargo.signals s
    where ${own(scope, 's')} and s.subject_kind = 'container' and s.subject = any(${wanted}::text[]) order by s.subject, s.detector, s.signal`.execute(
    tx,
  )
  const evaluations = await sql<{ container: string; detectors: string[] | null }>`
    select v.subject as container, (select array_agg(n ->> 'detector') from jsonb_array_elements(v.not_computable) as n) as detectors from cargo.evaluations v
    where ${own(scope, 'v')} and v.subject_kind = 'container' and v.subject = any(${wanted}::text[])`.execute(tx)
  const alerts = await sql<AlertStated>`
    select distinct on (a.issued_at, a.alert) a.container, a.alert, a.originator_authority, a.originator_desk, a.next_port, a.eta, a.issued_at from cargo.alerts a
    where a.authority = ${scope.authority} and a.side = 'received' and a.notice is null and a.audience @> array[${scope.desk}]::text[] and a.container = any(${wanted}::text[])
    order by a.issued_at, a.alert, a.desk <> ${scope.desk}`.execute(tx)
  return {
    sightings: sightings.rows,
    consignments: consignments.rows,
    signals: signals.rows,
    evaluated: new Map(evaluations.rows.map((row) => [row.container, row.detectors ?? []])),
    alerts: alerts.rows,
  }
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

/** Relation `(authority, desk, document, received_at)`: documents of an authority that were read. */
export function documentsRead(authority: string): RawBuilder<unknown> {
  return sql`(select d.authority, d.desk, d.document, d.received_at from cargo.documents d where d.authority = ${authority} and d.state = 'read')`
}

/** Relation `(container, evaluated_at)`: containers that the detectors of a desk looked at, and when last. */
export function containersEvaluated({ authority, desk }: DeskScope): RawBuilder<unknown> {
  return sql`(select v.subject as container, v.evaluated_at from cargo.evaluations v
    where v.authority = ${authority} and v.desk = ${desk} and v.subject_kind = 'container')`
}

/** Relation `(alert, container, next_port, eta, issued_at, is_standing)`: alerts that reached a desk; one that was withdrawn does not stand. */
export function alertsReceived({ authority, desk }: DeskScope): RawBuilder<unknown> {
  return sql`(select l.alert, l.container, l.next_port, l.eta, l.issued_at, l.notice is null as is_standing from cargo.alerts l
    where l.authority = ${authority} and l.side = 'received' and l.audience @> array[${desk}]::text[])`
}

/** Alerts that reached this desk in a month, by sender, one that it also has for a desk it stands in for once: what became of them is looked up among the arrivals. */
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
    select distinct on (originator_authority, originator_desk, alert) alert, originator_authority, originator_desk, next_port as port from cargo.alerts
    where authority = ${authority} and side = 'received' and audience @> array[${desk}]::text[] and issued_at >= ${span.from}::date and issued_at < ${span.until}::date
      and (${span.sender ?? null}::text is null or originator_authority = ${span.sender ?? ''}) order by originator_authority, originator_desk, alert, desk <> ${desk} limit 20000`.execute(
    tx,
  )
  return rows
}
