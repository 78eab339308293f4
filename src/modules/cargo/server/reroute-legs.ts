/**
 * Does what a carrier states contradict the itinerary of an alert, and which itinerary would fit instead? Pure; the answer is a proposal that a person confirms.
 * A port that the itinerary names anywhere is no change: a plan and a schedule speak of one ship only. Masked port codes are left alone.
 */
import type { AlertDraft } from '../contract.ts'
import { codeOf, placeOf } from '../detectors/statement-parts.ts'
import type { EquipmentSighting, PortCall, SourcePointer, Stated, Voyage } from '../model.ts'

type Legs = AlertDraft['legs']

export interface RouteFact {
  readonly name: string
  readonly value: string
  readonly at: SourcePointer
}

export interface RouteChange {
  /** `discharge`: another port for the box. `first-entry`: the ship calls in the Union earlier. `omitted`: the ship no longer calls. */
  readonly rule: 'discharge' | 'first-entry' | 'omitted'
  readonly leaves?: string
  readonly comes?: string
  readonly legs: Legs
  readonly etaBasis: 'stated' | 'carried-over' | 'unknown'
  readonly facts: readonly RouteFact[]
}

export interface RouteWorld {
  readonly now: Date
  readonly instantOf: (text: string | undefined) => Date | undefined
  /** A port whose desk is an authority in the customs territory of the Union. */
  readonly isInUnion: (place: string) => boolean
}

/** A schedule that ends earlier than this before a port is expected says nothing about that port. Policy. */
const HORIZON = 3 * 86_400_000

/** A plan, list or report that states the box: BAPLIE, MOVINS, COARRI. */
export function changeByBox(
  legs: Legs,
  stated: { readonly sighting: EquipmentSighting; readonly voyage: Voyage | undefined; readonly calls: readonly PortCall[] },
  world: RouteWorld,
): RouteChange | undefined {
  const { sighting, voyage, calls } = stated
  const discharge = placeOf(sighting.places, 'discharge') ?? reportedAt(sighting, voyage)
  const comes = codeOf(discharge)
  if (discharge === undefined || comes === undefined || legs.some(({ place }) => place === comes)) return undefined
  const loading = placeOf(sighting.places, 'loading')
  const index = legAfter(legs, codeOf(loading), world)
  const leaving = legs[index]
  if (leaving === undefined) return undefined
  const final = placeOf(sighting.places, 'final-discharge', 'delivery')
  const isLast = codeOf(final) === comes || index === legs.length - 1
  const arrival = arrivalAt(comes, { voyage, calls }, world)
  const carried = isAhead(leaving.eta, world) ? leaving.eta : undefined
  const eta = arrival?.eta ?? carried
  const leg = { role: isLast ? ('discharge' as const) : leaving.role, place: comes, ...(eta === undefined ? {} : { eta }) }
  return {
    rule: 'discharge',
    leaves: leaving.place,
    comes,
    legs: [...legs.slice(0, index), leg, ...(isLast ? [] : legs.slice(index + 1))],
    etaBasis: arrival !== undefined ? 'stated' : carried !== undefined ? 'carried-over' : 'unknown',
    facts: [
      factOf('port of discharge', discharge),
      ...(loading === undefined ? [] : [factOf('port of loading', loading)]),
      ...(final === undefined ? [] : [factOf('final place', final)]),
      ...(arrival === undefined ? [] : [factOf('arrival', arrival.stated)]),
    ],
  }
}

/** A schedule or call of the ship of the alert: IFTSAI, CALINF. The calls of one document, in its order. */
export function changeBySchedule(legs: Legs, calls: readonly PortCall[], world: RouteWorld): RouteChange | undefined {
  return earlierEntry(legs, calls, world) ?? omittedPort(legs, calls, world)
}

function earlierEntry(legs: Legs, calls: readonly PortCall[], world: RouteWorld): RouteChange | undefined {
  const index = legs.findIndex(({ role, place, eta }) => role !== 'loading' && isAhead(eta, world) && world.isInUnion(place))
  const first = legs[index]
  if (first?.eta === undefined) return undefined
  const loaded = calls.findIndex(({ place }) => legs.some((leg) => leg.role === 'loading' && leg.place === codeOf(place)))
  let earliest: { readonly call: PortCall; readonly place: string; readonly at: Date; readonly stated: Stated } | undefined
  for (const call of calls.slice(loaded + 1)) {
    const place = codeOf(call.place)
    const arrival = arrivalOf(call, world)
    if (place === undefined || arrival === undefined || !world.isInUnion(place) || legs.some((leg) => leg.place === place)) continue
    if (arrival.at <= world.now || arrival.at.getTime() >= Date.parse(first.eta)) continue
    if (earliest === undefined || arrival.at < earliest.at) earliest = { call, place, ...arrival }
  }
  if (earliest === undefined) return undefined
  const { call, place, at, stated } = earliest
  const leg = { role: 'transhipment' as const, place, eta: at.toISOString() }
  return {
    rule: 'first-entry',
    comes: place,
    legs: [...legs.slice(0, index), leg, ...legs.slice(index)],
    etaBasis: 'stated',
    facts: [factOf('port of call', call.place), factOf('arrival', stated), ...shipFacts(call)],
  }
}

function omittedPort(legs: Legs, calls: readonly PortCall[], world: RouteWorld): RouteChange | undefined {
  if (calls.length < 2) return undefined
  const callAt = (place: string) => calls.findIndex((call) => codeOf(call.place) === place)
  const reaches = Math.max(...calls.map((call) => arrivalOf(call, world)?.at.getTime() ?? Number.NEGATIVE_INFINITY))
  for (const [index, leg] of legs.entries()) {
    const before = legs[index - 1]
    if (before === undefined || leg.role === 'loading' || !isAhead(leg.eta, world) || callAt(leg.place) >= 0) continue
    const from = callAt(before.place)
    // The ship carries the box on this stretch only if it calls where the stretch begins.
    if (from < 0 || reaches < Date.parse(leg.eta ?? '') - HORIZON) continue
    const after = legs[index + 1]
    if (after !== undefined && callAt(after.place) > from) return omission(legs, index, [calls[callAt(after.place)], calls[from]])
    const other = calls.slice(from + 1).find((call) => codeOf(call.place) !== undefined && (arrivalOf(call, world)?.at ?? 0) > world.now)
    const comes = codeOf(other?.place)
    const arrival = other === undefined ? undefined : arrivalOf(other, world)
    if (other === undefined || comes === undefined || arrival === undefined || legs.some(({ place }) => place === comes)) continue
    return {
      rule: 'omitted',
      leaves: leg.place,
      comes,
      legs: [...legs.slice(0, index), { role: leg.role, place: comes, eta: arrival.at.toISOString() }, ...legs.slice(index + 1)],
      etaBasis: 'stated',
      facts: [factOf('port of call', other.place), factOf('arrival', arrival.stated), ...shipFacts(other)],
    }
  }
  return undefined
}

function omission(legs: Legs, index: number, calls: readonly (PortCall | undefined)[]): RouteChange {
  const known = calls.flatMap((call) => call ?? [])
  return {
    rule: 'omitted',
    leaves: legs[index]?.place ?? '',
    legs: legs.filter((_, at) => at !== index),
    etaBasis: 'stated',
    facts: [...known.map((call) => factOf('port of call', call.place)), ...known.slice(0, 1).flatMap(shipFacts)],
  }
}

/** The leg that a box loaded at the port goes to; without a port of the itinerary the first one ahead. */
function legAfter(legs: Legs, loading: string | undefined, world: RouteWorld): number {
  const from = loading === undefined ? -1 : legs.findIndex(({ place }) => place === loading)
  return from >= 0 ? from + 1 : legs.findIndex(({ role, eta }) => role !== 'loading' && isAhead(eta, world))
}

/** A report of discharge states where it was made, if not with the box then with the voyage. */
function reportedAt(sighting: EquipmentSighting, voyage: Voyage | undefined): Stated | undefined {
  return sighting.event === 'discharged' ? placeOf(voyage?.places ?? [], 'activity', 'discharge') : undefined
}

interface Arrival {
  readonly at: Date
  readonly stated: Stated
}

function arrivalAt(
  place: string,
  { voyage, calls }: { readonly voyage: Voyage | undefined; readonly calls: readonly PortCall[] },
  world: RouteWorld,
): { readonly eta: string; readonly stated: Stated } | undefined {
  const called = calls.filter((call) => codeOf(call.place) === place).flatMap((call) => arrivalOf(call, world) ?? [])
  const next = codeOf(placeOf(voyage?.places ?? [], 'next-port')) === place ? voyage?.arrivesAt : undefined
  const planned = world.instantOf(next?.value)
  const all = [...called, ...(next === undefined || planned === undefined ? [] : [{ at: planned, stated: next }])]
  const ahead = all.find(({ at }) => at > world.now)
  return ahead === undefined ? undefined : { eta: ahead.at.toISOString(), stated: ahead.stated }
}

const FIRMNESS = { actual: 2, estimated: 1, scheduled: 0 } as const

/** What happened before what is expected before what was planned. */
function arrivalOf(call: PortCall, world: RouteWorld): Arrival | undefined {
  let best: (Arrival & { readonly firmness: number }) | undefined
  for (const { event, basis, at: stated } of call.times) {
    const at = event === 'arrival' ? world.instantOf(stated.value) : undefined
    if (at !== undefined && (best === undefined || FIRMNESS[basis] > best.firmness)) best = { at, stated, firmness: FIRMNESS[basis] }
  }
  return best
}

function isAhead(eta: string | undefined, { now }: RouteWorld): boolean {
  return eta !== undefined && Date.parse(eta) > now.getTime()
}

function shipFacts(call: PortCall): RouteFact[] {
  return call.vesselImo === undefined ? [] : [factOf('vessel', call.vesselImo)]
}

function factOf(name: string, stated: Stated): RouteFact {
  return { name, value: stated.value, at: stated.at }
}
