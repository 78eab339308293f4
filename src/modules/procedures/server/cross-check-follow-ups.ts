/**
 * Follow-ups: what a desk still has to do in a case, also after it was answered, and by when (Directive (EU) 2023/977, Art 16(1): adequate and rapid
 * follow-up). The instant is the clock engine's, on the calendar and in the zone of the desk; it is policy, never law, and says so.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type Due, dueOf } from '#kernel/procedure/clock.ts'
import type { ClockDef } from '#kernel/procedure/definition.ts'
import type { Calendars } from '#platform/clock/holiday-calendar.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import type { Job } from '#platform/module/define-module.ts'
import { closeFollowUp, type FollowUpRow, listFollowUps, openFollowUp } from '../contract.ts'
import { type CaseKey, type CaseRow, caseRow } from './case-row.ts'
import { ownDesks, writeNotices } from './write-notices.ts'

const MOST = 200

/** When it is due and nobody has closed it, the desk is told. */
export const remindFollowUpJob: Job = {
  name: 'procedures.remind-follow-up',
  meaning: 'Tells a desk that a follow-up is due',
  timeoutSeconds: 60,
  retries: 10,
  run: async (data, services) => {
    const { authority, caseId, followUp } = data as { authority: string; caseId: string; followUp: string }
    await services.database.asWorker('procedures.remind-follow-up', async (tx) => {
      const { rows } = await sql<Pick<CaseRow, 'authority' | 'case_id' | 'party' | 'audience'>>`
        select c.authority, c.case_id, c.party, c.audience from procedures.follow_ups f join procedures.cases c on c.authority = f.authority and c.case_id = f.case_id
        where f.authority = ${authority} and f.case_id = ${caseId} and f.follow_up = ${followUp} and f.closed_at is null`.execute(tx)
      const tellings = rows.map((row) => ({
        authority: row.authority,
        cases: [{ id: row.case_id }],
        said: ownDesks(row).map((desk) => ({ desk, topic: 'told' as const, text: 'A follow-up is due.' })),
      }))
      await writeNotices({ tx, services }, tellings)
    })
  },
}

export const openFollowUpRoute = handle(openFollowUp, async (input, context) => {
  const { facts, tx, clock } = context
  const row = await caseRow(tx, { authority: facts.authority, caseId: input.case })
  context.about({ kind: 'case', id: row.case_id })
  const now = clock.now()
  const due = new Date(
    dueOfFollowUp(row, { openedAt: now, workingDays: input.workingDays, now, calendars: context.services.calendars }).safe,
  )
  const { rows } = await sql<{ follow_up: string; due_at: Date }>`
    insert into procedures.follow_ups (authority, case_id, follow_up, note, working_days, due_at, opened_by, opened_at, key, audience)
    values (${row.authority}, ${row.case_id}, ${uuidv7()}, ${input.note}, ${input.workingDays}, ${due}, ${facts.officerName}, ${now}, ${input.key}, ${row.audience}::text[])
    on conflict (authority, case_id, key) do update set key = excluded.key returning follow_up, due_at`.execute(tx)
  const [made] = rows
  if (made === undefined) throw notFound()
  const data = { authority: row.authority, caseId: row.case_id, followUp: made.follow_up }
  await context.services.enqueue(tx, { name: remindFollowUpJob.name, data, key: `follow-up:${made.follow_up}`, startAfter: made.due_at })
  await context.services.announce(tx, `case:${row.definition}`, row.audience)
  context.about({ kind: 'follow-up', id: made.follow_up })
  return { followUp: made.follow_up, due: made.due_at.toISOString() }
})

export const closeFollowUpRoute = handle(closeFollowUp, async (input, context) => {
  const { facts, tx, clock } = context
  const row = await caseRow(tx, { authority: facts.authority, caseId: input.case })
  context.about({ kind: 'case', id: row.case_id })
  const { rows } = await sql<{ closed_at: Date | null }>`select closed_at from procedures.follow_ups
    where authority = ${row.authority} and case_id = ${row.case_id} and follow_up = ${input.followUp} for update`.execute(tx)
  if (rows[0] === undefined) throw notFound()
  if (rows[0].closed_at !== null) throw new AppError(409, 'procedures.follow-up', 'The follow-up is closed already; load it again.')
  await sql`update procedures.follow_ups set closed_by = ${facts.officerName}, closed_at = ${clock.now()}, outcome = ${input.outcome}
    where authority = ${row.authority} and case_id = ${row.case_id} and follow_up = ${input.followUp}`.execute(tx)
  await context.services.announce(tx, `case:${row.definition}`, row.audience)
  context.about({ kind: 'follow-up', id: input.followUp })
  return {}
})

export const listFollowUpsRoute = handle(listFollowUps, async (_input, context) => {
  const items = await read(context, sql<boolean>`f.authority = ${context.facts.authority} and f.closed_at is null`)
  return { items: items.slice(0, MOST), hasMore: items.length > MOST }
})

/** Those of one case, the open ones first. */
export async function followUpsOf(context: CaseContext, key: CaseKey): Promise<FollowUpRow[]> {
  return await read(context, sql<boolean>`f.authority = ${key.authority} and f.case_id = ${key.caseId}`)
}

interface Stored {
  readonly follow_up: string
  readonly case_id: string
  readonly label: string
  readonly definition: string
  readonly zone: string
  readonly calendar: string
  readonly note: string
  readonly working_days: number
  readonly opened_by: string
  readonly opened_at: Date
  readonly closed_by: string | null
  readonly closed_at: Date | null
  readonly outcome: string | null
}

async function read(context: CaseContext, where: RawBuilder<SqlBool>): Promise<FollowUpRow[]> {
  const { rows } = await sql<Stored>`
    select f.follow_up, f.case_id, c.label, c.definition, c.zone, c.calendar, f.note, f.working_days, f.opened_by, f.opened_at, f.closed_by, f.closed_at, f.outcome
    from procedures.follow_ups f join procedures.cases c on c.authority = f.authority and c.case_id = f.case_id
    where ${where} order by f.closed_at is not null, f.due_at, f.follow_up limit ${MOST + 1}`.execute(context.tx)
  const now = context.clock.now()
  const { calendars } = context.services
  return rows.map((each) => {
    const due = dueOfFollowUp(each, { openedAt: each.opened_at, workingDays: each.working_days, now, calendars })
    return {
      followUp: each.follow_up,
      case: each.case_id,
      label: each.label,
      procedure: each.definition,
      note: each.note,
      due: new Date(due.safe).toISOString(),
      explain: due.explain,
      isOverdue: each.closed_at === null && due.safe < now.getTime(),
      openedBy: each.opened_by,
      openedAt: each.opened_at.toISOString(),
      ...(each.closed_at === null
        ? {}
        : { closed: { by: each.closed_by ?? '', at: each.closed_at.toISOString(), outcome: each.outcome ?? '' } }),
    }
  })
}

function dueOfFollowUp(
  { zone, calendar }: Pick<CaseRow, 'zone' | 'calendar'>,
  at: { readonly openedAt: Date; readonly workingDays: number; readonly now: Date; readonly calendars: Calendars },
): Due {
  const clock: ClockDef = {
    id: 'follow-up',
    title: 'Follow-up',
    budget: { n: at.workingDays, unit: 'workingDay' },
    obligated: 'own',
    kind: 'policy',
    regime: 'policy',
    basis: { act: 'Directive (EU) 2023/977', art: 'Art 16(1); the time is set by the desk', mark: 'D' },
    ladder: [],
    onExpiry: 'remind',
  }
  const world = { rules: zoneRules, calendar: at.calendars.calendar(calendar), now: at.now.getTime() }
  return dueOf(clock, { startedAt: at.openedAt.getTime(), zone, ledger: [] }, world)
}
