/**
 * What is measured of a box once its reports are there: how long it lay in a port, how long before loading it was booked, what is left of the verified mass when
 * goods and tare are taken off. The same reports in any order give the same measures; `subject` is what makes a measure count once.
 */
import { HOUR_BIN, RESIDUAL_BIN } from '#kernel/cargo-history/tally-bins.ts'
import type { Stated } from '../model.ts'
import type { ContainerDossier, DossierSighting } from './dossier.ts'
import { newestFilings, presentJourney, timeOf } from './journey-view.ts'
import { codeOf, grossOf, headingsOf, placeOf, routeOf, UNLOCODE } from './statement-parts.ts'

export interface Measure {
  readonly kind: 'dwell' | 'lead' | 'residual'
  /** What it is compared with: port and direction, lane, heading. */
  readonly key: string
  readonly subject: string
  readonly value: number
  readonly width: number
  readonly stated: readonly { readonly name: string; readonly stated: Stated | Stated<number> }[]
}

const HOUR = 3_600_000
const BOOKINGS: ReadonlySet<string> = new Set(['IFTMBF', 'IFTMBC', 'IFTMBP', 'COPARN', 'DCSA-booking'])
const LONGEST_STAY = 365 * 24
const LONGEST_SUBJECT = 200

export function measuresOf(dossier: ContainerDossier): readonly Measure[] {
  const [lead, residual] = [leadOf(dossier), residualOf(dossier)]
  return [...dwellsOf(dossier), ...(lead === undefined ? [] : [lead]), ...(residual === undefined ? [] : [residual])]
}

/** From discharge to gate-out, and from gate-in to loading, in one port. */
export function dwellsOf(dossier: ContainerDossier): readonly Measure[] {
  const events = presentJourney(dossier).sightings.filter(
    ({ happenedAt, sighting }) => happenedAt !== undefined && sighting.event !== undefined,
  )
  return [...stays(events, dossier.container, IMPORT), ...stays(events, dossier.container, EXPORT)]
}

const IMPORT = { direction: 'import', arrival: 'discharged', departure: 'gate-out' } as const
const EXPORT = { direction: 'export', arrival: 'gate-in', departure: 'loaded' } as const

function* stays(
  events: readonly DossierSighting[],
  container: string,
  { direction, arrival, departure }: typeof IMPORT | typeof EXPORT,
): Generator<Measure> {
  for (const [index, first] of events.entries()) {
    if (first.sighting.event !== arrival || first.place === undefined || !UNLOCODE.test(first.place.code)) continue
    const last = events.slice(index + 1).find(({ sighting, place }) => sighting.event === departure && place?.code === first.place?.code)
    if (last === undefined) continue
    const value = (Date.parse(timeOf(last)) - Date.parse(timeOf(first))) / HOUR
    if (value < 0 || value > LONGEST_STAY) continue
    yield {
      kind: 'dwell',
      key: `${first.place.code} ${direction}`,
      subject: `${container} ${timeOf(first)}`,
      value,
      width: HOUR_BIN,
      stated: [
        { name: arrival, stated: first.sighting.happenedAt ?? first.sighting.container },
        { name: departure, stated: last.sighting.happenedAt ?? last.sighting.container },
      ],
    }
  }
}

/** From the first booking message to loading. */
export function leadOf(dossier: ContainerDossier): Measure | undefined {
  const { sightings, consignments } = presentJourney(dossier)
  const booked = [
    ...sightings
      .filter(({ message }) => BOOKINGS.has(message))
      .map((each) => ({ at: timeOf(each), stated: each.sighting.happenedAt ?? each.sighting.container })),
    ...consignments
      .filter(({ message }) => BOOKINGS.has(message))
      .map(({ receivedAt, statement }) => ({ at: receivedAt, stated: statement.document })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1))[0]
  const loaded = sightings.find(({ sighting, happenedAt }) => sighting.event === 'loaded' && happenedAt !== undefined)
  const route =
    newestFilings(consignments)
      .map(({ statement }) => routeOf(statement)?.name)
      .find((name) => name !== undefined) ?? routeOfSightings(sightings)
  if (booked === undefined || loaded === undefined || route === undefined) return undefined
  const value = (Date.parse(timeOf(loaded)) - Date.parse(booked.at)) / HOUR
  if (value < 0 || value > LONGEST_STAY) return undefined
  return {
    kind: 'lead',
    key: route,
    subject: `${dossier.container} ${timeOf(loaded)}`,
    value,
    width: HOUR_BIN,
    stated: [
      { name: 'booking', stated: booked.stated },
      { name: 'loading', stated: loaded.sighting.happenedAt ?? loaded.sighting.container },
    ],
  }
}

function routeOfSightings(sightings: readonly DossierSighting[]): string | undefined {
  for (const { sighting } of sightings) {
    const [loading, discharge] = [codeOf(placeOf(sighting.places, 'loading')), codeOf(placeOf(sighting.places, 'discharge'))]
    if (loading !== undefined && discharge !== undefined) return `${loading}-${discharge}`
  }
  return undefined
}

/** Verified mass less declared goods and stated tare, where one bill speaks for the box alone. */
function residualOf(dossier: ContainerDossier): Measure | undefined {
  const { sightings, consignments } = presentJourney(dossier)
  const verified = sightings.flatMap(({ sighting }) => sighting.weights).findLast(({ kind }) => kind === 'verified-gross')
  const tare = dossier.sightings.flatMap(({ sighting }) => sighting.weights).findLast(({ kind }) => kind === 'tare')
  const alone = newestFilings(consignments).filter(({ statement }) => statement.containers.length === 1)
  const bills = new Set(alone.map(({ statement }) => statement.document.value))
  const statement = alone[0]?.statement
  if (verified === undefined || tare === undefined || statement === undefined || bills.size > 1) return undefined
  const [gross, heading] = [grossOf(statement), headingsOf(statement.hsCodes, 4)[0]?.heading]
  if (gross === undefined || heading === undefined) return undefined
  return {
    kind: 'residual',
    key: heading,
    subject: `${dossier.container} ${statement.document.value}`.slice(0, LONGEST_SUBJECT),
    value: verified.kilograms.value - gross.value - tare.kilograms.value,
    width: RESIDUAL_BIN,
    stated: [{ name: 'verified gross mass', stated: verified.kilograms }],
  }
}
