/** The queue of a desk narrowed, told apart and acknowledged in one go: nothing is skipped without being said, and nothing is done for whom it is not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Acknowledgement, WorkItem } from '../contract.ts'
import { AUTHORITY, type CaseStore, DESK, officerOf, requestOf, startCaseStore } from './cases.fixture.ts'
import { openCase } from './open-case.ts'
import { ASKED_BINDING, ask, call, step, ZEEBRUGGE } from './queue.fixture.ts'
import { acknowledgeWorkRoute, listWorkRoute, showWorkFiltersRoute } from './queue.ts'

let store: CaseStore
const rows: Record<string, { readonly case_id: string }> = {}

beforeAll(async () => {
  store = await startCaseStore([ASKED_BINDING])
  for (const label of ['Alpha 1', 'alpha 2', 'Beta']) rows[label] = await ask(store, { label })
  rows['paused'] = await ask(store, { label: 'Paused' })
  await step(store, rows['paused'], { transition: 'ask' })
  rows['done'] = await ask(store, { label: 'Done' })
  await step(store, rows['done'], { transition: 'answer' })
  rows['policy'] = await store.as(DESK, async (work) => await openCase(work, requestOf({ label: 'Policy' })))
  rows['secret'] = await ask(store, { label: 'Alpha secret', desk: ZEEBRUGGE })
})
afterAll(async () => await store.stop())

interface Page {
  readonly items: readonly WorkItem[]
  readonly counts: Readonly<Record<string, number>>
}
const list = async (input: Readonly<Record<string, unknown>> = {}, facts: SessionFacts = officerOf(DESK)) =>
  (await call<Page>(store, listWorkRoute, { facts, input })).answer
const labels = async (input?: Readonly<Record<string, unknown>>) => (await list(input)).items.map(({ label }) => label).toSorted()

describe('the queue', () => {
  it('tells apart what is suspended and what is done', async () => {
    expect(await labels({ show: 'suspended' })).toEqual(['Paused'])
    expect(await labels({ show: 'done' })).toEqual(['Done'])
    expect((await list()).counts).toEqual({ open: 4, overdue: 0, suspended: 1, waiting: 1, ceiling: 1000 })
    const [paused] = (await list({ show: 'suspended' })).items
    expect([paused?.isSuspended, paused?.waitsFor, paused?.due]).toEqual([true, 'others', undefined])
  })

  it.each([
    [{ procedure: 'T-01' }, ['Policy']],
    [{ procedure: 'T-02' }, ['Alpha 1', 'Beta', 'alpha 2']],
    [{ clockKind: 'law' }, ['Alpha 1', 'Beta', 'alpha 2']],
    [{ clockKind: 'policy' }, ['Policy']],
    [{ urgency: '24h' }, ['Policy']],
    [{ urgency: '2h' }, []],
    [{ urgency: '7d' }, ['Alpha 1', 'Beta', 'Policy', 'alpha 2']],
    [{ party: DESK }, ['Alpha 1', 'Beta', 'Policy', 'alpha 2']],
    [{ party: ZEEBRUGGE }, []],
    [{ role: 'asker' }, []],
    [{ text: 'ALPHA' }, ['Alpha 1', 'alpha 2']],
    [{ text: 'alpha 2' }, ['alpha 2']],
    [{ text: 'lpha' }, []],
    [{ text: '%' }, []],
    [{ text: 'alpha', procedure: 'T-01' }, []],
    [{ text: 'pau', show: 'waiting' }, ['Paused']],
  ])('narrowed by %j shows %j', async (input, expected) => {
    expect(await labels(input)).toEqual(expected)
  })

  it('offers to narrow by what its own open cases have', async () => {
    const offered = await call(store, showWorkFiltersRoute)
    expect(offered.answer).toEqual({
      procedures: [
        { id: 'T-01', title: 'Request' },
        { id: 'T-02', title: 'Question of law' },
      ],
      parties: [{ id: DESK, name: `Desk ${DESK}` }],
      roles: [{ id: 'desk', title: 'Asked desk' }],
    })
    const elsewhere = await call(store, showWorkFiltersRoute, { facts: officerOf('es.customs.algeciras', 'es.customs') })
    expect(elsewhere.answer).toEqual({ procedures: [], parties: [], roles: [] })
  })

  it('asks the store as often for many cases as for one', async () => {
    const asked = async (limit: number): Promise<number> => {
      let n = 0
      await store.services.database.asOfficer(officerOf(DESK), async (tx) => {
        const counted = tx.withPlugin({
          transformQuery: ({ node }) => node,
          transformResult: async ({ result }) => {
            n += 1
            return await Promise.resolve(result)
          },
        })
        const context = {
          facts: officerOf(DESK),
          tx: counted,
          services: store.services,
          clock: store.services.clock,
          about: () => undefined,
        }
        await listWorkRoute.run(listWorkRoute.spec.input.parse({ limit }), context as never)
      })
      return n
    }
    expect([await asked(1), await asked(4)]).toEqual([3, 3])
  })
})

describe('acknowledging several', () => {
  const acknowledge = async (cases: readonly { readonly case: string; readonly version: number }[], facts = officerOf(DESK)) =>
    await call<{ readonly results: readonly Acknowledgement[] }>(store, acknowledgeWorkRoute, {
      facts,
      input: { cases, key: 'same-key-1' },
    })
  const idOf = (label: string) => rows[label]?.case_id ?? ''

  it('decides each by itself and says of each what happened', async () => {
    const asked = [
      { case: idOf('Alpha 1'), version: 1 },
      { case: idOf('alpha 2'), version: 0 },
      { case: idOf('paused'), version: 2 },
      { case: idOf('policy'), version: 1 },
      { case: idOf('done'), version: 2 },
      { case: idOf('secret'), version: 1 },
      { case: '01a00000-0000-7000-8000-000000000000', version: 1 },
    ]
    const { answer, about } = await acknowledge(asked)
    expect(answer.results.map(({ case: id, outcome }) => [asked.findIndex((each) => each.case === id), outcome])).toEqual([
      [0, 'acknowledged'],
      [1, 'conflict'],
      [2, 'no-step'],
      [3, 'no-step'],
      [4, 'no-step'],
      [5, 'not-found'],
      [6, 'not-found'],
    ])
    expect(about).toEqual([{ kind: 'case', id: idOf('Alpha 1') }])
    const moved = await store.rows("select case_id, officer from procedures.moves where transition = 'ack'")
    expect(moved).toEqual([{ case_id: idOf('Alpha 1'), officer: 'o1' }])
  })

  it('again under the same key repeats nothing and answers the same', async () => {
    const { answer } = await acknowledge([{ case: idOf('Alpha 1'), version: 1 }])
    expect(answer.results).toEqual([{ case: idOf('Alpha 1'), outcome: 'acknowledged', state: 'received', version: 2 }])
    expect((await store.rows("select seq from procedures.moves where transition = 'ack'")).length).toBe(1)
  })

  it('is offered only where a step of this desk acknowledges and asks for nothing, and only once', async () => {
    const offered = (await list({ limit: 200 })).items.filter(({ acknowledge: each }) => each !== undefined)
    expect(offered.map(({ label }) => label).toSorted()).toEqual(['Beta', 'alpha 2'])
    expect(offered[0]?.acknowledge).toEqual({ transition: 'ack', title: 'Acknowledge' })
  })

  it('answers of the cases of another authority as of none', async () => {
    const { answer } = await acknowledge([{ case: idOf('Beta'), version: 1 }], officerOf(DESK, 'es.customs'))
    expect(answer.results).toEqual([{ case: idOf('Beta'), outcome: 'not-found' }])
    expect(AUTHORITY).not.toBe('es.customs')
  })
})
