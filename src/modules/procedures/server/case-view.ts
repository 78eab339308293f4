/** Cases of a slice's subject as its screen shows them: clocks derived now, history as released to the viewer's side, and the steps open to it. */
import { openTransitions } from '#kernel/procedure/machine.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { foldSteps, type StoredStep, stepsOf } from './case-fold.ts'
import { type CaseRow, definitionOf } from './case-row.ts'
import { clockView } from './clock-view.ts'
import { deriveClocks } from './clocks.ts'
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
  const steps = await stepsOf(work.tx, rows)
  return rows.map((row) => viewOf(work, row, steps.get(row.case_id) ?? []))
}

function viewOf(work: WorkContext, row: CaseRow, steps: readonly StoredStep[]): CaseView {
  const definition = definitionOf(work.services, row)
  const fold = foldSteps(work.services, row, steps)
  const clocks = deriveClocks(work.services, { row, fold, now: work.services.clock.now() })
  const names = new Map(steps.map((step) => [step.id, step.officerName ?? step.desk]))
  return {
    row,
    clocks: clocks.map((clock) => {
      const view = clockView(clock)
      return { ...view, basis: `${view.basis.act} ${view.basis.art}`.trim() }
    }),
    history: fold.steps
      .filter((step) => !step.isVoid)
      .map((step) => ({
        transition: step.transition,
        to: step.to,
        at: new Date(step.at).toISOString(),
        by: names.get(step.id) ?? (row.own_turn ? '' : row.party),
        fields: step.fields,
      })),
    open: openTransitions(definition, { state: row.state, role: row.role, facts: {} }).map((each) => each.id),
  }
}
