/** Desks that were let in: their queue shows the case where its steps have brought it, whoever took them, and nobody else's does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkItem } from '../contract.ts'
import { AUTHORITY, type CaseStore, DESK, officerOf, startCaseStore } from './cases.fixture.ts'
import { ASKED_BINDING, ask, call, NATIONAL, step, ZEEBRUGGE } from './queue.fixture.ts'
import { listWorkRoute, showWorkFiltersRoute } from './queue.ts'
import { sweepClocks } from './sweep.ts'
import { widenAudience } from './widen-audience.ts'

let store: CaseStore
beforeAll(async () => {
  store = await startCaseStore([ASKED_BINDING])
})
afterAll(async () => await store.stop())

interface Page {
  readonly items: readonly WorkItem[]
  readonly next?: string
  readonly counts: Readonly<Record<string, number>>
}
const list = async (desk: string, input: Readonly<Record<string, unknown>> = {}) =>
  (await call<Page>(store, listWorkRoute, { facts: officerOf(desk), input })).answer
const labels = async (desk: string, input: Readonly<Record<string, unknown>> = {}) =>
  (await list(desk, input)).items.map(({ label }) => label)
const letIn = async (row: { readonly case_id: string }, desk: string) =>
  await store.inBackground(async (work) => await widenAudience(work, { authority: AUTHORITY, caseId: row.case_id, desk }))

describe('a desk that was let in', () => {
  it('sees the case open, waiting and done as its steps bring it there, and so does every other that was', async () => {
    const row = await ask(store, { label: 'Shared' })
    await letIn(row, NATIONAL)
    await letIn(row, ZEEBRUGGE)
    await letIn(row, NATIONAL)
    for (const desk of [DESK, NATIONAL, ZEEBRUGGE]) {
      expect([await labels(desk), await labels(desk, { urgency: '7d' })], desk).toEqual([['Shared'], ['Shared']])
      expect((await list(desk)).counts, desk).toMatchObject({ open: 1, waiting: 0, suspended: 0 })
    }
    await step(store, row, { transition: 'ask' })
    for (const desk of [DESK, NATIONAL, ZEEBRUGGE]) {
      expect([await labels(desk), await labels(desk, { show: 'suspended' })], desk).toEqual([[], ['Shared']])
      expect(await labels(desk, { show: 'suspended', urgency: '7d' }), desk).toEqual([])
      expect((await list(desk)).counts, desk).toMatchObject({ open: 0, waiting: 1, suspended: 1 })
    }
    expect(await store.rows('select distinct due_key::text from procedures.shared_cases')).toEqual([{ due_key: 'infinity' }])
  })

  it('sees every row of the case, its clocks too, whether a sweep let it in or a slice', async () => {
    const swept = await ask(store, { label: 'Swept' })
    store.advance(49)
    await sweepClocks(store.services)
    const told = await ask(store, { label: 'Told' })
    await letIn(told, NATIONAL)
    for (const { case_id: id } of [swept, told])
      for (const table of ['cases', 'moves', 'clocks', 'shared_cases'])
        expect(await store.rows(`select distinct audience from procedures.${table} where case_id = '${id}'`), table).toEqual([
          { audience: [DESK, NATIONAL] },
        ])
    for (const row of [swept, told]) await step(store, row, { transition: 'answer' })
  })

  it('sees a case that was closed among those that are done', async () => {
    const row = await ask(store, { label: 'Closed' })
    await letIn(row, NATIONAL)
    await step(store, row, { transition: 'answer' })
    expect([await labels(NATIONAL), (await labels(NATIONAL, { show: 'done' })).includes('Closed')]).toEqual([[], true])
  })

  it('gets its own and what it backs up in one order, on pages that neither lose nor repeat one', async () => {
    for (const label of ['A', 'B', 'C', 'D']) {
      store.advance(1)
      const row = await ask(store, { label, desk: label === 'B' ? NATIONAL : DESK })
      if (label !== 'B') await letIn(row, NATIONAL)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list(NATIONAL, { limit: 1, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ label }) => label))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual(['A', 'B', 'C', 'D'])
    expect(await labels(NATIONAL, { text: 'c', party: DESK, procedure: 'T-02' })).toEqual(['C'])
    expect(await labels(ZEEBRUGGE)).toEqual([])
    const offered = await call<{ readonly parties: readonly { readonly id: string }[] }>(store, showWorkFiltersRoute, {
      facts: officerOf(NATIONAL),
    })
    expect(offered.answer.parties.map(({ id }) => id)).toEqual([DESK, NATIONAL])
  })
})
