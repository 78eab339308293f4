import { describe, expect, it } from 'vitest'
import { readRows } from './reading.fixture.ts'

describe('IFTSTA', () => {
  it('tells each status of a box, and where the box was last', async () => {
    const { rows, message } = await readRows('IFTSTA:D:00B:UN', [
      'BGM+23+S1+9',
      'EQD+CN+CSQU3054383+45R1++3+5',
      'SEL+GS1+CA',
      'STS+1+74+14',
      'LOC+175+BEANR:139:6',
      'DTM+334:202609120600:203',
      'TDT+20+77N',
      'LOC+9+ECGYE:139:6',
      'STS+1+36',
      'LOC+175+BEBRU:139:6',
      'DTM+334:202609131200:203',
      'EQD+CN+MSCU6639870',
      'STS+1+74',
    ])
    expect(rows).toMatchObject([
      { status: { container: { value: 'CSQU3054383' }, status: { value: '74' }, reason: { value: '14' }, place: { value: 'BEANR' } } },
      { status: { status: { value: '36' }, place: { value: 'BEBRU' }, happenedAt: { value: '202609131200' } } },
      { status: { container: { value: 'MSCU6639870' }, status: { value: '74' } } },
    ])
    expect(message.equipment).toMatchObject([
      {
        seals: [{ number: { value: 'GS1' } }],
        places: [{ role: 'activity', place: { value: 'BEBRU' } }],
        happenedAt: { value: '202609131200' },
      },
      { container: { value: 'MSCU6639870' }, places: [] },
    ])
  })

  it('tells the statuses of a consignment with the boxes that each names', async () => {
    const { rows, message } = await readRows('IFTSTA:D:96A:UN', [
      'BGM+23+S1+9',
      'CNI+1+BL1',
      'STS+1+13',
      'RFF+BM:BL1',
      'DTM+7:202609120600:203',
      'LOC+175+BEANR:139:6',
      'EQD+CN+CSQU3054383',
      'SEL+GS1+CA',
      'EQD+CN+MSCU6639870',
      'STS+1+21',
      'GID+1+4:PK',
      'LOC+7+IGNORED',
      'CNI+2+BL2',
      'STS+1+13',
    ])
    expect(
      rows.map((row) =>
        row.kind === 'status' ? [row.status.consignment?.value, row.status.status.value, row.status.container?.value] : [],
      ),
    ).toEqual([
      ['BL1', '13', 'CSQU3054383'],
      ['BL1', '13', 'MSCU6639870'],
      ['BL1', '21', undefined],
      ['BL2', '13', undefined],
    ])
    expect(message.equipment).toMatchObject([{ seals: [{ number: { value: 'GS1' } }] }, { container: { value: 'MSCU6639870' } }])
    expect(rows[0]).toMatchObject({ status: { references: [{ code: 'BM' }], place: { value: 'BEANR' } } })
  })

  it('warns of a status without a code', async () => {
    const { rows, message } = await readRows('IFTSTA:D:00B:UN', ['BGM+23+S1', 'CNI+1+BL1', 'STS'])
    expect([rows, message.warnings.map(({ code }) => code)]).toEqual([[], ['status.no-code']])
  })
})

describe('VERMAS', () => {
  it('tells mass, method and who answers for it, and the box with that weight', async () => {
    const { rows, message } = await readRows('VERMAS:D:16A:UN', [
      'BGM+749+V1+9',
      'NAD+MS+SENDER',
      'EQD+CN+CSQU3054383+45R1:102:5',
      'RFF+BN:BK1',
      'SEL+GS1+SH',
      'MEA+AAE+VGM+KGM:25100.5',
      'DTM+798:202609010930:203',
      'DOC+SM1:VGM:306',
      'NAD+SPC+++EXPORTER SA',
      'CTA+BN+:JOHN DOE',
      'EQD+CN+MSCU6639870',
      'RFF+BN:BK2',
    ])
    expect(rows).toMatchObject([
      {
        kind: 'verified-mass',
        mass: {
          kilograms: { value: 25100.5 },
          method: 'weighed',
          weighedAt: { value: '202609010930' },
          parties: [{ role: 'sender' }, { role: 'declarant', name: { value: 'EXPORTER SA' } }],
          seals: [{ number: { value: 'GS1' } }],
        },
      },
    ])
    expect(message.equipment).toMatchObject([{ weights: [{ kind: 'verified-gross' }] }, { weights: [] }])
    expect(JSON.stringify(rows)).not.toContain('JOHN DOE')
  })

  it('warns of a box without a mass', async () => {
    const { message } = await readRows('VERMAS:D:16A:UN', ['BGM+749+V1', 'EQD+CN+MSCU6639870', 'EQD+CN+CSQU3054383', 'MEA+AAE+VGM+KGM:1'])
    expect(message.warnings.map(({ code }) => code)).toEqual(['verified-mass.none'])
  })
})
