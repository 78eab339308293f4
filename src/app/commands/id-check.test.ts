/** The conformance cases of the identifiers, as the command line judges them. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { idCheck } from './id-check.ts'
import { USAGE } from './usage.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../conformance')
const FOLDERS = { container: 'container-number', imo: 'imo-number', unlocode: 'unlocode', hs: 'hs-code' } as const

function lines(kind: keyof typeof FOLDERS, file: string): readonly (readonly [value: string, suggestion: string])[] {
  return readFileSync(path.join(FOLDER, FOLDERS[kind], file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [value = '', suggestion = ''] = line.split('\t')
      return [value, suggestion]
    })
}

function check(words: readonly string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = idCheck({ words, json: true }, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, verdict: out[0] === undefined ? undefined : JSON.parse(out[0]), err }
}

describe.each(Object.keys(FOLDERS) as (keyof typeof FOLDERS)[])('%s', (kind) => {
  it.each(lines(kind, 'valid.txt'))('%s is valid', (value) => {
    expect(check([kind, value])).toMatchObject({ code: 0, verdict: { kind, value, valid: true } })
  })
  it.each(lines(kind, 'invalid.txt'))('%s is not', (value, suggestion) => {
    const { code, verdict } = check([kind, value])
    expect(code).toBe(1)
    expect(verdict).toMatchObject({ kind, value, valid: false, reason: expect.stringMatching(/.{10}/) })
    expect(verdict.suggestion ?? '').toBe(suggestion)
  })
})

it('takes a number printed with blanks without quotes', () => {
  expect(check(['container', 'MSCU', '663987', '0'])).toMatchObject({ code: 0 })
})

it.each([[[]], [['container']], [['passport', 'X1']]])('answers %j with its usage', (words) => {
  expect(check(words)).toMatchObject({ code: 2, err: [USAGE['id check']] })
})
