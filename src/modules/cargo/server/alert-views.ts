/**
 * What each recipient of an alert was sent, kept with the alert as it was sent: the originator can say at any time who saw what. Written in the transaction that sends it;
 * never changed. The digest is that of the canonical JSON, so that a file given out is known again.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { listAlertViews } from '../contract/alert-exports.ts'
import { releasedAlert } from '../contract.ts'
import { ALERT_FIELDS, type SentContent } from './alert-content.ts'
import type { CargoTables } from './tables.ts'

export const digestOfView = (view: SentContent): string => createHash('sha256').update(canonicalJson(view)).digest('hex')

export async function keepView(
  context: CaseContext,
  kept: { readonly alert: string; readonly recipient: string; readonly view: SentContent; readonly because: 'issued' | 'updated' | 'file' },
): Promise<string> {
  const { facts, tx, clock } = context
  const { alert, recipient, view, because } = kept
  const digest = digestOfView(view)
  await sql`insert into cargo.alert_views (authority, desk, alert, recipient, ordinal, view, digest, because, sent_at, audience)
    select ${facts.authority}, ${facts.desk}, ${alert}, ${recipient}, coalesce(max(ordinal), 0) + 1, ${JSON.stringify(view)}::jsonb, ${digest}, ${because}, ${clock.now()}::timestamptz,
      ${[facts.desk]}::text[]
    from cargo.alert_views where authority = ${facts.authority} and desk = ${facts.desk} and alert = ${alert} and recipient = ${recipient}`.execute(
    tx,
  )
  return digest
}

export const listAlertViewsRoute = handle(listAlertViews, async ({ alert }, context) => {
  const { facts, tx, services } = context
  const row = await tx
    .withTables<CargoTables>()
    .selectFrom('cargo.alerts')
    .select('content')
    .where('authority', '=', facts.authority)
    .where('alert', '=', alert)
    .where('side', '=', 'issued')
    .where('originator_desk', '=', facts.desk)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  context.about({ kind: 'alert', id: alert })
  const { rows } = await sql<{
    recipient: string
    ordinal: number
    view: unknown
    digest: string
    because: 'issued' | 'updated' | 'file'
    sent_at: Date
  }>`
    select recipient, ordinal, view, digest, because, sent_at from cargo.alert_views
    where authority = ${facts.authority} and desk = ${facts.desk} and alert = ${alert} order by sent_at, recipient, ordinal`.execute(tx)
  const directory = services.directory()
  return {
    items: rows.map(({ sent_at: sentAt, view, ...each }) => {
      const seen = releasedAlert.parse(view)
      return {
        ...each,
        recipientName: findUnit(directory, each.recipient)?.unit.name ?? each.recipient,
        sentAt: sentAt.toISOString(),
        view: seen,
        withheld: Object.keys(ALERT_FIELDS).filter((field) => Object.hasOwn(row.content, field) && !Object.hasOwn(seen, field)),
      }
    }),
  }
})
