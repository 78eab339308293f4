/**
 * Keeps the hot columns of a desk like its arrivals: months that changed are written again, each night and before a run over the past. Invariant: what is noted as changed
 * is crossed off only after a month was written from rows read later than the note, so that a change on the way is written the next time.
 */
import { sql } from 'kysely'
import type { Outcome } from '#kernel/risk/column-layout.ts'
import type { ConsignmentRow } from '#kernel/risk/column-row.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import type { OutcomeKind } from '../contract.ts'
import type { DeskScope } from './desk.ts'
import { type ArrivalFacts, consignmentRow } from './facts.ts'

export const WRITE_COLUMNS = 'targeting.write-columns'
const PAGE = 4000

export const writeColumnsJob: Job = {
  name: WRITE_COLUMNS,
  meaning: 'Writes the columns of months whose arrivals changed, for runs over the past',
  schedule: '40 1 * * *',
  timeoutSeconds: 14_400,
  retries: 1,
  run: async (_data, services) => await writeColumns(services),
}

export async function writeColumns(services: NodeServices): Promise<void> {
  for (const authority of services.authorities) {
    const units = services.directory().orgs.find(({ id }) => id === authority)?.units ?? []
    const changed = await services.database.asWorker(WRITE_COLUMNS, async (tx) => await changedDesks(tx, authority))
    // Also a desk that the directory no longer names.
    for (const desk of new Set([...units.map(({ id }) => id), ...changed])) await freshenColumns(services, { authority, desk })
  }
}

export interface Freshening {
  /** `2027-03`; without it every month that the desk holds. */
  readonly months?: readonly string[]
  readonly signal?: AbortSignal
}

/** Throws the reason of the signal when it is aborted; a month on the way stays as it was. */
export async function freshenColumns(services: NodeServices, scope: DeskScope, { months, signal }: Freshening = {}): Promise<void> {
  const { columns, database } = services
  const written = await writtenMonths(services, scope)
  const state = await database.asWorker(WRITE_COLUMNS, async (tx) => await monthsOf(tx, scope))
  if (state.held.length === 0) {
    await columns.eraseDesk(scope.desk)
    await crossOff(services, scope, state.changes)
    return
  }
  const wanted = new Set([...state.held, ...written])
  await crossOff(
    services,
    scope,
    state.changes.filter(({ month }) => !wanted.has(month)),
  )
  for (const month of [...wanted].sort()) {
    const changes = state.changes.filter((each) => each.month === month)
    if ((months !== undefined && !months.includes(month)) || (changes.length === 0 && written.has(month))) continue
    const { misfits } = await columns.replaceMonth({ desk: scope.desk, month, rows: rowsOf(services, scope, { month, signal }) })
    for (const misfit of misfits)
      services.log.warn(
        { code: 'targeting.columns', month, misfit: misfit.code, at: misfit.at, count: misfit.count },
        'values count as missing',
      )
    await crossOff(services, scope, changes)
  }
}

/** Columns that are spoilt are erased: every month is then written again. */
async function writtenMonths({ columns, log }: NodeServices, { desk }: DeskScope): Promise<ReadonlySet<string>> {
  try {
    return new Set((await columns.months(desk)).map(({ month }) => month))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'columns.damaged') throw error
    log.warn({ code: 'targeting.columns', because: error.code }, 'the columns of a desk are written anew')
    await columns.eraseDesk(desk)
    return new Set()
  }
}

interface Change {
  readonly month: string
  readonly change: string
}

async function changedDesks(tx: Tx, authority: string): Promise<readonly string[]> {
  const { rows } = await sql<{ desk: string }>`select distinct desk from targeting.column_changes where authority = ${authority}`.execute(
    tx,
  )
  return rows.map(({ desk }) => desk)
}

/** The notes first: whatever they speak of is then seen by every later look at the arrivals. */
async function monthsOf(
  tx: Tx,
  { authority, desk }: DeskScope,
): Promise<{ readonly changes: readonly Change[]; readonly held: readonly string[] }> {
  const changes = await sql<Change>`select to_char(month, 'YYYY-MM') as month, change::text as change from targeting.column_changes
    where authority = ${authority} and desk = ${desk}`.execute(tx)
  // One step of the index for each month, however many arrivals lie between.
  const held = await sql<{ month: string }>`with recursive months(month) as (
      select date_trunc('month', min(day))::date from targeting.arrivals where authority = ${authority} and desk = ${desk}
      union all
      select (select date_trunc('month', min(a.day))::date from targeting.arrivals a
        where a.authority = ${authority} and a.desk = ${desk} and a.day >= (m.month + interval '1 month')::date) from months m where m.month is not null)
    select to_char(month, 'YYYY-MM') as month from months where month is not null`.execute(tx)
  return { changes: changes.rows, held: held.rows.map(({ month }) => month) }
}

async function crossOff({ database }: NodeServices, { authority, desk }: DeskScope, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await database.asWorker(WRITE_COLUMNS, async (tx) => {
    await sql`delete from targeting.column_changes where authority = ${authority} and desk = ${desk} and change = any(${changes.map(({ change }) => change)}::bigint[])`.execute(
      tx,
    )
  })
}

interface Arrived {
  readonly arrival: string
  readonly day: string
  readonly port: string
  readonly container: string
  readonly facts: ArrivalFacts
  readonly outcome: OutcomeKind | null
  readonly pi: number | null
  readonly stratum: string | null
}

/** The arrivals of a month as they were assessed last, a page in a transaction. */
async function* rowsOf(
  { database }: NodeServices,
  { authority, desk }: DeskScope,
  { month, signal }: { readonly month: string; readonly signal: AbortSignal | undefined },
): AsyncGenerator<ConsignmentRow> {
  for (let after = { day: '0001-01-01', arrival: '00000000-0000-0000-0000-000000000000' }; ; ) {
    signal?.throwIfAborted()
    const { rows } = await database.asWorker(
      WRITE_COLUMNS,
      async (tx) =>
        await sql<Arrived>`select arrival::text as arrival, day::text as day, port, container, facts, outcome, pi, stratum from targeting.arrivals
        where authority = ${authority} and desk = ${desk} and day >= ${`${month}-01`}::date and day < (${`${month}-01`}::date + interval '1 month')::date
          and (day, arrival) > (${after.day}::date, ${after.arrival}::uuid) order by day, arrival limit ${PAGE}`.execute(tx),
    )
    for (const row of rows) yield columnRow(row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last
  }
}

/** A broken seal counts as found; what an officer took on own initiative has no probability. */
function columnRow({ facts, day, container, port, outcome, pi, stratum }: Arrived): ConsignmentRow {
  const label: Outcome = outcome === null ? 'none' : outcome === 'seal-broken' ? 'found' : outcome
  return consignmentRow(
    { facts, day, container },
    { port, outcome: label, ...(pi === null || stratum === 'officer' ? {} : { probability: pi }) },
  )
}
