/** I4: the same number at two places faster than a box can travel, or open in two journeys at once. */
import { firstImpossible, openTwice } from '#kernel/cargo-history/journey.ts'
import type { Position } from '#kernel/geo/distance.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierSighting, fact, missing, signal } from './dossier.ts'

interface Fixed {
  readonly at: number
  readonly place: Position & { readonly code: string }
  readonly voyage?: string
  readonly source: DossierSighting
}

export const clone: CargoDetector = {
  ...COMMON,
  code: 'I4',
  id: 'cargo.clone',
  title: 'Same number in two places',
  /** 25 knots where the box must cross by sea, 80 km/h where a lorry could carry it. */
  parameters: { seaKilometresPerHour: 46.3, landKilometresPerHour: 80, handlingHours: 6 },
  inputs: ['time of events', 'place of events', 'voyage of events'],
  knownLimits:
    'Uses the great circle, so it misses clones that keep a plausible distance. Wrong times in a message look like a clone; a box flown across the sea would too.',
  innocentAlternatives: ['The time of an event is mistyped or in another zone', 'A report was sent for the wrong box'],
  evaluate(dossier, { seaKilometresPerHour = 46.3, landKilometresPerHour = 80, handlingHours = 6 }) {
    const fixed = dossier.sightings.flatMap(fixedOf)
    if (fixed.length < 2) return missing('two events with time and place')
    const impossible = firstImpossible(fixed, { seaKilometresPerHour, landKilometresPerHour, handlingHours })
    if (impossible !== undefined) {
      const { before, after, kilometres, givenHours } = impossible
      return signal(
        `${dossier.container} is stated at ${before.place.code} and ${Math.max(0, Math.round(givenHours))} h later at ${after.place.code}, ${Math.round(kilometres)} km away.`,
        ...eventFacts('earlier', before.source),
        ...eventFacts('later', after.source),
        { name: 'distance in km', value: Math.round(kilometres) },
        { name: 'hours between', value: Math.round(givenHours * 10) / 10 },
      )
    }
    const twice = openTwice(passagesOf(fixed), fixed, handlingHours)
    if (twice === undefined) return CLEAR
    return signal(
      `${dossier.container} is on board of voyage ${twice.passage.voyage}, and meanwhile at ${twice.stop.place.code}.`,
      ...eventFacts('loading', twice.passage.loaded),
      ...eventFacts('discharge', twice.passage.discharged),
      ...eventFacts('meanwhile', twice.stop.source),
    )
  },
}

function fixedOf(source: DossierSighting): Fixed[] {
  const { place, happenedAt, voyage } = source
  if (happenedAt === undefined || place?.latitude === undefined || place.longitude === undefined) return []
  const { code, latitude, longitude } = place
  return [{ at: Date.parse(happenedAt), place: { code, latitude, longitude }, source, ...(voyage === undefined ? {} : { voyage }) }]
}

/** From loading to the next discharge from the same voyage. */
function passagesOf(fixed: readonly Fixed[]) {
  const ordered = [...fixed].sort((a, b) => a.at - b.at)
  return ordered.flatMap((loaded, index) => {
    if (loaded.source.sighting.event !== 'loaded' || loaded.voyage === undefined) return []
    const discharged = ordered
      .slice(index + 1)
      .find(({ source, voyage }) => source.sighting.event === 'discharged' && voyage === loaded.voyage)
    if (discharged === undefined) return []
    return [{ voyage: loaded.voyage, from: loaded.at, until: discharged.at, loaded: loaded.source, discharged: discharged.source }]
  })
}

function eventFacts(which: string, { sighting, message }: DossierSighting) {
  return [
    { ...fact(`${which} sighting`, sighting.container), name: `${which} sighting (${message})` },
    ...(sighting.happenedAt === undefined ? [] : [fact(`${which} time`, sighting.happenedAt)]),
  ]
}
