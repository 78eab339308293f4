import { describe, expect, it } from 'vitest'
import { readMessage } from './reading.fixture.ts'

const GROUP = [
  'EQD+CN+CSQU3054383+45R1:102:5++3+5',
  'RFF+BN:BK1',
  'DTM+7:202609101230:203',
  'LOC+147+0020482:139:5',
  'LOC+11+ESALG:139:6',
  'MEA+AAE+VGM+KGM:25100',
  'SEL+GS1+CA',
  'FTX+AAI+++SCAN OK',
  'TDT+1++3',
  'LOC+8+BEANR:139:6',
  'DTM+7:202609120000:203',
]

describe('COARRI and CODECO', () => {
  it.each([
    ['COARRI', '119', 'discharged'],
    ['COARRI', '44', 'discharged'],
    ['COARRI', '122', 'loaded'],
    ['COARRI', '46', 'loaded'],
    ['CODECO', '34', 'gate-in'],
    ['CODECO', '36', 'gate-out'],
    // COARRI falls back on the status of the box: 3 is import.
    ['COARRI', '999', 'discharged'],
    ['CODECO', '999', undefined],
  ])('%s with BGM %s is %s', async (type, document, event) => {
    const { equipment } = await readMessage(`${type}:D:95B:UN`, [`BGM+${document}+R1+9`, 'TDT+20+77N', 'LOC+11+ESALG:139:6', ...GROUP])
    expect(equipment[0]?.event).toBe(event)
  })

  it('reads the group of each container, and no inland leg', async () => {
    const { equipment, voyage, outcome } = await readMessage('COARRI:D:95B:UN', [
      'BGM+119+R1+9',
      'TDT+20+77N+++GNA:172:20+++9999010:146:11:GENERATED ANDES',
      'LOC+11+ESALG:139:6',
      ...GROUP,
      'EQD+CN+CSQU3054402+22G1:102:5++3+4',
      'CNT+16:2',
    ])
    expect(outcome).toBe('accepted')
    expect(voyage).toMatchObject({ voyageNumber: { value: '77N' }, places: [{ role: 'discharge' }] })
    expect(equipment).toHaveLength(2)
    expect(equipment[0]).toMatchObject({
      status: 'import',
      stowage: { value: '0020482' },
      happenedAt: { value: '202609101230' },
      weights: [{ kind: 'verified-gross' }],
      seals: [{ number: { value: 'GS1' }, issuer: 'carrier' }],
      remarks: [{ value: 'SCAN OK' }],
      places: [{ role: 'discharge', place: { value: 'ESALG' } }],
    })
    expect(equipment[1]).toMatchObject({ fullness: 'empty', seals: [], event: 'discharged' })
  })

  it('warns of a box without number and tells nothing of it', async () => {
    const message = await readMessage('CODECO:D:95B:UN', ['BGM+36+R1+9', 'EQD+CN++22G1', 'SEL+GS1+CA'])
    expect(message).toMatchObject({ equipment: [], outcome: 'warned', warnings: [{ code: 'equipment.no-number' }] })
  })
})
