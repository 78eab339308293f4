/**
 * Counts a procedure's cases as they stood at the end of a period: states, refusal grounds, clocks, time between steps. Counting and showing are apart:
 * what is counted here is never shown before `small-cells.ts` withheld what is small.
 * Where the states withhold a cell, the other tables could give it away (so many clocks of a kind run, so many cases stand where they are stopped): they
 * are then shown in steps of the small cell. Durations are shown for as many cases as a cell needs, the ninth decile for twice as many, in whole hours.
 */
import type { ProcedureDef } from '../procedure/definition.ts'
import type { FoldedStep } from '../procedure/fold.ts'
import { quantile } from './quantile.ts'
import { type CountTable, type ShownTable, showCounts, withholds } from './small-cells.ts'

const HOUR = 3_600_000

/** met: by the safe instant; late: after it, within what the law allows; missed: after that; running: not over at the end of the period. */
export const VERDICTS = ['met', 'late', 'missed', 'running'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface TalliedCase {
  readonly state: string
  readonly steps: readonly Pick<FoldedStep, 'transition' | 'at' | 'isVoid' | 'fields'>[]
  readonly clocks: readonly { readonly clock: string; readonly verdict: Verdict }[]
}

export interface Tally {
  readonly states: Map<string, number>
  readonly refusals: Map<string, number>
  readonly clocks: Map<string, Map<string, number>>
  /** Milliseconds between two steps that followed each other. */
  readonly times: Map<string, number[]>
  cases: number
}

export function newTally(): Tally {
  return { states: new Map(), refusals: new Map(), clocks: new Map(), times: new Map(), cases: 0 }
}

export function countCase(definition: ProcedureDef, tally: Tally, each: TalliedCase): void {
  tally.cases += 1
  add(tally.states, each.state)
  for (const { clock, verdict } of each.clocks) {
    const own = tally.clocks.get(clock) ?? new Map<string, number>()
    tally.clocks.set(clock, own)
    add(own, verdict)
  }
  const refusing = new Set(definition.transitions.flatMap(({ id, refuses }) => (refuses === undefined ? [] : [id])))
  const taken = each.steps.filter(({ isVoid }) => !isVoid)
  for (const step of taken) if (refusing.has(step.transition)) add(tally.refusals, String(step.fields['ground'] ?? ''))
  taken.forEach((step, index) => {
    const before = taken[index - 1]
    if (before === undefined) return
    const key = JSON.stringify([before.transition, step.transition])
    tally.times.set(key, [...(tally.times.get(key) ?? []), Math.max(0, step.at - before.at)])
  })
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** When a clock was stopped, against its two ends, as of the end of the period. */
export function verdictOf(
  clock: { readonly safe: number; readonly legalLatest: number; readonly stoppedAt?: number | undefined },
  end: number,
): Verdict {
  const { safe, legalLatest, stoppedAt } = clock
  if (stoppedAt !== undefined && stoppedAt <= end) return stoppedAt <= safe ? 'met' : stoppedAt <= legalLatest ? 'late' : 'missed'
  return end > legalLatest ? 'missed' : 'running'
}

export interface ShownTally {
  readonly states: ShownTable
  readonly refusals: ShownTable
  readonly clocks: Readonly<Record<string, ShownTable>>
  readonly times: readonly {
    readonly from: string
    readonly to: string
    readonly medianHours: number | null
    readonly p90Hours: number | null
  }[]
}

export function showTally(definition: ProcedureDef, tally: Tally, least: number): ShownTally {
  const states = showCounts(
    tableOf(
      tally.states,
      definition.states.map(({ id }) => id),
    ),
    least,
  )
  const isLinked = withholds(states)
  const linked = (table: CountTable): ShownTable => (isLinked ? inSteps(showCounts(table, least), least) : showCounts(table, least))
  return {
    states,
    refusals: linked(
      tableOf(
        tally.refusals,
        definition.refusalGrounds.map(({ code }) => code),
      ),
    ),
    clocks: Object.fromEntries(definition.clocks.map(({ id }) => [id, linked(tableOf(tally.clocks.get(id) ?? new Map(), VERDICTS))])),
    times: [...tally.times]
      .map(([key, spans]) => ({ ...pairOf(key), ...shownTimes(spans, least) }))
      .sort((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1)),
  }
}

function shownTimes(spans: readonly number[], least: number): { readonly medianHours: number | null; readonly p90Hours: number | null } {
  const hours = (share: number) => Math.round((quantile(spans, share) ?? 0) / HOUR)
  return { medianHours: spans.length < least ? null : hours(0.5), p90Hours: spans.length < 2 * least ? null : hours(0.9) }
}

function pairOf(key: string): { readonly from: string; readonly to: string } {
  const [from = '', to = ''] = JSON.parse(key) as string[]
  return { from, to }
}

/** Every part that the definition names stands there, with zero where there was none; what it does not name (another version) beside them. */
export function tableOf(counts: ReadonlyMap<string, number>, ids: readonly string[]): CountTable {
  const parts = Object.fromEntries([...new Set([...ids, ...[...counts.keys()].sort()])].map((id) => [id, counts.get(id) ?? 0]))
  return { total: Object.values(parts).reduce((sum, n) => sum + n, 0), parts }
}

/** Figures to the nearest multiple, so that they fix none that is withheld elsewhere. */
export function inSteps(shown: ShownTable, step: number): ShownTable {
  const near = (n: number | null) => (n === null ? null : Math.round(n / step) * step)
  return { total: near(shown.total), parts: Object.fromEntries(Object.entries(shown.parts).map(([id, n]) => [id, near(n)])) }
}
