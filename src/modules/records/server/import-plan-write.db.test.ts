/** What stands already and comes in again marked stricter, as an export of ours says it, is as strict from then on. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { correctStatementRoute } from './correct-statement.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const person = (id: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [`Name ${id}`] } })
/** Of a source that keeps for 30 days: as it was, and as it is with one of its records restricted. */
let free: string
let restricted: string
beforeAll(async () => {
  const source = await at.collection({ retentionDays: 30 })
  await at.bring(source, [person('x'), person('y')].join('\n'))
  free = (await at.exported(source, 'statements')).join('\n')
  const [x] = await at.store.rows(`select entity from records.fragments where collection = '${source}' and external_id = 'x'`)
  await at.call(restrictRecordRoute, { entity: x?.['entity'], restricted: true, reason: 'Contested', key: randomUUID() })
  restricted = (await at.exported(source, 'statements')).join('\n')
})

/** A check says and counts what the run then does. */
async function bring(collection: string, text: string) {
  const checked = await at.bring(collection, text, { dryRun: true })
  const done = await at.bring(collection, text)
  expect([checked.totals, checked.problemRows]).toEqual([done.totals, done.problemRows])
  expect(done.totals.quarantined).toBe(0)
  return done.totals
}

async function standing(collection: string) {
  const rows =
    await at.store.rows(`select f.external_id as id, f.vals->0->>1 as name, f.restricted, f.erase_at - i.at <= interval '30 days' as "isShort",
      exists (select 1 from records.search_docs d where d.fragment = f.fragment) as "isFound"
    from records.fragments f join records.imports i on i.import = f.import where f.collection = '${collection}' and f.recorded_to is null order by 1, 2`)
  return rows.map(({ id, name, restricted: isRestricted, isShort, isFound }) =>
    [
      id,
      name,
      ...(isRestricted === true ? ['restricted'] : []),
      ...(isShort === true ? ['short'] : []),
      ...(isFound === true ? ['found'] : []),
    ].join(' '),
  )
}
const all = async (collection: string) =>
  await at.store.rows(
    `select fragment, recorded_to, erase_at, restricted from records.fragments where collection = '${collection}' order by 1`,
  )
const sizeOf = async (collection: string) =>
  await at.store.rows(`select records::int from records.collection_sizes where collection = '${collection}'`)

it('where it stood free and for longer, and a second reading changes nothing', async () => {
  const collection = await at.collection({ retentionDays: 900 })
  await at.bring(collection, [person('x'), person('y')].join('\n'))
  expect(await standing(collection)).toEqual(['x Name x found', 'y Name y found'])
  expect(await bring(collection, restricted)).toMatchObject({ accepted: 4, entities: 2, statements: 0 })
  expect(await standing(collection)).toEqual(['x Name x restricted short', 'y Name y short found'])
  // What it was before it was restricted goes with it.
  expect(
    (await all(collection)).every(({ erase_at: last }) => (last as Date).getTime() < at.services.clock.now().getTime() + 31 * 86_400_000),
  ).toBe(true)
  expect(await sizeOf(collection)).toEqual([{ records: 2 }])
  const before = await all(collection)
  await bring(collection, restricted)
  // Nor does a looser one loosen anything.
  await bring(collection, free)
  await bring(collection, [person('x'), person('y')].join('\n'))
  expect(await all(collection)).toEqual(before)
})

it('where the same file says it free first', async () => {
  const collection = await at.collection({ retentionDays: 900 })
  const text = [person('x'), free, restricted].join('\n')
  expect(await bring(collection, text)).toMatchObject({ entities: 2, statements: 2 })
  expect(await standing(collection)).toEqual(['x Name x restricted short', 'y Name y short found'])
  expect(await sizeOf(collection)).toEqual([{ records: 2 }])
  const before = await all(collection)
  expect(await bring(collection, text)).toMatchObject({ statements: 0 })
  expect(await all(collection)).toEqual(before)
})

it('where a person has corrected it, and it stays corrected', async () => {
  const collection = await at.collection({ retentionDays: 900 })
  await at.bring(collection, person('x'))
  const [{ fragment } = { fragment: '' }] = await at.store.rows(`select fragment from records.fragments where collection = '${collection}'`)
  const asked = { fragment, ordinal: 0, prop: 'name', value: 'Corrected', reason: 'Misspelt', key: randomUUID() }
  await at.call(correctStatementRoute, asked)
  const lines = restricted
    .split('\n')
    .filter((line) => line.includes('"entity_id":"x"'))
    .join('\n')
  await bring(collection, lines)
  expect(await standing(collection)).toEqual(['x Corrected restricted short'])
  const before = await all(collection)
  expect(before.every(({ erase_at: last }) => (last as Date).getTime() < at.services.clock.now().getTime() + 31 * 86_400_000)).toBe(true)
  await bring(collection, lines)
  await bring(collection, person('x'))
  expect(await all(collection)).toEqual(before)
})
