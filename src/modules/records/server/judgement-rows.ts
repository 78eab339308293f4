/** Judgements as they are kept, and as a reader sees them. A judgement is its desk's; captions are of what that desk may read now, and empty where it may not. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '#platform/store/database.ts'
import type { JudgementView } from '../contract.ts'
import type { DeskFacts } from './clusters.ts'
import { idArray } from './graph-read.ts'
import { captionsOf } from './record-rows-captions.ts'
import type { JudgementTable } from './tables.ts'

export type JudgementRow = Selectable<JudgementTable>
export type Verdict = JudgementView['verdict']

/** Rows of the own desk for the purpose of the session. */
export const ownJudgements = ({ authority, desk, purpose }: DeskFacts) =>
  sql<boolean>`j.org = ${authority} and j.desk = ${desk} and j.purpose = ${purpose}`

/** Judgements in force that touch any of these records: of a whole cluster, all that holds it together or keeps others off. */
export async function judgementsAround(tx: Tx, facts: DeskFacts, entities: readonly string[]): Promise<readonly JudgementRow[]> {
  const asked = idArray(entities)
  const { rows } = await sql<JudgementRow>`select * from records.judgements j where ${ownJudgements(facts)} and j.revoked_at is null
    and (j.left_entity = any(${asked}) or j.right_entity = any(${asked})) order by j.at, j.judgement`.execute(tx)
  return rows
}

/** Of one side with the other, those taken back too, the latest first. */
export async function judgementsBetween(
  tx: Tx,
  facts: DeskFacts,
  [left, right]: readonly [readonly string[], readonly string[]],
): Promise<readonly JudgementRow[]> {
  const [ours, theirs] = [idArray(left), idArray(right)]
  const { rows } = await sql<JudgementRow>`select * from records.judgements j where ${ownJudgements(facts)}
    and ((j.left_entity = any(${ours}) and j.right_entity = any(${theirs})) or (j.left_entity = any(${theirs}) and j.right_entity = any(${ours})))
    order by j.at desc, j.judgement desc limit ${MOST_BETWEEN}`.execute(tx)
  return rows
}
const MOST_BETWEEN = 200

export async function judgementViews(tx: Tx, facts: DeskFacts, rows: readonly JudgementRow[]): Promise<JudgementView[]> {
  const entities = [...new Set(rows.flatMap((row) => [row.left_entity, row.right_entity]))]
  const captions = await captionsOf(tx, facts.authority, { entities })
  return rows.map((row) => ({
    judgement: row.judgement,
    left: row.left_entity,
    right: row.right_entity,
    leftCaption: captions.get(row.left_entity) ?? '',
    rightCaption: captions.get(row.right_entity) ?? '',
    verdict: row.verdict as Verdict,
    reason: row.reason,
    evidence: row.evidence,
    ...(row.score === null ? {} : { score: row.score }),
    by: row.officer_name,
    at: row.at.toISOString(),
    ...(row.revoked_at === null
      ? {}
      : { revoked: { by: row.revoked_by ?? '', at: row.revoked_at.toISOString(), reason: row.revoke_reason ?? '' } }),
  }))
}
