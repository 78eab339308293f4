/** One bad value stops nobody: what fails is told and tried again, and everything else is taken. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArrivalRow, NotTaken } from '../contract.ts'
import { listPortDaysRoute, listQueueRoute } from './queue.ts'
import { takeArrivals } from './take-arrivals.ts'
import { DAY, officer, startTargetingStore, type TargetingStore, ZEEBRUGGE } from './targeting.fixture.ts'

let store: TargetingStore
beforeAll(async () => {
  store = await startTargetingStore()
})
afterAll(async () => await store.stop())

const boxes = async (facts = officer('one')) =>
  (await store.call<{ items: ArrivalRow[] }>(listQueueRoute, { port: 'BEANR', day: DAY }, facts)).items
    .map(({ container }) => container)
    .sort()
const overview = async (facts = officer('one')) =>
  await store.call<{ notPlaced: number; unreadable?: number; notTaken?: NotTaken }>(listPortDaysRoute, { from: DAY, to: DAY }, facts)
/** Places of a sighting that are no list: nothing reads them. */
const spoil = async (container: string) =>
  await store.rows(`update cargo.equipment set sighting = '{"places": 1}' where container = '${container}'`)

describe('a stated time that is none', () => {
  it('places nothing, is told, and stops neither its own document nor that of another desk', async () => {
    await store.document({ voyage: 'GN101N', eta: '270310', boxes: [{ container: 'QGNU1000001' }] })
    await store.document({ voyage: 'GN102N', eta: null, boxes: [{ container: 'QGNU1000002' }] })
    await store.document({ voyage: 'GN103N', eta: '00000101', boxes: [{ container: 'QGNU1000003' }] })
    store.advance(1)
    await store.document({ desk: ZEEBRUGGE, boxes: [{ container: 'QGNU1000004' }] })
    await takeArrivals(store.services)
    expect(await boxes()).toEqual([])
    expect(await overview()).toMatchObject({ notPlaced: 3, unreadable: 2 })
    expect(await boxes(officer('z', ZEEBRUGGE))).toEqual(['QGNU1000004'])
    expect(await overview(officer('z', ZEEBRUGGE))).toEqual({ items: expect.anything(), overdueOutcomes: 0, notPlaced: 0 })
    expect(await store.rows('select 1 from targeting.taken')).toHaveLength(4)
    // Stated anew in a way that can be read, it is placed.
    await store.document({ voyage: 'GN101N', boxes: [{ container: 'QGNU1000001' }] })
    await takeArrivals(store.services)
    expect(await boxes()).toEqual(['QGNU1000001'])
    expect(await overview()).toMatchObject({ notPlaced: 2, unreadable: 1 })
  })
})

describe('a document that fails', () => {
  let failing: string
  it('loses the containers that fail and no others, and is told to its own desk', async () => {
    failing = await store.document({ boxes: ['QGNU1000011', 'QGNU1000012', 'QGNU1000013'].map((container) => ({ container })) })
    await spoil('QGNU1000012')
    store.advance(1)
    await store.document({ boxes: [{ container: 'QGNU1000014' }] })
    await takeArrivals(store.services)
    await takeArrivals(store.services)
    expect(await boxes()).toEqual(['QGNU1000001', 'QGNU1000011', 'QGNU1000013', 'QGNU1000014'])
    const { notTaken } = await overview()
    expect(notTaken).toMatchObject({ count: 1, documents: [{ document: failing, containers: 1 }] })
    expect((await overview(officer('z', ZEEBRUGGE))).notTaken).toBeUndefined()
    expect(await store.rows("select outcome, detail from audit.events where event = 'targeting.document-not-taken'")).toEqual([
      { outcome: 'failed', detail: { containers: 1, because: '22023' } },
    ])
  })

  it('is tried again, each time later, and is told of no more once it is taken', async () => {
    const waits = async () =>
      (
        await store.rows<{ tries: number; hours: number }>(
          `select tries, extract(epoch from again_at - '${store.services.clock.now().toISOString()}')::int / 3600 as hours from targeting.not_taken`,
        )
      )[0]
    expect(await waits()).toEqual({ tries: 1, hours: 1 })
    store.advance(2)
    await takeArrivals(store.services)
    expect(await waits()).toEqual({ tries: 2, hours: 2 })
    store.advance(3)
    await store.rows(`update cargo.equipment set sighting = '{"places": []}' where container = 'QGNU1000012'`)
    await takeArrivals(store.services)
    expect(await boxes()).toContain('QGNU1000012')
    expect((await overview()).notTaken).toBeUndefined()
    expect(await store.rows(`select 1 from targeting.taken where document = '${failing}'`)).toHaveLength(1)
  })

  it('is told of no more when it is held no more', async () => {
    const gone = await store.document({ boxes: [{ container: 'QGNU1000015' }] })
    await spoil('QGNU1000015')
    await takeArrivals(store.services)
    expect((await overview()).notTaken).toMatchObject({ count: 1 })
    await store.rows(`delete from cargo.documents where document = '${gone}'`)
    await takeArrivals(store.services)
    expect((await overview()).notTaken).toBeUndefined()
    await store.rows("delete from cargo.equipment where container = 'QGNU1000015'")
  })
})

describe('news that fail', () => {
  it('keep nobody else from theirs', async () => {
    store.advance(1)
    await store.signal('QGNU1000013', 'cargo.weight-mismatch')
    await spoil('QGNU1000013')
    await store.signal('QGNU1000014', 'cargo.weight-mismatch')
    await takeArrivals(store.services)
    expect(await store.rows("select container from targeting.arrivals where signals <> '[]'")).toEqual([{ container: 'QGNU1000014' }])
  })

  it('are an error of the run where the store is away', async () => {
    const { database } = store.services
    const away = { ...database, asWorker: async () => await Promise.reject(Object.assign(new Error('away'), { code: '57P01' })) }
    await expect(takeArrivals({ ...store.services, database: away })).rejects.toThrow('away')
  })
})
