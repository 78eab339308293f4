/** Lines of a million signs and more: written and read in parts that the store and the node can hold. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readLinesEnd } from '../contract.ts'
import { exportCollectionRoute } from './export-collection.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const MILLION = 1_000_000
const text = (start: string) => start.padEnd(MILLION, 'lorem ipsum ')
const note = (id: string) => JSON.stringify({ id, schema: 'PlainText', properties: { bodyText: [text(id)] } })

it('are written in batches of some MiB, however few records they are', async () => {
  const collection = await at.collection()
  const shown = await at.bring(collection, Array.from({ length: 40 }, (_, index) => note(`n${index}`)).join('\n'))
  expect(shown.totals).toMatchObject({ in: 40, accepted: 40, entities: 40 })
  const [{ n } = { n: 0 }] = await at.store.rows(
    `select count(distinct xmin::text)::int as n from records.fragments where collection = '${collection}'`,
  )
  expect(n).toBe(2)
  // And come out in pages of some MiB, none of them twice.
  const pages: number[] = []
  for (let after: string | undefined; pages.length === 0 || after !== undefined; ) {
    const { text } = await at.call<{ text: string }>(exportCollectionRoute, { collection, format: 'ftm', after })
    const lines = text.trimEnd().split('\n')
    after = readLinesEnd(lines.at(-1) ?? '')?.next
    pages.push(lines.length - 1)
  }
  expect(pages).toEqual([17, 17, 6])
})

it('as statements of one entity become records of some MiB each', async () => {
  const collection = await at.collection()
  const line = (index: number) =>
    JSON.stringify({ id: `s${index}`, entity_id: 'one', schema: 'PlainText', prop: 'bodyText', value: text(`${index}`) })
  const shown = await at.bring(collection, Array.from({ length: 20 }, (_, index) => line(index)).join('\n'))
  expect(shown.totals).toMatchObject({ in: 20, quarantined: 0, entities: 3, statements: 20 })
})
