/** A desk that keeps everything in memory: learns documents in the order in which they come and builds the same dossiers as the store does. For tests and figures. */
import { binOf } from '#kernel/cargo-history/tally-bins.ts'
import type { WorldDocument } from '../generator/world.ts'
import { findPlace } from '../reference/places.ts'
import { instantOf } from '../server/stated-instant.ts'
import {
  type Answered,
  askedBy,
  bareDossier,
  type HeldConsignment,
  type HeldSighting,
  type World,
  withHistory,
} from './assemble-dossier.ts'
import type { ContainerDossier, KeyHistory } from './dossier.ts'
import { entriesOf, ownerEntries } from './history-keys.ts'
import { entryName, Learned } from './learned.ts'
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
  readonly #byBill = new Map<string, Set<string>>()
  readonly #tallies = new Map<string, Record<string, number>>()
  readonly #lastSeen = new Map<string, string>()
  readonly #marks = new Map<string, KeyHistory>()
  readonly #measured = new Set<string>()
  readonly #seals = new Map<string, Map<string, string>>()
  readonly #found: { readonly container: string; readonly at: Date }[] = []

  take(document: WorldDocument): void {
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
    const day = (instantOf(document.voyage.departsAt?.value) ?? document.receivedAt).toISOString().slice(0, 10)
    const said: [string, Set<string>][] = []
    for (const statement of document.consignments) {
      const bill = statement.document.value
      const held = {
        statement,
        voyage: document.voyage,
        declaration: document.message === 'CSV',
        message: document.message,
        receivedAt: document.receivedAt,
      }
      for (const { number } of statement.containers) push(this.#consignments, number.value, held)
      learned.take({ bill, statement, day }, this.#byBill.get(bill))
      said.push([bill, new Set(entriesOf(statement, '').map(entryName))])
    }
    for (const [bill, names] of said) this.#byBill.set(bill, new Set([...(this.#byBill.get(bill) ?? []), ...names]))
    for (const container of new Set(document.equipment.map((each) => each.container.value)))
      for (const entry of ownerEntries(container)) learned.add(entry, day)
    for (const { kind, key, sub, n, last, marked } of learned.counted) {
      const name = `${kind}|${key}`
      const tally = this.#tallies.get(name) ?? {}
      this.#tallies.set(name, tally)
      const lastSeen = this.#lastSeen.get(name)
      if (marked)
        this.#marks.set(`${document.id} ${name}`, { before: tally[sub] ?? 0, here: n, ...(lastSeen === undefined ? {} : { lastSeen }) })
      tally[sub] = (tally[sub] ?? 0) + n
      if (lastSeen === undefined || lastSeen < last) this.#lastSeen.set(name, last)
    }
  }

  find(container: string, at: Date): void {
    this.#found.push({ container, at })
  }

  dossier(container: string, now: Date): ContainerDossier {
    const held = { sightings: this.#sightings.get(container) ?? [], consignments: this.#consignments.get(container) ?? [] }
    const bare = bareDossier(container, held, PLACES)
    const own = new Set(held.sightings.flatMap(({ sighting }) => sighting.seals.map(({ number }) => number.value)))
    const answered: Answered = {
      mark: (document, key) => this.#marks.get(`${document} ${key}`),
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
