/**
 * Rules over typed columns: 20 rules of 6 predicates over 5,000,000 rows on two threads, one rule over rows that are read from Parquet, a what-if beside five running
 * rules, and one row at a time at intake. The peer is DuckDB with two threads on the same rows, missing values as NULL, all counts of all rules in one
 * statement; its counts of fired and unknown have to be ours, else the suite fails. The peer of one row at a time is json-rules-engine, one thread, the same rules on
 * the first of the same rows; what fires has to be the same. Rows are drawn with a fixed seed; best of several rounds. "Cold" means that nothing is in
 * the memory of the process; the files may lie in the cache of the system for both.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { Engine, type TopLevelCondition } from 'json-rules-engine'
import { type ColumnBlock, columnOf, createBlock, sliceBlock } from '../src/kernel/risk/column-block.ts'
import { openCodeBook } from '../src/kernel/risk/column-codes.ts'
import {
  COLUMN_NAMES,
  missingBit,
  NATURAL_PERSON,
  specOf,
  UNKNOWN_PARTY,
  VALUE_COLUMNS,
  type ValueColumn,
} from '../src/kernel/risk/column-layout.ts'
import type { ConsignmentRow } from '../src/kernel/risk/column-row.ts'
import { type Expression, NO_NAMES } from '../src/kernel/risk/expression.ts'
import { evaluateColumns, type Tally } from '../src/kernel/risk/expression-columns.ts'
import { columnsOf, type Resolved, resolveExpression } from '../src/kernel/risk/expression-resolve.ts'
import { compileRow } from '../src/kernel/risk/expression-row.ts'
import { openWhatIf, type WhatIfQuestion, whatIfOf } from '../src/kernel/risk/what-if.ts'
import { createSeededRandom, type SeededRandom } from '../src/kernel/stats/seeded-random.ts'
import { type ColumnFiles, openColumnFiles } from '../src/platform/columns/column-file.ts'
import { openColumnStore } from '../src/platform/columns/column-store.ts'
import { readAhead } from '../src/platform/columns/read-ahead.ts'
import { evaluateAside } from '../src/platform/columns/rule-threads.ts'
import type { BenchRow } from './bench-row.ts'

const ROWS = 5_000_000
const PART = 1_000_000
const RULES = 20
const ROUNDS = 3
/** The peer needs longer by far. */
const PEER_ROUNDS = 2
const FIRST_DAY = 20_454
/** The engine takes a row at a time, and its time. */
const ENGINE_ROWS = 2000
const LIMIT = { timeLimit: 600_000, threads: 2 } as const
const allocateShared = (bytes: number) => new SharedArrayBuffer(bytes)

export async function benchRules(): Promise<BenchRow[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-rules-'))
  const files = await openColumnFiles(folder)
  const peer = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await peer.connect()
  try {
    const codes = openCodeBook()
    const block = drawBlock(createSeededRandom(7), codes)
    const written = await timed(async () => await writeParts(files, block))
    const expressions = drawRules(createSeededRandom(11))
    const rules = expressions.map((expression) => resolveExpression(expression, { vocabulary: NO_NAMES, codes }))
    await connection.run(`create table rows as ${nullable(`${folder}/*.parquet`)}`)
    return [
      ...(await manyRules(block, rules, connection)),
      ...(await oneRule(files, { block, rule: rules[0] as Resolved, folder }, connection)),
      await whatIf(block, rules, codes),
      { name: 'columns to Parquet', ours: ROWS / written.seconds, unit: 'rows/s' },
      await rowsToColumns(folder),
      await intake(expressions),
    ]
  } finally {
    connection.closeSync()
    peer.closeSync()
    files.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function manyRules(block: ColumnBlock, rules: readonly Resolved[], connection: DuckDBConnection): Promise<BenchRow[]> {
  const ours = await best(async () => await tally(rules, [block]))
  const peer = await best(async () => await tallyByPeer(rules, { connection, from: 'rows' }), PEER_ROUNDS)
  compare(ours.value, peer.value)
  const evaluations = (RULES * ROWS) / 1e6
  const what = `${RULES} rules × ${ROWS.toLocaleString('en-GB')} rows, 6 predicates, 2 threads`
  return [
    {
      name: `${what}, beside DuckDB`,
      ours: ours.seconds,
      peer: peer.seconds,
      unit: 's',
      ratio: peer.seconds / ours.seconds,
      target: '≤ 3 s',
    },
    {
      name: 'the same, evaluations',
      ours: evaluations / ours.seconds,
      peer: evaluations / peer.seconds,
      unit: 'M/s',
      ratio: peer.seconds / ours.seconds,
    },
  ]
}

async function oneRule(
  files: ColumnFiles,
  { block, rule, folder }: { readonly block: ColumnBlock; readonly rule: Resolved; readonly folder: string },
  connection: DuckDBConnection,
): Promise<BenchRow[]> {
  const parts = Array.from({ length: ROWS / PART }, (_, part) => nameOf(part))
  const blocks = () => readAhead(parts, async (file) => await files.read(file, { columns: columnsOf(rule), rows: PART }))
  const cold = await best(async () => await tally([rule], blocks()))
  const coldPeer = await best(async () => await tallyByPeer([rule], { connection, from: `(${nullable(`${folder}/*.parquet`)})` }))
  compare(cold.value, coldPeer.value)
  const warm = await best(async () => await tally([rule], [block]))
  const warmPeer = await best(async () => await tallyByPeer([rule], { connection, from: 'rows' }))
  compare(warm.value, warmPeer.value)
  const alone = await best(async () => await Promise.resolve(evaluateColumns([rule], block)))
  compare(alone.value, warm.value)
  const rows = '5,000,000 rows'
  return [
    {
      name: `one rule × ${rows} read from Parquet, cold, 2 threads, beside DuckDB`,
      ours: cold.seconds,
      peer: coldPeer.seconds,
      unit: 's',
      ratio: coldPeer.seconds / cold.seconds,
    },
    {
      name: `one rule × ${rows}, warm, with the start of 2 threads, beside DuckDB`,
      ours: warm.seconds,
      peer: warmPeer.seconds,
      unit: 's',
      ratio: warmPeer.seconds / warm.seconds,
    },
    { name: `one rule × ${rows}, warm, one core`, ours: alone.seconds, unit: 's', target: '≤ 0.25 s (100,000,000 rows ≤ 5 s)' },
  ]
}

async function whatIf(block: ColumnBlock, rules: readonly Resolved[], codes: ReturnType<typeof openCodeBook>): Promise<BenchRow> {
  const question: WhatIfQuestion = {
    draft: rules[1] as Resolved,
    running: rules.slice(2, 7).map((expression, index) => ({ id: `R${index}`, expression })),
    window: { from: FIRST_DAY, until: FIRST_DAY + 364 },
  }
  const aside = await best(async () => {
    const run = await evaluateAside({ kind: 'what-if', question }, { blocks: [block], ...LIMIT })
    if (run.kind !== 'done') throw new Error(run.kind)
    return whatIfOf(run.answer, { question, codes })
  })
  const alone = openWhatIf(question)
  alone.take(block, 0, block.count)
  if (alone.tally.hits !== aside.value.hits || aside.value.hits === 0) throw new Error('The threads found other hits than one thread.')
  return { name: 'what-if of a draft beside 5 running rules, 5,000,000 rows, 2 threads', ours: aside.seconds, unit: 's', target: 'seconds' }
}

/** From rows as the database gives them to files, through the store. */
async function rowsToColumns(folder: string): Promise<BenchRow> {
  const rows = 200_000
  const random = createSeededRandom(13)
  const drawn = Array.from({ length: 5000 }, () => drawRow(random))
  const store = await openColumnStore({ folder: path.join(folder, 'store') })
  const source = async function* (): AsyncGenerator<ConsignmentRow> {
    for (let row = 0; row < rows; row++) yield drawn[row % drawn.length] as ConsignmentRow
  }
  const { seconds } = await timed(async () => await store.replaceMonth({ desk: 'bench', month: '2026-01', rows: source() }))
  store.close()
  return { name: 'rows encoded and written to Parquet by the store', ours: rows / seconds, unit: 'rows/s', target: '≥ 300 rows/s' }
}

async function intake(expressions: readonly Expression[]): Promise<BenchRow> {
  const random = createSeededRandom(17)
  const rows = Array.from({ length: 20_000 }, () => drawRow(random))
  const rules = expressions.map((expression) => compileRow(expression))
  let fired = 0
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const start = performance.now()
    for (const row of rows) for (const rule of rules) if (rule(row) === 'yes') fired += 1
    fastest = Math.min(fastest, (performance.now() - start) / 1000)
  }
  if (fired === 0) throw new Error('No rule fired.')
  const ours = (rows.length * rules.length) / fastest / 1e6
  const some = rows.slice(0, ENGINE_ROWS)
  const engine = new Engine(
    expressions.map((expression, index) => ({
      name: `rule${index}`,
      conditions: { all: [conditionOf(expression)] } as TopLevelCondition,
      event: { type: 'fired' },
    })),
    { allowUndefinedFacts: true },
  )
  let firedByEngine = 0
  const { seconds } = await timed(async () => {
    for (const { indicators, ...row } of some) firedByEngine += (await engine.run({ ...row, ...indicators })).events.length
  })
  const firedHere = some.reduce((sum, row) => sum + rules.filter((rule) => rule(row) === 'yes').length, 0)
  if (firedByEngine !== firedHere) throw new Error(`The engine fires ${firedByEngine} times, here it is ${firedHere}.`)
  const peer = (some.length * rules.length) / seconds / 1e6
  return {
    name: 'one row at a time at intake, one thread; peer: json-rules-engine',
    ours,
    peer,
    unit: 'M evaluations/s',
    ratio: ours / peer,
  }
}

/** The same rule as its conditions. A value that is missing satisfies none, as with us. */
function conditionOf(expression: Expression): object {
  switch (expression.op) {
    case 'and':
      return { all: expression.args.map(conditionOf) }
    case 'or':
      return { any: expression.args.map(conditionOf) }
    case 'not':
      return { not: conditionOf(expression.arg) }
    case 'in':
      return { fact: expression.col, operator: 'in', value: expression.set }
    case 'ge':
      return { fact: expression.col, operator: 'greaterThanInclusive', value: expression.value }
    case 'lt':
      return { fact: expression.col, operator: 'lessThan', value: expression.value }
    case 'le':
      return { fact: expression.col, operator: 'lessThanInclusive', value: expression.value }
    case 'ind':
      return { fact: expression.id, operator: 'equal', value: true }
    default:
      throw new Error(`The figure has no rule with ${expression.op}.`)
  }
}

async function tally(rules: readonly Resolved[], blocks: Iterable<ColumnBlock> | AsyncIterable<ColumnBlock>): Promise<readonly Tally[]> {
  const run = await evaluateAside({ kind: 'tally', expressions: rules }, { blocks, ...LIMIT })
  if (run.kind !== 'done') throw new Error(run.kind)
  return run.answer
}

async function tallyByPeer(
  rules: readonly Resolved[],
  { connection, from }: { readonly connection: DuckDBConnection; readonly from: string },
): Promise<readonly Tally[]> {
  const conditions = rules.map((rule, index) => `${sqlOf(rule)} as rule${index}`)
  const counts = rules.flatMap((_, index) => [`count(*) filter (where rule${index})`, `count(*) filter (where rule${index} is null)`])
  const statement = `select count(*), ${counts.join(', ')} from (select ${conditions.join(', ')} from ${from})`
  const row = (await connection.runAndReadAll(statement)).getRows()[0] ?? []
  const number = (index: number) => Number(row[index])
  return rules.map((_, index) => ({ rows: number(0), fired: number(1 + 2 * index), unknown: number(2 + 2 * index) }))
}

function sqlOf(rule: Resolved): string {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return `(${rule.args.map(sqlOf).join(` ${rule.kind} `)})`
    case 'not':
      return `(not ${sqlOf(rule.arg)})`
    case 'bit':
      return `case when ${rule.place.column} & ${2 ** rule.place.bit} <> 0 then true when ${rule.place.unknown} & ${2 ** rule.place.bit} <> 0 then null else false end`
    case 'missing':
      return `${rule.column} is null`
    case 'member':
      return `${rule.column} in (${rule.values.join(', ')})`
    case 'range':
      if (rule.low === Number.NEGATIVE_INFINITY) return `${rule.column} <= ${rule.high}`
      return `${rule.column} >= ${rule.low}`
  }
}

/** The rows as a database would hold them. */
function nullable(files: string): string {
  const columns = COLUMN_NAMES.map((name) => {
    if (!VALUE_COLUMNS.some((column) => column === name)) return name
    const column = name as ValueColumn
    const isNull = specOf(column).meaning === 'party' ? `${column} < 0` : `missing & ${2 ** missingBit(column)} <> 0`
    return `case when ${isNull} then null else ${column} end as ${column}`
  })
  return `select ${columns.join(', ')} from read_parquet('${files}')`
}

function compare(ours: readonly Tally[], peer: readonly Tally[]): void {
  for (const [index, { rows, fired, unknown }] of ours.entries()) {
    const other = peer[index]
    if (rows !== ROWS || other?.rows !== rows || other.fired !== fired || other.unknown !== unknown) {
      throw new Error(`Rule ${index}: ${JSON.stringify(ours[index])}, the peer says ${JSON.stringify(other)}.`)
    }
  }
}

const PLACES = Array.from({ length: 400 }, (_, index) => `P${String(index).padStart(4, '0')}`)
const HEADINGS = Array.from({ length: 1200 }, (_, index) => String(100 + 7 * index).padStart(4, '0'))
const CARRIERS = Array.from({ length: 60 }, (_, index) => `C${index}`)
/** Few are met often, most seldom. */
const rank = (random: SeededRandom, count: number) => Math.floor(count * random.next() ** 2.5)

function drawBlock(random: SeededRandom, codes: ReturnType<typeof openCodeBook>): ColumnBlock {
  for (const place of PLACES) codes.take('place', place)
  for (const carrier of CARRIERS) codes.take('carrier', carrier)
  const block = createBlock(ROWS, COLUMN_NAMES, allocateShared)
  const fill = (name: (typeof COLUMN_NAMES)[number], draw: () => number): void => {
    const column = columnOf(block, name)
    for (let row = 0; row < ROWS; row++) column[row] = draw()
  }
  for (const name of ['pol', 'pod', 'onward', 'port'] as const) fill(name, () => 1 + rank(random, PLACES.length))
  fill('carrier', () => 1 + rank(random, CARRIERS.length))
  fill('hs4', () => Number(HEADINGS[rank(random, HEADINGS.length)]))
  for (const name of ['shipper', 'consignee'] as const) {
    fill(name, () => (random.chance(0.05) ? (random.chance(0.5) ? UNKNOWN_PARTY : NATURAL_PERSON) : rank(random, 200_000)))
  }
  fill('weight', () => random.integer(20_000, 300_000) / 10)
  fill('leadDays', () => random.integer(0, 60))
  fill('day', () => FIRST_DAY + random.integer(0, 364))
  fill('container', () => random.integer(0, 2 ** 20) * 52_728)
  fill('indicators', () => draws(random, 0.06))
  fill('indicatorsUnknown', () => draws(random, 0.1))
  // Where an indicator fired it is known.
  const [fired, unknown] = [columnOf(block, 'indicators'), columnOf(block, 'indicatorsUnknown')]
  for (let row = 0; row < ROWS; row++) unknown[row] = ((unknown[row] as number) & ~(fired[row] as number)) >>> 0
  fill('missing', () =>
    random.chance(0.1) ? 1 << missingBit(random.pick(['pol', 'pod', 'hs4', 'weight', 'leadDays', 'carrier'] as const)) : 0,
  )
  fill('outcome', () => (random.chance(0.03) ? random.integer(1, 4) : 0))
  fill('probability', () => 0.05)
  return block
}

/** 25 bits, each set with the probability, by drawing which rather than asking each. */
function draws(random: SeededRandom, probability: number): number {
  let bits = 0
  for (let count = 25 * probability; count > 0; count--) if (random.chance(Math.min(1, count))) bits |= 1 << random.integer(0, 24)
  return bits
}

function drawRow(random: SeededRandom): ConsignmentRow {
  return {
    pol: random.chance(0.02) ? undefined : PLACES[rank(random, PLACES.length)],
    pod: PLACES[rank(random, PLACES.length)],
    hs4: HEADINGS[rank(random, HEADINGS.length)],
    carrier: CARRIERS[rank(random, CARRIERS.length)],
    shipper: random.chance(0.05) ? 'natural-person' : rank(random, 200_000),
    weight: random.integer(20_000, 300_000) / 10,
    leadDays: random.integer(0, 60),
    day: FIRST_DAY + random.integer(0, 364),
    container: random.integer(0, 2 ** 20) * 52_728,
    indicators: { I3: random.chance(0.06), I5: random.chance(0.06), R3: random.chance(0.06) },
  }
}

/** Six predicates each; every third with a choice and a negation. No two rules share their values. */
function drawRules(random: SeededRandom): readonly Expression[] {
  const some = (list: readonly string[], count: number) => Array.from({ length: count }, () => list[rank(random, list.length)] as string)
  return Array.from({ length: RULES }, (_, index): Expression => {
    const from: Expression = { op: 'in', col: 'pol', set: some(PLACES, 40) }
    const to: Expression = { op: 'in', col: 'pod', set: some(PLACES, 30) }
    const goods: Expression = { op: 'in', col: 'hs4', set: some(HEADINGS, 60) }
    const weight: Expression = { op: index % 2 === 0 ? 'ge' : 'lt', col: 'weight', value: random.integer(9000, 20_000) }
    const lead: Expression = { op: 'le', col: 'leadDays', value: random.integer(5, 40) }
    const indicator: Expression = { op: 'ind', id: random.pick(['I3', 'I5', 'P1', 'R1', 'R3', 'F4'] as const) }
    const party: Expression = { op: 'in', col: 'shipper', set: Array.from({ length: 200 }, () => rank(random, 200_000)) }
    if (index % 3 !== 2) return { op: 'and', args: [from, to, goods, weight, lead, indicator] }
    return {
      op: 'and',
      args: [{ op: 'or', args: [indicator, party] }, { op: 'or', args: [from, goods] }, weight, { op: 'not', arg: lead }],
    }
  })
}

async function writeParts(files: ColumnFiles, block: ColumnBlock): Promise<void> {
  for (let part = 0; part * PART < ROWS; part++) await files.write(nameOf(part), [sliceBlock(block, part * PART, (part + 1) * PART)])
}

const nameOf = (part: number) => `part-${part}.parquet`

async function best<T>(work: () => Promise<T>, rounds = ROUNDS): Promise<{ readonly value: T; readonly seconds: number }> {
  let fastest = await timed(work)
  for (let round = 1; round < rounds; round++) {
    const next = await timed(work)
    if (next.seconds < fastest.seconds) fastest = next
  }
  return fastest
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const begun = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - begun) / 1000 }
}
