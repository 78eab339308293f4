/**
 * Writes notices, many in one statement, in the transaction of what they tell of. Mail about them leaves behind it, by a job that tries again: a mail
 * server that is down keeps nobody from taking a step.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { findUnit } from '#platform/link/directory.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { CaseRow } from './case-row.ts'

export interface NewNotice {
  readonly row: Pick<CaseRow, 'authority' | 'case_id'>
  readonly desk: string
  readonly topic: 'clock' | 'expired' | 'escalated' | 'step' | 'overtaken' | 'told'
  /** Only for persons of this role at the desk. */
  readonly forRole?: 'supervisor'
  readonly clock?: { readonly id: string; readonly kind: 'law' | 'policy'; readonly due: Date }
  readonly step?: string
  readonly text?: string
}

export const NOTICE_TOPIC = 'notices'

export async function writeNotices(work: WorkContext, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return
  const { tx, services } = work
  const ids = notices.map(() => uuidv7())
  const column = <T>(of: (notice: NewNotice) => T): T[] => notices.map(of)
  await sql`insert into procedures.notices (authority, notice, desk, for_role, case_id, topic, clock, clock_kind, due_at, step, text, at, audience)
    select authority, notice, desk, for_role, case_id, topic, clock, clock_kind, due_at, step, text, ${services.clock.now()}::timestamptz, array[desk]
    from unnest(${column(({ row }) => row.authority)}::text[], ${ids}::text[], ${column(({ desk }) => desk)}::text[],
      ${column(({ forRole }) => forRole ?? null)}::text[], ${column(({ row }) => row.case_id)}::text[], ${column(({ topic }) => topic)}::text[],
      ${column(({ clock }) => clock?.id ?? null)}::text[], ${column(({ clock }) => clock?.kind ?? null)}::text[],
      ${column(({ clock }) => clock?.due.toISOString() ?? null)}::timestamptz[], ${column(({ step }) => step ?? null)}::text[],
      ${column(({ text }) => text ?? null)}::text[])
      as n(authority, notice, desk, for_role, case_id, topic, clock, clock_kind, due_at, step, text)`.execute(tx)
  const desks = [...new Set(column(({ desk }) => desk))]
  await services.announce(tx, NOTICE_TOPIC, desks)
  await mailBehind(work, { notices, ids, desks })
}

/** One job for each desk: what one transaction tells a desk makes one mail. */
async function mailBehind(
  { tx, services }: WorkContext,
  { notices, ids, desks }: { readonly notices: readonly NewNotice[]; readonly ids: readonly string[]; readonly desks: readonly string[] },
): Promise<void> {
  for (const desk of desks) {
    if (services.mail.boxesOf(desk).length === 0) continue
    const own = ids.filter((_id, index) => notices[index]?.desk === desk)
    await services.enqueue(tx, { name: 'procedures.mail-notices', data: { desk, notices: own } })
  }
}

/** Desks of this row on this node: its own, or all of its audience where the row is the leg of a desk elsewhere. */
export function ownDesks(row: Pick<CaseRow, 'party' | 'audience'>): readonly string[] {
  return row.audience.includes(row.party) ? [row.party] : row.audience
}

/** Names of persons and labels stay out of this: what a desk is, the directory says to every member. */
export function nameOfDesk(services: Pick<NodeServices, 'directory'>, desk: string): string {
  return findUnit(services.directory(), desk)?.unit.name ?? desk
}
