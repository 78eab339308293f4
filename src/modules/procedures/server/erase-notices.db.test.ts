/** What stands around cases goes in time: nothing of it outlives its use, and nothing of it goes before. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeFeedRoute, revokeFeedRoute } from './calendar-feed.ts'
import { type CaseStore, startCaseStore } from './cases.fixture.ts'
import { eraseNotices } from './erase-notices.ts'
import { makeHandOverRoute } from './hand-over.ts'
import { listNoticesRoute, readNoticesRoute } from './notices.ts'
import { ASKED_BINDING, ask, call } from './queue.fixture.ts'
import { sweepClocks } from './sweep.ts'

let store: CaseStore
beforeAll(async () => {
  store = await startCaseStore([ASKED_BINDING])
})
afterAll(async () => await store.stop())

const counts = async () =>
  Object.values(
    (
      await store.rows(`select (select count(*)::int from procedures.notices) as a, (select count(*)::int from procedures.notice_readings) as b,
        (select count(*)::int from procedures.hand_overs) as c, (select count(*)::int from procedures.calendar_feeds) as d`)
    )[0] ?? {},
  )

it('notices go with their case, notes after ninety days, feeds thirty days after their end; the log says how many', async () => {
  const [kept, lost] = [await ask(store), await ask(store)]
  store.advance(24)
  await sweepClocks(store.services)
  const { answer } = await call<{ readonly items: readonly { readonly notice: string; readonly case: string }[] }>(store, listNoticesRoute)
  await call(store, readNoticesRoute, { input: { notices: answer.items.map(({ notice }) => notice) } })
  const since = new Date(store.services.clock.now().getTime() - 3_600_000).toISOString()
  await call(store, makeHandOverRoute, { input: { since, notes: 'x', key: 'key-of-one' } })
  const made = await call<{ readonly feed: string }>(store, makeFeedRoute)
  await call(store, makeFeedRoute)
  await call(store, revokeFeedRoute, { input: { feed: made.answer.feed } })
  expect(await counts()).toEqual([2, 2, 1, 2])
  await store.rows(`delete from procedures.cases where case_id = '${lost.case_id}' returning case_id`)
  await eraseNotices(store.services)
  expect(await counts()).toEqual([1, 1, 1, 2])
  expect(
    (await call<{ readonly items: readonly { readonly case: string }[] }>(store, listNoticesRoute, { input: { show: 'all' } })).answer
      .items,
  ).toEqual([expect.objectContaining({ case: kept.case_id })])
  store.advance(24 * 31)
  await eraseNotices(store.services)
  expect(await counts()).toEqual([1, 1, 1, 1])
  store.advance(24 * 60)
  await eraseNotices(store.services)
  expect(await counts()).toEqual([0, 0, 0, 1])
  const noted = await store.rows("select detail from audit.events where event = 'procedures.notices-erased' order by id")
  expect(noted.map(({ detail }) => detail)).toEqual([
    { notices: 1, handOvers: 0, feeds: 0 },
    { notices: 0, handOvers: 0, feeds: 1 },
    { notices: 1, handOvers: 1, feeds: 0 },
  ])
})
