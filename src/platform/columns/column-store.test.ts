import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnOf, createBlock, writeRow } from '#kernel/risk/column-block.ts'
import { openCodeBook } from '#kernel/risk/column-codes.ts'
import { COLUMN_NAMES } from '#kernel/risk/column-layout.ts'
import type { ConsignmentRow } from '#kernel/risk/column-row.ts'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import { AppError } from '#platform/http/app-error.ts'
import { type ColumnStore, openColumnStore } from './column-store.ts'

let folder: string
let store: ColumnStore
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'columns-'))
  store = await openColumnStore({ folder, rowsAPart: 10_000 })
})
afterAll(async () => {
  store.close()
  await rm(folder, { recursive: true })
})

function drawn(count: number, seed: number): ConsignmentRow[] {
  const random = createSeededRandom(seed)
  return Array.from({ length: count }, () => ({
    pol: random.pick(['ECGYE', 'PECLL', 'COBUN']),
    pod: random.pick(['BEANR', 'NLRTM', undefined]),
    port: random.pick(['BEANR', 'BEZEE']),
    hs4: random.pick(['0803', '0901', undefined]),
    shipper: random.chance(0.1) ? 'natural-person' : random.integer(0, 50_000),
    weight: random.integer(0, 300_000) / 10,
    leadDays: random.integer(-5, 90),
    day: random.integer(20_000, 20_030),
    container: random.integer(0, 2 ** 31) * 16,
    flags: { full: random.chance(0.8) },
    indicators: { I3: random.chance(0.1), L8: random.chance(0.5) },
    ...(random.chance(0.1) ? { outcome: 'found' as const, probability: 0.05 } : {}),
  }))
}

async function* stream(rows: readonly ConsignmentRow[]): AsyncGenerator<ConsignmentRow> {
  yield* rows
}

async function everything(desk: string, months: readonly string[]): Promise<number[][]> {
  const columns: number[][] = COLUMN_NAMES.map(() => [])
  for await (const block of (await store.snapshot({ desk, months })).blocks(COLUMN_NAMES))
    for (const [index, name] of COLUMN_NAMES.entries()) columns[index]?.push(...columnOf(block, name))
  return columns
}

const codesOf = async (desk: string) => (await store.snapshot({ desk, months: [] })).codes
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

describe('a month of a desk', () => {
  it('comes back as it went in, in order, in shared memory, over several parts', async () => {
    const rows = drawn(25_001, 1)
    const report = await store.replaceMonth({ desk: 'be.customs.antwerp', month: '2026-01', rows: stream(rows) })
    expect(report).toEqual({ month: '2026-01', rows: rows.length, misfits: [] })
    const [codes, block] = [openCodeBook(), createBlock(rows.length)]
    for (const [at, row] of rows.entries()) writeRow(block, at, { row, codes })
    expect(await everything('be.customs.antwerp', ['2026-01'])).toEqual(COLUMN_NAMES.map((name) => [...columnOf(block, name)]))
    expect((await codesOf('be.customs.antwerp')).list()).toEqual(codes.list())
    const snapshot = await store.snapshot({ desk: 'be.customs.antwerp', months: ['2026-01'] })
    expect(snapshot.rows).toBe(rows.length)
    for await (const part of snapshot.blocks(['pol', 'weight'])) {
      expect(Object.keys(part.columns)).toEqual(['pol', 'weight'])
      expect(part.columns.weight?.buffer).toBeInstanceOf(SharedArrayBuffer)
    }
  })

  it('is replaced as a whole, keeps the numbers of its codes, and leaves no file behind', async () => {
    const desk = 'be.customs.zeebrugge'
    await store.replaceMonth({ desk, month: '2026-01', rows: stream(drawn(12_000, 2)) })
    const before = (await codesOf(desk)).list()
    await store.replaceMonth({ desk, month: '2026-01', rows: stream([{ pol: 'BRSSZ', day: 20_001 }]) })
    const after = (await codesOf(desk)).list()
    expect(after.place.slice(0, before.place.length)).toEqual(before.place)
    expect(await store.months(desk)).toEqual([{ month: '2026-01', rows: 1 }])
    const pol = (await everything(desk, ['2026-01']))[COLUMN_NAMES.indexOf('pol')]?.[0] ?? 0
    expect((await codesOf(desk)).codeOf('place', pol)).toBe('BRSSZ')
    expect((await readdir(path.join(folder, desk))).map((file) => file.replace(/[0-9a-f-]{36}/, 'ID')).sort()).toEqual([
      '2026-01.ID.0000.parquet',
      'index.json',
    ])
  })

  it('stays as it was when its rows end in an error, and is told of the error', async () => {
    const desk = 'be.customs.ghent'
    await store.replaceMonth({ desk, month: '2026-02', rows: stream(drawn(100, 3)) })
    const before = await everything(desk, ['2026-02'])
    let isTold = false
    const broken = async function* (): AsyncGenerator<ConsignmentRow> {
      try {
        yield* drawn(15_000, 4)
        throw new Error('The connection was lost.')
      } finally {
        isTold = true
      }
    }
    await expect(store.replaceMonth({ desk, month: '2026-02', rows: broken() })).rejects.toThrow('The connection was lost.')
    expect(isTold).toBe(true)
    expect(await everything(desk, ['2026-02'])).toEqual(before)
    expect((await readdir(path.join(folder, desk))).filter((file) => file.endsWith('.parquet'))).toHaveLength(1)
  })

  it('counts what did not fit, and loses no row', async () => {
    const rows = [{ pol: 'BEANR ' }, { pol: ' ' }, { weight: Number.NaN, day: 1 }, { hs4: '12' }] as ConsignmentRow[]
    const report = await store.replaceMonth({ desk: 'nl.customs', month: '2026-03', rows: stream(rows) })
    expect(report.rows).toBe(4)
    expect(report.misfits).toEqual([
      { code: 'column.misfit', at: 'pol', count: 2 },
      { code: 'column.misfit', at: 'weight', count: 1 },
      { code: 'column.misfit', at: 'hs4', count: 1 },
    ])
    expect((await store.replaceMonth({ desk: 'nl.customs', month: '2026-03', rows: stream([]) })).rows).toBe(0)
    expect(await everything('nl.customs', ['2026-03', '2031-01'])).toEqual(COLUMN_NAMES.map(() => []))
  })
})

describe('desks', () => {
  it('number for themselves: what one holds changes no byte of what another reads', async () => {
    const of = async (desk: string) => [await everything(desk, ['2026-05']), (await codesOf(desk)).list(), await store.months(desk)]
    await store.replaceMonth({ desk: 'de.zoll.a', month: '2026-05', rows: stream(drawn(500, 5)) })
    await store.replaceMonth({ desk: 'de.zoll.b', month: '2026-05', rows: stream(drawn(700, 6).map((row) => ({ ...row, pol: 'MAPTM' }))) })
    await store.replaceMonth({ desk: 'de.zoll.c', month: '2026-05', rows: stream(drawn(500, 5)) })
    expect(await of('de.zoll.c')).toEqual(await of('de.zoll.a'))
  })

  it('write at the same time without harm to each other or to themselves', async () => {
    await Promise.all(
      ['it.a', 'it.b', 'it.a', 'it.a'].map(
        async (desk, index) => await store.replaceMonth({ desk, month: `2026-0${index + 1}`, rows: stream(drawn(300 + index, index)) }),
      ),
    )
    expect(await store.months('it.a')).toEqual([
      { month: '2026-01', rows: 300 },
      { month: '2026-03', rows: 302 },
      { month: '2026-04', rows: 303 },
    ])
  })

  it('cannot leave the folder', async () => {
    for (const desk of ['../x', '', '..', 'a/b', '/etc', 'A', 'a\u0000b', `a'b`])
      expect(await codeOf(store.months(desk))).toBe('columns.desk')
    await expect(store.replaceMonth({ desk: 'a', month: '../2026', rows: stream([]) })).rejects.toThrow(RangeError)
  })

  it('are erased without a trace', async () => {
    await store.replaceMonth({ desk: 'es.aduanas', month: '2026-01', rows: stream(drawn(10, 1)) })
    await everything('es.aduanas', ['2026-01'])
    await store.eraseDesk('es.aduanas')
    expect([await store.months('es.aduanas'), await readdir(folder)]).toEqual([[], expect.not.arrayContaining(['es.aduanas'])])
  })
})

it('a month that is written again while it is read says so, and is not half of each', async () => {
  const desk = 'pt.at'
  await store.replaceMonth({ desk, month: '2026-01', rows: stream(drawn(35_000, 9)) })
  const read = async () => {
    let isFirst = true
    for await (const _ of (await store.snapshot({ desk, months: ['2026-01'] })).blocks(['hs4'])) {
      if (isFirst) await store.replaceMonth({ desk, month: '2026-01', rows: stream(drawn(5, 9)) })
      isFirst = false
    }
  }
  expect(await codeOf(read())).toBe('columns.replaced')
})

describe('the files', () => {
  it('are open to the account of the node alone, and hold no text', async () => {
    const desk = path.join(folder, 'be.customs.antwerp')
    expect((await stat(desk)).mode & 0o077).toBe(0)
    for (const file of await readdir(desk)) expect((await stat(path.join(desk, file))).mode & 0o077).toBe(0)
    const [parquet] = (await readdir(desk)).filter((file) => file.endsWith('.parquet'))
    expect((await readFile(path.join(desk, parquet ?? ''))).includes('ECGYE')).toBe(false)
  })

  it('are refused by name when they are damaged, cut off or another file', async () => {
    const desk = 'pl.kas'
    await store.replaceMonth({ desk, month: '2026-01', rows: stream(drawn(5000, 8)) })
    const [name = ''] = (await readdir(path.join(folder, desk))).filter((file) => file.endsWith('.parquet'))
    const place = path.join(folder, desk, name)
    const bytes = await readFile(place)
    const other = await openColumnStore({ folder })
    for (const spoilt of [bytes.subarray(0, bytes.length / 2), Buffer.alloc(0), Buffer.from('PAR1 nothing PAR1')]) {
      await writeFile(place, spoilt)
      const read = async () => {
        for await (const _ of (await other.snapshot({ desk, months: ['2026-01'] })).blocks(['pol']));
      }
      expect(await codeOf(read())).toBe('columns.damaged')
    }
    await writeFile(path.join(folder, desk, 'index.json'), '{"version":1,"codes":{},"months":{}}')
    expect(await codeOf(other.months(desk))).toBe('columns.damaged')
    await other.eraseDesk(desk)
    expect((await other.replaceMonth({ desk, month: '2026-01', rows: stream(drawn(5, 8)) })).rows).toBe(5)
    other.close()
  })
})
