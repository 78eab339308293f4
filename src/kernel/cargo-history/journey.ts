/**
 * Whether a container can have been where it is stated: great circle, 25 knots where it must cross by sea, 80 km/h where a lorry could, six hours of handling.
 * And whether it is stated on land or on another ship while one ship carries it. Times are milliseconds since 1970, distances kilometres.
 * Source: reference predicate I4; the paces are policy.
 */
import { distanceKm, type Position } from '#kernel/geo/distance.ts'
import { landmassOf } from './landmass.ts'

export interface Stop {
  readonly at: number
  readonly place: Position & { readonly code: string }
  readonly voyage?: string
}

export interface Pace {
  readonly seaKilometresPerHour: number
  readonly landKilometresPerHour: number
  readonly handlingHours: number
}

/** 25 knots of 1.852 km. */
export const PACE: Pace = { seaKilometresPerHour: 46.3, landKilometresPerHour: 80, handlingHours: 6 }

export interface Impossible<S extends Stop> {
  readonly before: S
  readonly after: S
  readonly kilometres: number
  readonly neededHours: number
  readonly givenHours: number
}

const HOUR = 3_600_000

/** The first two stops, one after the other in time, that no box can have made. */
export function firstImpossible<S extends Stop>(stops: readonly S[], pace: Pace = PACE): Impossible<S> | undefined {
  const ordered = [...stops].sort((a, b) => a.at - b.at || (a.place.code < b.place.code ? -1 : a.place.code > b.place.code ? 1 : 0))
  for (let index = 1; index < ordered.length; index++) {
    const [before, after] = [ordered[index - 1] as S, ordered[index] as S]
    if (before.place.code === after.place.code) continue
    const kilometres = distanceKm(before.place, after.place)
    const bySea = landmassOf(before.place.code) !== landmassOf(after.place.code)
    const neededHours = kilometres / (bySea ? pace.seaKilometresPerHour : pace.landKilometresPerHour) + pace.handlingHours
    const givenHours = (after.at - before.at) / HOUR
    if (givenHours < neededHours) return { before, after, kilometres, neededHours, givenHours }
  }
  return undefined
}

/** Time on board of one ship, from loading to discharge. */
export interface Passage {
  readonly voyage: string
  readonly from: number
  readonly until: number
}

/** A stop of another voyage, or on land, well within a passage: the box would be on two journeys at once. */
export function openTwice<P extends Passage, S extends Stop>(
  passages: readonly P[],
  stops: readonly S[],
  slackHours = PACE.handlingHours,
): { readonly passage: P; readonly stop: S } | undefined {
  const slack = slackHours * HOUR
  for (const passage of passages)
    for (const stop of stops)
      if (stop.at > passage.from + slack && stop.at < passage.until - slack && stop.voyage !== passage.voyage) return { passage, stop }
  return undefined
}
