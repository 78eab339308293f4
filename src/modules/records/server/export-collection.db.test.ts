/** What comes out of a collection: the statements that went in, whatever was merged and parted in between; and tables that no program takes for formulas. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { propertiesOf } from '#kernel/record/model.ts'
import { exportImportReportRoute } from './export-report.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const SCHEMATA = [
  'Person',
  'Company',
  'Vessel',
  'Container',
  'Seizure',
  'Ownership',
  'Directorship',
  'CriminalNetwork',
  'HighSpeedVessel',
  'Consignment',
]
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom('=cmd()', 'Ж', 'محمد', '李小龍', 'a"b\\c', "it's", '<b>', '{}', 'NULL'),
)
const context = fc.dictionary(
  fc.constantFrom('caption', 'first_seen', 'target', 'x-own', 'referents'),
  fc.oneof(fc.string(), fc.boolean(), fc.array(fc.integer())),
  {
    maxKeys: 3,
  },
)
const entity = fc.constantFrom(...SCHEMATA).chain((schema) => {
  const writable = [...propertiesOf(schema).values()]
    .filter((each) => !each.isStub && each.type !== 'html' && each.type !== 'json')
    .map(({ name }) => name)
  return fc.record({
    schema: fc.constant(schema),
    properties: fc.dictionary(fc.constantFrom(...writable), fc.array(text, { minLength: 1, maxLength: 3 }), { minKeys: 1, maxKeys: 5 }),
    datasets: fc.option(fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }), { nil: undefined }),
    context,
  })
})

type Line = Readonly<Record<string, unknown>>
const sorted = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line) => JSON.parse(line) as Line)
    .map((line) => JSON.stringify(ordered(line)))
    .sort()
const ordered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, inner]) => [name, ordered(inner)]),
        )
      : value

describe('statements', () => {
  it('come back as they were after records were merged and parted again, as entities and as statements', async () => {
    let merges = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(entity, { minLength: 2, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 6 }),
        async (entities, pairs) => {
          const collection = await at.collection()
          const lines = entities.map(({ context: beside, ...each }, index) => JSON.stringify({ ...beside, id: `e${index}`, ...each }))
          const { totals } = await at.bring(collection, lines.join('\n'))
          expect(totals.quarantined).toBe(0)
          const before = await at.exported(collection, 'ftm')
          expect(before).toHaveLength(entities.length)
          const whole = sorted(await at.exported(collection, 'statements'))
          const ids = (
            await at.store.rows(`select entity from records.fragments where collection = '${collection}' order by fragment`)
          ).map((row) => String(row['entity']))
          const made: string[] = []
          for (const [a, b] of pairs) {
            const [left, right] = [ids[a % ids.length], ids[b % ids.length]]
            const input = { left, right, verdict: 'same', reason: 'the same thing', key: randomUUID() }
            const judged = await at.call<{ judgement: string }>(judgeRoute, input).catch(() => undefined)
            if (judged !== undefined) made.push(judged.judgement)
            merges += judged === undefined ? 0 : 1
          }
          // While they are merged, the entities of the file are still told apart.
          expect(await at.exported(collection, 'ftm')).toEqual(before)
          for (const judgement of made.reverse()) await at.call(revokeJudgementRoute, { judgement, reason: 'not the same' })
          expect(await at.exported(collection, 'ftm')).toEqual(before)
          expect(sorted(await at.exported(collection, 'statements'))).toEqual(whole)
          const copy = await at.collection()
          await at.bring(copy, before.join('\n'))
          expect(sorted(await at.exported(copy, 'ftm'))).toEqual(sorted(before))
          const second = await at.collection()
          await at.bring(second, whole.length === 0 ? '' : (await at.exported(collection, 'statements')).join('\n'))
          expect(sorted(await at.exported(second, 'ftm'))).toEqual(sorted(before))
        },
      ),
      { numRuns: 15 },
    )
    expect(merges).toBeGreaterThan(0)
  })

  it('come in pages, each of which says how many it holds and whether more follow', async () => {
    const collection = await at.collection()
    const lines = Array.from({ length: 5003 }, (_, index) =>
      JSON.stringify({ id: `p${index}`, schema: 'Person', properties: { name: [`P ${index}`] } }),
    )
    await at.bring(collection, lines.join('\n'))
    const out = await at.exported(collection, 'ftm')
    expect(out.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(lines.map((line) => (JSON.parse(line) as { id: string }).id))
    expect(await at.exported(collection, 'csv')).toHaveLength(5003 + 2)
  })
})

describe('a table', () => {
  it('holds no formula, in the collection as in the report', async () => {
    const collection = await at.collection()
    const names = ['=HYPERLINK("http://x")', '+1', '-1', '@x', 'plain, with comma']
    const lines = names.map((name, index) =>
      JSON.stringify({ id: `=i${index}`, schema: 'Person', properties: { name: [name], birthDate: ['=1+1'] } }),
    )
    const shown = await at.bring(collection, lines.join('\n'))
    const rows = [...(await at.exported(collection, 'csv'))]
    const { text: report } = await at.call<{ text: string }>(exportImportReportRoute, { import: shown.import })
    for (const cell of [...rows, ...report.split('\r\n')].flatMap((row) => row.split(','))) expect(cell).not.toMatch(/^"?[=+\-@]/)
    expect(rows.some((row) => row.includes('"plain, with comma"'))).toBe(true)
  })
})
