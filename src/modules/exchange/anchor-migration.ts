/**
 * Anchors of other coalitions and the directories taken in under them, of one authority each. A directory is kept by the digest of its anchor, also when
 * the trust has ended: who trusts the same stewards again cannot be handed an older one.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const anchorMigration: Migration = {
  id: '0003-anchors',
  statements: [
    `create table if not exists exchange.anchors (
      org text not null, anchor text not null, coalition text not null, digest text not null, document jsonb not null, reason text not null, state text not null,
      proposed_by text not null, proposed_desk text not null, confirmed_by text, confirmed_desk text, ended_reason text, key text not null, at timestamptz not null, until timestamptz not null,
      audience text[] not null, primary key (org, anchor))`,
    // Keys are per desk.
    'create unique index if not exists anchors_key on exchange.anchors (org, proposed_desk, key)',
    // One trust in one coalition at a time, also when two officers confirm at once.
    "create unique index if not exists anchors_confirmed on exchange.anchors (org, coalition) where state = 'confirmed'",
    ...protect({ table: 'exchange.anchors', officer: 'select-insert-update', purpose: true }),
    `create table if not exists exchange.partner_directories (
      org text not null, digest text not null, coalition text not null, version int not null, token text not null, expires timestamptz not null, taken_at timestamptz not null, taken_by text not null,
      audience text[] not null, primary key (org, digest))`,
    ...protect({ table: 'exchange.partner_directories', officer: 'select-insert-update', purpose: true }),
  ],
}
