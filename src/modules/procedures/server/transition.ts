/**
 * Steps of cases that a slice drives: the slice states the facts, the kernel decides, `record-step.ts` records. A person's step needs the version the
 * person saw; repeating a key repeats nothing.
 */
import { countedAt } from '#kernel/procedure/clock-end.ts'
import type { Facts } from '#kernel/procedure/expression.ts'
import { factsOfCase } from '#kernel/procedure/facts.ts'
import { type CaseFold, isOpenTo, type Party } from '#kernel/procedure/fold.ts'
import { decideTransition } from '#kernel/procedure/machine.ts'
import { statedBy } from '#kernel/procedure/stated.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { foldSteps, rolesOf, stepsOf } from './case-fold.ts'
import { type Actor, bindingOf, type CaseKey, type CaseRow, lockCase, versionOf } from './case-row.ts'
import { formats } from './formats.ts'
import { recordStep } from './record-step.ts'
import type { ProcedureTables } from './tables.ts'

export interface TransitionRequest extends CaseKey {
  readonly transition: string
  readonly actor: Actor
  readonly facts: Facts
  readonly fields: Readonly<Record<string, unknown>>
  /** Recorded beside the form: what the node itself found to its values, for example the party behind a desk. */
  readonly added?: Readonly<Record<string, unknown>>
  /** Revision the person saw. */
  readonly version: number
  /** Chosen by the caller; the same key again answers the first result. */
  readonly key: string
}

export interface TransitionResult {
  readonly state: string
  readonly version: number
}

export async function transition(work: WorkContext, request: TransitionRequest): Promise<TransitionResult> {
  const row = await lockCase(work, request)
  const repeated = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.moves')
    .select(['to_state', 'seq'])
    .where('authority', '=', request.authority)
    .where('case_id', '=', request.caseId)
    .where('key', '=', request.key)
    .executeTakeFirst()
  if (repeated !== undefined) return { state: repeated.to_state, version: repeated.seq }
  if (row.revision !== request.version) throw new AppError(409, 'procedures.conflict', 'Somebody moved the case meanwhile; load it again.')
  return await moveRow(work, row, { ...request, at: work.services.clock.now() })
}

export interface RemoteMove {
  readonly authority: string
  readonly definition: string
  readonly subject: string
  readonly party: string
  readonly transition: string
  readonly at: Date
  readonly fields: Readonly<Record<string, unknown>>
}

/**
 * Applies a step that the other side took and reported. It happened there: guards and role were checked there. A step that does not fit the
 * state here (the case was recalled meanwhile) is not applied; the caller learns it and keeps the message in the thread.
 */
export async function applyRemote(work: WorkContext, move: RemoteMove): Promise<TransitionResult | undefined> {
  const row = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', move.authority)
    .where('definition', '=', move.definition)
    .where('subject', '=', move.subject)
    .where('party', '=', move.party)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return undefined
  const step = bindingOf(work.services, row).definition.transitions.find((each) => each.id === move.transition)
  if (step === undefined || !step.from.includes(row.state)) return undefined
  return await mirrorStep(work, row, move)
}

/** Notes a step as the other side took it: only fields of its form are kept, whatever came along. */
export async function mirrorStep(
  work: WorkContext,
  row: CaseRow,
  move: Pick<RemoteMove, 'transition' | 'at' | 'fields'>,
): Promise<TransitionResult> {
  const step = bindingOf(work.services, row).definition.transitions.find((each) => each.id === move.transition)
  if (step === undefined) throw new AppError(409, 'procedures.refused', 'The procedure has no such step.')
  const known = new Set((step.form ?? []).flatMap((entry) => ('field' in entry ? [entry.field] : [])))
  const fields = Object.fromEntries(Object.entries(move.fields).filter(([key]) => known.has(key)))
  const role = step.on === undefined ? (step.by?.[0] ?? null) : null
  const recorded = await recordStep(work, row, {
    step: { transition: move.transition, role, actor: null, at: move.at, fields, mirrored: true },
  })
  return { state: recorded.fold.state, version: recorded.row.revision }
}

export interface Move {
  readonly transition: string
  readonly actor: Actor | null
  readonly facts: Facts
  readonly fields: Readonly<Record<string, unknown>>
  readonly added?: Readonly<Record<string, unknown>>
  readonly at: Date
  readonly key?: string
  /** Given for a step that more than one process might take: the same id is recorded once. */
  readonly stepId?: string
}

/** A step of the system or of the opening; locks the case first. */
export async function moveBy(work: WorkContext, move: CaseKey & Move): Promise<TransitionResult> {
  return await moveRow(work, await lockCase(work, move), move)
}

export async function moveRow(work: WorkContext, row: CaseRow, move: Move): Promise<TransitionResult> {
  const steps = (await stepsOf(work.tx, [row])).get(row.case_id) ?? []
  const fold = foldSteps(work.services, row, steps)
  const role = roleFor(work, row, { fold, move })
  const fields = decide(work, row, { fold, move, role })
  const recorded = await recordStep(work, row, {
    steps,
    step: {
      transition: move.transition,
      role,
      actor: move.actor,
      at: move.at,
      fields: { ...fields, ...move.added, ...statedIn(work, row, { fold, move, fields }) },
      mirrored: false,
      desk: move.actor?.desk ?? row.party,
      ...(move.key === undefined ? {} : { key: move.key }),
      ...(move.stepId === undefined ? {} : { id: move.stepId }),
    },
  })
  return { state: recorded.fold.state, version: recorded.row.revision }
}

/** What every party must count with, whoever may read the field it stands in. */
function statedIn(
  work: WorkContext,
  row: CaseRow,
  at: Deciding & { readonly fields: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  const { definition } = versionOf(work.services, row.definition, at.fold.version)
  const step = definition.transitions.find(({ id }) => id === at.move.transition)
  if (step === undefined || row.base === null) return {}
  return { ...statedBy(step, { ...at.fold.values, ...at.fields }), ...countedAt(step, at.fold.clocks) }
}

interface Deciding {
  readonly fold: CaseFold
  readonly move: Move
}

/** The role in which the actor takes the step: one of those its desk fills, by preference one the step is open to. */
function roleFor(work: WorkContext, row: CaseRow, { fold, move }: Deciding): string | null {
  if (move.actor === null) return null
  const roles = rolesOf(row, fold)
  if (roles.length === 0) throw new AppError(409, 'procedures.refused', 'This desk has no part in the case any more: another took it over.')
  const step = versionOf(work.services, row.definition, fold.version).definition.transitions.find(({ id }) => id === move.transition)
  return roles.find((role) => step !== undefined && isOpenTo(step, role)) ?? roles[0] ?? row.role
}

/** `<field>.country`, `<field>.kind` of the desk a step names. */
function factsOfAddressed(added: Move['added']): Facts {
  return Object.fromEntries(
    Object.entries(added ?? {}).flatMap(([id, value]) => {
      if (!id.endsWith('.party')) return []
      const { country, kind } = value as Party
      const field = id.slice(0, -'.party'.length)
      return [
        [`${field}.country`, country],
        [`${field}.kind`, kind],
      ]
    }),
  )
}

/** Throws with the article where a guard fails; answers the fields as they will be recorded. */
function decide(
  work: WorkContext,
  row: CaseRow,
  { fold, move, role }: Deciding & { readonly role: string | null },
): Readonly<Record<string, unknown>> {
  const now = move.at.getTime()
  const actor = move.actor === null ? {} : { actor: { officer: move.actor.officer, isSupervisor: move.actor.isSupervisor === true } }
  const decision = decideTransition(versionOf(work.services, row.definition, fold.version).definition, {
    state: fold.state,
    before: fold.before,
    transition: move.transition,
    role,
    facts: { ...factsOfCase(fold, {}, { now, ...actor }), ...factsOfAddressed(move.added), ...move.facts },
    fields: move.fields,
    locked: fold.locked,
    now,
    formats,
  })
  switch (decision.kind) {
    case 'move':
      return decision.fields
    case 'fields':
      throw new AppError(422, 'procedures.fields', 'A field of this step is missing or wrong.', { problems: decision.problems })
    case 'refused':
      throw new AppError(
        409,
        'procedures.refused',
        decision.because,
        decision.basis === undefined ? {} : { extra: { basis: `${decision.basis.act} ${decision.basis.art}`.trim() } },
      )
  }
}
