import { describe, expect, it } from 'vitest'
import { readCargoFile } from './read-cargo-file.ts'
import { gather, inPieces, readMessage, readRows, readText } from './reading.fixture.ts'

describe('bookings, instructions and contracts', () => {
  const SHIPMENT = [
    'BGM+335+DOC1+9',
    'RFF+BN:BK1',
    'TDT+10++3',
    'LOC+9+ECUIO:139:6',
    'LOC+88+ECUIO:139:6',
    'TDT+20+77N+1++GNA:172:20+++9999010:146:11:GENERATED ANDES',
    'LOC+9+ECGYE:139:6',
    'LOC+11+BEANR:139:6',
    'DTM+133:202609010800:203',
    'NAD+CZ+++FRUTAS DEL LITORAL SA',
    'GID+1+1080:CT',
    'FTX+AAA+++FRESH BANANAS',
    'EQD+CN++45R1:102:5++2+5',
    'EQN+2:2',
  ]

  it.each([
    ['IFTMBF:D:96A:UN', 'booking'],
    ['IFTMBC:D:96A:UN', 'booking'],
    ['IFTMIN:D:01B:UN', 'instruction'],
  ])('%s is a %s under its booking number, with the places of the ship alone', async (type, kind) => {
    const { consignments, voyage, outcome } = await readMessage(type, SHIPMENT)
    expect(outcome).toBe('accepted')
    expect(consignments).toMatchObject([
      { kind, document: { value: 'BK1' }, packages: { value: 1080 }, goods: [{ value: 'FRESH BANANAS' }] },
    ])
    expect(consignments[0]?.places.map(({ role, place }) => `${role} ${place.value}`)).toEqual([
      'receipt ECUIO',
      'loading ECGYE',
      'discharge BEANR',
    ])
    expect(voyage).toMatchObject({ voyageNumber: { value: '77N' }, departsAt: { value: '202609010800' } })
  })

  it('has the bill of lading as name of a contract, and says of what it is one', async () => {
    const { consignments } = await readMessage('IFTMCS:D:99B:UN', [...SHIPMENT, 'RFF+BM:BL1'].toSpliced(2, 0, 'RFF+BM:BL9'))
    expect(consignments).toMatchObject([{ kind: 'contract', document: { value: 'BL9' } }])
  })
})

describe('IFCSUM', () => {
  it('is one consignment per CNI group, whatever references stand in it', async () => {
    const { consignments, equipment } = await readMessage('IFCSUM:D:01B:UN', [
      'BGM+610+L1+9',
      'TDT+20+77N++++++9999010:146:11:GENERATED ANDES',
      'EQD+CN+CSQU3054383+45R1',
      'SEL+GS1+CA',
      'CNI+1+C1',
      'NAD+CZ+++FRUTAS SA',
      'GID+1+10:CT',
      'RFF+BM:BL1',
      'RFF+BM:BL2',
      'SGP+CSQU3054383',
      'CNI+2+C2',
      'RFF+BM:BL3',
    ])
    expect(consignments.map(({ document }) => document.value)).toEqual(['C1', 'C2'])
    expect(consignments[0]).toMatchObject({ containers: [{ seals: [{ number: { value: 'GS1' } }] }], references: [{}, {}] })
    expect(equipment).toHaveLength(1)
  })
})

describe('MOVINS', () => {
  it('says what is to be done with each box, and tells a group from a handling code of a box', async () => {
    const { equipment } = await readMessage('MOVINS:D:95B:UN', [
      'BGM++M1+9',
      'TDT+20+77N',
      'HAN+LOA',
      'LOC+147+0010182::5',
      'EQD+CN+CSQU3054383+45R1',
      'HAN+TEMP',
      'HAN+DIS',
      'LOC+147+0010184::5',
      'EQD+CN+MSCU6639870+45R1',
    ])
    expect(
      equipment.map(({ instruction, remarks, stowage }) => [instruction?.value, remarks.map(({ value }) => value), stowage?.value]),
    ).toEqual([
      ['LOA', ['TEMP'], '0010182'],
      ['DIS', [], '0010184'],
    ])
  })
})

describe('other messages', () => {
  it('reads IFTERA without a table, and says so once', async () => {
    const { equipment, warnings } = await readMessage('IFTERA:D:96A:UN', [
      'BGM+1+X',
      'EQD+CN+CSQU3054383+22G1',
      'SEL+GS1+CA',
      'EQD+CN+MSCU6639870',
    ])
    expect(equipment).toMatchObject([{ seals: [{ number: { value: 'GS1' } }] }, {}])
    expect(warnings.map(({ code }) => code)).toEqual(['message.no-table'])
  })

  it('processes nothing of an interchange that comes twice in one file', async () => {
    const interchange =
      "UNB+UNOC:3+S+R+260901:0600+1'UNH+1+VERMAS:D:16A:UN'BGM+749+V1'EQD+CN+CSQU3054383'MEA+AAE+VGM+KGM:9000'UNT+5+1'UNZ+1+1'"
    const { messages, summary } = await readText(interchange + interchange)
    expect(messages.map(({ outcome, equipment }) => [outcome, equipment.length])).toEqual([
      ['accepted', 1],
      ['quarantined', 0],
    ])
    expect(summary).toMatchObject({ equipment: 1, others: 1, outcomes: { accepted: 1, quarantined: 1 } })
  })

  it('makes no more of any message than it is', async () => {
    const long = 'X'.repeat(20_000)
    const many = (segment: string): string[] => Array.from({ length: 40 }, () => segment)
    const size = async (type: string, segments: readonly string[]): Promise<number> =>
      JSON.stringify((await readRows(type, segments)).rows).length
    const ship = `TDT+20+${long}++++++9999010:146:11:${long}`
    expect(await size('IFTSAI:D:99B:UN', ['BGM+1+S1', ship, ...many('LOC+9+BEANR')])).toBeLessThan(50_000)
    expect(
      await size('IFTSTA:D:00B:UN', [`CNI+1+${long}`, 'STS+1+13', `RFF+BM:${long}`, `LOC+175+${long}`, ...many('EQD+CN+CSQU3054383')]),
    ).toBeLessThan(50_000)
    expect(
      await size('VERMAS:D:16A:UN', [`NAD+MS+++${long}`, ...many('EQD+CN+CSQU3054383').flatMap((box) => [box, 'MEA+AAE+VGM+KGM:1'])]),
    ).toBeLessThan(50_000)
    expect(await size('CUSRES:D:99B:UN', [`BGM+962+A1++${long}`, `RFF+ABO:${long}`, ...many('DOC+85+B')])).toBeLessThan(50_000)
    expect(await size('CONTRL:D:3:UN', [`UCI+${long}+S+R+7`, ...many('UCM+1+BAPLIE+7')])).toBeLessThan(50_000)
  })

  it('tells the same of every message whatever the chunks', async () => {
    const types = [
      'IFTMIN',
      'IFTMBF',
      'IFCSUM',
      'CUSREP',
      'CUSRES',
      'IFTSTA',
      'IFTSAI',
      'MOVINS',
      'COPRAR',
      'COPARN',
      'COPINO',
      'COREOR',
      'VERMAS',
    ]
    const bodies = types.map(
      (type, index) =>
        `UNH+${index}+${type}:D:00B:UN'BGM+129+D1+9'RFF+BN:BK'TDT+20+77N++++++9999010:146:11:SHIP'LOC+9+BEANR'DTM+132:202609010800:203'CNI+1+C1'STS+1+13'EQD+CN+CSQU3054383+22G1'HAN+L'LOC+147+0010182'MEA+AAE+VGM+KGM:9000'UCI+1+S+R+7'UNT+14+${index}'`,
    )
    const bytes = new TextEncoder().encode(`UNB+UNOC:3+S+R+260901:0600+1'${bodies.join('')}UNZ+${types.length}+1'`)
    const whole = await gather(readCargoFile(inPieces(bytes)))
    expect(new Set(whole.map(({ kind }) => kind))).toEqual(
      new Set([
        'interchange',
        'message-started',
        'voyage',
        'equipment',
        'consignment',
        'order',
        'port-call',
        'status',
        'verified-mass',
        'answer',
        'message',
        'end',
      ]),
    )
    for (const size of [1, 7, 100]) expect(await gather(readCargoFile(inPieces(bytes, size)))).toEqual(whole)
  })
})
