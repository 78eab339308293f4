/** The list of alerts of the desk, its counts and its export: one query, so that list, count and export can never disagree about who sees what. */
import { sql } from 'kysely'
import { leastAdvanced } from '#kernel/procedure/machine.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import { type AlertRow, alertState, exportAlerts, type ListedSubject, listAlerts } from '../contract.ts'
import { pr01 } from '../procedures/pr-01-cargo-alert.ts'
import { isBestRow } from './alert-case.ts'
import { plainNumber } from './alert-subject.ts'
import { csvCell } from './export-csv.ts'

interface Row {
  readonly alert: string
  readonly subject_kind: ListedSubject['kind']
  readonly subject: string
  readonly side: 'issued' | 'received'
  readonly reasons: AlertRow['reasons']
  readonly originator_desk: string
  readonly next_port: string | null
  readonly eta: Date | null
  readonly issued_at: Date
  readonly states: string[] | null
  readonly due_at: Date | null
}

interface Filter {
  readonly text?: string | undefined
  readonly state?: string | undefined
}

const EXPORT_LIMIT = 10_000
const COUNT_CEILING = 2000

export const listAlertsRoute = handle(listAlerts, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'cargo.cursor' })
  const rows = await rowsOf(context, {
    ...input,
    mark: mark === undefined ? null : [String(mark[0]), String(mark[1])],
    limit: input.limit + 1,
  })
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(alertRowOf),
    ...(rows.length > input.limit && last ? { next: writeMark([last.issued_at.toISOString(), last.alert]) } : {}),
    counts: countBy((await rowsOf(context, { text: input.text, mark: null, limit: COUNT_CEILING })).map((row) => stateOf(row))),
  }
})

export const exportAlertsRoute = handle(exportAlerts, async (input, context) => {
  const rows = (await rowsOf(context, { ...input, mark: null, limit: EXPORT_LIMIT })).map(alertRowOf)
  const header = 'alert,subject_kind,subject,side,state,reasons,originator,next_port,eta,issued_at'
  const lines = rows.map((row) =>
    [
      row.alert,
      row.subject?.kind ?? '',
      row.subject?.number ?? '',
      row.side,
      row.state,
      row.reasons.join(' '),
      row.originator,
      row.nextPort ?? '',
      row.eta ?? '',
      row.issuedAt,
    ]
      .map(csvCell)
      .join(','),
  )
  return { fileName: 'alerts.csv', mediaType: 'text/csv; charset=utf-8', text: `${[header, ...lines].join('\r\n')}\r\n` }
})

async function rowsOf(
  context: CaseContext,
  filter: Filter & { readonly mark: readonly [string, string] | null; readonly limit: number },
): Promise<Row[]> {
  const { authority } = context.facts
  const text = filter.text === undefined || filter.text === '' ? null : filter.text.toUpperCase()
  const plain = plainNumber(text ?? '')
  const begins = (typed: string) => `${typed.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Row>`
    select a.alert, a.subject_kind, a.subject, a.side, a.reasons, a.originator_desk, a.next_port, a.eta, a.issued_at, c.states, c.due_at
    from cargo.alerts a left join lateral (
      select array_agg(k.state) as states, min(k.due_at) filter (where k.is_open) as due_at from procedures.cases k
      where k.authority = a.authority and k.definition = 'PR-01' and k.subject = a.alert) c on true
    where a.authority = ${authority} and ${isBestRow(context.facts.desk)}
      and (${text}::text is null or (a.subject <> '' and ${plain} <> '' and a.subject like ${begins(plain)}) or upper(a.bill) like ${begins(text ?? '')})
      and (${filter.state ?? null}::text is null or ${filter.state ?? ''} = any(c.states))
      and (${filter.mark?.[0] ?? null}::timestamptz is null or (a.issued_at, a.alert) < (${filter.mark?.[0] ?? null}::timestamptz, ${filter.mark?.[1] ?? ''}))
    order by a.issued_at desc, a.alert desc limit ${filter.limit}`.execute(context.tx)
  return rows
}

function stateOf(row: Row): AlertRow['state'] {
  return alertState.parse(leastAdvanced(pr01, row.states ?? []) ?? 'issued')
}

function alertRowOf(row: Row): AlertRow {
  return {
    alert: row.alert,
    ...(row.subject === '' ? {} : { subject: { kind: row.subject_kind, number: row.subject } }),
    side: row.side,
    state: stateOf(row),
    reasons: row.reasons,
    originator: row.originator_desk,
    ...(row.next_port === null ? {} : { nextPort: row.next_port }),
    ...(row.eta === null ? {} : { eta: row.eta.toISOString() }),
    issuedAt: row.issued_at.toISOString(),
    ...(row.due_at === null ? {} : { due: row.due_at.toISOString() }),
  }
}

function countBy(states: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
