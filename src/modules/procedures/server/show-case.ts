/** One case that runs by its data alone, as the desk that asks may see it. */

import { dueOf } from '#kernel/procedure/clock.ts'
import type { Guard, ProcedureDef } from '#kernel/procedure/definition.ts'
import { evaluate, type Facts } from '#kernel/procedure/expression.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import { type CaseFold, MIGRATE, NAME_PARTIES } from '#kernel/procedure/fold.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { offeredTransitions } from '#kernel/procedure/machine.ts'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import { type CaseOnScreen, showCase, whatIf } from '../contract.ts'
import { foldSteps, rolesOf, type StoredStep, standingOf, stepsOf } from './case-fold.ts'
import { type CaseRow, caseRow, versionOf } from './case-row.ts'
import { clockView } from './clock-view.ts'
import { type DerivedClock, deriveClocks, runningOf } from './clocks.ts'
import { isFor, valuesFor } from './parties.ts'
import type { ProcedureTables } from './tables.ts'

export const showCaseRoute = handle(showCase, async (input, context) => {
  const seen = await seeCase(context, input.case)
  const { row, steps, fold, definition, roles, clocks } = seen
  const state = definition.states.find(({ id }) => id === fold.state)
  return {
    case: row.case_id,
    reference: row.subject,
    procedure: row.definition,
    procedureVersion: fold.version,
    title: definition.title,
    label: row.label,
    role: row.role,
    state: fold.state,
    stateTitle: state?.title ?? fold.state,
    // The row was read before the steps; what they say is what is shown, and what the person has seen.
    ...standingOf(definition, fold.state, roles),
    version: Math.max(row.revision, ...steps.map(({ seq }) => seq)),
    openedAt: row.opened_at.toISOString(),
    parties: partiesOf(context, fold, row.party),
    values: valuesFor(definition, fold.values, roles),
    purged: [...fold.purged],
    clocks: clocks.map(clockView),
    steps: once(roles.flatMap((role) => offers(context, { definition, fold, role }))),
    history: historyOf(seen),
    ...(await family(context, row)),
  }
})

export const whatIfRoute = handle(whatIf, async (input, context) => {
  const { row, fold, clocks } = await seeCase(context, input.case)
  const clock = clocks.find(({ id }) => id === input.clock)
  if (clock === undefined) throw notFound()
  const now = context.clock.now().getTime()
  const running = runningOf(clock.definition, { row, fold, started: clock.started })
  const until = now + input.suspendedHours * 3_600_000
  const ledger = [
    ...running.ledger,
    { kind: 'suspend' as const, at: now, reason: 'what-if' },
    { kind: 'resume' as const, at: until, reason: 'what-if' },
  ]
  const calendar = context.services.calendars.calendar(clock.started.obligated?.calendar ?? row.calendar)
  const due = dueOf(clock.definition, { ...running, ledger }, { rules: zoneRules, calendar, now: until })
  return { now: clockView(clock), assumed: clockView({ ...clock, due }) }
})

interface Seen {
  readonly row: CaseRow
  readonly steps: readonly StoredStep[]
  readonly fold: CaseFold
  readonly definition: ProcedureDef
  readonly roles: readonly string[]
  readonly clocks: readonly DerivedClock[]
}

/** The case with all that is derived from it, or the common 404. A case that a slice drives is shown by its slice. */
export async function seeCase(context: CaseContext, caseId: string): Promise<Seen> {
  const { facts, tx, services, clock } = context
  const row = await caseRow(tx, { authority: facts.authority, caseId })
  if (row.base === null) throw notFound()
  context.about({ kind: 'case', id: row.case_id })
  const steps = (await stepsOf(tx, [row])).get(row.case_id) ?? []
  const fold = foldSteps(services, row, steps)
  const { definition } = versionOf(services, row.definition, fold.version)
  return { row, steps, fold, definition, roles: rolesOf(row, fold), clocks: deriveClocks(services, { row, fold, now: clock.now() }) }
}

export function partiesOf(context: CaseContext, fold: CaseFold, own: string): CaseOnScreen['parties'] {
  const directory = seenBy(context.services.directory(), context.facts.authority)
  return Object.entries(fold.parties).flatMap(([role, parties]) =>
    parties.map(({ desk, country, kind, realm }) => ({
      role,
      desk,
      country,
      kind,
      realm,
      hasCase: fold.reached.includes(desk),
      name: findUnit(directory, desk)?.unit.name ?? desk,
      isOwn: desk === own,
    })),
  )
}

function offers(
  context: CaseContext,
  { definition, fold, role }: { readonly definition: ProcedureDef; readonly fold: CaseFold; readonly role: string },
): CaseOnScreen['steps'] {
  const { facts: session, clock } = context
  const actor = { officer: session.officer, isSupervisor: session.roles.includes('supervisor') }
  const facts = factsOfCase(fold, {}, { now: clock.now().getTime(), actor })
  return offeredTransitions(definition, { state: fold.state, role, facts }).map(({ transition, failed }) => ({
    id: transition.id,
    title: transition.title,
    hasForm: formOf(definition, transition).length > 0,
    irreversible: transition.irreversible === true,
    warnings: warningsOf(transition.warnings ?? [], facts),
    ...(transition.official === undefined ? {} : { official: transition.official }),
    ...(failed === undefined ? {} : { barred: { because: failed.because, basis: failed.basis } }),
  }))
}

/** A desk that fills two roles is offered a step of both once, free if it is free to one. */
function once(steps: CaseOnScreen['steps']): CaseOnScreen['steps'] {
  const free = steps.filter(({ barred }) => barred === undefined)
  const ids = [...new Set(steps.map(({ id }) => id))]
  return ids.flatMap((id) => free.find((step) => step.id === id) ?? steps.find((step) => step.id === id) ?? [])
}

function warningsOf(warnings: readonly Guard[], facts: Facts): { because: string; basis: Guard['basis'] }[] {
  return warnings.filter(({ expr }) => evaluate(expr, facts) === true).map(({ because, basis }) => ({ because, basis }))
}

/** Steps that every procedure has. */
const ENGINE_STEPS: Readonly<Record<string, string>> = { [MIGRATE]: 'Brought to another version', [NAME_PARTIES]: 'Parties named' }

function historyOf({ steps, fold, definition, roles, row }: Seen): CaseOnScreen['history'] {
  const names = new Map(steps.map((step) => [step.id, step.officerName ?? step.desk ?? row.party]))
  return fold.steps.map((step) => ({
    id: step.id,
    transition: step.transition,
    title: definition.transitions.find(({ id }) => id === step.transition)?.title ?? ENGINE_STEPS[step.transition] ?? step.transition,
    from: step.from,
    to: step.to,
    at: new Date(step.at).toISOString(),
    by: names.get(step.id) ?? '',
    fields: Object.fromEntries(
      Object.entries(step.fields).filter(([id]) => !id.includes('.') && isFor(definition, id, roles) && !fold.purged.includes(id)),
    ),
    overtaken: step.isVoid,
    ...(step.role === null ? {} : { role: step.role }),
  }))
}

async function family(context: CaseContext, row: CaseRow): Promise<Pick<CaseOnScreen, 'parent' | 'children'>> {
  const db = context.tx.withTables<ProcedureTables>()
  const children = await db
    .selectFrom('procedures.cases')
    .select(['case_id', 'definition', 'label', 'state'])
    .where('authority', '=', row.authority)
    .where('parent', '=', row.case_id)
    .orderBy('case_id')
    .limit(100)
    .execute()
  const parent =
    row.parent === null
      ? undefined
      : await db
          .selectFrom('procedures.cases')
          .select(['case_id', 'label', 'link'])
          .where('authority', '=', row.authority)
          .where('case_id', '=', row.parent)
          .executeTakeFirst()
  return {
    children: children.map((child) => ({ case: child.case_id, procedure: child.definition, label: child.label, state: child.state })),
    ...(parent === undefined ? {} : { parent: { case: parent.case_id, label: parent.label, link: parent.link } }),
  }
}
