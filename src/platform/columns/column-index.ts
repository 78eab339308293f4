/**
 * What lies in the folder of one desk: its codes and, for each month, the parts with their rows. One small file, replaced as a whole: whoever reads it sees
 * a state that was complete. Codes are in it because numbers in the parts mean nothing without them.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type CodeBook, openCodeBook, readCodeLists } from '#kernel/risk/column-codes.ts'
import { AppError } from '#platform/http/app-error.ts'

const FILE = 'index.json'

const monthSchema = z.strictObject({
  rows: z.number().int().min(0),
  parts: z.array(z.strictObject({ file: z.string().regex(/^\d{4}-\d{2}\.[0-9a-f-]{36}\.\d{4}\.parquet$/), rows: z.number().int().min(1) })),
})
const indexSchema = z.strictObject({
  version: z.literal(1),
  codes: z.unknown(),
  months: z.record(z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/), monthSchema),
})

export type MonthParts = z.infer<typeof monthSchema>

export interface DeskIndex {
  readonly codes: CodeBook
  readonly months: ReadonlyMap<string, MonthParts>
}

/** An absent index is an empty one; a spoilt one is refused, because it cannot be told what is missing from it. */
export async function readIndex(folder: string): Promise<DeskIndex> {
  let text: string
  try {
    text = await readFile(path.join(folder, FILE), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { codes: openCodeBook(), months: new Map() }
    throw error
  }
  const index = indexSchema.safeParse(parseJson(text))
  const codes = index.success ? readCodeLists(index.data.codes) : undefined
  if (!index.success || codes?.ok !== true) {
    throw new AppError(
      503,
      'columns.damaged',
      'The index of the columns cannot be read; erase the columns of the desk and write them again.',
    )
  }
  return { codes: openCodeBook(codes.value), months: new Map(Object.entries(index.data.months)) }
}

export async function writeIndex(folder: string, { codes, months }: DeskIndex): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = path.join(folder, `${FILE}.${randomUUID()}`)
  try {
    await writeFile(draft, JSON.stringify({ version: 1, codes: codes.list(), months: Object.fromEntries(months) }), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
    await rename(draft, path.join(folder, FILE))
  } finally {
    await rm(draft, { force: true })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
