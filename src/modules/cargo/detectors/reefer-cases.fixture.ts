/** Cases of the indicators on refrigerated goods (F): what each finds, the nearest it must leave alone, and what it cannot say. */
import { type DetectorCases, kg } from './cases.fixture.ts'
import { bill, dossier, place, sighting, stated } from './dossier.fixture.ts'

const ROUTE = [place('loading', 'ECGYE'), place('discharge', 'BEANR')]
const bananas = (part: Parameters<typeof sighting>[1] = {}) =>
  sighting('BAPLIE', { isoType: stated('45R1'), hsCodes: [stated('080390')], ...part })
const power = (state: 'on' | 'off', at: string, fullness: 'full' | 'empty' = 'full') => sighting('CODECO', { at, power: state, fullness })
const fruit = (kilograms: number) => bill({ places: ROUTE, hsCodes: [stated('080390')], weights: [kg('consignment-gross', kilograms)] })
/** Bins of 250 kg: most boxes at 20,000 kg. */
const WEIGHTS = { 'lane-weight|ECGYE-BEANR|0803': { 80: 95, 70: 5 } }

export const REEFER_CASES: DetectorCases = {
  'cargo.reefer-setting': {
    hits: [['frozen bananas', dossier({ sightings: [bananas({ setTemperature: stated(-18) })] })]],
    clear: [
      ['bananas as they travel', dossier({ sightings: [bananas({ setTemperature: stated(13.3) })] })],
      ['three degrees beside', dossier({ sightings: [bananas({ setTemperature: stated(9) })] })],
    ],
    missing: [
      ['a dry box', dossier({ sightings: [bananas({ isoType: stated('22G1'), setTemperature: stated(-18) })] })],
      ['no setting', dossier({ sightings: [bananas()] })],
    ],
  },
  'cargo.reefer-off': {
    hits: [
      ['bananas without a setting', dossier({ sightings: [bananas()] })],
      [
        'bananas in a unit that is said to be off',
        dossier({ sightings: [bananas({ setTemperature: stated(13.3), remarks: [stated('UNIT NON-OPERATING')] })] }),
      ],
    ],
    clear: [
      ['bananas as they travel', dossier({ sightings: [bananas({ setTemperature: stated(13.3) })] })],
      ['an empty reefer', dossier({ sightings: [bananas({ fullness: 'empty' })] })],
    ],
    missing: [
      ['goods that need no cooling', dossier({ sightings: [bananas({ hsCodes: [stated('440722')] })] })],
      ['no plan', dossier({ sightings: [sighting('CODECO', { isoType: stated('45R1'), hsCodes: [stated('080390')] })] })],
    ],
  },
  'cargo.power-gap': {
    hits: [
      ['nine hours without power', dossier({ sightings: [power('off', '2026-11-01T00:00:00Z'), power('on', '2026-11-01T09:00:00Z')] })],
    ],
    clear: [
      ['six hours without power', dossier({ sightings: [power('off', '2026-11-01T00:00:00Z'), power('on', '2026-11-01T06:00:00Z')] })],
      ['an empty box', dossier({ sightings: [power('off', '2026-11-01T00:00:00Z', 'empty'), power('on', '2026-11-03T00:00:00Z')] })],
    ],
    missing: [['one statement', dossier({ sightings: [power('off', '2026-11-01T00:00:00Z')] })]],
  },
  'cargo.light-fruit': {
    hits: [
      [
        'light, on a lane with a finding',
        dossier({ consignments: [fruit(17_000)], history: { tallies: WEIGHTS, findings: { 'route ECGYE-BEANR': 1 } } }),
      ],
    ],
    clear: [
      ['light, on a lane without a finding', dossier({ consignments: [fruit(17_000)], history: { tallies: WEIGHTS } })],
      [
        'as heavy as nine in ten',
        dossier({ consignments: [fruit(20_000)], history: { tallies: WEIGHTS, findings: { 'route ECGYE-BEANR': 1 } } }),
      ],
    ],
    missing: [
      ['no weight', dossier({ consignments: [bill({ places: ROUTE, hsCodes: [stated('080390')] })], history: { tallies: WEIGHTS } })],
      ['few boxes', dossier({ consignments: [fruit(17_000)], history: { tallies: { 'lane-weight|ECGYE-BEANR|0803': { 80: 3 } } } })],
    ],
  },
}
