/**
 * What is measured of a box once its reports are there: how long it lay in a port, how long before loading it was booked, what is left of the verified mass when
 * goods and tare are taken off. Of every journey that the desk knows, so that the same reports in any order give the same measures; `subject` makes a measure of a box count once.
 */
import { HOUR_BIN, RESIDUAL_BIN } from '#kernel/cargo-history/tally-bins.ts'
import type { Stated } from '../model.ts'
import type { ContainerDossier, DossierSighting } from './dossier.ts'
import { monthOf } from './history-keys.ts'
import { type JourneyView, journeysOf, newestFilings, presentJourney, timeOf, versionOf } from './journey-view.ts'
import { codeOf, grossOf, headingsOf, placeOf, routeOf, UNLOCODE } from './statement-parts.ts'

export interface Measure {
  readonly kind: 'dwell' | 'lead' | 'residual'
  /** What it is compared with: port and direction, lane, heading. */
  readonly key: string
  readonly subject: string
  /** In which it counts: that of the departure from the port, of the loading, of the bill. */
  readonly month: string
  readonly value: number
  readonly width: number
  readonly stated: readonly { readonly name: string; readonly stated: Stated | Stated<number> }[]
}

const HOUR = 3_600_000
const BOOKINGS: ReadonlySet<string> = new Set(['IFTMBF', 'IFTMBC', 'IFTMBP', 'COPARN', 'DCSA-booking'])
const LONGEST_STAY = 365 * 24
const LONGEST_SUBJECT = 200

export function measuresOf(dossier: ContainerDossier): readonly Measure[] {
  return journeysOf(dossier).flatMap((journey) => {
    const [lead, residual] = [leadIn(journey), residualIn(journey, dossier)]
    return [...dwellsIn(journey), ...(lead === undefined ? [] : [lead]), ...(residual === undefined ? [] : [residual])]
  })
}

/** Stays of the present journey: from discharge to gate-out, and from gate-in to loading, in one port. */
export function dwellsOf(dossier: ContainerDossier): readonly Measure[] {
  return dwellsIn(presentJourney(dossier))
}

function dwellsIn({ sightings }: JourneyView): readonly Measure[] {
  const events = sightings.filter(({ happenedAt, sighting }) => happenedAt !== undefined && sighting.event !== undefined)
  return [...stays(events, IMPORT), ...stays(events, EXPORT)]
}

const IMPORT = { direction: 'import', arrival: 'discharged', departure: 'gate-out' } as const
const EXPORT = { direction: 'export', arrival: 'gate-in', departure: 'loaded' } as const

function* stays(events: readonly DossierSighting[], { direction, arrival, departure }: typeof IMPORT | typeof EXPORT): Generator<Measure> {
  for (const [index, first] of events.entries()) {
    if (first.sighting.event !== arrival || first.place === undefined || !UNLOCODE.test(first.place.code)) continue
    const last = events.slice(index + 1).find(({ sighting, place }) => sighting.event === departure && place?.code === first.place?.code)
    if (last === undefined) continue
    const value = (Date.parse(timeOf(last)) - Date.parse(timeOf(first))) / HOUR
    if (value < 0 || value > LONGEST_STAY) continue
    yield {
      kind: 'dwell',
      key: `${first.place.code} ${direction}`,
      subject: `${first.place.code} ${direction} ${timeOf(first)}`,
      month: monthOf(timeOf(last)),
      value,
      width: HOUR_BIN,
      stated: [
        { name: arrival, stated: first.sighting.happenedAt ?? first.sighting.container },
        { name: departure, stated: last.sighting.happenedAt ?? last.sighting.container },
      ],
    }
  }
}

/** Of the present journey, from the first booking message to loading. */
export function leadOf(dossier: ContainerDossier): Measure | undefined {
  return leadIn(presentJourney(dossier))
}

function leadIn({ sightings, consignments }: JourneyView): Measure | undefined {
  const booked = [
    ...sightings
      .filter(({ message }) => BOOKINGS.has(message))
      .map((each) => ({ at: timeOf(each), stated: each.sighting.happenedAt ?? each.sighting.container })),
    ...consignments
      .filter(({ message }) => BOOKINGS.has(message))
      .map((each) => ({ at: versionOf(each), stated: each.statement.document })),
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
    subject: timeOf(loaded),
    month: monthOf(timeOf(loaded)),
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
function residualIn({ sightings, consignments }: JourneyView, dossier: ContainerDossier): Measure | undefined {
  const verified = sightings.flatMap(({ sighting }) => sighting.weights).findLast(({ kind }) => kind === 'verified-gross')
  const tare = dossier.sightings.flatMap(({ sighting }) => sighting.weights).findLast(({ kind }) => kind === 'tare')
  const alone = newestFilings(consignments).filter(({ statement }) => statement.containers.length === 1)
  const bills = new Set(alone.map(({ statement }) => statement.document.value))
  const [filing] = alone
  if (verified === undefined || tare === undefined || filing === undefined || bills.size > 1) return undefined
  const { statement, day } = filing
  const [gross, heading] = [grossOf(statement), headingsOf(statement.hsCodes, 4)[0]?.heading]
  if (gross === undefined || heading === undefined) return undefined
  return {
    kind: 'residual',
    key: heading,
    subject: statement.document.value.slice(0, LONGEST_SUBJECT),
    month: monthOf(day),
    value: verified.kilograms.value - gross.value - tare.kilograms.value,
    width: RESIDUAL_BIN,
    stated: [{ name: 'verified gross mass', stated: verified.kilograms }],
  }
}
