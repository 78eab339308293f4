/**
 * Tables of the slice, distributed by organisation. A desk holds its own copy of what was released to it: two desks of one authority learn nothing
 * of each other's. Content lies encrypted; its key has a table of its own, and a row deleted there is content erased.
 */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'
import { anchorMigration } from './anchor-migration.ts'

const items: Migration = {
  id: '0001-items',
  statements: [
    ...openSchema('exchange'),
    `create table if not exists exchange.items (
      org text not null, desk text not null, item text not null, side text not null, kind text not null, state text not null, origin_org text not null, origin_desk text not null,
      purpose text not null, case_ref text, answers text, urgency text not null, tlp text not null, content text, draft jsonb, derived_from text[] not null default '{}', recipients text[] not null default '{}',
      message text, used_ref text, written_by text, key text, at timestamptz not null, erase_at timestamptz not null, audience text[] not null, primary key (org, desk, item))`,
    'create unique index if not exists items_key on exchange.items (org, desk, key)',
    'create index if not exists items_at on exchange.items (org, at desc, item)',
    'create index if not exists items_erase on exchange.items (erase_at) where content is not null',
    'create index if not exists items_derived on exchange.items using gin (derived_from)',
    // Information is read for the purpose it was exchanged for, and no other.
    ...protect({ table: 'exchange.items', officer: 'select-insert-update', purpose: 'of-row' }),
    `create table if not exists exchange.content_keys (
      org text not null, desk text not null, item text not null, key text not null, audience text[] not null, primary key (org, desk, item))`,
    ...protect({ table: 'exchange.content_keys', officer: 'select-insert-update', purpose: true, index: false }),
    `create table if not exists exchange.holders (
      org text not null, desk text not null, item text not null, holder_desk text not null, holder_org text not null, via text, fields text[] not null, released_at timestamptz not null,
      state text not null, reference text, answered_at timestamptz, audience text[] not null, primary key (org, desk, item, holder_desk))`,
    ...protect({ table: 'exchange.holders', officer: 'select-insert-update', purpose: true }),
    // Statements are remembered before what they speak of arrives: they need no item.
    `create table if not exists exchange.statements (
      org text not null, desk text not null, item text not null, digest text not null, origin_org text not null, says text not null, body jsonb not null, token text not null, at timestamptz not null,
      audience text[] not null, primary key (org, desk, item, digest))`,
    ...protect({ table: 'exchange.statements', officer: 'select-insert', purpose: true }),
    `create table if not exists exchange.permission_requests (
      org text not null, desk text not null, request text not null, direction text not null, item text not null, holder_org text not null, holder_desk text not null, capability text not null,
      recipient text, reason text not null, state text not null, at timestamptz not null, until timestamptz not null, key text, audience text[] not null, primary key (org, desk, request))`,
    'create unique index if not exists permission_requests_key on exchange.permission_requests (org, desk, key)',
    ...protect({ table: 'exchange.permission_requests', officer: 'select-insert-update', purpose: true }),
    `create table if not exists exchange.feedback (
      org text not null, desk text not null, item text not null, feedback text not null, by_desk text not null, kind text not null, note text not null, at timestamptz not null,
      audience text[] not null, primary key (org, desk, item, feedback))`,
    ...protect({ table: 'exchange.feedback', officer: 'select-insert', purpose: true }),
    `create table if not exists exchange.subscriptions (
      org text not null, desk text not null, subscription text not null, direction text not null, peer_desk text not null, case_ref text not null, ended boolean not null default false,
      at timestamptz not null, audience text[] not null, primary key (org, desk, subscription))`,
    ...protect({ table: 'exchange.subscriptions', officer: 'select-insert-update', purpose: true }),
    `create table if not exists exchange.attachments (
      org text not null, desk text not null, item text not null, sha256 text not null, size bigint not null, received bigint not null, stored boolean not null, audience text[] not null,
      primary key (org, desk, item, sha256))`,
    ...protect({ table: 'exchange.attachments', officer: 'select-insert-update', purpose: true }),
    `create table if not exists exchange.attachment_parts (
      org text not null, desk text not null, item text not null, sha256 text not null, start bigint not null, bytes bytea not null, audience text[] not null,
      primary key (org, desk, item, sha256, start))`,
    ...protect({ table: 'exchange.attachment_parts', officer: 'select', purpose: true, index: false }),
    // Record of transfers to third countries: Directive (EU) 2016/680 Arts 37(3) and 38(3).
    `create table if not exists exchange.transfers (
      org text not null, desk text not null, item text not null, recipient text not null, country text not null, ground text not null, justification text not null, fields text[] not null,
      officer text not null, at timestamptz not null, audience text[] not null, primary key (org, desk, item, recipient))`,
    ...protect({ table: 'exchange.transfers', officer: 'select-insert', purpose: true }),
  ],
}

/** What a desk itself took in to attach: a digest alone gives nobody bytes, and does not say whether another desk has them. */
const uploads: Migration = {
  id: '0002-uploads',
  statements: [
    `create table if not exists exchange.uploads (
      org text not null, desk text not null, sha256 text not null, size bigint not null, at timestamptz not null, audience text[] not null, primary key (org, desk, sha256))`,
    ...protect({ table: 'exchange.uploads', officer: 'select-insert', purpose: true, index: false }),
  ],
}

/** Bytes to attach under a key of their own, kept without a piece of information until `until`: a row deleted here is a key destroyed. Those of before lie under their digest. */
const ownBytes: Migration = {
  id: '0004-own-bytes',
  statements: [
    "alter table exchange.uploads add column if not exists file text, add column if not exists key text, add column if not exists until timestamptz not null default now() + interval '7 days'",
    'alter table exchange.uploads alter column until drop default',
    'create index if not exists uploads_until on exchange.uploads (until)',
    'create index if not exists attachments_sha256 on exchange.attachments (org, desk, sha256)',
    ...protect({ table: 'exchange.uploads', officer: 'select-insert-update', purpose: true, index: false }),
  ],
}

export const migrations: readonly Migration[] = [items, uploads, anchorMigration, ownBytes]
