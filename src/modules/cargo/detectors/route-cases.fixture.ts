/** Cases of the indicators on routes and stays (R): what each finds, the nearest it must leave alone, and what it cannot say. */
import type { DetectorCases } from './cases.fixture.ts'
import { bill, dossier, known, POSITIONS, party, place, sighting, stated } from './dossier.fixture.ts'

const ROUTE = [place('loading', 'ECGYE'), place('discharge', 'BEANR')]
const over = (via: string) => bill({ places: [...ROUTE, place('transhipment', via)] })
const LANE = { 'lane|ECGYE-BEANR': 200, 'lane-via|ECGYE-BEANR|ESALG': 190 }
const positions = Object.fromEntries(Object.entries(POSITIONS).map(([code, [latitude, longitude]]) => [code, { latitude, longitude }]))
const booked = (at: string) => [
  sighting('COPARN', { at }),
  sighting('COARRI', { event: 'loaded', at: '2026-11-20T00:00:00Z', where: 'ECGYE', places: ROUTE }),
]
/** Bins of six hours: 95 boxes booked ten days before, 10 three days before. */
const LEADS = { tallies: { 'lead|ECGYE-BEANR': { 40: 110, 12: 10 } } }
const stay = (until: string) => [
  sighting('COARRI', { event: 'discharged', at: '2026-11-01T00:00:00Z', where: 'BEANR' }),
  sighting('CODECO', { event: 'gate-out', at: until, where: 'BEANR' }),
]
const STAYS = { tallies: { 'dwell|BEANR import': { 4: 60, 8: 50, 12: 3 } } }
const moved = sighting('CODECO', { at: '2026-11-05T00:00:00Z', remarks: [stated('YARD MOVE TO BLOCK 9')] })
const home = [place('loading', 'BEANR'), place('discharge', 'ECGYE')]
const back = (fullness: 'full' | 'empty') => [
  sighting('COARRI', { event: 'discharged', at: '2026-10-01T00:00:00Z', where: 'BEANR', fullness: 'full', places: ROUTE }),
  sighting('CODECO', { event: 'gate-out', at: '2026-10-03T00:00:00Z', where: 'BEANR', fullness }),
  sighting('COARRI', { event: 'loaded', at: '2026-10-20T00:00:00Z', where: 'BEANR', fullness: 'full', places: home }),
]
const from = (code: string) => bill({ places: [...ROUTE, place('receipt', code)] })
const FOUND = { findings: { 'place ECDUR': 1 } }

export const ROUTE_CASES: DetectorCases = {
  'cargo.new-route': {
    hits: [
      [
        'a route that the company never used',
        dossier({
          consignments: [bill({ parties: [party('consignor', 'ALPHA SA')], places: ROUTE })],
          history: known({ 'desk|shipments': 80, 'party|alpha sa': 30, 'route|ECGYE-BEANR': 80, 'party-route|alpha sa|ECGYE-BEANR': 0 }),
        }),
      ],
      [
        'a route never seen',
        dossier({ consignments: [bill({ places: ROUTE })], history: known({ 'desk|shipments': 80, 'route|ECGYE-BEANR': 0 }) }),
      ],
    ],
    clear: [
      [
        'a route that the company used once',
        dossier({
          consignments: [bill({ parties: [party('consignor', 'ALPHA SA')], places: ROUTE })],
          history: known({ 'desk|shipments': 80, 'party|alpha sa': 30, 'party-route|alpha sa|ECGYE-BEANR': 1 }),
        }),
      ],
      [
        'the usual route',
        dossier({ consignments: [bill({ places: ROUTE })], history: known({ 'desk|shipments': 80, 'route|ECGYE-BEANR': 1 }) }),
      ],
    ],
    missing: [
      ['a thin history', dossier({ consignments: [bill({ places: ROUTE })], history: known({ 'desk|shipments': 3 }) })],
      ['no ports', dossier({ consignments: [bill()], history: known({ 'desk|shipments': 80 }) })],
    ],
  },
  'cargo.unusual-transhipment': {
    hits: [
      [
        'a port that the lane does not use',
        dossier({ consignments: [over('MAPTM')], history: known({ ...LANE, 'lane-via|ECGYE-BEANR|MAPTM': 0 }) }),
      ],
    ],
    clear: [
      ['the usual port', dossier({ consignments: [over('ESALG')], history: known(LANE) })],
      [
        'a port that one in fifty uses',
        dossier({ consignments: [over('MAPTM')], history: known({ ...LANE, 'lane-via|ECGYE-BEANR|MAPTM': 4 }) }),
      ],
    ],
    missing: [
      ['no transhipment', dossier({ consignments: [bill({ places: ROUTE })], history: known(LANE) })],
      ['a lane with few shipments', dossier({ consignments: [over('MAPTM')], history: known({ 'lane|ECGYE-BEANR': 3 }) })],
    ],
  },
  'cargo.short-lead-time': {
    hits: [['two days before', dossier({ sightings: booked('2026-11-18T00:00:00Z'), history: LEADS })]],
    clear: [['three days before, as the shortest do', dossier({ sightings: booked('2026-11-17T00:00:00Z'), history: LEADS })]],
    missing: [
      ['no booking', dossier({ sightings: booked('2026-11-18T00:00:00Z').slice(1), history: LEADS })],
      ['few lead times', dossier({ sightings: booked('2026-11-18T00:00:00Z'), history: { tallies: { 'lead|ECGYE-BEANR': { 40: 10 } } } })],
    ],
  },
  'cargo.detour': {
    hits: [
      ['from Guayaquil to Antwerp over Singapore', dossier({ consignments: [over('SGSIN')], positions })],
      ['freight of more than half the value', dossier({ consignments: [bill({ freight: stated(6000), customsValue: stated(11_000) })] })],
      [
        'freight in the manifest against the value in the declaration',
        dossier({
          consignments: [
            bill({ freight: { ...stated(6000), currency: 'USD' } }),
            bill({ message: 'CSV', customsValue: { ...stated(11_000), currency: 'USD' } }),
          ],
        }),
      ],
    ],
    clear: [
      ['over Algeciras', dossier({ consignments: [over('ESALG')], positions })],
      ['freight of half the value', dossier({ consignments: [bill({ freight: stated(5500), customsValue: stated(11_000) })] })],
    ],
    missing: [
      ['neither transhipment nor value', dossier({ consignments: [bill({ places: ROUTE, freight: stated(5500) })], positions })],
      [
        'freight and value in two currencies',
        dossier({
          consignments: [bill({ freight: { ...stated(6000), currency: 'EUR' }, customsValue: { ...stated(11_000), currency: 'USD' } })],
        }),
      ],
    ],
  },
  'cargo.returned-cargo': {
    hits: [
      ['goods returned', dossier({ consignments: [bill({ goods: [stated('BANANAS - RETURNED GOODS')] })] })],
      ['devolución in a remark', dossier({ sightings: [sighting('CODECO', { remarks: [stated('DEVOLUCIÓN CLIENTE')] })] })],
      ['back full without having been emptied', dossier({ sightings: back('full') })],
    ],
    clear: [
      ['back full after it was empty', dossier({ sightings: back('empty') })],
      [
        'on from a transhipment',
        dossier({
          sightings: [
            back('full')[0],
            sighting('COARRI', {
              event: 'loaded',
              at: '2026-10-05T00:00:00Z',
              where: 'BEANR',
              fullness: 'full',
              places: [place('discharge', 'DEHAM')],
            }),
          ].filter((each) => each !== undefined),
        }),
      ],
      ['a returnable crate', dossier({ consignments: [bill({ goods: [stated('RETURNABLE CRATES')] })] })],
    ],
    missing: [['neither text nor events', dossier({ sightings: [sighting('BAPLIE')] })]],
  },
  'cargo.dwell': {
    hits: [
      ['nine days where others stay two', dossier({ sightings: stay('2026-11-10T00:00:00Z'), history: STAYS })],
      ['a move that no order asks for', dossier({ sightings: [sighting('COREOR', { at: '2026-11-01T00:00:00Z' }), moved] })],
    ],
    clear: [
      ['two days', dossier({ sightings: stay('2026-11-03T00:00:00Z'), history: STAYS })],
      [
        'a move that was ordered',
        dossier({
          sightings: [sighting('COPARN', { at: '2026-11-04T20:00:00Z' }), moved, ...stay('2026-11-03T00:00:00Z')],
          history: STAYS,
        }),
      ],
    ],
    missing: [
      ['no gate-out', dossier({ sightings: stay('2026-11-10T00:00:00Z').slice(0, 1), history: STAYS })],
      ['few stays', dossier({ sightings: stay('2026-11-10T00:00:00Z'), history: { tallies: { 'dwell|BEANR import': { 4: 3 } } } })],
    ],
  },
  'cargo.stuffing-place': {
    hits: [['a place with a finding', dossier({ consignments: [from('ECDUR')], history: FOUND })]],
    clear: [['a place without', dossier({ consignments: [from('ECQUI')], history: FOUND })]],
    missing: [
      ['no place of receipt', dossier({ consignments: [bill({ places: ROUTE })], history: FOUND })],
      ['the port itself', dossier({ consignments: [from('ECGYE')], history: { findings: { 'place ECGYE': 4 } } })],
    ],
  },
}
