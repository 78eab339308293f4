/** A desk that keeps everything in memory: learns documents in the order in which they come and builds the same dossiers as the store does. For tests and figures. */
import { binOf } from '#kernel/cargo-history/tally-bins.ts'
import type { WorldDocument } from '../generator/world.ts'
import { findPlace } from '../reference/places.ts'
import { instantOf } from '../server/stated-instant.ts'
import {
  type Answered,
  askedBy,
  bareDossier,
  dayOf,
  type HeldConsignment,
  type HeldSighting,
  type World,
  withHistory,
} from './assemble-dossier.ts'
import type { ContainerDossier, KeyHistory } from './dossier.ts'
import { type DatedAsk, entriesOf, historyKey, ownerEntries } from './history-keys.ts'
import { type Grown, grownOf, Learned, type LearnedSubject } from './learned.ts'
import { measuresOf } from './measures.ts'
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
  readonly #measured = new Set<string>()
  readonly #seals = new Map<string, Map<string, string>>()
  readonly #found: { readonly container: string; readonly at: Date }[] = []

  /** What grew, and which bills and boxes moved to an earlier day. A document that was taken before adds nothing. */
  take(document: WorldDocument): { readonly grown: readonly Grown[]; readonly moved: readonly string[] } {
    if (this.#taken.has(document.id)) return { grown: [], moved: [] }
    this.#taken.add(document.id)
    const learned = new Learned()
    for (const sighting of document.equipment) {
      const container = sighting.container.value
      push(this.#sightings, container, { sighting, voyage: document.voyage, message: document.message, receivedAt: document.receivedAt })
      for (const { number } of sighting.seals)
        this.#seals.set(
          number.value,
          (this.#seals.get(number.value) ?? new Map<string, string>()).set(container, document.receivedAt.toISOString()),
        )
    }
    const day = dayOf(instantOf(document.voyage.departsAt?.value) ?? document.receivedAt)
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
      learned.take(`bill ${statement.document.value}`, day, entriesOf(statement, day.slice(0, 7)))
    }
    for (const { container, happenedAt } of document.equipment)
      learned.take(
        `box ${container.value}`,
        dayOf(instantOf(happenedAt?.value) ?? instantOf(document.voyage.departsAt?.value) ?? document.receivedAt),
        ownerEntries(container.value),
      )
    const { counted, days, moved } = learned.against((subject) => this.#subjects.get(subject))
    for (const [subject, onDay] of days)
      this.#subjects.set(subject, {
        day: onDay,
        entries: new Map([...(this.#subjects.get(subject)?.entries ?? []), ...learned.entriesOf(subject)]),
      })
    for (const { kind, key, sub, n } of counted) {
      const tally = this.#tallies.get(`${kind}|${key}`) ?? {}
      this.#tallies.set(`${kind}|${key}`, tally)
      tally[sub] = (tally[sub] ?? 0) + n
      if (tally[sub] === 0) delete tally[sub]
    }
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
      tally: (key) => this.#tallies.get(key),
      sealElsewhere: [...own].flatMap((seal) =>
        [...(this.#seals.get(seal) ?? [])].filter(([other]) => other !== container).map(([other, at]) => ({ seal, container: other, at })),
      ),
      findings: this.#findings(now),
    }
    return withHistory(bare, askedBy(bare), answered)
  }

  /** Adds what is measured of the box, once. */
  measure(dossier: ContainerDossier): void {
    for (const { kind, key, subject, value, width } of measuresOf(dossier)) {
      if (this.#measured.has(`${kind} ${subject}`)) continue
      this.#measured.add(`${kind} ${subject}`)
      const tally = this.#tallies.get(`${kind}|${key}`) ?? {}
      this.#tallies.set(`${kind}|${key}`, tally)
      const bin = String(binOf(value, width))
      tally[bin] = (tally[bin] ?? 0) + 1
    }
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
    const counts: Record<string, number> = {}
    for (const { container, at } of this.#found) {
      if (at > now || now.getTime() - at.getTime() > 366 * 86_400_000) continue
      const statement = this.#consignments.get(container)?.[0]?.statement
      const place = statement === undefined ? undefined : codeOf(placeOf(statement.places, 'receipt'))
      const route = statement === undefined ? undefined : routeOf(statement)
      if (place !== undefined) counts[`place ${place}`] = (counts[`place ${place}`] ?? 0) + 1
      if (route !== undefined) counts[`route ${route.name}`] = (counts[`route ${route.name}`] ?? 0) + 1
    }
    return counts
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, [value])
  else held.push(value)
}
