/** A draft that two people type into while the step is taken: what is typed for the next one is overwritten by nobody who types for the one before. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseRow } from './case-row.ts'
import { ACTOR, type CaseStore, DESK, requestOf, startCaseStore } from './cases.fixture.ts'
import { clearDraft, storeDraft } from './drafts.ts'
import { openCase } from './open-case.ts'

let store: CaseStore
let row: CaseRow
beforeAll(async () => {
  store = await startCaseStore()
  row = await store.as(DESK, async (work) => await openCase(work, requestOf()))
})
afterAll(async () => await store.stop())

const type = async (note: string, revision: number) =>
  await store.as(DESK, async (work) => await storeDraft(work, row, { transition: 'send', fields: { note }, revision, actor: ACTOR }))
const held = async () =>
  (await store.rows(`select fields, revision from procedures.drafts where case_id = '${row.case_id}' and transition = 'send'`))[0]

it('goes on counting when the step is taken, so that an older revision never comes up again', async () => {
  const first = await type('for the first', 0)
  await store.as(DESK, async (work) => await clearDraft(work, row, 'send'))
  const empty = await held()
  expect(empty).toMatchObject({ fields: {} })
  await type('for the second', Number(empty?.['revision']))
  await expect(type('for the first, late', first)).rejects.toMatchObject({ code: 'procedures.conflict' })
  await expect(type('for the first, never saved', 0)).rejects.toMatchObject({ code: 'procedures.conflict' })
  expect(await held()).toMatchObject({ fields: { note: 'for the second' } })
})
