/**
 * Tables of the slice, distributed by organisation. The first migration is the owner: what it indexes, its keys, what it served. The second is
 * the requester: sets it was given, what it asked, its hits. What officers have no business with (keys, tags, blinds) only the worker reads.
 */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'

const hidden = (table: string): readonly string[] => protect({ table, officer: 'none', purpose: true, index: false })

const owner: Migration = {
  id: '0001-owner',
  statements: [
    ...openSchema('matching'),
    // The text of a key lies encrypted under a key of its own; a removed entry keeps its row and loses both.
    `create table if not exists matching.entries (
      org text not null, desk text not null, entry uuid not null, record text not null, type text not null, class text not null, policy text not null, category text not null,
      purpose text not null, state text not null, content text, content_key text, indexed_at timestamptz not null, changed_at timestamptz not null, audience text[] not null,
      primary key (org, desk, entry))`,
    'create index if not exists entries_index on matching.entries (org, purpose, class, entry)',
    ...protect({ table: 'matching.entries', officer: 'select-insert-update', purpose: true }),
    `create table if not exists matching.requesters (
      org text not null, desk text not null, requester_org text not null, requester_desk text not null, purpose text not null, quota int not null, ground text, at timestamptz not null,
      audience text[] not null, primary key (org, desk, requester_desk, purpose))`,
    ...protect({ table: 'matching.requesters', officer: 'select-insert-update', purpose: true }),
    `create table if not exists matching.epochs (
      org text not null, purpose text not null, class text not null, epoch int not null, public_key text not null, content text not null, content_key text not null,
      began_at timestamptz not null, audience text[] not null, primary key (org, purpose, class, epoch))`,
    ...hidden('matching.epochs'),
    `create table if not exists matching.tags (
      org text not null, purpose text not null, class text not null, epoch int not null, tag text not null, entry uuid not null, policy text not null, audience text[] not null,
      primary key (org, purpose, class, epoch, tag, entry))`,
    'create index if not exists tags_entry on matching.tags (org, entry)',
    ...hidden('matching.tags'),
    `create table if not exists matching.quota (
      org text not null, requester_org text not null, purpose text not null, class text not null, day date not null, used int not null, audience text[] not null,
      primary key (org, requester_org, purpose, class, day))`,
    ...hidden('matching.quota'),
    `create table if not exists matching.case_use (
      org text not null, requester_org text not null, case_ref text not null, weak int not null, audience text[] not null, primary key (org, requester_org, case_ref))`,
    ...hidden('matching.case_use'),
    `create table if not exists matching.served (
      org text not null, desk text not null, requester_org text not null, requester_desk text not null, query uuid not null, purpose text not null, class text not null, epoch int not null,
      case_ref text not null, approved boolean not null, frame bytea, lookup bytea, state text not null, keys int not null default 0, at timestamptz not null, audience text[] not null,
      primary key (org, requester_org, query, class))`,
    ...hidden('matching.served'),
    `create table if not exists matching.notices (
      org text not null, desk text not null, notice uuid not null, requester_org text not null, requester_desk text not null, record text not null, entry uuid not null, handle text not null,
      class text not null, case_ref text not null, mode text not null, state text not null, at timestamptz not null, audience text[] not null, primary key (org, desk, notice, entry))`,
    ...protect({ table: 'matching.notices', officer: 'select-insert-update', purpose: true }),
  ],
}

const requester: Migration = {
  id: '0002-requester',
  statements: [
    `create table if not exists matching.sets (
      org text not null, desk text not null, owner_org text not null, contact text not null, purpose text not null, class text not null, epoch int not null, public_key text not null,
      quota int not null, parts int not null, received int not null, at timestamptz not null, audience text[] not null, primary key (org, desk, owner_org, purpose, class, epoch))`,
    ...protect({ table: 'matching.sets', officer: 'select', purpose: true }),
    `create table if not exists matching.set_parts (
      org text not null, desk text not null, owner_org text not null, purpose text not null, class text not null, epoch int not null, part int not null, bytes bytea not null,
      audience text[] not null, primary key (org, desk, owner_org, purpose, class, epoch, part))`,
    ...hidden('matching.set_parts'),
    `create table if not exists matching.queries (
      org text not null, desk text not null, query uuid not null, officer text not null, officer_name text not null, case_ref text not null, purpose text not null, mode text not null,
      state text not null, weak int not null, needs_second boolean not null, second_officer text, key text not null, at timestamptz not null, audience text[] not null,
      primary key (org, desk, query))`,
    'create unique index if not exists queries_key on matching.queries (org, desk, key)',
    'create index if not exists queries_at on matching.queries (org, desk, at desc)',
    ...protect({ table: 'matching.queries', officer: 'select-insert-update', purpose: true }),
    // What was typed, normalised, and the salt of the commitment, encrypted.
    `create table if not exists matching.query_keys (
      org text not null, desk text not null, query uuid not null, ordinal int not null, type text not null, class text not null, content text not null, content_key text not null,
      commitment text not null, audience text[] not null, primary key (org, desk, query, ordinal))`,
    ...protect({ table: 'matching.query_keys', officer: 'select-insert', purpose: true }),
    `create table if not exists matching.asked (
      org text not null, desk text not null, query uuid not null, owner_org text not null, contact text not null, purpose text not null, class text not null, epoch int not null, cost int not null,
      state text not null, at timestamptz not null, audience text[] not null, primary key (org, desk, query, owner_org, class))`,
    ...protect({ table: 'matching.asked', officer: 'select', purpose: true }),
    // Blinds, then outputs: gone as soon as the answer was compared.
    `create table if not exists matching.secrets (
      org text not null, desk text not null, query uuid not null, owner_org text not null, class text not null, content text not null, content_key text not null, frame bytea,
      audience text[] not null, primary key (org, desk, query, owner_org, class))`,
    ...hidden('matching.secrets'),
    `create table if not exists matching.hits (
      org text not null, desk text not null, query uuid not null, ordinal int not null, owner_org text not null, contact text not null, handle text not null,
      state text not null, at timestamptz not null, audience text[] not null, primary key (org, desk, query, ordinal, owner_org))`,
    ...protect({ table: 'matching.hits', officer: 'select', purpose: true }),
  ],
}

const ownView: Migration = {
  id: '0003-own-view',
  statements: [
    // What a desk may know of an epoch is what became of its own rows: epochs themselves belong to the authority.
    'alter table matching.entries add column if not exists built_at timestamptz',
    'alter table matching.requesters add column if not exists sent_at timestamptz',
    'create index if not exists entries_indexed on matching.entries (org, desk, indexed_at desc, entry)',
  ],
}

export const migrations: readonly Migration[] = [owner, requester, ownView]
