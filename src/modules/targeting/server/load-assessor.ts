/** Reads what is in force at a desk on a day. Background work sees every desk's rows, so the filter by desk stands in every query. */
import { sql } from 'kysely'
import { legalPersonKey } from '#kernel/cargo-history/legal-person.ts'
import type { Vocabulary } from '#kernel/risk/expression.ts'
import type { Forest } from '#kernel/risk/forest.ts'
import { unpackTrees } from '#kernel/risk/forest-pack.ts'
import type { Scorecard } from '#kernel/risk/scorecard.ts'
import type { Tx } from '#platform/store/database.ts'
import type { RuleExpression } from '../contract.ts'
import { type Assessor, openAssessor, type RuleInForce, type ScoreAtWork } from './assessor.ts'
import type { DeskScope } from './desk.ts'
import { type PartyNumbers, vocabularyOn } from './expressions.ts'
import { companiesIn, knownParties, numberParties } from './parties.ts'
import { openWatchIndex, type WatchInForce } from './watch-index.ts'

/** Released, within its days, and its review not passed over in silence. */
export const inForce = (day: string) =>
  sql<boolean>`r.state = 'released' and r.valid_from <= ${day}::date and r.valid_until >= ${day}::date and r.review_on >= ${day}::date`

export async function rulesInForce(tx: Tx, { authority, desk }: DeskScope, day: string): Promise<readonly RuleInForce[]> {
  // Where the next version is in force already, the earlier one is silent.
  const { rows } = await sql<RuleInForce>`
    select distinct on (r.rule) r.rule::text as rule, r.version, r.title, r.expression, r.weight, r.mandatory, coalesce(c.n, 0)::int as n, coalesce(c.hits, 0)::int as hits
    from targeting.rules r
    left join lateral (select count(*) as n, count(*) filter (where a.outcome in ('found', 'seal-broken')) as hits from targeting.arrivals a
      where a.authority = r.authority and a.desk = r.desk and a.outcome in ('nothing', 'found', 'seal-broken') and a.rule_hits @> array[r.rule::text || '/' || r.version]) c on true
    where r.authority = ${authority} and r.desk = ${desk} and ${inForce(day)} order by r.rule, r.version desc`.execute(tx)
  return rows
}

export async function watchesInForce(tx: Tx, { authority, desk }: DeskScope, day: string): Promise<readonly WatchInForce[]> {
  const { rows } = await sql<WatchInForce>`
    select watch::text as watch, title, terms, valid_from::text as valid_from, valid_until::text as valid_until from targeting.watches
    where authority = ${authority} and desk = ${desk} and ended_at is null and valid_from <= ${day}::date and valid_until >= ${day}::date order by watch`.execute(
    tx,
  )
  return rows
}

export async function scoreAtWork(tx: Tx, { authority, desk }: DeskScope): Promise<ScoreAtWork | undefined> {
  const { rows } = await sql<{ version: string; model: Scorecard; forest: Buffer | null; features: Forest['features'] | null }>`
    select version::text as version, model, forest, forest_features as features from targeting.scores where authority = ${authority} and desk = ${desk} and state = 'active'`.execute(
    tx,
  )
  const [row] = rows
  if (row === undefined) return undefined
  const { version, model: scorecard, forest, features } = row
  const trees = forest === null || features === null ? undefined : unpackTrees(forest, features.length)
  // The scorecard works without its second opinion.
  return { version, scorecard, forest: trees?.ok === true && features !== null ? { features, trees: trees.value } : undefined }
}

/** Background work only: companies that are named get their numbers here. */
export async function loadAssessor(tx: Tx, scope: DeskScope, day: string): Promise<Assessor> {
  const [rules, watches] = [await rulesInForce(tx, scope, day), await watchesInForce(tx, scope, day)]
  const parties = await numberParties(tx, scope, [...rules.flatMap(({ expression }) => companiesIn(expression)), ...companiesOf(watches)])
  return openAssessor({ day, rules, watches, parties, score: await scoreAtWork(tx, scope) })
}

/** What an officer's expression is checked and tried with: it changes nothing. */
export async function officerWorld(
  tx: Tx,
  scope: DeskScope,
  asked: { readonly day: string; readonly expression: RuleExpression },
): Promise<{ readonly vocabulary: Vocabulary; readonly parties: PartyNumbers }> {
  const watches = await watchesInForce(tx, scope, asked.day)
  const parties = await knownParties(tx, scope, [...companiesIn(asked.expression), ...companiesOf(watches)])
  return { vocabulary: vocabularyOn(asked.day, openWatchIndex(watches, parties).entries), parties }
}

function companiesOf(watches: readonly WatchInForce[]): readonly string[] {
  return watches
    .flatMap(({ terms }) => terms.map(({ kind, value }) => (kind === 'company' ? legalPersonKey({ name: value }) : undefined)))
    .filter((key) => key !== undefined)
}
