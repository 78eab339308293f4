/**
 * Integrity reports as the integrity desk reads and answers them. Permission and realm are not enough: the desk must take integrity reports in the
 * directory, and the row must be its own. Everybody else, the oversight of the authority included, is answered as if there were none.
 */
import { sql } from 'kysely'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { answerIntegrityReport, listIntegrityReports, showIntegrityReport } from '../contract.ts'
import { INTEGRITY_SERVICE } from './integrity-open.ts'
import { addText, MOST_TEXTS, type ReportRow, receiptViewOf, reportHead } from './integrity-thread.ts'

function requireIntegrityDesk({ facts, services }: CaseContext): void {
  if (findUnit(services.directory(), facts.desk)?.unit.services.includes(INTEGRITY_SERVICE) !== true) throw notFound()
}

export const listIntegrityReportsRoute = handle(listIntegrityReports, async (input, context) => {
  requireIntegrityDesk(context)
  const { facts, tx } = context
  const mark = readMark(input.cursor, { parts: ['text', 'text'], code: 'alliance.cursor' })
  const { rows } = await sql<ReportRow>`
    select authority, report, desk, kind, received_on::text, acknowledge_by::text, feedback_by::text, state, case_ref, version from alliance.integrity_reports
    where authority = ${facts.authority} and desk = ${facts.desk} and (${input.state ?? null}::text is null or state = ${input.state ?? null})
      and (${mark?.[0] ?? null}::text is null or (concat((state <> 'submitted')::int::text, ' ', received_on::text), report) > (${mark?.[0] ?? null}::text, ${mark?.[1] ?? null}::text))
    order by concat((state <> 'submitted')::int::text, ' ', received_on::text), report limit ${input.limit + 1}`.execute(tx)
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({ ...reportHead(row), ...deskPart(row) })),
    ...(rows.length > input.limit && last !== undefined
      ? { next: writeMark([`${last.state === 'submitted' ? 0 : 1} ${last.received_on}`, last.report]) }
      : {}),
  }
})

export const showIntegrityReportRoute = handle(showIntegrityReport, async (input, context) => {
  const row = await ownReport(context, input.report)
  return { ...(await receiptViewOf(context.tx, context.services, row)), ...deskPart(row) }
})

export const answerIntegrityReportRoute = handle(answerIntegrityReport, async (input, context) => {
  const { tx, services, clock } = context
  const row = await ownReport(context, input.report)
  await requireSealing(tx, clock.now())
  if (row.version >= MOST_TEXTS) throw new AppError(422, 'alliance.thread-full', 'The thread has reached its limit.')
  const version = input.version + 1
  const { numAffectedRows } = await sql`
    update alliance.integrity_reports set state = ${input.state}, version = ${version}, case_ref = coalesce(${input.caseRef ?? null}, case_ref)
    where authority = ${row.authority} and report = ${row.report} and version = ${input.version}`.execute(tx)
  if (numAffectedRows !== 1n) throw new AppError(409, 'alliance.conflict', 'Something was added in the meantime; look again.')
  const { authority, report, desk } = row
  await addText(tx, services, {
    authority,
    report,
    audience: [desk],
    ordinal: version,
    author: 'desk',
    text: input.text,
    on: clock.now().toISOString().slice(0, 10),
  })
  return { state: input.state, version }
})

async function ownReport(context: CaseContext, report: string): Promise<ReportRow> {
  requireIntegrityDesk(context)
  const { facts, tx } = context
  const { rows } = await sql<ReportRow>`
    select authority, report, desk, kind, received_on::text, acknowledge_by::text, feedback_by::text, state, case_ref, version from alliance.integrity_reports
    where authority = ${facts.authority} and desk = ${facts.desk} and report = ${report}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  context.about({ kind: 'integrity-report', id: row.report })
  return row
}

const deskPart = (row: ReportRow) => ({
  report: row.report,
  version: row.version,
  ...(row.case_ref === null ? {} : { caseRef: row.case_ref }),
})
