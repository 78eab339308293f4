/**
 * Tables of the link. The outbox is written in the transaction that decides to send; the inbox is keyed by (sender organisation, id), so that
 * a repeat is known whatever happened in between. Content waits in the outbox only until the recipient's node has taken it.
 */
import type { Migration } from '#platform/store/database.ts'
import { OFFICER_ROLE, openSchema, protect } from '#platform/store/row-security.ts'

export const linkMigrations: readonly Migration[] = [
  {
    id: '0001-link',
    statements: [
      ...openSchema('link'),
      `create table if not exists link.outbox (
        from_org text not null, id text not null, to_org text not null, urgency_rank int not null, context text not null, request jsonb, seq bigint, envelope jsonb, digest text,
        state text not null default 'waiting', created_at timestamptz not null, expires_at timestamptz not null, audience text[] not null, primary key (from_org, id, to_org))`,
      "create index if not exists outbox_waiting on link.outbox (from_org, to_org, urgency_rank, id) where state = 'waiting'",
      // What something more urgent of the same thread may not overtake; of what is most urgent itself there is nothing to find.
      "create index if not exists outbox_thread on link.outbox (from_org, to_org, context, id) where state = 'waiting' and seq is null and urgency_rank > 0",
      ...protect({ table: 'link.outbox', officer: 'insert', purpose: true }),
      `create table if not exists link.peers (
        from_org text not null, to_org text not null, last_seq_out bigint not null default 0, last_digest_out text not null default '', last_seq_in bigint not null default 0,
        last_digest_in text not null default '', gaps bigint not null default 0, next_try_at timestamptz, tries int not null default 0, lease_by text, lease_until timestamptz, audience text[] not null default '{}',
        primary key (from_org, to_org))`,
      ...protect({ table: 'link.peers', officer: 'none', purpose: true, index: false }),
      `create table if not exists link.inbox (
        from_org text not null, id text not null, digest text not null, state text not null, received_at timestamptz not null, answers jsonb not null, held jsonb, audience text[] not null,
        primary key (from_org, id))`,
      ...protect({ table: 'link.inbox', officer: 'none', purpose: true, index: false }),
      `create table if not exists link.messages (
        org text not null, id text not null, direction text not null, from_unit text not null, to_units text[] not null, kind text not null, type text not null, urgency text not null,
        context text not null, created_at timestamptz not null, state text not null, digest text, peer text not null, audience text[] not null, primary key (org, id, direction))`,
      'create index if not exists messages_context on link.messages (org, context, created_at)',
      'create index if not exists messages_created on link.messages (org, created_at desc, id)',
      ...protect({ table: 'link.messages', officer: 'select-insert', purpose: true }),
      `create table if not exists link.evidence (
        org text not null, id text not null, unit text not null, kind text not null, positive boolean not null, at timestamptz not null, issuer text not null, code text, token text not null,
        context text not null, audience text[] not null, primary key (org, id, unit, kind, positive))`,
      'create index if not exists evidence_context on link.evidence (org, context)',
      ...protect({ table: 'link.evidence', officer: 'select', purpose: true }),
      // Sealing an outgoing message needs the officer to insert, never to look at what waits.
      `revoke select on link.outbox from ${OFFICER_ROLE}`,
    ],
  },
  {
    id: '0002-told-version',
    statements: ['alter table link.peers add column if not exists told_version int not null default 0'],
  },
  {
    // The version a peer was last seen to work with, and parts of a directory that is on its way in.
    id: '0003-directory-spread',
    statements: [
      'alter table link.peers add column if not exists shown_version int not null default 0',
      `create table if not exists link.directory_parts (
        from_org text not null, version int not null, part int not null, parts int not null, bytes text not null, audience text[] not null default '{}',
        primary key (from_org, version, part))`,
      ...protect({ table: 'link.directory_parts', officer: 'none', purpose: true, index: false }),
    ],
  },
  {
    id: '0004-outbox-at-rest',
    statements: [
      'create index if not exists outbox_expired on link.outbox (expires_at) where envelope is not null',
      // Ciphertext does not get smaller, and what waits is gone in a moment: trying to compress them would cost more than it saves.
      'alter table link.outbox alter column envelope set storage external, alter column request set storage external',
      // Officers never look into the outbox, and evidence is always found by its message or thread first.
      'drop index if exists link.link_outbox_audience',
      'drop index if exists link.link_evidence_audience',
    ],
  },
]
