import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RESULTS, readSample, resultsTable, SAMPLES, sampleFiles } from './results-table.fixture.ts'

const hasSamples = existsSync(SAMPLES)

describe.skipIf(!hasSamples)('every EDIFACT sample', () => {
  it('is read or refused as docs/formats.md says', async () => {
    const table = await resultsTable()
    if (process.env['UPDATE_DOCS'] === '1') {
      mkdirSync(dirname(RESULTS), { recursive: true })
      writeFileSync(RESULTS, table)
    }
    expect(readFileSync(RESULTS, 'utf8')).toBe(table)
  })

  it('keeps in = accepted + warned + quarantined', async () => {
    for (const file of sampleFiles()) {
      const { messages, summary } = await readSample(file)
      const { accepted, warned, quarantined } = summary.outcomes
      expect(accepted + warned + quarantined, file).toBe(messages.length)
      expect(summary.messages, file).toBe(messages.length)
    }
  })

  it('reads the two real load lists to the last container', async () => {
    const lists = await Promise.all(
      sampleFiles()
        .filter((file) => file.includes('LoadList'))
        .map(readSample),
    )
    expect(lists.map(({ messages }) => messages[0]?.equipment.length)).toEqual([805, 158])
    for (const { messages, warnings } of lists) {
      expect(messages[0]).toMatchObject({ type: 'BAPLIE', directory: 'D13B', outcome: 'accepted', badCheckDigit: 0, notIso: 0 })
      expect(messages[0]?.voyage).toMatchObject({ vesselName: { value: 'CMA CGM MARCO POLO' }, vesselImo: { value: '9454436' } })
      expect(warnings).toEqual([])
      for (const { weights, places, references, operator } of messages[0]?.equipment ?? []) {
        expect(weights.length).toBeGreaterThan(0)
        expect(places.some(({ role }) => role === 'loading')).toBe(true)
        expect(places.some(({ role }) => role === 'discharge')).toBe(true)
        expect(references.length + (operator === undefined ? 0 : 1)).toBeGreaterThan(0)
      }
    }
  })
})
