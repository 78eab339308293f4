/**
 * Column blocks in Parquet files and back, by DuckDB in memory. Invariants: a file under its name is whole (written beside, then renamed) and readable by
 * the node's account alone; the engine may touch no other folder, load no extension and open no connection; order of rows is kept.
 * The files hold codes and keys, never a name; like the tables they are made from they are not encrypted by themselves.
 */
import { randomUUID } from 'node:crypto'
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  FLOAT,
  INTEGER,
  quotedIdentifier,
  quotedString,
  SMALLINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
} from '@duckdb/node-api'
import { type ColumnBlock, columnOf, createBlock } from '#kernel/risk/column-block.ts'
import { COLUMN_NAMES, type ColumnName, type Element, specOf } from '#kernel/risk/column-layout.ts'
import { AppError } from '#platform/http/app-error.ts'
import { FILL, TAKE } from './column-vectors.ts'

export interface ColumnFiles {
  /** Writes the blocks one after the other; answers the number of rows. */
  write(file: string, blocks: AsyncIterable<ColumnBlock> | Iterable<ColumnBlock>): Promise<number>
  /** The columns asked for, in shared memory. */
  read(file: string, asked: { readonly columns: readonly ColumnName[]; readonly rows: number }): Promise<ColumnBlock>
  close(): void
}

const TYPES: Readonly<Record<Element, DuckDBType>> = {
  u8: UTINYINT,
  u16: USMALLINT,
  u32: UINTEGER,
  i16: SMALLINT,
  i32: INTEGER,
  f32: FLOAT,
  f64: DOUBLE,
}
/** Rows that the engine takes and gives at once. */
const CHUNK = 2048

export async function openColumnFiles(folder: string, threads = 2): Promise<ColumnFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: '1GB',
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const setup = await instance.connect()
  await setup.run(`set allowed_directories = [${quotedString(`${path.resolve(folder)}/`)}]`)
  await setup.run('set enable_external_access = false')
  await setup.run('set lock_configuration = true')
  setup.closeSync()
  const within = (file: string): string => path.join(path.resolve(folder), file)
  return {
    write: async (file, blocks) => await withConnection(instance, async (connection) => await write(connection, within(file), blocks)),
    read: async (file, asked) =>
      await withConnection(instance, async (connection) => {
        try {
          return await read(connection, within(file), asked)
        } catch (cause) {
          throw new AppError(503, 'columns.damaged', 'A file of columns cannot be read; the month has to be written again.', { cause })
        }
      }),
    close: () => instance.closeSync(),
  }
}

async function withConnection<T>(instance: DuckDBInstance, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const connection = await instance.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}

async function write(
  connection: DuckDBConnection,
  file: string,
  blocks: AsyncIterable<ColumnBlock> | Iterable<ColumnBlock>,
): Promise<number> {
  const types = COLUMN_NAMES.map((name) => TYPES[specOf(name).element])
  const list = COLUMN_NAMES.map((name, index) => `${quotedIdentifier(name)} ${String(types[index])} not null`)
  await connection.run(`create temporary table rows (${list.join(', ')})`)
  const draft = `${file}.${randomUUID()}`
  try {
    const appender = await connection.createAppender('rows')
    let rows = 0
    for await (const block of blocks) {
      for (let from = 0; from < block.count; from += CHUNK) {
        const count = Math.min(CHUNK, block.count - from)
        const chunk = DuckDBDataChunk.create(types, count)
        for (const [index, name] of COLUMN_NAMES.entries())
          FILL[specOf(name).element](chunk.getColumnVector(index) as never, columnOf(block, name) as never, from)
        appender.appendDataChunk(chunk)
        rows += count
      }
    }
    appender.closeSync()
    // Made here, so that at no time anybody else may read it.
    await (await open(draft, 'wx', 0o600)).close()
    await connection.run(`copy rows to ${quotedString(draft)} (format parquet, compression lz4_raw, row_group_size 122880)`)
    await chmod(draft, 0o600)
    await rename(draft, file)
    return rows
  } finally {
    await rm(draft, { force: true })
    await connection.run('drop table rows')
  }
}

async function read(
  connection: DuckDBConnection,
  file: string,
  { columns, rows }: { readonly columns: readonly ColumnName[]; readonly rows: number },
): Promise<ColumnBlock> {
  const block = createBlock(rows, columns, (bytes) => new SharedArrayBuffer(bytes))
  const list = columns.map((name) => `${quotedIdentifier(name)}::${String(TYPES[specOf(name).element])}`)
  const result = await connection.stream(`select ${list.join(', ')} from read_parquet(${quotedString(file)})`)
  let at = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    const count = chunk.rowCount
    if (at + count > rows) throw new RangeError('The file holds more rows than were written.')
    for (const [index, name] of columns.entries())
      TAKE[specOf(name).element](chunk.getColumnVector(index) as never, columnOf(block, name) as never, at)
    at += count
  }
  if (at !== rows) throw new RangeError(`The file holds ${at} of ${rows} rows.`)
  return block
}
