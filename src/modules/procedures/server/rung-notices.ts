/**
 * Whom a rung tells. Before the end the desk that is obliged; at the end that desk and whoever waits for it; after an escalation the backup desk, and at
 * the obliged desk its supervisors.
 */
import { isEscalation, obligedHere } from './escalate.ts'
import { EXPIRED, type Ringing } from './ringing.ts'
import { type NewNotice, ownDesks } from './write-notices.ts'

export function noticesOfRung(ringing: Ringing, backup: string | undefined): readonly NewNotice[] {
  const { row, clock, rung } = ringing
  if (!Number.isFinite(clock.due.safe)) return []
  const obliged = obligedHere(row, clock)
  const told = { row, clock: { id: clock.id, kind: clock.definition.kind, due: new Date(clock.due.safe) } }
  const desks = rung === EXPIRED ? ownDesks(row) : obliged === undefined ? [] : [obliged]
  const notices: NewNotice[] = desks.map((desk) => ({ ...told, desk, topic: rung === EXPIRED ? 'expired' : 'clock' }))
  if (!isEscalation(ringing) || obliged === undefined) return notices
  notices.push({ ...told, desk: obliged, topic: 'escalated', forRole: 'supervisor' })
  if (backup !== undefined) notices.push({ ...told, desk: backup, topic: 'escalated' })
  return notices
}
