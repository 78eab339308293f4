/** A desk that keeps everything in memory: learns documents in the order in which they come and builds the same dossiers as the store does. For tests and figures. */
import { type Tally, windowOf } from '#kernel/cargo-history/comparison-window.ts'
import { binOf } from '#kernel/cargo-history/tally-bins.ts'
import type { WorldDocument } from '../generator/world.ts'
import type { EquipmentSighting } from '../model.ts'
import { findPlace } from '../reference/places.ts'
import { instantOf } from '../server/stated-instant.ts'
import {
  type Answered,
  askedBy,
  bareDossier,
  billDay,
  dayOf,
  type HeldConsignment,
  type HeldSighting,
  type World,
  withHistory,
} from './assemble-dossier.ts'
import type { ContainerDossier, KeyHistory } from './dossier.ts'
import { type DatedAsk, entriesOf, historyKey, ownerEntries, type TallyAsk } from './history-keys.ts'
import { type Grown, grownOf, Learned, type LearnedSubject } from './learned.ts'
import { measuresOf } from './measures.ts'
import { isPlaceholderSeal } from './seal-change.ts'
import { codeOf, placeOf, routeOf } from './statement-parts.ts'

export const PLACES: World = {
  instantOf,
  positionOf: (code) => {
    const place = findPlace(code)
    return place?.latitude === undefined || place.longitude === undefined
      ? undefined
      : { latitude: place.latitude, longitude: place.longitude }
  },
}

export class DeskInMemory {
  readonly #sightings = new Map<string, HeldSighting[]>()
  readonly #consignments = new Map<string, HeldConsignment[]>()
  readonly #taken = new Set<string>()
  readonly #subjects = new Map<string, LearnedSubject>()
  readonly #tallies = new Map<string, Record<string, number>>()
  readonly #measured = new Map<string, readonly string[]>()
  readonly #seals = new Map<string, Map<string, string>>()
  readonly #found: { readonly container: string; readonly at: Date }[] = []

  /** What grew, and which bills and boxes moved to an earlier day. A document that was taken before adds nothing. */
  take(document: WorldDocument): { readonly grown: readonly Grown[]; readonly moved: readonly string[] } {
    if (this.#taken.has(document.id)) return { grown: [], moved: [] }
    this.#taken.add(document.id)
    const learned = new Learned()
    for (const sighting of document.equipment) {
      const container = sighting.container.value
      push(this.#sightings, container, {
        sighting,
        voyage: document.voyage,
        message: document.message,
        receivedAt: document.receivedAt,
        ...(document.preparedAt === undefined ? {} : { preparedAt: document.preparedAt }),
      })
      const at = observedAt(sighting, document).toISOString()
      for (const { number } of sighting.seals) {
        if (isPlaceholderSeal(number.value)) continue
        const elsewhere = this.#seals.get(number.value) ?? new Map<string, string>()
        this.#seals.set(number.value, elsewhere)
        if (at > (elsewhere.get(container) ?? '')) elsewhere.set(container, at)
      }
    }
    for (const statement of document.consignments) {
      const held = {
        statement,
        voyage: document.voyage,
        declaration: document.message === 'CSV',
        message: document.message,
        receivedAt: document.receivedAt,
        ...(document.preparedAt === undefined ? {} : { preparedAt: document.preparedAt }),
      }
      for (const { number } of statement.containers) push(this.#consignments, number.value, held)
      learned.take(`bill ${statement.document.value}`, billDay(held, PLACES), entriesOf(statement))
    }
    for (const sighting of document.equipment)
      learned.take(`box ${sighting.container.value}`, dayOf(observedAt(sighting, document)), ownerEntries(sighting.container.value))
    const { counted, days, moved } = learned.against((subject) => this.#subjects.get(subject))
    for (const [subject, onDay] of days)
      this.#subjects.set(subject, {
        day: onDay,
        entries: new Map([...(this.#subjects.get(subject)?.entries ?? []), ...learned.entriesOf(subject)]),
      })
    for (const { kind, key, sub, n } of counted) this.#count(`${kind}|${key}`, sub, n)
    return { grown: grownOf(counted), moved }
  }

  find(container: string, at: Date): void {
    this.#found.push({ container, at })
  }

  dossier(container: string, now: Date): ContainerDossier {
    const day = this.#subjects.get(`box ${container}`)?.day
    const held = {
      sightings: this.#sightings.get(container) ?? [],
      consignments: (this.#consignments.get(container) ?? []).map((each) => ({
        ...each,
        day: this.#subjects.get(`bill ${each.statement.document.value}`)?.day ?? '',
      })),
      ...(day === undefined ? {} : { day }),
    }
    const bare = bareDossier(container, held, PLACES)
    const own = new Set(held.sightings.flatMap(({ sighting }) => sighting.seals.map(({ number }) => number.value)))
    const answered: Answered = {
      dated: (each) => this.before(each),
      tally: (each) => this.compared(each),
      sealElsewhere: [...own].sort().flatMap((seal) =>
        [...(this.#seals.get(seal) ?? [])]
          .filter(([other]) => other !== container)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([other, at]) => ({ seal, container: other, at })),
      ),
      findings: this.#findings(now),
    }
    return withHistory(bare, askedBy(bare), answered)
  }

  /** What is measured of the box takes the place of what was. */
  measure(dossier: ContainerDossier): void {
    const lines = new Map(
      measuresOf(dossier).map(({ kind, key, subject, month, value, width }) => [
        `${kind} ${subject}`,
        `${kind}|${key}\n${month} ${binOf(value, width)}`,
      ]),
    )
    const [before, after] = [this.#measured.get(dossier.container) ?? [], [...lines.values()]]
    this.#measured.set(dossier.container, after)
    for (const [given, n] of [
      [before, -1],
      [after, 1],
    ] as const)
      for (const line of given) {
        const [name = '', sub = ''] = line.split('\n')
        this.#count(name, sub, n)
      }
  }

  #count(name: string, sub: string, n: number): void {
    const tally = this.#tallies.get(name) ?? {}
    this.#tallies.set(name, tally)
    tally[sub] = (tally[sub] ?? 0) + n
    if (tally[sub] === 0) delete tally[sub]
  }

  /** A distribution as seen from a month. */
  compared({ kind, key, month }: TallyAsk): Tally {
    const { from, until } = windowOf(month)
    const [before, here]: Record<string, number>[] = [{}, {}]
    for (const [sub, n] of Object.entries(this.#tallies.get(historyKey(kind, key)) ?? {})) {
      if (sub < from || sub >= until) continue
      const part = sub < month ? before : here
      if (part !== undefined) part[sub.slice(8)] = (part[sub.slice(8)] ?? 0) + n
    }
    return { before: before ?? {}, here: here ?? {} }
  }

  /** What the desk holds under a key, seen from a day. */
  before({ kind, key, day }: DatedAsk): KeyHistory {
    const counts = Object.entries(this.#tallies.get(historyKey(kind, key)) ?? {})
    const earlier = counts.filter(([each]) => each < day)
    const lastSeen = earlier
      .map(([each]) => each)
      .sort()
      .at(-1)
    return {
      before: earlier.reduce((sum, [, n]) => sum + n, 0),
      here: counts.find(([each]) => each === day)?.[1] ?? 0,
      ...(lastSeen === undefined ? {} : { lastSeen }),
    }
  }

  /** Every count, in order: two desks that hold the same must be equal in it. */
  counts(): readonly string[] {
    return [...this.#tallies].flatMap(([name, subs]) => Object.entries(subs).map(([sub, n]) => `${name}|${sub} ${n}`)).sort()
  }

  #findings(now: Date): Record<string, number> {
    const told = new Set<string>()
    for (const { container, at } of this.#found) {
      if (at > now || now.getTime() - at.getTime() > 366 * 86_400_000) continue
      for (const { statement } of this.#consignments.get(container) ?? []) {
        const [place, route] = [codeOf(placeOf(statement.places, 'receipt')), routeOf(statement)]
        if (place !== undefined) told.add(`${container} place ${place}`)
        if (route !== undefined) told.add(`${container} route ${route.name}`)
      }
    }
    const counts: Record<string, number> = {}
    for (const each of told) {
      const name = each.slice(each.indexOf(' ') + 1)
      counts[name] = (counts[name] ?? 0) + 1
    }
    return counts
  }
}

function observedAt({ happenedAt }: EquipmentSighting, { voyage, preparedAt, receivedAt }: WorldDocument): Date {
  return instantOf(happenedAt?.value) ?? instantOf(voyage.departsAt?.value) ?? preparedAt ?? receivedAt
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, [value])
  else held.push(value)
}
