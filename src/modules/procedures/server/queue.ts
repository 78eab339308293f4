/** The work queue: open cases of the desk by what runs out next. One index serves order and page; counts stop at a ceiling and say so by reaching it. */
import { sql } from 'kysely'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { listWork, type WorkItem } from '../contract.ts'
import { foldOf } from './case-fold.ts'
import { bindingOf, type CaseRow } from './case-row.ts'
import { deriveClocks } from './clocks.ts'
import type { ProcedureTables } from './tables.ts'

const COUNT_CEILING = 1000
const NEVER = sql`'infinity'::timestamptz`
const dueKey = sql<Date>`coalesce(due_at, ${NEVER})`

export const listWorkRoute = handle(listWork, async (input, context) => {
  const { facts, tx, services, clock } = context
  const now = clock.now()
  let query = tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .select(sql<string>`coalesce(due_at, ${NEVER})::text`.as('due_text'))
    .where('authority', '=', facts.authority)
    .where('is_open', '=', input.show !== 'done')
    .orderBy(dueKey)
    .orderBy('case_id')
    .limit(input.limit + 1)
  if (input.show === 'open') query = query.where('own_turn', '=', true)
  if (input.show === 'waiting') query = query.where('own_turn', '=', false)
  if (input.show === 'overdue') query = query.where(sql<boolean>`coalesce(due_at, ${NEVER}) < ${now}`)
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'procedures.cursor' })
  if (mark !== undefined) query = query.where(sql<boolean>`(coalesce(due_at, ${NEVER}), case_id) > (${mark[0]}::timestamptz, ${mark[1]})`)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  const items: WorkItem[] = []
  for (const row of shown)
    items.push(
      await itemOf(tx, row, {
        now,
        services,
      }),
    )
  return {
    items,
    ...(rows.length > input.limit && last
      ? {
          next: writeMark([last.due_text, last.case_id]),
        }
      : {}),
    counts: await countsOf(tx, facts.authority, now),
  }
})

async function itemOf(
  tx: Tx,
  row: CaseRow,
  context: {
    readonly now: Date
    readonly services: CaseContext['services']
  },
): Promise<WorkItem> {
  const { services, now } = context
  const procedure = bindingOf(services, row).definition
  const fold = await foldOf(tx, services, row)
  const clocks = deriveClocks(services, { row, fold, now }).filter(({ isLive }) => isLive)
  const next = clocks.sort((a, b) => a.due.safe - b.due.safe)[0]
  return {
    caseId: row.case_id,
    definition: row.definition,
    title: procedure.title,
    subject: row.subject,
    label: row.label,
    party: row.party,
    state: row.state,
    since: row.moved_at.toISOString(),
    ...(next === undefined || !Number.isFinite(next.due.safe)
      ? {}
      : {
          due: {
            clock: next.definition.id,
            label: next.definition.title,
            safe: new Date(next.due.safe).toISOString(),
            legalLatest: new Date(next.due.legalLatest).toISOString(),
            kind: next.definition.kind,
            basis: `${next.definition.basis.act} ${next.definition.basis.art}`.trim(),
            explain: next.due.explain,
            missed: now.getTime() > next.due.safe,
          },
        }),
    waitsFor: row.is_open ? (row.own_turn ? 'own' : 'others') : 'nobody',
    link: row.link,
  }
}

async function countsOf(tx: Tx, authority: string, now: Date): Promise<{ open: number; overdue: number; waiting: number }> {
  const count = async (condition: ReturnType<typeof sql<boolean>>): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from (select 1 from procedures.cases where authority = ${authority} and is_open and ${condition} limit ${COUNT_CEILING}) as counted`.execute(
      tx,
    )
    return rows[0]?.n ?? 0
  }
  return {
    open: await count(sql<boolean>`own_turn`),
    overdue: await count(sql<boolean>`coalesce(due_at, ${NEVER}) < ${now}`),
    waiting: await count(sql<boolean>`not own_turn`),
  }
}
