import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import anyAscii from 'any-ascii'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { prepareName } from './name.ts'
import { compareNames } from './name-score.ts'
import { ofacScore } from './ofac.ts'

const FILE = path.resolve(import.meta.dirname, '../../../../shared/data/networks/names/ofac_fixtures.csv')
const prepare = (text: string) => prepareName(text, 'person', anyAscii)

it.skipIf(!existsSync(FILE))('lies within five points of the published answers on 95.7 % of the rows that have one', () => {
  const rows: readonly Record<string, string>[] = parse(readFileSync(FILE, 'utf8'), { columns: true })
  // -1: the tool showed no answer at the lowest score that was asked.
  const answered = rows.filter((row) => Number(row['ofac_score']) >= 0)
  const near = answered.filter((row) => {
    const score = Math.round(100 * ofacScore(prepare(row['query_name'] ?? ''), prepare(row['result_name'] ?? '')).score)
    return Math.abs(score - Number(row['ofac_score'])) <= 5
  })
  expect(answered.length).toBeGreaterThan(150)
  expect(near.length / answered.length).toBeGreaterThanOrEqual(0.957)
})

it('does not mind the order of words, nor words of the result that were not asked for', () => {
  expect(ofacScore(prepare('Maria Lopez'), prepare('LOPEZ, Maria')).score).toBe(1)
  expect(ofacScore(prepare('Lopez'), prepare('LOPEZ GARCIA, Maria')).score).toBe(1)
})

it('says which words it paired, and the steps add up to the score', () => {
  const { score, steps } = compareNames(prepare('Marta Lopes'), prepare('LOPEZ, Maria'), 'ofac')
  expect(steps.map(({ left, right }) => [left, right])).toEqual([
    ['marta', 'maria'],
    ['lopes', 'lopez'],
  ])
  expect(steps.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(score, 9)
})

it('scores nothing beside nothing with 0', () => {
  expect(ofacScore(prepare(''), prepare('')).score).toBe(0)
})
