/** Cases of a slice's subject as its screen shows them: clocks derived now, history as released to the viewer's side, and the steps open to it. */
import { factsOfCase } from '#kernel/procedure/facts.ts'
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
  /** Cases that a step of this one opened, as far as they are visible. */
  readonly followed: readonly FollowedCase[]
}

interface FollowedCase {
  readonly caseId: string
  readonly procedure: string
  readonly title: string
  readonly state: string
  readonly link: string
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
  const followed = await followedBy(work, rows)
  return rows.map((row) => viewOf(work, row, { steps: steps.get(row.case_id) ?? [], followed: followed.get(row.case_id) ?? [] }))
}

async function followedBy(work: WorkContext, rows: readonly CaseRow[]): Promise<ReadonlyMap<string, readonly FollowedCase[]>> {
  const [first] = rows
  if (first === undefined) return new Map()
  const children = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', first.authority)
    .where(
      'parent',
      'in',
      rows.map(({ case_id: caseId }) => caseId),
    )
    .orderBy('case_id')
    .execute()
  const views = children.map((child) => {
    const { title, states } = definitionOf(work.services, child)
    const state = states.find(({ id }) => id === child.state)?.title ?? child.state
    return { parent: child.parent ?? '', view: { caseId: child.case_id, procedure: child.definition, title, state, link: child.link } }
  })
  return new Map([...Map.groupBy(views, ({ parent }) => parent)].map(([parent, each]) => [parent, each.map(({ view }) => view)]))
}

function viewOf(
  work: WorkContext,
  row: CaseRow,
  { steps, followed }: { readonly steps: readonly StoredStep[]; readonly followed: readonly FollowedCase[] },
): CaseView {
  const definition = definitionOf(work.services, row)
  const fold = foldSteps(work.services, row, steps)
  const now = work.services.clock.now()
  const clocks = deriveClocks(work.services, { row, fold, now })
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
    open: openTransitions(definition, { state: row.state, role: row.role, facts: factsOfCase(fold, {}, { now: now.getTime() }) }).map(
      (each) => each.id,
    ),
    followed,
  }
}
