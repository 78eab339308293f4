/** Why a run was refused is said in words, for each code with which the node ends one. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { code } from './text.ts'

const codes = [...readFileSync(new URL('../server/import-run.ts', import.meta.url), 'utf8').matchAll(/refused: '([\w.-]+)'/g)].map(
  ([, found = '']) => found,
)

it('has words for every refusal', () => {
  expect(codes.length).toBeGreaterThan(1)
  for (const each of codes) expect(code('importRefused', each), each).not.toBe(each)
})
