/**
 * Does an air waybill contradict the itinerary of an alert? Its places are IATA codes; the itinerary names places of UN/LOCODE. Pure; a proposal that a person
 * confirms. A code that no place of the list has says nothing. What a waybill says of times is no instant, so the time of a new place is unknown.
 */
import type { AlertDraft } from '../contract.ts'
import { codeOf, placeOf } from '../detectors/statement-parts.ts'
import type { Stated, StatedPlace } from '../model.ts'
import { airportPlaces, isSameAirport } from '../reference/airports.ts'
import type { RouteChange, RouteFact, RouteWorld } from './reroute-legs.ts'

type Legs = AlertDraft['legs']
type AirWorld = Pick<RouteWorld, 'now' | 'isInUnion'>

export function changeByWaybill(legs: Legs, places: readonly StatedPlace[], world: AirWorld): RouteChange | undefined {
  return otherDestination(legs, places, world) ?? earlierEntry(legs, places, world)
}

function otherDestination(legs: Legs, places: readonly StatedPlace[], world: AirWorld): RouteChange | undefined {
  const destination = placeOf(places, 'discharge')
  const comes = placeNamed(destination, world)
  const leaving = legs.at(-1)
  if (destination === undefined || comes === undefined || leaving === undefined || leaving.role === 'loading') return undefined
  if (legs.some(({ place }) => isNamed(place, destination))) return undefined
  const isAhead = leaving.eta !== undefined && Date.parse(leaving.eta) > world.now.getTime()
  const leg = { role: 'discharge' as const, place: comes, ...(isAhead ? { eta: leaving.eta } : {}) }
  const loading = placeOf(places, 'loading')
  return {
    rule: 'discharge',
    leaves: leaving.place,
    comes,
    legs: [...legs.slice(0, -1), leg],
    etaBasis: isAhead ? 'carried-over' : 'unknown',
    facts: [factOf('airport of destination', destination), ...(loading === undefined ? [] : [factOf('airport of departure', loading)])],
  }
}

/** A stop in the Union before the first one that the itinerary names. */
function earlierEntry(legs: Legs, places: readonly StatedPlace[], world: AirWorld): RouteChange | undefined {
  const index = legs.findIndex(
    ({ role, place, eta }) => role !== 'loading' && world.isInUnion(place) && (eta === undefined || Date.parse(eta) > world.now.getTime()),
  )
  const first = legs[index]
  if (first === undefined) return undefined
  for (const { role, place: stop } of places) {
    if (role !== 'transhipment') continue
    const comes = placeNamed(stop, world)
    if (comes === undefined) continue
    if (isNamed(first.place, stop)) return undefined
    if (!world.isInUnion(comes) || legs.some(({ place }) => isNamed(place, stop))) continue
    return {
      rule: 'first-entry',
      comes,
      legs: [...legs.slice(0, index), { role: 'transhipment', place: comes }, ...legs.slice(index)],
      etaBasis: 'unknown',
      facts: [factOf('airport on the way', stop)],
    }
  }
  return undefined
}

function isNamed(place: string, stated: Stated): boolean {
  const code = codeOf(stated)
  return code === undefined ? isSameAirport(place, stated.value.trim().toUpperCase()) : place === code
}

/** Undefined where no place has the code, or several have it and it is not one alone that is named like it, or one alone of these that is in the Union. */
function placeNamed(stated: Stated | undefined, { isInUnion }: AirWorld): string | undefined {
  const code = codeOf(stated)
  if (stated === undefined || code !== undefined) return code
  const iata = stated.value.trim().toUpperCase()
  const places = airportPlaces(iata)
  const named = places.filter((place) => place.endsWith(iata))
  return only(named.length === 0 ? places : named) ?? only(named.filter(isInUnion))
}

const only = (places: readonly string[]): string | undefined => (places.length === 1 ? places[0] : undefined)

function factOf(name: string, stated: Stated): RouteFact {
  return { name, value: stated.value, at: stated.at }
}
