/**
 * The dossier of a container from what a desk holds: rows in, plain values out. Pure, so that the store and a test that keeps everything in memory build the same.
 * Invariant: what is known under a key is what the desk holds of days before that of the bill or box, so the same documents in any order give the same dossier; what
 * was only sent again stands in it once.
 */

import type { Tally } from '#kernel/cargo-history/comparison-window.ts'
import { goodsWords } from '#kernel/cargo-history/goods-words.ts'
import type { Position } from '#kernel/geo/distance.ts'
import type { ConsignmentStatement, EquipmentSighting, Voyage } from '../model.ts'
import type { ContainerDossier, DossierConsignment, DossierHistory, DossierSighting, KeyHistory } from './dossier.ts'
import {
  addressKey,
  type DatedAsk,
  datedKey,
  entriesOf,
  isDated,
  monthOf,
  ownerEntries,
  type TallyAsk,
  type TallyKind,
  tallyKey,
} from './history-keys.ts'
import { journeyStart, timeOf, versionOf } from './journey-view.ts'
import { dwellsOf, leadOf } from './measures.ts'
import { compareStatements, saysTheSame } from './statement-order.ts'
import { companiesOf, headingsOf, routeOf } from './statement-parts.ts'

export interface HeldSighting {
  readonly sighting: EquipmentSighting
  readonly voyage: Voyage | null
  readonly message: string
  readonly receivedAt: Date
  readonly preparedAt?: Date
}

export interface HeldConsignment {
  readonly statement: ConsignmentStatement
  readonly voyage: Voyage | null
  readonly declaration: boolean
  readonly message: string
  readonly receivedAt: Date
  readonly preparedAt?: Date
  /** Day of the bill, ISO 8601, as the desk has learned it. */
  readonly day?: string
}

/** What a dossier asks of the history of its desk. */
export interface Asked {
  readonly dated: readonly DatedAsk[]
  readonly tallies: readonly TallyAsk[]
}

export interface Answered {
  readonly dated: (asked: DatedAsk) => KeyHistory | undefined
  readonly tally: (asked: TallyAsk) => Tally | undefined
  readonly sealElsewhere: DossierHistory['sealElsewhere']
  readonly findings: DossierHistory['findings']
}

export interface World {
  readonly instantOf: (text: string | undefined) => Date | undefined
  readonly positionOf: (code: string) => Position | undefined
}

/** Day of a bill as one document gives it: that of departure, or else of preparation, of arrival, and of receipt where none is stated. */
export function billDay(
  { voyage, preparedAt, receivedAt }: Pick<HeldConsignment, 'voyage' | 'preparedAt' | 'receivedAt'>,
  { instantOf }: Pick<World, 'instantOf'>,
): string {
  return dayOf(instantOf(voyage?.departsAt?.value) ?? preparedAt ?? instantOf(voyage?.arrivesAt?.value) ?? receivedAt)
}

export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

const NEVER = { receivedAt: '1970-01-01' }

/** Everything but the history, which is asked for once it is known what the dossier names. */
export type BareDossier = Omit<ContainerDossier, 'history'>

export function bareDossier(
  container: string,
  held: {
    readonly sightings: readonly HeldSighting[]
    readonly consignments: readonly HeldConsignment[]
    readonly day?: string
    readonly paintedSo?: boolean
  },
  world: World,
): BareDossier {
  const sightings = held.sightings
    .map((each) => dossierSighting(each, world))
    .sort((a, b) => compare(timeOf(a), timeOf(b)) || compare(a.message, b.message) || compareStatements(a.sighting, b.sighting))
    .filter((each, index, all) => !isRepeated(all[index - 1], each, timeOf) || !saysTheSame(all[index - 1]?.sighting, each.sighting))
  const consignments = held.consignments
    .map((each) => dossierConsignment(each, world))
    .sort(
      (a, b) =>
        compare(a.day, b.day) ||
        compare(a.message, b.message) ||
        compare(versionOf(a), versionOf(b)) ||
        compareStatements(a.statement, b.statement),
    )
    .filter((each, index, all) => !isRepeated(all[index - 1], each, versionOf) || !saysTheSame(all[index - 1]?.statement, each.statement))
  const from = journeyStart(sightings)
  const last = [
    ...sightings.map(timeOf),
    ...consignments.map(({ day }) => day),
    ...[...held.sightings, ...held.consignments].map(({ voyage }) => world.instantOf(voyage?.arrivesAt?.value)?.toISOString() ?? ''),
  ].reduce((latest, at) => (at > latest ? at : latest), '')
  const positions: Record<string, Position> = {}
  for (const { statement } of consignments)
    for (const { place } of statement.places) {
      const code = place.value.trim().toUpperCase()
      const position = positions[code] ?? world.positionOf(code)
      if (position !== undefined) positions[code] = position
    }
  return {
    container,
    day: held.day ?? timeOf(sightings[0] ?? NEVER).slice(0, 10),
    sightings,
    consignments,
    positions,
    ...(last === '' ? {} : { lastDay: last.slice(0, 10) }),
    ...(from === undefined ? {} : { journeyFrom: from }),
    ...(held.paintedSo === true ? { paintedSo: true } : {}),
  }
}

export function askedBy(bare: BareDossier): Asked {
  const dated = new Map<string, DatedAsk>()
  const askDated = (each: DatedAsk) => dated.set(datedKey(each), each)
  const tallies = new Map<string, Asked['tallies'][number]>()
  const ask = (kind: TallyKind, key: string, month: string) => tallies.set(tallyKey({ kind, key, month }), { kind, key, month })
  for (const { kind, key } of ownerEntries(bare.container)) if (isDated(kind)) askDated({ kind, key, day: bare.day })
  for (const { statement, day } of bare.consignments) {
    const month = monthOf(day)
    for (const { kind, key } of entriesOf(statement)) if (isDated(kind)) askDated({ kind, key, day })
    for (const { party } of companiesOf(statement, 'consignor', 'consignee')) {
      const address = addressKey(party)
      if (address !== undefined) ask('address', address, month)
    }
    const words = statement.goods.flatMap(({ value }) => goodsWords(value))
    for (const word of words) ask('word', word, month)
    for (const { heading } of headingsOf(statement.hsCodes, 4)) {
      ask('goods', heading, month)
      ask('residual', heading, month)
      for (const word of words) ask('goods-word', `${heading}|${word}`, month)
    }
    const route = routeOf(statement)
    if (route !== undefined)
      for (const { heading } of headingsOf(statement.hsCodes, 4)) ask('lane-weight', `${route.name}|${heading}`, month)
  }
  const dossier = { ...bare, history: { keys: {}, tallies: {}, sealElsewhere: [], findings: {} } }
  for (const { kind, key, month } of dwellsOf(dossier)) ask(kind, key, month)
  const lead = leadOf(dossier)
  if (lead !== undefined) ask(lead.kind, lead.key, lead.month)
  return { dated: [...dated.values()], tallies: [...tallies.values()] }
}

export function withHistory(bare: BareDossier, asked: Asked, answered: Answered): ContainerDossier {
  const keys: Record<string, KeyHistory> = {}
  for (const each of asked.dated) {
    const held = answered.dated(each)
    if (held !== undefined) keys[datedKey(each)] = held
  }
  const tallies: Record<string, Tally> = {}
  for (const each of asked.tallies) {
    const held = answered.tally(each)
    if (held !== undefined) tallies[tallyKey(each)] = held
  }
  return { ...bare, history: { keys, tallies, sealElsewhere: answered.sealElsewhere, findings: answered.findings } }
}

function dossierSighting(
  { sighting, voyage, message, receivedAt, preparedAt }: HeldSighting,
  { instantOf, positionOf }: World,
): DossierSighting {
  const happened = instantOf(sighting.happenedAt?.value)
  const departs = instantOf(voyage?.departsAt?.value)
  const code = placeOfEvent(sighting, voyage)
  const power = powerOf(sighting)
  return {
    message,
    receivedAt: receivedAt.toISOString(),
    ...(happened === undefined ? {} : { happenedAt: happened.toISOString() }),
    ...(departs === undefined ? {} : { departsAt: departs.toISOString() }),
    ...(preparedAt === undefined ? {} : { preparedAt: preparedAt.toISOString() }),
    ...(code === undefined ? {} : { place: { code, ...positionOf(code) } }),
    ...(voyage?.voyageNumber === undefined ? {} : { voyage: voyage.voyageNumber.value }),
    ...(power === undefined ? {} : { power }),
    sighting,
  }
}

function dossierConsignment(held: HeldConsignment, world: World): DossierConsignment {
  const { statement, voyage, declaration, message, receivedAt, preparedAt, day } = held
  return {
    message,
    receivedAt: receivedAt.toISOString(),
    declaration,
    ...(voyage?.voyageNumber === undefined ? {} : { voyage: voyage.voyageNumber.value }),
    ...(preparedAt === undefined ? {} : { preparedAt: preparedAt.toISOString() }),
    day: day ?? billDay(held, world),
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

/** Of one kind, time and voyage: whether it says the same is still to be seen. */
function isRepeated<T extends { readonly message: string; readonly voyage?: string }>(
  before: T | undefined,
  each: T,
  timeOfEach: (each: T) => string,
): boolean {
  return before?.message === each.message && before.voyage === each.voyage && timeOfEach(before) === timeOfEach(each)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
