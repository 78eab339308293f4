/** The index of keys in a real store: it says what its case says now, no more and no longer, and only whoever sees the case sees it. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { CaseRow } from './case-row.ts'
import { ACTOR, AUTHORITY, type CaseStore, DESK, PROCEDURE, requestOf, startCaseStore } from './cases.fixture.ts'
import { digestOf, indexKeysJob } from './cross-check-index.ts'
import { openCase } from './open-case.ts'
import { transition } from './transition.ts'
import { widenAudience } from './widen-audience.ts'

const desk = Object.keys(PROCEDURE.roles)[0] ?? ''
const definition: ProcedureDef = {
  ...PROCEDURE,
  id: 'T-02',
  opener: desk,
  states: [
    { id: 'new', title: 'New', rank: 0, waitsFor: desk },
    { id: 'open', title: 'Open', rank: 1, waitsFor: desk },
    { id: 'done', title: 'Done', rank: 2, terminal: true },
  ],
  fields: [
    { id: 'box', title: 'Box', type: 'text', crossCheck: 'container', audience: [desk] },
    { id: 'note', title: 'Note', type: 'text', audience: [desk] },
  ],
  transitions: [
    { id: 'open', title: 'Open', from: ['new'], to: 'open', by: [desk], effects: [] },
    { id: 'say', title: 'Say', from: ['open'], to: 'open', by: [desk], form: [{ field: 'box' }, { field: 'note' }], effects: [] },
    {
      id: 'forget',
      title: 'Forget',
      from: ['open'],
      to: 'open',
      by: [desk],
      irreversible: true,
      effects: [{ kind: 'purge', fields: ['box'] }],
    },
  ],
  clocks: [],
}

type Asked = Parameters<NodeServices['enqueue']>[1]
let store: CaseStore
/** Jobs asked for and not yet run. */
let jobs: Asked[] = []
beforeAll(async () => {
  store = await startCaseStore([{ definition, effects: {} }])
  Object.assign(store.services, {
    enqueue: async (_tx: unknown, job: Asked) => {
      if (job.name === indexKeysJob.name) jobs.push(job)
    },
  })
})
afterAll(async () => await store.stop())

const work = async (): Promise<number> => {
  const waiting = jobs
  jobs = []
  for (const job of waiting) await indexKeysJob.run(job.data, store.services)
  return waiting.length
}
const open = async (): Promise<CaseRow> =>
  await store.as(DESK, async (context) => await openCase(context, requestOf({ definition: 'T-02' })))
const take = async (row: CaseRow, id: string, fields: Record<string, unknown>, version: number) =>
  await store.as(
    DESK,
    async (context) =>
      await transition(context, {
        authority: AUTHORITY,
        caseId: row.case_id,
        transition: id,
        actor: ACTOR,
        facts: {},
        fields,
        version,
        key: randomUUID(),
      }),
  )
const keys = async ({ case_id }: CaseRow, viewer = DESK): Promise<readonly string[]> =>
  await store.as(viewer, async ({ tx }) => {
    const { rows } = await sql<{
      key: string
    }>`select encode(key, 'hex') as key from procedures.cross_keys where case_id = ${case_id} order by 1`.execute(tx)
    return rows.map(({ key }) => key)
  })
const keyOf = (text: string) => digestOf({ kind: 'container', text }).toString('hex')

it('follows the case: a value that is set is found, one that was replaced is found no more', async () => {
  const row = await open()
  expect(await work()).toBe(0)
  await take(row, 'say', { box: 'MSCU 663987-0', note: 'x' }, 1)
  expect(await work()).toBe(1)
  expect(await keys(row)).toEqual([keyOf('MSCU6639870')])
  await take(row, 'say', { note: 'only this' }, 2)
  expect(await work()).toBe(0)
  await take(row, 'say', { box: 'CSQU3054383' }, 3)
  await work()
  expect(await keys(row)).toEqual([keyOf('CSQU3054383')])
})

it('loses what a step erased', async () => {
  const row = await open()
  await take(row, 'say', { box: 'CSQU3054383' }, 1)
  await work()
  expect(await keys(row)).toHaveLength(1)
  await take(row, 'forget', {}, 2)
  expect(await work()).toBe(1)
  expect(await keys(row)).toEqual([])
})

it('is the same when the job runs again, and empty for a case that is gone', async () => {
  const row = await open()
  await take(row, 'say', { box: 'CSQU3054383' }, 1)
  const [job] = jobs
  await work()
  const once = await keys(row)
  await indexKeysJob.run(job?.data ?? {}, store.services)
  expect(await keys(row)).toEqual(once)
  await store.rows(`delete from procedures.cases where case_id = '${row.case_id}'`)
  await indexKeysJob.run(job?.data ?? {}, store.services)
  expect(await keys(row)).toEqual([])
})

it('is seen by whoever sees the case, from when on they do, and written by nobody at a screen', async () => {
  const row = await open()
  await take(row, 'say', { box: 'CSQU3054383' }, 1)
  await work()
  const other = 'be.customs.zeebrugge'
  expect(await keys(row, other)).toEqual([])
  await store.inBackground(async (context) => await widenAudience(context, { authority: AUTHORITY, caseId: row.case_id, desk: other }))
  expect(await keys(row, other)).toEqual([keyOf('CSQU3054383')])
  for (const statement of ['delete from procedures.cross_keys', "update procedures.cross_keys set field = 'x'"])
    await expect(store.as(DESK, async ({ tx }) => await sql.raw(statement).execute(tx))).rejects.toThrow('permission denied')
})
