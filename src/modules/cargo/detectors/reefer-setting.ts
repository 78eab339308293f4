/** F1: the set temperature of a reefer does not fit the goods. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'
import { presentJourney } from './journey-view.ts'
import { cooledGoodsOf, reeferOf, temperatureOf } from './reefer-goods.ts'

export const reeferSetting: CargoDetector = {
  ...COMMON,
  code: 'F1',
  id: 'cargo.reefer-setting',
  title: 'Reefer setting',
  parameters: { margin: 3 },
  inputs: ['set temperature', 'HS code', 'size and type'],
  knownLimits: 'Knows fourteen HS headings; frozen and fresh forms under one heading share the wider range.',
  innocentAlternatives: ['Controlled ripening', 'Temperature stated in Fahrenheit without saying so'],
  evaluate(dossier, { margin = 3 }) {
    const journey = presentJourney(dossier)
    if (reeferOf(journey) === undefined) return missing('a thermal container')
    const goods = cooledGoodsOf(journey)
    if (goods === undefined) return missing('HS code of goods with a known carriage temperature')
    const set = temperatureOf(journey)
    if (set === undefined) return missing('set temperature')
    const [low, high] = goods.range
    if (set.value >= low - margin && set.value <= high + margin) return CLEAR
    return signal(
      `The reefer is set to ${set.value} °C; goods of heading ${goods.heading} travel at ${low} to ${high} °C.`,
      fact('set temperature', set),
      fact('HS code', goods.code),
    )
  },
}
