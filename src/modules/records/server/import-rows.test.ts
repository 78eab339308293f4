/** Quotes that never close cost their own line each and no other, and no more time than lines without quotes. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RowReader } from './import-rows.ts'

interface Row {
  readonly line: number
  readonly text: string
  readonly isFaulty: boolean
}

/** By trying each row anew, sign by sign. */
function rowsOf(lines: readonly string[], from = 0): readonly Row[] {
  if (from >= lines.length) return []
  for (let to = from + 1; to <= lines.length; to++) {
    const text = lines.slice(from, to).join('\n')
    if (!isOpen(text)) return [{ line: from + 1, text, isFaulty: false }, ...rowsOf(lines, to)]
  }
  return [{ line: from + 1, text: lines[from] ?? '', isFaulty: true }, ...rowsOf(lines, from + 1)]
}

function isOpen(text: string): boolean {
  let [isQuoted, isStart] = [false, true]
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isQuoted && sign === '"' && text[at + 1] === '"') at += 1
    else if (sign === '"' && (isQuoted || isStart)) isQuoted = !isQuoted
    isStart = !isQuoted && (sign === ',' || sign === '\n')
  }
  return isQuoted
}

function read(lines: readonly string[]): readonly Row[] {
  const reader = new RowReader({ delimiter: ',', encoding: 'utf-8' })
  const raw = lines.map((text, index) => ({ line: index + 1, bytes: Buffer.from(text), length: text.length, end: index + 1 }))
  return [...reader.read(raw), ...reader.finish()].map(({ line, text, fault }) => ({ line, text, isFaulty: fault === 'quote' }))
}

it('takes the lines apart as trying each of them anew would', () => {
  const line = fc.array(fc.constantFrom('"', '""', ',', ',"', '",', 'a'), { maxLength: 5 }).map((signs) => signs.join(''))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      expect(read(lines)).toEqual(rowsOf(lines))
    }),
    { numRuns: 2000 },
  )
})

it('reads lines of which each leaves a quote open no slower than others', () => {
  const taken = (line: string): number => {
    const lines = Array.from({ length: 20_000 }, () => line)
    const began = performance.now()
    expect(read(lines)).toHaveLength(lines.length)
    return performance.now() - began
  }
  const [plain, open] = ['y,zz,x', '"y","zz","x'].map((line) => Math.min(taken(line), taken(line)))
  // It was a hundred times as long.
  expect((open ?? 0) / (plain ?? 0)).toBeLessThan(10)
})
