/** Saved mappings through their versions: what is saved last is used next, what was saved stays, and the same again is nothing new. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SavedMapping } from '../contract/declaration-mappings.ts'
import { listDeclarationMappingsRoute, proposeDeclarationMappingRoute, readWithMappingRoute } from './channel-mappings.ts'
import { type IntakeStore, startIntakeStore } from './intake.fixture.ts'

let store: IntakeStore
let row = 0

beforeAll(async () => {
  store = await startIntakeStore()
})
afterAll(async () => await store.stop())

const table = (headers = 'MRN;Box;Party A;Party B') => `${headers}\n26EC${++row};CSQU3054383;ONE;TWO;\n`
const mapping = (consignor: string) => ({ delimiter: ';', columns: { declaration: 'MRN', container: 'Box', consignor } })
const list = async () => (await store.call<{ items: SavedMapping[] }>(listDeclarationMappingsRoute, {})).items
const saveAs = async (title: string, consignor: string, text = table()) => {
  store.advance(1)
  const document = await store.bring(text)
  await store.call(readWithMappingRoute, { document, mapping: mapping(consignor), saveAs: title })
  await store.work()
}
const consignorOf = async (text: string) => {
  const document = await store.bring(text)
  return (await store.rows(`select consignor from cargo.consignments where document = '${document}'`))[0]?.['consignor']
}

it('saves another under the same title as its next version, and reads the next table by that', async () => {
  await saveAs('List', 'Party A')
  expect(await consignorOf(table())).toBe('ONE')
  await saveAs('List', 'Party B')
  expect(await consignorOf(table())).toBe('TWO')
  expect(await list()).toMatchObject([
    { title: 'List', version: 2, isUsed: true, savedBy: 'Officer One', headers: ['mrn', 'box', 'party_a', 'party_b'] },
    { title: 'List', version: 1, isUsed: false },
  ])
  expect(new Set((await list()).map((each) => each.mapping)).size).toBe(1)
})

it('makes no version of what is used already, and one more when an earlier one is taken up again', async () => {
  await saveAs('List', 'Party B')
  expect(await list()).toHaveLength(2)
  await saveAs('List', 'Party A')
  expect((await list()).map(({ version, isUsed }) => [version, isUsed])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ])
  expect(await consignorOf(table())).toBe('ONE')
})

it('takes a title up again for headers that another title served meanwhile', async () => {
  await saveAs('Other list', 'Party B')
  expect((await list()).filter(({ isUsed }) => isUsed)).toMatchObject([{ title: 'Other list', version: 1 }])
  const document = await store.bring(table())
  expect(await store.call(proposeDeclarationMappingRoute, { document })).toMatchObject({ saved: { title: 'Other list', version: 1 } })
  await saveAs('List', 'Party A')
  expect((await list()).filter(({ isUsed }) => isUsed)).toMatchObject([{ title: 'List', version: 4 }])
})

it('keeps tables with other headers apart', async () => {
  await saveAs('Wide list', 'Party A', table('MRN;Box;Party A;Party B;More'))
  expect((await list()).filter(({ isUsed }) => isUsed).map(({ title }) => title)).toEqual(['Wide list', 'List'])
})
