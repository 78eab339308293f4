/** Arrivals: made of what a desk holds, whatever the order in which it came, and of nothing that another desk holds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArrivalRow, ArrivalView, PortDay } from '../contract.ts'
import { listPortDaysRoute, listQueueRoute } from './queue.ts'
import { showArrivalRoute } from './show-arrival.ts'
import { takeArrivals } from './take-arrivals.ts'
import { ANTWERP, DAY, officer, startTargetingStore, type TargetingStore, ZEEBRUGGE } from './targeting.fixture.ts'

let store: TargetingStore
beforeAll(async () => {
  store = await startTargetingStore()
})
afterAll(async () => await store.stop())

const queue = async (more: Record<string, unknown> = {}, facts = officer('one')) =>
  (await store.call<{ items: ArrivalRow[]; next?: string }>(listQueueRoute, { port: 'BEANR', day: DAY, ...more }, facts)).items

const FRUIT = {
  bill: 'BL1',
  containers: ['QGNU1000001'],
  shipper: 'FRUTAS DEL LITORAL SA',
  consignee: 'FRUIT IMPORT NV',
  hs: '080390',
  goods: 'BANANAS',
}

describe('arrivals', () => {
  it('join a stowage plan and a manifest that comes later, and take both again without a change', async () => {
    await store.document({ boxes: [{ container: 'QGNU1000001', seals: ['S1'] }, { container: 'QGNU1000002' }] })
    await takeArrivals(store.services)
    expect((await queue()).map(({ container, consignee }) => [container, consignee])).toEqual(
      expect.arrayContaining([
        ['QGNU1000001', undefined],
        ['QGNU1000002', undefined],
      ]),
    )
    const before = (await queue()).map(({ arrival }) => arrival).sort()
    await store.document({ bills: [FRUIT] })
    await takeArrivals(store.services)
    await store.document({ bills: [FRUIT], boxes: [{ container: 'QGNU1000001', seals: ['S1'] }] })
    await takeArrivals(store.services)
    const after = await queue()
    expect(after.map(({ arrival }) => arrival).sort()).toEqual(before)
    expect(after.find(({ container }) => container === 'QGNU1000001')).toMatchObject({
      consignee: 'FRUIT IMPORT NV',
      shipper: 'FRUTAS DEL LITORAL SA',
      hs: '080390',
      bill: 'BL1',
      vessel: 'GENERATED ANDES',
      eta: '2027-03-10T14:00:00.000Z',
    })
    const tallies = await store.rows<{ hits: string }>("select hits from targeting.tallies where rule = 'arrivals'")
    expect(tallies.map(({ hits }) => Number(hits))).toEqual([2])
  })

  it('are the same when the manifest comes before the plan', async () => {
    await store.document({ voyage: 'GN102N', bills: [{ ...FRUIT, bill: 'BL2', containers: ['QGNU1000003'] }] })
    await store.document({ voyage: 'GN102N', boxes: [{ container: 'QGNU1000003', seals: ['S3'] }] })
    await takeArrivals(store.services)
    const [row] = await queue({ container: 'QGNU1000003' })
    expect(row).toMatchObject({ consignee: 'FRUIT IMPORT NV', bill: 'BL2' })
    expect(await queue({ container: 'QGNU1000003' })).toHaveLength(1)
  })

  it('are none where no document says when, and that is counted', async () => {
    await store.document({ voyage: 'GN103N', eta: null, boxes: [{ container: 'QGNU1000004' }] })
    await store.document({ voyage: 'GN104N', nextPort: 'ESALG', boxes: [{ container: 'QGNU1000005' }] })
    await takeArrivals(store.services)
    expect(await queue({ container: 'QGNU1000004' })).toEqual([])
    expect(await queue({ container: 'QGNU1000005' })).toEqual([])
    const overview = await store.call<{ items: PortDay[]; notPlaced: number }>(listPortDaysRoute, { from: DAY, to: DAY })
    expect(overview.notPlaced).toBe(2)
    // Named again it is the same container, and counted no more once a document says when it comes.
    await store.document({ voyage: 'GN103N', eta: null, boxes: [{ container: 'QGNU1000004' }] })
    await takeArrivals(store.services)
    const missed = async () => (await store.call<{ notPlaced: number }>(listPortDaysRoute, { from: DAY, to: DAY })).notPlaced
    expect(await missed()).toBe(2)
    await store.document({ voyage: 'GN105N', eta: '202703111400', boxes: [{ container: 'QGNU1000005' }] })
    await takeArrivals(store.services)
    expect(await missed()).toBe(1)
    expect(overview.items).toMatchObject([
      {
        port: 'BEANR',
        day: DAY,
        arrivals: 3,
        vessels: [
          { voyage: 'GN101N', arrivals: 2 },
          { voyage: 'GN102N', arrivals: 1 },
        ],
      },
    ])
  })

  it('show no name that may be a natural person’s', async () => {
    await store.document({
      voyage: 'GN105N',
      boxes: [{ container: 'QGNU1000006' }],
      bills: [{ ...FRUIT, bill: 'BL6', containers: ['QGNU1000006'], consignee: 'MARIA PEREZ' }],
    })
    await takeArrivals(store.services)
    const [row] = await queue({ container: 'QGNU1000006' })
    expect(row).not.toHaveProperty('consignee')
    expect(JSON.stringify(await store.rows("select facts from targeting.arrivals where container = 'QGNU1000006'"))).not.toMatch(/PEREZ/i)
    expect(JSON.stringify(await store.rows('select name from targeting.parties'))).not.toMatch(/perez/i)
  })

  it('take a signal that is raised later, and an alert, which makes them mandatory', async () => {
    store.advance(1)
    await store.signal('QGNU1000001', 'cargo.weight-mismatch')
    await store.alert('alert-1', 'QGNU1000002')
    await takeArrivals(store.services)
    const rows = await queue()
    expect(rows[0]).toMatchObject({ container: 'QGNU1000002', mandatory: [{ kind: 'alert', ref: 'alert-1' }] })
    const signalled = rows.find(({ container }) => container === 'QGNU1000001')
    expect(signalled?.why.signal).toMatchObject({ detector: 'cargo.weight-mismatch', explanation: 'cargo.weight-mismatch says so' })
    const shown = await store.call<ArrivalView>(showArrivalRoute, { arrival: signalled?.arrival })
    expect(shown.signals).toHaveLength(1)
  })

  it('are read page by page in each order, and none is lost or repeated', async () => {
    for (const sort of ['score', 'eta']) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page: { items: ArrivalRow[]; next?: string } = await store.call(listQueueRoute, {
          port: 'BEANR',
          day: DAY,
          sort,
          limit: 2,
          ...(cursor === undefined ? {} : { cursor }),
        })
        seen.push(...page.items.map(({ arrival }) => arrival))
        cursor = page.next
      } while (cursor !== undefined)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen).toHaveLength((await queue()).length)
    }
    await expect(store.call(listQueueRoute, { port: 'BEANR', day: DAY, cursor: 'WzEsMl0' })).rejects.toThrow('targeting.cursor')
  })

  it('change nothing for a desk when another desk of the same port takes in documents, signals and alerts', async () => {
    const world = async () => [await queue({ limit: 200 }), await store.call(listPortDaysRoute, { from: DAY, to: '2027-03-20' })]
    const before = JSON.stringify(await world())
    await store.document({
      desk: ZEEBRUGGE,
      boxes: [{ container: 'QGNU1000001', seals: ['S9'] }, { container: 'QGNU1000099' }],
      bills: [{ ...FRUIT, bill: 'BL99', containers: ['QGNU1000001'] }],
    })
    await store.signal('QGNU1000001', 'cargo.clone', ZEEBRUGGE)
    await store.alert('alert-z', 'QGNU1000001', ZEEBRUGGE)
    await takeArrivals(store.services)
    expect(JSON.stringify(await world())).toBe(before)
    const other = await queue({}, officer('z', ZEEBRUGGE))
    expect(other.map(({ container }) => container).sort()).toEqual(['QGNU1000001', 'QGNU1000099'])
    await expect(store.call(showArrivalRoute, { arrival: other[0]?.arrival })).rejects.toThrow('not-found')
    expect(await queue({}, { ...officer('one'), purpose: null })).toEqual([])
    expect(ANTWERP).not.toBe(ZEEBRUGGE)
  })

  it('go when the container goes elsewhere, and come again with another voyage', async () => {
    await store.document({ voyage: 'GN101N', eta: '202703121400', boxes: [{ container: 'QGNU1000002' }] })
    await takeArrivals(store.services)
    expect(await queue({ container: 'QGNU1000002' })).toEqual([])
    expect(await queue({ container: 'QGNU1000002', day: '2027-03-12' })).toHaveLength(1)
  })

  it('told of by an alert alone go with it, and what was controlled stays without a word of it', async () => {
    const announced = ['QGNU1000201', 'QGNU1000202']
    for (const [at, container] of announced.entries()) await store.alert(`alert-gone-${at}`, container)
    await store.rows(`update cargo.alerts set eta = '${DAY}T10:00:00Z' where alert like 'alert-gone-%'`)
    await takeArrivals(store.services)
    const held = async () =>
      await store.rows<{ container: string; alerts: unknown[]; alerted: boolean }>(
        `select container, facts -> 'alerts' as alerts, (facts -> 'flags' ->> 'alerted')::boolean as alerted from targeting.arrivals where container in ('${announced.join("','")}') order by container`,
      )
    expect((await held()).map(({ container, alerted }) => [container, alerted])).toEqual(announced.map((container) => [container, true]))
    await store.rows(`update targeting.arrivals set outcome = 'nothing', day = '2020-01-01' where container = '${announced[1]}'`)
    // As a withdrawal leaves them.
    await store.rows(
      "update cargo.alerts set notice = 'routing-changed', subject = '', content = '{}', next_port = null, eta = null where alert like 'alert-gone-%'",
    )
    await takeArrivals(store.services)
    expect(await held()).toEqual([{ container: announced[1], alerts: [], alerted: false }])
    expect(await store.rows("select container from targeting.arrivals where facts::text like '%alert-gone%'")).toEqual([])
  })

  it('take a signal that comes after the ship, as long as nobody chose the box', async () => {
    await store.document({ voyage: 'GN108N', boxes: [{ container: 'QGNU1000008' }] })
    await takeArrivals(store.services)
    store.advance(4 * 24)
    await store.signal('QGNU1000008', 'cargo.weight-mismatch')
    await takeArrivals(store.services)
    const [late] = await queue({ container: 'QGNU1000008' })
    expect(late?.why.signal).toMatchObject({ detector: 'cargo.weight-mismatch' })
    // A box of long ago stays as it was.
    store.advance(14 * 24)
    await store.signal('QGNU1000008', 'cargo.seal-change')
    await takeArrivals(store.services)
    const shown = await store.call<ArrivalView>(showArrivalRoute, { arrival: late?.arrival })
    expect(shown.signals).toHaveLength(1)
    store.advance(-18 * 24)
  })
})
