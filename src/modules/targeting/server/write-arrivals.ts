/**
 * Writes arrivals and what was assessed of them, many at a time. Counts of hits per rule, port and month move by the difference to what stood before, in the same
 * transaction. What was selected keeps its day: a ship that comes later does not take a decision back.
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import { type Assessment, ruleRef } from './assessor.ts'
import { type DeskScope, monthOf } from './desk.ts'
import { type ArrivalFacts, legalName } from './facts.ts'

export interface ArrivalToWrite {
  readonly arrival: string
  readonly container: string
  readonly port: string
  readonly day: string
  readonly voyageKey: string
  readonly eta: string | null
  readonly vessel: string | null
  readonly imo: string | null
  readonly voyage: string | null
  readonly facts: ArrivalFacts
  readonly signals: readonly { readonly signal: string; readonly detector: string; readonly title: string; readonly explanation: string }[]
  readonly assessment: Assessment
  /** As it stood; undefined for a new one. */
  readonly before: ArrivalCounted | undefined
}

/** What the counts know of an arrival. */
export interface ArrivalCounted {
  readonly port: string
  readonly day: string
  readonly rule_hits: readonly string[]
  readonly rule_unknown: readonly string[]
  readonly mandatory: readonly { readonly kind: string }[]
}

export async function writeArrivals(
  tx: Tx,
  scope: DeskScope,
  { rows, at }: { readonly rows: readonly ArrivalToWrite[]; readonly at: Date },
): Promise<void> {
  if (rows.length === 0) return
  const { authority, desk } = scope
  const records = rows.map((row) => recordOf(row))
  await sql`
    insert into targeting.arrivals as a (authority, desk, arrival, port, day, voyage_key, container, bill, eta, vessel, imo, voyage, loading, onward, hs, goods, shipper, consignee, weight, facts,
      score, second, rank, novelty, is_mandatory, mandatory, fired, rule_hits, rule_unknown, terms, signals, assessed_at, audience)
    select ${authority}, ${desk}, r.arrival, r.port, r.day, r.voyage_key, r.container, r.bill, r.eta, r.vessel, r.imo, r.voyage, r.loading, r.onward, r.hs, r.goods, r.shipper, r.consignee, r.weight,
      r.facts, r.score, r.second, r.rank, r.novelty, r.is_mandatory, r.mandatory, r.fired, r.rule_hits, r.rule_unknown, r.terms, r.signals, ${at}, ${[desk]}
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(arrival uuid, port text, day date, voyage_key text, container text, bill text, eta timestamptz, vessel text, imo text,
      voyage text, loading text, onward text, hs text, goods text, shipper text, consignee text, weight double precision, facts jsonb, score double precision, second double precision,
      rank double precision, novelty double precision, is_mandatory boolean, mandatory jsonb, fired jsonb, rule_hits text[], rule_unknown text[], terms jsonb, signals jsonb)
    on conflict (authority, arrival) do update set day = case when a.stratum is null then excluded.day else a.day end, bill = excluded.bill, eta = excluded.eta, vessel = excluded.vessel,
      imo = excluded.imo, voyage = excluded.voyage, loading = excluded.loading, onward = excluded.onward, hs = excluded.hs, goods = excluded.goods, shipper = excluded.shipper,
      consignee = excluded.consignee, weight = excluded.weight, facts = excluded.facts, score = excluded.score, second = excluded.second, rank = excluded.rank, novelty = excluded.novelty,
      is_mandatory = excluded.is_mandatory, mandatory = excluded.mandatory, fired = excluded.fired, rule_hits = excluded.rule_hits, rule_unknown = excluded.rule_unknown,
      terms = excluded.terms, signals = excluded.signals, assessed_at = excluded.assessed_at`.execute(tx)
  await writeWatchHits(tx, scope, { rows, at })
  await moveTallies(
    tx,
    scope,
    rows.map(({ before, port, day, assessment }) => ({
      before,
      after: {
        port,
        day,
        rule_hits: assessment.fired.map(ruleRef),
        rule_unknown: assessment.unknown.map(ruleRef),
        mandatory: assessment.mandatory,
      },
    })),
  )
}

function recordOf(row: ArrivalToWrite): Record<string, unknown> {
  const { facts, assessment } = row
  const { scored } = assessment
  return {
    arrival: row.arrival,
    port: row.port,
    day: row.day,
    voyage_key: row.voyageKey,
    container: row.container,
    bill: facts.bills.at(-1) ?? null,
    eta: row.eta,
    vessel: row.vessel,
    imo: row.imo,
    voyage: row.voyage,
    loading: facts.pol ?? null,
    onward: facts.onward ?? null,
    hs: facts.hs6 ?? facts.hs4 ?? null,
    goods: facts.goods[0] ?? null,
    shipper: legalName(facts, 'shipper') ?? null,
    consignee: legalName(facts, 'consignee') ?? null,
    weight: facts.weight ?? null,
    facts,
    score: scored?.score ?? null,
    second: assessment.second ?? null,
    rank: assessment.rank,
    novelty: assessment.novelty,
    is_mandatory: assessment.mandatory.length > 0,
    mandatory: assessment.mandatory,
    fired: assessment.fired,
    rule_hits: assessment.fired.map(ruleRef),
    rule_unknown: assessment.unknown.map(ruleRef),
    terms: scored ?? null,
    signals: row.signals,
  }
}

async function writeWatchHits(
  tx: Tx,
  { authority, desk }: DeskScope,
  { rows, at }: { readonly rows: readonly ArrivalToWrite[]; readonly at: Date },
): Promise<void> {
  const arrivals = rows.map(({ arrival }) => arrival)
  const hits = rows.flatMap(({ arrival, assessment }) => assessment.watchHits.map((hit) => ({ arrival, ...hit })))
  // A hit of an entry that is over stays: what it led to must be readable later.
  await sql`delete from targeting.watch_hits h using targeting.watches w
    where h.authority = ${authority} and h.desk = ${desk} and h.arrival = any(${arrivals}::uuid[]) and w.authority = h.authority and w.watch = h.watch
      and w.ended_at is null and w.expiry_told_at is null`.execute(tx)
  if (hits.length === 0) return
  await sql`insert into targeting.watch_hits (authority, desk, watch, arrival, ordinal, field, value, strength, at, audience)
    select ${authority}, ${desk}, r.watch, r.arrival, r.ordinal, r.field, r.value, r.strength, ${at}, ${[desk]}
    from jsonb_to_recordset(${JSON.stringify(hits)}::jsonb) as r(watch uuid, arrival uuid, ordinal int, field text, value text, strength double precision)
    on conflict do nothing`.execute(tx)
}

export interface CountMove {
  readonly before: ArrivalCounted | undefined
  readonly after: ArrivalCounted | undefined
}

/** `arrivals`, `watch`, `alert`, or a rule with its version. */
export async function moveTallies(tx: Tx, { authority, desk }: DeskScope, moves: readonly CountMove[]): Promise<void> {
  const sums = new Map<string, { port: string; month: string; rule: string; hits: number; unknown: number }>()
  const add = (counted: ArrivalCounted | undefined, sign: 1 | -1): void => {
    if (counted === undefined) return
    const month = monthOf(counted.day)
    const move = (rule: string, kind: 'hits' | 'unknown'): void => {
      const key = `${counted.port} ${month} ${rule}`
      const sum = sums.get(key) ?? { port: counted.port, month, rule, hits: 0, unknown: 0 }
      sum[kind] += sign
      sums.set(key, sum)
    }
    move('arrivals', 'hits')
    for (const kind of new Set(counted.mandatory.map((each) => each.kind))) if (kind !== 'rule') move(kind, 'hits')
    for (const rule of counted.rule_hits) move(rule, 'hits')
    for (const rule of counted.rule_unknown) move(rule, 'unknown')
  }
  for (const { before, after } of moves) {
    add(before, -1)
    add(after, 1)
  }
  const changed = [...sums.entries()].filter(([, { hits, unknown }]) => hits !== 0 || unknown !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
  if (changed.length === 0) return
  const records = changed.map(([, sum]) => sum)
  await sql`insert into targeting.tallies as t (authority, desk, port, month, rule, hits, unknown, audience)
    select ${authority}, ${desk}, r.port, r.month, r.rule, r.hits, r.unknown, ${[desk]}
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(port text, month date, rule text, hits bigint, unknown bigint)
    on conflict (authority, desk, port, month, rule) do update set hits = t.hits + excluded.hits, unknown = t.unknown + excluded.unknown`.execute(
    tx,
  )
}
