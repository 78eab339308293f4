/**
 * Decisions by name: taken, left, or re-routed, many in one call, all or none. Every decision is kept; a later one replaces an earlier one until the selection is closed.
 * Leaving and re-routing need a reason. What was not proposed can be taken with a note why: it has no probability, and enters no estimate.
 */
import { type RawBuilder, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { closeSelection, decide, leaveReason, rerouteReason, undoDecision } from '../contract.ts'
import { present } from './arrival-rows.ts'
import { scopeOf } from './desk.ts'
import { outcomeDue } from './outcome-due.ts'

interface OpenSelection {
  readonly selection: string
  readonly port: string
  readonly day: string
  readonly state: 'open' | 'closed'
}

/** One of the own desk, held against another who would close it meanwhile. */
async function lockSelection({ tx, facts, about }: CaseContext, selection: string): Promise<OpenSelection> {
  const { rows } = await sql<OpenSelection>`select selection::text as selection, port, day::text as day, state from targeting.selections
    where authority = ${facts.authority} and desk = ${facts.desk} and selection = ${selection}::uuid for update`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  about({ kind: 'selection', id: selection })
  if (row.state === 'closed') throw new AppError(409, 'targeting.selection-closed', 'The selection is closed.')
  return row
}

interface Here {
  readonly arrival: string
  readonly stratum: string | null
  readonly outcome: string | null
}

type Draft = (typeof decide)['input']['_output']['decisions'][number]

export const decideRoute = handle(decide, async ({ selection, decisions, key }, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: decide.id, key }, async () => {
    const place = await lockSelection(context, selection)
    const { rows } =
      await sql<Here>`select arrival::text as arrival, stratum, outcome from targeting.arrivals where authority = ${facts.authority} and desk = ${facts.desk}
      and port = ${place.port} and day = ${place.day}::date and arrival = any(${decisions.map(({ arrival }) => arrival)}::uuid[]) order by arrival for update`.execute(
        tx,
      )
    const here = new Map(rows.map((row) => [row.arrival, row]))
    const problems = decisions.flatMap((draft, at) => problemsOf(draft, here.get(draft.arrival), `decisions[${at}]`))
    if (new Set(decisions.map(({ arrival }) => arrival)).size < decisions.length)
      problems.push({ code: 'targeting.decision-twice', at: 'decisions', message: 'A consignment stands twice among the decisions.' })
    if (problems.length > 0)
      throw new AppError(422, 'targeting.decision-invalid', 'A decision cannot be taken so; each problem names its place.', { problems })
    const at = clock.now()
    const act = { officer: facts.officer, name: facts.officerName, at: at.toISOString() }
    const records = decisions.map(({ arrival, decision, reason, to, note }) => ({
      decision: uuidv7(),
      arrival,
      verdict: decision,
      reason: reason ?? (here.get(arrival)?.stratum === null ? 'own-initiative' : null),
      reroute_to: to ?? null,
      note: note ?? null,
      decided: { ...act, decision, ...present({ reason, to, note }) },
    }))
    await sql`insert into targeting.decisions (authority, desk, decision, selection, arrival, verdict, reason, reroute_to, note, by, by_name, at, audience)
      select ${facts.authority}, ${facts.desk}, r.decision, ${selection}::uuid, r.arrival, r.verdict, r.reason, r.reroute_to, r.note, ${facts.officer}, ${facts.officerName}, ${at}, ${[facts.desk]}
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(decision uuid, arrival uuid, verdict text, reason text, reroute_to text, note text)`.execute(
      tx,
    )
    await sql`update targeting.arrivals as a set decision = r.verdict, decided = r.decided, selection = ${selection}::uuid, stratum = coalesce(a.stratum, 'officer')
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(arrival uuid, verdict text, decided jsonb)
      where a.authority = ${facts.authority} and a.desk = ${facts.desk} and a.arrival = r.arrival`.execute(tx)
    await services.announce(tx, 'arrivals', [facts.desk])
    return { selection, decided: decisions.length, undecided: await undecidedOf(context, selection) }
  })
  context.about({ kind: 'selection', id: selection })
  return answer
})

function problemsOf(draft: Draft, here: Here | undefined, at: string): { code: string; at: string; message: string }[] {
  const problem = (code: string, member: string, message: string) => ({
    code: `targeting.decision-${code}`,
    at: `${at}.${member}`,
    message,
  })
  // Not visible, of another port or day, or not there: one answer.
  if (here === undefined) return [problem('arrival', 'arrival', 'No such arrival at this port and day.')]
  if (here.outcome !== null) return [problem('outcome', 'arrival', 'An outcome is recorded: the decision stays.')]
  const { decision, reason, to, note } = draft
  if (here.stratum === null && decision !== 'take') return [problem('not-proposed', 'decision', 'What was not proposed can only be taken.')]
  if (decision === 'take') {
    if (reason !== undefined || to !== undefined)
      return [problem('reason', 'reason', 'Taking needs no reason and no place to re-route to.')]
    return here.stratum === null && note === undefined
      ? [problem('note', 'note', 'Say in a note why it is taken although it was not proposed.')]
      : []
  }
  if (decision === 'leave') {
    if (to !== undefined) return [problem('to', 'to', 'What is left is not re-routed.')]
    if (!leaveReason.safeParse(reason).success) return [problem('reason', 'reason', 'Leaving needs one of its reasons.')]
  } else {
    if (to === undefined) return [problem('to', 'to', 'Say where it is re-routed to.')]
    if (!rerouteReason.safeParse(reason).success) return [problem('reason', 'reason', 'Re-routing needs one of its reasons.')]
  }
  return reason === 'other' && note === undefined ? [problem('note', 'note', 'The reason "other" needs a note.')] : []
}

/** In the order in which jobs lock them too, which assess arrivals meanwhile: none waits for one that waits for it. */
async function lockArrivals(tx: Tx, those: RawBuilder<boolean>): Promise<void> {
  await sql`select 1 from targeting.arrivals where ${those} order by arrival for update`.execute(tx)
}

async function undecidedOf({ tx, facts }: CaseContext, selection: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from targeting.arrivals
    where authority = ${facts.authority} and desk = ${facts.desk} and selection = ${selection}::uuid and decision is null`.execute(tx)
  return rows[0]?.n ?? 0
}

export const undoDecisionRoute = handle(undoDecision, async ({ selection, arrivals }, context) => {
  const { tx, facts, clock, services } = context
  await lockSelection(context, selection)
  const chosen = sql<boolean>`authority = ${facts.authority} and desk = ${facts.desk} and selection = ${selection}::uuid and arrival = any(${arrivals}::uuid[])`
  await lockArrivals(tx, chosen)
  const { rows: fixed } = await sql`select 1 from targeting.arrivals where ${chosen} and outcome is not null limit 1`.execute(tx)
  if (fixed.length > 0) throw new AppError(409, 'targeting.outcome-recorded', 'An outcome is recorded: the decision stays.')
  await sql`update targeting.decisions set undone_by = ${facts.officer}, undone_name = ${facts.officerName}, undone_at = ${clock.now()} where ${chosen} and undone_at is null`.execute(
    tx,
  )
  const { rows } = await sql`update targeting.arrivals set decision = null, decided = null, due_at = null, due_basis = null,
      selection = case when stratum = 'officer' then null else selection end, stratum = case when stratum = 'officer' then null else stratum end
    where ${chosen} and decision is not null returning arrival`.execute(tx)
  await services.announce(tx, 'arrivals', [facts.desk])
  return { selection, undone: rows.length }
})

export const closeSelectionRoute = handle(closeSelection, async ({ selection }, context) => {
  const { tx, facts, clock, services } = context
  const place = await lockSelection(context, selection)
  const undecided = await undecidedOf(context, selection)
  if (undecided > 0)
    throw new AppError(409, 'targeting.undecided', `${undecided} proposed consignments are not decided yet.`, { extra: { undecided } })
  await sql`update targeting.selections set state = 'closed', closed_by = ${facts.officer}, closed_name = ${facts.officerName}, closed_at = ${clock.now()}
    where authority = ${facts.authority} and selection = ${selection}::uuid`.execute(tx)
  const due = outcomeDue(services, scopeOf(facts), place.day)
  const chosen = sql<boolean>`authority = ${facts.authority} and desk = ${facts.desk} and selection = ${selection}::uuid`
  await lockArrivals(tx, chosen)
  // What goes to another port is owed there.
  const { rows } = await sql`update targeting.arrivals set due_at = ${due.at}, due_basis = ${due.basis}
    where ${chosen} and outcome is null
      and (decision = 'take' or decision = 'reroute' and decided ->> 'to' <> 'other-port') returning arrival`.execute(tx)
  await services.announce(tx, 'arrivals', [facts.desk])
  return { selection, outcomesDue: rows.length, ...(rows.length === 0 ? {} : { firstDueAt: due.at.toISOString() }) }
})
