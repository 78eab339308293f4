/** What a desk withdrew or corrected stays so when newer files say it again beside something else; a check says the same of it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { correctStatementRoute } from './correct-statement.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const person = (properties: Record<string, string[]>) => JSON.stringify({ id: 'a', schema: 'Person', properties })
const standing = async (collection: string) =>
  (
    await at.store.rows(
      `select fragment, vals from records.fragments where collection = '${collection}' and recorded_to is null order by fragment`,
    )
  ).map((row) => ({ fragment: String(row['fragment']), vals: row['vals'] as [string, string][] }))
const said = async (collection: string) =>
  (await standing(collection)).map(({ vals }) => vals.map(([prop, value]) => `${prop} ${value}`).sort())

/** Of the first statement that says it. */
async function change(collection: string, was: string, value?: string): Promise<void> {
  for (const { fragment, vals } of await standing(collection)) {
    const ordinal = vals.findIndex((each) => each[1] === was)
    const prop = vals[ordinal]?.[0]
    if (prop === undefined) continue
    const asked = { fragment, ordinal, prop, reason: 'wrong', key: randomUUID(), ...(value === undefined ? {} : { value }) }
    await at.call(correctStatementRoute, asked)
    return
  }
}

/** A check says first what the import then says. */
async function bring(collection: string, line: string) {
  const checked = await at.bring(collection, line, { dryRun: true })
  const done = await at.bring(collection, line)
  expect([checked.totals, checked.problemRows]).toEqual([done.totals, done.problemRows])
  return done.problemRows.map(({ code, at: place }) => `${code} ${place}`)
}

it('holds when the line says more than before, file after file', async () => {
  const collection = await at.collection()
  const first = { name: ['Jan Peeters'], passportNumber: ['EX123456'], birthDate: ['1970-01-01'] }
  await at.bring(collection, person(first))
  await change(collection, 'EX123456')
  await change(collection, '1970-01-01', '1971-02-02')
  expect(await bring(collection, person({ ...first, email: ['jan@example.org'] }))).toEqual([
    'record.withdrawn properties.passportNumber',
    'record.corrected properties.birthDate',
  ])
  expect(await said(collection)).toEqual([['birthDate 1971-02-02', 'email jan@example.org', 'name Jan Peeters']])
  await bring(collection, person({ ...first, country: ['be'] }))
  expect(await said(collection)).toEqual([['birthDate 1971-02-02', 'country be', 'name Jan Peeters']])
  // Without what was withdrawn it says what stands.
  expect(await bring(collection, person({ ...first, birthDate: ['1971-02-02'], country: ['be'] }))).toEqual([
    'record.withdrawn properties.passportNumber',
  ])
  expect(await said(collection)).toEqual([['birthDate 1971-02-02', 'country be', 'name Jan Peeters']])
})

it('holds for the last word, and for a statement that was withdrawn whole', async () => {
  const collection = await at.collection()
  await at.bring(collection, person({ name: ['Ann'], birthPlace: ['Ghent'] }))
  await change(collection, 'Ghent', 'Bruges')
  await change(collection, 'Bruges', 'Ghent')
  expect(await bring(collection, person({ name: ['Ann'], birthPlace: ['Ghent'], email: ['a@example.org'] }))).toEqual([])
  expect(await said(collection)).toEqual([['birthPlace Ghent', 'email a@example.org', 'name Ann']])
  const other = await at.collection()
  await at.bring(other, person({ name: ['Ann'] }))
  await change(other, 'Ann')
  expect(await bring(other, person({ name: ['Ann'], email: ['a@example.org'] }))).toEqual(['record.withdrawn properties.name'])
  expect(await said(other)).toEqual([['email a@example.org']])
})

it('does not reach a value that the desk left standing in another statement', async () => {
  const collection = await at.collection()
  await at.bring(collection, [person({ name: ['Ann'], alias: ['One'] }), person({ name: ['Ann'], alias: ['Two'] })].join('\n'))
  await change(collection, 'Ann')
  expect((await said(collection)).flat().filter((each) => each === 'name Ann')).toHaveLength(1)
  expect(await bring(collection, person({ name: ['Ann'], alias: ['Three'] }))).toEqual([])
  expect((await said(collection)).flat()).toContain('alias Three')
})
