/** Search: exact numbers before names before words; what is not for a reader is in no list, no count and no facet. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#platform/http/app-error.ts'
import type { SearchAnswer } from '../contract.ts'
import { ANTWERP, AUTHORITY, CONTROL, deskOf, GHENT, type RecordStore, startRecordStore } from './search.fixture.ts'
import { searchRecordsRoute } from './search.ts'
import { fragmentsWithWords } from './search-docs.ts'
import { keyHash, visibleViews, wordIn } from './views.ts'

let store: RecordStore
let ids: readonly string[]
let other: string

beforeAll(async () => {
  store = await startRecordStore()
  other = await store.openCollection('Watched containers')
  ids = await store.write([
    {
      values: [
        ['name', 'Владимир Кузнецов'],
        ['nationality', 'ua'],
        ['passportNumber', 'AB 123.456'],
      ],
    },
    {
      values: [
        ['name', 'Wladimir Kusnezow'],
        ['notes', 'Paid in cash at the quay'],
      ],
    },
    {
      schema: 'Company',
      values: [
        ['name', 'Banana Cargo S.A.'],
        ['jurisdiction', 'ec'],
        ['topics', 'crime.traffick.drug'],
      ],
      collection: other,
    },
    {
      schema: 'Vessel',
      values: [
        ['name', 'Ever Given'],
        ['imoNumber', '9811000'],
      ],
    },
    {
      values: [
        ['name', 'Maria Quispe'],
        ['alias', 'La Jefa'],
      ],
    },
    {
      desk: GHENT,
      values: [
        ['name', 'Vladimir Kuznetsov'],
        ['nationality', 'ru'],
        ['passportNumber', 'AB123456'],
      ],
    },
    {
      purpose: 'tax-audit',
      values: [
        ['name', 'Vladimir Kuznecov'],
        ['nationality', 'by'],
      ],
    },
  ])
})
afterAll(async () => await store.stop())

const search = async (input: Record<string, unknown>, facts = deskOf(ANTWERP)) =>
  await store.call<SearchAnswer>(searchRecordsRoute, input, facts)
const found = async (q: string, more: Record<string, unknown> = {}) =>
  (await search({ q, ...more })).items.map(({ entity, by }) => [ids.indexOf(entity), by])

describe('what is found', () => {
  it('a number comes first, however it was written', async () => {
    expect(await found('ab-123456')).toEqual([[0, 'identifier']])
    expect(await found('IMO 9811000')).toEqual([[3, 'identifier']])
    expect((await search({ q: 'ab-123456' })).items.map(({ matched }) => matched)).toEqual(['AB 123.456'])
  })

  it('a name is found in another script and another spelling, the closest first', async () => {
    expect(await found('Vladimir Kuznetsov')).toEqual([
      [0, 'name'],
      [1, 'name'],
    ])
    expect(await found('Banana Kargo')).toEqual([[2, 'name']])
    expect(await found('la jefa')).toEqual([[4, 'name']])
  })

  it('the last word may be the beginning of one, unless a blank follows it', async () => {
    expect(await found('cash at the qua')).toEqual([[1, 'text']])
    expect(await found('cash at the qua ')).toEqual([])
  })

  it('filters alone list the latest first, and narrow a search', async () => {
    expect(await found('', { country: 'EC' })).toEqual([[2, 'filter']])
    expect(await found('', { topic: 'crime.traffick.drug' })).toEqual([[2, 'filter']])
    expect(await found('', { collection: other })).toEqual([[2, 'filter']])
    expect(await found('', { schema: 'Vessel' })).toEqual([[3, 'filter']])
    expect(await found('Vladimir Kuznetsov', { country: 'ua' })).toEqual([[0, 'name']])
    expect((await search({})).total).toEqual({ total: 5, isAtLeast: false })
  })
})

describe('what is not for the reader', () => {
  it('is neither listed nor counted nor in a facet, for another desk and for another purpose', async () => {
    const here = await search({ q: 'Kuznetsov' })
    expect(here.facets.country.values).toEqual([{ value: 'ua', count: 1 }])
    const there = await search({ q: 'Vladimir Kuznetsov' }, deskOf(GHENT))
    expect(there.items.map(({ entity }) => ids.indexOf(entity))).toEqual([5])
    expect(there.facets.country.values).toEqual([{ value: 'ru', count: 1 }])
    expect(
      (await search({ q: 'Vladimir Kuznetsov' }, deskOf(ANTWERP, 'tax-audit'))).items.map(({ entity }) => ids.indexOf(entity)),
    ).toEqual([6])
  })

  it('is not there without a purpose', async () => {
    expect((await search({ q: 'Kuznetsov' }, deskOf(ANTWERP, null))).total).toEqual({ total: 0, isAtLeast: false })
  })

  it('changes no byte of an answer', async () => {
    const before = await search({ q: 'Maria Quispe' })
    const [hidden] = await store.write([
      {
        desk: GHENT,
        values: [
          ['name', 'Maria Quispe'],
          ['nationality', 'pe'],
        ],
      },
    ])
    expect(await search({ q: 'Maria Quispe' })).toEqual(before)
    await store.end(hidden ?? '')
  })

  it('is not given away by the functions of the index, whatever views are named', async () => {
    const views = await store.rows('select view from records.view_states')
    expect(views.length).toBeGreaterThan(2)
    const named = `{${views.map(({ view }) => String(view)).join(',')}}`
    const query = views.map(({ view }) => wordIn(String(view))('kuznetsov')).join(' | ')
    const hashes = `{${views.map(({ view }) => keyHash(String(view), 'token', 'kuznetsov')).join(',')}}`
    const each = (value: string | number) => `{${views.map(() => value).join(',')}}`
    const [words, keys] = await store.services.database.asOfficer(deskOf(ANTWERP), async (tx) => [
      await sql<{ count: number }>`select count(*)::int as count from records.fragments_by_words(${AUTHORITY}, ${named}::text[], '{}',
        ${query}::tsquery, null, null, null, null, null, 100)`.execute(tx),
      await sql<{ entity: string }>`select entity from records.fragments_by_keys(${AUTHORITY}, ${named}::text[], ${hashes}::int[],
        ${each(0)}::int[], ${each(1)}::float8[], ${each(500)}::int[], null, null, null, null, null, 100)`.execute(tx),
    ])
    // The one whose Cyrillic name reads so; those of Ghent and of the other purpose do not count.
    expect(words?.rows).toEqual([{ count: 1 }])
    expect(keys?.rows).toEqual([{ entity: ids[0] }])
  })
})

describe('a page', () => {
  it('neither loses nor repeats, and refuses a mark that no list gave out', async () => {
    const all = (await search({})).items.map(({ entity }) => entity)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page: SearchAnswer = await search({ limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ entity }) => entity))
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual(all)
    await expect(search({ cursor: 'x' })).rejects.toThrow(AppError)
  })
})

describe('hostile questions', () => {
  it.each(["'", "'a':* | !", '\\', '&|!():*<->', '%_', '\u0000', '\ud800', '‮zq', '日', 'a'.repeat(300), '🧊'.repeat(100), "' or 1=1 --"])(
    '%j finds nothing and breaks nothing',
    async (q) => {
      expect((await search({ q })).items).toEqual([])
    },
  )

  it.each(["'", '\u0000', '\ud800', '%', '🧊'])('%j as a country or a topic finds nothing and breaks nothing', async (text) => {
    expect((await search({ country: text })).items).toEqual([])
    expect((await search({ q: 'Vladimir Kuznetsov', topic: text })).items).toEqual([])
  })

  it('a fragment that ended is found no more', async () => {
    const [gone] = await store.write([{ values: [['name', 'Zebulon Xylander']] }])
    expect((await search({ q: 'Zebulon Xylander' })).total.total).toBe(1)
    await store.end(gone ?? '')
    expect((await search({ q: 'Zebulon Xylander' })).total.total).toBe(0)
  })

  it('merged records are found once, under the least id', async () => {
    const [a = '', b = ''] = [ids[0], ids[1]]
    for (const entity of [a, b])
      await store.rows(
        `insert into records.members (org, desk, entity, cluster, purpose, audience) values ('${AUTHORITY}', '${ANTWERP}', '${entity}', '${a}', '${CONTROL}', '{${ANTWERP}}') returning 1`,
      )
    const answer = await search({ q: 'Vladimir Kuznetsov' })
    expect(answer.items.map(({ entity, merged }) => [entity, merged])).toEqual([[a < b ? a : b, 2]])
    expect(answer.total).toEqual({ total: 1, isAtLeast: false })
    expect(answer.facets.schema.values).toEqual([{ value: 'Person', count: 1 }])
  })
})

describe('very many matches', () => {
  it('are listed up to a limit, and said to be at least so many', async () => {
    const desk = 'be.customs.zeebrugge'
    const values = (at: number) => [['name', `Common Register ${at}`] as const, ['nationality', at % 2 === 0 ? 'be' : 'nl'] as const]
    await store.write(Array.from({ length: 10_050 }, (_, at) => ({ desk, values: values(at) })))
    const facts = deskOf(desk)
    for (const input of [{ q: 'common register' }, {}, { schema: 'Person' }]) {
      const answer = await search(input, facts)
      expect(answer.total).toEqual({ total: 10_000, isAtLeast: true })
      expect(answer.facets.country.values.reduce((sum, { count }) => sum + count, 0)).toBe(10_000)
    }
    expect((await search({ country: 'nl' }, facts)).total).toEqual({ total: 5025, isAtLeast: false })
    expect((await search({ q: 'Common Register 777', country: 'nl' }, facts)).items[0]?.caption).toBe('Common Register 777')
  })

  // The planner takes few rows of a word that it knows nothing of for easily found: it would read all there are.
  it('are not read one by one for a word that none of them has', async () => {
    await store.rows('select records.refresh_statistics()::text')
    const scans = await store.services.database.asOfficer(deskOf('be.customs.zeebrugge'), async (tx) => {
      // What the connection did before may not have been handed in yet, and counts too.
      const counted = async () => {
        const { rows } = await sql<{ scans: string }>`select seq_scan as scans from pg_stat_xact_user_tables
          where schemaname = 'records' and relname = 'search_docs'`.execute(tx)
        return Number(rows[0]?.scans)
      }
      const index = { org: AUTHORITY, views: await visibleViews(tx, AUTHORITY), filters: {} }
      const before = await counted()
      expect(await fragmentsWithWords(tx, index, { words: ['nobody', 'regist'], isLastWhole: false })).toEqual([])
      return (await counted()) - before
    })
    expect(scans).toBe(0)
  })
})
