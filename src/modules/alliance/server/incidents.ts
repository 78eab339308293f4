/** Incidents that partners report to the customs desk of the port, and the desk's answers: what a report changed. Texts are encrypted at rest. */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { answerIncident, type IncidentView, listIncidents, reportIncident, showIncident } from '../contract.ts'
import { keeperOf, partyView } from './keepers.ts'
import { plainName } from './right-name.ts'
import { requireVetted } from './standing.ts'

interface IncidentRow {
  authority: string
  incident: string
  keeper: string
  reporter: string
  kind: IncidentView['kind']
  port: string
  container: string | null
  happened_at: Date
  reported_at: Date
  text_key: string
  text_content: string
  state: IncidentView['state'] | null
  version: number | null
}

export const reportIncidentRoute = handle(reportIncident, async (input, context) => {
  const { facts, tx, services, clock } = context
  const keeper = keeperOf(services, input.port)
  await requireVetted(context, keeper)
  const { rows } = await sql<{ incident: string }>`
    select incident from alliance.incidents where authority = ${keeper.authority} and reporter = ${facts.desk} and key = ${input.key}`.execute(
    tx,
  )
  if (rows[0] !== undefined) return rows[0]
  await requireSealing(tx, clock.now())
  const happened = new Date(input.happenedAt)
  if (happened > clock.now()) throw new AppError(422, 'alliance.time', 'An incident is reported after it happened.')
  const container =
    input.container === undefined ? null : plainName({ container: input.container, voyage: '-', port: input.port }).container
  const incident = uuidv7()
  const text = services.box.seal(input.text)
  context.about({ kind: 'incident', id: incident })
  await sql`insert into alliance.incidents (authority, incident, keeper, reporter, kind, port, container, happened_at, reported_at, text_key, text_content, key, audience)
    values (${keeper.authority}, ${incident}, ${keeper.desk}, ${facts.desk}, ${input.kind}, ${input.port}, ${container}, ${happened}, ${clock.now()}, ${text.key}, ${text.content},
      ${input.key}, ${[keeper.desk, facts.desk]})`.execute(tx)
  await services.announce(tx, 'alliance-incidents', [keeper.desk])
  return { incident }
})

export const listIncidentsRoute = handle(listIncidents, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'alliance.cursor' })
  const rows = await incidentRows(context, { state: input.state ?? null, mark, limit: input.limit + 1 })
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => headOf(context, row)),
    ...(rows.length > input.limit && last !== undefined ? { next: writeMark([last.reported_at.toISOString(), last.incident]) } : {}),
  }
})

export const showIncidentRoute = handle(showIncident, async (input, context) => {
  const { tx, services } = context
  const row = await incidentRow(context, input.incident)
  const { rows } = await sql<{ at: Date; text_key: string; text_content: string }>`
    select at, text_key, text_content from alliance.incident_answers where authority = ${row.authority} and incident = ${row.incident} order by version`.execute(
    tx,
  )
  return {
    ...headOf(context, row),
    text: services.box.open({ key: row.text_key, content: row.text_content }),
    answers: rows.map((answer) => ({
      at: answer.at.toISOString(),
      text: services.box.open({ key: answer.text_key, content: answer.text_content }),
    })),
  }
})

export const answerIncidentRoute = handle(answerIncident, async (input, context) => {
  const { facts, tx, services, clock } = context
  const row = await incidentRow(context, input.incident)
  if (row.keeper !== facts.desk) throw notFound()
  await requireSealing(tx, clock.now())
  const state: IncidentView['state'] = input.close ? 'closed' : 'acknowledged'
  const version = input.version + 1
  const text = services.box.seal(input.text)
  // Two officers who answer at once write the same version: the second is told.
  if (input.version !== (row.version ?? 0)) throw conflict()
  const { numAffectedRows } = await sql`
    insert into alliance.incident_answers (authority, incident, version, state, at, text_key, text_content, audience)
    values (${row.authority}, ${row.incident}, ${version}, ${state}, ${clock.now()}, ${text.key}, ${text.content}, ${[row.keeper, row.reporter]}) on conflict do nothing`.execute(
    tx,
  )
  if (numAffectedRows !== 1n) throw conflict()
  await services.announce(tx, 'alliance-incidents', [row.keeper, row.reporter])
  return { state, version }
})

interface Wanted {
  readonly incident?: string
  readonly state: string | null
  readonly mark: readonly (string | number)[] | undefined
  readonly limit: number
}

/** Both sides see the incidents of their own desk: the reporter those it reported, the desk those it got. */
async function incidentRows({ facts, tx }: CaseContext, { incident, state, mark, limit }: Wanted): Promise<readonly IncidentRow[]> {
  const { rows } = await sql<IncidentRow>`
    select i.authority, i.incident, i.keeper, i.reporter, i.kind, i.port, i.container, i.happened_at, i.reported_at, i.text_key, i.text_content, a.state, a.version
    from alliance.incidents i left join lateral (
      select state, version from alliance.incident_answers a where a.authority = i.authority and a.incident = i.incident order by version desc limit 1) a on true
    where (i.keeper = ${facts.desk} or i.reporter = ${facts.desk}) and (${incident ?? null}::text is null or i.incident = ${incident ?? null})
      and (${state}::text is null or coalesce(a.state, 'reported') = ${state})
      and (${mark?.[0] ?? null}::timestamptz is null or (i.reported_at, i.incident) < (${mark?.[0] ?? null}::timestamptz, ${mark?.[1] ?? null}::text))
    order by i.reported_at desc, i.incident desc limit ${limit}`.execute(tx)
  return rows
}

async function incidentRow(context: CaseContext, incident: string): Promise<IncidentRow> {
  const [row] = await incidentRows(context, { incident, state: null, mark: undefined, limit: 1 })
  if (row === undefined) throw notFound()
  context.about({ kind: 'incident', id: row.incident })
  return row
}

function headOf({ services }: CaseContext, row: IncidentRow): Omit<IncidentView, 'text' | 'answers'> {
  return {
    incident: row.incident,
    kind: row.kind,
    port: row.port,
    ...(row.container === null ? {} : { container: row.container }),
    happenedAt: row.happened_at.toISOString(),
    reportedAt: row.reported_at.toISOString(),
    reportedBy: partyView(services, row.reporter),
    state: row.state ?? 'reported',
    version: row.version ?? 0,
  }
}

const conflict = () => new AppError(409, 'alliance.conflict', 'Somebody answered in the meantime; look again.')
