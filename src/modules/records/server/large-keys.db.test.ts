/** Keys known to be large: of one view, told like any other that is dropped, and forgotten when a fragment with them ends. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareRecord } from '#kernel/match/record.ts'
import { candidatesOf } from './candidates.ts'
import { surveyKeys } from './large-keys.ts'
import { ANTWERP, AUTHORITY, CONTROL, deskOf, GHENT, type RecordStore, startRecordStore } from './search.fixture.ts'
import { searchedKeys } from './search-doc.ts'
import { latinise } from './search-words.ts'
import { viewOf } from './views.ts'

const COUNT = 2100
let store: RecordStore
let ids: readonly string[]
const keys = searchedKeys(prepareRecord({ schema: 'Person', properties: { name: ['Anna Janssens'] } }, latinise))
const named = (desk: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ desk, values: [['name', `Anna Janssens`] as const, ['notes', `note ${at}`] as const] }))

beforeAll(async () => {
  store = await startRecordStore()
  ids = await store.write(named(ANTWERP, COUNT))
  await store.write(named(GHENT, 3))
})
afterAll(async () => await store.stop())

const asked = async (desk: string) =>
  await store.services.database.asOfficer(deskOf(desk), async (tx) => {
    const { found, dropped } = await candidatesOf(tx, AUTHORITY, { keys })
    return { found: found.length, dropped: dropped.map(({ kind, key }) => `${kind} ${key}`).sort() }
  })
const survey = async (desk: string) =>
  await store.services.database.asWorker('test', async (tx) => {
    const marking = { marking: 'm', view: viewOf(AUTHORITY, CONTROL, [desk]), purpose: CONTROL, audience: [desk] }
    await surveyKeys(tx, AUTHORITY, { marking, written: COUNT })
  })
const listed = async (desk: string) =>
  await store.services.database.asOfficer(
    deskOf(desk),
    async (tx) => (await sql<{ hash: number }>`select hash from records.large_keys`.execute(tx)).rows.length,
  )

describe('a key that very many records of a view have', () => {
  it('is dropped and told alike, whether it is known to be large or counted', async () => {
    const before = await asked(ANTWERP)
    expect(before.dropped.length).toBeGreaterThan(5)
    await survey(ANTWERP)
    expect(await listed(ANTWERP)).toBeGreaterThan(5)
    expect(await asked(ANTWERP)).toEqual(before)
  })

  it('is none for a desk that has few such records, and no desk sees the list of another', async () => {
    await survey(GHENT)
    expect(await listed(GHENT)).toBe(0)
    expect(await asked(GHENT)).toEqual({ found: 3, dropped: [] })
  })

  it('is taken out of the list by whoever ends a fragment that has it', async () => {
    await store.end(ids[0] ?? '')
    expect(await listed(ANTWERP)).toBe(0)
    expect((await asked(ANTWERP)).dropped.length).toBeGreaterThan(5)
  })
})
