import { describe, expect, it } from 'vitest'
import { readMessage } from './reading.fixture.ts'

const HEAD = ['BGM+658+X+9', 'DTM+137:202609010600:203', 'TDT+20+UNKNOWN+1++:LINES:306+++9454436:IMO:11:CMA CGM MARCO POLO']

describe('BAPLIE up to D08A', () => {
  const PLAN = [
    'BGM++P1+9',
    'DTM+137:2609010600:201',
    'TDT+20+022W+++GNA:172:20+++GEN01:103::GENERATED ANDES',
    'LOC+5+ECGYE:139:6',
    'LOC+61+ESALG:139:6',
    'DTM+132:202609101200:203',
    'RFF+VON:022W',
    'LOC+147+0020482::5',
    'FTX+AAA+++BANANAS:IN CARTONS',
    'MEA+WT++KGM:24500',
    'TMP+2+13.3:CEL',
    'LOC+6+ECGYE',
    'LOC+12+BEANR',
    'RFF+BM:1',
    'EQD+CN+CSQU3054383+45R1+++5',
    'NAD+CA+GNA:172:20',
  ]

  it('takes what stands before the equipment', async () => {
    const { equipment, voyage, outcome, directory } = await readMessage('BAPLIE:1:911:UN:SMDG15', PLAN)
    expect({ outcome, directory }).toEqual({ outcome: 'accepted', directory: '1.5' })
    expect(voyage).toMatchObject({
      vesselName: { value: 'GENERATED ANDES' },
      voyageNumber: { value: '022W' },
      carrier: { value: 'GNA' },
      arrivesAt: { value: '202609101200' },
      places: [
        { role: 'departure', place: { value: 'ECGYE' } },
        { role: 'next-port', place: { value: 'ESALG' } },
      ],
    })
    expect(voyage.vesselImo).toBeUndefined()
    expect(equipment).toHaveLength(1)
    expect(equipment[0]).toMatchObject({
      container: { value: 'CSQU3054383' },
      isoType: { value: '45R1' },
      fullness: 'full',
      stowage: { value: '0020482' },
      weights: [{ kind: 'gross', kilograms: { value: 24500 } }],
      setTemperature: { value: 13.3 },
      goods: [{ value: 'BANANAS IN CARTONS' }],
      operator: { value: 'GNA' },
      // BM:1 is a dummy.
      references: [],
    })
    expect(equipment[0]?.places.map(({ role, place }) => [role, place.value])).toEqual([
      ['loading', 'ECGYE'],
      ['discharge', 'BEANR'],
    ])
  })

  it('gives a second box at the same location its place, but not the weight', async () => {
    const { equipment } = await readMessage('BAPLIE:D:95B:UN', [...PLAN, 'EQD+CN+CSQU3054402+22P1+++4'])
    expect(equipment[1]).toMatchObject({
      container: { value: 'CSQU3054402' },
      stowage: { value: '0020482' },
      weights: [],
      fullness: 'empty',
    })
    expect(equipment[1]?.places).toHaveLength(2)
  })

  it('tells no container for an empty location', async () => {
    const { equipment, outcome } = await readMessage('BAPLIE:D:95B:UN', [
      ...PLAN,
      'LOC+147+0020484::5',
      'MEA+WT++KGM:1',
      'LOC+147+0020486::5',
    ])
    expect(equipment).toHaveLength(1)
    expect(outcome).toBe('accepted')
  })
})

describe('BAPLIE from D13B', () => {
  it('takes what hangs under the equipment', async () => {
    const { equipment, voyage, outcome } = await readMessage('BAPLIE:D:13B:UN:SMDG31', [
      ...HEAD,
      'RFF+VON:0MHFAW1MA',
      'LOC+5+COBUN',
      'DTM+178',
      'DTM+133:202609010900:203',
      'UNS+D',
      'LOC+147+:9711:5',
      'EQD+CN+CSQU3054383:6346:5+45G1:6346:5+++4',
      'NAD+CF+CMA:LINES:306',
      'MEA+AAE+AET+KGM:3900',
      'MEA+AAE+VGM+KGM:3911',
      'HAN+NOR:HANDLING:306',
      'RFF+BN:EBGA27081644',
      'FTX+AAA+++MT',
      'FTX+AAI+++SCANNED',
      'LOC+9+COBUN',
      'LOC+83+**PKG',
      'SEL+ABC1+CU',
      'CNT+8:1',
      'LOC+147+0100282:9711:5',
      'EQD+CN+CSQU3054402:6346:5+22G1:6346:5+++5',
    ])
    expect(outcome).toBe('accepted')
    expect(voyage).toMatchObject({
      vesselImo: { value: '9454436' },
      voyageNumber: { value: '0MHFAW1MA' },
      departsAt: { value: '202609010900' },
    })
    expect(equipment[0]).toMatchObject({
      fullness: 'empty',
      operator: { value: 'CMA' },
      weights: [
        { kind: 'gross', kilograms: { value: 3900 } },
        { kind: 'verified-gross', kilograms: { value: 3911 } },
      ],
      references: [{ code: 'BN', number: { value: 'EBGA27081644' } }],
      goods: [{ value: 'MT' }],
      remarks: [{ value: 'NOR' }, { value: 'SCANNED' }],
      seals: [{ number: { value: 'ABC1' }, issuer: 'customs' }],
    })
    expect(equipment[0]?.stowage).toBeUndefined()
    expect(equipment[1]).toMatchObject({ stowage: { value: '0100282' }, fullness: 'full', places: [] })
  })

  it('follows senders that write the equipment before its location', async () => {
    const { equipment } = await readMessage('BAPLIE:D:15A:UN', [
      ...HEAD,
      'EQD+CN+CSQU3054383+42G1:102:5++5+2',
      'LOC+147+0200404',
      'MEA+AAE+G+KGM:26400',
      'EQD+CN+CSQU3054402+22G1',
      'LOC+147+0400204',
      'EQD+CN+CSQU3054423+22G1',
      'CNT+16:3',
    ])
    expect(equipment.map(({ container, stowage }) => [container.value, stowage?.value])).toEqual([
      ['CSQU3054383', '0200404'],
      ['CSQU3054402', '0400204'],
      ['CSQU3054423', undefined],
    ])
    expect(equipment[0]?.status).toBe('shifter')
  })
})

describe('what is wrong in a plan', () => {
  const plan = (...segments: string[]): Promise<Awaited<ReturnType<typeof readMessage>>> =>
    readMessage('BAPLIE:D:13B:UN', [...HEAD, 'UNS+D', ...segments])

  it.each([
    [['EQD+CN++45G1'], 'equipment.no-number', 'segment 7, element 2'],
    [['EQD+CN+CSQU3054384'], 'container-number.check-digit', 'segment 7, element 2'],
    [['EQD+CN+TBN'], 'container-number.format', 'segment 7, element 2'],
    [['EQD+CN+CSQU3054383', 'MEA+AAE+VGM+KGM:2O100'], 'value.not-a-number', 'segment 8, element 3'],
    [['EQD+CN+CSQU3054383', 'MEA+AAE+VGM+XYZ:20100'], 'weight.unit', 'segment 8, element 3'],
    [['EQD+CN+CSQU3054383', 'CNT+16:2'], 'message.equipment-count', 'segment 8, element 1'],
  ])('%j warns %s at %s', async (segments, code, at) => {
    const message = await plan(...segments)
    expect(message.outcome).toBe('warned')
    expect(message.warnings).toEqual([expect.objectContaining({ code, at })])
  })

  it('keeps a number with a wrong digit, and does not count break-bulk', async () => {
    expect((await plan('EQD+CN+CSQU3054384')).equipment).toHaveLength(1)
    expect(await plan('EQD+BB+CARGO1')).toMatchObject({ equipment: [], outcome: 'accepted' })
  })

  it('reads pounds, tonnes, commas and Fahrenheit in the units of the model', async () => {
    const { equipment } = await plan('EQD+CN+CSQU3054383', 'MEA+AAE+G+LBR:1000', 'MEA+AAE+T+TNE:2,25', 'MEA+AAE+ABS+CBM:2', 'TMP+2+-4:FAH')
    expect(equipment[0]?.weights.map(({ kind, kilograms }) => [kind, kilograms.value])).toEqual([
      ['gross', 453.59237],
      ['tare', 2250],
    ])
    expect(equipment[0]?.setTemperature?.value).toBe(-20)
  })

  it('is not misled by codes that are names of object members', async () => {
    const { equipment } = await plan(
      'EQD+CN+CSQU3054383+22G1++constructor+toString',
      'LOC+__proto__+ECGYE',
      'SEL+S1+valueOf',
      'MEA+AAE+G+constructor:1',
    )
    expect(equipment[0]).toMatchObject({ places: [], weights: [], seals: [{ issuer: 'unknown' }] })
    expect(equipment[0]?.status).toBeUndefined()
  })
})
