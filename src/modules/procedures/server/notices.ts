/**
 * Notices as a desk reads them. A notice shows only while its case shows: both are joined under row-level security, in the list, in the count and when one
 * is marked as read, so that no notice tells of a case that the desk may not see. The latest have the highest ids (`write-notices.ts`).
 */
import { sql } from 'kysely'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { countNotices, listCaseNotices, type Notice, readNotices } from '../contract.ts'
import { bindingOf } from './case-row.ts'

/** Of the latest notices, so that a count costs the same at a desk of ten years. */
const LOOKED_AT = 1000

interface NoticeRow {
  readonly notice: string
  readonly topic: Notice['topic']
  readonly case_id: string
  readonly label: string
  readonly link: string
  readonly definition: string
  readonly definition_version: string
  readonly at: Date
  readonly clock: string | null
  readonly clock_kind: 'law' | 'policy' | null
  readonly due_at: Date | null
  readonly step: string | null
  readonly text: string | null
  readonly is_read: boolean
}

/** Notices for the session's desk that it may read now. */
function own({ facts }: CaseContext) {
  return sql`procedures.notices n join procedures.cases c on c.authority = n.authority and c.case_id = n.case_id
    left join procedures.notice_readings r on r.authority = n.authority and r.notice = n.notice and r.officer = ${facts.officer}
    where n.authority = ${facts.authority} and n.desk = ${facts.desk}
      and (n.for_role is null or n.for_role = any(${[...facts.roles]}::text[]))`
}

export const listNoticesRoute = handle(listCaseNotices, async (input, context) => {
  const { tx } = context
  const mark = readMark(input.cursor, { parts: ['text'], code: 'procedures.cursor' })
  const { rows } = await sql<NoticeRow>`
    select n.notice, n.topic, n.case_id, c.label, c.link, c.definition, c.definition_version, n.at, n.clock, n.clock_kind, n.due_at, n.step,
      n.text, r.notice is not null as is_read
    from ${own(context)}
      ${input.show === 'unread' ? sql`and r.notice is null` : sql``}
      ${mark === undefined ? sql`` : sql`and n.notice < ${mark[0]}`}
    order by n.notice desc limit ${input.limit + 1}`.execute(tx)
  const shown = rows.slice(0, input.limit)
  const readers = await readersOf(context, shown)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => noticeOf(context, row, readers.get(row.notice) ?? [])),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.notice]) } : {}),
  }
})

async function readersOf({ facts, tx }: CaseContext, shown: readonly NoticeRow[]): Promise<ReadonlyMap<string, Notice['readBy']>> {
  const readers = new Map<string, Notice['readBy']>()
  if (shown.length === 0) return readers
  const { rows } = await sql<{ notice: string; officer_name: string; at: Date }>`
    select notice, officer_name, at from procedures.notice_readings where authority = ${facts.authority} and notice = any(${shown.map(({ notice }) => notice)})
    order by at, officer`.execute(tx)
  for (const { notice, officer_name: name, at } of rows)
    readers.set(notice, [...(readers.get(notice) ?? []), { name, at: at.toISOString() }])
  return readers
}

function noticeOf({ services }: CaseContext, row: NoticeRow, readBy: Notice['readBy']): Notice {
  const { definition } = bindingOf(services, row)
  const clock = definition.clocks.find(({ id }) => id === row.clock?.replace(/#\d+$/, ''))
  const step = definition.transitions.find(({ id }) => id === row.step)
  return {
    notice: row.notice,
    topic: row.topic,
    case: row.case_id,
    label: row.label,
    link: row.link,
    procedure: row.definition,
    title: definition.title,
    at: row.at.toISOString(),
    ...(clock === undefined || row.due_at === null
      ? {}
      : { clock: { label: clock.title, kind: clock.kind, due: row.due_at.toISOString() } }),
    ...(step === undefined ? {} : { step: step.title }),
    ...(row.text === null ? {} : { text: row.text }),
    isRead: row.is_read,
    readBy,
  }
}

export const countNoticesRoute = handle(countNotices, async (_input, context) => {
  const { rows } = await sql<{ unread: number }>`
    select (count(*) filter (where is_unread))::int as unread
    from (select r.notice is null as is_unread from ${own(context)} order by n.notice desc limit ${LOOKED_AT}) as latest`.execute(
    context.tx,
  )
  return { unread: rows[0]?.unread ?? 0, ceiling: LOOKED_AT }
})

export const readNoticesRoute = handle(readNotices, async (input, context) => {
  const { facts, tx, clock, services } = context
  const { rows } = await sql<{ notice: string }>`
    insert into procedures.notice_readings (authority, notice, officer, officer_name, at, audience)
    select n.authority, n.notice, ${facts.officer}, ${facts.officerName}, ${clock.now()}::timestamptz, array[${facts.desk}]
    from ${own(context)} and r.notice is null and n.notice = any(${input.notices})
    on conflict (authority, notice, officer) do nothing returning notice`.execute(tx)
  for (const { notice } of rows) context.about({ kind: 'notice', id: notice })
  if (rows.length > 0) await services.announce(tx, 'notices', [facts.desk])
  return { read: rows.length }
})
