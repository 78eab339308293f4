/** Kept searches: what is new is told once, to the desk that keeps the search, and only what that desk may read. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#platform/http/route.ts'
import type { RecordRow } from '../contract.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { endSavedSearchRoute, listSavedSearchesRoute, openSavedSearchRoute, saveSearchRoute } from './saved-searches.ts'
import { RUN_SAVED_SEARCHES, runSavedSearches, runSavedSearchesJob } from './saved-searches-run.ts'
import { ANTWERP, deskOf, GHENT, type RecordStore, startRecordStore } from './search.fixture.ts'

let store: RecordStore
let search: string
const key = randomUUID()

beforeAll(async () => {
  store = await startRecordStore()
  await store.write([{ values: [['name', 'Arturo Villacis']] }])
  search = (await keep({ title: 'Villacis', q: 'Arturo Villacis', key })).search
  await runSavedSearches(store.services)
})
afterAll(async () => await store.stop())

const keep = async (input: Record<string, unknown>, facts = deskOf(ANTWERP)) =>
  await store.call<{ search: string }>(saveSearchRoute, input, facts)
const list = async (facts = deskOf(ANTWERP)) =>
  (await store.call<{ items: readonly { search: string; title: string; q: string; fresh: number }[] }>(listSavedSearchesRoute, {}, facts))
    .items
const open = async (facts = deskOf(ANTWERP)) =>
  await store.call<{ fresh: readonly RecordRow[]; more: number }>(openSavedSearchRoute, { search }, facts)

describe('a kept search', () => {
  it('is kept once for a repeated request, and starts with nothing new', async () => {
    expect((await keep({ title: 'Villacis', q: 'Arturo Villacis', key })).search).toBe(search)
    expect(await list()).toMatchObject([{ search, title: 'Villacis', q: 'Arturo Villacis', fresh: 0 }])
    expect(store.announced).toEqual([])
  })

  it('tells once of what is new, until somebody has seen it', async () => {
    store.advance(20)
    await store.write([{ values: [['name', 'Arturo Villacís']] }, { values: [['name', 'Somebody Else']] }])
    await runSavedSearches(store.services)
    await runSavedSearches(store.services)
    expect(store.announced).toEqual([{ topic: 'records', desks: [ANTWERP] }])
    expect((await list())[0]?.fresh).toBe(1)
    expect((await open()).fresh.map(({ caption }) => caption)).toEqual(['Arturo Villacís'])
    expect(await open()).toEqual({ fresh: [], more: 0 })
    const events = await store.rows(
      "select event, subjects::text || coalesce(detail::text, '') as said from audit.events where event = 'records.search-found'",
    )
    expect(events).toHaveLength(1)
    expect(String(events[0]?.['said'])).not.toMatch(/villac/i)
  })

  it('tells nothing of what its desk may not read, and no more of what has ended', async () => {
    store.advance(20)
    store.announced.length = 0
    await store.write([{ desk: GHENT, values: [['name', 'Arturo Villacis']] }])
    await runSavedSearches(store.services)
    expect(store.announced).toEqual([])
    expect((await list())[0]?.fresh).toBe(0)
    store.advance(20)
    const [gone = ''] = await store.write([{ values: [['name', 'Arturo Villacis Junior']] }])
    await runSavedSearches(store.services)
    expect((await list())[0]?.fresh).toBe(1)
    await store.end(gone)
    expect((await list())[0]?.fresh).toBe(0)
    expect(await open()).toEqual({ fresh: [], more: 0 })
  })

  it('is its desk’s alone, and ends', async () => {
    expect(await list(deskOf(GHENT))).toEqual([])
    await expect(open(deskOf(GHENT))).rejects.toThrow('not-found')
    await expect(keep({ title: 'Nothing', q: '  ', key: randomUUID() })).rejects.toThrow('records.search-empty')
    await store.call(endSavedSearchRoute, { search })
    expect(await list()).toEqual([])
    await expect(open()).rejects.toThrow('not-found')
  })
})

describe('when a kept search ran', () => {
  let at: ImportStore
  beforeAll(async () => {
    at = await startImportStore()
  })
  afterAll(async () => await at.stop())

  const file = (name: string) => `${JSON.stringify({ id: name, schema: 'Person', properties: { name: [name] } })}\n`
  /** Minutes between the last run by the clock and the last run, after what Antwerp did and the jobs that this asked for. */
  const moved = async (title: string, act: () => Promise<void>): Promise<number> => {
    const call = async <T>(route: Route, input: unknown) => await at.call<T>(route, input, { facts: deskOf(GHENT) })
    const { search: kept } = await call<{ search: string }>(saveSearchRoute, { title, q: 'Arturo Villacis', key: randomUUID() })
    const lastRun = async () => {
      const { items } = await call<{ items: readonly { search: string; lastRunAt?: string }[] }>(listSavedSearchesRoute, {})
      return Date.parse(items.find((each) => each.search === kept)?.lastRunAt ?? '')
    }
    at.store.advance(60)
    await runSavedSearchesJob.run({}, at.services)
    const before = await lastRun()
    at.store.advance(4)
    at.store.asked.length = 0
    await act()
    for (const { name, data } of at.store.asked) if (name === RUN_SAVED_SEARCHES) await runSavedSearchesJob.run(data, at.services)
    return ((await lastRun()) - before) / 60_000
  }

  it('tells nothing of files that other desks bring in for themselves', async () => {
    const own = await at.collection({})
    expect(await moved('Nothing happens', async () => await Promise.resolve())).toBe(0)
    expect(await moved('Antwerp reads', async () => void (await at.bring(own, file('Arturo Villacis'))))).toBe(0)
  })

  it('tells of what came in for the desk, and not that a file was brought in again in vain', async () => {
    const shared = await at.collection({ readers: [GHENT] })
    const bring = async () => void (await at.bring(shared, file('Arturo Villacís')))
    expect(await moved('Antwerp reads for Ghent', bring)).toBe(4)
    at.store.advance(60)
    expect(await moved('Antwerp reads it again', bring)).toBe(0)
  })
})
