/**
 * A file that lies beside a command instead of in a node, read as an import reads it: the same lines are taken, the same are told. It is never held whole.
 * In = subjects + what is told.
 */
import { open } from 'node:fs/promises'
import { type Mapping, repeatedColumns } from '#kernel/record/csv-mapping.ts'
import { checkMapping } from '#kernel/record/csv-mapping-check.ts'
import { suggestMapping } from '#kernel/record/csv-suggest.ts'
import { isMatchable, propertyOf } from '#kernel/record/model.ts'
import { AppError } from '#platform/http/app-error.ts'
import { tableHead } from './import-head.ts'
import type { FileBytes } from './import-lines.ts'
import { unitsOfFile } from './import-open.ts'
import type { ReadRecord, Unit } from './import-unit.ts'
import { propertiesOf } from './search-doc.ts'

interface LocalFile {
  readonly path: string
  readonly format: 'ftm' | 'csv'
  /** Of a table, as it was given; proposed from its headers without it. */
  readonly mapping?: unknown
}

export interface Subject {
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
}

type SubjectRead =
  | { readonly line: number; readonly subject: Subject }
  | { readonly line: number; readonly because: string /** The rest of the line is still compared. */; readonly isWarning: boolean }

/** Records of a file that can be compared, one after the other. */
export async function* subjectsOfFile({ path, format, mapping }: LocalFile): AsyncIterable<SubjectRead> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    if (size === 0) return
    const file: FileBytes = {
      size,
      slice: async (start, end) => {
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(end - start), 0, end - start, start)
        return buffer.subarray(0, bytesRead)
      },
    }
    const units = await unitsOfFile({
      file,
      format,
      collection: '',
      mapping: format === 'csv' ? await mappingFor(file, mapping) : { entities: {} },
      place: { byte: 0, lines: 0 },
    })
    if (units === undefined) throw notOfForm()
    for await (const some of units) for (const unit of some) yield* subjectsOf(unit)
  } finally {
    await handle.close()
  }
}

async function mappingFor(file: FileBytes, given: unknown): Promise<Mapping> {
  const head = await tableHead(file)
  if (head === undefined) throw notOfForm()
  const { headers, sample } = head
  const rows = sample.map((cells) => Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ''])))
  const checked = checkMapping(given ?? suggestMapping(headers, rows).mapping, headers)
  const problems = checked.ok ? repeatedColumns(checked.value, headers) : checked.problems
  if (!checked.ok || problems.length > 0)
    throw new AppError(422, 'records.mapping', problems.map(({ at, message }) => `${at}: ${message}`).join('\n'))
  return checked.value
}

function notOfForm(): AppError {
  return new AppError(422, 'records.file-format', 'The file is not of that form.')
}

function* subjectsOf({ line, records, problems }: Unit): Iterable<SubjectRead> {
  if (records.length > 0) for (const each of problems) yield { line: each.line, because: `${each.place}: ${each.text}`, isWarning: true }
  else if (problems.length > 0) yield { line, because: problems.map(({ text }) => text).join(' '), isWarning: false }
  for (const record of records) yield subjectOf(record)
}

function subjectOf({ schema, values, line }: ReadRecord): SubjectRead {
  if (!isMatchable(schema)) return { line, because: `A ${schema} is compared with nothing.`, isWarning: false }
  // References lead to other records of the file, which say nothing of this one.
  const own = values.filter(([prop]) => propertyOf(schema, prop)?.type !== 'entity')
  return { line, subject: { schema, properties: propertiesOf(own) } }
}
