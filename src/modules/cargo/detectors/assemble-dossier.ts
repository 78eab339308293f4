/**
 * The dossier of a container from what a desk holds: rows in, plain values out. Pure, so that the store and a test that keeps everything in memory build the same.
 * Invariant: what was known under a key is what was known when the first document of the dossier that names it was read, so a dossier made again says the same.
 */

import { goodsWords } from '#kernel/cargo-history/goods-words.ts'
import type { Position } from '#kernel/geo/distance.ts'
import type { ConsignmentStatement, EquipmentSighting, Voyage } from '../model.ts'
import type { ContainerDossier, DossierConsignment, DossierHistory, DossierSighting, KeyHistory } from './dossier.ts'
import { addressKey, entriesOf, historyKey, isMarked, type MarkedKind, ownerEntries, type TallyKind } from './history-keys.ts'
import { journeyStart, timeOf } from './journey-view.ts'
import { dwellsOf, leadOf } from './measures.ts'
import { companiesOf, headingsOf, routeOf } from './statement-parts.ts'

export interface HeldSighting {
  readonly sighting: EquipmentSighting
  readonly voyage: Voyage | null
  readonly message: string
  readonly receivedAt: Date
}

export interface HeldConsignment {
  readonly statement: ConsignmentStatement
  readonly voyage: Voyage | null
  readonly declaration: boolean
  readonly message: string
  readonly receivedAt: Date
}

/** What a dossier asks of the history of its desk. */
export interface Asked {
  /** Kind and key, as `historyKey` writes them. */
  readonly keys: readonly string[]
  /** The same, each behind the documents that may have marked it and a blank. */
  readonly marks: readonly string[]
  readonly tallies: readonly { readonly kind: TallyKind; readonly key: string; readonly sub?: string }[]
}

export interface Answered {
  readonly mark: (document: string, key: string) => KeyHistory | undefined
  readonly tally: (key: string) => Readonly<Record<string, number>> | undefined
  readonly sealElsewhere: DossierHistory['sealElsewhere']
  readonly findings: DossierHistory['findings']
}

export interface World {
  readonly instantOf: (text: string | undefined) => Date | undefined
  readonly positionOf: (code: string) => Position | undefined
}

/** Everything but the history, which is asked for once it is known what the dossier names. */
export type BareDossier = Omit<ContainerDossier, 'history'>

export function bareDossier(
  container: string,
  held: { readonly sightings: readonly HeldSighting[]; readonly consignments: readonly HeldConsignment[]; readonly paintedSo?: boolean },
  world: World,
): BareDossier {
  const sightings = held.sightings
    .map((each) => dossierSighting(each, world))
    .sort((a, b) => compare(timeOf(a), timeOf(b)) || compare(a.receivedAt, b.receivedAt) || pointerOrder(a, b))
  const consignments = held.consignments
    .map((each) => dossierConsignment(each, world))
    .sort((a, b) => compare(a.receivedAt, b.receivedAt) || compare(orderOf(a.statement.document.at), orderOf(b.statement.document.at)))
  const from = journeyStart(sightings)
  const positions: Record<string, Position> = {}
  for (const { statement } of consignments)
    for (const { place } of statement.places) {
      const code = place.value.trim().toUpperCase()
      const position = positions[code] ?? world.positionOf(code)
      if (position !== undefined) positions[code] = position
    }
  return {
    container,
    sightings,
    consignments,
    positions,
    ...(from === undefined ? {} : { journeyFrom: from }),
    ...(held.paintedSo === true ? { paintedSo: true } : {}),
  }
}

export function askedBy(bare: BareDossier): Asked {
  const keys = new Set<string>()
  const marks = new Set<string>()
  const mark = (kind: MarkedKind | TallyKind, key: string, documents: Iterable<string>) => {
    keys.add(historyKey(kind, key))
    for (const document of documents) marks.add(`${document} ${historyKey(kind, key)}`)
  }
  const tallies = new Map<string, Asked['tallies'][number]>()
  const ask = (kind: TallyKind, key: string, sub?: string) =>
    tallies.set(`${kind}|${key}|${sub ?? ''}`, { kind, key, ...(sub === undefined ? {} : { sub }) })
  const reports = new Set(bare.sightings.map(({ sighting }) => sighting.container.at.document))
  const filings = new Set(bare.consignments.map(({ statement }) => statement.document.at.document))
  for (const { kind, key } of ownerEntries(bare.container)) mark(kind, key, reports)
  for (const { statement } of bare.consignments) {
    for (const { kind, key } of entriesOf(statement, '')) if (isMarked(kind)) mark(kind, key, filings)
    for (const { party } of companiesOf(statement, 'consignor', 'consignee')) {
      const address = addressKey(party)
      if (address !== undefined) ask('address', address)
    }
    const words = statement.goods.flatMap(({ value }) => goodsWords(value))
    for (const word of words) ask('word', word, '')
    for (const { heading } of headingsOf(statement.hsCodes, 4)) {
      ask('goods', heading, '')
      ask('residual', heading)
      for (const word of words) ask('goods-word', heading, word)
    }
    const route = routeOf(statement)
    if (route !== undefined) for (const { heading } of headingsOf(statement.hsCodes, 4)) ask('lane-weight', `${route.name}|${heading}`)
  }
  const dossier = { ...bare, history: { keys: {}, tallies: {}, sealElsewhere: [], findings: {} } }
  for (const { key } of dwellsOf(dossier)) ask('dwell', key)
  const lead = leadOf(dossier)
  if (lead !== undefined) ask('lead', lead.key)
  return { keys: [...keys], marks: [...marks], tallies: [...tallies.values()] }
}

export function withHistory(bare: BareDossier, asked: Asked, answered: Answered): ContainerDossier {
  const keys: Record<string, KeyHistory> = {}
  // In order of receipt: the first document that named a key decides what was known then.
  const ordered = [
    ...bare.consignments.map(({ receivedAt, statement }) => ({ receivedAt, document: statement.document.at.document })),
    ...bare.sightings.map(({ receivedAt, sighting }) => ({ receivedAt, document: sighting.container.at.document })),
  ].sort((a, b) => compare(a.receivedAt, b.receivedAt))
  const documents = [...new Set(ordered.map(({ document }) => document))]
  for (const key of asked.keys)
    for (const document of documents) {
      const mark = answered.mark(document, key)
      if (mark === undefined) continue
      keys[key] = mark
      break
    }
  const tallies: Record<string, Readonly<Record<string, number>>> = {}
  for (const { kind, key } of asked.tallies) {
    const held = answered.tally(historyKey(kind, key))
    if (held !== undefined) tallies[historyKey(kind, key)] = held
  }
  return { ...bare, history: { keys, tallies, sealElsewhere: answered.sealElsewhere, findings: answered.findings } }
}

function dossierSighting({ sighting, voyage, message, receivedAt }: HeldSighting, { instantOf, positionOf }: World): DossierSighting {
  const happened = instantOf(sighting.happenedAt?.value)
  const departs = instantOf(voyage?.departsAt?.value)
  const code = placeOfEvent(sighting, voyage)
  const power = powerOf(sighting)
  return {
    message,
    receivedAt: receivedAt.toISOString(),
    ...(happened === undefined ? {} : { happenedAt: happened.toISOString() }),
    ...(departs === undefined ? {} : { departsAt: departs.toISOString() }),
    ...(code === undefined ? {} : { place: { code, ...positionOf(code) } }),
    ...(voyage?.voyageNumber === undefined ? {} : { voyage: voyage.voyageNumber.value }),
    ...(power === undefined ? {} : { power }),
    sighting,
  }
}

function dossierConsignment(
  { statement, voyage, declaration, message, receivedAt }: HeldConsignment,
  { instantOf }: World,
): DossierConsignment {
  const shipped = instantOf(voyage?.departsAt?.value)
  return {
    message,
    receivedAt: receivedAt.toISOString(),
    declaration,
    ...(voyage?.voyageNumber === undefined ? {} : { voyage: voyage.voyageNumber.value }),
    ...(shipped === undefined ? {} : { shippedAt: shipped.toISOString() }),
    statement,
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

const OFF = /\b(?:power off|unplugged|disconnected|desconectad[ao]|sin energia)\b/i
const ON = /\b(?:power on|plugged in|connected|conectad[ao])\b/i

/** Older reports say in words whether a reefer was connected. */
function powerOf({ remarks }: EquipmentSighting): 'on' | 'off' | undefined {
  for (const { value } of remarks) {
    if (OFF.test(value)) return 'off'
    if (ON.test(value)) return 'on'
  }
  return undefined
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function orderOf(at: { readonly document: string; readonly start: number }): string {
  return `${at.document}${String(at.start).padStart(12, '0')}`
}

function pointerOrder(a: DossierSighting, b: DossierSighting): number {
  return compare(orderOf(a.sighting.container.at), orderOf(b.sighting.container.at))
}
