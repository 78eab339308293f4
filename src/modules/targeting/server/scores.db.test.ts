/** Scores: learned from controlled outcomes of the own desk alone, in a thread; put to work by a person; every score adds up to its parts. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import type { ArrivalRow, ArrivalView, ScoreRow, ScoreView } from '../contract.ts'
import { assessAhead } from './assess.ts'
import { learnVersion } from './learn-run.ts'
import { listQueueRoute } from './queue.ts'
import { activateScoreRoute, learnScoreRoute, listScoresRoute, showScoreRoute } from './scores.ts'
import { showArrivalRoute } from './show-arrival.ts'
import { takeArrivals } from './take-arrivals.ts'
import { ANTWERP, AUTHORITY, DAY, officer, startTargetingStore, type TargetingStore, ZEEBRUGGE } from './targeting.fixture.ts'

let store: TargetingStore
const scope = { authority: AUTHORITY, desk: ANTWERP }

beforeAll(async () => {
  store = await startTargetingStore()
  await store.document({
    boxes: [
      { container: 'QGNU1000001', loading: 'ECGYE' },
      { container: 'QGNU1000002', loading: 'PECLL' },
    ],
    bills: [
      { bill: 'B1', containers: ['QGNU1000001'], shipper: 'EXPORTADORA UNO SA', hs: '080390', loading: 'ECGYE' },
      { bill: 'B2', containers: ['QGNU1000002'], shipper: 'EXPORTADORA DOS SA', hs: '180100', loading: 'PECLL' },
    ],
  })
  await takeArrivals(store.services)
})
afterAll(async () => await store.stop())

interface Controlled {
  readonly isHot: boolean
  readonly wasFound: boolean
  /** Of 2026. */
  readonly month: number
}

/** Outcomes of ten months, March to December; bananas out of Guayaquil were found in, mostly. */
function controlled(count: number): readonly Controlled[] {
  const random = createSeededRandom(11)
  return Array.from({ length: count }, (_, at) => {
    const isHot = random.chance(0.3)
    return { isHot, wasFound: random.chance(isHot ? 0.7 : 0.03), month: 3 + (at % 10) }
  })
}

/** As the desk recorded them. */
async function record(cases: readonly Controlled[], desk = ANTWERP): Promise<void> {
  const rows = cases.map(({ isHot: hot, wasFound: found, month: number }, at) => {
    const month = String(number).padStart(2, '0')
    const facts = {
      pol: hot ? 'ECGYE' : 'PECLL',
      pod: 'BEANR',
      hs4: hot ? '0803' : '1801',
      hs6: hot ? '080390' : '180100',
      weight: 20_000 + (at % 500),
      parties: { consignee: 'natural-person' },
      flags: {},
      indicators: {},
      seals: [],
      bookings: [],
      bills: [],
      goods: [],
      alerts: [],
    }
    return `('${AUTHORITY}', '${desk}', gen_random_uuid(), 'BEANR', '2026-${month}-1${at % 10}', 'H${at}', 'HIST${at}', '${JSON.stringify(facts)}'::jsonb, now(), 'random', 0.1,
      '${found ? 'found' : 'nothing'}', '2026-${month}-20', '{${desk}}')`
  })
  await store.rows(
    `insert into targeting.arrivals (authority, desk, arrival, port, day, voyage_key, container, facts, assessed_at, stratum, pi, outcome, outcome_at, audience) values ${rows.join(',')}`,
  )
}

const learn = async (facts = officer('lead', ANTWERP, ['supervisor'])) => {
  const { version } = await store.call<{ version: string }>(learnScoreRoute, { key: randomUUID() }, facts)
  await expect(store.call(learnScoreRoute, { key: randomUUID() }, facts)).rejects.toThrow('targeting.score-busy')
  await learnVersion(store.services, { authority: AUTHORITY, desk: facts.desk }, version)
  return version
}

describe('a score', () => {
  it('is not learned from too little, and says so', async () => {
    const version = await learn()
    const { score } = await store.call<ScoreView>(showScoreRoute, { version })
    expect(score).toMatchObject({ state: 'not-enough', outcomes: 0 })
    expect(score).toMatchObject({ lacks: 'cases' })
    expect(await store.call(listScoresRoute, {})).toMatchObject({ controlled: 0, needed: 200, lacks: 'cases' })
    await expect(store.call(activateScoreRoute, { version }, officer('lead'))).rejects.toThrow('targeting.score-state')
  })

  it('learns from the outcomes of its own desk alone', async () => {
    await record(controlled(900), ZEEBRUGGE)
    const version = await learn()
    expect((await store.call<ScoreView>(showScoreRoute, { version })).score.state).toBe('not-enough')
    expect(await store.call(listScoresRoute, {})).toMatchObject({ controlled: 0 })
  })

  it('is not learned from one season, however much that was: the list says what the learning would say', async () => {
    const recent = controlled(900).filter(({ month }) => month > 9)
    await record(recent)
    expect(await store.call(listScoresRoute, {})).toMatchObject({ controlled: recent.length, lacks: 'earlier-months' })
    const version = await learn()
    expect((await store.call<ScoreView>(showScoreRoute, { version })).score).toMatchObject({ state: 'not-enough', lacks: 'earlier-months' })
    await store.rows(`delete from targeting.arrivals where desk = '${ANTWERP}' and outcome is not null`)
  })

  it('is put to work by a person, shows its largest terms with n and hits, and adds up', async () => {
    const cases = controlled(900)
    await record(cases)
    const list = await store.call<{ controlled: number; found: number; lacks?: string }>(listScoresRoute, {})
    expect(list).toMatchObject({ controlled: 900, found: cases.filter(({ wasFound }) => wasFound).length })
    expect(list.lacks).toBeUndefined()
    const version = await learn()
    const shown = await store.call<ScoreView>(showScoreRoute, { version })
    expect(shown.score).toMatchObject({ state: 'learned', outcomes: 900 })
    // Nothing tells one hot consignment of the month that was held out from another: whichever come first, the share found among all of them is what to expect.
    const hot = cases.filter(({ isHot, month }) => isHot && month === 12)
    expect(hot.length).toBeGreaterThan(9)
    const share = hot.filter(({ wasFound }) => wasFound).length / hot.length
    expect(share).toBeGreaterThan(0.6)
    expect(shown.score.precisionAt5).toBeCloseTo(share, 12)
    expect(shown.score.precisionAt10).toBeCloseTo(share, 12)
    expect(shown.calibration.length).toBeGreaterThan(0)
    expect(shown.tables.length).toBeGreaterThan(0)
    expect(shown.agreement).toBeGreaterThan(0)
    expect(JSON.stringify(shown)).not.toContain('natural')
    const queue = async () => (await store.call<{ items: ArrivalRow[] }>(listQueueRoute, { port: 'BEANR', day: DAY })).items
    await assessAhead(store.services, scope)
    expect((await queue()).every(({ score }) => score === undefined)).toBe(true)
    await store.call(activateScoreRoute, { version }, officer('lead', ANTWERP, ['supervisor']))
    await assessAhead(store.services, scope)
    const [first, second] = await queue()
    expect(first?.container).toBe('QGNU1000001')
    expect(first?.score ?? 0).toBeGreaterThan(second?.score ?? 0)
    expect(first?.second ?? 0).toBeGreaterThan(second?.second ?? 1)
    expect(first?.why.terms[0]?.n).toBeGreaterThan(0)
    for (const row of [first, second]) {
      const { score } = await store.call<ArrivalView>(showArrivalRoute, { arrival: row?.arrival })
      const sum =
        (score?.base ?? 0) + (score?.terms ?? []).reduce((total, { logOdds }) => total + logOdds, 0) + (score?.others.logOdds ?? 0)
      expect(sum).toBe(score?.total)
    }
    const again = await learn()
    await store.call(activateScoreRoute, { version: again }, officer('lead', ANTWERP, ['supervisor']))
    const { items } = await store.call<{ items: ScoreRow[] }>(listScoresRoute, {})
    expect(items.find((each) => each.version === version)?.state).toBe('replaced')
    await expect(store.call(showScoreRoute, { version }, officer('z', ZEEBRUGGE))).rejects.toThrow('not-found')
  })
})
