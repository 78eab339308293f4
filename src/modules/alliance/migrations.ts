/**
 * Tables of the slice. Distribution column: `authority`, the one that keeps the ledger. A chain is visible to the desk that keeps it, a link to its
 * partner alone; both are written by the ledger, never by a session. Standings and answers are rows that are added, never changed.
 */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'

const ledger: Migration = {
  id: '0001-ledger',
  statements: [
    ...openSchema('alliance'),
    `create table if not exists alliance.chains (
      authority text not null, right_id text not null, keeper text not null, container text not null, voyage text not null, port text not null, head text not null,
      events int not null, stage text not null, discharged boolean not null, cleared boolean not null, hold_until timestamptz, holder text, haulier text, first_receiver text,
      collect_minutes int, signals text[] not null default '{}', not_computable jsonb not null default '[]', changed_at timestamptz not null, audience text[] not null,
      primary key (authority, right_id))`,
    'create index if not exists chains_changed on alliance.chains (authority, keeper, changed_at desc, right_id)',
    'create index if not exists chains_container on alliance.chains (authority, keeper, container)',
    "create index if not exists chains_haulier on alliance.chains (authority, keeper, haulier) where stage = 'gated-out'",
    "create index if not exists chains_receiver on alliance.chains (authority, keeper, first_receiver) where stage = 'gated-out'",
    ...protect({ table: 'alliance.chains', officer: 'select', purpose: true }),
    `create table if not exists alliance.events (
      authority text not null, right_id text not null, seq int not null, keeper text not null, hash text not null, previous text not null, at timestamptz not null,
      by_desk text not null, by_role text not null, body jsonb not null, account text, unrelated boolean not null default false, audience text[] not null,
      primary key (authority, right_id, seq))`,
    'create unique index if not exists events_previous on alliance.events (authority, right_id, previous)',
    'create index if not exists events_reads on alliance.events (authority, keeper, by_role, at) where account is not null',
    ...protect({ table: 'alliance.events', officer: 'select', purpose: true, index: false }),
    `create table if not exists alliance.links (
      authority text not null, party text not null, right_id text not null, container text not null, voyage text not null, port text not null, link jsonb not null,
      is_open boolean not null, given_at timestamptz not null, audience text[] not null, primary key (authority, party, right_id))`,
    'create index if not exists links_given on alliance.links (party, given_at desc, right_id)',
    ...protect({ table: 'alliance.links', officer: 'select', purpose: true }),
    `create table if not exists alliance.signals (
      authority text not null, right_id text not null, signal text not null, keeper text not null, detector text not null, version text not null, event text not null,
      container text not null, voyage text not null, port text not null, account text, body jsonb not null, raised_at timestamptz not null, audience text[] not null,
      primary key (authority, right_id, signal))`,
    'create index if not exists signals_raised on alliance.signals (authority, keeper, raised_at desc, signal)',
    'create index if not exists signals_account on alliance.signals (authority, keeper, account) where account is not null',
    ...protect({ table: 'alliance.signals', officer: 'select', purpose: true }),
    // What an act was answered, so that a repeat gets the same answer. Keys are per desk.
    `create table if not exists alliance.acts (
      authority text not null, desk text not null, key text not null, right_id text not null, kind text not null, answer jsonb not null, at timestamptz not null,
      audience text[] not null, primary key (authority, desk, key))`,
    ...protect({ table: 'alliance.acts', officer: 'none', purpose: true, index: false }),
    // Who revoked on which power: the ledger holds desks, this the officer who decided.
    `create table if not exists alliance.revocations (
      authority text not null, right_id text not null, by_officer text not null, power text not null, legal_basis_text text not null, at timestamptz not null,
      audience text[] not null, primary key (authority, right_id, at))`,
    ...protect({ table: 'alliance.revocations', officer: 'select', purpose: true }),
    `create table if not exists alliance.messages (
      authority text not null, sender text not null, reference text not null, right_id text not null, keeper text not null, outcome text not null, because text, after_sender text,
      after_reference text, digest text not null, message jsonb not null, received_at timestamptz not null, audience text[] not null, primary key (authority, sender, reference))`,
    'create index if not exists messages_right on alliance.messages (authority, right_id)',
    "create index if not exists messages_waiting on alliance.messages (authority, keeper, (message ->> 'container')) where outcome = 'waiting'",
    ...protect({ table: 'alliance.messages', officer: 'none', purpose: true, index: false }),
    // Without its salt a token of a vehicle, a driver or an account means nothing.
    `create table if not exists alliance.salts (
      authority text not null, keeper text not null, scope text not null, key text not null, content text not null, made_at timestamptz not null, audience text[] not null,
      primary key (authority, keeper, scope))`,
    ...protect({ table: 'alliance.salts', officer: 'none', purpose: true, index: false }),
  ],
}

const partners: Migration = {
  id: '0002-partners',
  statements: [
    `create table if not exists alliance.standings (
      authority text not null, keeper text not null, desk text not null, version int not null, kind text not null, state text not null, criteria text[] not null,
      expires_at timestamptz not null, at timestamptz not null, audience text[] not null, primary key (authority, keeper, desk, version))`,
    ...protect({ table: 'alliance.standings', officer: 'select-insert', purpose: true }),
    `create table if not exists alliance.vettings (
      authority text not null, keeper text not null, desk text not null, version int not null, change text not null, by_officer text not null, by_name text not null,
      at timestamptz not null, reason text not null, kind text not null, criteria text[] not null, basis text not null, evidence text not null, expires_at timestamptz not null,
      key text, audience text[] not null, primary key (authority, keeper, desk, version))`,
    'create unique index if not exists vettings_key on alliance.vettings (authority, keeper, key)',
    ...protect({ table: 'alliance.vettings', officer: 'select-insert', purpose: true }),
  ],
}

const reports: Migration = {
  id: '0003-reports',
  statements: [
    `create table if not exists alliance.incidents (
      authority text not null, incident text not null, keeper text not null, reporter text not null, kind text not null, port text not null, container text,
      happened_at timestamptz not null, reported_at timestamptz not null, text_key text not null, text_content text not null, key text not null, audience text[] not null,
      primary key (authority, incident))`,
    'create unique index if not exists incidents_key on alliance.incidents (authority, reporter, key)',
    ...protect({ table: 'alliance.incidents', officer: 'select-insert', purpose: true }),
    `create table if not exists alliance.incident_answers (
      authority text not null, incident text not null, version int not null, state text not null, at timestamptz not null, text_key text not null, text_content text not null,
      audience text[] not null, primary key (authority, incident, version))`,
    ...protect({ table: 'alliance.incident_answers', officer: 'select-insert', purpose: true }),
    // No address, no account, no hour: a report knows its day and its desk.
    `create table if not exists alliance.integrity_reports (
      authority text not null, report text not null, desk text not null, kind text not null, received_on date not null, acknowledge_by date not null, feedback_by date not null,
      receipt_hash text not null, state text not null, case_ref text, version int not null, audience text[] not null, primary key (authority, report))`,
    'create unique index if not exists integrity_receipt on alliance.integrity_reports (authority, receipt_hash)',
    ...protect({ table: 'alliance.integrity_reports', officer: 'select-insert-update', purpose: true }),
    `create table if not exists alliance.integrity_texts (
      authority text not null, report text not null, ordinal int not null, author text not null, written_on date not null, text_key text not null, text_content text not null,
      audience text[] not null, primary key (authority, report, ordinal))`,
    ...protect({ table: 'alliance.integrity_texts', officer: 'select-insert', purpose: true }),
  ],
}

/** Codes of parties in messages, files of messages and what became of each line of them. A file lies with the partner that sent it. */
const messages: Migration = {
  id: '0004-messages',
  statements: [
    // The second officer is another by the table's own rule, too.
    `create table if not exists alliance.codes (
      authority text not null, keeper text not null, code text not null, list text not null, value text not null, desk text not null, valid_from timestamptz not null,
      valid_until timestamptz not null, entered_by text not null, entered_name text not null, entered_at timestamptz not null, confirmed_by text, confirmed_name text,
      confirmed_at timestamptz, ended_by text, ended_name text, ended_at timestamptz, reason text, key text not null, audience text[] not null,
      primary key (authority, keeper, code), check (confirmed_by <> entered_by), check (valid_from < valid_until))`,
    'create unique index if not exists codes_key on alliance.codes (authority, keeper, key)',
    'create unique index if not exists codes_in_force on alliance.codes (authority, keeper, list, value) where confirmed_at is not null and ended_at is null',
    ...protect({ table: 'alliance.codes', officer: 'select-insert-update', purpose: true }),
    // What messages named and nobody means: so that the desk sees which codes are missing.
    `create table if not exists alliance.unknown_codes (
      authority text not null, keeper text not null, sender text not null, list text not null, value text not null, times int not null, last_at timestamptz not null,
      audience text[] not null, primary key (authority, keeper, sender, list, value))`,
    ...protect({ table: 'alliance.unknown_codes', officer: 'select', purpose: true }),
    // `keeper`: the desk whose channel it came by; it is carried out in the ledger of that desk alone.
    `create table if not exists alliance.message_files (
      authority text not null, desk text not null, file text not null, keeper text, document text not null, name text not null, size bigint not null, way text not null,
      received_at timestamptz not null, state text not null default 'waiting', problem jsonb, audience text[] not null,
      primary key (authority, desk, file))`,
    'create index if not exists message_files_received on alliance.message_files (authority, desk, received_at desc, file)',
    ...protect({ table: 'alliance.message_files', officer: 'select-insert', purpose: true }),
    `create table if not exists alliance.file_lines (
      authority text not null, desk text not null, file text not null, line int not null, message int not null, type text not null, place text not null, container text,
      act text, keeper text, reference text, outcome text not null, because text, audience text[] not null, primary key (authority, desk, file, line))`,
    "create index if not exists file_lines_waiting on alliance.file_lines (desk, keeper, reference) where outcome = 'waiting'",
    ...protect({ table: 'alliance.file_lines', officer: 'select', purpose: true, index: false }),
  ],
}

export const migrations: readonly Migration[] = [ledger, partners, reports, messages]
