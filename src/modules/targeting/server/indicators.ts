/**
 * Settings of the indicators of a desk: what was released last stands. A setting is proposed by one officer and released by another; every proposal is kept. What is
 * not set stands as the indicator was shipped.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { decideIndicator, type IndicatorView, listIndicators, proposeIndicator } from '../contract.ts'
import { type Indicator, indicators, writeSetting } from './cargo-door.ts'
import { type DeskScope, scopeOf, todayOf } from './desk.ts'
import { actOf } from './rules-read.ts'

export interface IndicatorSetting {
  readonly enabled: boolean
  readonly parameters: Readonly<Record<string, number>>
}

interface Change extends IndicatorSetting {
  readonly proposal: string
  readonly indicator: string
  readonly reason: string
  readonly state: 'waiting' | 'released' | 'returned'
  readonly proposed_by: string
  readonly proposed_name: string
  readonly proposed_at: Date
  readonly note: string | null
  readonly decided_by: string | null
  readonly decided_name: string | null
  readonly decided_at: Date | null
}

/** What is in force at a desk, by indicator; an indicator that is not in it stands as shipped. */
export async function effectiveSettings(tx: Tx, { authority, desk }: DeskScope): Promise<ReadonlyMap<string, IndicatorSetting>> {
  const { rows } = await sql<Change>`select distinct on (indicator) * from targeting.indicator_changes
    where authority = ${authority} and desk = ${desk} and state = 'released' order by indicator, decided_at desc, proposal`.execute(tx)
  return new Map(rows.map(({ indicator, enabled, parameters }) => [indicator, { enabled, parameters }]))
}

export const listIndicatorsRoute = handle(listIndicators, async (_input, { tx, facts, services }) => {
  const scope = scopeOf(facts)
  const settings = await effectiveSettings(tx, scope)
  const { rows } = await sql<Change>`select distinct on (indicator, state = 'waiting') * from targeting.indicator_changes
    where authority = ${scope.authority} and desk = ${scope.desk} order by indicator, state = 'waiting', proposed_at desc`.execute(tx)
  const counts = await sql<{ detector: string; n: number }>`select s ->> 'detector' as detector, count(*)::int as n
    from targeting.arrivals a cross join lateral jsonb_array_elements(a.signals) as s
    where a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.signals <> '[]' and a.day >= ${todayOf(services, scope)}::date group by 1`.execute(
    tx,
  )
  const signals = new Map(counts.rows.map(({ detector, n }) => [detector, n]))
  return {
    items: indicators.map((indicator) => {
      const changes = rows.filter((row) => row.indicator === indicator.id)
      return viewOf(indicator, {
        setting: settings.get(indicator.id),
        changes,
        officer: facts.officer,
        signals: signals.get(indicator.id) ?? 0,
      })
    }),
  }
})

interface Shown {
  readonly setting: IndicatorSetting | undefined
  readonly changes: readonly Change[]
  readonly officer: string
  readonly signals: number
}

function viewOf(indicator: Indicator, { setting, changes, officer, signals }: Shown): IndicatorView {
  const waiting = changes.find(({ state }) => state === 'waiting')
  const last = changes.find(({ state }) => state !== 'waiting')
  const { id, version, title, legalBasis, knownLimits, innocentAlternatives, parameters } = indicator
  return {
    id,
    version,
    title,
    legalBasis,
    knownLimits,
    signals,
    innocentAlternatives: [...innocentAlternatives],
    enabled: setting?.enabled ?? true,
    parameters: Object.entries(parameters).map(([name, shipped]) => ({
      name,
      value: setting?.parameters[name] ?? shipped,
      default: shipped,
    })),
    ...(waiting === undefined ? {} : { waiting: changeView(waiting, officer) }),
    ...(last === undefined ? {} : { lastChange: changeView(last, officer) }),
  }
}

function changeView(change: Change, officer: string): NonNullable<IndicatorView['waiting']> {
  const { proposal, indicator, enabled, parameters, reason, state } = change
  const decided = actOf(change.decided_by, change.decided_name, change.decided_at)
  return {
    proposal,
    indicator,
    enabled,
    reason,
    state,
    parameters: { ...parameters },
    proposed: { officer: change.proposed_by, name: change.proposed_name, at: change.proposed_at.toISOString() },
    ...(decided === undefined ? {} : { decided: { ...decided, note: change.note ?? '' } }),
    mayDecide: state === 'waiting' && change.proposed_by !== officer,
  }
}

export const proposeIndicatorRoute = handle(proposeIndicator, async ({ indicator, enabled, parameters, reason, key }, context) => {
  const { tx, facts, clock, services } = context
  const known = indicators.find(({ id }) => id === indicator)
  if (known === undefined) throw notFound()
  const problems = Object.entries(parameters).flatMap(([name, value]) =>
    name in known.parameters && Number.isFinite(value) && value >= 0
      ? []
      : [
          {
            code: 'targeting.indicator-parameters',
            at: `parameters.${name.slice(0, 60)}`,
            message: 'The indicator has no such parameter, or the value is below zero.',
          },
        ],
  )
  if (problems.length > 0) throw new AppError(422, 'targeting.indicator-parameters', 'A parameter cannot be set so.', { problems })
  const answer = await once(context, { route: proposeIndicator.id, key }, async () => {
    const proposal = randomUUID()
    const { rows } =
      await sql`insert into targeting.indicator_changes (authority, desk, proposal, indicator, enabled, parameters, reason, state, proposed_by, proposed_name, proposed_at, audience)
      values (${facts.authority}, ${facts.desk}, ${proposal}, ${indicator}, ${enabled}, ${JSON.stringify(parameters)}::jsonb, ${reason}, 'waiting', ${facts.officer}, ${facts.officerName},
        ${clock.now()}, ${[facts.desk]}) on conflict (authority, desk, indicator) where state = 'waiting' do nothing returning proposal`.execute(
        tx,
      )
    if (rows.length === 0) throw new AppError(409, 'targeting.indicator-waiting', 'A proposal for this indicator waits already.')
    await services.announce(tx, 'targeting', [facts.desk])
    return { proposal }
  })
  context.about({ kind: 'indicator', id: indicator })
  return answer
})

export const decideIndicatorRoute = handle(decideIndicator, async ({ indicator, proposal, decision, note }, context) => {
  const { tx, facts, clock, services } = context
  const mine = sql<boolean>`authority = ${facts.authority} and desk = ${facts.desk} and proposal = ${proposal}::uuid and indicator = ${indicator}`
  const { rows } = await sql<Change>`select * from targeting.indicator_changes where ${mine} for update`.execute(tx)
  const [change] = rows
  if (change === undefined) throw notFound()
  context.about({ kind: 'indicator', id: indicator })
  if (change.state !== 'waiting') throw new AppError(409, 'targeting.indicator-state', 'The proposal is decided already.')
  if (change.proposed_by === facts.officer) throw new AppError(403, 'targeting.four-eyes', 'A second officer decides: not who proposed it.')
  const state = decision === 'release' ? ('released' as const) : ('returned' as const)
  await sql`update targeting.indicator_changes set state = ${state}, note = ${note}, decided_by = ${facts.officer}, decided_name = ${facts.officerName}, decided_at = ${clock.now()}
    where ${mine}`.execute(tx)
  if (state === 'released') {
    const { enabled, parameters, proposed_by: proposedBy } = change
    await writeSetting(tx, scopeOf(facts), {
      detector: indicator,
      enabled,
      parameters,
      proposedBy,
      approvedBy: facts.officer,
      at: clock.now(),
    })
  }
  await services.announce(tx, 'targeting', [facts.desk])
  return { proposal, state }
})
