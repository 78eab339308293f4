/** Starting, reading and stopping a run over the past. One run at a time for a desk; what it found is the desk's own and is read by nobody else. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { cancelWhatIf, showWhatIf, startWhatIf, type WhatIfResult, type WhatIfView } from '../contract.ts'
import { daysBetween } from './desk.ts'
import { readForOfficer, ruleInvalid } from './rules-write.ts'
import { WHAT_IF } from './what-if-run.ts'

/** A year and a little. */
const MOST_DAYS = 400

export const startWhatIfRoute = handle(startWhatIf, async ({ expression, from, to, key }, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: startWhatIf.id, key }, async () => {
    const days = daysBetween(from, to)
    if (days < 0 || days >= MOST_DAYS) throw new AppError(422, 'targeting.period', `The period has 1 to ${MOST_DAYS} days.`)
    const read = await readForOfficer(context, expression)
    if (read.printed === undefined) throw ruleInvalid(read)
    const run = randomUUID()
    const { rows } =
      await sql`insert into targeting.what_ifs (authority, desk, run, state, expression, printed, first_day, last_day, purpose, asked_by, asked_name, asked_at, audience)
      values (${facts.authority}, ${facts.desk}, ${run}, 'waiting', ${JSON.stringify(expression)}::jsonb, ${read.printed.slice(0, 4000)}, ${from}::date, ${to}::date, ${facts.purpose},
        ${facts.officer}, ${facts.officerName}, ${clock.now()}, ${[facts.desk]})
      on conflict (authority, desk) where state in ('waiting', 'running') do nothing returning run`.execute(tx)
    if (rows.length === 0) throw new AppError(409, 'targeting.what-if-busy', 'This desk has a run going; stop it or wait.')
    await services.enqueue(tx, { name: WHAT_IF, data: { authority: facts.authority, desk: facts.desk, run } })
    return { run }
  })
  context.about({ kind: 'run', id: answer.run })
  return answer
})

interface Row {
  readonly run: string
  readonly state: WhatIfView['state']
  readonly progress: number
  readonly printed: string
  readonly from: string
  readonly to: string
  readonly asked_by: string
  readonly asked_name: string
  readonly asked_at: Date
  readonly finished_at: Date | null
  readonly failure: string | null
  readonly result: WhatIfResult | null
}

async function ownRun({ tx, facts, about }: CaseContext, run: string): Promise<Row> {
  const { rows } =
    await sql<Row>`select run::text as run, state, progress, printed, first_day::text as from, last_day::text as to, asked_by, asked_name, asked_at, finished_at, failure, result
    from targeting.what_ifs where authority = ${facts.authority} and desk = ${facts.desk} and run = ${run}::uuid`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  about({ kind: 'run', id: run })
  return row
}

export const showWhatIfRoute = handle(showWhatIf, async ({ run }, context) => {
  const row = await ownRun(context, run)
  return {
    run,
    state: row.state,
    progress: row.progress,
    printed: row.printed,
    from: row.from,
    to: row.to,
    asked: { officer: row.asked_by, name: row.asked_name, at: row.asked_at.toISOString() },
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at.toISOString() }),
    ...(row.failure === null ? {} : { failure: row.failure }),
    ...(row.result === null ? {} : { result: row.result }),
  }
})

export const cancelWhatIfRoute = handle(cancelWhatIf, async ({ run }, context) => {
  const { tx, facts, clock } = context
  await ownRun(context, run)
  // A run that ended in the meantime stays as it ended.
  await sql`update targeting.what_ifs set state = 'cancelled', finished_at = ${clock.now()}
    where authority = ${facts.authority} and run = ${run}::uuid and state in ('waiting', 'running')`.execute(tx)
  const { state } = await ownRun(context, run)
  return { run, state }
})
