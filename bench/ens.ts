/**
 * Figures of XML and JSON intake: share of the published cases that agree, declarations a second, reading with bytes of every value. Peers, on the
 * same input: libxml2 in WebAssembly, which gives a tree without bytes, and `JSON.parse`, which gives values without bytes.
 * Speed is the best of several rounds after warm-up, on one core.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { XmlDocument } from 'libxml2-wasm'
import { checkEnsRules } from '../src/kernel/ens/check.ts'
import { readJsonUnits } from '../src/modules/cargo/formats/json-reader.ts'
import { SchemaThread } from '../src/modules/cargo/formats/xml-schema-check.ts'
import { ensSchema } from '../src/modules/cargo/formats/xml-schemas.ts'
import { readXml } from '../src/modules/cargo/formats/xml-tree.ts'
import type { BenchRow } from './bench-row.ts'

interface Case {
  readonly accepted: boolean
  readonly errors: readonly { readonly number: string }[]
  readonly xml: string
}

const DATA = fileURLToPath(new URL('../../shared/data/cargo/', import.meta.url))
const ROUNDS = 7
const MEGABYTE = 1_000_000

export async function benchEns(): Promise<BenchRow[]> {
  if (!existsSync(DATA)) return []
  const rules = casesOf('rule-cases-315.ndjson.gz')
  const documents = rules.map(({ xml }) => Buffer.from(xml))
  const verdicts = rules.map(({ accepted, errors }, index) => {
    const found = numbersIn(documents[index] as Buffer)
    const expected = new Set(errors.map(({ number }) => Number(number)))
    return {
      verdict: (found.size === 0) === accepted,
      numbers: found.size === expected.size && [...found].every((each) => expected.has(each)),
    }
  })
  const rows: BenchRow[] = [
    { name: 'ENS rule cases, verdict', ours: share(verdicts.map(({ verdict }) => verdict)), unit: '%', target: '≥ 99 %' },
    { name: 'ENS rule cases, set of error numbers', ours: share(verdicts.map(({ numbers }) => numbers)), unit: '%', target: '≥ 95 %' },
    { name: 'ENS schema cases', ours: await schemaShare(), unit: '%', target: '91 of 91' },
  ]
  const megabytes = documents.reduce((sum, { length }) => sum + length, 0) / MEGABYTE
  const read = best(() => documents.every((each) => readXml(each).ok))
  const peer = best(() => {
    for (const each of documents) XmlDocument.fromBuffer(each).dispose()
    return true
  })
  rows.push(row('ENS to elements with bytes', { ours: megabytes / read, peer: megabytes / peer, unit: 'MB/s' }))
  const checked = best(() => documents.every((each) => numbersIn(each).size >= 0))
  rows.push(
    row('ENS read and held against 182 rules', {
      ours: documents.length / checked,
      unit: 'declarations/s',
      target: '≥ 300 consignments/s',
    }),
  )
  const events = eventList()
  const units = best(() => [...readJsonUnits(events, new Set(['events']))].every(({ kind }) => kind === 'unit'))
  const parsed = best(() => JSON.parse(events.toString('utf8')) !== undefined)
  const size = events.length / MEGABYTE
  rows.push(row('DCSA events to nodes with bytes', { ours: size / units, peer: size / parsed, unit: 'MB/s' }))
  return rows
}

function casesOf(file: string): Case[] {
  const lines = gunzipSync(readFileSync(`${DATA}ens/${file}`))
    .toString('utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as Case)
}

function numbersIn(xml: Uint8Array): Set<number> {
  const read = readXml(xml)
  if (!read.ok) throw new Error(read.problem.text)
  return new Set(checkEnsRules(read.root, 'CC315A').findings.map(({ number }) => number))
}

async function schemaShare(): Promise<number> {
  const thread = new SchemaThread()
  const agree: boolean[] = []
  for (const { accepted, xml } of casesOf('schema-cases-315.ndjson.gz')) {
    const verdict = await thread.check(ensSchema('CC315A'), Buffer.from(xml))
    agree.push(verdict.checked && (verdict.violations.length === 0) === accepted)
  }
  await thread.stop()
  return share(agree)
}

/** Ten thousand events of the published kind. */
function eventList(): Buffer {
  const [event] = JSON.parse(readFileSync(`${DATA}dcsa/messages/tnt-220-response.json`, 'utf8')) as unknown[]
  return Buffer.from(JSON.stringify({ events: Array.from({ length: 10_000 }, () => event) }))
}

function share(agree: readonly boolean[]): number {
  return Math.round((agree.filter(Boolean).length / agree.length) * 1000) / 10
}

/** Seconds of the fastest round; infinite when the work is not done. */
function best(work: () => boolean): number {
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    if (!work()) return Number.POSITIVE_INFINITY
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest / 1000
}

function row(name: string, { ours, peer, unit, target }: { ours: number; peer?: number; unit: string; target?: string }): BenchRow {
  const base = { name, ours: round(ours), unit, ...(target === undefined ? {} : { target }) }
  return peer === undefined ? base : { ...base, peer: round(peer), ratio: Math.round((ours / peer) * 100) / 100 }
}

function round(figure: number): number {
  return figure >= 100 ? Math.round(figure) : Math.round(figure * 10) / 10
}
