/**
 * What the queue, notices, feeds, hand-overs and statistics keep. `due_kind` and `is_suspended` are derived like `due_at` and kept for the same reason.
 * The queue is ordered by desk and not by authority: a desk with ten cases must not read past the million of another. `desk` is whose row it is, the first
 * of its audience; a desk that was let in finds the case by its row of `shared_cases`, which repeats what its queue is ordered and counted by.
 * A notice holds no content: label and link are read from its case, under the row-level security of the case. Its id is of the instant it was written
 * at, so that the latest of a desk are the last of its ids.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'

export const queueMigrations: readonly Migration[] = [
  {
    id: '0003-notices',
    statements: [
      // In the order of bytes: how a label begins is then a range, which the store may look up before it asks who sees the row. A coalesce is nothing that it
      // evaluates before that, and a page mark over it would read from the beginning; the column is.
      `alter table procedures.cases add column if not exists due_kind text, add column if not exists is_suspended boolean not null default false,
        add column if not exists label_key text collate "C" generated always as (lower(label)) stored,
        add column if not exists desk text collate "C" generated always as (audience[1]) stored,
        add column if not exists due_key timestamptz generated always as (coalesce(due_at, 'infinity'::timestamptz)) stored`,
      'create index if not exists desk_turn on procedures.cases (authority, desk, is_open, own_turn, due_key, case_id)',
      'create index if not exists desk_open on procedures.cases (authority, desk, is_open, due_key, case_id)',
      ...['definition', 'party', 'role', 'due_kind'].map(
        (column) => `create index if not exists desk_${column} on procedures.cases (authority, desk, ${column}, is_open, due_key, case_id)`,
      ),
      'create index if not exists desk_suspended on procedures.cases (authority, desk, due_key, case_id) where is_open and is_suspended',
      'create index if not exists desk_done on procedures.cases (authority, desk, moved_at desc, case_id desc) where not is_open',
      'create index if not exists desk_label on procedures.cases (authority, desk, label_key, case_id)',
      'create index if not exists cases_opened on procedures.cases (authority, definition, opened_at, case_id)',
      `create table if not exists procedures.shared_cases (
        authority text not null, case_id text not null, desk text not null, is_open boolean not null, own_turn boolean not null, is_suspended boolean not null,
        due_key timestamptz not null, audience text[] not null, primary key (authority, case_id, desk))`,
      'create index if not exists shared_open on procedures.shared_cases (authority, desk, is_open, due_key, case_id)',
      ...protect({ table: 'procedures.shared_cases', officer: 'select-insert-update', purpose: true, index: false }),
      'create index if not exists moves_at on procedures.moves (authority, at, case_id)',
      `create table if not exists procedures.notices (
        authority text not null, notice text not null, desk text not null, for_role text, case_id text not null, topic text not null, clock text, clock_kind text,
        due_at timestamptz, step text, text text, at timestamptz not null, audience text[] not null, primary key (authority, desk, notice))`,
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
