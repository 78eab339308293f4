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
const SEALS = 2000

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
  }>`
    select c.container, e.sighting, m.voyage, e.message_type, d.received_at from unnest(${containers}::text[]) as c(container)
    cross join lateral (select * from cargo.equipment e where e.authority = ${authority} and e.desk = ${desk} and e.container = c.container
      order by e.observed_at desc, e.document desc, e.ordinal desc limit ${ROWS}) e
    join cargo.documents d on d.authority = e.authority and d.desk = e.desk and d.document = e.document
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message`.execute(
    tx,
  )
  const byContainer = new Map<string, HeldSighting[]>()
  for (const { container, sighting, voyage, message_type: message, received_at: receivedAt } of rows)
    push(byContainer, container, { sighting, voyage, message, receivedAt })
  return byContainer
}

async function consignmentsOf(
  tx: Tx,
  containers: readonly string[],
  { authority, desk }: DeskScope,
): Promise<ReadonlyMap<string, readonly HeldConsignment[]>> {
  const { rows } = await sql<{
    bill: string
    containers: string[]
    statement: ConsignmentStatement
    voyage: Voyage | null
    declaration: boolean
    received_at: Date
    message_type: string | null
    prepared_at: Date | null
  }>`
    select e.bill, e.containers, e.statement, m.voyage, e.declaration, e.received_at, m.type as message_type, m.prepared_at from cargo.consignments e
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
    where e.authority = ${authority} and e.desk = ${desk} and e.containers && ${containers}::text[]
    order by e.received_at desc, e.document, e.ordinal limit ${containers.length * ROWS}`.execute(tx)
  const days = await daysOf(tx, { authority, desk }, [...new Set(rows.map(({ bill }) => `bill ${bill}`))])
  const wanted = new Set(containers)
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
    for (const container of row.containers)
      if (wanted.has(container) && (byContainer.get(container)?.length ?? 0) < ROWS) push(byContainer, container, held)
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
  const { rows } = await sql<{ seal: string; container: string; at: Date }>`
    select seal, e.container, max(e.observed_at) as at from cargo.equipment e, unnest(e.seals) as seal
    where e.authority = ${authority} and e.desk = ${desk} and e.seals && ${seals}::text[] and seal = any(${seals}::text[])
    group by seal, e.container order by seal, e.container limit ${SEALS}`.execute(tx)
  return rows.map(({ seal, container, at }) => ({ seal, container, at: at.toISOString() }))
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, [value])
  else held.push(value)
}
