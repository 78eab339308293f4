import { describe, expect, it } from 'vitest'
import { readMessage } from './reading.fixture.ts'

const TDT = 'TDT+20+77N+1++GNA:172:20+++9999010:146:11:GENERATED ANDES'

describe('CUSCAR', () => {
  const HEAD = [
    'BGM+85+M1+9',
    'DTM+137:202609010600:203',
    'NAD+MS+GNA:160:20',
    TDT,
    'LOC+5+ECGYE:139:6',
    'LOC+61+BEANR:139:6',
    'EQD+CN+CSQU3054383+45R1:102:5++2+5',
    'MEA+AAE+T+KGM:4651',
    'SEL+GS1+CA',
    'SEL+GS2+CU',
  ]
  const CONSIGNMENT = [
    'CNI+1+BL1',
    'RFF+BM:BL1',
    'RFF+ABT:26EC1',
    'LOC+9+ECGYE:139:6',
    'LOC+11+BEANR:139:6',
    'MEA+WT+AAD+KGM:20500',
    'NAD+CZ+EC123+OLD NAME+FRUTAS:DEL LITORAL SA+CALLE 1+GUAYAQUIL',
    'NAD+CN+++FRUIT IMPORT NV',
    'NAD+N1++NOTIFY SHIPPING:ANTWERP',
    'GID+1+1080:CT',
    'FTX+AAA+++FRESH BANANAS:CAVENDISH',
    'FTX+AAI+++NOT GOODS',
    'MEA+AAE+AAB+KGM:20400',
    'SGP+CSQU3054383+1080',
    'CST+1000+080390:122',
    'GID+2+20:PK',
    'FTX+AAA+++LABELS',
  ]

  it('reads parties, goods, weights and the containers with their seals', async () => {
    const { consignments, equipment, voyage, outcome } = await readMessage('CUSCAR:D:95B:UN', [...HEAD, ...CONSIGNMENT])
    expect(outcome).toBe('accepted')
    expect(voyage).toMatchObject({
      vesselImo: { value: '9999010' },
      vesselName: { value: 'GENERATED ANDES' },
      voyageNumber: { value: '77N' },
    })
    expect(voyage.places).toHaveLength(2)
    expect(equipment).toHaveLength(1)
    expect(equipment[0]).toMatchObject({ status: 'export', weights: [{ kind: 'tare', kilograms: { value: 4651 } }] })
    expect(consignments).toHaveLength(1)
    expect(consignments[0]).toMatchObject({
      document: { value: 'BL1' },
      references: [{ code: 'BM' }, { code: 'ABT', number: { value: '26EC1' } }],
      goods: [{ value: 'FRESH BANANAS CAVENDISH' }, { value: 'LABELS' }],
      hsCodes: [{ value: '080390' }],
      packages: { value: 1100 },
      weights: [
        { kind: 'consignment-gross', kilograms: { value: 20500 } },
        { kind: 'goods-gross', kilograms: { value: 20400 } },
      ],
      containers: [{ number: { value: 'CSQU3054383' }, seals: [{ number: { value: 'GS1' } }, { issuer: 'customs' }] }],
    })
    expect(consignments[0]?.parties.map(({ role, name, identifier }) => [role, name.value, identifier?.value])).toEqual([
      ['consignor', 'FRUTAS DEL LITORAL SA', 'EC123'],
      ['consignee', 'FRUIT IMPORT NV', undefined],
      ['notify', 'NOTIFY SHIPPING', undefined],
    ])
  })

  it('opens a consignment per CNI, and per transport document inside one', async () => {
    const { consignments } = await readMessage('CUSCAR:D:03B:UN', [
      ...HEAD,
      'CNI+1',
      'RFF+BM:A',
      'NAD+CZ+++ONE',
      'GID+1+1:CT',
      'RFF+BM:B',
      'NAD+CZ+++TWO',
      'GID+1+2:CT',
      'CNI+2',
      'RFF+MB:M',
      'RFF+BH:H',
      'GID+1+3:CT',
    ])
    expect(consignments.map(({ document, packages, parties }) => [document.value, packages?.value, parties[0]?.name.value])).toEqual([
      ['A', 1, 'ONE'],
      ['B', 2, 'TWO'],
      ['H', 3, undefined],
    ])
  })

  it('states no consignment that no document names', async () => {
    const { consignments, outcome } = await readMessage('CUSCAR:D:95B:UN', [...HEAD, 'CNI+1', 'GID+1+1:CT'])
    expect(consignments).toEqual([])
    expect(outcome).toBe('accepted')
  })
})

describe('IFTMCS', () => {
  it('is one consignment, its equipment last', async () => {
    const { consignments, equipment, voyage } = await readMessage('IFTMCS:D:95B:UN', [
      'BGM+705+MSG7+9',
      'RFF+BM:BL7',
      'RFF+BN:BK7',
      TDT,
      'DTM+133:202609020600:203',
      'LOC+9+ECGYE:139:6',
      'LOC+13+ESALG:139:6',
      'LOC+11+BEANR:139:6',
      'NAD+CZ+++FRUTAS SA',
      'GID+1+1080:CT',
      'PIA+5+080390:HS',
      'FTX+AAA+++BANANAS',
      'MEA+AAE+G+KGM:20400',
      'SGP+CSQU3054383',
      'EQD+CN+CSQU3054383+45R1:102:5++2+5',
      'SEL+GS1+SH',
      'TMP+2+13:CEL',
      'EQD+CN+CSQU3054402+45R1',
    ])
    expect(voyage).toMatchObject({ departsAt: { value: '202609020600' } })
    expect(consignments).toHaveLength(1)
    expect(consignments[0]).toMatchObject({
      document: { value: 'BL7' },
      hsCodes: [{ value: '080390' }],
      weights: [{ kind: 'goods-gross' }],
      containers: [{ number: { value: 'CSQU3054383' } }, { number: { value: 'CSQU3054402' }, seals: [] }],
    })
    expect(consignments[0]?.places.map(({ role }) => role)).toEqual(['loading', 'transhipment', 'discharge'])
    expect(equipment).toHaveLength(2)
    expect(equipment[0]).toMatchObject({ seals: [{ issuer: 'shipper' }], setTemperature: { value: 13 } })
  })

  it('joins the seals that come after the split of the goods', async () => {
    const { consignments } = await readMessage('IFTMCS:D:95B:UN', [
      'BGM+705+BL8+9',
      'GID+1',
      'SGP+CSQU3054383',
      'EQD+CN+CSQU3054383',
      'SEL+GS1+SH',
    ])
    expect(consignments[0]?.containers).toEqual([
      { number: expect.objectContaining({ value: 'CSQU3054383' }), seals: [expect.objectContaining({ issuer: 'shipper' })] },
    ])
  })
})
