/** Everything the desk may see about one container: its newest sightings in order of time, consignments, signals, alerts, and the prefill of an alert; what is left out is counted. */
import { type Selectable, sql } from 'kysely'
import { parseContainerNumber, suggestContainerNumber } from '#kernel/identifiers/container-number.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type AlertDraftInput, showContainer } from '../contract.ts'
import type { EquipmentSighting, Stated, Voyage } from '../model.ts'
import { plainNumber } from './alert-subject.ts'
import { consignmentRowOf } from './consignments.ts'
import { type ContainerScope, countConsignments, countSightings } from './container-counts.ts'
import { containerSignals } from './signals.ts'
import { withdrawnSignals } from './signals-withdrawn.ts'
import { instantOf } from './stated-instant.ts'
import type { ConsignmentTable, EquipmentTable } from './tables.ts'

const SIGHTINGS = 200
const CONSIGNMENTS = 50
const ALERTS = 20

type SightingRow = Selectable<EquipmentTable> & { document_name: string; voyage: Voyage | null }

export const showContainerRoute = handle(showContainer, async (input, context) => {
  const { tx, facts } = context
  const container = plainNumber(input.container)
  context.about({ kind: 'container', id: container })
  const scope = { authority: facts.authority, desk: facts.desk, container }
  const { rows: sightings } = await sql<SightingRow>`
    select e.*, d.name as document_name, m.voyage from cargo.equipment e join cargo.documents d on d.authority = e.authority and d.desk = e.desk and d.document = e.document
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
    where e.authority = ${facts.authority} and e.desk = ${facts.desk} and e.container = ${container} order by e.observed_at desc, e.document desc, e.ordinal desc limit ${SIGHTINGS + 1}`.execute(
    tx,
  )
  const { rows: consignments } = await sql<Selectable<ConsignmentTable>>`
    select c.* from cargo.consignment_keys k
    join cargo.consignments c on c.authority = k.authority and c.desk = k.desk and c.document = k.document and c.ordinal = k.ordinal
    where k.authority = ${facts.authority} and k.desk = ${facts.desk} and k.kind = 'container' and k.key = ${container} order by c.received_at desc, c.document desc, c.ordinal desc limit ${CONSIGNMENTS + 1}`.execute(
    tx,
  )
  const { rows: alerts } = await sql<{ alert: string; state: string | null; issued_at: Date }>`
    select distinct a.alert, a.issued_at, (select min(c.state) from procedures.cases c where c.authority = a.authority and c.definition = 'PR-01' and c.subject = a.alert) as state
    from cargo.alerts a where a.authority = ${facts.authority} and a.container = ${container} order by a.issued_at desc, a.alert desc limit ${ALERTS + 1}`.execute(
    tx,
  )
  // Newest first, so that the older ones are left out, and the alert is not prefilled from them.
  const newest = { sightings: sightings.slice(0, SIGHTINGS), consignments: consignments.slice(0, CONSIGNMENTS) }
  const parsed = parseContainerNumber(container)
  const suggestion = parsed.ok ? undefined : suggestContainerNumber(container)
  const { signals, notComputable } = await containerSignals(tx, { authority: facts.authority, container })
  return {
    container,
    valid: parsed.ok,
    ...(suggestion === undefined ? {} : { suggestion }),
    sightings: newest.sightings.toReversed().map((row) => ({
      at: row.observed_at.toISOString(),
      stated: row.observed_stated,
      message: row.message_type,
      document: row.document,
      documentName: row.document_name,
      lines: linesOf(row.sighting),
    })),
    consignments: newest.consignments.map(consignmentRowOf),
    signals,
    withdrawn: await withdrawnSignals(tx, { authority: facts.authority, container }),
    notComputable,
    alerts: alerts
      .slice(0, ALERTS)
      .map((row) => ({ alert: row.alert, state: row.state ?? 'issued', issuedAt: row.issued_at.toISOString() })),
    prefill: prefillOf(newest.sightings, newest.consignments),
    leftOut: {
      sightings: sightings.length > SIGHTINGS ? (await countSightings(tx, scope)) - SIGHTINGS : 0,
      consignments: consignments.length > CONSIGNMENTS ? (await countConsignments(tx, scope)) - CONSIGNMENTS : 0,
      alerts: alerts.length > ALERTS ? (await countAlerts(tx, scope)) - ALERTS : 0,
    },
  }
})

async function countAlerts(tx: Tx, { authority, container }: Pick<ContainerScope, 'authority' | 'container'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct alert)::int as n from cargo.alerts where authority = ${authority} and container = ${container}`.execute(tx)
  return rows[0]?.n ?? 0
}

function linesOf(sighting: EquipmentSighting): { label: string; value: string; at: Stated['at'] }[] {
  const line = (label: string, stated: Stated | Stated<number> | undefined) =>
    stated === undefined ? [] : [{ label, value: String(stated.value), at: stated.at }]
  return [
    ...line('container', sighting.container),
    ...line('isoType', sighting.isoType),
    ...line('happenedAt', sighting.happenedAt),
    ...line('stowage', sighting.stowage),
    ...sighting.places.flatMap((place) => line(`place.${place.role}`, place.place)),
    ...sighting.weights.flatMap((weight) => line(`weight.${weight.kind}`, weight.kilograms)),
    ...sighting.seals.flatMap((seal) => line(`seal.${seal.issuer}`, seal.number)),
    ...sighting.references.flatMap((reference) => line(`reference.${reference.code}`, reference.number)),
    ...line('temperature', sighting.setTemperature),
    ...line('operator', sighting.operator),
    ...sighting.hsCodes.flatMap((code) => line('hs', code)),
    ...sighting.goods.flatMap((goods) => line('goods', goods)),
    ...sighting.remarks.flatMap((remark) => line('remark', remark)),
  ]
}

/** What the newest documents state, for the alert form: nothing is corrected, nothing is invented. Takes both newest first. */
function prefillOf(sightings: readonly SightingRow[], consignments: readonly Selectable<ConsignmentTable>[]) {
  const first = <T>(pick: (row: SightingRow) => T | null | undefined): T | undefined =>
    sightings.map(pick).find((each) => each !== null && each !== undefined) ?? undefined
  const voyage = first((row) => (row.voyage?.vesselName === undefined && row.voyage?.voyageNumber === undefined ? undefined : row.voyage))
  const bill = first((row) => row.bill) ?? consignments[0]?.bill
  const booking = first((row) => row.booking)
  const goods = first((row) => row.goods) ?? consignments[0]?.goods ?? undefined
  const legs: NonNullable<AlertDraftInput['legs']> = []
  const add = (role: 'loading' | 'transhipment' | 'discharge', place: string | null | undefined, eta?: Date) => {
    if (place === null || place === undefined || !/^[A-Z]{2}[A-Z2-9]{3}$/.test(place) || legs.some((leg) => leg.place === place)) return
    legs.push({ role, place, ...(eta === undefined ? {} : { eta: eta.toISOString() }) })
  }
  const arrives = instantOf(voyage?.arrivesAt?.value)
  add(
    'loading',
    first((row) => row.loading),
  )
  const discharge = first((row) => row.discharge)
  const transhipment = sightings
    .flatMap((row) => row.sighting.places.filter((place) => place.role === 'transhipment').map((place) => place.place.value))
    .at(0)
  const final = first((row) => row.final_place)
  add('transhipment', transhipment, arrives)
  // A stowage plan knows the ports of its own ship; a later place of delivery by sea makes the port of discharge one of transhipment.
  if (final !== undefined && discharge !== undefined && final !== discharge) add('transhipment', discharge)
  add('discharge', final ?? discharge)
  return {
    ...(bill === undefined ? {} : { bill }),
    ...(booking === undefined ? {} : { booking }),
    seals: [...new Set(sightings.flatMap((row) => row.seals))].slice(0, 10),
    ...(voyage?.vesselName === undefined ? {} : { vesselName: voyage.vesselName.value }),
    ...(voyage?.vesselImo === undefined ? {} : { vesselImo: voyage.vesselImo.value }),
    ...(voyage?.voyageNumber === undefined ? {} : { voyage: voyage.voyageNumber.value }),
    ...(goods === undefined ? {} : { goods }),
    legs,
  }
}
