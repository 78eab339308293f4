import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { checkDcsa } from './dcsa-schema-check.ts'
import { dcsaSchemas, OPENAPI } from './dcsa-schemas.fixture.ts'
import { readJsonUnits } from './json-reader.ts'

const FILE = new URL('dcsa-schemas.json.gz', import.meta.url)

describe.skipIf(!existsSync(OPENAPI))('the schemas of DCSA', () => {
  it('are what their OpenAPI documents give', () => {
    const made = dcsaSchemas()
    if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(FILE, gzipSync(made, { level: 9 }))
    expect(gunzipSync(readFileSync(FILE)).toString('utf8')).toBe(made)
  })
})

describe('a check against a schema of DCSA', () => {
  const check = (kind: string, json: string) => {
    const [unit] = readJsonUnits(Buffer.from(json), new Set())
    if (unit?.kind !== 'unit') throw new Error('It is read.')
    return checkDcsa(kind, unit.node, { json, pointer: '/events/3' })
  }

  it('names the byte and the place of each error', () => {
    const found = check('shipment-event-2', '{"eventType":"SHIPMENT","eventDateTime":"yesterday"}')
    expect(found).toContainEqual({
      code: 'json.schema',
      at: 'byte 40, /events/3/eventDateTime',
      text: 'The value must match format "date-time".',
    })
  })

  it('of a document that is too large is said not to be done', () => {
    expect(check('transport-document', JSON.stringify({ text: 'x'.repeat(5_000_000) }))).toMatchObject([
      { code: 'json.schema-not-checked' },
    ])
  })
})
