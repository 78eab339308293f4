/**
 * Builds the dossier of a container for one desk: only rows that this desk holds. Background work sees every desk's rows, so the
 * filter stands here in every query; a dossier never mixes what two desks hold.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { ContainerDossier, DossierConsignment, DossierHistory, DossierSighting } from '../detectors/dossier.ts'
import type { ConsignmentStatement, EquipmentSighting, Voyage } from '../model.ts'
import { findPlace } from '../reference/places.ts'
import { instantOf } from './stated-instant.ts'

export interface DeskScope {
  readonly authority: string
  readonly desk: string
}

/** Counts over everything the desk holds, taken once for a whole run. */
export interface DeskCounts {
  readonly parties: ReadonlyMap<string, number>
  readonly routes: ReadonlyMap<string, number>
}

const ROWS = 100

export async function countDesk(tx: Tx, { authority, desk }: DeskScope): Promise<DeskCounts> {
  const own = sql<boolean>`authority = ${authority} and desk = ${desk}`
  const parties = await sql<{ name: string; n: number }>`
    select upper(name) as name, count(*)::int as n from cargo.consignments, unnest(array[consignor, consignee]) as name where ${own} and name is not null group by 1`.execute(
    tx,
  )
  const routes = await sql<{ route: string; n: number }>`
    select loading || '-' || discharge as route, count(*)::int as n from cargo.consignments where ${own} and loading is not null and discharge is not null group by 1`.execute(
    tx,
  )
  return { parties: new Map(parties.rows.map((row) => [row.name, row.n])), routes: new Map(routes.rows.map((row) => [row.route, row.n])) }
}

export async function dossierOf(
  tx: Tx,
  container: string,
  scope: DeskScope & { readonly counts: DeskCounts; readonly paintedSo: boolean },
): Promise<ContainerDossier> {
  const { authority, desk, counts } = scope
  const own = sql<boolean>`e.authority = ${authority} and e.desk = ${desk}`
  const sightings = await sql<{ sighting: EquipmentSighting; voyage: Voyage | null; message_type: string; received_at: Date }>`
    select e.sighting, m.voyage, e.message_type, d.received_at from cargo.equipment e
    join cargo.documents d on d.authority = e.authority and d.desk = e.desk and d.document = e.document
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
    where ${own} and e.container = ${container} order by e.observed_at, d.received_at, e.document, e.ordinal limit ${ROWS}`.execute(tx)
  const consignments = await sql<{ statement: ConsignmentStatement; declaration: boolean; received_at: Date; message_type: string | null }>`
    select e.statement, e.declaration, e.received_at, m.type as message_type from cargo.consignments e
    left join cargo.messages m on m.authority = e.authority and m.desk = e.desk and m.document = e.document and m.ordinal = e.message
    where ${own} and e.containers @> array[${container}]::text[] order by e.received_at, e.document, e.ordinal limit ${ROWS}`.execute(tx)
  const seals = [...new Set(sightings.rows.flatMap((row) => row.sighting.seals.map((seal) => seal.number.value)))]
  const elsewhere = await sql<{ seal: string; container: string }>`
    select seal, e.container from cargo.equipment e, unnest(e.seals) as seal
    where ${own} and e.seals && ${seals}::text[] and seal = any(${seals}::text[]) and e.container <> ${container} order by seal, e.container limit 5`.execute(
    tx,
  )
  const stated = consignments.rows.map(
    (row): DossierConsignment => ({
      message: row.declaration ? 'CSV' : (row.message_type ?? ''),
      receivedAt: row.received_at.toISOString(),
      declaration: row.declaration,
      statement: row.statement,
    }),
  )
  return {
    container,
    sightings: sightings.rows.map(sightingOf),
    consignments: stated,
    history: historyOf(stated, counts, elsewhere.rows),
    ...(scope.paintedSo ? { paintedSo: true } : {}),
  }
}

function sightingOf(row: { sighting: EquipmentSighting; voyage: Voyage | null; message_type: string; received_at: Date }): DossierSighting {
  const { sighting, voyage } = row
  const stated = instantOf(sighting.happenedAt?.value)
  const code = placeOfEvent(sighting, voyage)
  const place = code === undefined ? undefined : findPlace(code)
  return {
    message: row.message_type,
    receivedAt: row.received_at.toISOString(),
    ...(stated === undefined ? {} : { happenedAt: stated.toISOString() }),
    ...(code === undefined
      ? {}
      : {
          place: {
            code,
            ...(place?.latitude === undefined ? {} : { latitude: place.latitude }),
            ...(place?.longitude === undefined ? {} : { longitude: place.longitude }),
          },
        }),
    ...(voyage?.voyageNumber === undefined ? {} : { voyage: voyage.voyageNumber.value }),
    sighting,
  }
}

/** Where an event took place: the place of activity stated with it, or the port of loading or discharge that the event is about. */
function placeOfEvent(sighting: EquipmentSighting, voyage: Voyage | null): string | undefined {
  const places = [...sighting.places, ...(voyage?.places ?? [])]
  const role = sighting.event === 'discharged' ? 'discharge' : 'loading'
  const stated =
    places.find((place) => place.role === 'activity') ??
    (sighting.event === undefined ? undefined : places.find((place) => place.role === role))
  return stated?.place.value.toUpperCase()
}

/** What was seen beside the dossier's own consignments: these must not count as their own history. */
function historyOf(own: readonly DossierConsignment[], counts: DeskCounts, sealElsewhere: DossierHistory['sealElsewhere']): DossierHistory {
  const parties = new Map(counts.parties)
  const routes = new Map(counts.routes)
  const less = (map: Map<string, number>, key: string) => map.set(key, Math.max(0, (map.get(key) ?? 0) - 1))
  for (const { statement } of own) {
    for (const role of ['consignor', 'consignee'] as const) {
      const name = statement.parties.find((party) => party.role === role)?.name.value
      if (name !== undefined) less(parties, name.toUpperCase())
    }
    const place = (role: string) => statement.places.find((each) => each.role === role)?.place.value.toUpperCase()
    const [loading, discharge] = [place('loading'), place('discharge')]
    if (loading !== undefined && discharge !== undefined) less(routes, `${loading}-${discharge}`)
  }
  return { partyConsignments: Object.fromEntries(parties), routeConsignments: Object.fromEntries(routes), sealElsewhere }
}
