/**
 * A collection as far as it is for the reader, a page at a time: entities, statements, or a table. The last line of every page says how many records it holds and,
 * while more follow, the mark of the next page; nothing is cut without saying so. What is restricted goes out as statements alone, which say that it is; of other
 * forms it is left out and counted.
 */
import { sql } from 'kysely'
import { propertiesOf, propertyOf, schemaOf } from '#kernel/record/model.ts'
import { AppError } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type ExportEnd, exportCollection, linesEnd, tableEnd } from '../contract.ts'
import { canonicals, type DeskFacts } from './clusters.ts'
import { visibleCollection } from './collections.ts'
import { csvLine, joinedValues } from './export-csv.ts'
import { entityLine, statementLines, withOutsideNames } from './export-lines.ts'
import { type Sized, sized } from './read-fragments-portions.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { takeReadable } from './read-fragments-room.ts'
import { numbered } from './read-fragments-view.ts'

const PAGE = 5000
/** A page ends with the record that goes beyond. */
const MOST_SIGNS = 16 * 1024 * 1024
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

export const exportCollectionRoute = handle(exportCollection, async (input, context) => {
  const { tx, facts } = context
  const collection = await visibleCollection(tx, facts.authority, input.collection)
  const [after] = readMark(input.after, { parts: ['text'], code: 'records.cursor' }) ?? []
  if (after !== undefined && !UUID.test(String(after)))
    throw new AppError(400, 'records.cursor', 'The page mark is not one this list gave out.')
  context.about({ kind: 'collection', id: collection.collection })
  const asked = {
    collection: input.collection,
    after: after === undefined ? undefined : String(after),
    schema: input.schema,
  }
  const { fragments: found, more } = await pageAfter(tx, facts, asked)
  const fragments = await withOutsideNames(tx, facts, found)
  const canonical = await canonicals(tx, facts, [...new Set(fragments.map(({ entity }) => entity))])
  const print = printer(input.format, input.schema, canonical)
  const lines = [...print.head]
  let [signs, shown, restricted] = [0, 0, 0]
  for (const fragment of fragments) {
    if (signs > MOST_SIGNS) break
    shown += 1
    if (fragment.restricted && input.format !== 'statements') {
      restricted += 1
      continue
    }
    for (const line of print.lines(fragment)) {
      lines.push(line)
      signs += line.length
    }
  }
  const last = fragments[shown - 1]
  const next = (shown < found.length || more) && last !== undefined ? writeMark([last.fragment]) : undefined
  lines.push(print.trailer({ records: shown - restricted, restricted, next }))
  return {
    fileName: `collection-${collection.collection}.${input.format === 'csv' ? 'csv' : 'jsonl'}`,
    mediaType: input.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    text: `${lines.join('\n')}\n`,
  }
})

interface PageAsked {
  readonly collection: string
  readonly after: string | undefined
  readonly schema: string | undefined
}

interface CollectionPage {
  readonly fragments: readonly ReadableFragment[]
  /** Others follow. */
  readonly more: boolean
}

/** What is current of a collection and for the reader, in the order of ids, after one of them: as much as a page holds, of number and of size. */
async function pageAfter(tx: Tx, facts: DeskFacts, { collection, after, schema }: PageAsked): Promise<CollectionPage> {
  const isAfter = after === undefined ? sql<boolean>`true` : sql<boolean>`f.fragment > ${after}::uuid`
  const isOf = schema === undefined ? sql<boolean>`true` : sql<boolean>`f.schema = ${schema}`
  const { rows: found } =
    await sql<Sized>`select ${sized} from records.fragments f where f.org = ${facts.authority} and f.collection = ${collection}::uuid and f.recorded_to is null and f.vals is not null
    and ${isAfter} and ${isOf} order by f.fragment limit ${PAGE + 1}`.execute(tx)
  const fragments: ReadableFragment[] = []
  const { read } = await takeReadable(tx, facts, {
    asked: found.slice(0, PAGE),
    mostBytes: MOST_SIGNS,
    take: (some) => void fragments.push(...some),
  })
  return { fragments, more: read < found.length }
}

interface Printer {
  readonly head: readonly string[]
  readonly lines: (fragment: ReadableFragment) => readonly string[]
  readonly trailer: (end: ExportEnd) => string
}

function printer(format: 'ftm' | 'statements' | 'csv', schema: string | undefined, canonical: ReadonlyMap<string, string>): Printer {
  const trailer = linesEnd
  if (format === 'ftm') return { head: [], lines: (fragment) => [entityLine(fragment)], trailer }
  if (format === 'statements')
    return { head: [], lines: (fragment) => statementLines(fragment, canonical.get(fragment.entity) ?? fragment.entity), trailer }
  const table = schema === undefined || schemaOf(schema) === undefined ? statementTable(canonical) : recordTable(schema, canonical)
  const columns = table.head[0]?.split(',').length ?? 1
  return {
    ...table,
    trailer: (end) => csvLine([tableEnd(end), ...Array<string>(columns - 1).fill('')]),
  }
}

type Table = Pick<Printer, 'head' | 'lines'>

/** One row for each value. */
function statementTable(canonical: ReadonlyMap<string, string>): Table {
  return {
    head: [
      'record,merged_as,id,schema,property,value,valid_from,valid_to,language,source_grade,information_grade,handling,line,pointer,recorded_from,statement',
    ],
    lines: ({ fragment, entity, externalId, schema, values, body, line, recordedFrom }) =>
      Array.from(numbered(schema, values), ([ordinal, [prop, value, pointer, from, to, lang, said]]) =>
        csvLine([
          entity,
          canonical.get(entity) ?? entity,
          externalId,
          schema,
          prop,
          said ?? value,
          from ?? '',
          to ?? '',
          lang ?? '',
          body.evaluation.source,
          String(body.evaluation.info),
          [...body.handling.H, `TLP:${body.handling.tlp}`].join(' '),
          line === undefined ? '' : String(line),
          pointer ?? '',
          recordedFrom.toISOString(),
          `${fragment}/${ordinal}`,
        ]),
      ),
  }
}

/** One row for each fragment of one schema, one column for each of its properties. */
function recordTable(schema: string, canonical: ReadonlyMap<string, string>): Table {
  const properties = [...propertiesOf(schema).keys()].filter((name) => propertyOf(schema, name)?.isStub !== true)
  return {
    head: [['record', 'merged_as', 'id', ...properties].join(',')],
    lines: ({ entity, externalId, values }) => {
      const byProperty = new Map<string, string[]>()
      for (const [prop, value, , , , , said] of values) byProperty.set(prop, [...(byProperty.get(prop) ?? []), said ?? value])
      return [
        csvLine([
          entity,
          canonical.get(entity) ?? entity,
          externalId,
          ...properties.map((name) => joinedValues(byProperty.get(name) ?? [])),
        ]),
      ]
    },
  }
}
