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
