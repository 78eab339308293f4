/** I4: the same number at two places faster than a box can travel. */
import { distanceKm, type Position } from '#kernel/geo/distance.ts'
import { type CargoDetector, CLEAR, COMMON, type DossierSighting, fact, missing, signal } from './dossier.ts'

const HOUR = 3_600_000

interface Fixed {
  readonly at: number
  readonly place: Position & { readonly code: string }
  readonly source: DossierSighting
}

export const clone: CargoDetector = {
  ...COMMON,
  id: 'cargo.clone',
  title: 'Same number in two places',
  // The faster of the two ways decides: 80 km/h on land is faster than 25 knots at sea.
  parameters: { kilometresPerHour: 80, handlingHours: 6 },
  inputs: ['time of events', 'place of events'],
  knownLimits:
    'Uses the straight line and the fastest way, so it misses clones that keep a plausible distance. Wrong times in a message look like a clone.',
  innocentAlternatives: ['The time of an event is mistyped or in another zone', 'A report was sent for the wrong box'],
  evaluate(dossier, { kilometresPerHour = 80, handlingHours = 6 }) {
    const fixed = dossier.sightings.flatMap(fixedOf).sort((a, b) => a.at - b.at)
    if (fixed.length < 2) return missing('two events with time and place')
    for (let index = 1; index < fixed.length; index++) {
      const before = fixed[index - 1]
      const after = fixed[index]
      if (before === undefined || after === undefined || before.place.code === after.place.code) continue
      const distance = distanceKm(before.place, after.place)
      const needed = distance / kilometresPerHour + handlingHours
      const given = (after.at - before.at) / HOUR
      if (given >= needed) continue
      return signal(
        `${dossier.container} is stated at ${before.place.code} and ${Math.max(0, Math.round(given))} h later at ${after.place.code}, ${Math.round(distance)} km away.`,
        ...eventFacts('earlier', before.source),
        ...eventFacts('later', after.source),
        { name: 'distance in km', value: Math.round(distance) },
        { name: 'hours between', value: Math.round(given * 10) / 10 },
      )
    }
    return CLEAR
  },
}

function fixedOf(source: DossierSighting): Fixed[] {
  const { place, happenedAt } = source
  if (happenedAt === undefined || place?.latitude === undefined || place.longitude === undefined) return []
  return [{ at: Date.parse(happenedAt), place: { code: place.code, latitude: place.latitude, longitude: place.longitude }, source }]
}

function eventFacts(which: string, { sighting, message }: DossierSighting) {
  return [
    { ...fact(`${which} sighting`, sighting.container), name: `${which} sighting (${message})` },
    ...(sighting.happenedAt === undefined ? [] : [fact(`${which} time`, sighting.happenedAt)]),
  ]
}
