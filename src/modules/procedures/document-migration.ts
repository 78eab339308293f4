/**
 * Documents of a case and what it is compared by. Distributed by `authority`, as cases are.
 * `cross_keys` is an index: kind and normalised value of each compared field, as a SHA-256 of both. The digest makes keys of one width and keeps names out of
 * plans and statistics of the store; it is no protection of its own, for the values stand in the steps beside it under the same lock.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const documentMigrations: readonly Migration[] = [
  {
    id: '0004-documents',
    statements: [
      `create table if not exists procedures.cross_keys (
        authority text not null, key bytea not null, case_id text not null, field text not null, kind text not null, audience text[] not null,
        primary key (authority, key, case_id, field))`,
      'create index if not exists cross_keys_case on procedures.cross_keys (authority, case_id)',
      // Always asked for by key: an index of audiences would only slow the writing of a million cases.
      ...protect({ table: 'procedures.cross_keys', officer: 'select', purpose: true, index: false }),
      `create table if not exists procedures.files (
        authority text not null, case_id text not null, file text not null, name text not null, size bigint not null, sha256 text not null, sha512 text not null,
        roles text[] not null, personal boolean not null, origin_org text not null, origin_desk text not null, received bigint not null, stored boolean not null,
        asked boolean not null default false, at timestamptz not null, audience text[] not null, primary key (authority, case_id, file))`,
      ...protect({ table: 'procedures.files', officer: 'select-insert-update', purpose: true }),
      `create table if not exists procedures.file_parts (
        authority text not null, case_id text not null, file text not null, start bigint not null, bytes bytea not null, audience text[] not null,
        primary key (authority, case_id, file, start))`,
      ...protect({ table: 'procedures.file_parts', officer: 'select', purpose: true, index: false }),
      `create table if not exists procedures.signatures (
        authority text not null, case_id text not null, signature text not null, kind text not null, signer text not null, signed_at timestamptz not null,
        role text not null, form text, ord int not null, digest text not null, found text not null, name text not null, size bigint not null, sha256 text not null,
        officer_name text not null, at timestamptz not null, audience text[] not null, primary key (authority, case_id, signature))`,
      ...protect({ table: 'procedures.signatures', officer: 'select-insert', purpose: true }),
      `create table if not exists procedures.manifests (
        authority text not null, case_id text not null, manifest text not null, body jsonb not null, from_desk text not null, at timestamptz not null,
        audience text[] not null, primary key (authority, case_id, manifest))`,
      ...protect({ table: 'procedures.manifests', officer: 'select-insert', purpose: true }),
      `create table if not exists procedures.follow_ups (
        authority text not null, case_id text not null, follow_up text not null, note text not null, working_days int not null, due_at timestamptz not null,
        opened_by text not null, opened_at timestamptz not null, closed_by text, closed_at timestamptz, outcome text, key text not null, audience text[] not null,
        primary key (authority, case_id, follow_up))`,
      'create unique index if not exists follow_ups_key on procedures.follow_ups (authority, case_id, key)',
      'create index if not exists follow_ups_open on procedures.follow_ups (authority, due_at, follow_up) where closed_at is null',
      ...protect({ table: 'procedures.follow_ups', officer: 'select-insert-update', purpose: true }),
    ],
  },
  {
    id: '0005-keys-by-desk',
    statements: [
      // One row for each desk that sees the case: a look-up walks the rows of its own desk alone, and takes no longer for what others hold.
      'drop table if exists procedures.cross_keys',
      `create table procedures.cross_keys (
        authority text not null, desk text not null, key bytea not null, case_id text not null, field text not null, kind text not null, audience text[] not null,
        primary key (authority, desk, key, case_id, field))`,
      'create index if not exists cross_keys_case on procedures.cross_keys (authority, case_id)',
      ...protect({ table: 'procedures.cross_keys', officer: 'select', purpose: true, index: false }),
    ],
  },
]

/** Tables with rows of a case that are seen by whoever sees the case: they widen with it. */
export const DOCUMENT_TABLES = ['files', 'file_parts', 'signatures', 'manifests', 'follow_ups'] as const
