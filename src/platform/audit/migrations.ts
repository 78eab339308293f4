/** The log: events nobody can change or delete, and the seals that make that visible. Distributed by nothing: a node's log is one sequence. */
import type { Migration } from '#platform/store/database.ts'
import { OFFICER_ROLE, openSchema, protect, WORKER_ROLE } from '#platform/store/row-security.ts'

export const auditMigrations: readonly Migration[] = [
  {
    id: '0001-events',
    statements: [
      ...openSchema('audit'),
      `create table if not exists audit.events (
        id bigint generated always as identity primary key, at timestamptz not null, event text not null, outcome text not null, by text not null, officer text,
        desk text, authority text, purpose text, case_id text, subjects jsonb not null, subject_ids text[] not null, reason text, detail jsonb, audience text[] not null)`,
      'create index if not exists events_at on audit.events (at, id)',
      'create index if not exists events_officer on audit.events (officer, id)',
      'create index if not exists events_subjects on audit.events using gin (subject_ids)',
      ...protect({ table: 'audit.events', officer: 'select-insert', purpose: true }),
      // Sign-in and refusals happen before there is a purpose: writing needs none, reading does.
      'drop policy if exists audit_events_officer_insert on audit.events',
      `create policy audit_events_officer_insert on audit.events for insert to ${OFFICER_ROLE} with check (true)`,
      `revoke update, delete on audit.events from ${WORKER_ROLE}`,
      `create or replace function audit.refuse_change() returns trigger language plpgsql as $$ begin raise exception 'The log is append-only.'; end $$`,
      'drop trigger if exists append_only on audit.events',
      'create trigger append_only before update or delete or truncate on audit.events for each statement execute function audit.refuse_change()',
      `create table if not exists audit.seals (seq bigint primary key, event_id bigint not null unique, previous text not null, link text not null)`,
      `grant select on audit.seals to ${OFFICER_ROLE}`,
      `grant select, insert on audit.seals to ${WORKER_ROLE}`,
      'drop trigger if exists append_only on audit.seals',
      'create trigger append_only before update or delete or truncate on audit.seals for each statement execute function audit.refuse_change()',
    ],
  },
  {
    id: '0002-backlog',
    statements: [
      // An officer's transaction sees none of the log, yet must know whether it keeps up: the function counts as background work and shows two numbers.
      `create or replace function audit.backlog(out waiting bigint, out oldest timestamptz) language sql stable security definer set search_path = pg_catalog
        as 'select count(*), min(at) from audit.events where id > coalesce((select max(event_id) from audit.seals), 0)'`,
      `grant create on schema audit to ${WORKER_ROLE}`,
      `alter function audit.backlog() owner to ${WORKER_ROLE}`,
      `revoke create on schema audit from ${WORKER_ROLE}`,
      'revoke all on function audit.backlog() from public',
      `grant execute on function audit.backlog() to ${OFFICER_ROLE}`,
    ],
  },
  {
    id: '0003-tree',
    statements: [
      // The linear chain gives way to the tree: every event is sealed anew.
      'drop table if exists audit.seals',
      `create or replace function audit.refuse_change() returns trigger language plpgsql as $$ begin
        if tg_op = 'UPDATE' and tg_table_name = 'events' and current_setting('audit.erasing', true) = 'yes' then return null; end if;
        raise exception 'The log is append-only.'; end $$`,
      `create table if not exists audit.leaves (idx bigint primary key, event_id bigint not null unique, entry bytea not null)`,
      // Apart from the tree, so that an entry can be erased: without its salt nobody can tell what its digest stood for.
      `create table if not exists audit.salts (event_id bigint primary key, salt bytea not null)`,
      `create table if not exists audit.nodes (level int not null, idx bigint not null, hash bytea not null, primary key (level, idx))`,
      `create table if not exists audit.checkpoints (size bigint primary key, root bytea not null, note text not null, at timestamptz not null)`,
      `create table if not exists audit.cosignatures (size bigint not null, peer text not null, line text not null, primary key (size, peer))`,
      `create table if not exists audit.witnessed (peer text primary key, size bigint, root bytea, note text, line text, fresh boolean not null default false, told bigint, unproved int not null default 0, at timestamptz)`,
      ...['leaves', 'nodes', 'checkpoints', 'cosignatures'].flatMap((table) => [
        `grant select on audit.${table} to ${OFFICER_ROLE}`,
        `grant select, insert on audit.${table} to ${WORKER_ROLE}`,
        `drop trigger if exists append_only on audit.${table}`,
        `create trigger append_only before update or delete or truncate on audit.${table} for each statement execute function audit.refuse_change()`,
      ]),
      `grant select, insert, delete on audit.salts to ${WORKER_ROLE}`,
      `grant select on audit.witnessed to ${OFFICER_ROLE}`,
      `grant select, insert, update on audit.witnessed to ${WORKER_ROLE}`,
      `grant update (officer, subjects, subject_ids, reason, detail) on audit.events to ${WORKER_ROLE}`,
      `create or replace function audit.backlog(out waiting bigint, out oldest timestamptz) language sql stable security definer set search_path = pg_catalog
        as 'select count(*), min(at) from audit.events where id > coalesce((select max(event_id) from audit.leaves), 0)'`,
    ],
  },
  {
    id: '0004-about',
    statements: [
      // Under row-level security an index is used only for operators marked leakproof, and none of arrays is: an officer's search would read the whole log. The function looks
      // as background work does and gives numbers of entries alone; what they say is read after, under the policies.
      `create or replace function audit.entries_about(subject text) returns setof bigint language sql stable security definer set search_path = pg_catalog
        as 'select id from audit.events where subject_ids @> array[subject]'`,
      `grant create on schema audit to ${WORKER_ROLE}`,
      `alter function audit.entries_about(text) owner to ${WORKER_ROLE}`,
      `revoke create on schema audit from ${WORKER_ROLE}`,
      'revoke all on function audit.entries_about(text) from public',
      `grant execute on function audit.entries_about(text) to ${OFFICER_ROLE}`,
    ],
  },
]
