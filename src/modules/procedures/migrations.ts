/**
 * Cases, their moves, their clocks. Distributed by `authority`, the authority on this node that holds the case.
 * `due_at` and `next_at` are derived from the budgets and the ledger at every move and kept only so that a queue of a million cases has an index;
 * nothing is ever decided from them without deriving the instants again.
 */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'

export const migrations: readonly Migration[] = [
  {
    id: '0001-cases',
    statements: [
      ...openSchema('procedures'),
      `create table if not exists procedures.cases (
        authority text not null, case_id text not null, definition text not null, definition_version text not null, subject text not null, label text not null,
        link text not null, party text not null, role text not null, originator text not null, state text not null, revision int not null, anchors jsonb not null,
        zone text not null, calendar text not null, opened_at timestamptz not null, moved_at timestamptz not null, is_open boolean not null, own_turn boolean not null,
        due_at timestamptz, audience text[] not null, primary key (authority, case_id))`,
      'create unique index if not exists cases_subject on procedures.cases (authority, definition, subject, party)',
      "create index if not exists cases_queue on procedures.cases (authority, is_open, coalesce(due_at, 'infinity'::timestamptz), case_id)",
      ...protect({
        table: 'procedures.cases',
        officer: 'select-insert-update',
        purpose: true,
      }),
      `create table if not exists procedures.moves (
        authority text not null, case_id text not null, seq int not null, transition text not null, from_state text not null, to_state text not null, at timestamptz not null,
        officer text, officer_name text, desk text, fields jsonb not null, key text, audience text[] not null, primary key (authority, case_id, seq))`,
      'create unique index if not exists moves_key on procedures.moves (authority, case_id, key)',
      ...protect({
        table: 'procedures.moves',
        officer: 'select-insert',
        purpose: true,
      }),
      `create table if not exists procedures.clocks (
        authority text not null, case_id text not null, clock text not null, started_at timestamptz not null, anchor timestamptz, next_at timestamptz,
        audience text[] not null, primary key (authority, case_id, clock))`,
      'create index if not exists clocks_next on procedures.clocks (next_at) where next_at is not null',
      ...protect({
        table: 'procedures.clocks',
        officer: 'select-insert-update',
        purpose: true,
      }),
      `create table if not exists procedures.clock_events (
        authority text not null, case_id text not null, clock text not null, seq int not null, kind text not null, at timestamptz not null, reason text not null,
        extension jsonb, audience text[] not null, primary key (authority, case_id, clock, seq))`,
      ...protect({
        table: 'procedures.clock_events',
        officer: 'select-insert',
        purpose: true,
      }),
      `create table if not exists procedures.rungs (
        authority text not null, case_id text not null, clock text not null, rung text not null, fired_at timestamptz not null, audience text[] not null,
        primary key (authority, case_id, clock, rung))`,
      ...protect({ table: 'procedures.rungs', officer: 'none', purpose: true }),
    ],
  },
]
