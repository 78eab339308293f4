/**
 * Lines of a table as rows: a quoted cell may hold line ends, so lines are joined until its quote closes. A quote that never closes costs its own line
 * and no other: the line is named, and reading goes on behind it. Cells are taken apart by csv-parse. Source: RFC 4180.
 */
import { parse } from 'csv-parse/sync'
import { type DecodedLine, decodeLine, type Written } from './import-encoding.ts'
import { type LinePlace, MOST_LINE_BYTES, type RawLine } from './import-lines.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export interface Table extends Pick<Written, 'encoding'> {
  readonly delimiter: Delimiter
}

export interface TableRow {
  /** Where it begins, counted from 1. */
  readonly line: number
  readonly end: LinePlace
  /** Undefined when the row could not be read; `fault` says why. */
  readonly cells: readonly string[] | undefined
  readonly fault?: 'too-long' | 'quote' | 'cells'
  readonly text: string
  readonly foreign?: DecodedLine['foreign'] | undefined
}

/** Lines that a quoted cell may span. */
const MOST_LINES = 2000
const MOST_CELLS = 10_000

interface Held extends Pick<TableRow, 'line' | 'end' | 'text' | 'foreign'> {
  readonly fault?: 'too-long' | 'quote'
}

export class RowReader {
  readonly #table: Table
  #open: Held[] = []
  #openSigns = 0

  constructor(table: Table) {
    this.#table = table
  }

  read(lines: readonly RawLine[]): readonly TableRow[] {
    const rows: Held[] = []
    for (const raw of lines) this.#take(raw, rows)
    return this.#cellsOf(rows)
  }

  finish(): readonly TableRow[] {
    const rows: Held[] = []
    while (this.#open.length > 0) this.#giveUpQuote(rows)
    return this.#cellsOf(rows)
  }

  #take(raw: RawLine, rows: Held[]): void {
    const end = { byte: raw.end, lines: raw.line }
    if (raw.bytes === undefined) {
      while (this.#open.length > 0) this.#giveUpQuote(rows)
      rows.push({ line: raw.line, end, text: '', fault: 'too-long' })
      return
    }
    this.#hold({ line: raw.line, end, ...decodeLine(raw.bytes, this.#table.encoding) }, rows)
  }

  #hold(line: Held, rows: Held[]): void {
    this.#open.push(line)
    this.#openSigns += line.text.length
    if (isQuoteOpen(this.#open.length > 1, line.text, this.#table.delimiter)) {
      while (this.#open.length > MOST_LINES || this.#openSigns > MOST_LINE_BYTES) this.#giveUpQuote(rows)
      return
    }
    rows.push(joined(this.#open))
    this.#open = []
    this.#openSigns = 0
  }

  /**
   * The first line is named. Those behind it are rows of their own up to the next that opens a quote: that one stays open to the end, since each line behind it leaves a quote
   * open that was open before. So every line is looked at twice at most, however many quotes are given up.
   */
  #giveUpQuote(rows: Held[]): void {
    const first = this.#shift()
    if (first !== undefined) rows.push({ ...first, fault: 'quote' })
    while (this.#open[0] !== undefined && !isQuoteOpen(false, this.#open[0].text, this.#table.delimiter)) {
      const line = this.#shift()
      if (line !== undefined) rows.push(line)
    }
  }

  #shift(): Held | undefined {
    const line = this.#open.shift()
    this.#openSigns -= line?.text.length ?? 0
    return line
  }

  #cellsOf(rows: readonly Held[]): readonly TableRow[] {
    const whole = rows.filter(({ fault, text }) => fault === undefined && text !== '')
    const together = cellsOf(whole.map(({ text }) => text).join('\n'), this.#table.delimiter)
    const isWhole = together?.length === whole.length
    let at = 0
    return rows.map((row) => {
      if (row.fault !== undefined) return { ...row, cells: undefined }
      if (row.text === '') return { ...row, cells: [] }
      const alone = isWhole ? undefined : cellsOf(row.text, this.#table.delimiter)
      // A line that holds more than one row has the end of another kind of line in it.
      const cells = isWhole ? together?.[at] : alone?.length === 1 ? alone[0] : undefined
      at += 1
      if (cells === undefined || cells.length > MOST_CELLS) return { ...row, cells: undefined, fault: 'cells' as const }
      return { ...row, cells }
    })
  }
}

function joined(lines: readonly Held[]): Held {
  const [first] = lines
  const last = lines.at(-1)
  if (first === undefined || last === undefined) throw new RangeError('A row has at least one line.')
  if (lines.length === 1) return first
  return {
    line: first.line,
    end: last.end,
    text: lines.map(({ text }) => text).join('\n'),
    foreign: lines.find(({ foreign }) => foreign !== undefined)?.foreign,
  }
}

/** Whether a quoted cell goes on behind the line. Only a quote at the beginning of a cell opens one; a doubled one within is a sign of it. */
function isQuoteOpen(wasOpen: boolean, text: string, delimiter: Delimiter): boolean {
  let isOpen = wasOpen
  if (!isOpen && !text.includes('"')) return false
  for (let at = isOpen ? text.indexOf('"') : cellStart(text, 0, delimiter); at >= 0; ) {
    if (isOpen) {
      if (text[at + 1] === '"') at = text.indexOf('"', at + 2)
      else {
        isOpen = false
        at = cellStart(text, at + 1, delimiter)
      }
    } else {
      isOpen = true
      at = text.indexOf('"', at + 1)
    }
  }
  return isOpen
}

/** Place of the next quote that stands at the beginning of a cell, from a place on that is the beginning of the line or behind a closed cell. */
function cellStart(text: string, from: number, delimiter: Delimiter): number {
  if (from === 0 && text[0] === '"') return 0
  const next = text.indexOf(`${delimiter}"`, from)
  return next < 0 ? -1 : next + 1
}

function cellsOf(text: string, delimiter: Delimiter): readonly (readonly string[])[] | undefined {
  if (text === '') return []
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: ['\n'], skip_empty_lines: false })
  } catch {
    return undefined
  }
}

/** The sign that parts the first lines into the most cells of equal number. */
export function delimiterOf(lines: readonly string[]): Delimiter {
  let best: { readonly delimiter: Delimiter; readonly score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => cellsOf(line, delimiter)?.[0]?.length ?? 0)
    const [first = 0] = counts
    const alike = counts.filter((count) => count === first).length
    const score = first <= 1 ? 0 : (alike / counts.length) * 1000 + Math.min(first, 500)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}
