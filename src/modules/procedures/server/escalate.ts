/**
 * An obliged desk of this node stayed silent: its backup desk, which the directory names and which is of the same authority, gets the case. Of several
 * cases of a batch those of one backup desk are widened together.
 */

import { findUnit } from '#platform/link/directory.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { Ringing, RingingRow } from './ringing.ts'
import { widenAudiences } from './widen-audience.ts'
import { ownDesks } from './write-notices.ts'

/** The backup desk of each rung that escalates and has one. */
export function backupsOf(work: WorkContext, rung: readonly Ringing[]): ReadonlyMap<Ringing, string> {
  const backups = new Map<Ringing, string>()
  for (const each of rung) {
    const backup = isEscalation(each) ? backupOf(work, each) : undefined
    if (backup !== undefined) backups.set(each, backup)
  }
  return backups
}

export async function letIn(work: WorkContext, backups: ReadonlyMap<Ringing, string>): Promise<void> {
  for (const [desk, rung] of Map.groupBy(backups.keys(), (each) => backups.get(each) ?? ''))
    await widenAudiences(work, { desk, rows: rung.map(({ row }) => row) })
}

export function isEscalation({ call, isBuiltIn }: Ringing): boolean {
  return isBuiltIn && call === 'escalate'
}

function backupOf({ services }: WorkContext, { row, clock }: Ringing): string | undefined {
  const desk = obligedHere(row, clock)
  if (desk === undefined) return undefined
  const directory = services.directory()
  const backup = findUnit(directory, desk)?.unit.backup
  return backup !== undefined && findUnit(directory, backup)?.org.id === row.authority ? backup : undefined
}

/** The desk of this row that the clock obliges; undefined when it obliges another authority. */
export function obligedHere(row: RingingRow, clock: Ringing['clock']): string | undefined {
  const { obligated } = clock.started
  if (obligated !== undefined) return obligated.desk === row.party ? row.party : undefined
  return clock.definition.obligated === row.role ? ownDesks(row)[0] : undefined
}
