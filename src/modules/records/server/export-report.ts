/** The report on a file as a table, for whoever has to mend the file; what was not kept of it is said in the last row. */
import { handle } from '#platform/http/route.ts'
import { exportImportReport } from '../contract.ts'
import { csvLine } from './export-csv.ts'
import { MOST_PROBLEMS } from './import-trouble.ts'
import { ownImport, problemsOf } from './imports.ts'

export const exportImportReportRoute = handle(exportImportReport, async (input, context) => {
  const row = await ownImport(context, input.import)
  const problems = await problemsOf(context.tx, row, { from: 0, limit: 2 * MOST_PROBLEMS })
  const lines = problems.map(({ line, at, severity, code, text, raw = '' }) => csvLine([String(line), at, severity, code, text, raw]))
  const left = row.problems - problems.length
  const more = left > 0 ? [csvLine(['', '', '', '', `${left} more problems were counted and not kept.`, ''])] : []
  return {
    fileName: `import-${row.import}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    text: `${['line,place,severity,code,text,raw', ...lines, ...more].join('\r\n')}\r\n`,
  }
})
