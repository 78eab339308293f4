/** Versions of the score of a desk: asked for and put to work by a supervisor, shown with their tables, calibration and drift to everybody of the desk. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { driftByMonth } from '#kernel/risk/drift.ts'
import { probabilityOf, type Scorecard } from '#kernel/risk/scorecard.ts'
import { enoughIn, LEAST_CASES } from '#kernel/risk/scorecard-learn.ts'
import { readRiskCases } from '#kernel/risk/scorecard-table.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { activateScore, learnScore, listScores, type ScoreLack, type ScoreRow, type ScoreView, showScore } from '../contract.ts'
import { present } from './arrival-rows.ts'
import { askToAssess } from './assess.ts'
import { ATTRIBUTES } from './attributes.ts'
import { scopeOf } from './desk.ts'
import { driftViews, type ScoreReport } from './learn.ts'
import { caseOf, casePage, controlledByMonth, LEARN } from './learn-run.ts'
import { actOf } from './rules-read.ts'

const MOST_VERSIONS = 50
const STRONGEST = 20

interface Row {
  readonly version: string
  readonly state: ScoreRow['state']
  readonly progress: number
  readonly asked_by: string
  readonly asked_name: string
  readonly asked_at: Date
  readonly finished_at: Date | null
  readonly outcomes: number
  readonly found: number
  readonly attributes: string[] | null
  readonly report: ScoreReport | null
  readonly failure: string | null
  readonly activated_by: string | null
  readonly activated_name: string | null
  readonly activated_at: Date | null
}

const columns = sql`s.version::text as version, s.state, s.progress, s.asked_by, s.asked_name, s.asked_at, s.finished_at, s.outcomes, s.found, s.report, s.failure, s.activated_by, s.activated_name,
  s.activated_at, (select array_agg(a order by n) from jsonb_array_elements(s.model -> 'terms') with ordinality as t(term, n) cross join lateral (
    select string_agg(each, ' × ') as a from jsonb_array_elements_text(t.term -> 'attributes') as each) as names) as attributes`

export const listScoresRoute = handle(listScores, async (_input, { tx, facts }) => {
  const { rows } =
    await sql<Row>`select ${columns} from targeting.scores s where s.authority = ${facts.authority} and s.desk = ${facts.desk} order by s.asked_at desc limit ${MOST_VERSIONS}`.execute(
      tx,
    )
  const months = await controlledByMonth(tx, scopeOf(facts))
  const enough = enoughIn(months)
  return {
    items: rows.map(rowOf),
    controlled: months.reduce((sum, { cases }) => sum + cases, 0),
    found: months.reduce((sum, each) => sum + each.found, 0),
    needed: LEAST_CASES,
    ...(enough.isEnough ? {} : { lacks: enough.lacks }),
  }
})

function rowOf(row: Row): ScoreRow {
  const activated = actOf(row.activated_by, row.activated_name, row.activated_at)
  const { version, state, progress, outcomes, found } = row
  return {
    version,
    state,
    progress,
    outcomes,
    found,
    asked: { officer: row.asked_by, name: row.asked_name, at: row.asked_at.toISOString() },
    attributes: row.attributes ?? [],
    ...present({
      finishedAt: row.finished_at?.toISOString(),
      precisionAt5: row.report?.precisionAt5,
      precisionAt10: row.report?.precisionAt10,
      activated,
      ...(state === 'not-enough' ? { lacks: row.failure as ScoreLack | null } : { failure: row.failure }),
    }),
  }
}

export const learnScoreRoute = handle(learnScore, async ({ key }, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: learnScore.id, key }, async () => {
    const version = randomUUID()
    const { rows } = await sql`insert into targeting.scores (authority, desk, version, state, asked_by, asked_name, asked_at, audience)
      values (${facts.authority}, ${facts.desk}, ${version}, 'waiting', ${facts.officer}, ${facts.officerName}, ${clock.now()}, ${[facts.desk]})
      on conflict (authority, desk) where state in ('waiting', 'learning') do nothing returning version`.execute(tx)
    if (rows.length === 0) throw new AppError(409, 'targeting.score-busy', 'A version is being learned.')
    await services.enqueue(tx, { name: LEARN, data: { authority: facts.authority, desk: facts.desk, version } })
    return { version }
  })
  context.about({ kind: 'score', id: answer.version })
  return answer
})

async function ownVersion({ tx, facts }: CaseContext, version: string): Promise<Row & { readonly model: Scorecard | null }> {
  const { rows } = await sql<Row & { model: Scorecard | null }>`select ${columns}, s.model from targeting.scores s
    where s.authority = ${facts.authority} and s.desk = ${facts.desk} and s.version = ${version}::uuid`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  return row
}

export const showScoreRoute = handle(showScore, async ({ version }, context) => {
  const row = await ownVersion(context, version)
  context.about({ kind: 'score', id: version })
  const { model, report } = row
  return {
    score: rowOf(row),
    ...(model === null ? {} : { base: model.base, baseRate: probabilityOf(model.base) }),
    tables: model === null ? [] : tablesOf(model),
    calibration: [...(report?.calibration ?? [])],
    drift: model === null ? [] : [...(await driftSince(context, model)), ...(report?.drift ?? [])],
    ...present({ agreement: report?.agreement }),
  }
})

function tablesOf(model: Scorecard): ScoreView['tables'] {
  return model.terms.map(({ attributes, smoothing, cells }) => ({
    attribute: attributes.join(' × '),
    m: smoothing,
    values: cells.length,
    strongest: cells
      .toSorted(([, , , a], [, , , b]) => Math.abs(b) - Math.abs(a))
      .slice(0, STRONGEST)
      // oxlint-disable-next-line no-control-regex -- the kernel sets it between the values of a pair
      .map(([value, n, hits, logOdds]) => ({
        kind: 'learned',
        attribute: attributes.join(' × '),
        value: value.replaceAll('\u001f', ' × '),
        n,
        hits,
        logOdds,
      })),
  }))
}

/** Months that came after it was learned, against those it was learned from; the latest outcomes, of this desk. */
async function driftSince({ tx, facts }: CaseContext, { learnedFrom }: Scorecard): Promise<ScoreView['drift']> {
  const cases = (await casePage(tx, scopeOf(facts), undefined)).map(caseOf)
  const isLater = cases.some(({ month }) => month >= learnedFrom.until)
  const isEarlier = cases.some(({ month }) => month < learnedFrom.until)
  return isLater && isEarlier ? driftViews(driftByMonth(readRiskCases(cases, ATTRIBUTES).table, learnedFrom.until)) : []
}

export const activateScoreRoute = handle(activateScore, async ({ version }, context) => {
  const { tx, facts, clock, services } = context
  const { state } = await ownVersion(context, version)
  context.about({ kind: 'score', id: version })
  if (state !== 'learned' && state !== 'replaced')
    throw new AppError(409, 'targeting.score-state', 'Only a learned version can be put to work.')
  await sql`update targeting.scores set state = 'replaced' where authority = ${facts.authority} and desk = ${facts.desk} and state = 'active'`.execute(
    tx,
  )
  await sql`update targeting.scores set state = 'active', activated_by = ${facts.officer}, activated_name = ${facts.officerName}, activated_at = ${clock.now()}
    where authority = ${facts.authority} and version = ${version}::uuid`.execute(tx)
  await askToAssess(context, scopeOf(facts))
  await services.announce(tx, 'targeting', [facts.desk])
  return { version }
})
