/** Cases of the indicators on identity and documents (I): what each finds, the nearest it must leave alone, and what it cannot say. */
import { type DetectorCases, kg, seal } from './cases.fixture.ts'
import { bill, dossier, known, party, place, sighting, stated } from './dossier.fixture.ts'

const ROUTE = [place('loading', 'ECGYE'), place('discharge', 'BEANR')]
const WORDS = {
  tallies: {
    'goods|0306': { '': 80 },
    'goods-word|0306|frozen': { '': 80 },
    'goods-word|0306|shrimp': { '': 80 },
    'word|frozen': { '': 90 },
    'word|shrimp': { '': 80 },
    'word|fresh': { '': 200 },
    'word|rose': { '': 70 },
  },
}
const shrimp = (description: string) => bill({ goods: [stated(description)], hsCodes: [stated('030617')] })
const type = (code: string, message = 'CODECO') => sighting(message, { isoType: stated(code) })
const carrier = (part: Parameters<typeof bill>[0] = {}) =>
  bill({
    parties: [party('consignor', 'ALPHA SA'), party('consignee', 'BETA BV')],
    weights: [kg('consignment-gross', 20_000)],
    packages: stated(1000),
    hsCodes: [stated('080390')],
    ...part,
  })

export const IDENTITY_CASES: DetectorCases = {
  'cargo.identity': {
    hits: [
      ['a wrong digit', dossier({ container: 'MSCU6639871', sightings: [sighting('BAPLIE', { container: stated('MSCU6639871') })] })],
      ['a wrong digit seen on the box', dossier({ container: 'MSCU6639871', paintedSo: true })],
      [
        'an owner nobody here has seen',
        dossier({
          container: 'CSQU3054383',
          sightings: [sighting('BAPLIE', { container: stated('CSQU3054383') })],
          history: known({ 'owner|CSQU': 0, 'boxes|all': 5000 }),
        }),
      ],
    ],
    clear: [
      ['the right digit', dossier()],
      ['an owner that is known', dossier({ container: 'CSQU3054383', history: known({ 'owner|CSQU': 3, 'boxes|all': 5000 }) })],
      ['an owner not seen among few boxes', dossier({ container: 'CSQU3054383', history: known({ 'owner|CSQU': 0, 'boxes|all': 50 }) })],
    ],
    missing: [['a number of another shape', dossier({ container: 'TANK-7' })]],
  },
  'cargo.weight-mismatch': {
    hits: [
      [
        '1,500 kg too much',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 23_700), kg('tare', 2200)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
    ],
    clear: [
      [
        '1,500 kg too much of goods that always leave so much over',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 23_700), kg('tare', 2200)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)], hsCodes: [stated('4407221000')] })],
          history: { tallies: { 'residual|4407': { 28: 60 } } },
        }),
      ],
      [
        'exactly at the margin',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 23_310), kg('tare', 2200)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
      [
        'no stated tare, within the heaviest box',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 25_000)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
      [
        'less than declared',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 9000), kg('tare', 2200)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
    ],
    missing: [
      ['no verified mass', dossier({ consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })] })],
      [
        'a bill for several boxes',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 30_000)] })],
          consignments: [
            bill({
              weights: [kg('consignment-gross', 9000)],
              containers: [
                { number: stated('A'), seals: [] },
                { number: stated('B'), seals: [] },
              ],
            }),
          ],
        }),
      ],
    ],
  },
  'cargo.seal-change': {
    hits: [
      [
        'another seal later',
        dossier({ sightings: [sighting('CODECO', { seals: [seal('S1')] }), sighting('COARRI', { seals: [seal('S2')] })] }),
      ],
      ['a placeholder', dossier({ sightings: [sighting('CODECO', { seals: [seal('NIL')] })] })],
      [
        'the seal of another box',
        dossier({
          sightings: [sighting('CODECO', { seals: [seal('S1')] })],
          history: { sealElsewhere: [{ seal: 'S1', container: 'CSQU3054383', at: '2026-10-01T00:00:00Z' }] },
        }),
      ],
    ],
    clear: [
      [
        'the seal of another box two years ago',
        dossier({
          sightings: [sighting('CODECO', { seals: [seal('S1')] })],
          history: { sealElsewhere: [{ seal: 'S1', container: 'CSQU3054383', at: '2024-10-01T00:00:00Z' }] },
        }),
      ],
      ['the same seal', dossier({ sightings: [sighting('CODECO', { seals: [seal('S1')] }), sighting('COARRI', { seals: [seal('S1')] })] })],
      [
        'a seal of customs added',
        dossier({
          sightings: [sighting('CODECO', { seals: [seal('S1')] }), sighting('COARRI', { seals: [seal('S1'), seal('C9', 'customs')] })],
        }),
      ],
      [
        'one of two seals named',
        dossier({ sightings: [sighting('CODECO', { seals: [seal('S1'), seal('S2')] }), sighting('COARRI', { seals: [seal('S2')] })] }),
      ],
    ],
    missing: [['no seal at all', dossier({ sightings: [sighting('BAPLIE')] })]],
  },
  'cargo.clone': {
    hits: [
      [
        'Guayaquil and Rotterdam a day apart',
        dossier({
          sightings: [
            sighting('CODECO', { at: '2026-11-20T00:00:00Z', where: 'ECGYE' }),
            sighting('CODECO', { at: '2026-11-21T00:00:00Z', where: 'NLRTM' }),
          ],
        }),
      ],
      [
        'through a gate while on board of a ship',
        dossier({
          sightings: [
            sighting('COARRI', { event: 'loaded', at: '2026-11-01T00:00:00Z', where: 'ECGYE', voyage: 'V1' }),
            sighting('CODECO', { event: 'gate-in', at: '2026-11-13T00:00:00Z', where: 'NLRTM', voyage: 'V2' }),
            sighting('COARRI', { event: 'discharged', at: '2026-11-18T00:00:00Z', where: 'BEANR', voyage: 'V1' }),
          ],
        }),
      ],
    ],
    clear: [
      [
        'through a gate after the ship',
        dossier({
          sightings: [
            sighting('COARRI', { event: 'loaded', at: '2026-11-01T00:00:00Z', where: 'ECGYE', voyage: 'V1' }),
            sighting('COARRI', { event: 'discharged', at: '2026-11-18T00:00:00Z', where: 'BEANR', voyage: 'V1' }),
            sighting('CODECO', { event: 'gate-in', at: '2026-11-20T00:00:00Z', where: 'NLRTM', voyage: 'V2' }),
          ],
        }),
      ],
      [
        'Guayaquil and Rotterdam three weeks apart',
        dossier({
          sightings: [
            sighting('CODECO', { at: '2026-11-01T00:00:00Z', where: 'ECGYE' }),
            sighting('CODECO', { at: '2026-11-22T00:00:00Z', where: 'NLRTM' }),
          ],
        }),
      ],
      [
        'Antwerp and Rotterdam half a day apart',
        dossier({
          sightings: [
            sighting('CODECO', { at: '2026-11-20T00:00:00Z', where: 'BEANR' }),
            sighting('CODECO', { at: '2026-11-20T12:00:00Z', where: 'NLRTM' }),
          ],
        }),
      ],
    ],
    missing: [['one event', dossier({ sightings: [sighting('CODECO', { at: '2026-11-20T00:00:00Z', where: 'ECGYE' })] })]],
  },
  'cargo.itinerary-mismatch': {
    hits: [
      [
        'plan to Rotterdam, bill to Antwerp',
        dossier({
          sightings: [sighting('BAPLIE', { places: [place('discharge', 'NLRTM')] })],
          consignments: [bill({ places: ROUTE })],
        }),
      ],
      [
        'bill and declaration to two ports',
        dossier({
          consignments: [
            bill({ places: ROUTE }),
            bill({ message: 'CSV', places: [place('loading', 'ECGYE'), place('discharge', 'NLRTM')] }),
          ],
        }),
      ],
      [
        'loaded in Callao, billed from Guayaquil',
        dossier({
          sightings: [sighting('BAPLIE', { places: [place('loading', 'PECLL'), place('discharge', 'BEANR')] })],
          consignments: [bill({ places: ROUTE })],
        }),
      ],
    ],
    clear: [
      [
        'a feeder before the ship of the plan',
        dossier({
          sightings: [
            sighting('BAPLIE', { places: [place('loading', 'PABLB'), place('original-loading', 'ECGYE'), place('discharge', 'BEANR')] }),
          ],
          consignments: [bill({ places: ROUTE })],
        }),
      ],
      [
        'plan to the declared transhipment',
        dossier({
          sightings: [sighting('BAPLIE', { places: [place('discharge', 'ESALG')] })],
          consignments: [bill({ places: [...ROUTE, place('transhipment', 'ESALG')] })],
        }),
      ],
      [
        'masked port code',
        dossier({
          sightings: [sighting('BAPLIE', { places: [place('discharge', '**PKG')] })],
          consignments: [bill({ places: ROUTE })],
        }),
      ],
    ],
    missing: [['no plan', dossier({ consignments: [bill({ places: ROUTE })] })]],
  },
  'cargo.description': {
    hits: [
      ['roses under the heading of shrimp', dossier({ consignments: [shrimp('FRESH CUT ROSES')], history: WORDS })],
      ['general cargo', dossier({ consignments: [bill({ goods: [stated('GENERAL CARGO')] })] })],
      ['a number of cartons of goods', dossier({ consignments: [bill({ goods: [stated('200 CTNS GOODS')] })] })],
    ],
    clear: [
      ['words that were used for the heading', dossier({ consignments: [shrimp('FROZEN SHRIMP')], history: WORDS })],
      ['words nobody knows yet', dossier({ consignments: [shrimp('CAMARON CONGELADO')], history: WORDS })],
      ['bananas', dossier({ consignments: [bill({ goods: [stated('FRESH BANANAS CAVENDISH')] })] })],
    ],
    missing: [['no description', dossier({ consignments: [bill()] })]],
  },
  'cargo.type-change': {
    hits: [
      ['a dry box that becomes a reefer', dossier({ sightings: [type('22G1'), type('22R1')] })],
      ['twenty feet that become forty', dossier({ sightings: [type('22G1'), type('42G1')] })],
    ],
    clear: [
      ['fittings that differ', dossier({ sightings: [type('22G1'), type('22G0')] })],
      ['the old code of the same box', dossier({ sightings: [type('2210'), type('22G1')] })],
    ],
    missing: [
      ['one type', dossier({ sightings: [type('22G1')] })],
      ['a type in words', dossier({ sightings: [type('22G1'), type('20DC')] })],
    ],
  },
  'cargo.filing-disagreement': {
    hits: [
      ['another consignee', dossier({ consignments: [carrier(), carrier({ message: 'CSV', parties: [party('consignee', 'GAMMA NV')] })] })],
      [
        'six in a hundred more weight',
        dossier({ consignments: [carrier(), carrier({ message: 'CSV', weights: [kg('consignment-gross', 21_400)] })] }),
      ],
      ['more packages', dossier({ consignments: [carrier(), carrier({ message: 'CSV', packages: stated(1001) })] })],
      ['another chapter', dossier({ consignments: [carrier(), carrier({ message: 'CSV', hsCodes: [stated('0306')] })] })],
      [
        'a house bill heavier than its master',
        dossier({
          consignments: [
            carrier({ document: stated('MASTER1') }),
            carrier({
              message: 'IFTMIN',
              document: stated('HOUSE1'),
              references: [{ code: 'MB', number: stated('MASTER1') }],
              weights: [kg('consignment-gross', 25_000)],
            }),
          ],
        }),
      ],
    ],
    clear: [
      [
        'the same in other letters and five in a hundred',
        dossier({
          consignments: [
            carrier(),
            carrier({ message: 'CSV', parties: [party('consignee', 'Beta B.V.')], weights: [kg('consignment-gross', 20_900)] }),
          ],
        }),
      ],
      [
        'a name that may be a person’s',
        dossier({ consignments: [carrier(), carrier({ message: 'CSV', parties: [party('consignee', 'MARIA PEREZ')] })] }),
      ],
    ],
    missing: [
      ['one filing', dossier({ consignments: [carrier()] })],
      [
        'two bills that have nothing to do with one another',
        dossier({ consignments: [carrier(), carrier({ message: 'CSV', document: stated('OTHER') })] }),
      ],
    ],
  },
}
