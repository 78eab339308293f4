/**
 * Runs a draft rule over what a desk held in a period, over its hot columns and in threads, with progress, a time limit and a way to stop. The arrivals are seen as they
 * were assessed last: facts, outcome and the probability of their selection. Unknown is counted and never fires.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { isoDay } from '#kernel/procedure/civil-time.ts'
import type { Expression, Vocabulary } from '#kernel/risk/expression.ts'
import { resolveExpression } from '#kernel/risk/expression-resolve.ts'
import { openWhatIf, type WhatIf, type WhatIfQuestion, whatIfOf } from '#kernel/risk/what-if.ts'
import { evaluateAside } from '#platform/columns/rule-threads.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { RuleExpression, WhatIfResult } from '../contract.ts'
import { type DeskScope, dayNumber, todayOf } from './desk.ts'
import { readExpression } from './expressions.ts'
import { officerWorld, rulesInForce } from './load-assessor.ts'
import { companiesIn, knownParties } from './parties.ts'
import { estimateView } from './samples.ts'
import { freshenColumns } from './write-columns.ts'

export const WHAT_IF = 'targeting.what-if'
/** Pairs of port and day that are shown, the most recent. */
const MOST_PAIRS = 400
/** Of the evaluation, in milliseconds. */
const TIME_LIMIT = 15 * 60_000
const LOOK_EVERY_MS = 400
/** A month that was written again, or had to be, while it was read. */
const TRIES = 3

export const whatIfJob: Job = {
  name: WHAT_IF,
  meaning: 'Runs a draft rule over a past period',
  timeoutSeconds: 3600,
  retries: 1,
  run: async ({ authority, desk, run }, services) =>
    await runWhatIf(services, { authority: String(authority), desk: String(desk) }, String(run)),
}

interface Asked {
  readonly expression: RuleExpression
  readonly from: string
  readonly to: string
}

export async function runWhatIf(services: NodeServices, scope: DeskScope, run: string): Promise<void> {
  const mine = sql<boolean>`authority = ${scope.authority} and desk = ${scope.desk} and run = ${run}::uuid`
  const asked = await services.database.asWorker(WHAT_IF, async (tx) => {
    const { rows } =
      await sql<Asked>`update targeting.what_ifs set state = 'running', progress = 0 where ${mine} and state in ('waiting', 'running')
      returning expression, first_day::text as from, last_day::text as to`.execute(tx)
    return rows[0]
  })
  if (asked === undefined) return
  const stop = new AbortController()
  const course: Course = { share: 0, stop: stop.signal }
  const over = new AbortController()
  const watching = watchRun(services, { mine, course, stop, over: over.signal })
  try {
    const result = await evaluatePeriod(services, scope, { ...asked, course })
    if (result === undefined) return
    await services.database.asWorker(WHAT_IF, async (tx) => {
      await sql`update targeting.what_ifs set state = 'done', progress = 1, result = ${JSON.stringify(result)}::jsonb, finished_at = ${services.clock.now()}
        where ${mine} and state = 'running'`.execute(tx)
      await services.announce(tx, 'targeting', [scope.desk])
    })
  } catch (error) {
    // Somebody stopped it.
    if (stop.signal.aborted) return
    // The reason is in the log of the node; the desk learns that it did not go through.
    services.log.warn(
      { code: 'targeting.what-if', run, because: error instanceof Error ? error.name : 'unknown' },
      'a run over the past failed',
    )
    const failure =
      error instanceof OutOfTime ? 'The run took too long; choose a shorter period.' : 'The run did not go through; start it again.'
    await services.database.asWorker(WHAT_IF, async (tx) => {
      await sql`update targeting.what_ifs set state = 'failed', failure = ${failure}, finished_at = ${services.clock.now()}
        where ${mine} and state = 'running'`.execute(tx)
    })
  } finally {
    over.abort()
    await watching
  }
}

class OutOfTime extends Error {
  override readonly name = 'OutOfTime'
}

/** How far a run is, and whether it is to go on. */
interface Course {
  share: number
  readonly stop: AbortSignal
}

interface Watch {
  readonly mine: ReturnType<typeof sql<boolean>>
  readonly course: Course
  readonly stop: AbortController
  readonly over: AbortSignal
}

/** Tells the desk how far it is, and the run when it was stopped. A look that fails is made again. */
async function watchRun({ database }: NodeServices, { mine, course, stop, over }: Watch): Promise<void> {
  while (!over.aborted && !stop.signal.aborted) {
    try {
      const going = await database.asWorker(WHAT_IF, async (tx) => {
        const { rows } =
          await sql`update targeting.what_ifs set progress = ${course.share} where ${mine} and state = 'running' returning run`.execute(tx)
        return rows.length > 0
      })
      if (!going && !over.aborted) stop.abort()
      await wait(LOOK_EVERY_MS, undefined, { signal: over })
    } catch {
      if (!over.aborted) await wait(LOOK_EVERY_MS)
    }
  }
}

type Period = Asked & { readonly course: Course }

/** Nothing when it was stopped. */
async function evaluatePeriod(services: NodeServices, scope: DeskScope, period: Period): Promise<WhatIfResult | undefined> {
  const rules = await readRules(services, scope, period.expression)
  const months = monthsBetween(period.from, period.to)
  for (let tries = 1; ; tries += 1) {
    try {
      await freshenColumns(services, scope, { months, signal: period.course.stop })
      const found = await evaluateColumns(services, scope, { ...period, rules, months })
      return found === undefined ? undefined : resultOf(found, rules.running)
    } catch (error) {
      if (!(error instanceof AppError) || tries >= TRIES) throw error
      if (error.code === 'columns.damaged') await services.columns.eraseDesk(scope.desk)
      else if (error.code !== 'columns.replaced') throw error
    }
  }
}

interface Rules {
  readonly draft: Expression
  readonly running: readonly { readonly rule: string; readonly title: string; readonly expression: Expression }[]
  readonly vocabulary: Vocabulary
}

async function readRules(services: NodeServices, scope: DeskScope, expression: RuleExpression): Promise<Rules> {
  const today = todayOf(services, scope)
  return await services.database.asWorker(WHAT_IF, async (tx) => {
    const rules = await rulesInForce(tx, scope, today)
    const { vocabulary } = await officerWorld(tx, scope, { day: today, expression })
    const parties = await knownParties(tx, scope, [expression, ...rules.map((each) => each.expression)].flatMap(companiesIn))
    const draft = readExpression(expression, parties, vocabulary).expression
    if (draft === undefined) throw new Error('The draft can no longer be read.')
    const running = rules.flatMap(({ rule, title, expression: wire }) => {
      const read = readExpression(wire, parties, vocabulary).expression
      // What cannot be read fires nowhere.
      return read === undefined ? [] : [{ rule, title, expression: read }]
    })
    return { draft, running, vocabulary }
  })
}

async function evaluateColumns(
  services: NodeServices,
  { desk }: DeskScope,
  { rules, months, from, to, course }: Period & { readonly rules: Rules; readonly months: readonly string[] },
): Promise<WhatIf | undefined> {
  const { codes, rows, blocks } = await services.columns.snapshot({ desk, months })
  const resolve = (expression: Expression) => resolveExpression(expression, { vocabulary: rules.vocabulary, codes })
  const question: WhatIfQuestion = {
    draft: resolve(rules.draft),
    running: rules.running.map(({ rule, expression }) => ({ id: rule, expression: resolve(expression) })),
    window: { from: dayNumber(from), until: dayNumber(to) },
  }
  const run = await evaluateAside(
    { kind: 'what-if', question },
    {
      blocks: blocks(openWhatIf(question).columns),
      timeLimit: TIME_LIMIT,
      cancel: course.stop,
      progress: (done) => {
        course.share = Math.min(1, done / Math.max(1, rows))
      },
    },
  )
  if (run.kind === 'out-of-time') throw new OutOfTime()
  return run.kind === 'cancelled' ? undefined : whatIfOf(run.answer, { question, codes })
}

function resultOf(found: WhatIf, running: Rules['running']): WhatIfResult {
  const { rows, hits, unknown, inspected, days } = found
  const precision = estimateView(found.precision)
  const recent = found.portDays.flatMap((each) => (each.port === undefined ? [] : [{ ...each, port: each.port, day: isoDay(each.day) }]))
  recent.sort((a, b) => (a.day === b.day ? (a.port < b.port ? 1 : -1) : a.day < b.day ? 1 : -1))
  const titles = new Map(running.map(({ rule, title }) => [rule, title]))
  return {
    rows,
    hits,
    unknown,
    perPortDay: recent.slice(0, MOST_PAIRS),
    expected: found.ports.flatMap(({ port, expectedADay }) => (port === undefined ? [] : [{ port, perDay: expectedADay, days }])),
    overlap: found.overlap.flatMap(({ id, hits: ruleHits, both }) =>
      ruleHits === 0 ? [] : [{ rule: id, title: titles.get(id) ?? id, both, ruleHits }],
    ),
    inspected,
    found: found.found,
    ...(precision === undefined ? {} : { precision }),
  }
}

/** `2027-02`, `2027-03`, both ends included. */
function monthsBetween(from: string, to: string): readonly string[] {
  const number = (day: string): number => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1
  return Array.from({ length: Math.max(0, number(to) - number(from) + 1) }, (_, index) => {
    const month = number(from) + index
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}
