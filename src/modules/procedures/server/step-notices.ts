/** What a desk is told of a step: that it came from elsewhere, that it was overtaken, or what the procedure says to its role. A desk is not told of its own. */
import type { TransitionDef } from '#kernel/procedure/definition.ts'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { rolesOf } from './case-fold.ts'
import type { CaseRow } from './case-row.ts'
import { ownDesks, type Saying, writeNotices } from './write-notices.ts'

/** A step of another node, or the arrival of the case itself. */
export async function noticeArrival(
  work: WorkContext,
  row: CaseRow,
  step: { readonly transition: TransitionDef | undefined; readonly mirrored: boolean },
): Promise<void> {
  const { transition, mirrored } = step
  if (transition === undefined || !(mirrored || transition.on?.startsWith('received.') === true)) return
  await tellOwn(work, row, { topic: 'step', step: transition.id })
}

export async function noticeOvertaken(work: WorkContext, row: CaseRow, step: string): Promise<void> {
  await tellOwn(work, row, { topic: 'overtaken', step })
}

/** Tells the desks of these roles that hold the case on this node; every node does so for its own. */
export async function notifyRoles(
  work: WorkContext,
  told: {
    readonly row: CaseRow
    readonly fold: CaseFold
    readonly roles: readonly string[]
    readonly text: string
    readonly step: string
  },
): Promise<void> {
  const { row, fold, roles, text, step } = told
  if (!rolesOf(row, fold).some((role) => roles.includes(role))) return
  await tellOwn(work, row, { topic: 'told', text, step })
}

async function tellOwn(work: WorkContext, row: CaseRow, saying: Omit<Saying, 'desk'>): Promise<void> {
  const said = ownDesks(row).map((desk) => ({ ...saying, desk }))
  await writeNotices(work, [{ authority: row.authority, cases: [{ id: row.case_id }], said }])
}
