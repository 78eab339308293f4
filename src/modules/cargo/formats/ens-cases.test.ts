import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { checkEnsRules } from '#kernel/ens/check.ts'
import { ENS_RULES } from '#kernel/ens/rules/index.ts'
import { schemaThread } from './xml-schema-check.ts'
import { ensSchema } from './xml-schemas.ts'
import { readXml } from './xml-tree.ts'

const CASES = fileURLToPath(new URL('../../../../../shared/data/cargo/ens/', import.meta.url))
const hasCases = existsSync(CASES)

interface Case {
  readonly case: string
  readonly accepted: boolean
  readonly errors: readonly { readonly number: string; readonly location: string }[]
  readonly xml: string
}

function cases(file: string): Case[] {
  const lines = gunzipSync(readFileSync(CASES + file))
    .toString('utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as Case)
}

describe.skipIf(!hasCases)('published declarations with the answer of the gateway', () => {
  it('break exactly the rules at exactly the places that the gateway named, all 742', () => {
    const wrong: string[] = []
    const all = cases('rule-cases-315.ndjson.gz')
    for (const each of all) {
      const read = readXml(Buffer.from(each.xml))
      if (!read.ok) throw new Error(`${each.case} is not read.`)
      const found = checkEnsRules(read.root, 'CC315A').findings.map(({ number, location }) => `${number} ${location}`)
      const expected = each.errors.map(
        ({ number, location }) => `${number} ${location.replace(/^\/ie:CC315A\[1\]/, '').replace(/^\/$/, '')}`,
      )
      if (JSON.stringify(found.toSorted()) !== JSON.stringify(expected.toSorted())) wrong.push(each.case)
      expect(found.length === 0).toBe(each.accepted)
    }
    expect(all).toHaveLength(742)
    expect(wrong).toEqual([])
  })

  it('are valid against the schema or not as stated, all 91', async () => {
    const all = cases('schema-cases-315.ndjson.gz')
    const wrong: string[] = []
    for (const each of all) {
      const verdict = await schemaThread.check(ensSchema('CC315A'), Buffer.from(each.xml))
      if (!verdict.checked || (verdict.violations.length === 0) !== each.accepted) wrong.push(each.case)
    }
    expect(all).toHaveLength(91)
    expect(wrong).toEqual([])
  })

  it('are covered by a rule for every number of the catalogue, in its context and for its messages', () => {
    const rows = readFileSync(`${CASES}rule-catalogue.csv`, 'utf8').trim().split('\n').slice(1)
    const listed = new Set(rows.map((row) => /^[^,]+,([^,]+),(\d+),/.exec(row)?.slice(1).join(' ').replace(/^\/ /, '/ ')))
    const ours = new Set(ENS_RULES.map(({ number, context }) => `/${context.join('/')} ${number}`))
    expect([...listed].filter((row) => row !== undefined && !ours.has(row))).toEqual([])
    expect([...ours].filter((row) => !listed.has(row))).toEqual([])
  })
})
