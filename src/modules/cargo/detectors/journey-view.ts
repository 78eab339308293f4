/** The part of a dossier that belongs to the present journey of the box, and the statements in it as detectors ask for them. */
import type { ContainerDossier, DossierConsignment, DossierSighting } from './dossier.ts'
import { compareStatements } from './statement-order.ts'

export interface JourneyView {
  readonly sightings: readonly DossierSighting[]
  readonly consignments: readonly DossierConsignment[]
}

const DAY = 86_400_000
/** A box that no event mentions for so long has begun another journey. Policy. */
const SILENCE_DAYS = 45

type Timed = Pick<DossierSighting, 'happenedAt' | 'departsAt' | 'preparedAt' | 'receivedAt'>

/** When it was: as the event states it, as the ship of the plan left, or as its message was prepared. What states none of these goes by its receipt. */
export function timeOf({ happenedAt, departsAt, preparedAt, receivedAt }: Timed): string {
  return happenedAt ?? departsAt ?? preparedAt ?? receivedAt
}

/** A consignment goes with the voyage it names; one that names none of the box's voyages goes by the time of its version. */
export function presentJourney(dossier: ContainerDossier): JourneyView {
  const { journeyFrom: from, sightings, consignments } = dossier
  if (from === undefined) return { sightings, consignments }
  const present = sightings.filter((each) => timeOf(each) >= from)
  const voyages = new Set(present.map(({ voyage }) => voyage))
  const earlier = new Set(sightings.filter((each) => timeOf(each) < from).map(({ voyage }) => voyage))
  return {
    sightings: present,
    consignments: consignments.filter((each) => {
      const { voyage } = each
      if (voyage !== undefined && voyages.has(voyage)) return true
      return voyage !== undefined && earlier.has(voyage) ? false : versionOf(each) >= from
    }),
  }
}

/** All journeys of the box, the present one last, each as `presentJourney` would give it while it was the last. */
export function journeysOf(dossier: ContainerDossier): readonly JourneyView[] {
  const { sightings, consignments } = dossier
  const starts = journeyStarts(sightings)
  const numberOf = (at: string) => starts.findLastIndex((start) => start <= at) + 1
  const journeys = Array.from({ length: starts.length + 1 }, () => ({
    sightings: [] as DossierSighting[],
    consignments: [] as DossierConsignment[],
  }))
  const ofVoyage = new Map<string, number>()
  for (const each of sightings) {
    const number = numberOf(timeOf(each))
    journeys[number]?.sightings.push(each)
    if (each.voyage !== undefined) ofVoyage.set(each.voyage, Math.max(number, ofVoyage.get(each.voyage) ?? 0))
  }
  for (const each of consignments) {
    const number = (each.voyage === undefined ? undefined : ofVoyage.get(each.voyage)) ?? numberOf(versionOf(each))
    journeys[number]?.consignments.push(each)
  }
  return journeys
}

/** Where the present journey begins; undefined when there is but one. */
export function journeyStart(sightings: readonly DossierSighting[]): string | undefined {
  return journeyStarts(sightings).at(-1)
}

/** Where each journey but the first begins: after a gate-out that a gate-in or loading follows, or after a long silence of events. */
function journeyStarts(sightings: readonly DossierSighting[]): readonly string[] {
  const moments = sightings
    .filter(({ happenedAt, departsAt }) => happenedAt !== undefined || departsAt !== undefined)
    .map((each) => ({ at: timeOf(each), event: each.sighting.event }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const starts = new Set<string>()
  let gateOut: number | undefined
  for (const [index, { at, event }] of moments.entries()) {
    const before = moments[index - 1]
    if (before !== undefined && Date.parse(at) - Date.parse(before.at) > SILENCE_DAYS * DAY) {
      starts.add(at)
      gateOut = undefined
    }
    if (event === 'gate-out') gateOut = index
    if ((event === 'gate-in' || event === 'loaded') && gateOut !== undefined && moments[gateOut]?.at !== at) {
      starts.add(moments.slice(gateOut + 1).find((each) => each.at > (moments[gateOut ?? 0]?.at ?? ''))?.at ?? at)
      gateOut = undefined
    }
  }
  return [...starts].sort()
}

/** The newest version of each bill in each kind of filing, in order of their days. Neither depends on the order in which documents came. */
export function newestFilings(consignments: readonly DossierConsignment[]): readonly DossierConsignment[] {
  const newest = new Map<string, DossierConsignment>()
  for (const each of byVersion(consignments)) newest.set(`${billOf(each)} ${each.message}`, each)
  return [...newest].sort(([a, { day }], [b, other]) => compare(day, other.day) || compare(a, b)).map(([, each]) => each)
}

/** In order of preparation, where it is stated; otherwise of receipt. Of equal times the content decides, and only then where it stands. */
export function byVersion(consignments: readonly DossierConsignment[]): readonly DossierConsignment[] {
  return [...consignments].sort((a, b) => compare(versionOf(a), versionOf(b)) || compareStatements(a.statement, b.statement))
}

export function versionOf({ preparedAt, receivedAt }: DossierConsignment): string {
  return preparedAt ?? receivedAt
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function billOf({ statement }: DossierConsignment): string {
  return statement.document.value.trim().toUpperCase()
}
