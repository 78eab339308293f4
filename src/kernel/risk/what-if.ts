/**
 * What a draft rule would have done over what is held: hits, rows that cannot be decided, hits for each port of arrival and day, what running rules catch already,
 * and what was found where its hits were controlled (Hájek estimate with interval, `estimate.ts`). Tallies of parts are merged, so that threads share the work and the
 * order does not matter. It proposes nothing by itself: an officer reads it before the rule is submitted.
 * Known limits: history was selected by the rules of its time, which the estimate corrects only where probabilities of selection were recorded; rows
 * without a day of arrival lie in no window and are counted apart.
 */

import { type ColumnBlock, columnOf } from './column-block.ts'
import type { CodeBook } from './column-codes.ts'
import { type ColumnName, OUTCOMES, type Outcome } from './column-layout.ts'
import { type Estimate, hajek, type Sample } from './estimate.ts'
import { countBits, createEvaluator, type SliceBits } from './expression-columns.ts'
import type { Resolved } from './expression-resolve.ts'
import { SLICE_ROWS, SLICE_WORDS } from './expression-scan.ts'

export interface WhatIfQuestion {
  readonly draft: Resolved
  readonly running: readonly { readonly id: string; readonly expression: Resolved }[]
  /** Days since 1970-01-01, both included. */
  readonly window: { readonly from: number; readonly until: number }
}

/** Sums over some of the rows; plain data. */
export interface WhatIfTally {
  rows: number
  outside: number
  hits: number
  unknown: number
  /** Hits that no running rule catches. */
  onlyDraft: number
  readonly running: { hits: number; both: number }[]
  /** Number of the port × 65,536 + day → rows, and hits among them. */
  readonly arrivals: Map<number, number>
  readonly portDays: Map<number, number>
  /** Hits by the number of their outcome, whether or not a probability was recorded. */
  readonly judged: number[]
  /** Of hits with an outcome and a probability of selection: both. */
  readonly outcomes: number[]
  readonly probabilities: number[]
  /** Outcomes that say nothing about all traffic, because nobody recorded how likely their control was. */
  withoutProbability: number
}

export interface PortDay {
  /** Absent: the port of arrival is not stated. */
  readonly port: string | undefined
  readonly day: number
  readonly hits: number
  /** Every row of that port and day. */
  readonly arrivals: number
}

export interface WhatIf {
  readonly rows: number
  readonly outside: number
  readonly hits: number
  readonly unknown: number
  readonly onlyDraft: number
  readonly days: number
  /** Expected a day is hits over the days of the window; the busiest day says what capacity must bear. */
  readonly ports: readonly {
    readonly port: string | undefined
    readonly hits: number
    readonly expectedADay: number
    readonly busiest: PortDay
  }[]
  /** Every port and day with a row, also without a hit. */
  readonly portDays: readonly PortDay[]
  /** Hits that were controlled, and those of them where something was found. */
  readonly inspected: number
  readonly found: number
  /** `both` of the hits of the draft are hits of the running rule as well. */
  readonly overlap: readonly { readonly id: string; readonly hits: number; readonly both: number }[]
  readonly precision: Estimate
  readonly withoutProbability: number
}

export interface WhatIfRun {
  readonly columns: readonly ColumnName[]
  /** Takes the rows from one up to another into the tally. */
  take(block: ColumnBlock, from: number, until: number): void
  readonly tally: WhatIfTally
}

export function openWhatIf({ draft, running, window }: WhatIfQuestion): WhatIfRun {
  const inWindow = createEvaluator([{ kind: 'range', column: 'day', low: window.from, high: window.until }])
  const evaluator = createEvaluator([draft, ...running.map(({ expression }) => expression)])
  const tally = emptyTally(running.length)
  return {
    columns: [...new Set<ColumnName>([...inWindow.columns, ...evaluator.columns, 'port', 'outcome', 'probability'])],
    tally,
    take: (block, from, until) => {
      for (let start = from; start < until; start += SLICE_ROWS) {
        const slice = { block, from: start, until: Math.min(start + SLICE_ROWS, until) }
        const live = (inWindow.evaluate(slice)[0] as SliceBits).yes
        const inside = countBits(live)
        tally.rows += inside
        tally.outside += slice.until - slice.from - inside
        if (inside === 0) continue
        takeArrivals(tally, live, slice)
        const [found, ...others] = evaluator.evaluate({ ...slice, live })
        takeBits(tally, found as SliceBits, others)
        takeHits(tally, (found as SliceBits).yes, slice)
      }
    },
  }
}

export function emptyTally(running: number): WhatIfTally {
  return {
    rows: 0,
    outside: 0,
    hits: 0,
    unknown: 0,
    onlyDraft: 0,
    running: Array.from({ length: running }, () => ({ hits: 0, both: 0 })),
    arrivals: new Map(),
    portDays: new Map(),
    judged: OUTCOMES.map(() => 0),
    outcomes: [],
    probabilities: [],
    withoutProbability: 0,
  }
}

export function mergeTally(into: WhatIfTally, part: WhatIfTally): void {
  for (const name of ['rows', 'outside', 'hits', 'unknown', 'onlyDraft', 'withoutProbability'] as const) into[name] += part[name]
  for (const [index, { hits, both }] of part.running.entries()) {
    const sum = into.running[index] as WhatIfTally['running'][number]
    sum.hits += hits
    sum.both += both
  }
  for (const name of ['arrivals', 'portDays'] as const)
    for (const [key, count] of part[name]) into[name].set(key, (into[name].get(key) ?? 0) + count)
  for (const [outcome, count] of part.judged.entries()) into.judged[outcome] = (into.judged[outcome] ?? 0) + count
  for (const outcome of part.outcomes) into.outcomes.push(outcome)
  for (const probability of part.probabilities) into.probabilities.push(probability)
}

export function whatIfOf(tally: WhatIfTally, { question, codes }: { readonly question: WhatIfQuestion; readonly codes: CodeBook }): WhatIf {
  const days = question.window.until - question.window.from + 1
  const portDays = [...tally.arrivals]
    .map(([key, arrivals]) => ({
      port: codes.codeOf('place', Math.floor(key / PORT)),
      day: key % PORT,
      hits: tally.portDays.get(key) ?? 0,
      arrivals,
    }))
    .sort((a, b) => compareText(a.port ?? '', b.port ?? '') || a.day - b.day)
  const { rows, outside, hits, unknown, onlyDraft, withoutProbability } = tally
  const judged = (outcome: Outcome): number => tally.judged[OUTCOMES.indexOf(outcome)] ?? 0
  return {
    rows,
    outside,
    hits,
    unknown,
    onlyDraft,
    withoutProbability,
    days,
    portDays,
    ports: portsOf(portDays, days),
    inspected: judged('nothing') + judged('found'),
    found: judged('found'),
    overlap: question.running.map(({ id }, index) => ({ id, ...(tally.running[index] as WhatIfTally['running'][number]) })),
    precision: hajek(samplesOf(tally)),
  }
}

const PORT = 65_536

function takeBits(tally: WhatIfTally, { yes, unknown }: SliceBits, others: readonly SliceBits[]): void {
  tally.hits += countBits(yes)
  tally.unknown += countBits(unknown)
  const shared = new Int32Array(SLICE_WORDS)
  const alone = yes.slice()
  for (const [index, other] of others.entries()) {
    const sum = tally.running[index] as WhatIfTally['running'][number]
    sum.hits += countBits(other.yes)
    for (let word = 0; word < SLICE_WORDS; word++) {
      shared[word] = (yes[word] as number) & (other.yes[word] as number)
      alone[word] = (alone[word] as number) & ~(other.yes[word] as number)
    }
    sum.both += countBits(shared)
  }
  tally.onlyDraft += countBits(alone)
}

function takeHits(tally: WhatIfTally, yes: Int32Array, { block, from }: { readonly block: ColumnBlock; readonly from: number }): void {
  const [ports, days] = [columnOf(block, 'port'), columnOf(block, 'day')]
  const [outcomes, probabilities] = [columnOf(block, 'outcome'), columnOf(block, 'probability')]
  for (let word = 0; word < SLICE_WORDS; word++) {
    for (let bits = yes[word] as number; bits !== 0; bits &= bits - 1) {
      const row = from + 32 * word + (31 - Math.clz32(bits & -bits))
      const key = (ports[row] as number) * PORT + (days[row] as number)
      tally.portDays.set(key, (tally.portDays.get(key) ?? 0) + 1)
      const outcome = outcomes[row] as number
      tally.judged[outcome] = (tally.judged[outcome] ?? 0) + 1
      if (outcome === 0) continue
      const probability = probabilities[row] as number
      if (!(probability > 0)) tally.withoutProbability += 1
      else {
        tally.outcomes.push(outcome)
        tally.probabilities.push(Math.min(1, probability))
      }
    }
  }
}

/** Rows of a day lie together, so a map is asked once for a run of them. */
function takeArrivals(tally: WhatIfTally, live: Int32Array, { block, from }: { readonly block: ColumnBlock; readonly from: number }): void {
  const [ports, days] = [columnOf(block, 'port'), columnOf(block, 'day')]
  let [last, count] = [-1, 0]
  const put = (): void => {
    if (count > 0) tally.arrivals.set(last, (tally.arrivals.get(last) ?? 0) + count)
  }
  for (let word = 0; word < SLICE_WORDS; word++) {
    for (let bits = live[word] as number; bits !== 0; bits &= bits - 1) {
      const row = from + 32 * word + (31 - Math.clz32(bits & -bits))
      const key = (ports[row] as number) * PORT + (days[row] as number)
      if (key !== last) {
        put()
        last = key
        count = 0
      }
      count += 1
    }
  }
  put()
}

function* samplesOf({ outcomes, probabilities }: WhatIfTally): Generator<Sample> {
  for (const [index, number] of outcomes.entries()) {
    const verdict = OUTCOMES[number]
    if (verdict !== undefined && verdict !== 'none') yield { verdict, pi: probabilities[index] as number }
  }
}

function portsOf(portDays: readonly PortDay[], days: number): WhatIf['ports'] {
  const ports = new Map<string | undefined, { hits: number; busiest: PortDay }>()
  for (const each of portDays) {
    const port = ports.get(each.port)
    ports.set(each.port, {
      hits: (port?.hits ?? 0) + each.hits,
      busiest: port === undefined || each.hits > port.busiest.hits ? each : port.busiest,
    })
  }
  return [...ports].map(([port, { hits, busiest }]) => ({ port, hits, expectedADay: hits / days, busiest })).sort((a, b) => b.hits - a.hits)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
