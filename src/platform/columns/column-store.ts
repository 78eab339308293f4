/**
 * The hot columns of a node: for each desk and month the rows that its desk holds, as Parquet files under the node's home. Derived from the database and never
 * the truth: a month is written again as a whole, and everything may be erased at any time. Invariants: a desk has a folder, codes and cache keys of its own, so
 * nothing of one desk reaches another; a month is seen as it was before or as it is after, never between; of two writers one waits.
 * Files and folders are open to the node's account alone (0600, 0700). They hold codes and keys, no names, and are not encrypted by themselves, like the tables of
 * the embedded database: put the home on an encrypted disk.
 */
import { randomUUID } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type ColumnArray, type ColumnBlock, createBlock, sliceBlock, writeRow } from '#kernel/risk/column-block.ts'
import type { CodeBook } from '#kernel/risk/column-codes.ts'
import type { ColumnName } from '#kernel/risk/column-layout.ts'
import type { ConsignmentRow } from '#kernel/risk/column-row.ts'
import { isSafeId } from '#platform/access/session-facts.ts'
import { AppError } from '#platform/http/app-error.ts'
import { openColumnCache } from './column-cache.ts'
import { type ColumnFiles, openColumnFiles } from './column-file.ts'
import { type DeskIndex, type MonthParts, readIndex, writeIndex } from './column-index.ts'
import { readAhead } from './read-ahead.ts'

export interface MonthReport {
  readonly month: string
  /** Every row that came in is in the files. */
  readonly rows: number
  /** Values that did not fit their column and count as missing, by column and reason. */
  readonly misfits: readonly { readonly code: string; readonly at: string; readonly count: number }[]
}

export interface ColumnStore {
  /** Puts these rows in place of what was there; an error on the way leaves the month as it was. */
  replaceMonth(wanted: {
    readonly desk: string
    readonly month: string
    readonly rows: AsyncIterable<ConsignmentRow>
  }): Promise<MonthReport>
  months(desk: string): Promise<readonly { readonly month: string; readonly rows: number }[]>
  /** What the desk holds of these months at this moment; a month that is not there has no rows. */
  snapshot(asked: { readonly desk: string; readonly months: readonly string[] }): Promise<ColumnSnapshot>
  eraseDesk(desk: string): Promise<void>
  close(): void
}

export interface ColumnSnapshot {
  /** Of the same moment: a rule that is resolved with them misses no code of the blocks. */
  readonly codes: CodeBook
  readonly rows: number
  /** Part by part in the order of the months, only the columns asked for. Says so when a part was written again since. */
  blocks(columns: readonly ColumnName[]): AsyncIterable<ColumnBlock>
}

export interface StoreOptions {
  readonly folder: string
  /** Memory for columns that were read. */
  readonly cacheBytes?: number
  readonly rowsAPart?: number
}

const CACHE_BYTES = 1_500_000_000
const ROWS_A_PART = 1_000_000
/** Rows encoded at a time; the event loop turns between them. */
const BATCH = 8192
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export async function openColumnStore({ folder, cacheBytes = CACHE_BYTES, rowsAPart = ROWS_A_PART }: StoreOptions): Promise<ColumnStore> {
  const files = await openColumnFiles(folder)
  const cache = openColumnCache(cacheBytes)
  const turns = new Map<string, Promise<unknown>>()
  const place = (desk: string): string => path.join(folder, checked(desk))
  /** One writer after the other in a desk's folder. */
  const inTurn = async <T>(desk: string, work: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(desk) ?? Promise.resolve()).then(work, work)
    turns.set(desk, mine)
    try {
      return await mine
    } finally {
      if (turns.get(desk) === mine) turns.delete(desk)
    }
  }
  return {
    replaceMonth: async ({ desk, month, rows }) => {
      if (!MONTH.test(month)) throw new RangeError('A month is written YYYY-MM.')
      return await inTurn(desk, async () => {
        const report = await replaceMonth({ files, place: place(desk), desk: checked(desk), month, rowsAPart }, rows)
        cache.drop(`${checked(desk)}/${month}.`)
        return report
      })
    },
    months: async (desk) => [...(await readIndex(place(desk))).months].map(([month, { rows }]) => ({ month, rows })).sort(byMonth),
    snapshot: async ({ desk, months }) => {
      const { codes, months: held } = await readIndex(place(desk))
      const parts = [...new Set(months)].sort().flatMap((month) => (held.get(month)?.parts ?? []).map((part) => ({ month, ...part })))
      return {
        codes,
        rows: parts.reduce((sum, part) => sum + part.rows, 0),
        blocks: (columns) =>
          readAhead(parts, async ({ month, file, rows }) => {
            try {
              return await readPart({ files, cache, file: `${checked(desk)}/${file}` }, { columns, rows })
            } catch (cause) {
              const now = (await readIndex(place(desk))).months.get(month)?.parts ?? []
              if (now.some((part) => part.file === file)) throw cause
              throw new AppError(409, 'columns.replaced', 'The month was written again meanwhile; ask once more.', { cause })
            }
          }),
      }
    },
    eraseDesk: async (desk) => {
      await inTurn(desk, async () => {
        await rm(place(desk), { recursive: true, force: true })
        cache.drop(`${checked(desk)}/`)
      })
    },
    close: () => files.close(),
  }
}

interface MonthWork {
  readonly files: ColumnFiles
  readonly place: string
  /** The folder as the files know it. */
  readonly desk: string
  readonly month: string
  readonly rowsAPart: number
}

async function replaceMonth(work: MonthWork, rows: AsyncIterable<ConsignmentRow>): Promise<MonthReport> {
  const { place, month } = work
  const index = await readIndex(place)
  // An empty index makes the folder.
  if (index.months.size === 0) await writeIndex(place, index)
  const misfits = new Map<string, number>()
  const parts: MonthParts['parts'] = []
  const generation = randomUUID()
  try {
    for await (const part of partsOf(encoded(rows, index.codes, misfits), work.rowsAPart)) {
      const file = `${month}.${generation}.${String(parts.length).padStart(4, '0')}.parquet`
      parts.push({ file, rows: await work.files.write(`${work.desk}/${file}`, part) })
    }
    const total = parts.reduce((sum, part) => sum + part.rows, 0)
    const months = new Map(index.months).set(month, { rows: total, parts })
    await writeIndex(place, { codes: index.codes, months })
    await sweep(place, { codes: index.codes, months })
    return { month, rows: total, misfits: listed(misfits) }
  } catch (error) {
    await sweep(place, await readIndex(place))
    throw error
  }
}

/** Takes away files that the index does not name: what was replaced, and what a broken writer left. */
async function sweep(place: string, { months }: DeskIndex): Promise<void> {
  const named = new Set([...months.values()].flatMap(({ parts }) => parts.map(({ file }) => file)))
  for (const file of await readdir(place))
    if (file.includes('.parquet') && !named.has(file)) await rm(path.join(place, file), { force: true })
}

async function* encoded(rows: AsyncIterable<ConsignmentRow>, codes: CodeBook, misfits: Map<string, number>): AsyncGenerator<ColumnBlock> {
  const block = createBlock(BATCH)
  let count = 0
  for await (const row of rows) {
    for (const { code, at } of writeRow(block, count, { row, codes })) misfits.set(`${code} ${at}`, (misfits.get(`${code} ${at}`) ?? 0) + 1)
    count += 1
    if (count < BATCH) continue
    yield block
    count = 0
  }
  if (count > 0) yield sliceBlock(block, 0, count)
}

/** Groups blocks into parts, each taken to its end before the next begins. However it ends, the source of the rows is told. */
async function* partsOf(blocks: AsyncGenerator<ColumnBlock>, rowsAPart: number): AsyncGenerator<AsyncIterable<ColumnBlock>> {
  try {
    let next = await blocks.next()
    const part = async function* (): AsyncGenerator<ColumnBlock> {
      for (let rows = 0; next.done !== true && rows < rowsAPart; next = await blocks.next()) {
        rows += next.value.count
        yield next.value
      }
    }
    while (next.done !== true) yield part()
  } finally {
    await blocks.return(undefined)
  }
}

async function readPart(
  { files, cache, file }: { readonly files: ColumnFiles; readonly cache: ReturnType<typeof openColumnCache>; readonly file: string },
  { columns, rows }: { readonly columns: readonly ColumnName[]; readonly rows: number },
): Promise<ColumnBlock> {
  const held = new Map<ColumnName, ColumnArray>()
  for (const name of columns) {
    const column = cache.get(`${file}/${name}`)
    if (column !== undefined) held.set(name, column)
  }
  const wanted = columns.filter((name) => !held.has(name))
  if (wanted.length > 0) {
    const read = await files.read(file, { columns: wanted, rows })
    for (const [name, column] of Object.entries(read.columns) as [ColumnName, ColumnArray][]) {
      cache.put(`${file}/${name}`, column)
      held.set(name, column)
    }
  }
  return { count: rows, columns: Object.fromEntries(held) }
}

/** Ids of desks come from the directory; one that could leave the folder is no id. */
function checked(desk: string): string {
  if (!isSafeId(desk)) throw new AppError(422, 'columns.desk', 'This is no id of a desk.')
  return desk
}

function byMonth(a: { readonly month: string }, b: { readonly month: string }): number {
  return a.month < b.month ? -1 : a.month > b.month ? 1 : 0
}

function listed(misfits: ReadonlyMap<string, number>): MonthReport['misfits'] {
  return [...misfits].map(([key, count]) => {
    const [code = '', at = ''] = key.split(' ')
    return { code, at, count }
  })
}
