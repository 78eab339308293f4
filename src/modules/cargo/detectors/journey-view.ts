/** The part of a dossier that belongs to the present journey of the box, and the statements in it as detectors ask for them. */
import type { ContainerDossier, DossierConsignment, DossierSighting } from './dossier.ts'

export interface JourneyView {
  readonly sightings: readonly DossierSighting[]
  readonly consignments: readonly DossierConsignment[]
}

const DAY = 86_400_000
/** A box that no event mentions for so long has begun another journey. Policy. */
const SILENCE_DAYS = 45

/** When it was: as the event states it, or as the ship of the plan left; otherwise when it was received. */
export function timeOf({ happenedAt, departsAt, receivedAt }: Pick<DossierSighting, 'happenedAt' | 'departsAt' | 'receivedAt'>): string {
  return happenedAt ?? departsAt ?? receivedAt
}

/** A consignment goes with the voyage it names; one that names none of the box's voyages goes by the day on which it was received. */
export function presentJourney(dossier: ContainerDossier): JourneyView {
  const { journeyFrom: from, sightings, consignments } = dossier
  if (from === undefined) return { sightings, consignments }
  const present = sightings.filter((each) => timeOf(each) >= from)
  const voyages = new Set(present.map(({ voyage }) => voyage))
  const earlier = new Set(sightings.filter((each) => timeOf(each) < from).map(({ voyage }) => voyage))
  return {
    sightings: present,
    consignments: consignments.filter(({ voyage, receivedAt }) =>
      voyage !== undefined && voyages.has(voyage) ? true : voyage !== undefined && earlier.has(voyage) ? false : receivedAt >= from,
    ),
  }
}

/** Where the present journey begins: after the last gate-out that a gate-in or loading follows, or after the last long silence of events; undefined when there is but one. */
export function journeyStart(sightings: readonly DossierSighting[]): string | undefined {
  const moments = sightings
    .filter(({ happenedAt, departsAt }) => happenedAt !== undefined || departsAt !== undefined)
    .map((each) => ({ at: timeOf(each), event: each.sighting.event }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  let from: string | undefined
  let gateOut: number | undefined
  for (const [index, { at, event }] of moments.entries()) {
    const before = moments[index - 1]
    if (before !== undefined && Date.parse(at) - Date.parse(before.at) > SILENCE_DAYS * DAY) {
      from = at
      gateOut = undefined
    }
    if (event === 'gate-out') gateOut = index
    if ((event === 'gate-in' || event === 'loaded') && gateOut !== undefined && moments[gateOut]?.at !== at) {
      from = moments.slice(gateOut + 1).find((each) => each.at > (moments[gateOut ?? 0]?.at ?? ''))?.at ?? at
      gateOut = undefined
    }
  }
  return from
}

/** The newest version of each bill in each kind of filing, in order of their days. Neither depends on the order in which documents came. */
export function newestFilings(consignments: readonly DossierConsignment[]): readonly DossierConsignment[] {
  const newest = new Map<string, DossierConsignment>()
  for (const each of byVersion(consignments)) newest.set(`${billOf(each)} ${each.message}`, each)
  return [...newest].sort(([a, { day }], [b, other]) => compare(day, other.day) || compare(a, b)).map(([, each]) => each)
}

/** In order of preparation, where it is stated; otherwise of receipt. */
export function byVersion(consignments: readonly DossierConsignment[]): readonly DossierConsignment[] {
  return [...consignments].sort((a, b) => compare(versionOf(a), versionOf(b)) || compare(sourceOf(a), sourceOf(b)))
}

export function versionOf({ preparedAt, receivedAt }: DossierConsignment): string {
  return preparedAt ?? receivedAt
}

function sourceOf({ statement }: DossierConsignment): string {
  const { document, start } = statement.document.at
  return `${document}${String(start).padStart(12, '0')}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function billOf({ statement }: DossierConsignment): string {
  return statement.document.value.trim().toUpperCase()
}
