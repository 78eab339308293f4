/** F1/F2: the set temperature of a reefer does not fit the goods, or cargo that needs cooling travels without a setting. */
import { type CargoDetector, CLEAR, COMMON, fact, missing, signal } from './dossier.ts'

/** Carriage temperatures in °C by HS heading, wide on purpose: outside them the goods spoil. Source: common carriers' reefer guides, from practice; policy. */
const CARRIAGE: Readonly<Record<string, readonly [number, number]>> = {
  '0803': [12, 15],
  '0804': [4, 14],
  '0805': [2, 15],
  '0806': [-1, 2],
  '0807': [2, 14],
  '0808': [-1, 5],
  '0810': [-1, 10],
  '0302': [-2, 4],
  '0303': [-30, -15],
  '0306': [-30, -15],
  '0201': [-2, 4],
  '0202': [-30, -15],
  '0207': [-30, 4],
  '0603': [0, 12],
}
/** ISO 6346 size and type codes of thermal boxes: R and H in the third place. */
const THERMAL = /^..[RH]/

export const reeferSetting: CargoDetector = {
  ...COMMON,
  id: 'cargo.reefer-setting',
  title: 'Reefer setting',
  parameters: { margin: 3 },
  inputs: ['set temperature', 'HS code', 'size and type'],
  knownLimits: 'Knows fourteen HS headings; frozen and fresh forms under one heading share the wider range.',
  innocentAlternatives: [
    'Controlled ripening',
    'Temperature stated in Fahrenheit without saying so',
    'Non-operating reefer used as a dry box, declared as such',
  ],
  evaluate(dossier, { margin = 3 }) {
    const reefer = dossier.sightings.findLast(({ sighting }) => THERMAL.test(sighting.isoType?.value ?? ''))
    if (reefer === undefined) return missing('a thermal container')
    const codes = [
      ...dossier.consignments.flatMap(({ statement }) => statement.hsCodes),
      ...dossier.sightings.flatMap(({ sighting }) => sighting.hsCodes),
    ]
    const code = codes.find((each) => CARRIAGE[each.value.replace(/\D/g, '').slice(0, 4)] !== undefined)
    if (code === undefined) return missing('HS code of goods with a known carriage temperature')
    const [low, high] = CARRIAGE[code.value.replace(/\D/g, '').slice(0, 4)] ?? [0, 0]
    const set = dossier.sightings.findLast(({ sighting }) => sighting.setTemperature !== undefined)?.sighting.setTemperature
    if (set === undefined) {
      if (reefer.sighting.fullness === 'empty') return CLEAR
      return reefer.message === 'BAPLIE'
        ? signal(
            `Goods of heading ${code.value.slice(0, 4)} travel in a reefer without a set temperature.`,
            fact('HS code', code),
            fact('size and type', reefer.sighting.isoType ?? code),
          )
        : missing('set temperature')
    }
    if (set.value >= low - margin && set.value <= high + margin) return CLEAR
    return signal(
      `The reefer is set to ${set.value} °C; goods of heading ${code.value.slice(0, 4)} travel at ${low} to ${high} °C.`,
      fact('set temperature', set),
      fact('HS code', code),
    )
  },
}
