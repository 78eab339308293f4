/**
 * Figures of one procedure for one period: the cases a desk may see that were opened in it, as they stood at its end, read in pages so that a year of a
 * large authority fits into memory. Withholding happens here, before anything is kept or shown; what was counted is forgotten.
 */
import { sql } from 'kysely'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import type { Period } from '#kernel/stats/period.ts'
import { countCase, newTally, type ShownTally, showTally, verdictOf } from '#kernel/stats/procedure-tally.ts'
import { LEAST_CELL, type ShownTable } from '#kernel/stats/small-cells.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { Figures, StatisticsTable } from '../contract.ts'
import { foldSteps, stepsOf } from './case-fold.ts'
import type { CaseRow } from './case-row.ts'
import { deriveClocks } from './clocks.ts'
import { count977, DIRECTIVE_977, newTally977, type StatutoryPoint, show977 } from './statistics-977.ts'
import { count1543, isOrder, newTally1543, show1543 } from './statistics-1543.ts'

const PAGE = 1000
const USUAL_CELL = 5

/** The largest small cell that the procedure names: one bound for all of its figures. */
export function smallCellOf(definition: ProcedureDef): number {
  return Math.max(
    LEAST_CELL,
    ...(definition.statistics.length === 0 ? [USUAL_CELL] : definition.statistics.map(({ smallCell }) => smallCell)),
  )
}

export async function figuresOf(
  work: WorkContext,
  at: { readonly authority: string; readonly definition: ProcedureDef; readonly period: Period },
): Promise<Figures> {
  const { definition, period } = at
  const tally = newTally()
  const statutory = statutoryOf(definition)
  let after: Pick<CaseRow, 'opened_at' | 'case_id'> | undefined
  for (;;) {
    const rows = await page(work, { ...at, after })
    const steps = await stepsOf(work.tx, rows)
    for (const row of rows) {
      const until = (steps.get(row.case_id) ?? []).filter(({ at: when }) => when < period.until)
      const fold = foldSteps(work.services, row, until)
      countCase(definition, tally, { state: fold.state, steps: fold.steps, clocks: verdictsOf(work, { row, fold, end: period.until }) })
      statutory.count({ row, fold })
    }
    after = rows.at(-1)
    if (rows.length < PAGE) break
  }
  const least = smallCellOf(definition)
  return figures(definition, showTally(definition, tally, least), { period, least, points: statutory.show(least) })
}

interface Statutory {
  count(at: { readonly row: CaseRow; readonly fold: CaseFold }): void
  show(least: number): readonly StatutoryPoint[]
}

/** What a law asks for of this procedure; nothing of most. */
function statutoryOf(definition: ProcedureDef): Statutory {
  if (definition.id === DIRECTIVE_977) {
    const tally = newTally977()
    return { count: (at) => count977(definition, tally, at), show: (least) => show977(definition, tally, least) }
  }
  if (isOrder(definition.id)) {
    const tally = newTally1543()
    return { count: (at) => count1543(definition, tally, at), show: (least) => show1543(definition, tally, least) }
  }
  return { count: () => undefined, show: () => [] }
}

async function page(
  { tx }: WorkContext,
  at: {
    readonly authority: string
    readonly definition: ProcedureDef
    readonly period: Period
    readonly after: Pick<CaseRow, 'opened_at' | 'case_id'> | undefined
  },
): Promise<CaseRow[]> {
  const { authority, definition, period, after } = at
  const { rows } = await sql<CaseRow>`select * from procedures.cases where authority = ${authority} and definition = ${definition.id}
    and opened_at >= ${new Date(period.from)} and opened_at < ${new Date(period.until)}
    ${after === undefined ? sql`` : sql`and (opened_at, case_id) > (${after.opened_at}, ${after.case_id})`}
    order by opened_at, case_id limit ${PAGE}`.execute(tx)
  return rows
}

function verdictsOf(
  { services }: WorkContext,
  { row, fold, end }: { readonly row: CaseRow; readonly fold: CaseFold; readonly end: number },
): { readonly clock: string; readonly verdict: ReturnType<typeof verdictOf> }[] {
  // Time that has to pass, and duties that ended otherwise than by being done or missed, are no adherence.
  const duties = deriveClocks(services, { row, fold, now: new Date(end) }).filter(
    ({ definition, due }) => definition.isWaiting !== true && due.state !== 'stopped',
  )
  return duties.map(({ definition, started, due }) => {
    const stoppedAt = started.ledger.find((event) => event.kind === 'stop')?.at
    // A clock that stands still at the end of the period has not run out, whatever its end would be.
    if (due.state === 'suspended') return { clock: definition.id, verdict: 'running' as const }
    return { clock: definition.id, verdict: verdictOf({ safe: due.safe, legalLatest: due.legalLatest, stoppedAt }, end) }
  })
}

function figures(
  definition: ProcedureDef,
  shown: ShownTally,
  { period, least, points }: { readonly period: Period; readonly least: number; readonly points: readonly StatutoryPoint[] },
): Figures {
  const titleOf = new Map([
    ...definition.states.map(({ id, title }) => [id, title] as const),
    ...definition.transitions.map(({ id, title }) => [id, title] as const),
  ])
  const groundOf = new Map(definition.refusalGrounds.map(({ code, text }) => [code, text]))
  return {
    procedure: definition.id,
    title: definition.title,
    period: period.id,
    from: new Date(period.from).toISOString(),
    until: new Date(period.until).toISOString(),
    smallCell: least,
    states: table(shown.states, titleOf),
    refusals: table(shown.refusals, groundOf),
    clocks: definition.clocks.map(({ id, title, kind, basis: { act, art, mark } }) => ({
      clock: id,
      title,
      kind,
      basis: { act, art, mark },
      adherence: table(shown.clocks[id] ?? { total: 0, parts: {} }, new Map()),
    })),
    times: shown.times.map(({ from, to, ...hours }) => ({ from: titleOf.get(from) ?? from, to: titleOf.get(to) ?? to, ...hours })),
    statutory: points.map(({ point, meaning, basis, tables }) => ({
      point,
      meaning,
      basis,
      tables: tables.map(({ title, shown: each }) => ({ title, table: table(each, groundOf) })),
    })),
  }
}

function table(shown: ShownTable, titles: ReadonlyMap<string, string>): StatisticsTable {
  return { total: shown.total, parts: Object.entries(shown.parts).map(([id, n]) => ({ id, title: titles.get(id) ?? id, n })) }
}
