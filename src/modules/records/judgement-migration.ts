/**
 * Judgements and the clusters they make. Both are one desk's, for one purpose: what another desk holds to be the same is no part of what this one sees.
 * Invariant: `members` equals what the judgements in force give when computed from scratch; records without a judgement have no row and stand for themselves.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const judgementMigration: Migration = {
  id: '0002-judgements',
  statements: [
    `create table if not exists records.judgements (
      org text not null, desk text not null, judgement uuid not null, left_entity text not null, right_entity text not null, verdict text not null, reason text not null,
      evidence text[] not null default '{}', score double precision, officer text not null, officer_name text not null, at timestamptz not null,
      revoked_at timestamptz, revoked_by text, revoke_reason text, purpose text not null, audience text[] not null, primary key (org, judgement))`,
    'create unique index if not exists judgements_pair on records.judgements (org, desk, purpose, left_entity, right_entity) where revoked_at is null',
    'create index if not exists judgements_left on records.judgements (org, desk, left_entity)',
    'create index if not exists judgements_right on records.judgements (org, desk, right_entity)',
    'create index if not exists judgements_at on records.judgements (org, desk, at desc, judgement)',
    ...protect({ table: 'records.judgements', officer: 'select-insert-update', purpose: 'of-row' }),
    `create table if not exists records.members (
      org text not null, desk text not null, entity text not null, cluster text not null, purpose text not null, audience text[] not null, primary key (org, desk, purpose, entity))`,
    'create index if not exists members_cluster on records.members (org, desk, purpose, cluster)',
    // Counts merges and splits, so that a graph that was collapsed by clusters is known to be out of date.
    `create table if not exists records.judgement_states (
      org text not null, desk text not null, version bigint not null, purpose text not null, audience text[] not null, primary key (org, desk, purpose))`,
    ...protect({ table: 'records.judgement_states', officer: 'select-insert-update', purpose: 'of-row', index: false }),
    // A record that leaves its cluster leaves the table.
    ...protect({ table: 'records.members', officer: 'select-insert-update-delete', purpose: 'of-row', index: false }),
  ],
}
