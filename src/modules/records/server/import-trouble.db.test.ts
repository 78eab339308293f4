import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ImportStore, startImportStore } from './imports.fixture.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const person = (id: string, properties: Record<string, string[]> = {}) =>
  JSON.stringify({ id, schema: 'Person', properties: { name: [`Person ${id}`], ...properties } })

describe('the report', () => {
  it('keeps the first ten thousand problems and says how many there are', async () => {
    const collection = await at.collection()
    const shown = await at.bring(collection, [person('a'), ...Array.from({ length: 10_500 }, (_, index) => `{${index}`)].join('\n'))
    expect(shown.problems).toBe(10_500)
    expect(shown.problemsLeftOut).toBe(10_500 - shown.problemRows.length)
    const last = await at.show(shown.import, 9999)
    expect(last.problemRows).toHaveLength(1)
    expect(last.problemsLeftOut).toBe(500)
  })

  it('shows the lines that were not taken behind any number of warnings', async () => {
    const collection = await at.collection()
    const warned = Array.from({ length: 10_200 }, (_, index) => person(`w${index}`, { phone: ['12'] }))
    const shown = await at.bring(collection, [...warned, '{cut', person('z', { phone: ['12'] }), '{cut'].join('\n'))
    expect(shown.totals).toMatchObject({ warned: 10_201, quarantined: 2 })
    const last = await at.show(shown.import, 9999)
    expect(last.problemRows.map(({ line, severity }) => [line, severity])).toEqual([
      [10_000, 'warning'],
      [10_201, 'quarantined'],
      [10_203, 'quarantined'],
    ])
  })
})

it('a number that no program holds is a matter of its line, in a check as in an import', async () => {
  const collection = await at.collection()
  const lines = [
    person('ok'),
    '{"id":"n","schema":"Person","properties":{"name":["N"]},"score":1e400,"ref":9007199254740993,"z":"a\\u0000b"}',
  ].join('\n')
  const checked = await at.bring(collection, lines, { dryRun: true })
  expect(checked).toMatchObject({ state: 'checked', totals: { in: 2, accepted: 1, warned: 1, entities: 2 } })
  const done = await at.bring(collection, lines)
  expect(done.problemRows.map(({ line, code }) => [line, code])).toEqual([
    [2, 'record.number.digits'],
    [2, 'record.text.half-character'],
  ])
  expect(done.problemRows).toEqual(checked.problemRows)
  const out = (await at.exported(collection, 'ftm')).map((line) => JSON.parse(line) as object)
  expect(out[1]).toMatchObject({ score: '1e400', ref: '9007199254740993', z: 'a\ufffdb' })
})
