/**
 * Tells the other parties: whoever is brought in gets the case as released to its roles, whoever has it gets the step. One message for each desk,
 * because what is for one is not for the other. Both leave by the outbox of the transaction that took the step.
 */
import type { Handling } from '#kernel/handling/handling.ts'
import { clockEndedBy } from '#kernel/procedure/clock-end.ts'
import type { ProcedureDef, TransitionDef } from '#kernel/procedure/definition.ts'
import { evaluate } from '#kernel/procedure/expression.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import { type CaseFold, type FoldedStep, NAME_PARTIES, type Party } from '#kernel/procedure/fold.ts'
import { AppError } from '#platform/http/app-error.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { OutgoingMessage } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { CaseMessage, StepMessage } from './case-messages.ts'
import type { CaseRow } from './case-row.ts'
import { clocksFor, desksOf, doneFor, hasPersonalData, isClockFor, isTold, partiesFor, rolesOfDesk, valuesFor } from './parties.ts'
import { isTransferAuthorised } from './transfer-authorisation.ts'

const DAY = 86_400_000
/** Messages of a case are kept as long as the guard lets anything be kept; the case itself has its own retention. */
const KEPT_DAYS = 365
const DEFAULT_HANDLING: Handling = { H: [], tlp: 'AMBER+STRICT', pap: 'AMBER', conditions: [] }

/** How a case stood with this desk, and how it stands now. */
interface Changed {
  readonly row: CaseRow
  readonly definition: ProcedureDef
  readonly before: CaseFold
  readonly after: CaseFold
}

export interface Told extends Changed {
  readonly step: FoldedStep
  readonly transition: TransitionDef | undefined
}

export async function tellParties(work: WorkContext, told: Told): Promise<void> {
  const { row, before, after, transition } = told
  const others = desksOf(after.parties).filter(({ desk }) => desk !== row.party)
  // Who is replaced by this step still learns of it.
  const gone = desksOf(before.parties).filter(({ desk }) => desk !== row.party && !others.some((each) => each.desk === desk))
  for (const party of [...others, ...gone]) {
    if (!after.reached.includes(party.desk)) continue
    const roles = rolesOfDesk(gone.includes(party) ? before.parties : after.parties, party.desk)
    // Whoever takes part anew gets the case as it stands, even if it had it before: it was told nothing in between.
    const isNewcomer = !before.reached.includes(party.desk) || rolesOfDesk(before.parties, party.desk).length === 0
    if (isNewcomer) await send(work, told, { party, roles, body: caseFor(told, party.desk, roles) })
    else if (isTold(transition, roles)) await send(work, told, { party, roles, body: stepFor(told, roles) })
  }
}

interface Letter {
  readonly party: Party
  readonly roles: readonly string[]
  readonly body:
    | { readonly type: 'procedures.case'; readonly data: CaseMessage; readonly values: Readonly<Record<string, unknown>> }
    | { readonly type: 'procedures.step'; readonly data: StepMessage; readonly values: Readonly<Record<string, unknown>> }
}

/**
 * Passes a step of another party on, where that party cannot: to a desk that this one brought in without telling everybody, and from such a desk to the
 * others. A step that comes twice is one step.
 */
export async function relayStep(work: WorkContext, told: Told & { readonly from: string }): Promise<void> {
  const { row, after, definition, from, transition } = told
  const hidden = broughtInQuietly(definition, after, row.party)
  for (const party of desksOf(after.parties)) {
    const { desk } = party
    if (desk === row.party || desk === from || !after.reached.includes(desk) || !(hidden.has(from) || hidden.has(desk))) continue
    const roles = rolesOfDesk(after.parties, desk)
    if (isTold(transition, roles)) await send(work, told, { party, roles, body: stepFor(told, roles) })
  }
}

/** Tells desks that this one learns of what it did itself: whoever brought them in may not have known of it yet. A step that comes twice is one step. */
export async function tellOwnSteps(work: WorkContext, told: Changed): Promise<void> {
  const { row, before, after, definition } = told
  const knew = new Set(
    desksOf(before.parties)
      .filter(({ desk }) => before.reached.includes(desk))
      .map(({ desk }) => desk),
  )
  const own = after.steps.filter(({ desk }) => desk === row.party)
  for (const party of desksOf(after.parties)) {
    if (party.desk === row.party || knew.has(party.desk) || !after.reached.includes(party.desk)) continue
    const roles = rolesOfDesk(after.parties, party.desk)
    for (const step of own)
      if (
        isTold(
          definition.transitions.find(({ id }) => id === step.transition),
          roles,
        )
      )
        await send(work, told, { party, roles, body: stepFor({ row, definition, step }, roles) })
  }
}

/**
 * A step that came late, or the case given anew, may fall before a step by which this desk brought another in. What that one got is then not how the case
 * stands: it gets it anew, and where it should never have been brought in, it learns that it has no part.
 */
export async function mendNewcomers(work: WorkContext, told: Changed & { readonly step?: FoldedStep }): Promise<void> {
  const { row, before, after, definition, step } = told
  // The case given anew comes before them all.
  const place = step === undefined ? -1 : after.steps.findIndex(({ id }) => id === step.id)
  const wasVoid = new Map(before.steps.map((each) => [each.id, each.isVoid]))
  for (const each of after.steps.slice(place + 1)) {
    if (each.desk !== row.party || wasVoid.get(each.id) !== false) continue
    const transition = definition.transitions.find(({ id }) => id === each.transition)
    for (const party of broughtIn(transition, { parties: before.parties, fields: each.fields })) {
      if (party.desk === row.party) continue
      const roles = each.isVoid ? [] : rolesOfDesk(after.parties, party.desk)
      const world = { row, definition, transition, after: each.isVoid ? without(after, party.desk) : after }
      await send(work, told, { party, roles, body: caseFor(world, party.desk, roles) })
    }
    if (each.isVoid && step !== undefined) await takeBackEnd(work, told, { end: each, transition, overtakenBy: step })
  }
}

/**
 * The end of a clock that this node took is void, because of what came late. A desk that is told of the clock and of what came finds that itself; any other
 * that was told of the end gets the case as it stands.
 */
async function takeBackEnd(
  work: WorkContext,
  told: Changed,
  at: { readonly end: FoldedStep; readonly transition: TransitionDef | undefined; readonly overtakenBy: FoldedStep },
): Promise<void> {
  const { row, definition, after } = told
  const { end, transition, overtakenBy } = at
  const ended = transition === undefined ? undefined : clockEndedBy(transition)
  if (ended === undefined || end.role !== null) return
  const overtaking = definition.transitions.find(({ id }) => id === overtakenBy.transition)
  for (const party of desksOf(after.parties)) {
    const roles = rolesOfDesk(after.parties, party.desk)
    const knows = isClockFor(definition, ended, roles) && isTold(overtaking, roles)
    if (party.desk === row.party || knows || !after.reached.includes(party.desk) || !isTold(transition, roles)) continue
    await send(work, told, { party, roles, body: caseFor({ row, definition, transition, after }, party.desk, roles) })
  }
}

/** Desks that a step brings in: those that fill its roles, or the one it addresses. */
function broughtIn(
  transition: TransitionDef | undefined,
  at: { readonly parties: CaseFold['parties']; readonly fields: Readonly<Record<string, unknown>> },
): readonly Party[] {
  const effects = transition?.effects ?? []
  return effects.flatMap((effect) => {
    if (effect.kind !== 'send') return []
    return effect.roles.flatMap((role) => {
      const address = effects.find((each) => each.kind === 'address' && each.role === role)
      const named = address?.kind === 'address' ? (at.fields[`${address.field}.party`] as Party | undefined) : undefined
      return named === undefined ? (at.parties[role] ?? []) : [named]
    })
  })
}

function without(fold: CaseFold, desk: string): CaseFold {
  const parties = Object.fromEntries(
    Object.entries(fold.parties).map(([role, list]) => [role, list.filter((party) => party.desk !== desk)]),
  )
  return { ...fold, parties }
}

/** Desks that got the case by a step of this desk of which not every party was told. */
function broughtInQuietly(definition: ProcedureDef, fold: CaseFold, own: string): ReadonlySet<string> {
  const quiet = fold.steps.flatMap((step) => {
    const transition = definition.transitions.find(({ id }) => id === step.transition)
    if (step.isVoid || step.desk !== own || transition?.told === undefined) return []
    return transition.effects.flatMap((effect) => (effect.kind === 'send' ? effect.roles : []))
  })
  return new Set(quiet.flatMap((role) => (fold.parties[role] ?? []).map(({ desk }) => desk)))
}

type Case = Pick<Told, 'row' | 'definition' | 'after' | 'transition'>

function caseFor({ row, definition, after, transition }: Case, desk: string, roles: readonly string[]): Letter['body'] {
  const { steps: _steps, ...fold } = after
  const parties = partiesFor(definition, fold.parties, desk)
  const visible = new Set(desksOf(parties).map((party) => party.desk))
  // Whoever was not told of this desk is not spoken to by it: the desk that brought it in passes on.
  const told = desksOf(parties).filter(
    (party) => transition?.told?.some((role) => rolesOfDesk(parties, party.desk).includes(role)) !== false,
  )
  const reached = new Set([...told.map((party) => party.desk), desk, row.party])
  const values = valuesFor(definition, fold.values, roles)
  const base = {
    ...fold,
    parties,
    values,
    reached: fold.reached.filter((each) => visible.has(each) && reached.has(each)),
    clocks: clocksFor(definition, fold, desk),
    done: doneFor(definition, fold.done, roles),
    seen: seenFor(definition, after, roles),
  }
  const data = { reference: row.subject, procedure: definition.id, base, openedAt: row.opened_at.toISOString() }
  return { type: 'procedures.case', data, values }
}

/** Ids of steps, without those that these roles are not told of. */
function seenFor(definition: ProcedureDef, { seen, steps }: CaseFold, roles: readonly string[]): readonly string[] {
  const untold = steps
    .filter(
      (step) =>
        !isTold(
          definition.transitions.find(({ id }) => id === step.transition),
          roles,
        ),
    )
    .map(({ id }) => id)
  return seen.filter((id) => !untold.includes(id))
}

function stepFor({ row, definition, step }: Pick<Told, 'row' | 'definition' | 'step'>, roles: readonly string[]): Letter['body'] {
  // Who fills a role is no value of the case: every party may know it.
  const values = step.transition === NAME_PARTIES ? step.fields : valuesFor(definition, step.fields, roles)
  const { id, order, at, transition, role, desk = row.party } = step
  return {
    type: 'procedures.step',
    data: { reference: row.subject, procedure: definition.id, step: { id, order, at, transition, role, desk, fields: values } },
    values,
  }
}

async function send(work: WorkContext, told: Changed, letter: Letter): Promise<void> {
  const { row, definition, after } = told
  const { party, body } = letter
  const now = work.services.clock.now()
  const personal = hasPersonalData(definition, body.values)
  const isOrdered = definition.message?.transferBasis !== undefined
  if (
    personal &&
    !isOrdered &&
    findUnit(work.services.directory(), party.desk)?.org.thirdCountry === true &&
    !(await isTransferAuthorised(work, row))
  )
    throw new AppError(
      409,
      'procedures.refused',
      'Personal data go to a third country only with an authorised transfer (PR-24) linked to the case.',
      {
        extra: { basis: 'Directive (EU) 2016/680 Arts 35–39' },
      },
    )
  const { purpose = 'crime-prevention', handling, urgentIf } = definition.message ?? {}
  const isUrgent = urgentIf !== undefined && evaluate(urgentIf, factsOfCase(after, {}, { now: now.getTime() })) === true
  const [basis] = definition.basis
  const message: OutgoingMessage = {
    from: { org: row.authority, unit: row.party },
    to: [{ org: party.org, unit: party.desk }],
    kind: body.type === 'procedures.case' ? 'request' : 'update',
    urgency: isUrgent ? 'immediate' : 'urgent',
    context: row.subject,
    expiresAt: new Date(now.getTime() + 30 * DAY).toISOString(),
    purpose,
    legalBasis: { act: basis?.act ?? '', art: basis?.art ?? '' },
    handling: (handling as Handling | undefined) ?? DEFAULT_HANDLING,
    evaluation: { source: 'A', info: 1 },
    personalData: { yes: personal, categories: [] },
    retention: {
      reviewAt: new Date(now.getTime() + KEPT_DAYS * DAY).toISOString(),
      deleteBy: new Date(now.getTime() + KEPT_DAYS * DAY).toISOString(),
    },
    body: { type: body.type, data: body.data },
  }
  await work.services.submit(work.tx, message)
}
