/** Tables of what a desk decides about its targeting: rules, settings of indicators, watch entries, scores, runs over the past. Distributed by `authority`. */
import type { Migration } from '#platform/store/database.ts'
import { openSchema, protect } from '#platform/store/row-security.ts'

const ACT = (name: string): string => `${name}_by text, ${name}_name text, ${name}_at timestamptz`

export const rulesMigration: Migration = {
  id: '0001-rules',
  statements: [
    ...openSchema('targeting'),
    `create table if not exists targeting.rules (
      authority text not null, desk text not null, rule uuid not null, version int not null, state text not null, title text not null, why text not null, expression jsonb not null,
      printed text not null, weight int not null, mandatory boolean not null, legal_basis jsonb not null, purpose text not null, valid_from date not null, valid_until date not null,
      review_on date not null, tests jsonb not null, ${ACT('author')}, ${ACT('submitted')}, decision text, decision_note text, ${ACT('decided')}, editors text[] not null default '{}',
      withdrawal_reason text, ${ACT('withdrawn')}, expiry_told_at timestamptz, updated_at timestamptz not null, audience text[] not null, primary key (authority, rule, version))`,
    'create index if not exists rules_desk on targeting.rules (authority, desk, state, valid_until)',
    'create index if not exists rules_order on targeting.rules (authority, desk, updated_at desc, rule)',
    ...protect({ table: 'targeting.rules', officer: 'select-insert-update', purpose: true, index: false }),
    `create table if not exists targeting.reviews (
      authority text not null, desk text not null, rule uuid not null, version int not null, review uuid not null, at timestamptz not null, answer text not null, reason text not null,
      by text not null, by_name text not null, audience text[] not null, primary key (authority, review))`,
    'create index if not exists reviews_rule on targeting.reviews (authority, rule, version, at desc)',
    ...protect({ table: 'targeting.reviews', officer: 'select-insert', purpose: true, index: false }),
    `create table if not exists targeting.indicator_changes (
      authority text not null, desk text not null, proposal uuid not null, indicator text not null, enabled boolean not null, parameters jsonb not null, reason text not null,
      state text not null, ${ACT('proposed')}, note text, ${ACT('decided')}, audience text[] not null, primary key (authority, proposal))`,
    "create unique index if not exists indicator_changes_waiting on targeting.indicator_changes (authority, desk, indicator) where state = 'waiting'",
    'create index if not exists indicator_changes_desk on targeting.indicator_changes (authority, desk, indicator, proposed_at desc)',
    ...protect({ table: 'targeting.indicator_changes', officer: 'select-insert-update', purpose: true, index: false }),
    `create table if not exists targeting.watches (
      authority text not null, desk text not null, watch uuid not null, title text not null, why text not null, terms jsonb not null, valid_from date not null, valid_until date not null,
      legal_basis jsonb not null, case_ref text not null, purpose text not null, renews uuid, ${ACT('entered')}, ending_reason text, ${ACT('ended')}, expiry_told_at timestamptz,
      audience text[] not null, primary key (authority, watch))`,
    'create index if not exists watches_desk on targeting.watches (authority, desk, valid_until, watch)',
    ...protect({ table: 'targeting.watches', officer: 'select-insert-update', purpose: true, index: false }),
    `create table if not exists targeting.watch_hits (
      authority text not null, desk text not null, watch uuid not null, arrival uuid not null, ordinal int not null, field text not null, value text not null, strength double precision not null,
      at timestamptz not null, audience text[] not null, primary key (authority, watch, arrival, ordinal, field))`,
    'create index if not exists watch_hits_arrival on targeting.watch_hits (authority, arrival)',
    ...protect({ table: 'targeting.watch_hits', officer: 'select', purpose: true, index: false }),
    `create table if not exists targeting.scores (
      authority text not null, desk text not null, version uuid not null, state text not null, progress double precision not null default 0, ${ACT('asked')}, finished_at timestamptz,
      outcomes int not null default 0, found int not null default 0, model jsonb, forest bytea, forest_features jsonb, report jsonb, failure text, ${ACT('activated')}, audience text[] not null,
      primary key (authority, version))`,
    'create index if not exists scores_desk on targeting.scores (authority, desk, asked_at desc)',
    "create unique index if not exists scores_active on targeting.scores (authority, desk) where state = 'active'",
    "create unique index if not exists scores_learning on targeting.scores (authority, desk) where state in ('waiting', 'learning')",
    ...protect({ table: 'targeting.scores', officer: 'select-insert-update', purpose: true, index: false }),
    `create table if not exists targeting.what_ifs (
      authority text not null, desk text not null, run uuid not null, state text not null, progress double precision not null default 0, expression jsonb not null, printed text not null,
      first_day date not null, last_day date not null, purpose text not null, ${ACT('asked')}, finished_at timestamptz, failure text, result jsonb, audience text[] not null,
      primary key (authority, run))`,
    "create unique index if not exists what_ifs_going on targeting.what_ifs (authority, desk) where state in ('waiting', 'running')",
    ...protect({ table: 'targeting.what_ifs', officer: 'select-insert-update', purpose: true, index: false }),
  ],
}
