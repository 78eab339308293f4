/** What is told of a record that is kept whole and is not found, drawn or kept standing in all of it. */
import { edgesLeftOut } from './edge-rows.ts'
import { type LineProblem, type ReadRecord, warning } from './import-unit.ts'
import { searchDocOf } from './search-doc.ts'

/** Records of fewer values and signs have fewer keys and words than are kept. */
const FEW_VALUES = 100
const FEW_SIGNS = 20_000

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

function isCutForSearch({ schema, values }: ReadRecord): boolean {
  let signs = 0
  for (const [, value] of values) signs += value.length
  if (values.length <= FEW_VALUES && signs <= FEW_SIGNS) return false
  // The limits are the same in every view.
  return searchDocOf({ schema, vals: values }, '0')?.isCut === true
}
