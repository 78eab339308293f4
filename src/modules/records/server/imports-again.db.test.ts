/** A run that was stopped, begun anew otherwise: what it wrote before is what an earlier file said, and no line of its own. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BATCH, runImport } from './import-run.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { cancelImportRoute } from './imports.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const ROWS = BATCH + 1000
const table = ['id,name', ...Array.from({ length: ROWS }, (_, index) => `k${index},Firm ${index}`)].join('\n')
const mapping = (schema: string, prop: string) => ({
  entities: { main: { schema, keys: ['id'], properties: { [prop]: { column: 'name' } } } },
})

/** Stopped when the first batch is written. */
async function stopped(first: object): Promise<{ readonly collection: string; readonly id: string }> {
  const collection = await at.collection()
  const { import: id } = await at.upload(collection, table, 'csv')
  await at.start(id, { mapping: first })
  const { database } = at.services
  let transactions = 0
  const stopping = {
    ...database,
    asWorker: async <T>(name: string, work: Parameters<typeof database.asWorker<T>>[1]) => {
      transactions += 1
      if (transactions === 3) await at.call(cancelImportRoute, { import: id })
      return await database.asWorker(name, work)
    },
  }
  await runImport(at.store.asked.find(({ data }) => data['import'] === id)?.data ?? {}, { ...at.services, database: stopping })
  at.store.asked.length = 0
  expect(await at.show(id)).toMatchObject({ state: 'cancelled', totals: { in: BATCH, entities: BATCH } })
  return { collection, id }
}

it.each([
  ['another schema', mapping('Person', 'name'), mapping('Company', 'name')],
  ['another property', mapping('Company', 'alias'), mapping('Company', 'name')],
])('takes the place of what it wrote, by %s', async (_what, first, mended) => {
  const { collection, id } = await stopped(first)
  await at.start(id, { mapping: mended })
  await at.work()
  expect(await at.show(id)).toMatchObject({ state: 'done', totals: { in: ROWS, accepted: ROWS, entities: ROWS, statements: ROWS } })
  const kept =
    await at.store.rows(`select schema, vals->0->>0 as prop, count(*)::int, count(distinct entity)::int as records from records.fragments
    where collection = '${collection}' and recorded_to is null group by 1, 2`)
  expect(kept).toEqual([{ schema: 'Company', prop: 'name', count: ROWS, records: ROWS }])
})

it('says what a check said before it', async () => {
  const { id } = await stopped(mapping('Company', 'name'))
  await at.start(id, { mapping: mapping('Company', 'name'), dryRun: true })
  await at.work()
  const { totals } = await at.show(id)
  expect(totals).toMatchObject({ accepted: ROWS, statements: ROWS - BATCH })
  await at.start(id, { mapping: mapping('Company', 'name') })
  await at.work()
  expect((await at.show(id)).totals).toEqual(totals)
})
