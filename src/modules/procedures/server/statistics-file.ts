/** Statistics as a file: the same figures, nothing more. Withheld stands as an empty cell in CSV and as null in JSON, and the file says so. */
import type { Figures, StatisticsTable } from '../contract.ts'

const HEAD = ['table', 'basis', 'kind', 'row', 'value', 'unit'] as const
type Line = readonly (string | number | null)[]

export function statisticsCsv(figures: Figures): string {
  const head: Line[] = [
    HEAD,
    ['procedure', '', '', figures.procedure, null, ''],
    ['period', '', '', `${figures.from} / ${figures.until}`, null, ''],
    ['withheld below', '', 'policy', 'an empty value is withheld', figures.smallCell, 'cases'],
  ]
  const lines: Line[] = [
    ...head,
    ...linesOf(figures.states, { table: 'state at the end of the period', unit: 'cases' }),
    ...linesOf(figures.refusals, { table: 'refusals by ground', unit: 'steps' }),
    ...figures.clocks.flatMap(({ title, kind, basis, adherence }) =>
      linesOf(adherence, { table: title, unit: 'clocks', kind, basis: `${basis.act} ${basis.art}`.trim(), mark: basis.mark }),
    ),
    ...figures.times.flatMap(({ from, to, medianHours, p90Hours }): Line[] => [
      ['median time between steps', '', '', `${from} → ${to}`, medianHours, 'hours'],
      ['ninth decile of time between steps', '', '', `${from} → ${to}`, p90Hours, 'hours'],
    ]),
    ...figures.statutory.flatMap(({ meaning, basis, tables }) =>
      tables.flatMap(({ title, table }) =>
        linesOf(table, {
          table: `${meaning}: ${title}`,
          unit: 'requests',
          kind: 'law',
          basis: `${basis.act} ${basis.art}`,
          mark: basis.mark,
        }),
      ),
    ),
  ]
  return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

export function statisticsJson(figures: Figures): string {
  return `${JSON.stringify({ withheld: 'null stands for a withheld value', ...figures }, null, 2)}\n`
}

interface Named {
  readonly table: string
  readonly unit: string
  readonly kind?: 'law' | 'policy'
  readonly basis?: string
  readonly mark?: 'V' | 'M' | 'D'
}

function linesOf({ total, parts }: StatisticsTable, { table, unit, kind = 'policy', basis = '', mark }: Named): Line[] {
  // What was not read in its text is not called law in a file either.
  const said = kind === 'law' && mark !== 'V' ? 'not verified' : kind
  const shown = basis === '' ? '' : said
  return [[table, basis, shown, 'total', total, unit], ...parts.map(({ title, n }): Line => [table, basis, shown, title, n, unit])]
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is kept from being one. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
