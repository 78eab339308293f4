/** One id in very many lines: a mapping whose key is the same in every row, or a file that tells of one thing only. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ImportStore, startImportStore } from './imports.fixture.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

/** More than a batch, and more than are taken. */
const ROWS = 15_000
const TAKEN = 10_000
const table = (of: string) => ['type,name', ...Array.from({ length: ROWS }, (_, row) => `company,${of} ${row}`)].join('\n')
const mapping = { entities: { main: { schema: 'Company', keys: ['type'], properties: { name: { column: 'name' } } } } }

async function read(collection: string, text: string, dryRun: boolean) {
  const { import: id } = await at.upload(collection, text, 'csv')
  await at.start(id, { mapping, dryRun })
  await at.work()
  const { totals, problemRows, problems } = await at.show(id)
  return { totals, problems, told: new Set(problemRows.map(({ code, severity }) => `${severity} ${code}`)) }
}

it('is read to the end, up to a number of lines that are taken; the others are quarantined, also by a check and by a second reading', async () => {
  const collection = await at.collection()
  const firm = table('Firm')
  const check = await read(collection, firm, true)
  expect(check.totals).toEqual({
    in: ROWS,
    accepted: 1,
    warned: TAKEN - 1,
    quarantined: ROWS - TAKEN,
    entities: TAKEN,
    statements: TAKEN,
  })
  const run = await read(collection, firm, false)
  expect(run).toEqual(check)
  const standing = async () =>
    await at.store.rows(
      `select count(*)::int as n, max(line) as last, count(distinct recorded_from)::int as times from records.fragments where collection = '${collection}' and recorded_to is null`,
    )
  const before = await standing()
  expect(before).toMatchObject([{ n: TAKEN, last: TAKEN + 1 }])
  const again = await read(collection, firm, false)
  expect(again).toEqual({ ...run, totals: { ...run.totals, statements: 0 } })
  expect(await standing()).toEqual(before)
  // A newer file takes the place of each of them.
  const newer = table('Company')
  const checked = await read(collection, newer, true)
  expect(await read(collection, newer, false)).toEqual(checked)
  expect(await standing()).toMatchObject([{ n: TAKEN }])
})
