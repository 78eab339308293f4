import { describe, expect, it } from 'vitest'
import type { EquipmentOrder } from '../model.ts'
import { readRows } from './reading.fixture.ts'

const RELEASE = [
  'BGM+129+ORD1+9',
  'RFF+BN:BK1',
  'RFF+RE:PIN4711',
  'TDT+20+77N+1++GNA:172:20+++9999010:146:11:GENERATED ANDES',
  'LOC+11+BEANR:139:6',
  'NAD+CA+GNA:160:20',
  'NAD+FW+++FORWARDER ONE',
  'CTA+IC+:JOHN DOE',
  'EQD+CN+CSQU3054383+45R1:102:5++3+5',
  'RFF+BM:BL1',
  'RFF+RE:PIN4712',
  'DTM+400:202609150000:203',
  'LOC+88+BEANR:139:6',
  'FTX+AAI+++PIN PIN4713',
  'TDT+30++3++HAUL:172:20+++1ABC123:146',
  'LOC+7+BEBRU:139:6',
  'CNT+16:1',
]

const orders = async (type: string, segments: readonly string[]): Promise<readonly EquipmentOrder[]> =>
  (await readRows(type, segments)).rows.flatMap((row) => (row.kind === 'order' ? [row.order] : []))

describe('orders for equipment', () => {
  it('reads a release with its parties, carriage, validity and box', async () => {
    const [order] = await orders('COREOR:D:00B:UN', RELEASE)
    expect(order).toMatchObject({
      kind: 'release',
      function: 'new',
      document: { value: 'ORD1' },
      equipment: { container: { value: 'CSQU3054383' }, places: [{ role: 'receipt' }], status: 'import', fullness: 'full' },
      parties: [
        { role: 'carrier', name: { value: 'GNA' } },
        { role: 'forwarder', name: { value: 'FORWARDER ONE' } },
      ],
      references: [{ code: 'BN' }, { code: 'BM', number: { value: 'BL1' } }],
      carriages: [
        { stage: 'main', mode: 'sea' },
        { stage: 'on', mode: 'road', carrier: { value: 'HAUL' }, vehicle: { value: '1ABC123' } },
      ],
      places: [
        { role: 'discharge', place: { value: 'BEANR' } },
        { role: 'delivery', place: { value: 'BEBRU' } },
      ],
      validUntil: { value: '202609150000' },
      hasReleaseReference: true,
    })
  })

  it('takes over no release number, wherever it stands, and no person', async () => {
    const read = await readRows('COREOR:D:00B:UN', [...RELEASE.map((segment) => segment.replace('ORD1', 'PIN4711')), 'RFF+AAO:PIN4711'])
    const kept = JSON.stringify(read)
    for (const secret of ['PIN4711', 'PIN4712', 'PIN4713', 'JOHN DOE']) expect(kept).not.toContain(secret)
    const [row] = read.rows
    expect(row).toMatchObject({ order: { hasReleaseReference: true } })
    expect(row).not.toHaveProperty('order.document')
  })

  it.each([
    'COARRI:D:95B:UN',
    'CODECO:D:95B:UN',
    'IFTMIN:D:01B:UN',
    'BAPLIE:D:95B:UN',
    'IFTSTA:D:00B:UN',
    'VERMAS:D:16A:UN',
    'CUSRES:D:99B:UN',
  ])('takes over no release number from %s either', async (type) => {
    const segments = ['BGM+36+X+9', 'RFF+ATY:PIN1', 'LOC+147+0010182', 'EQD+CN+CSQU3054383', 'RFF+RE:PIN2', 'STS+1+13', 'RFF+RE:PIN3']
    const { rows, message } = await readRows(type, segments)
    expect(JSON.stringify([rows, message])).not.toMatch(/PIN[123]/)
  })

  it('knows the other orders by their type and document name', async () => {
    const kinds = async (type: string, name: string, status = '') =>
      (await orders(type, [`BGM+${name}+D1+9`, `EQD+CN+CSQU3054383+22G1++${status}`])).map(({ kind }) => kind)
    expect(await kinds('COPARN:D:00B:UN', '126')).toEqual(['acceptance'])
    expect(await kinds('COPARN:D:00B:UN', '129')).toEqual(['release'])
    expect(await kinds('COPARN:D:00B:UN', '999')).toEqual(['announcement'])
    expect(await kinds('COPINO:D:00B:UN', '661')).toEqual(['pre-notification'])
    expect(await kinds('COPRAR:D:00B:UN', '118')).toEqual(['discharge'])
    expect(await kinds('COPRAR:D:00B:UN', '121')).toEqual(['loading'])
    expect(await kinds('COPRAR:D:00B:UN', '999', '3')).toEqual(['discharge'])
  })

  it('counts boxes that have no number yet, without a warning', async () => {
    const { rows, message } = await readRows('COPARN:D:00B:UN', ['BGM+129+D1+5', 'EQD+CN++22G1:102:5++2+4', 'EQN+10:2', 'CNT+16:10'])
    expect(rows).toMatchObject([{ order: { function: 'replace', isoType: { value: '22G1' }, quantity: { value: 10 } } }])
    expect(rows[0]).not.toHaveProperty('order.equipment')
    expect(message.outcome).toBe('accepted')
  })

  it('is one order without equipment, and a cancellation says so', async () => {
    expect(await orders('COREOR:D:95B:UN', ['BGM+129+D1+1', 'NAD+CN+++IMPORT NV', 'GID+1+4:PK'])).toMatchObject([
      { kind: 'release', function: 'cancel', parties: [{ role: 'consignee' }], hasReleaseReference: false },
    ])
  })

  it('keeps a bounded header, and says what it left out', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `RFF+AAO:X${index}`)
    const { rows, message } = await readRows('COREOR:D:95B:UN', ['BGM+129+D1+9', ...many, 'EQD+CN+CSQU3054383', 'EQD+CN+MSCU6639870'])
    const kept = rows.map((row) => (row.kind === 'order' ? row.order.references.length : 0))
    expect(kept).toHaveLength(2)
    for (const count of kept) expect(count).toBeGreaterThan(20)
    expect(message.warnings.filter(({ code }) => code === 'order.too-many')).toHaveLength(500 - (kept[0] ?? 0))
  })

  it('makes no more of a message than it is, whatever each order carries', async () => {
    const long = 'X'.repeat(50_000)
    const boxes = Array.from({ length: 50 }, () => 'EQD+CN+CSQU3054383')
    const { rows } = await readRows('COREOR:D:95B:UN', [
      `BGM+129+${long}+9`,
      `RFF+AAO:${long}`,
      `NAD+CN+++${long}`,
      `DTM+400:${long}`,
      ...boxes,
    ])
    expect(rows).toHaveLength(50)
    expect(JSON.stringify(rows).length).toBeLessThan(200_000)
  })
})
