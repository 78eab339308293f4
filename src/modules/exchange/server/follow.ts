/**
 * Tells the slices that took something out of a piece of information what became of it, before the transaction that changes it ends. Invariant: that transaction has locked the
 * piece before it read it (`lockItem`, or its row), so that nothing is being taken out of it meanwhile.
 */
import type { ItemChange, WorkContext } from '#platform/module/define-module.ts'

export async function follow(work: WorkContext, change: ItemChange): Promise<void> {
  for (const follower of work.services.itemFollowers) await follower(change, work)
}
