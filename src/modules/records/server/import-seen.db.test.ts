/** What a process remembers of a run holds no longer than it alone reads the file: another process of the node, or another file, may have written meanwhile. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { BATCH, runImport } from './import-run.ts'
import { type ImportStore, type Shown, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'

let at: ImportStore
let elsewhere: typeof runImport
beforeAll(async () => {
  at = await startImportStore()
  // The modules of another process, which remember what that one saw.
  vi.resetModules()
  elsewhere = (await import('./import-run.ts')).runImport
})
afterAll(async () => await at.stop())
afterEach(() => vi.restoreAllMocks())

const person = (id: string, name = id) => JSON.stringify({ id, schema: 'Person', properties: { name: [name] } })
/** Lines that fill a batch and hold nothing. */
const REST = '\n'.repeat(BATCH)

interface Part {
  readonly lines: readonly string[]
  readonly run?: typeof runImport
  readonly before?: () => Promise<unknown>
}

/** Reads a file in parts, a batch each. */
async function inParts(collection: string, parts: readonly Part[]): Promise<Shown> {
  const { import: id } = await at.upload(collection, parts.map(({ lines }) => lines.join('\n')).join(`\n${REST}`))
  await at.start(id)
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 50_000))
  for (const { before, run = runImport } of parts) {
    const job = at.store.asked.findIndex(({ data }) => data['import'] === id)
    const [asked] = at.store.asked.splice(job, 1)
    await before?.()
    await run(asked?.data ?? {}, at.services)
  }
  return await at.show(id)
}

const standing = async (collection: string) =>
  (
    await at.store.rows(
      `select external_id as id, schema, restricted from records.fragments where collection = '${collection}' and recorded_to is null order by 1`,
    )
  ).map(({ id, schema, restricted }) => `${String(schema)} ${String(id)}${restricted === true ? ' (restricted)' : ''}`)
const size = async (collection: string) =>
  await at.store.rows(`select records::int from records.collection_sizes where collection = '${collection}'`)

it('looks up what another process wrote of the same file in between', async () => {
  const collection = await at.collection()
  const restrict = async () => {
    const [c] = await at.store.rows(`select entity from records.fragments where collection = '${collection}' and external_id = 'c'`)
    await at.call(restrictRecordRoute, { entity: c?.['entity'], restricted: true, reason: 'Contested', key: randomUUID() })
  }
  const vessel = JSON.stringify({ id: 'd', schema: 'Vessel', properties: { name: ['MV D'] } })
  const shown = await inParts(collection, [
    { lines: [person('a')] },
    { lines: [person('b'), person('c'), person('d')], run: elsewhere },
    { lines: [person('b'), person('c', 'Another name'), vessel], before: restrict },
  ])
  expect(shown).toMatchObject({ state: 'done', totals: { in: 7, accepted: 4, warned: 2, quarantined: 1 } })
  expect(await standing(collection)).toEqual(['Person a', 'Person b', 'Person c (restricted)', 'Person c (restricted)', 'Person d'])
  expect(await size(collection)).toEqual([{ records: 4 }])
})

it('looks up what another file wrote in between, and goes on doing so', async () => {
  const collection = await at.collection()
  const shown = await inParts(collection, [
    { lines: [person('a')] },
    { lines: [person('b')], before: async () => await at.bring(collection, person('c', 'Said by another file')) },
    { lines: [person('c')] },
  ])
  expect(shown).toMatchObject({ state: 'done', totals: { in: 3, accepted: 3 } })
  expect(await standing(collection)).toEqual(['Person a', 'Person b', 'Person c'])
})
