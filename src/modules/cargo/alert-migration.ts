/**
 * Tables around alerts: changed routes that wait for a person, what each recipient saw, and the monthly reports to the desks that send. Each row belongs to one desk.
 * Distributed by `authority`, as the rest of the slice.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'
import { IS_COMPARED } from './keys-migration.ts'

export const alertMigration: Migration = {
  id: '0009-alerts-in-full',
  statements: [
    // The same change in a second document is the same row: the key says what changes, not which document said it.
    `create table if not exists cargo.reroutes (
      authority text not null, desk text not null, alert text not null, reroute text not null, side text not null, rule text not null, leaves text, comes text,
      legs jsonb not null, facts jsonb not null, message_type text not null, eta_basis text not null, told_by text, document text,
      state text not null default 'open', noticed_at timestamptz not null, decided_at timestamptz, decided_by text, reason text, key text,
      audience text[] not null, primary key (authority, desk, alert, reroute))`,
    "create index if not exists reroutes_open on cargo.reroutes (authority, desk, noticed_at) where state = 'open'",
    ...protect({ table: 'cargo.reroutes', officer: 'select-insert-update', purpose: true, index: false }),
    // Kept as sent, with its digest: what a desk saw is never derived again.
    `create table if not exists cargo.alert_views (
      authority text not null, desk text not null, alert text not null, recipient text not null, ordinal int not null, view jsonb not null, digest text not null,
      because text not null, sent_at timestamptz not null, audience text[] not null, primary key (authority, desk, alert, recipient, ordinal))`,
    ...protect({ table: 'cargo.alert_views', officer: 'select-insert-update', purpose: true, index: false }),
    // What alerts are compared with, among the many that only report.
    `create index if not exists consignments_matched on cargo.consignments (authority, desk)
      where ${IS_COMPARED}`,
    // Counts only: no container and no party outlives the alert in a report.
    `create table if not exists cargo.alert_reports (
      authority text not null, desk text not null, month text not null, body jsonb not null, made_at timestamptz not null, audience text[] not null,
      primary key (authority, desk, month))`,
    ...protect({ table: 'cargo.alert_reports', officer: 'select', purpose: true, index: false }),
  ],
}
