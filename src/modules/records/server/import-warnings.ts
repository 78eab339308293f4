/** What is told of a record that is kept whole and is not found, drawn or kept standing in all of it, and of one that is not kept. */
import { edgesLeftOut } from './edge-rows.ts'
import { type LineProblem, type ReadRecord, refusedLine, warning } from './import-unit.ts'
import { searchDocOf } from './search-doc.ts'

/** Records of fewer values and signs have fewer keys and words than are kept. */
const FEW_VALUES = 100
const FEW_SIGNS = 20_000

/** Lines of one run that say something different of one record: as many sources as its page reads, and all of them are looked up for each batch. */
export const MOST_OF_RECORD = 10_000

export function warningsOf(record: ReadRecord, entity: string): readonly LineProblem[] {
  const problems: LineProblem[] = []
  const leftOut = edgesLeftOut({ ...record, entity })
  if (leftOut > 0)
    problems.push(
      warning(record.line, {
        code: 'record.edges',
        at: 'properties',
        message: `${leftOut} relations between its values are more than are drawn.`,
      }),
    )
  if (isCutForSearch(record))
    problems.push(
      warning(record.line, {
        code: 'record.search',
        at: 'properties',
        message: 'The record is kept whole; it has more words, names or numbers than it can be found by.',
      }),
    )
  return problems
}

/** What a person decided on the statement is not undone by its source. */
export function letGo(line: number, isErased: boolean): LineProblem {
  return isErased
    ? warning(line, { code: 'record.erased', at: 'line', message: 'The desk let go of what this line says; it stays erased.' })
    : warning(line, { code: 'record.withdrawn', at: 'line', message: 'The desk withdrew what this line says; it stays withdrawn.' })
}

/** The id stands in so many lines that it is hardly one of a record. */
export function tooMany(line: number, externalId: string): LineProblem {
  const message = `${MOST_OF_RECORD} lines of the file that say something different have this id already, which are all that are taken.`
  return refusedLine(line, { code: 'record.id.too-many', at: 'id', message }, externalId)
}

function isCutForSearch({ schema, values }: ReadRecord): boolean {
  let signs = 0
  for (const [, value] of values) signs += value.length
  if (values.length <= FEW_VALUES && signs <= FEW_SIGNS) return false
  // The limits are the same in every view.
  return searchDocOf({ schema, vals: values }, '0')?.isCut === true
}
