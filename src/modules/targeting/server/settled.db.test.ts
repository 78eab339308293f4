/** What was controlled, or chosen and past, keeps the assessment that was before the officer, whatever comes later; the next call of the same box is assessed as it is. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ArrivalRow, OutcomeRow } from '../contract.ts'
import { assessAhead } from './assess.ts'
import { closeSelectionRoute, decideRoute } from './decisions.ts'
import { listOutcomesRoute, recordOutcomeRoute } from './outcomes.ts'
import { listQueueRoute } from './queue.ts'
import { decideRuleRoute } from './rules-decide.ts'
import { saveRuleRoute, submitRuleRoute, withdrawRuleRoute } from './rules-write.ts'
import { proposeSelectionRoute, setCapacityRoute } from './selections.ts'
import { takeArrivals } from './take-arrivals.ts'
import { ANTWERP, AUTHORITY, DAY, officer, startTargetingStore, type TargetingStore } from './targeting.fixture.ts'

const SCOPE = { authority: AUTHORITY, desk: ANTWERP }
const [CONTROLLED, LIGHT, OWED, FREE, REPEATED] = ['QGNU1000001', 'QGNU1000002', 'QGNU1000003', 'QGNU1000004', 'QGNU1000005']
const BOXES = [
  { container: CONTROLLED, weight: 24_000 },
  { container: LIGHT, weight: 12_000 },
  { container: OWED, weight: 24_000 },
  { container: FREE, weight: 24_000 },
]

let store: TargetingStore
beforeAll(async () => {
  store = await startTargetingStore()
})
afterAll(async () => await store.stop())

interface Assessed {
  readonly container: string
  readonly day: string
  readonly assessment: unknown
}
/** Everything that rules, scores and figures read, by call. */
const assessed = async (where = 'true') =>
  await store.rows<Assessed>(
    `select container, day::text, to_jsonb(a) - array['arrival', 'eta', 'vessel', 'imo', 'voyage', 'assessed_at', 'outcome', 'outcome_at'] as assessment
      from targeting.arrivals a where ${where} order by container, day`,
  )
const rowOf = async (container: string, day = DAY) =>
  (await store.call<{ items: ArrivalRow[] }>(listQueueRoute, { port: 'BEANR', day, container })).items[0]
const tallies = async () =>
  await store.rows("select rule, hits::int from targeting.tallies where month = '2027-03-01' and hits > 0 order by rule")

async function releaseRule(title: string, validFrom: string): Promise<string> {
  const [fires, silent] = [(await rowOf(CONTROLLED))?.arrival, (await rowOf(LIGHT))?.arrival]
  const { rule, version } = await store.call<{ rule: string; version: number }>(saveRuleRoute, {
    key: randomUUID(),
    body: {
      title,
      why: 'Findings of last season',
      expression: { op: 'ge', col: 'weight', value: 20_000 },
      weight: 150,
      legalBasis: { act: 'Regulation', article: '46' },
      validFrom,
      validUntil: '2027-08-31',
      reviewOn: '2027-06-01',
      tests: [
        { arrival: fires, expected: 'fires' },
        { arrival: silent, expected: 'does-not-fire' },
      ],
    },
  })
  await store.call(submitRuleRoute, { rule, version })
  await store.call(decideRuleRoute, { rule, version, decision: 'release' }, officer('two'))
  await assessAhead(store.services, SCOPE)
  return rule
}

async function control(): Promise<void> {
  await store.call(setCapacityRoute, { port: 'BEANR', day: DAY, capacity: 2 }, officer('lead'))
  const { selection } = await store.call<{ selection: string }>(proposeSelectionRoute, { port: 'BEANR', day: DAY, key: randomUUID() })
  // Two are taken on the officer's own initiative where the draw left them; which ones it drew does not matter here.
  await store.rows('update targeting.arrivals set selection = null, stratum = null, pi = null, random_pi = null')
  const taken = [await rowOf(CONTROLLED), await rowOf(OWED)]
  const decisions = taken.map((row) => ({ arrival: row?.arrival, decision: 'take', note: 'as planned' }))
  await store.call(decideRoute, { selection, decisions, key: randomUUID() })
  await store.call(closeSelectionRoute, { selection })
}

async function find(container: string, kind: 'found' | 'nothing'): Promise<void> {
  const found = kind === 'found' ? [{ kind: 'cocaine', kilograms: 120, place: 'door-end' }] : []
  const arrival = (await rowOf(container))?.arrival
  await store.call(recordOutcomeRoute, { key: randomUUID(), outcomes: [{ arrival, kind, means: 'opened', found }] })
}

describe('an assessment', () => {
  it('stays as it was once the box was controlled, on the same day already', async () => {
    await store.document({ boxes: BOXES })
    await store.alert('alert-march', CONTROLLED)
    await takeArrivals(store.services)
    const old = await releaseRule('Heavy', '2027-03-09')
    await control()
    await find(CONTROLLED, 'found')
    const before = await assessed(`container = '${CONTROLLED}'`)
    store.advance(1)
    await store.signal(CONTROLLED, 'cargo.seal-change')
    await store.alert('alert-after', CONTROLLED)
    await store.document({ boxes: [{ container: CONTROLLED, weight: 5 }] })
    await takeArrivals(store.services)
    await store.call(withdrawRuleRoute, { rule: old, reason: 'season over' })
    await assessAhead(store.services, SCOPE)
    expect(await assessed(`container = '${CONTROLLED}'`)).toEqual(before)
    // What was not controlled yet lost the rule.
    expect((await rowOf(OWED))?.rules).toBe(0)
    expect((await rowOf(CONTROLLED))?.rules).toBe(1)
  })

  it('of a call that is past stays when the box comes again under other rules, with other signals and alerts', async () => {
    store.advance(24 * 45)
    const before = [await assessed(), await tallies()]
    await releaseRule('Heavy again', '2027-04-22')
    for (const { container } of BOXES) await store.signal(container, 'cargo.weight-mismatch')
    for (const { container } of BOXES) await store.alert(`alert-april-${container}`, container)
    await store.document({ voyage: 'GN202N', eta: '202704301400', boxes: BOXES })
    await takeArrivals(store.services)
    expect([await assessed(`day = '${DAY}'`), await tallies()]).toEqual(before)
    const next = await rowOf(CONTROLLED, '2027-04-30')
    expect(next).toMatchObject({ rules: 1, signals: 2, mandatory: [{ kind: 'alert', ref: `alert-april-${CONTROLLED}` }] })
  })

  it('is not looked for again by the next run', async () => {
    const at = async () => await store.rows('select arrival, assessed_at from targeting.arrivals order by arrival')
    store.advance(1)
    await takeArrivals(store.services)
    const before = await at()
    store.advance(1)
    await takeArrivals(store.services)
    expect(await at()).toEqual(before)
  })

  it('stays while the outcome is owed, and whoever owes it still learns where the box is', async () => {
    const [before] = await assessed(`container = '${OWED}' and day = '${DAY}'`)
    await store.document({ eta: '202703251400', boxes: [{ container: OWED, weight: 7 }] })
    await takeArrivals(store.services)
    expect(await assessed(`container = '${OWED}' and day = '${DAY}'`)).toEqual([before])
    expect(await rowOf(OWED)).toMatchObject({ eta: '2027-03-25T14:00:00.000Z', day: DAY })
    await find(OWED, 'nothing')
    const { items } = await store.call<{ items: OutcomeRow[] }>(listOutcomesRoute, { state: 'recorded' })
    expect(items.map(({ container }) => container).sort()).toEqual([CONTROLLED, OWED])
  })

  it('tells of an alert no more that was taken back, though documents still name the call', async () => {
    await store.rows("update cargo.alerts set notice = 'routing-changed', subject = '', content = '{}' where alert = 'alert-march'")
    await takeArrivals(store.services)
    expect(await store.rows("select container from targeting.arrivals where facts::text like '%alert-march%'")).toEqual([])
    expect((await rowOf(CONTROLLED))?.rules).toBe(1)
  })

  it('of what is ahead is the same as if everything held were taken for the first time', async () => {
    const ahead = "day >= '2027-04-23'"
    const before = await assessed(ahead)
    expect(before).toHaveLength(4)
    await store.rows(`delete from targeting.arrivals where ${ahead}`)
    await store.rows('delete from targeting.taken')
    await takeArrivals(store.services)
    expect(await assessed(ahead)).toEqual(before)
  })
})

it('an alert for the next call of a box makes that call, and says nothing of the one before', async () => {
  await store.document({ voyage: 'GN203N', eta: '202704241400', boxes: [{ container: REPEATED }] })
  await takeArrivals(store.services)
  await store.alert('alert-may', REPEATED)
  await store.rows("update cargo.alerts set eta = '2027-05-30T10:00:00Z' where alert = 'alert-may'")
  await takeArrivals(store.services)
  expect((await rowOf(REPEATED, '2027-04-24'))?.mandatory).toEqual([])
  expect((await rowOf(REPEATED, '2027-05-30'))?.mandatory).toMatchObject([{ kind: 'alert', ref: 'alert-may' }])
  // The documents of that call take its place.
  await store.document({ voyage: 'GN204N', eta: '202706011400', boxes: [{ container: REPEATED }] })
  await takeArrivals(store.services)
  expect(await rowOf(REPEATED, '2027-05-30')).toBeUndefined()
  expect((await rowOf(REPEATED, '2027-06-01'))?.mandatory).toMatchObject([{ kind: 'alert', ref: 'alert-may' }])
})
