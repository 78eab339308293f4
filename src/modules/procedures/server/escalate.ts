/** An obliged desk stayed silent: its backup desk of the same authority gets the case. */
import { findUnit } from '#platform/link/directory.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { CaseRow } from './case-row.ts'
import type { DerivedClock } from './clocks.ts'
import { widenAudience } from './widen-audience.ts'

/** Answers the backup desk; undefined when the clock obliges somebody else's desk or there is no backup. */
export async function widenToBackup(work: WorkContext, row: CaseRow, clock: DerivedClock): Promise<string | undefined> {
  const desk = clock.started.obligated?.desk ?? row.party
  const found = findUnit(work.services.directory(), desk)
  const backup = found?.unit.backup
  if (backup === undefined || found?.org.id !== row.authority || findUnit(work.services.directory(), backup)?.org.id !== row.authority)
    return undefined
  await widenAudience(work, { authority: row.authority, caseId: row.case_id, desk: backup })
  return backup
}
