/** The work queue of a desk, and acknowledging several of its cases at once. */
import { sql } from 'kysely'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type Acknowledgement, acknowledgeWork, listWork, showWorkFilters } from '../contract.ts'
import { foldsOf } from './case-fold.ts'
import { type CaseRow, definitionOf } from './case-row.ts'
import { acknowledgingStep, itemsOf } from './queue-items.ts'
import { countWork, readWork } from './queue-rows.ts'
import type { QueueTables } from './queue-tables.ts'
import { transition } from './transition.ts'
import { nameOfDesk } from './write-notices.ts'

export const listWorkRoute = handle(listWork, async (input, { facts, tx, services, clock }) => {
  const now = clock.now()
  const page = await readWork(tx, { facts, now }, input)
  return {
    items: [...(await itemsOf({ tx, services }, page.rows, now))],
    ...(page.next === undefined ? {} : { next: page.next }),
    counts: await countWork(tx, { facts, now }),
  }
})

/** The open cases that run out next are looked at, so that offering filters costs the same at every desk. */
const LOOKED_AT = 2000

export const showWorkFiltersRoute = handle(showWorkFilters, async (_input, { facts, tx, services }) => {
  const { rows } = await sql<{ definition: string; party: string; role: string }>`
    select distinct definition, party, role from (
      (select definition, party, role from procedures.cases where authority = ${facts.authority} and desk = ${facts.desk} and is_open
        order by due_key, case_id limit ${LOOKED_AT})
      union all (select c.definition, c.party, c.role from procedures.shared_cases s
        cross join lateral (select definition, party, role from procedures.cases where authority = s.authority and case_id = s.case_id offset 0) c
        where s.authority = ${facts.authority} and s.desk = ${facts.desk} and s.is_open order by s.due_key, s.case_id limit ${LOOKED_AT})) as open`.execute(
    tx,
  )
  const distinct = (of: (row: (typeof rows)[number]) => string): string[] => [...new Set(rows.map(of))].sort()
  const titles = new Map(
    rows.map(({ definition, role }) => [role, services.procedures.current(definition)?.definition.roles[role]?.title ?? role]),
  )
  return {
    procedures: distinct(({ definition }) => definition).map((id) => ({
      id,
      title: services.procedures.current(id)?.definition.title ?? id,
    })),
    parties: distinct(({ party }) => party).map((id) => ({ id, name: nameOfDesk(services, id) })),
    roles: distinct(({ role }) => role).map((id) => ({ id, title: titles.get(id) ?? id })),
  }
})

export const acknowledgeWorkRoute = handle(acknowledgeWork, async (input, context) => {
  const { facts, tx, services, clock } = context
  await requireSealing(tx, clock.now())
  const asked = new Map(input.cases.map((each) => [each.case, each.version]))
  const rows: CaseRow[] = await tx
    .withTables<QueueTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', facts.authority)
    .where('case_id', 'in', [...asked.keys()])
    .orderBy('case_id')
    .execute()
  const folds = await foldsOf(tx, services, rows)
  const results = new Map<string, Acknowledgement>()
  // In the order of ids, as every process takes them: two that acknowledge the same cases wait for each other and never both.
  for (const row of rows) {
    const fold = folds.get(row.case_id)
    const step = fold === undefined ? undefined : acknowledgingStep(definitionOf(services, row), { row, fold, now: clock.now() })
    if (step === undefined) {
      const repeated = await repeatedStep(context, row, input.key)
      results.set(row.case_id, repeated ?? { case: row.case_id, outcome: 'no-step', because: 'No step acknowledges this case now.' })
      continue
    }
    const version = asked.get(row.case_id) ?? 0
    results.set(row.case_id, await acknowledged(context, row, { transition: step.id, version, key: input.key }))
  }
  return { results: [...asked.keys()].map((id) => results.get(id) ?? { case: id, outcome: 'not-found' as const }) }
})

/** The same request again answers what the first one did. */
async function repeatedStep({ tx }: CaseContext, row: CaseRow, key: string): Promise<Acknowledgement | undefined> {
  const move = await tx
    .withTables<QueueTables>()
    .selectFrom('procedures.moves')
    .select(['to_state', 'seq'])
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .where('key', '=', key)
    .executeTakeFirst()
  return move === undefined ? undefined : { case: row.case_id, outcome: 'acknowledged', state: move.to_state, version: move.seq }
}

/** One case by itself: what is refused leaves no trace and keeps no other from being acknowledged. */
async function acknowledged(
  context: CaseContext,
  row: CaseRow,
  step: { readonly transition: string; readonly version: number; readonly key: string },
): Promise<Acknowledgement> {
  const { facts, tx, services } = context
  await sql`savepoint one_case`.execute(tx)
  try {
    const result = await transition(
      { tx, services },
      {
        authority: row.authority,
        caseId: row.case_id,
        ...step,
        facts: {},
        fields: {},
        actor: {
          officer: facts.officer,
          officerName: facts.officerName,
          desk: row.base === null ? facts.desk : row.party,
          isSupervisor: facts.roles.includes('supervisor'),
        },
      },
    )
    await sql`release savepoint one_case`.execute(tx)
    context.about({ kind: 'case', id: row.case_id })
    return { case: row.case_id, outcome: 'acknowledged', ...result }
  } catch (error) {
    await sql`rollback to savepoint one_case`.execute(tx)
    if (!(error instanceof AppError) || error.status >= 500) throw error
    const basis = error.options.extra?.['basis']
    return {
      case: row.case_id,
      outcome: error.code === 'procedures.conflict' ? 'conflict' : 'refused',
      because: error.detail,
      ...(typeof basis === 'string' ? { basis } : {}),
    }
  }
}
