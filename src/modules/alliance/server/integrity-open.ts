/**
 * Reporting without a session. What is kept: desk, kind, the day, the text under a key of its own, the hash of the receipt. What is not: address, browser,
 * account, hour. The log says that a report came to a desk and nothing by which it could be found.
 * The rate is counted in memory under a keyed hash of the address, whose key is drawn at each start and never written.
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { dueIfStarted } from '#modules/procedures'
import { isSealingHealthy } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { OpenContext } from '#platform/http/case-context.ts'
import { type RateLimit, rateLimit } from '#platform/http/limits.ts'
import { handleOpen } from '#platform/http/route.ts'
import type { DirectoryUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { addToReport, integrityDesks, type ReceiptView, readReceipt, submitIntegrityReport } from '../contract.ts'
import { addText, MOST_TEXTS, type ReportRow, receiptViewOf } from './integrity-thread.ts'
import { hashOfReceipt, newReceipt } from './receipt.ts'

/** Service of the directory by which a desk takes integrity reports. */
export const INTEGRITY_SERVICE = 'alliance.integrity'

interface Limits {
  readonly secret: Buffer
  readonly perAddress: RateLimit
  readonly writing: RateLimit
  readonly all: RateLimit
}

const limits = new WeakMap<NodeServices, Limits>()

/** Guessing of receipts is hopeless at this rate; writing is slow from one address and bounded over all. */
async function spend({ services, remoteAddress }: OpenContext, what: 'read' | 'write'): Promise<void> {
  let own = limits.get(services)
  if (own === undefined) {
    own = { secret: randomBytes(32), perAddress: rateLimit(60, 300), writing: rateLimit(20, 3600), all: rateLimit(400, 3600) }
    limits.set(services, own)
  }
  const key = createHmac('sha256', own.secret).update(remoteAddress).digest('base64url')
  await own.perAddress.spend(key)
  if (what === 'read') return
  await own.writing.spend(key)
  await own.all.spend('all')
}

interface IntegrityDesk {
  readonly authority: string
  readonly unit: DirectoryUnit
}

function desksOf(services: NodeServices): readonly IntegrityDesk[] {
  return services
    .directory()
    .orgs.filter((org) => services.authorities.includes(org.id) && org.status === 'active' && org.realm !== 'partner')
    .flatMap((org) => org.units.filter((unit) => unit.services.includes(INTEGRITY_SERVICE)).map((unit) => ({ authority: org.id, unit })))
}

export const integrityDesksRoute = handleOpen(integrityDesks, async (_input, context) => {
  await spend(context, 'read')
  const { services } = context
  await services.database.asWorker('alliance.integrity', async (tx) => {
    await services.record(tx, {
      event: 'alliance.integrity-desks-read',
      outcome: 'done',
      facts: null,
      by: 'route:alliance.integrityDesks',
      subjects: [],
    })
  })
  return { items: desksOf(services).map(({ unit }) => ({ desk: unit.id, name: unit.name, places: [...unit.places] })) }
})

export const submitIntegrityReportRoute = handleOpen(submitIntegrityReport, async (input, context) => {
  await spend(context, 'write')
  const { services, clock } = context
  const found = desksOf(services).find(({ unit }) => unit.id === input.desk)
  if (found === undefined) throw new AppError(422, 'alliance.desk-unknown', 'No such integrity desk.')
  const { authority, unit } = found
  const receipt = newReceipt()
  const now = clock.now()
  await services.database.asWorker('alliance.integrity', async (tx) => {
    await requireLog(tx, now)
    // A random id: one that is ordered by time would tell the hour.
    const report = randomUUID()
    const audience = [unit.id]
    await sql`insert into alliance.integrity_reports (authority, report, desk, kind, received_on, acknowledge_by, feedback_by, receipt_hash, state, version, audience)
      values (${authority}, ${report}, ${unit.id}, ${input.kind}, ${dayOf(now)}, ${dayOf(dueOf(services, unit, 'acknowledge'))}, ${dayOf(dueOf(services, unit, 'feedback'))},
        ${hashOfReceipt(receipt) ?? ''}, 'submitted', 1, ${audience})`.execute(tx)
    await addText(tx, services, { authority, report, audience, ordinal: 1, author: 'reporter', text: input.text, on: dayOf(now) })
    await note(tx, services, { event: 'alliance.integrity-submitted', route: 'alliance.submitIntegrityReport', desk: unit.id })
    await services.announce(tx, 'alliance-integrity', audience)
  })
  return { receipt }
})

export const readReceiptRoute = handleOpen(readReceipt, async (input, context) => {
  await spend(context, 'read')
  const { services } = context
  return await services.database.asWorker('alliance.integrity', async (tx) => {
    const row = await reportBy(tx, input.receipt)
    await note(tx, services, { event: 'alliance.integrity-followed', route: 'alliance.readReceipt', desk: row.desk })
    return await receiptViewOf(tx, services, row)
  })
})

export const addToReportRoute = handleOpen(addToReport, async (input, context): Promise<ReceiptView> => {
  await spend(context, 'write')
  const { services, clock } = context
  return await services.database.asWorker('alliance.integrity', async (tx) => {
    await requireLog(tx, clock.now())
    const row = await reportBy(tx, input.receipt)
    const { authority, report, desk, version } = row
    if (version >= MOST_TEXTS) throw new AppError(422, 'alliance.thread-full', 'The thread has reached its limit; make a new report.')
    await sql`update alliance.integrity_reports set version = ${version + 1} where authority = ${authority} and report = ${report}`.execute(
      tx,
    )
    await addText(tx, services, {
      authority,
      report,
      audience: [desk],
      ordinal: version + 1,
      author: 'reporter',
      text: input.text,
      on: dayOf(clock.now()),
    })
    await note(tx, services, { event: 'alliance.integrity-added', route: 'alliance.addToReport', desk })
    await services.announce(tx, 'alliance-integrity', [desk])
    return await receiptViewOf(tx, services, row)
  })
})

/** Locked, so that two additions do not take the same place. A receipt that does not exist and one that cannot exist are answered alike. */
async function reportBy(tx: Tx, receipt: string): Promise<ReportRow> {
  const { rows } = await sql<ReportRow>`
    select authority, report, desk, kind, received_on::text, acknowledge_by::text, feedback_by::text, state, case_ref, version from alliance.integrity_reports
    where receipt_hash = ${hashOfReceipt(receipt) ?? ''} for update`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  return row
}

/** Neither the report nor who made it: the desk alone. */
async function note(
  tx: Tx,
  services: NodeServices,
  { event, route, desk }: { readonly event: string; readonly route: string; readonly desk: string },
): Promise<void> {
  await services.record(tx, { event, outcome: 'done', facts: null, by: `route:${route}`, subjects: [{ kind: 'desk', id: desk }] })
}

async function requireLog(tx: Tx, now: Date): Promise<void> {
  if (!(await isSealingHealthy(tx, now))) throw new AppError(503, 'audit.backlog', 'The log is too far behind; try again later.')
}

/** The clocks of PR-25 say until when the desk must answer, in its own calendar. */
function dueOf(services: NodeServices, unit: DirectoryUnit, clock: string): Date {
  const procedure = services.procedures.current('PR-25')
  if (procedure === undefined) throw new Error('The procedure of integrity reports (PR-25) is not loaded.')
  const { zone, calendar } = unit
  return dueIfStarted(procedure.definition, clock, { now: services.clock.now(), zone, calendar, calendars: services.calendars })
}

const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10)
