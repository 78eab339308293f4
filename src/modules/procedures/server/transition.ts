/**
 * Moves a case by one step: one transition, one database transaction, one entry in its history. The kernel decides; this file locks, stores,
 * moves the clocks and calls the slice's effects. A person's step needs the version the person saw; repeating a key repeats nothing.
 */
import type { Facts } from '#kernel/procedure/expression.ts'
import { decideTransition } from '#kernel/procedure/machine.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { type Actor, bindingOf, type CaseKey } from './case-row.ts'
import { type CaseRow, moveClocks, refreshInstants } from './clocks.ts'
import type { ProcedureTables } from './tables.ts'

export interface TransitionRequest extends CaseKey {
  readonly transition: string
  readonly actor: Actor
  readonly facts: Facts
  readonly fields: Readonly<Record<string, unknown>>
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
  return await moveRow(work, row, {
    ...request,
    at: work.services.clock.now(),
    mirrored: false,
  })
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
  const { definition } = bindingOf(work.services, row.definition)
  const step = definition.transitions.find((each) => each.id === move.transition)
  if (step === undefined || !step.from.includes(row.state)) return undefined
  return await moveRow(work, row, {
    transition: move.transition,
    actor: null,
    facts: {},
    fields: move.fields,
    at: move.at,
    mirrored: true,
  })
}

export interface Move {
  readonly transition: string
  readonly actor: Actor | null
  readonly facts: Facts
  readonly fields: Readonly<Record<string, unknown>>
  readonly at: Date
  /** Taken on another node: stored as it was, without guards, and without the effects that would report it back. */
  readonly mirrored: boolean
  readonly key?: string
}

/** A step of the system or of the opening; locks the case first. */
export async function moveBy(work: WorkContext, move: CaseKey & Move): Promise<TransitionResult> {
  return await moveRow(work, await lockCase(work, move), move)
}

async function lockCase(work: WorkContext, key: CaseKey): Promise<CaseRow> {
  const row = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('case_id', '=', key.caseId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

async function moveRow(work: WorkContext, row: CaseRow, move: Move): Promise<TransitionResult> {
  const { definition, effects } = bindingOf(work.services, row.definition)
  const decided = move.mirrored ? mirror(definition, row, move) : decide(definition, row, move)
  const state = definition.states.find((each) => each.id === decided.to)
  const isOpen = state?.terminal !== true
  const revision = row.revision + 1
  const db = work.tx.withTables<ProcedureTables>()
  await db
    .insertInto('procedures.moves')
    .values({
      authority: row.authority,
      case_id: row.case_id,
      seq: revision,
      transition: move.transition,
      from_state: row.state,
      to_state: decided.to,
      at: move.at,
      officer: move.actor?.officer ?? null,
      officer_name: move.actor?.officerName ?? null,
      desk: move.actor?.desk ?? null,
      fields: JSON.stringify(decided.fields),
      key: move.key ?? null,
      audience: row.audience,
    })
    .execute()
  await db
    .updateTable('procedures.cases')
    .set({
      state: decided.to,
      revision,
      moved_at: move.at,
      is_open: isOpen,
      own_turn: state?.waitsFor === row.role,
    })
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .execute()
  await moveClocks(work.tx, decided.effects, {
    row,
    procedure: definition,
    at: move.at,
    reason: move.transition,
  })
  await refreshInstants(work.tx, definition, {
    row,
    now: work.services.clock.now(),
  })
  for (const effect of decided.effects) {
    if (effect.kind !== 'call') continue
    const call = effects[effect.name]
    if (call === undefined) throw new Error(`The slice of ${row.definition} does not bind the effect ${effect.name}.`)
    const { case_id: caseId, subject, party } = row
    const { transition: step, actor, at } = move
    await call(
      {
        name: effect.name,
        authority: row.authority,
        role: row.role,
        mirrored: move.mirrored,
        caseId,
        subject,
        party,
        transition: step,
        from: row.state,
        to: decided.to,
        actor,
        at,
        fields: decided.fields,
      },
      work,
    )
  }
  await work.services.announce(work.tx, `case:${row.definition}`, row.audience)
  return { state: decided.to, version: revision }
}

type Decided = {
  readonly to: string
  readonly effects: ReturnType<typeof effectsOf>
  readonly fields: Readonly<Record<string, unknown>>
}
type Definition = ReturnType<typeof bindingOf>['definition']

function effectsOf(definition: Definition, id: string): Definition['transitions'][number]['effects'] {
  return definition.transitions.find((each) => each.id === id)?.effects ?? []
}

function mirror(definition: Definition, row: CaseRow, move: Move): Decided {
  const step = definition.transitions.find((each) => each.id === move.transition)
  if (step === undefined) throw new AppError(409, 'procedures.refused', 'The procedure has no such step.')
  const to = (step.toBy && step.toBy.states[String(move.fields[step.toBy.field])]) ?? step.to
  const known = new Set((step.form ?? []).map((entry) => entry.field))
  // Only fields of the step's form are kept, whatever the other side sent along.
  const fields = Object.fromEntries(Object.entries(move.fields).filter(([key]) => known.has(key)))
  return { to: to === '' ? row.state : to, effects: step.effects, fields }
}

function decide(definition: Definition, row: CaseRow, move: Move): Decided {
  // The system takes only steps that name an event; a person takes the steps of the side the case is held on.
  const decision = decideTransition(definition, {
    state: row.state,
    transition: move.transition,
    role: move.actor === null ? null : row.role,
    facts: move.facts,
    fields: move.fields,
  })
  switch (decision.kind) {
    case 'move':
      return decision
    case 'fields':
      throw new AppError(422, 'procedures.fields', 'A field of this step is missing or wrong.', { problems: decision.problems })
    case 'refused':
      throw new AppError(
        409,
        'procedures.refused',
        decision.because,
        decision.basis === undefined
          ? {}
          : {
              extra: {
                basis: `${decision.basis.act} ${decision.basis.art}`.trim(),
              },
            },
      )
  }
}
