/**
 * What came of taken consignments. Owed by a day; a record can be corrected by a later one, and both are kept. "Not checked" and "not found in time" say why nothing is
 * known, and count as neither found nor clean.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { recordFinding, takeBackFindings } from '#modules/cargo'
import { once } from '#platform/http/answer-once.ts'
import { AppError } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { listOutcomes, type OutcomeDraft, type OutcomeKind, type OutcomeRow, recordOutcome } from '../contract.ts'
import { present } from './arrival-rows.ts'
import { containersOfArrivals } from './cargo-rows.ts'
import { type DeskScope, scopeOf } from './desk.ts'

export const recordOutcomeRoute = handle(recordOutcome, async ({ outcomes, key }, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: recordOutcome.id, key }, async () => {
    const problems = outcomes.flatMap((draft, at) => problemsOf(draft, `outcomes[${at}]`))
    if (new Set(outcomes.map(({ arrival }) => arrival)).size < outcomes.length)
      problems.push({ code: 'targeting.outcome-twice', at: 'outcomes', message: 'A consignment stands twice.' })
    if (problems.length > 0)
      throw new AppError(422, 'targeting.outcome-invalid', 'An outcome is incomplete; each problem names its place.', { problems })
    const { rows } = await sql<{ arrival: string }>`select arrival::text as arrival from targeting.arrivals
      where authority = ${facts.authority} and desk = ${facts.desk} and arrival = any(${outcomes.map(({ arrival }) => arrival)}::uuid[]) and due_at is not null order by arrival for update`.execute(
      tx,
    )
    const taken = new Set(rows.map(({ arrival }) => arrival))
    const missing = outcomes.flatMap(({ arrival }, at) =>
      taken.has(arrival)
        ? []
        : [
            {
              code: 'targeting.not-taken',
              at: `outcomes[${at}].arrival`,
              message: 'This consignment was not taken in a closed selection.',
            },
          ],
    )
    if (missing.length > 0)
      throw new AppError(422, 'targeting.not-taken', 'Only a taken consignment has an outcome.', { problems: missing })
    const at = clock.now()
    const records = outcomes.map(({ arrival, kind, means, found, reason, note }) => ({
      outcome: uuidv7(),
      arrival,
      kind,
      found,
      means: means ?? null,
      reason: reason ?? null,
      note: note ?? null,
    }))
    await sql`insert into targeting.outcomes (authority, desk, outcome, arrival, kind, means, found, reason, note, by, by_name, at, audience)
      select ${facts.authority}, ${facts.desk}, r.outcome, r.arrival, r.kind, r.means, r.found, r.reason, r.note, ${facts.officer}, ${facts.officerName}, ${at}, ${[facts.desk]}
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(outcome uuid, arrival uuid, kind text, means text, found jsonb, reason text, note text)`.execute(
      tx,
    )
    await sql`update targeting.arrivals as a set outcome = r.kind, outcome_at = ${at} from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(arrival uuid, kind text)
      where a.authority = ${facts.authority} and a.desk = ${facts.desk} and a.arrival = r.arrival`.execute(tx)
    const found = outcomes.flatMap(({ arrival, kind }) => (kind === 'found' ? [arrival] : []))
    // Something was found in a box: indicators of this desk that look for findings know it. Counts once, whatever is recorded again.
    for (const { arrival, container } of found.length === 0 ? [] : await containersOfArrivals(tx, scopeOf(facts), found))
      await recordFinding(tx, { ...scopeOf(facts), source: findingOf(arrival), container, foundAt: at })
    // Of a record that corrects one, nothing more is found in the box: the place and the route where it came from are held against nobody.
    const others = outcomes.flatMap(({ arrival, kind }) => (kind === 'found' ? [] : [findingOf(arrival)]))
    if (others.length > 0) await takeBackFindings(tx, { ...scopeOf(facts), sources: others })
    await services.announce(tx, 'arrivals', [facts.desk])
    return { recorded: outcomes.length }
  })
  // Ids of the consignments stand in the entry; a call has at most 200.
  for (const { arrival } of outcomes) context.about({ kind: 'arrival', id: arrival })
  return answer
})

/** The source by which a finding of an arrival counts once and can be taken back. */
function findingOf(arrival: string): string {
  return `targeting ${arrival}`
}

function problemsOf(draft: OutcomeDraft, at: string): { code: string; at: string; message: string }[] {
  const problem = (member: string, message: string) => [{ code: `targeting.outcome-${member}`, at: `${at}.${member}`, message }]
  const { kind, means, found, reason, note } = draft
  const wasLookedAt = kind === 'nothing' || kind === 'found' || kind === 'seal-broken'
  if (wasLookedAt && means === undefined) return problem('means', 'Say how it was looked at.')
  if (!wasLookedAt && means !== undefined) return problem('means', 'What was not looked at has no means.')
  if (kind === 'found' && found.length === 0) return problem('found', 'Say what was found, how much and where.')
  if (kind !== 'found' && found.length > 0) return problem('found', 'Something was found: then that is the outcome.')
  if (kind === 'not-checked' && reason === undefined) return problem('reason', 'Say why it was not checked.')
  if (kind !== 'not-checked' && reason !== undefined) return problem('reason', 'Only what was not checked has a reason.')
  return reason === 'other' && note === undefined ? problem('note', 'The reason "other" needs a note.') : []
}

export async function overdueCount(tx: Tx, { authority, desk }: DeskScope, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from targeting.arrivals
    where authority = ${authority} and desk = ${desk} and due_at is not null and outcome is null and due_at < ${now}`.execute(tx)
  return rows[0]?.n ?? 0
}

interface Row {
  readonly arrival: string
  readonly container: string
  readonly port: string
  readonly day: string
  readonly vessel: string | null
  readonly stratum: string
  readonly decided: { readonly officer: string; readonly name: string; readonly at: string }
  readonly due_at: Date
  readonly due_basis: string
  readonly mark_at: string
  readonly kind: OutcomeKind | null
  readonly means: OutcomeDraft['means'] | null
  readonly found: OutcomeDraft['found'] | null
  readonly reason: OutcomeDraft['reason'] | null
  readonly note: string | null
  readonly by: string | null
  readonly by_name: string | null
  readonly at: Date | null
}

export const listOutcomesRoute = handle(listOutcomes, async (input, { tx, facts, clock }) => {
  const scope = scopeOf(facts)
  const now = clock.now()
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'targeting.cursor' })
  const isRecorded = input.state === 'recorded'
  const key = isRecorded ? sql`a.outcome_at` : sql`a.due_at`
  const wanted = [
    sql<boolean>`a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.due_at is not null`,
    isRecorded ? sql<boolean>`a.outcome is not null` : sql<boolean>`a.outcome is null`,
    ...(input.state === 'overdue' ? [sql<boolean>`a.due_at < ${now}`] : []),
    ...(input.port === undefined ? [] : [sql<boolean>`a.port = ${input.port}`]),
    ...(mark === undefined
      ? []
      : [sql<boolean>`(${key}, a.arrival) ${isRecorded ? sql`<` : sql`>`} (${String(mark[0])}::timestamptz, ${String(mark[1])}::uuid)`]),
  ]
  const { rows } =
    await sql<Row>`select a.arrival::text as arrival, a.container, a.port, a.day::text as day, a.vessel, a.stratum, a.decided, a.due_at, a.due_basis, ${key}::text as mark_at,
      o.kind, o.means, o.found, o.reason, o.note, o.by, o.by_name, o.at
    from targeting.arrivals a left join lateral (select * from targeting.outcomes o where o.authority = a.authority and o.arrival = a.arrival order by o.at desc, o.outcome desc limit 1) as o on true
    where ${sql.join(wanted, sql` and `)} order by ${key} ${isRecorded ? sql`desc` : sql`asc`}, a.arrival ${isRecorded ? sql`desc` : sql`asc`} limit ${input.limit + 1}`.execute(
      tx,
    )
  const counts = await sql<{ n: number }>`select count(*)::int as n from targeting.arrivals
    where authority = ${scope.authority} and desk = ${scope.desk} and due_at is not null and outcome is null`.execute(tx)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => viewOf(row, now)),
    ...(rows.length > input.limit && last ? { next: writeMark([last.mark_at, last.arrival]) } : {}),
    due: counts.rows[0]?.n ?? 0,
    overdue: await overdueCount(tx, scope, now),
  }
})

function viewOf(row: Row, now: Date): OutcomeRow {
  const { arrival, container, port, day, stratum, decided, kind, found, by, at } = row
  return {
    arrival,
    container,
    port,
    day,
    stratum,
    ...present({ vessel: row.vessel }),
    taken: { officer: decided.officer, name: decided.name, at: decided.at },
    dueAt: row.due_at.toISOString(),
    overdue: kind === null && row.due_at < now,
    dueBasis: row.due_basis,
    ...(kind === null || by === null || at === null
      ? {}
      : {
          recorded: {
            officer: by,
            name: row.by_name ?? by,
            at: at.toISOString(),
            kind,
            found: found ?? [],
            ...present({ means: row.means, reason: row.reason, note: row.note }),
          },
        }),
  }
}
