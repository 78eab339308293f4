/**
 * Judging two records, and taking a judgement back. A judgement is an officer's, with a reason and the statements it rests on; a machine only proposes. Which
 * judgements can stand together, the kernel decides; here it is decided for the clusters concerned, under a lock, and kept.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { clustersOf, decideJudgement, type Judgement } from '#kernel/record/judgements.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { judge, revokeJudgement } from '../contract.ts'
import { canonicals } from './clusters.ts'
import { type ComparedSide, matchOf, sidesOf } from './compare.ts'
import { judgementOf, keepClusters, lockJudgements, wholeClusters } from './judgement-clusters.ts'
import { type JudgementRow, judgementsAround, ownJudgements } from './judgement-rows.ts'
import type { RecordTables } from './tables.ts'

export const judgeRoute = handle(judge, async (input, context) => {
  const answer = await once(context, { route: judge.id, key: input.key }, async () => await judged(context, input))
  context.about({ kind: 'judgement', id: answer.judgement })
  for (const id of [input.left, input.right]) context.about({ kind: 'record', id })
  return answer
})

async function judged(context: CaseContext, input: z.output<typeof judge.input>): Promise<{ judgement: string; entity: string }> {
  const { tx, facts, services, clock } = context
  if (input.left === input.right) throw new AppError(409, 'records.same-record', 'A record is itself.')
  const { left, right } = await sidesOf(context, input)
  checkEvidence(input.evidence, [left, right])
  await lockJudgements(tx, facts)
  const entities = await wholeClusters(tx, facts, [input.left, input.right])
  const inForce = await judgementsAround(tx, facts, entities)
  const [least = '', greatest = ''] = [input.left, input.right].sort()
  const asked: Judgement = { id: uuidv7(), left: least, right: greatest, verdict: input.verdict }
  requireOpen(inForce.map(judgementOf), asked)
  await tx
    .withTables<RecordTables>()
    .insertInto('records.judgements')
    .values({
      org: facts.authority,
      desk: facts.desk,
      judgement: asked.id,
      left_entity: least,
      right_entity: greatest,
      verdict: input.verdict,
      reason: input.reason,
      evidence: [...new Set(input.evidence)],
      score: (await matchOf(context, [left, right], input.preset)).score,
      officer: facts.officer,
      officer_name: facts.officerName,
      at: clock.now(),
      purpose: facts.purpose ?? '',
      audience: [facts.desk],
    })
    .execute()
  if (input.verdict === 'same') await keepClusters(tx, facts, { entities, inForce: [...inForce.map(judgementOf), asked] })
  await services.announce(tx, 'records', [facts.desk])
  return { judgement: asked.id, entity: (await canonicals(tx, facts, [least])).get(least) ?? least }
}

/** Throws what stands against a judgement, by its id: the own desk's, so that the officer may look at it and take it back. */
function requireOpen(inForce: readonly Judgement[], asked: Judgement): void {
  const judged = inForce.find((each) => each.left === asked.left && each.right === asked.right)
  if (judged !== undefined) throw standing('records.judged-already', 'This pair is judged; take that judgement back first.', [judged])
  const clusters = clustersOf(inForce)
  if ((clusters.get(asked.left) ?? asked.left) === (clusters.get(asked.right) ?? asked.right))
    throw standing(
      'records.same-record',
      'Both are one and the same record already.',
      inForce.filter((each) => each.verdict === 'same').slice(0, MOST_NAMED),
    )
  const decision = decideJudgement(inForce, asked)
  if (decision.kind === 'refused')
    throw standing(
      'records.blocked',
      'A judgement that they are not the same stands between them.',
      decision.refusal.code === 'kept-apart' ? [decision.refusal.by] : [],
    )
}
const MOST_NAMED = 20

function standing(
  code: 'records.judged-already' | 'records.same-record' | 'records.blocked',
  detail: string,
  by: readonly Judgement[],
): AppError {
  return new AppError(409, code, detail, {
    problems: by.map(({ id, left, right, verdict }) => ({ code, at: id, message: `${verdict}: ${left}, ${right}` })),
  })
}

export const revokeJudgementRoute = handle(revokeJudgement, async ({ judgement, reason }, context) => {
  const { tx, facts, services, clock } = context
  await lockJudgements(tx, facts)
  const { rows } =
    await sql<JudgementRow>`select * from records.judgements j where ${ownJudgements(facts)} and j.judgement = ${judgement}`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  if (row.revoked_at !== null) throw new AppError(409, 'records.judgement-state', 'The judgement is taken back already.')
  await tx
    .withTables<RecordTables>()
    .updateTable('records.judgements')
    .set({ revoked_at: clock.now(), revoked_by: facts.officerName, revoke_reason: reason })
    .where('org', '=', facts.authority)
    .where('judgement', '=', judgement)
    .execute()
  if (row.verdict === 'same') {
    const entities = await wholeClusters(tx, facts, [row.left_entity, row.right_entity])
    await keepClusters(tx, facts, { entities, inForce: (await judgementsAround(tx, facts, entities)).map(judgementOf) })
  }
  context.about({ kind: 'judgement', id: judgement })
  for (const id of [row.left_entity, row.right_entity]) context.about({ kind: 'record', id })
  await services.announce(tx, 'records', [facts.desk])
  return { revoked: true }
})

/** An officer rests a judgement on what is stated of one of the two, as that officer sees it. */
function checkEvidence(evidence: readonly string[], sides: readonly ComparedSide[]): void {
  const known = new Set(sides.flatMap((side) => side.statements.map((each) => each.statement)))
  const unknown = evidence.flatMap((statement, place) => (known.has(statement) ? [] : [place]))
  if (unknown.length > 0)
    throw new AppError(422, 'records.evidence', 'A statement named as evidence is none of the two records.', {
      problems: unknown.map((place) => ({ code: 'records.evidence', at: `evidence.${place}`, message: 'No statement of either record.' })),
    })
}
