/**
 * Whom rungs tell. Before the end the desk that is obliged; at the end that desk and whoever waits for it; after an escalation the backup desk, and at
 * the obliged desk its supervisors. Cases of which the same is said to the same desks are told of together.
 */
import { isEscalation, obligedHere } from './escalate.ts'
import { EXPIRED } from './fired-rungs.ts'
import type { Ringing } from './ringing.ts'
import { ownDesks, type Saying, type Telling } from './write-notices.ts'

export function tellingsOf(rung: readonly Ringing[], backups: ReadonlyMap<Ringing, string>): readonly Telling[] {
  const tellings = new Map<
    string,
    { readonly authority: string; readonly cases: { id: string; due: Date }[]; readonly said: readonly Saying[] }
  >()
  for (const each of rung) {
    const { row, clock } = each
    if (!Number.isFinite(clock.due.safe)) continue
    const told = { desks: each.rung === EXPIRED ? ownDesks(row) : [], obliged: obligedHere(row, clock), backup: backups.get(each) }
    const name = `${row.authority}\n${clock.id}\n${clock.definition.kind}\n${each.rung === EXPIRED}\n${isEscalation(each)}\n${told.desks.join(' ')}\n${told.obliged}\n${told.backup}`
    const about = { id: row.case_id, due: new Date(clock.due.safe) }
    const telling = tellings.get(name)
    if (telling === undefined) tellings.set(name, { authority: row.authority, cases: [about], said: sayingsOf(each, told) })
    else telling.cases.push(about)
  }
  return [...tellings.values()]
}

function sayingsOf(
  ringing: Ringing,
  {
    desks,
    obliged,
    backup,
  }: { readonly desks: readonly string[]; readonly obliged: string | undefined; readonly backup: string | undefined },
): readonly Saying[] {
  const clock = { id: ringing.clock.id, kind: ringing.clock.definition.kind }
  const isEnd = ringing.rung === EXPIRED
  const told = isEnd ? desks : obliged === undefined ? [] : [obliged]
  const said: Saying[] = told.map((desk) => ({ desk, topic: isEnd ? 'expired' : 'clock', clock }))
  if (!isEscalation(ringing) || obliged === undefined) return said
  said.push({ desk: obliged, topic: 'escalated', forRole: 'supervisor', clock })
  if (backup !== undefined) said.push({ desk: backup, topic: 'escalated', clock })
  return said
}
