/** Tells the desks of a role that hold the case on this node; every node does so for its own. */
import type { CaseFold } from '#kernel/procedure/fold.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { rolesOf } from './case-fold.ts'
import type { CaseRow } from './case-row.ts'

export async function notifyRoles(
  work: WorkContext,
  notice: { readonly row: CaseRow; readonly fold: CaseFold; readonly roles: readonly string[]; readonly text: string },
): Promise<void> {
  const { row, fold, roles } = notice
  if (!rolesOf(row, fold).some((role) => roles.includes(role))) return
  await work.services.announce(work.tx, 'notices', row.audience)
}
