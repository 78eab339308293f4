/**
 * Writes notices, many in one statement, in the transaction of what they tell of. Mail about them leaves behind it, by a job that tries again: a mail
 * server that is down keeps nobody from taking a step.
 */
import { sql } from 'kysely'
import { V7Generator } from 'uuidv7'
import { findUnit } from '#platform/link/directory.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { CaseRow } from './case-row.ts'
import { inCommon } from './in-common.ts'

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

/** Of an instant that is given: ids go up with the instants that notices are written at. */
const IDS = new V7Generator()

export async function writeNotices(work: WorkContext, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return
  const { tx, services } = work
  const now = services.clock.now()
  const ids = notices.map(() => IDS.generateOrResetWithTs(now.getTime()).toString())
  const { kinds, places } = inCommon(notices, nameOf, kindOf)
  await sql`insert into procedures.notices (authority, notice, desk, for_role, case_id, topic, clock, clock_kind, due_at, step, text, at, audience)
    select authority, notice, desk, for_role, case_id, topic, clock, clock_kind, due_at, step, text, ${now}::timestamptz, array[desk]
    from unnest(${ids}::text[], ${notices.map(({ row }) => row.case_id)}::text[], ${notices.map(({ clock }) => clock?.due.toISOString() ?? null)}::timestamptz[],
      ${places}::int[]) as n(notice, case_id, due_at, kind)
    join rows from (jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) as (authority text, desk text, for_role text, topic text, clock text, clock_kind text,
      step text, text text)) with ordinality as k(authority, desk, for_role, topic, clock, clock_kind, step, text, kind) using (kind)`.execute(
    tx,
  )
  const desks = [...new Set(kinds.map(({ desk }) => desk))]
  await services.announce(tx, NOTICE_TOPIC, desks)
  await mailBehind(work, { notices, ids, desks })
}

/** Ids have no line break; the text, which may have one, stands last. */
function nameOf({ row, desk, topic, forRole, clock, step, text }: NewNotice): string {
  const said = text === undefined ? '' : `=${text}`
  return `${row.authority}\n${desk}\n${topic}\n${forRole ?? ''}\n${clock?.id ?? ''}\n${clock?.kind ?? ''}\n${step ?? ''}\n${said}`
}

/** What a notice says beside its case and its instant. */
function kindOf({ row, desk, topic, forRole, clock, step, text }: NewNotice) {
  return { authority: row.authority, desk, for_role: forRole, topic, clock: clock?.id, clock_kind: clock?.kind, step, text }
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
