/** F2: goods that need cooling travel in a reefer that does not run. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { presentJourney } from './journey-view.ts'
import { cooledGoodsOf, reeferOf, temperatureOf } from './reefer-goods.ts'

const NOT_RUNNING = /\b(?:non[- ]?operating|not operating|no(?:n)? operativ[ao]|NOR\b|switched off|apagado|used as dry)/i

export const reeferOff: CargoDetector = {
  ...COMMON,
  code: 'F2',
  id: 'cargo.reefer-off',
  title: 'Reefer that does not run',
  parameters: {},
  inputs: ['set temperature in the stowage plan', 'remarks', 'HS code', 'size and type'],
  knownLimits: 'Takes a full reefer without a set temperature in the stowage plan as not running. Knows fourteen HS headings.',
  innocentAlternatives: [
    'Non-operating reefer used as a dry box, with a wrong code of the goods',
    'A set temperature that was left out of the plan',
  ],
  evaluate(dossier) {
    const journey = presentJourney(dossier)
    const reefer = reeferOf(journey)
    if (reefer === undefined) return missing('a thermal container')
    const goods = cooledGoodsOf(journey)
    if (goods === undefined) return missing('HS code of goods with a known carriage temperature')
    if (reefer.sighting.fullness === 'empty') return CLEAR
    const remark = journey.sightings.flatMap(({ sighting }) => sighting.remarks).find(({ value }) => NOT_RUNNING.test(value))
    if (remark !== undefined)
      return signal(
        `Goods of heading ${goods.heading} travel in a reefer that is said not to run.`,
        fact('HS code', goods.code),
        fact('remark', remark),
      )
    if (temperatureOf(journey) !== undefined) return CLEAR
    if (!journey.sightings.some(({ message }) => message === 'BAPLIE')) return missing('set temperature')
    return signal(
      `Goods of heading ${goods.heading} travel in a reefer without a set temperature.`,
      fact('HS code', goods.code),
      ...(reefer.sighting.isoType === undefined ? [] : [fact('size and type', reefer.sighting.isoType)]),
    )
  },
}
