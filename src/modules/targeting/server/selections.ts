/**
 * Proposing what to control at a port on a day, within the capacity that a supervisor set. A proposal changes nothing but itself: a named officer decides each consignment.
 * Proposing again before it is closed draws anew, with a new seed, from what is still open and the capacity that is left; what was decided stays, and every draw is kept.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { SelectionParams } from '#kernel/risk/selection-sizes.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { MOST_RULE_DAYS, proposeSelection, repeatDraw, setCapacity } from '../contract.ts'
import { dayAfter, overseers, scopeOf, unitOf } from './desk.ts'
import { differencesOf, digestOf, drawFrom, type KeptCandidate, type KeptDraw } from './draw.ts'

const MOST_DIFFERENCES = 100

interface CapacityRow {
  readonly capacity: number
  readonly random_rate: number
  readonly novelty_rate: number
  readonly most_hits: number
  readonly set_by: string
  readonly set_name: string
  readonly set_at: Date
}

export const setCapacityRoute = handle(setCapacity, async (input, context) => {
  const { tx, facts, clock, services } = context
  const scope = scopeOf(facts)
  const { port, day, capacity, minimumRandomRate, minimumNoveltyRate, maximumHitsWithoutSelection } = input
  if (unitOf(services, scope)?.places.includes(port) !== true)
    throw new AppError(422, 'targeting.port', 'This desk does not answer for that port.')
  const selection = await selectionAt(context, { port, day })
  if (selection?.state === 'closed') throw new AppError(409, 'targeting.selection-closed', 'The selection of that day is closed.')
  const at = clock.now()
  await sql`insert into targeting.capacities (authority, desk, port, day, capacity, random_rate, novelty_rate, most_hits, set_by, set_name, set_at, audience)
    values (${facts.authority}, ${facts.desk}, ${port}, ${day}::date, ${capacity}, ${minimumRandomRate}, ${minimumNoveltyRate}, ${maximumHitsWithoutSelection}, ${facts.officer},
      ${facts.officerName}, ${at}, ${[facts.desk]})
    on conflict (authority, desk, port, day) do update set capacity = excluded.capacity, random_rate = excluded.random_rate, novelty_rate = excluded.novelty_rate,
      most_hits = excluded.most_hits, set_by = excluded.set_by, set_name = excluded.set_name, set_at = excluded.set_at`.execute(tx)
  context.about({ kind: 'port-day', id: `${port} ${day}` })
  await services.announce(tx, 'arrivals', [facts.desk])
  return {
    port,
    day,
    capacity,
    minimumRandomRate,
    minimumNoveltyRate,
    maximumHitsWithoutSelection,
    set: { officer: facts.officer, name: facts.officerName, at: at.toISOString() },
  }
})

export async function capacityOf(
  { tx, facts }: Pick<CaseContext, 'tx' | 'facts'>,
  place: { readonly port: string; readonly day: string },
): Promise<CapacityRow | undefined> {
  const { rows } =
    await sql<CapacityRow>`select capacity, random_rate, novelty_rate, most_hits, set_by, set_name, set_at from targeting.capacities
    where authority = ${facts.authority} and desk = ${facts.desk} and port = ${place.port} and day = ${place.day}::date`.execute(tx)
  return rows[0]
}

async function selectionAt(
  { tx, facts }: CaseContext,
  place: { readonly port: string; readonly day: string },
): Promise<{ readonly selection: string; readonly state: 'open' | 'closed' } | undefined> {
  const { rows } = await sql<{
    selection: string
    state: 'open' | 'closed'
  }>`select selection::text as selection, state from targeting.selections
    where authority = ${facts.authority} and desk = ${facts.desk} and port = ${place.port} and day = ${place.day}::date for update`.execute(
    tx,
  )
  return rows[0]
}

export const proposeSelectionRoute = handle(proposeSelection, async ({ port, day, key }, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: proposeSelection.id, key }, async () => {
    const capacity = await capacityOf(context, { port, day })
    if (capacity === undefined)
      throw new AppError(409, 'targeting.no-capacity', 'A supervisor sets the capacity of this port and day first.')
    const before = await selectionAt(context, { port, day })
    if (before?.state === 'closed') throw new AppError(409, 'targeting.selection-closed', 'The selection of that day is closed.')
    const candidates = await candidatesAt(context, { port, day, selection: before?.selection })
    if (candidates.length === 0) throw new AppError(409, 'targeting.no-arrivals', 'Nothing arrives at this port on this day.')
    const params: SelectionParams = {
      capacity: Math.max(0, capacity.capacity - (await takenAt(context, { port, day }))),
      minimumRandomRate: capacity.random_rate,
      minimumNoveltyRate: capacity.novelty_rate,
      maximumHitsWithoutSelection: capacity.most_hits,
    }
    const seed = randomInt(2 ** 32)
    const { drawn, certain, random } = drawFrom(candidates, params, seed)
    const selection = before?.selection ?? randomUUID()
    const audience = [facts.desk, ...overseers(services, facts.authority)]
    const at = clock.now()
    const draw = uuidv7()
    await sql`insert into targeting.selections (authority, desk, selection, port, day, state, draw, parameters, seed, digest, candidates, certain, random, proposed_by, proposed_name, proposed_at, audience)
      values (${facts.authority}, ${facts.desk}, ${selection}, ${port}, ${day}::date, 'open', ${draw}, ${JSON.stringify(params)}::jsonb, ${seed}, ${digestOf(candidates)}, ${candidates.length}, ${certain},
        ${random}, ${facts.officer}, ${facts.officerName}, ${at}, ${audience})
      on conflict (authority, selection) do update set draw = excluded.draw, parameters = excluded.parameters, seed = excluded.seed, digest = excluded.digest, candidates = excluded.candidates,
        certain = excluded.certain, random = excluded.random, proposed_by = excluded.proposed_by, proposed_name = excluded.proposed_name, proposed_at = excluded.proposed_at`.execute(
      tx,
    )
    await sql`insert into targeting.draws (authority, draw, selection, drawn_at, seed, parameters, candidates, drawn, audience)
      values (${facts.authority}, ${draw}, ${selection}, ${at}, ${seed}, ${JSON.stringify(params)}::jsonb, ${JSON.stringify(candidates)}::jsonb, ${JSON.stringify(drawn)}::jsonb, ${audience})`.execute(
      tx,
    )
    await markSelected(context, { port, day, selection, drawn, randomPi: random / (candidates.length - certain) })
    await services.announce(tx, 'arrivals', [facts.desk])
    return { selection, selected: drawn.length, candidates: candidates.length }
  })
  context.about({ kind: 'selection', id: answer.selection })
  return answer
})

interface CandidateRow {
  readonly arrival: string
  readonly score: number | null
  readonly novelty: number
  readonly is_mandatory: boolean
  readonly rule_hits: string[]
}

/**
 * What is still open, as it stands now, and held until it is marked: a job that moves an arrival to another day meanwhile goes first or waits. Locked in the order in
 * which jobs and decisions lock arrivals, so that none waits for one that waits for it; with them what this selection marked before and stands elsewhere now. Of a
 * rule that has hit long without a selection, its highest hit of the day carries the count: one look is what the limit asks for.
 */
async function candidatesAt(
  { tx, facts }: CaseContext,
  place: { readonly port: string; readonly day: string; readonly selection: string | undefined },
): Promise<readonly KeptCandidate[]> {
  const here = sql<boolean>`port = ${place.port} and day = ${place.day}::date`
  const { rows } = await sql<CandidateRow>`
    with held as materialized (select arrival, port, day, score, novelty, is_mandatory, rule_hits, rank from targeting.arrivals
      where authority = ${facts.authority} and desk = ${facts.desk} and decision is null and (${here} or stratum is not null and selection = ${place.selection ?? null}::uuid)
      order by arrival for update)
    select arrival::text as arrival, score, novelty, is_mandatory, rule_hits from held where ${here} order by rank desc, arrival`.execute(
    tx,
  )
  const waiting = new Map(
    await hitsWithoutSelection({ tx, facts }, { refs: [...new Set(rows.flatMap(({ rule_hits: hits }) => hits))], before: place.day }),
  )
  return rows.map((row) => {
    const most = row.rule_hits.reduce((so, ref) => Math.max(so, waiting.get(ref) ?? 0), 0)
    for (const ref of row.rule_hits) waiting.delete(ref)
    return [row.arrival, row.score ?? 0, row.novelty, row.is_mandatory ? 1 : 0, most]
  })
}

/** Consignments of the day that are taken or re-routed already: they use up capacity. */
async function takenAt({ tx, facts }: CaseContext, place: { readonly port: string; readonly day: string }): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from targeting.arrivals
    where authority = ${facts.authority} and desk = ${facts.desk} and port = ${place.port} and day = ${place.day}::date and decision in ('take', 'reroute')`.execute(
    tx,
  )
  return rows[0]?.n ?? 0
}

/** Hits of each rule version on days after the last on which one of them was selected; at the longest over the life of a version. */
async function hitsWithoutSelection(
  { tx, facts }: Pick<CaseContext, 'tx' | 'facts'>,
  { refs, before }: { readonly refs: readonly string[]; readonly before: string },
): Promise<readonly (readonly [string, number])[]> {
  if (refs.length === 0) return []
  const { rows } = await sql<{ ref: string; n: number }>`
    with hits as (select ref, a.day, a.stratum is not null as is_selected from targeting.arrivals a cross join lateral unnest(a.rule_hits) as ref
      where a.authority = ${facts.authority} and a.desk = ${facts.desk} and a.day > ${dayAfter(before, -MOST_RULE_DAYS)}::date and a.day < ${before}::date and a.rule_hits <> '{}' and a.rule_hits && ${[...refs]}::text[]),
    last as (select ref, max(day) filter (where is_selected) as day from hits group by ref)
    select h.ref, count(*)::int as n from hits h join last l on l.ref = h.ref where h.day > coalesce(l.day, '0001-01-01'::date) and h.ref = any(${[...refs]}::text[]) group by h.ref`.execute(
    tx,
  )
  return rows.map(({ ref, n }) => [ref, n] as const)
}

/** The proposal on the arrivals themselves. What an officer decided or took on own initiative before stays as it is. */
async function markSelected(
  { tx, facts }: CaseContext,
  proposal: {
    readonly port: string
    readonly day: string
    readonly selection: string
    readonly drawn: readonly KeptDraw[]
    readonly randomPi: number
  },
): Promise<void> {
  const { port, day, selection, drawn, randomPi } = proposal
  const here = sql<boolean>`port = ${port} and day = ${day}::date`
  // By day, and by selection wherever it stands now: a mark of this selection on another day could be neither decided nor closed.
  await sql`update targeting.arrivals set selection = null, stratum = null, pi = null, random_pi = null
    where authority = ${facts.authority} and desk = ${facts.desk} and decision is null and stratum is not null and (${here} or selection = ${selection}::uuid)`.execute(
    tx,
  )
  const records = drawn.map(([arrival, stratum, pi]) => ({ arrival, stratum, pi }))
  await sql`update targeting.arrivals as a set selection = ${selection}::uuid, stratum = r.stratum, pi = r.pi, random_pi = case when r.stratum = 'random' then ${randomPi}::double precision end
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r(arrival uuid, stratum text, pi double precision)
    where a.authority = ${facts.authority} and a.desk = ${facts.desk} and a.arrival = r.arrival and ${here} and a.decision is null`.execute(
    tx,
  )
}

export const repeatDrawRoute = handle(repeatDraw, async ({ selection }, context) => {
  const { tx, facts } = context
  // Seen by the desk and by the oversight desk of its authority: the policy of the rows decides which.
  const { rows } = await sql<{
    seed: string
    parameters: SelectionParams
    candidates: KeptCandidate[]
    drawn: KeptDraw[]
    digest: string
    is_last: boolean
  }>`
    select d.seed::text as seed, d.parameters, d.candidates, d.drawn, s.digest, d.draw = s.draw as is_last from targeting.draws d
    join targeting.selections s on s.authority = d.authority and s.selection = d.selection
    where d.authority = ${facts.authority} and d.selection = ${selection}::uuid order by d.draw`.execute(tx)
  const [last] = rows.filter(({ is_last: isLast }) => isLast)
  if (last === undefined) throw notFound()
  context.about({ kind: 'selection', id: selection })
  const differences = rows.flatMap(({ candidates, parameters, seed, drawn }) =>
    differencesOf(drawn, drawFrom(candidates, parameters, Number(seed)).drawn),
  )
  return {
    selection,
    same: differences.length === 0,
    candidates: last.candidates.length,
    digestMatches: digestOf(last.candidates) === last.digest,
    differences: differences.slice(0, MOST_DIFFERENCES).map((each) => ({ ...each })),
  }
})
