/** The queue of a port and day, and the overview of ports and days. Every page is read from one index; nothing of another desk is read or counted. */
import { sql } from 'kysely'
import { AppError } from '#platform/http/app-error.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { listPortDays, listQueue, type PortDay } from '../contract.ts'
import { arrivalColumns, arrivalView, present, type StoredArrival } from './arrival-rows.ts'
import { daysBetween, scopeOf } from './desk.ts'
import { notPlacedCounts } from './not-placed.ts'
import { notTakenOf } from './not-taken.ts'
import { overdueCount } from './outcomes.ts'

const MOST_DAYS = 62

export const listQueueRoute = handle(listQueue, async (input, { tx, facts }) => {
  const { sort, show } = input
  const mark = readMark(input.cursor, { parts: sort === 'score' ? ['number', 'text'] : ['instant', 'text'], code: 'targeting.cursor' })
  // The second condition says the same of the first column alone: that is what the index begins at.
  const after =
    mark === undefined
      ? sql<boolean>`true`
      : sort === 'score'
        ? sql<boolean>`(-a.rank, a.arrival) > (${-Number(mark[0])}, ${String(mark[1])}::uuid) and a.rank <= ${Number(mark[0])}`
        : sql<boolean>`(coalesce(a.eta, 'infinity'), a.arrival) > (${String(mark[0])}::timestamptz, ${String(mark[1])}::uuid)
            and coalesce(a.eta, 'infinity') >= ${String(mark[0])}::timestamptz`
  const wanted = [
    sql<boolean>`a.authority = ${facts.authority} and a.desk = ${facts.desk} and a.port = ${input.port} and a.day = ${input.day}::date`,
    after,
    ...(input.vessel === undefined ? [] : [sql<boolean>`a.vessel = ${input.vessel}`]),
    ...(input.container === undefined
      ? []
      : [sql<boolean>`a.container like ${`${input.container.toUpperCase().replace(/[\\%_]/g, String.raw`\$&`)}%`}`]),
    ...(show === 'all' ? [] : [SHOWN[show]]),
  ]
  const order = sort === 'score' ? sql`a.rank desc, a.arrival` : sql`coalesce(a.eta, 'infinity'), a.arrival`
  const { rows } =
    await sql<StoredArrival>`select ${arrivalColumns} from targeting.arrivals a where ${sql.join(wanted, sql` and `)} order by ${order} limit ${input.limit + 1}`.execute(
      tx,
    )
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(arrivalView),
    ...(rows.length > input.limit && last ? { next: writeMark([sort === 'score' ? last.rank : last.eta_mark, last.arrival]) } : {}),
  }
})

const SHOWN = {
  mandatory: sql<boolean>`a.is_mandatory`,
  selected: sql<boolean>`a.stratum is not null`,
  undecided: sql<boolean>`a.stratum is not null and a.decision is null`,
  taken: sql<boolean>`a.stratum is not null and a.decision = 'take'`,
  left: sql<boolean>`a.stratum is not null and a.decision = 'leave'`,
  rerouted: sql<boolean>`a.stratum is not null and a.decision = 'reroute'`,
}

interface CallRow {
  readonly port: string
  readonly day: string
  readonly vessel: string | null
  readonly voyage: string | null
  readonly eta: Date | null
  readonly arrivals: number
  readonly mandatory: number
}

interface SelectionCounts {
  readonly port: string
  readonly day: string
  readonly capacity: number | null
  readonly selection: string | null
  readonly state: 'open' | 'closed' | null
  readonly selected: number
  readonly taken: number
  readonly left: number
  readonly rerouted: number
  readonly undecided: number
}

export const listPortDaysRoute = handle(listPortDays, async ({ from, to, port }, { tx, facts, services }) => {
  const scope = scopeOf(facts)
  const days = daysBetween(from, to)
  if (days < 0 || days >= MOST_DAYS) throw new AppError(422, 'targeting.period', `The period has 1 to ${MOST_DAYS} days.`)
  const inPeriod = (
    alias: string,
  ) => sql<boolean>`${sql.ref(`${alias}.authority`)} = ${scope.authority} and ${sql.ref(`${alias}.desk`)} = ${scope.desk}
    and ${sql.ref(`${alias}.day`)} between ${from}::date and ${to}::date and (${port ?? null}::text is null or ${sql.ref(`${alias}.port`)} = ${port ?? ''})`
  const calls =
    await sql<CallRow>`select a.port, a.day::text as day, a.vessel, a.voyage, min(a.eta) as eta, count(*)::int as arrivals, (count(*) filter (where a.is_mandatory))::int as mandatory
    from targeting.arrivals a where ${inPeriod('a')} group by a.port, a.day, a.vessel, a.voyage order by a.day, a.port, min(a.eta), a.vessel`.execute(
      tx,
    )
  const planned = await sql<SelectionCounts>`
    select coalesce(c.port, s.port) as port, coalesce(c.day, s.day)::text as day, c.capacity, s.selection::text as selection, s.state, n.*
    from (select * from targeting.capacities c where ${inPeriod('c')}) as c full join (select * from targeting.selections s where ${inPeriod('s')}) as s on s.port = c.port and s.day = c.day
    left join lateral (select count(*)::int as selected, (count(*) filter (where a.decision = 'take'))::int as taken, (count(*) filter (where a.decision = 'leave'))::int as left,
        (count(*) filter (where a.decision = 'reroute'))::int as rerouted, (count(*) filter (where a.decision is null))::int as undecided
      from targeting.arrivals a where a.authority = ${scope.authority} and a.desk = ${scope.desk} and a.port = s.port and a.day = s.day and a.stratum is not null) as n on true`.execute(
    tx,
  )
  const items = new Map<string, PortDay>()
  const itemOf = (key: { readonly port: string; readonly day: string }): PortDay => {
    const item = items.get(`${key.day} ${key.port}`) ?? { port: key.port, day: key.day, arrivals: 0, mandatory: 0, vessels: [] }
    items.set(`${key.day} ${key.port}`, item)
    return item
  }
  for (const row of calls.rows) {
    const item = itemOf(row)
    item.arrivals += row.arrivals
    item.mandatory += row.mandatory
    item.vessels.push({ vessel: row.vessel ?? '', arrivals: row.arrivals, ...present({ voyage: row.voyage, eta: row.eta?.toISOString() }) })
  }
  for (const row of planned.rows) {
    const item = itemOf(row)
    if (row.capacity !== null) item.capacity = row.capacity
    if (row.selection !== null && row.state !== null) {
      const { selection, state, selected, taken, left, rerouted, undecided } = row
      item.selection = { selection, state, selected, taken, left, rerouted, undecided }
    }
  }
  const { notPlaced, unreadable } = await notPlacedCounts(tx, scope, services.clock.now())
  return {
    items: [...items.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item),
    overdueOutcomes: await overdueCount(tx, scope, services.clock.now()),
    notPlaced,
    ...(unreadable === 0 ? {} : { unreadable }),
    ...present({ notTaken: await notTakenOf(tx, scope) }),
  }
})
