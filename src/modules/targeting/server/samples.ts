/**
 * Controlled arrivals as the estimates take them. A broken seal counts as found: something was done to the container, though nothing was in it. "Not checked" and "not
 * found in time" are passed on as what they are. What an officer took on own initiative has no probability and is counted beside.
 */
import { sql } from 'kysely'
import { type Estimate, hajek, type Sample } from '#kernel/risk/estimate.ts'
import type { Tx } from '#platform/store/database.ts'
import type { EstimateView } from '../contract.ts'
import { type DeskScope, monthOf } from './desk.ts'

export interface Controlled {
  readonly port: string
  /** First day of the month. */
  readonly month: string
  readonly stratum: string
  readonly pi: number | null
  /** Probability by which the random stratum of the day was drawn. */
  readonly random_pi: number | null
  readonly outcome: string
  readonly rule_hits: readonly string[]
  readonly kinds: readonly string[]
}

export interface Span {
  /** First days of months, the last one included. */
  readonly from: string
  readonly to: string
  readonly port?: string | undefined
}

export async function controlledIn(tx: Tx, { authority, desk }: DeskScope, span: Span): Promise<readonly Controlled[]> {
  const { rows } = await sql<Controlled>`
    select a.port, date_trunc('month', a.day)::date::text as month, a.stratum, a.pi, a.random_pi, a.outcome, a.rule_hits,
      coalesce((select array_agg(distinct m ->> 'kind') from jsonb_array_elements(a.mandatory) as m), '{}') as kinds
    from targeting.arrivals a
    where a.authority = ${authority} and a.desk = ${desk} and a.outcome is not null and a.stratum is not null and a.day >= ${span.from}::date
      and a.day < (${span.to}::date + interval '1 month')::date and (${span.port ?? null}::text is null or a.port = ${span.port ?? ''})`.execute(
    tx,
  )
  return rows
}

export function isFound({ outcome }: Pick<Controlled, 'outcome'>): boolean {
  return outcome === 'found' || outcome === 'seal-broken'
}

export function isControlled({ outcome }: Pick<Controlled, 'outcome'>): boolean {
  return outcome === 'nothing' || isFound({ outcome })
}

function verdictOf(controlled: Controlled): Sample['verdict'] {
  if (isFound(controlled)) return 'found'
  return controlled.outcome as Exclude<Sample['verdict'], 'found'>
}

export function samplesOf(controlled: readonly Controlled[]): readonly Sample[] {
  return controlled.flatMap((each) => (each.pi === null || each.stratum === 'officer' ? [] : [{ verdict: verdictOf(each), pi: each.pi }]))
}

/** The random stratum alone: each stands for as many as its day was drawn from. */
export function randomSamples(controlled: readonly Controlled[]): readonly Sample[] {
  return controlled.flatMap((each) =>
    each.stratum === 'random' && each.random_pi !== null ? [{ verdict: verdictOf(each), pi: each.random_pi }] : [],
  )
}

export function estimateView(estimate: Estimate): EstimateView | undefined {
  if (estimate.share === undefined) return undefined
  return { value: estimate.share, low: estimate.low, high: estimate.high, n: estimate.n }
}

/** Precision of rule versions over the last twelve months and all ports. */
export async function precisionOf(
  tx: Tx,
  scope: DeskScope,
  asked: { readonly refs: readonly string[]; readonly today: string },
): Promise<ReadonlyMap<string, EstimateView>> {
  if (asked.refs.length === 0) return new Map()
  const controlled = await controlledIn(tx, scope, { from: yearBefore(asked.today), to: monthOf(asked.today) })
  return new Map(
    asked.refs.flatMap((ref) => {
      const view = estimateView(hajek(samplesOf(controlled.filter(({ rule_hits: hits }) => hits.includes(ref)))))
      return view === undefined ? [] : [[ref, view] as const]
    }),
  )
}

export function yearBefore(today: string): string {
  return `${Number(today.slice(0, 4)) - 1}${today.slice(4, 7)}-01`
}
