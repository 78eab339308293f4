/** Officers of this node and their sessions. Passwords as argon2id, session tokens as hashes: a copy of these tables signs nobody in. */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, WORKER_ROLE } from '#platform/store/row-security.ts'

export const migrations: readonly Migration[] = [
  {
    id: '0001-officers',
    statements: [
      ...openSchema('identity'),
      `create table if not exists identity.officers (
        account text primary key, officer text not null unique, name text not null, password_hash text not null, roles text[] not null, desks text[] not null,
        demonstration boolean not null default false, created_at timestamptz not null)`,
      `create table if not exists identity.sessions (
        token_hash text primary key, officer text not null, desk text not null, purpose text, case_id text, created_at timestamptz not null, seen_at timestamptz not null)`,
      'create index if not exists sessions_officer on identity.sessions (officer)',
      // Officers' transactions never touch these tables: sign-in is work of the node itself.
      `grant select, insert, update, delete on identity.officers, identity.sessions to ${WORKER_ROLE}`,
    ],
  },
]
