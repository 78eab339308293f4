/**
 * Tables of what arrives at a desk and what becomes of it. An arrival is one container at one port of the desk on one voyage, made from what that desk alone holds.
 * Selections are shown to the oversight desk of the authority too, so that a draw can be repeated by somebody who did not make it.
 */
import type { Migration } from '#platform/store/database.ts'
import { protect } from '#platform/store/row-security.ts'
import { storeStatistics } from './store-statistics.ts'

export const arrivalsMigration: Migration = {
  id: '0002-arrivals',
  statements: [
    // Which documents were taken.
    `create table if not exists targeting.taken (
      authority text not null, desk text not null, document text not null, arrivals int not null, at timestamptz not null, audience text[] not null,
      primary key (authority, desk, document))`,
    ...protect({ table: 'targeting.taken', officer: 'select', purpose: true, index: false }),
    // Containers of which no document says when they come.
    `create table if not exists targeting.not_placed (
      authority text not null, desk text not null, container text not null, at timestamptz not null, audience text[] not null, primary key (authority, desk, container))`,
    ...protect({ table: 'targeting.not_placed', officer: 'select', purpose: true, index: false }),
    // Legal persons by number, each desk for itself: nothing can be read from a number about another desk.
    `create table if not exists targeting.parties (
      authority text not null, desk text not null, name text not null, party int not null, audience text[] not null, primary key (authority, desk, name))`,
    'create unique index if not exists parties_number on targeting.parties (authority, desk, party)',
    ...protect({ table: 'targeting.parties', officer: 'select', purpose: true, index: false }),
    `create table if not exists targeting.arrivals (
      authority text not null, desk text not null, arrival uuid not null, port text not null, day date not null, voyage_key text not null, container text not null, bill text, eta timestamptz,
      vessel text, imo text, voyage text, loading text, onward text, hs text, goods text, shipper text, consignee text, weight double precision, facts jsonb not null,
      score double precision, second double precision, rank double precision not null default 0, novelty double precision not null default 0, is_mandatory boolean not null default false,
      mandatory jsonb not null default '[]', fired jsonb not null default '[]', rule_hits text[] not null default '{}', rule_unknown text[] not null default '{}',
      terms jsonb, signals jsonb not null default '[]', assessed_at timestamptz not null,
      selection uuid, stratum text, pi double precision, random_pi double precision, decision text, decided jsonb, due_at timestamptz, due_basis text, outcome text, outcome_at timestamptz, audience text[] not null,
      primary key (authority, arrival))`,
    'create unique index if not exists arrivals_one on targeting.arrivals (authority, desk, container, port, voyage_key)',
    // One index for each order the queue is read in: a page costs the same wherever it stands.
    'create index if not exists arrivals_rank on targeting.arrivals (authority, desk, port, day, rank desc, arrival)',
    "create index if not exists arrivals_eta on targeting.arrivals (authority, desk, port, day, coalesce(eta, 'infinity'), arrival)",
    'create index if not exists arrivals_days on targeting.arrivals (authority, desk, day, port, vessel, voyage)',
    'create index if not exists arrivals_order on targeting.arrivals (authority, desk, day, arrival)',
    "create index if not exists arrivals_hits on targeting.arrivals (authority, desk, day) where rule_hits <> '{}'",
    'create index if not exists arrivals_mandatory on targeting.arrivals (authority, desk, port, day, rank desc, arrival) where is_mandatory',
    'create index if not exists arrivals_chosen on targeting.arrivals (authority, desk, port, day, rank desc, arrival) where stratum is not null',
    'create index if not exists arrivals_due on targeting.arrivals (authority, desk, due_at, arrival) where due_at is not null and outcome is null',
    'create index if not exists arrivals_recorded on targeting.arrivals (authority, desk, outcome_at desc, arrival) where outcome is not null',
    ...protect({ table: 'targeting.arrivals', officer: 'select-insert-update', purpose: true, index: false }),
    // Hits per rule version, port and month, counted as arrivals are assessed: the effectiveness page must not read every arrival of a year.
    `create table if not exists targeting.tallies (
      authority text not null, desk text not null, port text not null, month date not null, rule text not null, hits bigint not null default 0, unknown bigint not null default 0,
      audience text[] not null, primary key (authority, desk, port, month, rule))`,
    ...protect({ table: 'targeting.tallies', officer: 'select', purpose: true, index: false }),
    `create table if not exists targeting.capacities (
      authority text not null, desk text not null, port text not null, day date not null, capacity int not null, random_rate double precision not null, novelty_rate double precision not null,
      most_hits int not null, set_by text not null, set_name text not null, set_at timestamptz not null, audience text[] not null, primary key (authority, desk, port, day))`,
    ...protect({ table: 'targeting.capacities', officer: 'select-insert-update', purpose: true, index: false }),
    `create table if not exists targeting.selections (
      authority text not null, desk text not null, selection uuid not null, port text not null, day date not null, state text not null, draw uuid not null, parameters jsonb not null, seed bigint not null,
      digest text not null, candidates int not null, certain int not null, random int not null, proposed_by text not null, proposed_name text not null, proposed_at timestamptz not null,
      closed_by text, closed_name text, closed_at timestamptz, audience text[] not null, primary key (authority, selection))`,
    'create unique index if not exists selections_one on targeting.selections (authority, desk, port, day)',
    ...protect({ table: 'targeting.selections', officer: 'select-insert-update', purpose: true, index: false }),
    // The candidates as they stood, and what was drawn from them: enough to repeat the draw, and nothing of what the consignments are.
    `create table if not exists targeting.draws (
      authority text not null, draw uuid not null, selection uuid not null, drawn_at timestamptz not null, seed bigint not null, parameters jsonb not null, candidates jsonb not null, drawn jsonb not null,
      audience text[] not null, primary key (authority, draw))`,
    'create index if not exists draws_selection on targeting.draws (authority, selection, draw)',
    ...protect({ table: 'targeting.draws', officer: 'select-insert', purpose: true, index: false }),
    `create table if not exists targeting.decisions (
      authority text not null, desk text not null, decision uuid not null, selection uuid not null, arrival uuid not null, verdict text not null, reason text, reroute_to text, note text,
      by text not null, by_name text not null, at timestamptz not null, undone_by text, undone_name text, undone_at timestamptz, audience text[] not null, primary key (authority, decision))`,
    'create index if not exists decisions_arrival on targeting.decisions (authority, arrival, at desc)',
    ...protect({ table: 'targeting.decisions', officer: 'select-insert-update', purpose: true, index: false }),
    `create table if not exists targeting.outcomes (
      authority text not null, desk text not null, outcome uuid not null, arrival uuid not null, kind text not null, means text, found jsonb not null default '[]', reason text, note text,
      by text not null, by_name text not null, at timestamptz not null, audience text[] not null, primary key (authority, outcome))`,
    'create index if not exists outcomes_arrival on targeting.outcomes (authority, arrival, at desc)',
    ...protect({ table: 'targeting.outcomes', officer: 'select-insert', purpose: true, index: false }),
    // What was told already, so that it is told once: the day's overdue list of a desk.
    `create table if not exists targeting.told (
      authority text not null, desk text not null, what text not null, day date not null, audience text[] not null, primary key (authority, desk, what, day))`,
    ...protect({ table: 'targeting.told', officer: 'none', purpose: true, index: false }),
    ...storeStatistics,
  ],
}
