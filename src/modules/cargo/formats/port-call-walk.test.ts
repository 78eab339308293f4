import { createReadStream, existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PortCall } from '../model.ts'
import { readCargoFile } from './read-cargo-file.ts'
import { gather, readRows } from './reading.fixture.ts'
import { SAMPLES } from './results-table.fixture.ts'

const SHIP = 'TDT+20+77N+1++GNA:172:20+++9999010:146:11:GENERATED ANDES'
const calls = async (type: string, segments: readonly string[]): Promise<readonly PortCall[]> =>
  (await readRows(type, segments)).rows.flatMap((row) => (row.kind === 'port-call' ? [row.call] : []))

describe('port calls', () => {
  it('reads a schedule call by call, with times and how firm they are', async () => {
    const segments = [
      'BGM+TS2+S1+9',
      SHIP,
      'LOC+94+ECGYE:139:6+CTG:TER:ZZZ',
      'DTM+186:202609010800:203',
      'LOC+9+BEANR:139:6',
      'DTM+132:202609120600:203',
      'DTM+133:202609131800:203',
    ]
    expect(await calls('IFTSAI:D:99B:UN', segments)).toMatchObject([
      {
        ordinal: 1,
        role: 'previous-port',
        place: { value: 'ECGYE' },
        terminal: { value: 'CTG' },
        times: [{ event: 'departure', basis: 'actual', at: { value: '202609010800' } }],
        vesselImo: { value: '9999010' },
        voyageNumber: { value: '77N' },
      },
      {
        ordinal: 2,
        times: [
          { event: 'arrival', basis: 'estimated' },
          { event: 'departure', basis: 'estimated' },
        ],
      },
    ])
  })

  it('gives calls that come first to the ship that is named later, and each ship of a schedule its own', async () => {
    const other = 'TDT+20+12S++++++9999022:146:11:OTHER SHIP'
    const read = await calls('CUSREP:D:95B:UN', [
      'BGM+85+R1+9',
      'LOC+60+BEANR:139:6',
      'DTM+178:202609120600:203',
      SHIP,
      'LOC+61+NLRTM:139:6',
    ])
    expect(read.map(({ role, vesselImo }) => [role, vesselImo?.value])).toEqual([
      ['arrival', '9999010'],
      ['next-port', '9999010'],
    ])
    const two = await calls('IFTSAI:D:00B:UN', ['BGM+1+S1', SHIP, 'LOC+9+BEANR', other, 'LOC+9+NLRTM'])
    expect(two.map(({ vesselName, place }) => [vesselName?.value, place.value])).toEqual([
      ['GENERATED ANDES', 'BEANR'],
      ['OTHER SHIP', 'NLRTM'],
    ])
  })

  it('leaves feeder and truck legs out, and keeps calls without any ship', async () => {
    expect(await calls('IFTSAI:D:00B:UN', ['BGM+1+S1', SHIP, 'LOC+9+BEANR', 'TDT+30++3', 'LOC+7+BEBRU', 'LOC+9+BELGG'])).toHaveLength(1)
    expect(await calls('BERMAN:D:98B:UN', ['BGM+22+B1', 'LOC+153+BEANR', 'LOC+164+QUAY 12'])).toMatchObject([
      { role: 'call' },
      { role: 'berth', place: { value: 'QUAY 12' } },
    ])
  })

  it('names boxes that a report to customs lists', async () => {
    const { message } = await readRows('CUSREP:D:95B:UN', ['BGM+85+R1', SHIP, 'LOC+60+BEANR', 'EQD+CN+CSQU3054383+22G1', 'EQD+CN', 'EQN+4'])
    expect(message).toMatchObject({ equipment: [{ container: { value: 'CSQU3054383' } }], outcome: 'accepted' })
  })
})

describe.skipIf(!existsSync(SAMPLES))('published schedules', () => {
  it.each([
    ['1', 7],
    ['2', 7],
    ['3', 9],
    ['4', 14],
    ['5', 8],
  ])('tell every call of IFTSAI sample %s', async (number, count) => {
    const file = `${SAMPLES}portxchange+scala-edifact-parser/src_test_resources_iftsai_VIFTSAI000000${number}.txt`
    const events = await gather(readCargoFile(createReadStream(file)))
    const told = events.flatMap((event) => (event.kind === 'port-call' ? [event.call] : []))
    expect(told).toHaveLength(count)
    for (const call of told) {
      expect(call.times).toHaveLength(2)
      expect(call.vesselName?.value).toMatch(/MAERSK/)
    }
  })
})
