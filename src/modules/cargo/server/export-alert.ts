/**
 * An issued alert as a file for one of its recipients, for desks that have no node. What is in it is what the release function gives that desk, by the same marks as over the
 * link; it is kept among the views with its digest. Only the originator makes one.
 */

import { loadCases } from '#modules/procedures'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { exportAlert } from '../contract/alert-exports.ts'
import type { AlertDraft } from '../contract.ts'
import { keepView } from './alert-views.ts'
import { alertCsv } from './export-csv.ts'
import { type AlertFile, alertIcs2 } from './export-ics2.ts'
import { sealedAlert } from './export-signed.ts'
import { releasedTo } from './issue-alert.ts'
import type { CargoTables } from './tables.ts'

const GONE = new Set(['superseded', 'recalled'])

export const exportAlertRoute = handle(exportAlert, async (input, context) => {
  const { facts, tx, clock } = context
  const file = await fileFor(context, input)
  await requireSealing(tx, clock.now())
  await keepView(context, { alert: input.alert, recipient: input.recipient, view: file.content, because: 'file' })
  const name = `alert-${input.alert}`
  switch (input.form) {
    case 'csv':
      return { fileName: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', text: alertCsv(file) }
    case 'ics2':
      return { fileName: `${name}.xml`, mediaType: 'application/xml; charset=utf-8', text: inForm(() => alertIcs2(file)) }
    case 'signed':
      return {
        fileName: `${name}.json`,
        mediaType: 'application/json; charset=utf-8',
        text: await sealedAlert(file, { context, org: facts.authority }),
      }
  }
})

/** The alert of the own desk, for a desk that it was addressed to and that was not withdrawn from it. */
async function fileFor(context: CaseContext, input: { readonly alert: string; readonly recipient: string }): Promise<AlertFile> {
  const { facts, tx, services, clock } = context
  const row = await tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .selectAll()
    .where('authority', '=', facts.authority)
    .where('alert', '=', input.alert)
    .where('side', '=', 'issued')
    .where('originator_desk', '=', facts.desk)
    .where('notice', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  const cases = await loadCases({ tx, services }, { authority: facts.authority, definition: 'PR-01', subject: input.alert })
  const own = cases.find((each) => each.row.party === input.recipient && !GONE.has(each.row.state))?.row
  if (own === undefined) throw notFound()
  context.about({ kind: 'alert', id: input.alert })
  context.about({ kind: 'desk', id: input.recipient })
  const sender = findUnit(services.directory(), facts.desk)
  const recipient = findUnit(services.directory(), input.recipient)
  if (sender === undefined || recipient === undefined) throw notFound()
  const desk = ({ org, unit }: typeof sender) => ({ desk: unit.id, name: unit.name, authority: org.id, country: org.country })
  return {
    alert: input.alert,
    issuedAt: row.issued_at.toISOString(),
    madeAt: clock.now().toISOString(),
    originator: desk(sender),
    recipient: {
      ...desk(recipient),
      role: own.anchors['role'] === 'responsible' ? 'responsible' : 'involved',
      place: own.anchors['place'] ?? '',
    },
    content: releasedTo(context, row.content as AlertDraft, { desk: input.recipient, channel: 'export' }),
  }
}

function inForm(write: () => string): string {
  try {
    return write()
  } catch (error) {
    if (error instanceof RangeError) throw new AppError(422, 'cargo.export-form', error.message)
    throw error
  }
}
