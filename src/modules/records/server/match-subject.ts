/**
 * One subject against everything the desk may read. What was asked is kept nowhere: not in the log, not in the entry of the audit log.
 * A score is made of the two records alone, whatever else is stored; the best are shown with their reasons, also those a little below the threshold.
 */

import { type PreparedRecord, prepareRecord } from '#kernel/match/record.ts'
import { sharesNumber } from '#kernel/match/record-evidence.ts'
import { compareRecords, type Preset, recordScore, THRESHOLDS } from '#kernel/match/record-score.ts'
import { clean } from '#kernel/record/clean.ts'
import { edgeOf, propertyOf, schemaOf } from '#kernel/record/model.ts'
import { onlyCountry } from '#kernel/record/only-country.ts'
import { formatOf } from '#kernel/record/value-identifier.ts'
import { AppError } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type MatchWire, matchSubject, type RecordRow } from '../contract.ts'
import { candidatesOf } from './candidates.ts'
import { type ComparedRecord, comparedRecords } from './candidates-records.ts'
import type { DeskFacts } from './clusters.ts'
import { parsePhone } from './phone.ts'
import { clusterRows } from './record-rows.ts'
import { searchedKeys } from './search-doc.ts'
import { latinise } from './search-words.ts'

/** Share of the threshold from which a candidate is worth a look. */
export const WORTH_A_LOOK = 0.5

export interface SubjectAsked {
  readonly subject: PreparedRecord
  readonly preset: Preset
  readonly limit: number
  /** Records that are not to be among the answers, by any of their ids. */
  readonly without?: ReadonlySet<string>
}

export interface Matches {
  readonly items: readonly (RecordRow & { readonly match: MatchWire })[]
  readonly examined: number
  readonly blocksDropped: number
}

export const matchSubjectRoute = handle(matchSubject, async ({ schema, properties, preset, limit }, { tx, facts }) => {
  if (schemaOf(schema) === undefined || edgeOf(schema) !== undefined)
    throw new AppError(422, 'records.schema', 'The model has no such schema, or it is one of relations.')
  const problems = Object.keys(properties)
    .filter((name) => propertyOf(schema, name) === undefined)
    .map((name) => ({ code: 'records.property', at: `properties.${name.slice(0, 60)}`, message: 'The schema has no such property.' }))
  const subject = prepareRecord({ schema, properties: asStored(schema, properties) }, latinise)
  if (problems.length > 0 || searchedKeys(subject).length === 0)
    throw new AppError(422, 'records.values', 'Nothing of the subject can be compared, or a value has no place.', { problems })
  const { items, ...counts } = await bestMatches(tx, facts, { subject, preset, limit })
  return { items: [...items], ...counts }
})

/** Values in the form that the store gives them, so that they meet it: `Belgium` is `be`. One that has no such form is compared as it is written. */
function asStored(schema: string, properties: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  const country = onlyCountry(schema, properties)
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, values]) => {
      const property = propertyOf(schema, name)
      if (property === undefined) return []
      const options = { format: formatOf(property), parsePhone, country }
      return [[name, values.map((value) => clean(property.type, value, options).value ?? value)]]
    }),
  )
}

export async function bestMatches(tx: Tx, facts: DeskFacts, { subject, preset, limit, without }: SubjectAsked): Promise<Matches> {
  const { found, dropped } = await candidatesOf(tx, facts.authority, { keys: searchedKeys(subject) })
  const compared = await comparedRecords(
    tx,
    facts,
    found.map(({ entity }) => entity),
  )
  const others = compared.filter(({ members }) => without === undefined || !members.some((each) => without.has(each)))
  const best = others
    .map((each) => ({ ...each, score: recordScore(subject, each.prepared, preset) }))
    .filter(({ score, prepared }) => score >= THRESHOLDS[preset] * WORTH_A_LOOK || sharesNumber(subject.identifiers, prepared.identifiers))
    .sort((a, b) => b.score - a.score || (a.entity < b.entity ? -1 : 1))
    .slice(0, limit)
  const rows = await clusterRows(tx, facts, new Map(best.map(({ entity, cluster }) => [entity, cluster])))
  return {
    items: best.flatMap((each) => {
      const row = rows.get(each.entity)
      return row === undefined ? [] : [{ ...row, match: matchOf(subject, each, preset) }]
    }),
    examined: others.length,
    blocksDropped: dropped.length,
  }
}

function matchOf(subject: PreparedRecord, { prepared }: ComparedRecord, preset: Preset): MatchWire {
  const { score, logOdds, prior, steps } = compareRecords(subject, prepared, preset)
  return { score, logOdds, prior, steps: [...steps], threshold: THRESHOLDS[preset] }
}
