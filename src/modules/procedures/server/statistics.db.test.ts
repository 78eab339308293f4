/** Statistics over the store: what a desk may see, of periods that have ended, counted once, without small cells in any form. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Figures } from '../contract.ts'
import { type CaseStore, DESK, officerOf, startCaseStore } from './cases.fixture.ts'
import { ASKED_BINDING, ask, call, step, supervisor, ZEEBRUGGE } from './queue.fixture.ts'
import { exportStatisticsRoute, listStatisticsRoute, showStatisticsRoute } from './statistics.ts'

let store: CaseStore
const DAY = 24
const QUARTER = '2026-Q4'

beforeAll(async () => {
  store = await startCaseStore([ASKED_BINDING])
  // Twelve answered in time, seven too late, six refused for capacity, two for another ground, three left open.
  const take = async (count: number, end?: { readonly transition: string; readonly after: number; readonly ground?: string }) => {
    for (let index = 0; index < count; index++) {
      const row = await ask(store)
      if (end === undefined) continue
      store.advance(end.after)
      const fields = end.ground === undefined ? {} : { ground: end.ground, reasons: 'x' }
      await step(store, row, { transition: end.transition, fields })
    }
  }
  await take(12, { transition: 'answer', after: 3 })
  await take(7, { transition: 'answer', after: 60 })
  await take(6, { transition: 'refuse', after: 1, ground: 'capacity' })
  await take(2, { transition: 'refuse', after: 1, ground: 'scope' })
  await take(3)
  await ask(store, { desk: ZEEBRUGGE })
})
afterAll(async () => await store.stop())

const show = async (input: Readonly<Record<string, unknown>> = {}, facts: SessionFacts = officerOf(DESK)) =>
  (await call<Figures>(store, showStatisticsRoute, { facts, input: { procedure: 'T-02', period: QUARTER, ...input } })).answer
const cells = (table: Figures['states']) => Object.fromEntries(table.parts.map(({ id, n }) => [id, n]))

describe('statistics', () => {
  it.each([{ period: QUARTER }, { period: '2026' }, { period: '2027-Q1' }])(
    'of %j are refused: it has not ended, or is no period of this procedure',
    async (input) => {
      await expect(show(input)).rejects.toMatchObject({ status: 422, code: 'procedures.period' })
    },
  )

  it('of a procedure that is not there are not found', async () => {
    await expect(show({ procedure: 'T-99' })).rejects.toMatchObject({ status: 404 })
  })

  it('are offered for periods once they have ended', async () => {
    const offered = async () =>
      (await call<{ readonly items: readonly { readonly periods: readonly string[] }[] }>(store, listStatisticsRoute)).answer.items[0]
        ?.periods[0]
    expect(await offered()).toBe('2026-Q3')
    store.advance(40 * DAY)
    expect(await offered()).toBe(QUARTER)
  })

  it('withhold what is small and what would give it away, and say how clocks were kept', async () => {
    const seen = await show()
    expect(seen.smallCell).toBe(5)
    // 19 answered, 8 refused, 3 open: the three would be the rest.
    expect(seen.states.total).toBe(30)
    expect(cells(seen.states)).toEqual({ new: null, received: null, clarify: null, answered: 19, refused: null })
    // Twenty in time, seven answered too late and three never. The states withhold, so these stand in steps of five.
    expect(cells(seen.clocks[0]?.adherence ?? { total: 0, parts: [] })).toEqual({ met: 20, late: 0, missed: 10, running: 0 })
    expect(cells(seen.refusals)).toEqual({ capacity: null, scope: null })
    expect(seen.times).toContainEqual({ from: 'Take in', to: 'Answer', medianHours: 3, p90Hours: 60 })
  })

  it('are of the cases the desk may see, and the same for every role', async () => {
    expect(await show({}, supervisor())).toEqual(await show())
    const other = await show({}, officerOf(ZEEBRUGGE))
    expect([other.states.total, other.clocks[0]?.adherence.total]).toEqual([null, null])
    const nowhere = await show({}, officerOf('es.customs.algeciras', 'es.customs'))
    expect([nowhere.states.total, cells(nowhere.states)]).toEqual([0, { new: 0, received: 0, clarify: 0, answered: 0, refused: 0 }])
  })

  it('are counted once: what comes in later for an ended period changes nothing that was shown', async () => {
    const before = await show()
    await store.rows(`update procedures.cases set opened_at = '2026-11-25T08:00:00Z' where case_id in (select case_id from procedures.cases where audience = '{be.customs.zeebrugge}')
      returning case_id`)
    await store.rows(
      "update procedures.cases set audience = '{be.customs.antwerp}' where audience = '{be.customs.zeebrugge}' returning case_id",
    )
    expect(await show()).toEqual(before)
  })

  it('leave as a file with the same figures, withheld where they are withheld', async () => {
    const file = async (format: 'csv' | 'json') =>
      (
        await call<{ readonly text: string; readonly fileName: string }>(store, exportStatisticsRoute, {
          input: { procedure: 'T-02', period: QUARTER, format },
        })
      ).answer
    const json = await file('json')
    expect(JSON.parse(json.text)).toMatchObject(await show())
    const csv = await file('csv')
    expect(csv.fileName).toBe('T-02-2026-Q4.csv')
    expect(csv.text).toContain('state at the end of the period,,,Refused,,cases\r\n')
    expect(csv.text).toContain('state at the end of the period,,,Answered,19,cases\r\n')
    expect(csv.text).toContain('Answer,Directive (EU) 2023/977 Art 5(1)(c),law,met,20,clocks\r\n')
  })
})
