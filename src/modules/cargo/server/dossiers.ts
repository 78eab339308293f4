/**
 * Builds the dossiers of containers for one desk, a batch at a time: only rows that this desk holds. Background work sees every desk's rows, so the filter stands
 * here in every query; a dossier never mixes what two desks hold.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { askedBy, bareDossier, type HeldConsignment, type HeldSighting, type World, withHistory } from '../detectors/assemble-dossier.ts'
import type { ContainerDossier, DossierHistory } from '../detectors/dossier.ts'
import { isPlaceholderSeal } from '../detectors/seal-change.ts'
import type { ConsignmentStatement, EquipmentSighting, Voyage } from '../model.ts'
import { findPlace } from '../reference/places.ts'
import { readHistory } from './history-rows.ts'
import { instantOf } from './stated-instant.ts'

export interface DeskScope {
  readonly authority: string
  readonly desk: string
}

/** Of each container the newest; more of one box is no history but a flood. */
const ROWS = 100
/** Boxes that are looked at under one seal. */
const BOXES = 50

const WORLD: World = {
  instantOf,
  positionOf: (code) => {
    const place = findPlace(code)
    return place?.latitude === undefined || place.longitude === undefined
      ? undefined
      : { latitude: place.latitude, longitude: place.longitude }
  },
}

export async function dossiersOf(
  tx: Tx,
  containers: readonly string[],
  scope: DeskScope & { readonly findings: DossierHistory['findings']; readonly paintedSo?: boolean },
): Promise<readonly ContainerDossier[]> {
  const [sightings, consignments] = [await sightingsOf(tx, containers, scope), await consignmentsOf(tx, containers, scope)]
  const elsewhere = await sealsOf(tx, [...sightings.values()].flat(), scope)
  const days = await daysOf(
    tx,
    scope,
    containers.map((container) => `box ${container}`),
  )
  const bare = containers.map((container) => {
    const day = days.get(`box ${container}`)
    return bareDossier(
      container,
      {
        sightings: sightings.get(container) ?? [],
        consignments: consignments.get(container) ?? [],
        paintedSo: scope.paintedSo === true,
        ...(day === undefined ? {} : { day }),
      },
      WORLD,
    )
  })
  const asked = bare.map(askedBy)
  const answers = await readHistory(tx, scope, asked)
  return bare.map((each, index) => {
    const own = new Set(each.sightings.flatMap(({ sighting }) => sighting.seals.map(({ number }) => number.value)))
    const sealElsewhere = elsewhere.filter(({ seal, container }) => own.has(seal) && container !== each.container)
    return withHistory(each, asked[index] ?? { dated: [], tallies: [] }, {
      ...answers,
      sealElsewhere,
      findings: scope.findings,
    })
  })
}

async function sightingsOf(
  tx: Tx,
  containers: readonly string[],
  { authority, desk }: DeskScope,
): Promise<ReadonlyMap<string, readonly HeldSighting[]>> {
  const { rows } = await sql<{
    container: string
    sighting: EquipmentSighting
    voyage: Voyage | null
    message_type: string
    received_at: Date
    prepared_at: Date | null
  }>`
    select c.container, e.sighting, m.voyage, e.message_type, d.received_at, m.prepared_at from unnest(${containers}::text[]) as c(container)
    cross join lateral (select * from cargo.equipment e where e.authority = ${authority} and e.desk = ${desk} and e.container = c.container
      order by e.observed_at desc, e.document desc, e.ordinal desc limit ${ROWS}) e
    join cargo.documents d on d.authority = e.authority and d.desk = e.desk and d.document = e.document
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message`.execute(
    tx,
  )
  const byContainer = new Map<string, HeldSighting[]>()
  for (const { container, sighting, voyage, message_type: message, received_at: receivedAt, prepared_at } of rows)
    push(byContainer, container, { sighting, voyage, message, receivedAt, ...(prepared_at === null ? {} : { preparedAt: prepared_at }) })
  return byContainer
}

interface ConsignmentRow {
  /** Those of the wanted that the bill names. */
  readonly boxes: string[]
  readonly bill: string
  readonly statement: ConsignmentStatement
  readonly voyage: Voyage | null
  readonly declaration: boolean
  readonly received_at: Date
  readonly message_type: string | null
  readonly prepared_at: Date | null
}

async function consignmentsOf(
  tx: Tx,
  containers: readonly string[],
  { authority, desk }: DeskScope,
): Promise<ReadonlyMap<string, readonly HeldConsignment[]>> {
  // Box by box through the index: asked for all at once, the planner reads the whole table. A bill of many boxes is read once.
  const { rows } = await sql<ConsignmentRow>`
    with named as materialized (
      select k.document, k.ordinal, array_agg(c.container) as boxes from unnest(${containers}::text[]) as c(container)
      cross join lateral (select e.document, e.ordinal from cargo.consignment_keys k
        join cargo.consignments e on e.authority = k.authority and e.desk = k.desk and e.document = k.document and e.ordinal = k.ordinal
        left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
        where k.authority = ${authority} and k.desk = ${desk} and k.kind = 'container' and k.key = c.container
        order by coalesce(m.prepared_at, e.received_at) desc, e.document, e.ordinal limit ${ROWS}) as k
      group by k.document, k.ordinal)
    select n.boxes, e.bill, e.statement, e.declaration, e.received_at, m.voyage, m.type as message_type, m.prepared_at from named n
    cross join lateral (select * from cargo.consignments e where e.authority = ${authority} and e.desk = ${desk} and e.document = n.document and e.ordinal = n.ordinal limit 1) as e
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message`.execute(
    tx,
  )
  const days = await daysOf(tx, { authority, desk }, [...new Set(rows.map(({ bill }) => `bill ${bill}`))])
  const byContainer = new Map<string, HeldConsignment[]>()
  for (const row of rows) {
    const { statement, voyage, declaration, received_at: receivedAt } = row
    const day = days.get(`bill ${row.bill}`)
    const held = {
      statement,
      voyage,
      declaration,
      receivedAt,
      message: declaration ? 'CSV' : (row.message_type ?? ''),
      ...(row.prepared_at === null ? {} : { preparedAt: row.prepared_at }),
      ...(day === undefined ? {} : { day }),
    }
    for (const container of row.boxes) push(byContainer, container, held)
  }
  return byContainer
}

/** Since when the desk knows of bills and boxes. */
async function daysOf(tx: Tx, { authority, desk }: DeskScope, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ subject: string; day: string }>`
    select subject, day from cargo.history_subjects where authority = ${authority} and desk = ${desk} and subject = any(${subjects}::text[])`.execute(
    tx,
  )
  return new Map(rows.map(({ subject, day }) => [subject, day]))
}

/** Where else the seals of these sightings were seen. Placeholders are on many boxes and say nothing here. */
async function sealsOf(
  tx: Tx,
  sightings: readonly HeldSighting[],
  { authority, desk }: DeskScope,
): Promise<DossierHistory['sealElsewhere']> {
  const seals = [...new Set(sightings.flatMap(({ sighting }) => sighting.seals.map(({ number }) => number.value)))].filter(
    (seal) => !isPlaceholderSeal(seal),
  )
  if (seals.length === 0) return []
  // The seal first: the planner knows little of what is in an array, and among many boxes would read all of a desk in the order of their numbers to find fifty.
  const { rows } = await sql<{ seal: string; container: string; at: Date }>`
    select w.seal, e.container, e.at from unnest(${seals}::text[]) as w(seal)
    cross join lateral (select s.container, max(s.observed_at) as at from (select e.container, e.observed_at from cargo.equipment e
      where e.authority = ${authority} and e.desk = ${desk} and e.seals @> array[w.seal] offset 0) as s group by s.container order by s.container limit ${BOXES}) as e
    order by w.seal, e.container`.execute(tx)
  return rows.map(({ seal, container, at }) => ({ seal, container, at: at.toISOString() }))
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, [value])
  else held.push(value)
}
