/** Judgements of the own desk for its purpose, of one record with all that is merged with it or of all, the latest first; those taken back too. */
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { listJudgements } from '../contract.ts'
import { clusterOf } from './clusters.ts'
import { idArray } from './graph-read.ts'
import { type JudgementRow, judgementViews, ownJudgements } from './judgement-rows.ts'
import { isVisible } from './record-visible.ts'

export const listJudgementsRoute = handle(listJudgements, async (input, context) => {
  const { tx, facts } = context
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'records.cursor' })
  const after = mark === undefined ? sql`true` : sql`(j.at, j.judgement::text) < (${String(mark[0])}::timestamptz, ${String(mark[1])})`
  const inForce = input.revoked === 'yes' ? sql`true` : sql`j.revoked_at is null`
  let touching = sql`true`
  if (input.entity !== undefined) {
    if (!(await isVisible(tx, facts.authority, input.entity))) throw notFound()
    context.about({ kind: 'record', id: input.entity })
    const members = idArray(await clusterOf(tx, facts, input.entity))
    touching = sql`(j.left_entity = any(${members}) or j.right_entity = any(${members}))`
  }
  const { rows } = await sql<JudgementRow & { at_text: string }>`select j.*, j.at::text as at_text from records.judgements j
    where ${ownJudgements(facts)} and ${touching} and ${inForce} and ${after} order by j.at desc, j.judgement::text desc limit ${input.limit + 1}`.execute(
    tx,
  )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: await judgementViews(tx, facts, shown),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.at_text, last.judgement]) } : {}),
  }
})
