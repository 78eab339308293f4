/**
 * What the queue, notices, feeds, hand-overs and statistics keep. `due_kind` and `is_suspended` are derived like `due_at` and kept for the same reason.
 * A notice holds no content: label and link are read from its case, under the row-level security of the case.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

const DUE = "coalesce(due_at, 'infinity'::timestamptz)"

export const queueMigrations: readonly Migration[] = [
  {
    id: '0003-notices',
    statements: [
      // In the order of bytes: how a label begins is then a range, which the store may look up before it asks who sees the row.
      `alter table procedures.cases add column if not exists due_kind text, add column if not exists is_suspended boolean not null default false,
        add column if not exists label_key text collate "C" generated always as (lower(label)) stored`,
      `create index if not exists cases_turn on procedures.cases (authority, is_open, own_turn, ${DUE}, case_id)`,
      `create index if not exists cases_of_procedure on procedures.cases (authority, definition, is_open, ${DUE}, case_id)`,
      `create index if not exists cases_of_party on procedures.cases (authority, party, is_open, ${DUE}, case_id)`,
      `create index if not exists cases_of_role on procedures.cases (authority, role, is_open, ${DUE}, case_id)`,
      `create index if not exists cases_of_kind on procedures.cases (authority, due_kind, is_open, ${DUE}, case_id)`,
      `create index if not exists cases_suspended on procedures.cases (authority, ${DUE}, case_id) where is_open and is_suspended`,
      'create index if not exists cases_done on procedures.cases (authority, moved_at desc, case_id desc) where not is_open',
      'create index if not exists cases_label on procedures.cases (authority, label_key, case_id)',
      'create index if not exists cases_opened on procedures.cases (authority, definition, opened_at, case_id)',
      'create index if not exists moves_at on procedures.moves (authority, at, case_id)',
      `create table if not exists procedures.notices (
        authority text not null, notice text not null, desk text not null, for_role text, case_id text not null, topic text not null, clock text, clock_kind text,
        due_at timestamptz, step text, text text, at timestamptz not null, audience text[] not null, primary key (authority, notice))`,
      'create index if not exists notices_latest on procedures.notices (authority, desk, at desc, notice desc)',
      'create index if not exists notices_case on procedures.notices (authority, case_id)',
      ...protect({ table: 'procedures.notices', officer: 'select-insert', purpose: true, index: false }),
      `create table if not exists procedures.notice_readings (
        authority text not null, notice text not null, officer text not null, officer_name text not null, at timestamptz not null, audience text[] not null,
        primary key (authority, notice, officer))`,
      ...protect({ table: 'procedures.notice_readings', officer: 'select-insert', purpose: true, index: false }),
      `create table if not exists procedures.calendar_feeds (
        authority text not null, feed text not null, token_digest text not null, officer text not null, desk text not null, purpose text not null, made_at timestamptz not null,
        expires_at timestamptz not null, read_at timestamptz, revoked_at timestamptz, audience text[] not null, primary key (authority, feed))`,
      'create index if not exists calendar_feeds_token on procedures.calendar_feeds (token_digest)',
      ...protect({ table: 'procedures.calendar_feeds', officer: 'select-insert-update', purpose: true }),
      `create table if not exists procedures.hand_overs (
        authority text not null, hand_over text not null, desk text not null, officer text not null, officer_name text not null, since timestamptz not null,
        at timestamptz not null, notes text not null, counts jsonb not null, key text not null, receiver text, receiver_name text, received_at timestamptz,
        audience text[] not null, primary key (authority, hand_over))`,
      'create unique index if not exists hand_overs_key on procedures.hand_overs (authority, desk, key)',
      'create index if not exists hand_overs_latest on procedures.hand_overs (authority, desk, at desc, hand_over desc)',
      ...protect({ table: 'procedures.hand_overs', officer: 'select-insert-update', purpose: true, index: false }),
      // Made once for each period: who could see two versions of one figure could subtract them.
      `create table if not exists procedures.statistics (
        authority text not null, desk text not null, procedure text not null, period text not null, figures jsonb not null, made_at timestamptz not null,
        audience text[] not null, primary key (authority, desk, procedure, period))`,
      ...protect({ table: 'procedures.statistics', officer: 'select-insert', purpose: true, index: false }),
    ],
  },
]

/** After those of the other parts: a step and a sweep write these tables, and nobody looks into them by audience first. */
export const leanMigrations: readonly Migration[] = [
  {
    id: '0005-lean',
    statements: ['moves', 'clocks', 'rungs'].map((table) => `drop index if exists procedures.procedures_${table}_audience`),
  },
  {
    id: '0006-desk-queue',
    // By desk and not by authority: a desk with ten cases must not read past the million of another. `desk` is whose row it is; a backup desk is appended
    // to the audience, and the rows that have one are few and have an order of their own.
    statements: [
      ...['queue', 'turn', 'of_procedure', 'of_party', 'of_role', 'of_kind', 'suspended', 'done', 'label'].map(
        (name) => `drop index if exists procedures.cases_${name}`,
      ),
      `alter table procedures.cases add column if not exists desk text collate "C" generated always as (audience[1]) stored,
        add column if not exists is_shared boolean generated always as (cardinality(audience) > 1) stored`,
      `create index if not exists desk_turn on procedures.cases (authority, desk, is_open, own_turn, ${DUE}, case_id)`,
      `create index if not exists desk_open on procedures.cases (authority, desk, is_open, ${DUE}, case_id)`,
      ...['definition', 'party', 'role', 'due_kind'].map(
        (column) => `create index if not exists desk_${column} on procedures.cases (authority, desk, ${column}, is_open, ${DUE}, case_id)`,
      ),
      `create index if not exists desk_suspended on procedures.cases (authority, desk, ${DUE}, case_id) where is_open and is_suspended`,
      'create index if not exists desk_done on procedures.cases (authority, desk, moved_at desc, case_id desc) where not is_open',
      'create index if not exists desk_label on procedures.cases (authority, desk, label_key, case_id)',
      `create index if not exists cases_shared on procedures.cases (authority, is_open, ${DUE}, case_id) where is_shared`,
    ],
  },
  {
    id: '0007-due-key',
    // A coalesce is nothing that the store evaluates before it knows who may see a row: a page mark over it would read from the beginning. The column is.
    // With an index by audience the store would read all rows of a desk to find the few asked for; every way to a case goes by its id, subject or desk.
    statements: [
      'drop index if exists procedures.procedures_cases_audience',
      ...['turn', 'open', 'definition', 'party', 'role', 'due_kind', 'suspended'].map(
        (name) => `drop index if exists procedures.desk_${name}`,
      ),
      'drop index if exists procedures.cases_shared',
      `alter table procedures.cases add column if not exists due_key timestamptz generated always as (${DUE}) stored`,
      'create index if not exists desk_turn on procedures.cases (authority, desk, is_open, own_turn, due_key, case_id)',
      'create index if not exists desk_open on procedures.cases (authority, desk, is_open, due_key, case_id)',
      ...['definition', 'party', 'role', 'due_kind'].map(
        (column) => `create index if not exists desk_${column} on procedures.cases (authority, desk, ${column}, is_open, due_key, case_id)`,
      ),
      'create index if not exists desk_suspended on procedures.cases (authority, desk, due_key, case_id) where is_open and is_suspended',
      'create index if not exists cases_shared on procedures.cases (authority, is_open, due_key, case_id) where is_shared',
    ],
  },
]
