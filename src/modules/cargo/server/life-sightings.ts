/** Rows of the store as statements of a life: what kind of happening each message tells of, when and where. */
import type { LifeKind, LifeSighting } from '#kernel/cargo-history/lifetime.ts'
import { codeOf, grossOf, placeOf } from '../detectors/statement-parts.ts'
import type { ConsignmentStatement, EquipmentSighting, SourcePointer, StatedReference, Voyage } from '../model.ts'
import { findPlace } from '../reference/places.ts'
import { instantOf } from './stated-instant.ts'

export interface SightingLifeRow {
  readonly sighting: EquipmentSighting
  readonly message_type: string
  readonly voyage: Voyage | null
  readonly document_name: string
  readonly received_at: Date
}

export interface ConsignmentLifeRow {
  readonly statement: ConsignmentStatement
  readonly declaration: boolean
  readonly received_at: Date
  readonly message_type: string | null
  readonly voyage: Voyage | null
  readonly document_name: string
}

/** What a message tells of a box when it reports no event. */
const KINDS: Readonly<Record<string, LifeKind>> = {
  BAPLIE: 'planned',
  MOVINS: 'planned',
  COPRAR: 'ordered',
  COPARN: 'ordered',
  COPINO: 'ordered',
  IFTMBF: 'ordered',
  IFTMBC: 'ordered',
  COREOR: 'released',
  VERMAS: 'weighed',
  CUSCAR: 'declared',
  IFTMCS: 'declared',
  IFTMIN: 'declared',
  IFCSUM: 'declared',
  CSV: 'declared',
}
/** Shorter references are counters of lines, which some stowage plans state where a bill should stand. */
const SHORTEST_REFERENCE = 4

/** As `filingOf` names it: document and first byte. */
export function sourceName({ document, start }: SourcePointer): string {
  return `${document}:${start}`
}

export function sightingLife({ sighting, message_type: message, voyage, received_at: receivedAt }: SightingLifeRow): LifeSighting {
  const happened = instantOf(sighting.happenedAt?.value) ?? (message === 'BAPLIE' ? instantOf(voyage?.departsAt?.value) : undefined)
  const verified = sighting.weights.find(({ kind }) => kind === 'verified-gross')
  return {
    source: sourceName(sighting.container.at),
    kind: sighting.event ?? KINDS[message] ?? 'reported',
    message,
    receivedAt: receivedAt.toISOString(),
    seals: [...new Set(sighting.seals.map(({ number }) => number.value))],
    ...(happened === undefined ? {} : { at: happened.toISOString() }),
    ...placed(sighting, voyage),
    ...text('loading', codeOf(placeOf(sighting.places, 'loading'))),
    ...text('discharge', codeOf(placeOf(sighting.places, 'discharge'))),
    ...text('voyage', voyage?.voyageNumber?.value),
    ...text('booking', referenceOf(sighting.references, 'BN')),
    ...text('bill', referenceOf(sighting.references, 'BM', 'BH', 'MB')),
    ...text('isoType', sighting.isoType?.value),
    ...(sighting.fullness === undefined ? {} : { fullness: sighting.fullness }),
    ...(verified === undefined ? {} : { verifiedKg: verified.kilograms.value }),
  }
}

export function consignmentLife(
  { statement, declaration, received_at: receivedAt, message_type: type, voyage }: ConsignmentLifeRow,
  container: string,
): LifeSighting {
  const box = statement.containers.find(({ number }) => number.value.toUpperCase() === container)
  const gross = statement.containers.length === 1 ? grossOf(statement) : undefined
  const message = declaration ? 'CSV' : (type ?? '')
  return {
    source: sourceName(statement.document.at),
    kind: KINDS[message] ?? 'declared',
    message,
    receivedAt: receivedAt.toISOString(),
    seals: [...new Set(box?.seals.map(({ number }) => number.value) ?? [])],
    ...text('loading', codeOf(placeOf(statement.places, 'loading'))),
    ...text('discharge', codeOf(placeOf(statement.places, 'discharge'))),
    ...text('voyage', voyage?.voyageNumber?.value),
    ...text('booking', referenceOf(statement.references, 'BN')),
    ...text('bill', statement.document.value.trim().toUpperCase()),
    ...(gross === undefined ? {} : { declaredKg: gross.value }),
  }
}

function placed(sighting: EquipmentSighting, voyage: Voyage | null): Pick<LifeSighting, 'place'> {
  const places = [...sighting.places, ...(voyage?.places ?? [])]
  const role = sighting.event === 'discharged' ? 'discharge' : 'loading'
  const code = codeOf(placeOf(places, 'activity') ?? (sighting.event === undefined ? undefined : placeOf(places, role)))
  if (code === undefined) return {}
  const place = findPlace(code)
  return {
    place: {
      code,
      ...(place?.latitude === undefined || place.longitude === undefined ? {} : { latitude: place.latitude, longitude: place.longitude }),
    },
  }
}

function referenceOf(references: readonly StatedReference[], ...codes: readonly string[]): string | undefined {
  return references
    .find(({ code, number }) => codes.includes(code) && number.value.trim().length >= SHORTEST_REFERENCE)
    ?.number.value.trim()
    .toUpperCase()
}

function text<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  return value === undefined || value === '' ? {} : ({ [key]: value } as { [K in Key]?: string })
}
