/**
 * Tables of the history of a desk: what it has seen under each key, what it knew when it read each document, what was measured, what was found, and how it set its
 * detectors. Each row belongs to one desk; nothing is computed over two. Distributed by `authority`, as the rest of the slice.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const historyMigration: Migration = {
  id: '0007-history',
  statements: [
    // Companies, places, routes and goods only: a party that may be a natural person has no key.
    `create table if not exists cargo.history (
      authority text not null, desk text not null, kind text not null, key text not null, sub text not null default '', n bigint not null,
      first_seen date not null, last_seen date not null, audience text[] not null, primary key (authority, desk, kind, key, sub))`,
    ...protect({ table: 'cargo.history', officer: 'select', purpose: true, index: false }),
    // A document is learned once, however often its reading is begun again.
    `create table if not exists cargo.history_documents (
      authority text not null, desk text not null, document text not null, learned_at timestamptz not null, audience text[] not null,
      primary key (authority, desk, document))`,
    ...protect({ table: 'cargo.history_documents', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.history_marks (
      authority text not null, desk text not null, document text not null, kind text not null, key text not null, before bigint not null, here int not null,
      last_seen date, audience text[] not null, primary key (authority, desk, document, kind, key))`,
    ...protect({ table: 'cargo.history_marks', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.measures (
      authority text not null, desk text not null, kind text not null, subject text not null, key text not null, value double precision not null,
      measured_at timestamptz not null, audience text[] not null, primary key (authority, desk, kind, subject))`,
    ...protect({ table: 'cargo.measures', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.findings (
      authority text not null, desk text not null, source text not null, container text not null, found_at timestamptz not null, audience text[] not null,
      primary key (authority, desk, source))`,
    'create index if not exists findings_found on cargo.findings (authority, desk, found_at)',
    ...protect({ table: 'cargo.findings', officer: 'select-insert', purpose: true, index: false }),
    // What is not here stands as shipped. Two officers: who proposes and who approves.
    `create table if not exists cargo.detector_settings (
      authority text not null, desk text not null, detector text not null, enabled boolean not null, parameters jsonb not null default '{}', version int not null,
      proposed_by text not null, approved_by text not null, decided_at timestamptz not null, audience text[] not null,
      primary key (authority, desk, detector), check (approved_by <> proposed_by))`,
    ...protect({ table: 'cargo.detector_settings', officer: 'select-insert-update', purpose: true, index: false }),
    // Looked up for every batch of boxes while documents come in: an index with a pending list would be read through from its beginning each time.
    'alter index cargo.consignments_containers set (fastupdate = off)',
    'alter index cargo.equipment_seals set (fastupdate = off)',
  ],
}
