/**
 * Tables of the slice. Each is distributed by `authority`, the authority on this node that holds the row; every key contains it.
 * The same alert on the node of its originator and on the node of a recipient is two rows: each authority keeps its own.
 */

import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'
import { alertMigration } from './alert-migration.ts'
import { findingsMigration } from './findings-migration.ts'
import { grossMigration } from './gross-migration.ts'
import { historyMigration } from './history-migration.ts'
import { keysMigration } from './keys-migration.ts'
import { vesselMigration } from './vessel-migration.ts'

const documents: Migration = {
  id: '0001-documents',
  statements: [
    ...openSchema('cargo'),
    // Two desks that take in the same file hold it twice: neither may learn from the other's rows that, when or under which name it has it.
    `create table if not exists cargo.documents (
      authority text not null, desk text not null, document text not null, name text not null, size bigint not null, kind text not null default 'unknown',
      state text not null default 'waiting', bytes_read bigint not null default 0, received_at timestamptz not null, 
      accepted int not null default 0, warned int not null default 0, quarantined int not null default 0, types text[] not null default '{}',
      containers int not null default 0, consignments int not null default 0, warnings int not null default 0, refused jsonb,
      vessel text, voyage text, generated boolean not null default false, purpose text not null, audience text[] not null,
      primary key (authority, desk, document))`,
    'create index if not exists documents_received on cargo.documents (authority, desk, received_at desc, document)',
    ...protect({
      table: 'cargo.documents',
      officer: 'select-insert-update',
      purpose: true,
    }),
    `create table if not exists cargo.messages (
      authority text not null, desk text not null, document text not null, ordinal int not null, type text not null, directory text not null, reference text not null,
      segments int not null, outcome text not null, voyage jsonb not null, prepared_at timestamptz, audience text[] not null, primary key (authority, desk, document, ordinal))`,
    ...protect({ table: 'cargo.messages', officer: 'select', purpose: true }),
    `create table if not exists cargo.warnings (
      authority text not null, desk text not null, document text not null, ordinal int not null, message int not null, code text not null, place text not null,
      text text not null, audience text[] not null, primary key (authority, desk, document, ordinal))`,
    ...protect({ table: 'cargo.warnings', officer: 'select', purpose: true }),
  ],
}

const equipment: Migration = {
  id: '0002-equipment',
  statements: [
    `create table if not exists cargo.equipment (
      authority text not null, desk text not null, document text not null, ordinal int not null, message int not null, message_type text not null, container text not null,
      iso_type text, fullness text, stowage text, loading text, discharge text, final_place text, weight double precision, verified_weight boolean not null default false,
      temperature double precision, operator text, booking text, bill text, seals text[] not null default '{}', goods text, flags text[] not null default '{}',
      observed_at timestamptz not null, observed_stated boolean not null default false, sighting jsonb not null, audience text[] not null,
      primary key (authority, desk, document, ordinal))`,
    // One index for each order a table can be read in, within one document and over all: a page costs the same wherever it stands.
    'create index if not exists equipment_container on cargo.equipment (authority, desk, container, document, ordinal)',
    "create index if not exists equipment_stowage on cargo.equipment (authority, desk, coalesce(stowage, ''), document, ordinal)",
    "create index if not exists equipment_loading on cargo.equipment (authority, desk, coalesce(loading, ''), document, ordinal)",
    "create index if not exists equipment_discharge on cargo.equipment (authority, desk, coalesce(discharge, ''), document, ordinal)",
    'create index if not exists equipment_weight on cargo.equipment (authority, desk, coalesce(weight, 0), document, ordinal)',
    'create index if not exists equipment_document_container on cargo.equipment (authority, desk, document, container, ordinal)',
    "create index if not exists equipment_document_stowage on cargo.equipment (authority, desk, document, coalesce(stowage, ''), ordinal)",
    "create index if not exists equipment_document_loading on cargo.equipment (authority, desk, document, coalesce(loading, ''), ordinal)",
    "create index if not exists equipment_document_discharge on cargo.equipment (authority, desk, document, coalesce(discharge, ''), ordinal)",
    'create index if not exists equipment_document_weight on cargo.equipment (authority, desk, document, coalesce(weight, 0), ordinal)',
    // Marked boxes are few among many.
    "create index if not exists equipment_flagged on cargo.equipment (authority, desk, container, document, ordinal) where flags <> '{}'",
    'create index if not exists equipment_seals on cargo.equipment using gin (seals)',
    ...protect({
      table: 'cargo.equipment',
      officer: 'select',
      purpose: true,
      index: false,
    }),
    `create table if not exists cargo.consignments (
      authority text not null, desk text not null, document text not null, ordinal int not null, message int not null, declaration boolean not null, bill text not null,
      consignor text, consignee text, notify text, loading text, discharge text, goods text, hs text, gross double precision, packages double precision,
      containers text[] not null default '{}', seals text[] not null default '{}', bookings text[] not null default '{}', received_at timestamptz not null, statement jsonb not null,
      audience text[] not null, primary key (authority, desk, document, ordinal))`,
    'create index if not exists consignments_bill on cargo.consignments (authority, desk, bill, document, ordinal)',
    ...protect({
      table: 'cargo.consignments',
      officer: 'select',
      purpose: true,
      index: false,
    }),
    // Signals are derived per desk, from what that desk may see and nothing else: a signal must not tell one desk of another's documents.
    `create table if not exists cargo.signals (
      authority text not null, desk text not null, subject_kind text not null, subject text not null, signal text not null, detector text not null, version text not null,
      body jsonb not null, raised_at timestamptz not null, audience text[] not null, primary key (authority, desk, subject_kind, subject, signal))`,
    ...protect({ table: 'cargo.signals', officer: 'select', purpose: true }),
    `create table if not exists cargo.evaluations (
      authority text not null, desk text not null, subject_kind text not null, subject text not null, not_computable jsonb not null, evaluated_at timestamptz not null,
      last_day text, audience text[] not null, primary key (authority, desk, subject_kind, subject))`,
    // Boxes that are still ahead or recent, in the order in which a round of judging again takes them.
    `create index if not exists evaluations_recent on cargo.evaluations (authority, desk, last_day, subject) where subject_kind = 'container'`,
    ...protect({ table: 'cargo.evaluations', officer: 'select', purpose: true }),
  ],
}

const alerts: Migration = {
  id: '0003-alerts',
  statements: [
    // One row for each desk that issued or received it: two desks of one authority may have been sent different members of one alert.
    // `container` is the box where the alert is about one: what sightings and consignments are joined by.
    `create table if not exists cargo.alerts (
      authority text not null, alert text not null, desk text not null, side text not null, subject_kind text not null default 'container', subject text not null, bill text, originator_desk text not null,
      originator_authority text not null, content jsonb not null, handling jsonb not null, reasons text[] not null, next_port text, eta timestamptz, issued_at timestamptz not null,
      notice text, key text, audience text[] not null,
      container text not null generated always as (case when subject_kind = 'container' then subject else '' end) stored, primary key (authority, alert, desk))`,
    'create unique index if not exists alerts_key on cargo.alerts (authority, key)',
    'create index if not exists alerts_issued on cargo.alerts (authority, issued_at desc, alert)',
    'create index if not exists alerts_container on cargo.alerts (authority, container)',
    ...protect({
      table: 'cargo.alerts',
      officer: 'select-insert-update',
      purpose: true,
    }),
    `create table if not exists cargo.matches (
      authority text not null, alert text not null, checked_at timestamptz not null, compared bigint not null, hits jsonb not null, audience text[] not null,
      primary key (authority, alert))`,
    ...protect({ table: 'cargo.matches', officer: 'select', purpose: true }),
    `create table if not exists cargo.outcomes (
      authority text not null, alert text not null, desk text not null, kind text not null, at timestamptz not null, fields jsonb not null, reasons text[] not null,
      audience text[] not null, primary key (authority, alert, desk))`,
    ...protect({
      table: 'cargo.outcomes',
      officer: 'select-insert-update',
      purpose: true,
    }),
    `create table if not exists cargo.port_actions (
      authority text not null, action text not null, side text not null, alert text, kind text not null, container text not null, until timestamptz not null,
      legal_basis_text text not null, contact text not null, requested_by text not null, partner text not null, requested_at timestamptz not null,
      confirmed_at timestamptz, key text, audience text[] not null, primary key (authority, action))`,
    'create unique index if not exists port_actions_key on cargo.port_actions (authority, key)',
    'create index if not exists port_actions_alert on cargo.port_actions (authority, alert)',
    ...protect({
      table: 'cargo.port_actions',
      officer: 'select-insert-update',
      purpose: true,
    }),
  ],
}

/** Two desks of one authority learn nothing of each other: neither by a key that the other used, nor by what the other's declarations say. */
const byDesk: Migration = {
  id: '0004-by-desk',
  statements: [
    'drop index if exists cargo.alerts_key',
    'create unique index if not exists alerts_desk_key on cargo.alerts (authority, originator_desk, key)',
    'drop index if exists cargo.port_actions_key',
    'create unique index if not exists port_actions_desk_key on cargo.port_actions (authority, requested_by, key)',
    // Made anew from alerts and declarations whenever either comes.
    'drop table if exists cargo.matches',
    `create table cargo.matches (
      authority text not null, alert text not null, desk text not null, checked_at timestamptz not null, compared bigint not null, hits jsonb not null, audience text[] not null,
      primary key (authority, alert, desk))`,
    ...protect({ table: 'cargo.matches', officer: 'select', purpose: true }),
  ],
}

/** A vessel that a request names is looked up among the alerts without reading them all. */
const vessels: Migration = {
  id: '0005-vessels',
  statements: ["create index if not exists alerts_vessel on cargo.alerts (authority, (content ->> 'vesselImo'))"],
}

const heldByDesk = 'authority text not null, desk text not null, document text not null, ordinal int not null, message int not null'
const keyOfRow = 'audience text[] not null, primary key (authority, desk, document, ordinal)'

/**
 * Messages beyond sightings and consignments: orders, port calls, statuses, masses, answers; and how documents come in by themselves.
 * A release number or PIN has no column anywhere: only that one was stated.
 */
const messages: Migration = {
  id: '0006-messages',
  statements: [
    `create table if not exists cargo.orders (
      ${heldByDesk}, message_type text not null, kind text not null, function text not null, number text, container text, iso_type text, quantity double precision,
      bookings text[] not null default '{}', haulier text, vehicle text, voyage text, planned_at timestamptz, valid_from timestamptz, valid_until timestamptz,
      release_stated boolean not null, received_at timestamptz not null, statement jsonb not null, ${keyOfRow})`,
    'create index if not exists orders_container on cargo.orders (authority, desk, container, received_at)',
    ...protect({ table: 'cargo.orders', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.port_calls (
      ${heldByDesk}, message_type text not null, call int not null, role text not null, place text not null, terminal text, vessel_imo text, vessel text, voyage text,
      arrives_at timestamptz, arrival_basis text, departs_at timestamptz, departure_basis text, received_at timestamptz not null, statement jsonb not null, ${keyOfRow})`,
    'create index if not exists port_calls_vessel on cargo.port_calls (authority, desk, vessel_imo, voyage)',
    'create index if not exists port_calls_place on cargo.port_calls (authority, desk, place, arrives_at)',
    ...protect({ table: 'cargo.port_calls', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.statuses (
      ${heldByDesk}, container text, consignment text, status text not null, reason text, place text, happened_at timestamptz not null, happened_stated boolean not null,
      statement jsonb not null, ${keyOfRow})`,
    'create index if not exists statuses_container on cargo.statuses (authority, desk, container, happened_at)',
    'create index if not exists statuses_consignment on cargo.statuses (authority, desk, consignment)',
    ...protect({ table: 'cargo.statuses', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.verified_masses (
      ${heldByDesk}, container text not null, kilograms double precision not null, method text, responsible text, weighed_at timestamptz, received_at timestamptz not null,
      statement jsonb not null, ${keyOfRow})`,
    'create index if not exists verified_masses_container on cargo.verified_masses (authority, desk, container)',
    ...protect({ table: 'cargo.verified_masses', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.received_answers (
      ${heldByDesk}, kind text not null, verdict text not null, status text, refers_to text[] not null default '{}', containers text[] not null default '{}',
      received_at timestamptz not null, statement jsonb not null, ${keyOfRow})`,
    ...protect({ table: 'cargo.received_answers', officer: 'select', purpose: true, index: false }),
    // Which interchange came with which document first: the same one again is answered as a duplicate and not processed.
    `create table if not exists cargo.interchanges (
      authority text not null, desk text not null, sender text not null, recipient text not null, prepared text not null, reference text not null, document text not null,
      broken boolean not null default false, received_at timestamptz not null, audience text[] not null,
      primary key (authority, desk, sender, recipient, prepared, reference))`,
    'create index if not exists interchanges_document on cargo.interchanges (authority, desk, document)',
    ...protect({ table: 'cargo.interchanges', officer: 'select', purpose: true, index: false }),
    `create table if not exists cargo.given_answers (
      authority text not null, desk text not null, document text not null, ordinal int not null, kind text not null, partner text not null, reference text not null,
      verdict text not null, text text not null, findings jsonb not null, made_at timestamptz not null, audience text[] not null,
      primary key (authority, desk, document, ordinal))`,
    'create index if not exists given_answers_made on cargo.given_answers (authority, desk, made_at desc, document desc, ordinal)',
    ...protect({ table: 'cargo.given_answers', officer: 'select', purpose: true, index: false }),
    // That an answer was sent is said by an officer, and stays when the answers of a document are made again.
    `create table if not exists cargo.sent_answers (
      authority text not null, desk text not null, document text not null, ordinal int not null, at timestamptz not null, by text not null, audience text[] not null,
      primary key (authority, desk, document, ordinal))`,
    ...protect({ table: 'cargo.sent_answers', officer: 'select-insert', purpose: true, index: false }),
    `create table if not exists cargo.declaration_mappings (
      authority text not null, desk text not null, mapping text not null, version int not null, title text not null, headers text not null, definition jsonb not null,
      purpose text not null, at timestamptz not null, saved_by text not null, audience text[] not null, primary key (authority, desk, mapping, version))`,
    'create unique index if not exists declaration_mappings_title on cargo.declaration_mappings (authority, desk, title, version)',
    'create index if not exists declaration_mappings_headers on cargo.declaration_mappings (authority, desk, md5(headers), at desc)',
    ...protect({ table: 'cargo.declaration_mappings', officer: 'select-insert', purpose: true }),
    // Machines that deliver for a desk: the token as a hash, so that a copy of the table delivers nothing.
    `create table if not exists cargo.channels (
      authority text not null, desk text not null, channel text not null, title text not null, token_hash text not null, opened_by text not null, opened_at timestamptz not null,
      expires_at timestamptz not null, closed_at timestamptz, used_at timestamptz, day date, day_documents int not null default 0, day_bytes bigint not null default 0,
      rotated_at timestamptz, prior_hash text, refused int not null default 0, refused_at timestamptz, refused_why text,
      purpose text not null, audience text[] not null, primary key (authority, desk, channel))`,
    'create unique index if not exists channels_token on cargo.channels (token_hash)',
    // A machine that still comes with the token before the present one is refused, and counted where it belongs.
    'create index if not exists channels_prior on cargo.channels (prior_hash) where prior_hash is not null',
    ...protect({ table: 'cargo.channels', officer: 'select-insert-update', purpose: true }),
    // Which channel brought what: the same bytes by two channels are two deliveries.
    `create table if not exists cargo.deliveries (
      authority text not null, desk text not null, delivery text not null, channel text not null, document text not null, name text not null, size bigint not null,
      at timestamptz not null, audience text[] not null, primary key (authority, desk, delivery))`,
    'create index if not exists deliveries_channel on cargo.deliveries (authority, desk, channel, at)',
    ...protect({ table: 'cargo.deliveries', officer: 'none', purpose: true, index: false }),
    // Machines sign nothing in: which way a document came is part of where it is from.
    "alter table cargo.documents add column if not exists way text not null default 'upload'",
    'alter table cargo.documents add column if not exists mapping jsonb',
    'alter table cargo.documents add column if not exists others int not null default 0',
    'alter table cargo.documents add column if not exists interchanges int not null default 0',
  ],
}

export const migrations: readonly Migration[] = [
  documents,
  equipment,
  alerts,
  byDesk,
  vessels,
  messages,
  historyMigration,
  vesselMigration,
  alertMigration,
  keysMigration,
  grossMigration,
  findingsMigration,
]
