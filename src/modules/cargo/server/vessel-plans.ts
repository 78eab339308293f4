/** Vessels and their stowage plans as this desk holds them. A vessel is what its plans say of it: there is no register of vessels beside them. */
import { type RawBuilder, sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { listVessels, type PlanRow, showVessel } from '../contract/vessel.ts'
import type { Voyage } from '../model.ts'
import type { DeskScope } from './dossiers.ts'
import { present } from './equipment.ts'

const PLANS = 200
const NAME = sql<string>`nullif(btrim(m.voyage -> 'vesselName' ->> 'value'), '')`
const IMO = sql<string>`nullif(btrim(m.voyage -> 'vesselImo' ->> 'value'), '')`
/** As the address has it: no longer than a key may be. */
const KEY = sql<string>`left(coalesce(${IMO}, upper(${NAME}), '-'), 200)`

interface PlanMessage {
  readonly document: string
  readonly ordinal: number
  readonly type: string
  readonly document_name: string
  readonly received_at: Date
  readonly voyage: Voyage
  readonly vessel: string
}

function plansOf({ authority, desk }: DeskScope): RawBuilder<PlanMessage> {
  return sql<PlanMessage>`
    select m.document, m.ordinal, m.type, m.voyage, d.name as document_name, d.received_at, ${KEY} as vessel, ${NAME} as name, ${IMO} as imo
    from cargo.messages m join cargo.documents d on d.authority = m.authority and d.desk = m.desk and d.document = m.document
    where m.authority = ${authority} and m.desk = ${desk} and m.type in ('BAPLIE', 'MOVINS') and m.outcome <> 'quarantined'`
}

interface VesselFound {
  readonly vessel: string
  readonly name: string | null
  readonly imo: string | null
  readonly plans: number
  readonly last: Date
}

export const listVesselsRoute = handle(listVessels, async (input, { tx, facts }) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'cargo.cursor' })
  const text = input.text?.trim().toUpperCase() ?? ''
  const { rows } = await sql<VesselFound>`
    select * from (
      select vessel, (array_agg(name order by received_at desc) filter (where name is not null))[1] as name, max(imo) as imo,
        count(*)::int as plans, date_trunc('milliseconds', max(received_at)) as last
      from (${plansOf(facts)}) as plan group by vessel) as found
    where (${text} = '' or starts_with(vessel, ${text}) or starts_with(upper(name), ${text}))
      and ${mark === undefined ? sql<boolean>`true` : sql<boolean>`(last, vessel) < (${String(mark[0])}::timestamptz, ${String(mark[1])})`}
    order by last desc, vessel desc limit ${input.limit + 1}`.execute(tx)
  const shown = rows.slice(0, input.limit)
  const end = shown.at(-1)
  return {
    items: shown.map(({ vessel, name, imo, plans, last }) => ({
      vessel,
      ...present('name', name),
      ...present('imo', imo),
      plans,
      lastReceivedAt: last.toISOString(),
    })),
    ...(rows.length > input.limit && end !== undefined ? { next: writeMark([end.last.toISOString(), end.vessel]) } : {}),
  }
})

export const showVesselRoute = handle(showVessel, async (input, { tx, facts, ...context }) => {
  context.about({ kind: 'vessel', id: input.vessel })
  const { rows } = await sql<PlanMessage & { readonly of: number }>`
    select *, count(*) over ()::int as of from (${plansOf(facts)}) as plan where vessel = ${input.vessel}
    order by received_at desc, document desc, ordinal desc limit ${PLANS}`.execute(tx)
  const [newest] = rows
  if (newest === undefined) throw notFound()
  return { ...vesselOf(newest), plans: rows.map(planRowOf), leftOut: newest.of - rows.length }
})

export async function planMessage(
  tx: Tx,
  scope: DeskScope,
  of: { readonly document: string; readonly message: number },
): Promise<PlanMessage | undefined> {
  const { rows } = await sql<PlanMessage>`
    select * from (${plansOf(scope)}) as plan where document = ${of.document} and ordinal = ${of.message}`.execute(tx)
  return rows[0]
}

export function vesselOf({ vessel, voyage }: PlanMessage) {
  return { vessel, ...present('name', voyage.vesselName?.value), ...present('imo', voyage.vesselImo?.value) }
}

export function planRowOf({ document, ordinal, type, document_name: documentName, received_at, voyage }: PlanMessage): PlanRow {
  const place = (role: string) => voyage.places.find((each) => each.role === role)?.place.value
  return {
    document,
    message: ordinal,
    documentName,
    type,
    ...present('voyage', voyage.voyageNumber?.value),
    ...present('from', place('departure')),
    ...present('next', place('next-port')),
    ...present('departsAt', voyage.departsAt?.value),
    receivedAt: received_at.toISOString(),
  }
}
