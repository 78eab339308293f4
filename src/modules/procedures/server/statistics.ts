/**
 * Statistics over the wire. A period is counted once, when somebody first asks after its end, and kept as it was shown: who could see two versions of one
 * figure could subtract them. Each desk has its own, of the cases it may see.
 */
import { dateOf, localDay } from '#kernel/procedure/civil-time.ts'
import { endedPeriods, type Period, type PeriodKind, periodOf } from '#kernel/stats/period.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { exportStatistics, type Figures, listStatistics, showStatistics } from '../contract.ts'
import type { QueueTables } from './queue-tables.ts'
import { DIRECTIVE_977 } from './statistics-977.ts'
import { figuresOf } from './statistics-figures.ts'
import { statisticsCsv, statisticsJson } from './statistics-file.ts'

const OFFERED = 12
/** Procedures whose statistics a law asks for by the calendar year; all others go by quarters. */
const YEARLY = new Set([DIRECTIVE_977, 'PR-07', 'PR-08'])

const kindOf = (procedure: string): PeriodKind => (YEARLY.has(procedure.replace(/\..*$/, '')) ? 'year' : 'quarter')

function zoneOf({ facts, services }: CaseContext): { readonly zone: string; readonly rules: typeof zoneRules } {
  return { zone: findUnit(services.directory(), facts.desk)?.unit.zone ?? 'UTC', rules: zoneRules }
}

export const listStatisticsRoute = handle(listStatistics, async (_input, context) => {
  const now = context.clock.now().getTime()
  const at = zoneOf(context)
  const { year } = dateOf(localDay(now, at.zone, at.rules))
  const offered = (kind: PeriodKind) =>
    endedPeriods(kind, { ...at, now, year }, kind === 'year' ? OFFERED / 4 : OFFERED).map(({ id }) => id)
  const periods = { year: offered('year'), quarter: offered('quarter') }
  return {
    items: context.services.procedures
      .list()
      .map(({ definition: { id, title } }) => ({ procedure: id, title, periods: periods[kindOf(id)] })),
  }
})

export const showStatisticsRoute = handle(showStatistics, async (input, context) => await kept(context, input))

export const exportStatisticsRoute = handle(exportStatistics, async (input, context) => {
  const figures = await kept(context, input)
  const fileName = `${figures.procedure}-${figures.period}.${input.format}`
  return input.format === 'csv'
    ? { fileName, mediaType: 'text/csv; charset=utf-8', text: statisticsCsv(figures) }
    : { fileName, mediaType: 'application/json', text: statisticsJson(figures) }
})

async function kept(context: CaseContext, asked: { readonly procedure: string; readonly period: string }): Promise<Figures> {
  const { facts, tx, services, clock } = context
  const definition = services.procedures.current(asked.procedure)?.definition
  if (definition === undefined) throw notFound()
  context.about({ kind: 'procedure', id: definition.id })
  const period = endedPeriod(context, definition.id, asked.period)
  const key = { authority: facts.authority, desk: facts.desk, procedure: definition.id, period: period.id }
  const there = await readKept(context, key)
  if (there !== undefined) return there
  const figures = await figuresOf({ tx, services }, { authority: facts.authority, definition, period })
  await tx
    .withTables<QueueTables>()
    .insertInto('procedures.statistics')
    .values({ ...key, figures: JSON.stringify(figures), made_at: clock.now(), audience: [facts.desk] })
    .onConflict((conflict) => conflict.columns(['authority', 'desk', 'procedure', 'period']).doNothing())
    .execute()
  // Somebody else may have counted at the same moment: what is kept is what is shown.
  return (await readKept(context, key)) ?? figures
}

function endedPeriod(context: CaseContext, procedure: string, id: string): Period {
  const period = periodOf(id, kindOf(procedure), zoneOf(context))
  if (period === undefined || period.until > context.clock.now().getTime())
    throw new AppError(
      422,
      'procedures.period',
      kindOf(procedure) === 'year' ? 'A calendar year that has ended.' : 'A quarter that has ended, such as 2026-Q3.',
    )
  return period
}

async function readKept(
  { tx }: CaseContext,
  key: { readonly authority: string; readonly desk: string; readonly procedure: string; readonly period: string },
): Promise<Figures | undefined> {
  const row = await tx
    .withTables<QueueTables>()
    .selectFrom('procedures.statistics')
    .select('figures')
    .where('authority', '=', key.authority)
    .where('desk', '=', key.desk)
    .where('procedure', '=', key.procedure)
    .where('period', '=', key.period)
    .executeTakeFirst()
  return row?.figures
}
