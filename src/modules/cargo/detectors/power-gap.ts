/** F3: the record of a reefer's power has a gap while it was full. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { presentJourney, timeOf } from './journey-view.ts'

const HOUR = 3_600_000

export const powerGap: CargoDetector = {
  ...COMMON,
  code: 'F3',
  id: 'cargo.power-gap',
  title: 'Gap in the power record',
  parameters: { hours: 6 },
  inputs: ['power of the reefer in reports', 'time of events', 'full or empty'],
  knownLimits: 'Knows power where reports or readings state it. A gap on the road, on a generator of the lorry, is not told apart.',
  innocentAlternatives: ['A reading that was not sent', 'Carriage by road without a generator', 'A repair of the unit'],
  evaluate(dossier, { hours = 6 }) {
    const stated = presentJourney(dossier).sightings.filter(({ power, happenedAt }) => power !== undefined && happenedAt !== undefined)
    if (stated.length < 2) return missing('two statements of power with time')
    for (const [index, off] of stated.entries()) {
      const on = stated[index + 1]
      if (off.power !== 'off' || on === undefined || off.sighting.fullness === 'empty') continue
      const gap = (Date.parse(timeOf(on)) - Date.parse(timeOf(off))) / HOUR
      if (gap <= hours) continue
      return signal(
        `The reefer was without power for ${Math.round(gap)} h.`,
        fact('power off', off.sighting.happenedAt ?? off.sighting.container),
        fact('next statement', on.sighting.happenedAt ?? on.sighting.container),
        { name: 'hours', value: Math.round(gap) },
      )
    }
    return CLEAR
  },
}
