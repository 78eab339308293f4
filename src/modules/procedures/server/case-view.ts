/** Cases as a screen shows them: clocks derived now, history as released to the viewer's side, and the steps open to it. */

import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { openTransitions } from '#kernel/procedure/machine.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { bindingOf } from './case-row.ts'
import { type CaseRow, type DerivedClock, deriveClocks } from './clocks.ts'
import type { ProcedureTables } from './tables.ts'

export interface ClockView {
  readonly id: string
  readonly label: string
  readonly safe: string
  readonly legalLatest: string
  readonly state: 'running' | 'suspended' | 'met' | 'missed' | 'stopped'
  readonly kind: 'law' | 'policy'
  readonly basis: string
  readonly explain: string
}

export interface MoveView {
  readonly transition: string
  readonly to: string
  readonly at: string
  /** The officer's name for steps taken on this node, the desk for steps reported by another. */
  readonly by: string
  readonly fields: Record<string, unknown>
}

export interface CaseView {
  readonly row: CaseRow
  readonly clocks: readonly ClockView[]
  readonly history: readonly MoveView[]
  readonly open: readonly string[]
}

/** Every visible case of a subject, in order of opening. */
export async function loadCases(
  work: WorkContext,
  key: {
    readonly authority: string
    readonly definition: string
    readonly subject: string
  },
): Promise<readonly CaseView[]> {
  const rows = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('definition', '=', key.definition)
    .where('subject', '=', key.subject)
    .orderBy('opened_at')
    .orderBy('case_id')
    .execute()
  const { definition } = bindingOf(work.services, key.definition)
  const views: CaseView[] = []
  for (const row of rows) views.push(await viewOf(work, definition, row))
  return views
}

async function viewOf(work: WorkContext, definition: ProcedureDef, row: CaseRow): Promise<CaseView> {
  const now = work.services.clock.now()
  const clocks = await deriveClocks(work.tx, definition, { row, now })
  const moves = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.moves')
    .selectAll()
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .orderBy('seq')
    .execute()
  return {
    row,
    clocks: clocks.map(clockView),
    history: moves.map((move) => ({
      transition: move.transition,
      to: move.to_state,
      at: move.at.toISOString(),
      by: move.officer_name ?? move.desk ?? (row.own_turn ? '' : row.party),
      fields: move.fields,
    })),
    open: openTransitions(definition, {
      state: row.state,
      role: row.role,
      facts: {},
    }).map((each) => each.id),
  }
}

export function clockView(clock: DerivedClock): ClockView {
  const { definition, due } = clock
  return {
    id: definition.id,
    label: definition.title,
    safe: instant(due.safe),
    legalLatest: instant(due.legalLatest),
    state: due.state,
    kind: definition.kind,
    basis: `${definition.basis.act} ${definition.basis.art}`.trim(),
    explain: due.explain,
  }
}

function instant(ms: number): string {
  // A clock without end cannot be defined (`clock.end`), but an anchored one whose anchor is absent has no instant to show.
  return Number.isFinite(ms) ? new Date(ms).toISOString() : '9999-12-31T00:00:00.000Z'
}
