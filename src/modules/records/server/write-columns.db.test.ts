import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, connect } from '#platform/store/connect.ts'
import { ANTWERP, GHENT, type RecordStore, startRecordStore } from './search.fixture.ts'
import { Column } from './write-columns.ts'

let store: RecordStore
let database: Connection
beforeAll(async () => {
  store = await startRecordStore()
  database = connect({ url: store.url })
})
afterAll(async () => {
  await database.close()
  await store.stop()
})

const unfolded = async (column: Column, type: string): Promise<readonly unknown[]> =>
  (await database.pool.query<{ value: unknown }>(`select unnest($1::${type}[]) as value`, [column.parameter()])).rows.map(
    ({ value }) => value,
  )

describe('a column', () => {
  it('gives the store every text as it was, whatever its signs and length', async () => {
    const texts = ['', ' ', 'a,b{}"\\', 'NULL', '\n\t', 'Ünïcödé', 'Иванов', '王小明', '👩‍👩‍👧', 'x'.repeat(100_000), '€'.repeat(9000)]
    const column = new Column('text', 2)
    for (const text of texts) column.text(text)
    expect(await unfolded(column, 'text')).toEqual(texts)
    expect(column.count).toBe(texts.length)
    expect(column.texts()).toEqual(texts)
  })

  it('keeps what is missing apart from what is empty', async () => {
    const column = new Column('text')
    column.text('')
    column.text(undefined)
    column.text(null)
    column.text('last')
    expect(await unfolded(column, 'text')).toEqual(['', null, null, 'last'])
    expect(column.texts()).toEqual(['', null, null, 'last'])
  })

  it('holds nothing of what was there before it was cleared, however much that was', async () => {
    const column = new Column('text')
    for (const before of [['one', undefined, 'three'], ['x'.repeat(20_000_000)]]) {
      for (const text of before) column.text(text)
      column.clear()
      expect(column.count).toBe(0)
      expect(await unfolded(column, 'text')).toEqual([])
      column.text('a')
      column.text('bc')
      expect(column.texts()).toEqual(['a', 'bc'])
      expect(await unfolded(column, 'text')).toEqual(['a', 'bc'])
      // Nothing is missing in it, and it does not say so.
      expect(column.parameter().readInt32BE(4)).toBe(0)
      column.clear()
    }
  })

  it('gives words as the store would read them, each with what stands in front', async () => {
    const column = new Column('tsvector', 1)
    const many = Array.from({ length: 3000 }, (_, at) => `word${at}`)
    for (const words of [['b', 'a', 'ab'], [], many]) column.words('v7', new Set(words))
    const { rows } = await database.pool.query<{ same: boolean }>(
      "select t.words = array_to_tsvector(string_to_array(t.said, ' ')) as same from unnest($1::tsvector[], $2::text[]) as t(words, said)",
      [column.parameter(), [['v7b', 'v7a', 'v7ab'].join(' '), '', many.map((word) => `v7${word}`).join(' ')]],
    )
    expect(rows.map(({ same }) => same)).toEqual([true, true, true])
    expect(() => new Column('tsvector').words('v7', new Set(['ä']))).toThrow(RangeError)
  })

  it('gives numbers of 32 bits with their sign, and ids in either case', async () => {
    const numbers = new Column('int4')
    for (const value of [0, -1, 2_147_483_647, -2_147_483_648, undefined]) numbers.int(value)
    expect(await unfolded(numbers, 'int')).toEqual([0, -1, 2_147_483_647, -2_147_483_648, null])
    const ids = new Column('uuid')
    ids.uuid('0190f3b2-7c1d-7abc-8def-0123456789ab')
    ids.uuid('0190F3B2-7C1D-7ABC-8DEF-0123456789AB')
    ids.uuid(undefined)
    ids.uuid(Buffer.from('0190f3b27c1d7abc8def0123456789ab', 'hex'))
    const id = '0190f3b2-7c1d-7abc-8def-0123456789ab'
    expect(await unfolded(ids, 'uuid')).toEqual([id, id, null, id])
    expect(() => new Column('uuid').uuid(new Uint8Array(15))).toThrow(RangeError)
  })

  it.each(['', '0190f3b2', '0190f3b2-7c1d-7abc-8def-0123456789abcd', 'zz90f3b2-7c1d-7abc-8def-0123456789ab'])('refuses the id %j', (id) => {
    expect(() => new Column('uuid').uuid(id)).toThrow(RangeError)
  })

  it('without elements is an empty one', async () => {
    expect(await unfolded(new Column('int4'), 'int')).toEqual([])
  })
})

describe('the lists of the search index', () => {
  const waiting = async (): Promise<readonly number[]> => {
    await database.pool.query('create extension if not exists pageinspect')
    const { rows } = await database.pool.query<{ pages: string }>(
      "select (gin_metapage_info(get_raw_page(i, 0))).n_pending_pages as pages from unnest(array['records.search_docs_keys', 'records.search_docs_words']) as i",
    )
    return rows.map(({ pages }) => Number(pages))
  }
  const records = (desk: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({
      desk,
      values: [['name', `Anna Janssens ${at}`] as const, ['notes', `note ${at}`] as const],
    }))

  it('are empty whenever a writer is done, so that no search reads what another desk wrote', async () => {
    await store.write(records(GHENT, 1))
    expect(await waiting()).toEqual([0, 0])
    await store.write(records(ANTWERP, 3000))
    expect(await waiting()).toEqual([0, 0])
  })
})
