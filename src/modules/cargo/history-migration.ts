/**
 * Tables of the history of a desk: what it has seen under each key, on which day each bill and box is first known, which verdicts still hang on what, what was
 * measured, what was found, and how the desk set its detectors. Each row belongs to one desk; nothing is computed over two. Distributed by `authority`, as the rest of the slice.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const historyMigration: Migration = {
  id: '0007-history',
  statements: [
    // Companies, places, routes and goods only: a party that may be a natural person has no key. Of kinds that are counted by day, "sub" is the day.
    `create table if not exists cargo.history (
      authority text not null, desk text not null, kind text not null, key text not null, sub text not null default '', n bigint not null,
      audience text[] not null, primary key (authority, desk, kind, key, sub))`,
    ...protect({ table: 'cargo.history', officer: 'select', purpose: true, index: false }),
    // A document is learned once, however often its reading is begun again.
    `create table if not exists cargo.history_documents (
      authority text not null, desk text not null, document text not null, learned_at timestamptz not null, judged boolean not null default false,
      audience text[] not null, primary key (authority, desk, document))`,
    ...protect({ table: 'cargo.history_documents', officer: 'select', purpose: true, index: false }),
    // Bills and boxes, each on the earliest day that a document of the desk gives it.
    `create table if not exists cargo.history_subjects (
      authority text not null, desk text not null, subject text not null, day text not null, audience text[] not null, primary key (authority, desk, subject))`,
    ...protect({ table: 'cargo.history_subjects', officer: 'select', purpose: true, index: false }),
    // Keys under which an older shipment that comes late could turn what was judged of a container (`detectors/open-verdicts.ts`).
    `create table if not exists cargo.open_verdicts (
      authority text not null, desk text not null, kind text not null, key text not null, day text not null, container text not null, wake bigint,
      inclusive boolean not null, audience text[] not null, primary key (authority, desk, kind, key, day, container))`,
    'create index if not exists open_verdicts_container on cargo.open_verdicts (authority, desk, container)',
    ...protect({ table: 'cargo.open_verdicts', officer: 'select', purpose: true, index: false }),
    // Containers to be judged again, and the document that gave the reason; none where a round of judging again did (\`server/judge-again.ts\`).
    `create table if not exists cargo.waiting_containers (
      authority text not null, desk text not null, container text not null, document text, audience text[] not null,
      primary key (authority, desk, container))`,
    ...protect({ table: 'cargo.waiting_containers', officer: 'select', purpose: true, index: false }),
    // A signal that no longer holds leaves the queue, never the record: what it said, from when to when, and why it went.
    `create table if not exists cargo.withdrawn_signals (
      authority text not null, desk text not null, subject_kind text not null, subject text not null, signal text not null, detector text not null, version text not null,
      body jsonb not null, raised_at timestamptz not null, withdrawn_at timestamptz not null, reason text not null, document text, audience text[] not null,
      primary key (authority, desk, subject_kind, subject, signal, withdrawn_at))`,
    ...protect({ table: 'cargo.withdrawn_signals', officer: 'select', purpose: true, index: false }),
    // What was measured of each box, as it stands among the counts: by bin and month.
    `create table if not exists cargo.measures (
      authority text not null, desk text not null, container text not null, kind text not null, subject text not null, key text not null, sub text not null,
      audience text[] not null, primary key (authority, desk, container, kind, subject))`,
    ...protect({ table: 'cargo.measures', officer: 'select', purpose: true, index: false }),
    // The latest round of judging again of each desk: on which of its days, how far it is, and how many shipments the desk knew.
    `create table if not exists cargo.rounds (
      authority text not null, desk text not null, day text not null, began_at timestamptz not null, shipments bigint not null, after text, audience text[] not null,
      primary key (authority, desk))`,
    ...protect({ table: 'cargo.rounds', officer: 'select', purpose: true, index: false }),
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
    'alter index cargo.equipment_seals set (fastupdate = off)',
  ],
}
