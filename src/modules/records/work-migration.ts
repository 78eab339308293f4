/** What desks work with: files brought in and their reports, mappings, kept searches, cross-references, boards, holds. Each row is its desk's. */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const workMigration: Migration = {
  id: '0003-work',
  statements: [
    `create table if not exists records.imports (
      org text not null, desk text not null, import uuid not null, collection uuid not null, name text not null, format text not null, sha256 text not null, size bigint not null, state text not null,
      dry_run boolean not null default false, mapping jsonb, bytes_read bigint not null default 0, physical_lines int not null default 0, lines int not null default 0, accepted int not null default 0, warned int not null default 0,
      quarantined int not null default 0, entities int not null default 0, statements int not null default 0, problems int not null default 0, refused text, run int not null default 0,
      officer text not null, officer_name text not null, at timestamptz not null, finished_at timestamptz, purpose text not null, audience text[] not null, primary key (org, import))`,
    'create index if not exists imports_at on records.imports (org, desk, at desc, import)',
    ...protect({ table: 'records.imports', officer: 'select-insert-update', purpose: 'of-row' }),
    `create table if not exists records.import_problems (
      org text not null, import uuid not null, run int not null, ordinal int not null, line int not null, place text not null, code text not null, severity text not null, text text not null, raw text,
      purpose text not null, audience text[] not null, primary key (org, import, run, ordinal))`,
    ...protect({ table: 'records.import_problems', officer: 'select', purpose: 'of-row', index: false }),
    // Fragments that a run over a file found again as they were: a line of the same record that differs does not take their place. Gone when the run is over.
    `create table if not exists records.import_seen (
      org text not null, import uuid not null, run int not null, fragment uuid not null, primary key (org, import, run, fragment), purpose text not null, audience text[] not null)`,
    ...protect({ table: 'records.import_seen', officer: 'none', purpose: 'of-row', index: false }),
    `create table if not exists records.mappings (
      org text not null, desk text not null, mapping uuid not null, title text not null, headers text[] not null, definition jsonb not null, at timestamptz not null, purpose text not null,
      audience text[] not null, primary key (org, mapping))`,
    'create index if not exists mappings_at on records.mappings (org, desk, at)',
    ...protect({ table: 'records.mappings', officer: 'select-insert-update', purpose: 'of-row' }),
    `create table if not exists records.saved_searches (
      org text not null, desk text not null, search uuid not null, title text not null, asked jsonb not null, facts jsonb not null, at timestamptz not null, last_run_at timestamptz,
      until timestamptz not null, purpose text not null, audience text[] not null, primary key (org, search))`,
    'create index if not exists saved_searches_desk on records.saved_searches (org, desk, at, search)',
    ...protect({ table: 'records.saved_searches', officer: 'select-insert-update', purpose: 'of-row' }),
    // What a search found, each record once. What it found when it was kept is no news and has been seen.
    `create table if not exists records.search_finds (
      org text not null, search uuid not null, entity text not null, at timestamptz not null, seen_at timestamptz, purpose text not null, audience text[] not null,
      primary key (org, search, entity))`,
    'create index if not exists search_finds_fresh on records.search_finds (org, search, at, entity) where seen_at is null',
    ...protect({ table: 'records.search_finds', officer: 'select-insert-update', purpose: 'of-row', index: false }),
    `create table if not exists records.crossrefs (
      org text not null, desk text not null, crossref uuid not null, left_collection uuid not null, right_collection uuid, preset text not null, state text not null, compared int not null default 0,
      to_compare int not null default 0, pairs int not null default 0, after uuid, run int not null default 0, beat_at timestamptz, facts jsonb not null, failed text, at timestamptz not null, finished_at timestamptz, purpose text not null,
      audience text[] not null, primary key (org, crossref))`,
    'create index if not exists crossrefs_at on records.crossrefs (org, desk, at desc, crossref)',
    // Those that some process should be at work on.
    "create index if not exists crossrefs_open on records.crossrefs (beat_at) where state in ('waiting', 'running')",
    ...protect({ table: 'records.crossrefs', officer: 'select-insert-update', purpose: 'of-row' }),
    `create table if not exists records.crossref_pairs (
      org text not null, crossref uuid not null, left_entity text not null, right_entity text not null, score double precision not null, log_odds double precision not null, purpose text not null,
      audience text[] not null, primary key (org, crossref, left_entity, right_entity))`,
    'create index if not exists crossref_pairs_score on records.crossref_pairs (org, crossref, score desc, left_entity, right_entity)',
    'create index if not exists crossref_pairs_right on records.crossref_pairs (org, crossref, right_entity)',
    ...protect({ table: 'records.crossref_pairs', officer: 'select', purpose: 'of-row', index: false }),
    `create table if not exists records.crossref_drops (
      org text not null, crossref uuid not null, kind text not null, key text not null, size int not null, purpose text not null, audience text[] not null, primary key (org, crossref, kind, key))`,
    ...protect({ table: 'records.crossref_drops', officer: 'select', purpose: 'of-row', index: false }),
    // `layout`: ids and places, no values. `entities`: the records on it, for counting those that a reader sees.
    `create table if not exists records.boards (
      org text not null, desk text not null, board uuid not null, revision int not null, title text not null, case_ref text, layout jsonb not null, entities text[] not null,
      readers text[] not null default '{}', officer text not null, officer_name text not null, at timestamptz not null, purpose text not null, audience text[] not null, primary key (org, board))`,
    'create index if not exists boards_at on records.boards (org, at desc, board)',
    ...protect({ table: 'records.boards', officer: 'select-insert-update', purpose: 'of-row' }),
    // A hold keeps what its desk could read for its purpose, of every record that was one with the named one when it was placed.
    `create table if not exists records.holds (
      org text not null, desk text not null, hold uuid not null, entity text not null, case_ref text not null, reason text not null, officer text not null, at timestamptz not null, until timestamptz not null,
      lifted_at timestamptz, lift_reason text, purpose text not null, audience text[] not null, primary key (org, hold, entity))`,
    'create index if not exists holds_entity on records.holds (org, entity) where lifted_at is null',
    ...protect({ table: 'records.holds', officer: 'select-insert-update', purpose: 'of-row' }),
    // What left the node, for the inventory of a record: which record, in which piece of information.
    `create table if not exists records.passed_on (
      org text not null, desk text not null, entity text not null, sha256 text not null, at timestamptz not null, purpose text not null, audience text[] not null, primary key (org, desk, entity, sha256))`,
    ...protect({ table: 'records.passed_on', officer: 'select-insert', purpose: 'of-row', index: false }),
  ],
}
