/**
 * How well rules, watch entries, alerts, the score and the strata do, beside random controls. Hits come from counts that move with every assessment; what was found
 * comes from controlled arrivals, each standing for as many as its probability says. Nothing is ranked on fewer than 30 controls.
 */
import { sql } from 'kysely'
import { type Estimate, hajek } from '#kernel/risk/estimate.ts'
import { liftBetween } from '#kernel/risk/estimate-lift.ts'
import { AppError } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type EffectivenessRow, LEAST_RANKED, listEffectiveness } from '../contract.ts'
import { present } from './arrival-rows.ts'
import { type DeskScope, scopeOf } from './desk.ts'
import { type Controlled, controlledIn, estimateView, isControlled, isFound, randomSamples, type Span, samplesOf } from './samples.ts'

const MOST_MONTHS = 36
const MOST_ROWS = 2000

export const METHOD =
  'Precision: Hájek estimate over controlled hits, each weighted by one over its probability of selection; 95 % interval by Wilson with the effective number. Lift: precision over the share found among random controls. A broken seal counts as found. Not checked and not found in time are counted beside and never as clean. What an officer left of a proposal was not controlled, and the estimate takes it for chance.'

export const listEffectivenessRoute = handle(listEffectiveness, async (input, { tx, facts }) => {
  const scope = scopeOf(facts)
  const months = monthsBetween(input.from, input.to)
  if (months < 0 || months >= MOST_MONTHS) throw new AppError(422, 'targeting.period', `The period has 1 to ${MOST_MONTHS} months.`)
  const span: Span = { from: `${input.from}-01`, to: `${input.to}-01`, port: input.port }
  const controlled = await controlledIn(tx, scope, span)
  const random = hajek(randomSamples(controlled))
  const groups = await groupsOf(tx, scope, { span, rule: input.rule })
  const selected = await selectedIn(tx, scope, span)
  const split = (each: { readonly port: string; readonly month: string }) => splitOf(each, input.by)
  const rows = groups.flatMap((group) => {
    const hits = Map.groupBy(group.tallies, split)
    const chosen = Map.groupBy(selected.filter(group.holds), split)
    const looked = Map.groupBy(controlled.filter(group.holds), split)
    return [...new Set([...hits.keys(), ...chosen.keys()])]
      .sort()
      .map((key) =>
        rowOf(group, { key, hits: hits.get(key) ?? [], selected: chosen.get(key)?.length ?? 0, controlled: looked.get(key) ?? [], random }),
      )
  })
  const shown = ranked(rows).slice(0, MOST_ROWS)
  return {
    rows: shown,
    leastRanked: LEAST_RANKED,
    ...present({ random: estimateView(random) }),
    method: METHOD,
    leftOut: rows.length - shown.length,
  }
})

type Selected = Pick<Controlled, 'port' | 'month' | 'stratum' | 'rule_hits' | 'kinds'>

interface Group extends Pick<EffectivenessRow, 'kind' | 'title'> {
  readonly ref?: string
  readonly version?: number
  readonly tallies: readonly Tally[]
  readonly holds: (row: Selected) => boolean
}

interface Tally {
  readonly port: string
  readonly month: string
  readonly rule: string
  readonly hits: number
  readonly unknown: number
}

const STRATA = [
  { kind: 'score', title: 'Highest scores', strata: ['top'] },
  { kind: 'random', title: 'Random controls', strata: ['random'] },
  { kind: 'novelty', title: 'Novelty', strata: ['novelty'] },
  { kind: 'officer', title: 'Own initiative', strata: ['officer'] },
] as const

async function groupsOf(
  tx: Tx,
  { authority, desk }: DeskScope,
  { span, rule }: { readonly span: Span; readonly rule: string | undefined },
): Promise<readonly Group[]> {
  const { rows } =
    await sql<Tally>`select port, month::text as month, rule, hits::int as hits, unknown::int as unknown from targeting.tallies
    where authority = ${authority} and desk = ${desk} and month between ${span.from}::date and ${span.to}::date and (${span.port ?? null}::text is null or port = ${span.port ?? ''})
    order by rule, port, month`.execute(tx)
  const titles = await sql<{
    ref: string
    rule: string
    version: number
    title: string
  }>`select rule::text || '/' || version as ref, rule::text as rule, version, title from targeting.rules
    where authority = ${authority} and desk = ${desk} and (${rule ?? null}::uuid is null or rule = ${rule ?? null}::uuid) order by title, rule, version`.execute(
    tx,
  )
  const byRule = Map.groupBy(rows, (row) => row.rule)
  const rules = titles.rows.flatMap((each): Group[] => {
    const tallies = byRule.get(each.ref) ?? []
    return tallies.length === 0
      ? []
      : [
          {
            kind: 'rule',
            ref: each.rule,
            version: each.version,
            title: each.title,
            tallies,
            holds: ({ rule_hits: hits }) => hits.includes(each.ref),
          },
        ]
  })
  if (rule !== undefined) return rules
  const kinds = (['watch', 'alert'] as const).map((kind): Group => {
    const title = kind === 'watch' ? 'Watch entries' : 'Alerts'
    return { kind, title, tallies: byRule.get(kind) ?? [], holds: (row) => row.kinds.includes(kind) }
  })
  const strata = STRATA.map(({ kind, title, strata: names }): Group => {
    const among: readonly string[] = names
    return { kind, title, tallies: [], holds: ({ stratum }) => among.includes(stratum) }
  })
  return [...rules, ...kinds, ...strata]
}

async function selectedIn(tx: Tx, { authority, desk }: DeskScope, span: Span): Promise<readonly Selected[]> {
  const { rows } = await sql<Selected>`select a.port, date_trunc('month', a.day)::date::text as month, a.stratum, a.rule_hits,
      coalesce((select array_agg(distinct m ->> 'kind') from jsonb_array_elements(a.mandatory) as m), '{}') as kinds
    from targeting.arrivals a where a.authority = ${authority} and a.desk = ${desk} and a.stratum is not null and a.day >= ${span.from}::date
      and a.day < (${span.to}::date + interval '1 month')::date and (${span.port ?? null}::text is null or a.port = ${span.port ?? ''})`.execute(
    tx,
  )
  return rows
}

interface Cell {
  /** `port month`, either of them empty. */
  readonly key: string
  readonly hits: readonly Tally[]
  readonly selected: number
  readonly controlled: readonly Controlled[]
  readonly random: Estimate
}

function rowOf(group: Group, { key, hits, selected, controlled, random }: Cell): EffectivenessRow {
  const [port = '', month = ''] = key.split(' ')
  const { kind, title, ref, version } = group
  const isStratum = STRATA.some((each) => each.kind === kind)
  // The random stratum is estimated by the design that drew it, everything else by what it was chosen with.
  const estimate = hajek(kind === 'random' ? randomSamples(controlled) : samplesOf(controlled))
  const inspected = controlled.filter(isControlled).length
  const lift = kind === 'random' ? undefined : liftBetween(estimate, random)
  const liftView =
    lift?.ratio === undefined ? undefined : { value: lift.ratio, low: lift.low, high: lift.high ?? Number.MAX_VALUE, n: estimate.n }
  return {
    kind,
    title,
    ...present({ ref, version, port: port === '' ? undefined : port, month: month === '' ? undefined : month }),
    hits: isStratum ? selected : hits.reduce((sum, each) => sum + each.hits, 0),
    unknown: hits.reduce((sum, each) => sum + each.unknown, 0),
    selected,
    inspected,
    found: controlled.filter(isFound).length,
    notChecked: controlled.filter(({ outcome }) => outcome === 'not-checked').length,
    notFoundInTime: controlled.filter(({ outcome }) => outcome === 'not-found-in-time').length,
    withoutProbability: inspected - estimate.n,
    ...present({ precision: estimateView(estimate), lift: liftView }),
  }
}

/** The best first, of those with enough controls; the others follow as they came. */
function ranked(rows: readonly EffectivenessRow[]): EffectivenessRow[] {
  const isRanked = ({ precision }: EffectivenessRow) => precision !== undefined && precision.n >= LEAST_RANKED
  const best = rows.filter(isRanked).sort((a, b) => (b.precision?.value ?? 0) - (a.precision?.value ?? 0))
  return [...best.map((row, at) => ({ ...row, rank: at + 1 })), ...rows.filter((row) => !isRanked(row))]
}

function splitOf(
  { port, month }: { readonly port: string; readonly month: string },
  by: 'total' | 'port' | 'month' | 'port-month',
): string {
  return `${by.startsWith('port') ? port : ''} ${by.endsWith('month') ? month.slice(0, 7) : ''}`
}

function monthsBetween(from: string, to: string): number {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return number(to) - number(from)
}
