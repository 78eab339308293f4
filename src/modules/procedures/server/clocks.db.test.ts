/** Clocks that ring: each rung once, in order of time, never after the clock was stopped, whenever the node comes to look. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { CaseRow } from './case-row.ts'
import { loadCases } from './case-view.ts'
import { ACTOR, AUTHORITY, type CaseStore, DESK, requestOf, startCaseStore } from './cases.fixture.ts'
import { openCase } from './open-case.ts'
import { sweepClocks } from './sweep.ts'
import { transition } from './transition.ts'

const stores: CaseStore[] = []
let store: CaseStore
beforeEach(async () => {
  store = await startCaseStore()
  stores.push(store)
})
afterAll(async () => {
  for (const each of stores) await each.stop()
})

const open = async (part: Parameters<typeof requestOf>[0] = {}): Promise<CaseRow> =>
  await store.as(DESK, async (work) => await openCase(work, requestOf(part)))

async function take(row: CaseRow, id: string, fields: Record<string, unknown> = {}): Promise<void> {
  await store.as(DESK, async (work) => {
    const [now] = await loadCases(work, { ...row, definition: 'T-01' })
    await transition(work, {
      authority: AUTHORITY,
      caseId: row.case_id,
      transition: id,
      actor: ACTOR,
      facts: { authorised: true },
      fields,
      version: now?.row.revision ?? -1,
      key: `${id}-${now?.row.revision}`,
    })
  })
}

const rungs = async () =>
  (
    await store.rows(
      "select clock, split_part(rung, '@', 1) as rung from procedures.clocks cross join unnest(fired) with ordinality as f(rung, place) order by place, clock, rung",
    )
  ).map(({ clock, rung }) => `${String(clock)}.${String(rung)}`)
const states = async () => (await store.rows('select state from procedures.cases order by case_id')).map(({ state }) => state)
const sweep = async () => await sweepClocks(store.services)

describe('a clock', () => {
  it('rings its rung and its end once each, and notes both in the log', async () => {
    await open()
    store.advance(11.9)
    await sweep()
    expect(await rungs()).toEqual([])
    store.advance(0.1)
    expect(await sweep()).toBe(1)
    expect(await sweep()).toBe(0)
    expect([await rungs(), store.calls.map(({ name }) => name)]).toEqual([['work.half'], ['remind']])
    store.advance(12)
    await sweep()
    await sweep()
    expect(await rungs()).toEqual(['work.half', 'work.expired'])
    expect(await states()).toEqual(['late'])
    const noted = await store.rows("select by, detail from audit.events where event = 'procedures.clock-rung' order by id")
    expect(noted).toEqual([
      { by: 'job:procedures.sweep', detail: { procedure: 'T-01', clock: 'work', rung: 'half', cases: 1 } },
      { by: 'job:procedures.sweep', detail: { procedure: 'T-01', clock: 'work', rung: 'expired', cases: 1 } },
    ])
  })

  it('that nobody looked at for days still rings, and ends the case as its definition says', async () => {
    await open()
    store.advance(24 * 30)
    // One case, though two of its clocks are due.
    expect(await sweep()).toBe(1)
    expect(await rungs()).toEqual(expect.arrayContaining(['work.half', 'work.expired', 'end.expired']))
    expect(await states()).toEqual(['lapsed'])
    const moves = await store.rows('select transition from procedures.moves order by seq')
    expect(moves.map(({ transition: id }) => id)).toEqual(['open', 'escalate', 'lapse'])
  })

  it('that was stopped in time rings no more', async () => {
    const row = await open()
    await take(row, 'send', { note: 'x' })
    store.advance(30)
    await sweep()
    expect(await rungs()).toEqual([])
  })

  it('that was stopped late, before anybody looked, is missed but rings no more', async () => {
    const row = await open()
    store.advance(30)
    await take(row, 'send', { note: 'x' })
    await sweep()
    expect(await rungs()).toEqual([])
    const [view] = await store.as(DESK, async (work) => await loadCases(work, { ...row, definition: 'T-01' }))
    expect(view?.clocks.find(({ id }) => id === 'work')?.state).toBe('missed')
    // What runs out next is the clock that still runs.
    expect(view?.row.due_at).toEqual(new Date('2026-11-27T08:00:00Z'))
  })

  it('that is suspended does not ring, and goes on with the time it had left', async () => {
    const row = await open()
    store.advance(6)
    await take(row, 'pause')
    store.advance(20)
    await sweep()
    expect(await rungs()).toEqual([])
    await take(row, 'go-on')
    store.advance(5.9)
    await sweep()
    expect(await rungs()).toEqual([])
    store.advance(0.1)
    await sweep()
    expect(await rungs()).toEqual(['work.half'])
  })

  it('stopped by the end of another in the same sweep does not ring after it', async () => {
    // The arrival is so near that the case lapses before the desk's own time is over.
    await open({ anchors: { eta: '2026-11-25T12:00:00Z' } })
    store.advance(48)
    await sweep()
    expect(await states()).toEqual(['lapsed'])
    expect(await rungs()).toEqual(['end.expired'])
  })
})

describe('a sweep', () => {
  it('that fails half way has rung nothing, and the next one rings it', async () => {
    await open()
    store.advance(12)
    store.failNext(new Error('the slice could not'))
    await expect(sweep()).rejects.toThrow('the slice could not')
    expect(await rungs()).toEqual([])
    await sweep()
    expect(await rungs()).toEqual(['work.half'])
  })

  it('leaves a case that cannot ring as it was, and rings every other', async () => {
    for (let index = 0; index < 3; index++) await open()
    store.advance(12)
    store.failNext(new Error('the slice could not'))
    await expect(sweep()).rejects.toThrow('the slice could not')
    expect((await rungs()).length).toBe(2)
    await sweep()
    expect(await rungs()).toEqual(['work.half', 'work.half', 'work.half'])
  })

  it('takes again, alone, a case that the store stopped because two waited for each other', async () => {
    for (let index = 0; index < 3; index++) await open()
    store.advance(12)
    store.failNext(Object.assign(new Error('deadlock detected'), { code: '40P01' }))
    await sweep()
    expect(await rungs()).toEqual(['work.half', 'work.half', 'work.half'])
  })

  it('by several processes at once rings each clock once', async () => {
    for (let index = 0; index < 8; index++) await open()
    store.advance(25)
    await Promise.all([sweep(), sweep(), sweep()])
    await sweep()
    expect((await rungs()).filter((each) => each === 'work.half').length).toBe(8)
    expect((await rungs()).filter((each) => each === 'work.expired').length).toBe(8)
    expect(await states()).toEqual(Array.from({ length: 8 }, () => 'late'))
  })

  it('over more cases than a batch reaches all', async () => {
    await store.inBackground(async (work) => {
      for (let index = 0; index < 1010; index++) await openCase(work, requestOf())
    })
    store.advance(12)
    await sweep()
    expect((await rungs()).length).toBe(1010)
  })
})
