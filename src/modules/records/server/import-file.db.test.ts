/** How long a file is kept that was brought in: as long as it can be run, and no longer. */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eraseJob } from './erase.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { cancelImportRoute } from './imports.ts'
import { startImportRoute } from './imports-start.ts'
import { withdrawCollectionRoute } from './withdraw-collection.ts'

const DAY = 24 * 60
const LINE = `${JSON.stringify({ id: 'p-1', schema: 'Person', properties: { name: ['Godelieve Infile'] } })}\n`

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

let collection: string
beforeEach(async () => {
  collection = await at.collection({ category: 'suspect', reviewDays: 30, retentionDays: 30 })
})

const upload = async () => (await at.upload(collection, LINE)).import
const isRefused = { code: 'records.file-gone' }
const start = async (id: string, dryRun = false) => await at.call(startImportRoute, { import: id, dryRun })
const erase = async () => await eraseJob.run({}, at.services)
const keptUntil = async (id: string) => (await at.show(id)).keptUntil
const keys = async (id: string) => (await at.store.rows(`select key from records.import_keys where import = '${id}'`)).length

/** What of the file is on the disk, and whether the node still knows where. */
async function lies(id: string): Promise<readonly unknown[]> {
  const [row] = await at.store.rows(`select file from records.imports where import = '${id}'`)
  return [row?.['file'] !== null, files() > 0]
}

function files(): number {
  const found = readdirSync(path.join(at.folder, 'erasable'), { recursive: true, withFileTypes: true })
  return found.filter((each) => each.isFile()).length
}

describe('the bytes of a file', () => {
  it('are kept from the upload through a check and a run that was stopped, and destroyed when it is read in', async () => {
    const id = await upload()
    const until = new Date(at.services.clock.now().getTime() + 30 * DAY * 60_000).toISOString()
    expect(await keptUntil(id)).toBe(until)
    await start(id, true)
    await at.work()
    expect(await at.show(id)).toMatchObject({ state: 'checked', keptUntil: until })
    await start(id)
    await at.call(cancelImportRoute, { import: id })
    await erase()
    expect(await at.show(id)).toMatchObject({ state: 'cancelled', keptUntil: until })
    expect(await lies(id)).toEqual([true, true])
    await start(id)
    await at.work()
    expect(await at.show(id)).toMatchObject({ state: 'done', totals: { entities: 1 } })
    expect([await keptUntil(id), await keys(id)]).toEqual([undefined, 0])
    await erase()
    expect(await lies(id)).toEqual([false, false])
  })

  it('are destroyed when the time of the collection since the upload is over, and the file cannot be run from that moment on', async () => {
    const id = await upload()
    await start(id, true)
    await at.work()
    at.store.advance(30 * DAY - 1)
    await erase()
    expect([await keys(id), await lies(id)]).toEqual([1, [true, true]])
    at.store.advance(1)
    // Before the job has come.
    for (const dryRun of [true, false]) await expect(start(id, dryRun)).rejects.toMatchObject(isRefused)
    expect(await keptUntil(id)).toBeUndefined()
    await erase()
    expect([await keys(id), await lies(id)]).toEqual([0, [false, false]])
    await expect(start(id)).rejects.toMatchObject(isRefused)
  })

  it('are destroyed with their collection when it is withdrawn, at once', async () => {
    const id = await upload()
    await at.call(withdrawCollectionRoute, { collection, reason: 'A wrong file', key: randomUUID() })
    expect([await keptUntil(id), await keys(id)]).toEqual([undefined, 0])
    await erase()
    expect(await lies(id)).toEqual([false, false])
  })

  it('are quoted by the report no longer than their collection stands and has its time', async () => {
    const bad = JSON.stringify({ id: 'p-2', schema: 'Nonsense', properties: { name: ['Godelieve Quoted'] } })
    const quotes = async (id: string) => (await at.show(id)).problemRows.map(({ code, raw }) => [code, raw])
    const wrong = await at.bring(collection, `${LINE}${bad}\n`)
    const other = await at.collection({ category: 'suspect', reviewDays: 30, retentionDays: 30 })
    const right = await at.bring(other, `${LINE}${bad}\n`)
    expect(await quotes(wrong.import)).toEqual([['record.schema.unknown', bad]])
    await at.call(withdrawCollectionRoute, { collection, reason: 'A wrong file', key: randomUUID() })
    await erase()
    expect([await quotes(wrong.import), await quotes(right.import)]).toEqual([
      [['record.schema.unknown', undefined]],
      [['record.schema.unknown', bad]],
    ])
    at.store.advance(30 * DAY)
    await erase()
    expect(await quotes(right.import)).toEqual([['record.schema.unknown', undefined]])
  })

  it('are missed by a run that comes too late, which is refused and writes nothing', async () => {
    const id = await upload()
    await start(id)
    at.store.advance(31 * DAY)
    await erase()
    await at.work()
    expect(await at.show(id)).toMatchObject({ state: 'refused', refused: 'records.file-gone' })
    expect(await at.store.rows(`select fragment from records.fragments where collection = '${collection}'`)).toEqual([])
  })

  it('are not kept of a file that is not taken', async () => {
    const before = files()
    await expect(at.upload(collection, 'no line of the form\n')).rejects.toMatchObject({ code: 'records.file-format' })
    await expect(at.upload(collection, '')).rejects.toMatchObject({ code: 'records.file-empty' })
    expect(files()).toBe(before)
  })
})

it('records of a file have their time from its upload, however late it is run', async () => {
  const uploaded = at.services.clock.now().getTime()
  const id = await upload()
  at.store.advance(20 * DAY)
  await start(id)
  await at.work()
  const rows = await at.store.rows(`select recorded_from, review_at, erase_at from records.fragments where collection = '${collection}'`)
  const day = (days: number) => new Date(uploaded + days * DAY * 60_000)
  expect(rows).toEqual([{ recorded_from: day(20), review_at: day(30), erase_at: day(30) }])
})
