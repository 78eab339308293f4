/**
 * Cases and their steps. Distributed by `authority`, the authority on this node that holds the case. A case is its steps: state, parties, `due_at` and
 * `next_at` are derived from them at every step and kept only so that a queue of a million cases has an index; nothing is decided from them without
 * folding the steps again. Letting a desk in changes the audience alone, which no index of cases or steps names: with room left on its page (`fillfactor`)
 * a row is then rewritten beside itself and no index is touched.
 */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'
import { documentMigrations } from './document-migration.ts'
import { firedMigrations } from './fired-migration.ts'
import { purgeMigrations } from './purge-migration.ts'
import { queueMigrations } from './queue-migration.ts'

export const migrations: readonly Migration[] = [
  {
    id: '0001-cases',
    statements: [
      ...openSchema('procedures'),
      `create table if not exists procedures.cases (
        authority text not null, case_id text not null, definition text not null, definition_version text not null, subject text not null, label text not null,
        link text not null, party text not null, role text not null, originator text not null, state text not null, revision int not null, anchors jsonb not null,
        zone text not null, calendar text not null, opened_at timestamptz not null, moved_at timestamptz not null, is_open boolean not null, own_turn boolean not null,
        due_at timestamptz, audience text[] not null, primary key (authority, case_id)) with (fillfactor = 60)`,
      'create unique index if not exists cases_subject on procedures.cases (authority, definition, subject, party)',
      // With an index by audience the store would read all rows of a desk to find the few asked for; every way to a case goes by its id, subject or desk.
      ...protect({
        table: 'procedures.cases',
        officer: 'select-insert-update',
        purpose: true,
        index: false,
      }),
      `create table if not exists procedures.moves (
        authority text not null, case_id text not null, seq int not null, transition text not null, from_state text not null, to_state text not null, at timestamptz not null,
        officer text, officer_name text, desk text, fields jsonb not null, key text, audience text[] not null, primary key (authority, case_id, seq))
        with (fillfactor = 80)`,
      'create unique index if not exists moves_key on procedures.moves (authority, case_id, key) where key is not null',
      ...protect({
        table: 'procedures.moves',
        officer: 'select-insert',
        purpose: true,
        index: false,
      }),
      `create table if not exists procedures.clocks (
        authority text not null, case_id text not null, clock text not null, started_at timestamptz not null, anchor timestamptz, next_at timestamptz,
        fired text[] not null default '{}', audience text[] not null, primary key (authority, case_id, clock))`,
      'create index if not exists clocks_next on procedures.clocks (next_at, case_id) where next_at is not null',
      ...protect({
        table: 'procedures.clocks',
        officer: 'select-insert-update',
        purpose: true,
        index: false,
      }),
      `create table if not exists procedures.clock_events (
        authority text not null, case_id text not null, clock text not null, seq int not null, kind text not null, at timestamptz not null, reason text not null,
        extension jsonb, audience text[] not null, primary key (authority, case_id, clock, seq))`,
      ...protect({
        table: 'procedures.clock_events',
        officer: 'select-insert',
        purpose: true,
      }),
    ],
  },
  {
    id: '0002-steps',
    statements: [
      `alter table procedures.cases add column if not exists base jsonb, add column if not exists parties jsonb not null default '{}',
        add column if not exists parent text, add column if not exists closed_at timestamptz, add column if not exists opening_key text`,
      'create index if not exists cases_parent on procedures.cases (authority, parent) where parent is not null',
      'create unique index if not exists cases_opening on procedures.cases (authority, party, opening_key) where opening_key is not null',
      'create index if not exists cases_closed on procedures.cases (closed_at) where closed_at is not null',
      'alter table procedures.moves add column if not exists step text, add column if not exists ord int, add column if not exists role text',
      `update procedures.moves m set step = m.case_id || '.' || m.seq, ord = m.seq, role = case when m.officer is null then null else c.role end
        from procedures.cases c where c.authority = m.authority and c.case_id = m.case_id and m.step is null`,
      'alter table procedures.moves alter column step set not null, alter column ord set not null',
      'create unique index if not exists moves_step on procedures.moves (authority, case_id, step)',
      'drop table if exists procedures.clock_events',
      'alter table procedures.clocks drop column if exists started_at, drop column if exists anchor',
      `create table if not exists procedures.drafts (
        authority text not null, case_id text not null, transition text not null, fields jsonb not null, revision int not null, saved_at timestamptz not null,
        saved_by text not null, saved_by_name text not null, audience text[] not null, primary key (authority, case_id, transition))`,
      ...protect({ table: 'procedures.drafts', officer: 'select-insert-update', purpose: true }),
      `create table if not exists procedures.early_steps (
        authority text not null, reference text not null, desk text not null, step text not null, message jsonb not null, received_at timestamptz not null,
        audience text[] not null, primary key (authority, reference, desk, step))`,
      ...protect({ table: 'procedures.early_steps', officer: 'none', purpose: true }),
      // Law and policy, no data of a case: read by the node alone when it starts.
      `create table if not exists procedures.definitions (
        id text not null, version text not null, digest text not null, definition jsonb not null, taken_in_at timestamptz not null, audience text[] not null default '{}',
        primary key (id, version))`,
      ...protect({ table: 'procedures.definitions', officer: 'none', purpose: false }),
    ],
  },
  ...queueMigrations,
  ...documentMigrations,
  ...purgeMigrations,
  ...firedMigrations,
]
