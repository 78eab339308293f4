/** A selection as it stands: parameters, seed, strata with what was decided, outcomes owed and recorded. */
import { sql } from 'kysely'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { type SelectionView, type StratumName, showSelection } from '../contract.ts'
import { actOf } from './rules-read.ts'
import { capacityOf } from './selections.ts'

interface Row {
  readonly port: string
  readonly day: string
  readonly state: 'open' | 'closed'
  readonly seed: string
  readonly digest: string
  readonly candidates: number
  readonly proposed_by: string
  readonly proposed_name: string
  readonly proposed_at: Date
  readonly closed_by: string | null
  readonly closed_name: string | null
  readonly closed_at: Date | null
}

interface StratumCounts {
  readonly stratum: StratumName
  readonly selected: number
  readonly taken: number
  readonly left: number
  readonly rerouted: number
  readonly undecided: number
  readonly due: number
  readonly overdue: number
  readonly recorded: number
}

const ORDER: readonly StratumName[] = ['mandatory', 'hit-limit', 'top', 'random', 'novelty', 'officer']

export const showSelectionRoute = handle(showSelection, async ({ selection }, context) => {
  const { tx, facts, clock } = context
  const { rows } =
    await sql<Row>`select port, day::text as day, state, seed::text as seed, digest, candidates, proposed_by, proposed_name, proposed_at, closed_by, closed_name, closed_at
    from targeting.selections where authority = ${facts.authority} and desk = ${facts.desk} and selection = ${selection}::uuid`.execute(tx)
  const [row] = rows
  if (row === undefined) throw notFound()
  context.about({ kind: 'selection', id: selection })
  const capacity = await capacityOf(context, row)
  if (capacity === undefined) throw notFound()
  const counts =
    await sql<StratumCounts>`select stratum, count(*)::int as selected, (count(*) filter (where decision = 'take'))::int as taken, (count(*) filter (where decision = 'leave'))::int as left,
      (count(*) filter (where decision = 'reroute'))::int as rerouted, (count(*) filter (where decision is null))::int as undecided,
      (count(*) filter (where due_at is not null and outcome is null))::int as due, (count(*) filter (where due_at < ${clock.now()} and outcome is null))::int as overdue,
      (count(*) filter (where outcome is not null))::int as recorded
    from targeting.arrivals where authority = ${facts.authority} and desk = ${facts.desk} and selection = ${selection}::uuid group by stratum`.execute(
      tx,
    )
  const sum = (member: 'due' | 'overdue' | 'recorded') => counts.rows.reduce((total, each) => total + each[member], 0)
  const closed = actOf(row.closed_by, row.closed_name, row.closed_at)
  const view: SelectionView = {
    selection,
    port: row.port,
    day: row.day,
    state: row.state,
    candidates: row.candidates,
    candidatesDigest: row.digest,
    seed: Number(row.seed).toString(16).padStart(8, '0'),
    proposed: { officer: row.proposed_by, name: row.proposed_name, at: row.proposed_at.toISOString() },
    ...(closed === undefined ? {} : { closed }),
    capacity: {
      port: row.port,
      day: row.day,
      capacity: capacity.capacity,
      minimumRandomRate: capacity.random_rate,
      minimumNoveltyRate: capacity.novelty_rate,
      maximumHitsWithoutSelection: capacity.most_hits,
      set: { officer: capacity.set_by, name: capacity.set_name, at: capacity.set_at.toISOString() },
    },
    strata: ORDER.flatMap((stratum) => {
      const found = counts.rows.find((each) => each.stratum === stratum)
      if (found === undefined) return []
      const { selected, taken, left, rerouted, undecided } = found
      return [{ stratum, selected, taken, left, rerouted, undecided }]
    }),
    outcomes: { due: sum('due'), overdue: sum('overdue'), recorded: sum('recorded') },
  }
  return view
})
