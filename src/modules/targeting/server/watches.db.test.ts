/** Watch entries: they end, they hit by exact identifiers, words and companies, and nobody but their desk learns what they wait for. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArrivalRow, IndicatorView, WatchRow } from '../contract.ts'
import { assessAhead } from './assess.ts'
import { decideIndicatorRoute, listIndicatorsRoute, proposeIndicatorRoute } from './indicators.ts'
import { listQueueRoute } from './queue.ts'
import { sweep } from './sweep.ts'
import { takeArrivals } from './take-arrivals.ts'
import { ANTWERP, AUTHORITY, DAY, officer, startTargetingStore, type TargetingStore, ZEEBRUGGE } from './targeting.fixture.ts'
import { endWatchRoute, enterWatchRoute, listWatchesRoute, showWatchRoute } from './watches.ts'

let store: TargetingStore
const scope = { authority: AUTHORITY, desk: ANTWERP }
const entry = (terms: readonly { kind: string; value: string }[], more: Record<string, unknown> = {}) => ({
  title: 'Watched',
  why: 'A case',
  terms,
  validFrom: '2027-03-09',
  validUntil: '2027-04-30',
  case: 'C-17',
  key: randomUUID(),
  legalBasis: { act: 'Regulation (EU) 952/2013', article: '46' },
  ...more,
})

beforeAll(async () => {
  store = await startTargetingStore()
  await store.document({
    boxes: [
      { container: 'QGNU1000001', seals: ['SL-77881'], booking: 'BK100200' },
      { container: 'QGNU1000002', goods: 'FROZEN SHRIMP HEADLESS' },
      { container: 'QGNU1000003' },
    ],
    bills: [
      { bill: 'BILL-9', containers: ['QGNU1000003'], shipper: 'FRUTAS DEL LITORAL S.A.', consignee: 'MARIA PEREZ' },
      { bill: 'BILL-8', containers: ['QGNU1000002'], shipper: 'CAMARONERA ISLA NORTE SA' },
    ],
  })
  await takeArrivals(store.services)
})
afterAll(async () => await store.stop())

const enter = async (terms: readonly { kind: string; value: string }[], more: Record<string, unknown> = {}, facts = officer('one')) =>
  await store.call<{ watch: string; problems: { code: string }[] }>(enterWatchRoute, entry(terms, more), facts)
const mandatory = async (facts = officer('one')) =>
  (await store.call<{ items: ArrivalRow[] }>(listQueueRoute, { port: 'BEANR', day: DAY, show: 'mandatory' }, facts)).items
const hitsOf = async (watch: string) =>
  (await store.call<{ hits: { container: string; field: string; strength: number }[] }>(showWatchRoute, { watch })).hits

describe('a watch entry', () => {
  it.each([
    ['container', 'QGNU 100000-1', 'QGNU1000001'],
    ['seal', 'sl77881', 'QGNU1000001'],
    ['booking', 'BK 100200', 'QGNU1000001'],
    ['bill', 'BILL9', 'QGNU1000003'],
    ['words', 'shrimp headless', 'QGNU1000002'],
    ['company', 'Frutas de Litoral SA', 'QGNU1000003'],
  ])('of kind %s makes what it waits for mandatory, until it is ended', async (kind, value, container) => {
    const { watch } = await enter([{ kind, value }])
    expect(store.asked.at(-1)).toEqual({ name: 'targeting.assess', data: scope })
    await assessAhead(store.services, scope)
    expect((await hitsOf(watch)).map((hit) => hit.container)).toEqual([container])
    expect((await mandatory()).map((row) => [row.container, row.mandatory])).toEqual([
      [container, [{ kind: 'watch', ref: watch, title: 'Watched' }]],
    ])
    await store.call(endWatchRoute, { watch, reason: 'end of the test' })
    await assessAhead(store.services, scope)
    expect(await mandatory()).toEqual([])
    await expect(store.call(endWatchRoute, { watch, reason: 'twice' })).rejects.toThrow('targeting.watch-state')
  })

  it('of a vessel hits everything on board', async () => {
    const { watch } = await enter([{ kind: 'vessel', value: 'IMO 9999010' }])
    await assessAhead(store.services, scope)
    expect(await mandatory()).toHaveLength(3)
    await store.call(endWatchRoute, { watch, reason: 'end of the test' })
    await assessAhead(store.services, scope)
  })

  it('ends, within 180 days, and never waits for a natural person', async () => {
    await expect(enter([{ kind: 'seal', value: 'SL-1234' }], { validUntil: '2027-09-30' })).rejects.toThrow('targeting.watch-dates')
    await expect(enter([{ kind: 'seal', value: 'SL-1234' }], { validUntil: '2027-03-08' })).rejects.toThrow('targeting.watch-dates')
    await expect(enter([{ kind: 'company', value: 'MARIA PEREZ' }])).rejects.toThrow('targeting.watch-terms')
    await expect(enter([{ kind: 'seal', value: '-7' }])).rejects.toThrow('targeting.watch-terms')
    const { problems } = await enter(
      [
        { kind: 'container', value: 'QGNU1000001' },
        { kind: 'company-phone', value: '+32 3 000 00 00' },
      ],
      { validFrom: '2027-04-01' },
    )
    expect(problems.map(({ code }) => code)).toEqual(['watch.check-digit', 'watch.not-stated'])
    await assessAhead(store.services, scope)
    expect(await mandatory()).toEqual([])
  })

  it('falls silent after its last day, which is told once, and what it hit stays readable', async () => {
    const { watch } = await enter([{ kind: 'booking', value: 'BK100200' }], { validUntil: '2027-03-10' })
    await assessAhead(store.services, scope)
    expect(await mandatory()).toHaveLength(1)
    store.advance(3 * 24)
    await sweep(store.services)
    await sweep(store.services)
    expect(await store.rows("select 1 from audit.events where event = 'targeting.watch-expired'")).toHaveLength(1)
    await assessAhead(store.services, scope)
    const { items } = await store.call<{ items: WatchRow[] }>(listWatchesRoute, { state: 'expired' })
    expect(items.map((row) => [row.watch, row.hits])).toEqual([[watch, 1]])
    store.advance(-3 * 24)
  })

  it('is told to nobody else: another desk sees neither the entry nor a hit', async () => {
    const { watch } = await enter([{ kind: 'container', value: 'QGNU1000009' }])
    await store.document({ desk: ZEEBRUGGE, boxes: [{ container: 'QGNU1000009' }] })
    await takeArrivals(store.services)
    const other = officer('z', ZEEBRUGGE)
    expect(await mandatory(other)).toEqual([])
    expect(await hitsOf(watch)).toEqual([])
    await expect(store.call(showWatchRoute, { watch }, other)).rejects.toThrow('not-found')
    expect((await store.call<{ items: WatchRow[] }>(listWatchesRoute, {}, other)).items).toEqual([])
    await expect(enter([{ kind: 'seal', value: 'SL-9999' }], { renews: watch }, other)).rejects.toThrow('not-found')
  })

  it('happens once for a repeated request, whose key is of the desk alone', async () => {
    const key = randomUUID()
    const first = await enter([{ kind: 'seal', value: 'SL-5555' }], { key })
    expect((await enter([{ kind: 'seal', value: 'SL-5555' }], { key })).watch).toBe(first.watch)
    expect((await enter([{ kind: 'seal', value: 'SL-5555' }], { key }, officer('z', ZEEBRUGGE))).watch).not.toBe(first.watch)
  })

  it('that is entered while a document is being taken is met by the rest of it', async () => {
    // More than one transaction takes, in the order of their numbers.
    const boxes = Array.from({ length: 501 }, (_, at) => ({ container: `QGNU7${String(at).padStart(6, '0')}` }))
    await store.document({ voyage: 'GN107N', boxes })
    const last = boxes.at(-1)?.container ?? ''
    const { database } = store.services
    let isEntered = false
    const asWorker: typeof database.asWorker = async (...asked) => {
      const answer = await database.asWorker(...asked)
      const [held] = await store.rows<{ n: number }>("select count(*)::int as n from targeting.arrivals where voyage = 'GN107N'")
      if (held?.n === 500 && !isEntered) {
        isEntered = true
        await enter([{ kind: 'container', value: last }])
        await assessAhead(store.services, scope)
      }
      return answer
    }
    await takeArrivals({ ...store.services, database: { ...database, asWorker } })
    expect((await mandatory()).map(({ container }) => container)).toContain(last)
  })
})

describe('a setting of an indicator', () => {
  it('is released by a second officer, for the own desk alone', async () => {
    const [shown] = (await store.call<{ items: IndicatorView[] }>(listIndicatorsRoute, {})).items
    const indicator = shown?.id ?? ''
    const propose = async () =>
      await store.call<{ proposal: string }>(proposeIndicatorRoute, {
        indicator,
        enabled: false,
        reason: 'Too many here',
        key: randomUUID(),
      })
    const { proposal } = await propose()
    await expect(propose()).rejects.toThrow('targeting.indicator-waiting')
    await expect(store.call(decideIndicatorRoute, { indicator, proposal, decision: 'release' })).rejects.toThrow('targeting.four-eyes')
    await expect(store.call(decideIndicatorRoute, { indicator, proposal, decision: 'release' }, officer('z', ZEEBRUGGE))).rejects.toThrow(
      'not-found',
    )
    const enabled = async (facts = officer('one')) =>
      (await store.call<{ items: IndicatorView[] }>(listIndicatorsRoute, {}, facts)).items.find(({ id }) => id === indicator)?.enabled
    expect(await enabled()).toBe(true)
    await store.call(decideIndicatorRoute, { indicator, proposal, decision: 'release' }, officer('two'))
    expect(await enabled()).toBe(false)
    expect(await enabled(officer('z', ZEEBRUGGE))).toBe(true)
    await expect(store.call(decideIndicatorRoute, { indicator, proposal, decision: 'return' }, officer('two'))).rejects.toThrow(
      'targeting.indicator-state',
    )
    await expect(
      store.call(proposeIndicatorRoute, { indicator, enabled: true, parameters: { none: 1 }, reason: 'Tuned', key: randomUUID() }),
    ).rejects.toThrow('targeting.indicator-parameters')
  })
})
