/**
 * Writes notices, many in one statement, in the transaction of what they tell of. What is said of many cases goes to the store once, and each case once: the
 * store writes one for every case and saying. Mail about them leaves behind it, by a job that tries again: a mail server that is down keeps nobody from
 * taking a step.
 */
import { sql } from 'kysely'
import { V7Generator } from 'uuidv7'
import { findUnit } from '#platform/link/directory.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { CaseRow } from './case-row.ts'

export interface Saying {
  readonly desk: string
  readonly topic: 'clock' | 'expired' | 'escalated' | 'step' | 'overtaken' | 'told'
  /** Only for persons of this role at the desk. */
  readonly forRole?: 'supervisor'
  readonly clock?: { readonly id: string; readonly kind: 'law' | 'policy' }
  readonly step?: string
  readonly text?: string
}

export interface Telling {
  readonly authority: string
  readonly cases: readonly { readonly id: string; readonly due?: Date }[]
  readonly said: readonly Saying[]
}

export const NOTICE_TOPIC = 'notices'

/** Of an instant that is given: ids go up with the instants that notices are written at. */
const IDS = new V7Generator()

export async function writeNotices(work: WorkContext, tellings: readonly Telling[]): Promise<void> {
  const cases = tellings.flatMap(({ cases: own }, telling) => own.map(({ id, due }) => ({ id, due, telling })))
  const said = tellings.flatMap(({ authority, cases: own, said: each }, telling) =>
    own.length === 0 ? [] : each.map((saying, at) => ({ telling, at, authority, ...saying })),
  )
  if (said.length === 0) return
  const { tx, services } = work
  const now = services.clock.now()
  const most = Math.max(...said.map(({ at }) => at + 1))
  const ids = runOfIds(now, cases.length * most)
  const rows = said.map(({ telling, at, authority, desk, topic, forRole, clock, step, text }) => {
    return { telling, at, authority, desk, topic, for_role: forRole, clock: clock?.id, clock_kind: clock?.kind, step, text }
  })
  await sql`insert into procedures.notices (authority, notice, desk, for_role, case_id, topic, clock, clock_kind, due_at, step, text, at, audience)
    select authority, ${ids.begin} || lpad(to_hex(${ids.from}::bigint + (place - 1) * ${most}::int + s.at), 12, '0'), desk, for_role, case_id, topic, clock, clock_kind,
      due_at, step, text, ${now}::timestamptz, array[desk]
    from unnest(${cases.map(({ id }) => id)}::text[], ${cases.map(({ due }) => due?.toISOString() ?? null)}::timestamptz[], ${cases.map(({ telling }) => telling)}::int[])
      with ordinality as c(case_id, due_at, telling, place)
    join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(telling int, at int, authority text, desk text, for_role text, topic text, clock text, clock_kind text,
      step text, text text) using (telling)`.execute(tx)
  const desks = [...new Set(said.map(({ desk }) => desk))]
  await services.announce(tx, NOTICE_TOPIC, desks)
  // One job for each desk: what one transaction tells a desk makes one mail.
  for (const desk of desks) {
    if (services.mail.boxesOf(desk).length === 0) continue
    await services.enqueue(tx, { name: 'procedures.mail-notices', data: { desk, first: ids.first, last: ids.last } })
  }
}

/**
 * Ids of one instant that follow each other, so that the store can count them out: what goes up is the random part of the last group, of which the highest
 * bit stays free. Whoever asks next gets higher ones.
 */
function runOfIds(
  now: Date,
  count: number,
): { readonly begin: string; readonly from: number; readonly first: string; readonly last: string } {
  const id = IDS.generateOrResetWithTs(now.getTime()).toString()
  const [begin, tail] = [id.slice(0, 24), Number.parseInt(id.slice(24), 16)]
  const from = tail - (tail % 2 ** 32) + (tail % 2 ** 31)
  const idAt = (at: number) => begin + at.toString(16).padStart(12, '0')
  return { begin, from, first: idAt(from), last: idAt(from + count - 1) }
}

/** Desks of this row on this node: its own, or all of its audience where the row is the leg of a desk elsewhere. */
export function ownDesks(row: Pick<CaseRow, 'party' | 'audience'>): readonly string[] {
  return row.audience.includes(row.party) ? [row.party] : row.audience
}

/** Names of persons and labels stay out of this: what a desk is, the directory says to every member. */
export function nameOfDesk(services: Pick<NodeServices, 'directory'>, desk: string): string {
  return findUnit(services.directory(), desk)?.unit.name ?? desk
}
