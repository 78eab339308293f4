/**
 * Records one step of a locked case: the step is stored, the case is folded anew, what follows from the fold is written, effects are carried out, the
 * other parties are told. One step, one transaction. A step that came late may undo the fit of another: that one is then overtaken, and said to be.
 */
import { uuidv7 } from 'uuidv7'
import type { Effect } from '#kernel/procedure/definition.ts'
import { type CaseFold, type FoldedStep, MIGRATE } from '#kernel/procedure/fold.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { foldSteps, rolesOf, type StoredStep, standingOf, stepsOf } from './case-fold.ts'
import { type Actor, type CaseRow, versionOf } from './case-row.ts'
import { deriveClocks, scheduleClocks } from './clocks.ts'
import { keysChanged } from './cross-check-index.ts'
import { carryOut } from './effects.ts'
import { tellNewcomersOfFiles } from './files.ts'
import { desksOf } from './parties.ts'
import { fieldsToStore } from './purge.ts'
import { NOTHING_DUE, queueDue } from './queue-due.ts'
import type { QueueTables } from './queue-tables.ts'
import { repeatOrder } from './shared-cases.ts'
import { noticeArrival, noticeOvertaken } from './step-notices.ts'
import { mendNewcomers, tellOwnSteps, tellParties } from './tell.ts'

export interface NewStep {
  /** Given for a step of another node, or one that several nodes must not take twice. */
  readonly id?: string
  readonly order?: number
  readonly transition: string
  readonly role: string | null
  readonly actor: Actor | null
  /** Desk that took it, where that is not the actor's. */
  readonly desk?: string
  readonly at: Date
  readonly fields: Readonly<Record<string, unknown>>
  /** Taken on another node: stored as it was, and nothing of it is told or reported back. */
  readonly mirrored: boolean
  readonly key?: string
}

export interface Recorded {
  readonly row: CaseRow
  readonly fold: CaseFold
  /** Absent when the step was recorded before. */
  readonly step?: FoldedStep
}

/** `steps` are those of the case as stored, when the caller has read them already. */
export async function recordStep(
  work: WorkContext,
  row: CaseRow,
  asked: { readonly step: NewStep; readonly steps?: readonly StoredStep[] },
): Promise<Recorded> {
  const { step } = asked
  const steps = asked.steps ?? (await stepsOf(work.tx, [row])).get(row.case_id) ?? []
  const before = foldSteps(work.services, row, steps)
  const id = step.id ?? uuidv7()
  if (before.seen.includes(id)) return await earlierWins(work, row, { step, steps, before })
  const given: StoredStep = {
    id,
    seq: row.revision + 1,
    order: step.order ?? before.order + 1,
    at: step.at.getTime(),
    transition: step.transition,
    role: step.role,
    fields: step.fields,
    ...(step.actor === null ? {} : { officer: step.actor.officer, officerName: step.actor.officerName }),
    ...((step.desk ?? step.actor?.desk) === undefined ? {} : { desk: step.desk ?? step.actor?.desk ?? '' }),
  }
  const whole = foldSteps(work.services, row, [...steps, given])
  const fields = await fieldsToStore(work, row, { fold: whole, id, fields: given.fields })
  const stored = { ...given, fields }
  const after = fields === given.fields ? whole : foldSteps(work.services, row, [...steps, stored])
  const folded = after.steps.find((each) => each.id === id)
  if (folded === undefined) return { row, fold: before }
  await insertStep(work, row, { stored, folded, step })
  const moved = await writeCase(work, row, { after, at: step.at })
  await keysChanged(work, moved, { before: before.values, after: after.values })
  await carryChanges(work, moved, { before, after, step, id })
  if (row.base !== null && step.mirrored) {
    const { definition } = versionOf(work.services, row.definition, after.version)
    const told = { row: moved, definition, before, after, step: folded, transition: undefined }
    await tellOwnSteps(work, told)
    await mendNewcomers(work, told)
  }
  if (row.base !== null) await tellNewcomersOfFiles(work, moved, { before, after })
  await work.services.announce(work.tx, `case:${row.definition}`, row.audience)
  return { row: moved, fold: after, step: folded }
}

/** Writes a case whose base was replaced: no step more than before. */
export async function refreshCase(work: WorkContext, row: CaseRow, after: CaseFold): Promise<CaseRow> {
  return await writeCase(work, { ...row, revision: row.revision - 1 }, { after, at: row.moved_at })
}

/** Two nodes may take the same step of a clock: both keep the place that comes first. */
async function earlierWins(
  work: WorkContext,
  row: CaseRow,
  at: { readonly step: NewStep; readonly steps: readonly StoredStep[]; readonly before: CaseFold },
): Promise<Recorded> {
  const { step, steps, before } = at
  const held = steps.find(({ id }) => id === step.id)
  if (held === undefined || step.order === undefined || !step.mirrored) return { row, fold: before }
  const place = { order: step.order, at: step.at.getTime() }
  if (place.order > held.order || (place.order === held.order && place.at >= held.at)) return { row, fold: before }
  await work.tx
    .withTables<QueueTables>()
    .updateTable('procedures.moves')
    .set({ ord: place.order, at: step.at })
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .where('step', '=', held.id)
    .execute()
  const after = foldSteps(
    work.services,
    row,
    steps.map((each) => (each.id === held.id ? { ...each, ...place } : each)),
  )
  const moved = await refreshCase(work, row, after)
  await carryChanges(work, moved, { before, after, step })
  return { row: moved, fold: after }
}

/** What a step changes with others: one that had effect is overtaken, one that had none fits now. `id` is that of a step that is new here. */
async function carryChanges(
  work: WorkContext,
  row: CaseRow,
  at: { readonly before: CaseFold; readonly after: CaseFold; readonly step: NewStep; readonly id?: string },
): Promise<void> {
  const { before, after, step, id } = at
  const wasVoid = new Map(before.steps.map((each) => [each.id, each.isVoid]))
  for (const each of after.steps) if (each.isVoid && wasVoid.get(each.id) === false) await noteOvertaken(work, row, each)
  for (const each of after.steps) {
    if (each.isVoid || wasVoid.get(each.id) === false) continue
    await effectsOf(work, row, { each, before, after, step, isNew: each.id === id })
  }
}

/** Effects of a step that fits now: the new one, or one that waited for it. */
async function effectsOf(
  work: WorkContext,
  row: CaseRow,
  at: { readonly each: FoldedStep; readonly before: CaseFold; readonly after: CaseFold; readonly step: NewStep; readonly isNew: boolean },
): Promise<void> {
  const { each, before, after, step, isNew } = at
  const { definition } = versionOf(work.services, row.definition, after.version)
  const transition = definition.transitions.find(({ id }) => id === each.transition)
  const effects: readonly Effect[] = transition?.effects ?? []
  const mirrored = step.mirrored || !isNew
  if (isNew) await noticeArrival(work, row, { transition, mirrored: step.mirrored })
  await carryOut(work, { row, fold: after, step: each, actor: isNew ? step.actor : null, effects, mirrored })
  if (isNew && !mirrored && row.base !== null) await tellParties(work, { row, definition, before, after, step: each, transition })
}

async function insertStep(
  work: WorkContext,
  row: CaseRow,
  { stored, folded, step }: { readonly stored: StoredStep; readonly folded: FoldedStep; readonly step: NewStep },
): Promise<void> {
  await work.tx
    .withTables<QueueTables>()
    .insertInto('procedures.moves')
    .values({
      authority: row.authority,
      case_id: row.case_id,
      seq: stored.seq,
      transition: stored.transition,
      from_state: folded.from,
      to_state: folded.to,
      at: step.at,
      officer: stored.officer ?? null,
      officer_name: stored.officerName ?? null,
      desk: stored.desk ?? null,
      fields: JSON.stringify(stored.fields),
      key: step.key ?? null,
      step: stored.id,
      ord: stored.order,
      role: stored.role,
      audience: row.audience,
    })
    .execute()
}

/** What follows from the fold, for the queue, the sweep and the lists. */
async function writeCase(
  work: WorkContext,
  row: CaseRow,
  { after, at }: { readonly after: CaseFold; readonly at: Date },
): Promise<CaseRow> {
  const { definition } = versionOf(work.services, row.definition, after.version)
  const roles = rolesOf(row, after)
  const { isOpen, ownTurn } = standingOf(definition, after.state, roles)
  const label = definition.label === undefined ? undefined : after.values[definition.label]
  const changed = {
    state: after.state,
    revision: row.revision + 1,
    moved_at: at,
    is_open: isOpen,
    closed_at: isOpen ? null : (row.closed_at ?? at),
    own_turn: ownTurn,
    definition_version: after.version,
    label: row.base === null || typeof label !== 'string' ? row.label : label,
    parties: after.parties,
  }
  const moved: CaseRow = { ...row, ...changed }
  const clocks = deriveClocks(work.services, { row: moved, fold: after, now: work.services.clock.now() })
  const due = isOpen ? queueDue(clocks) : NOTHING_DUE
  const written = await work.tx
    .withTables<QueueTables>()
    .updateTable('procedures.cases')
    .set({ ...changed, ...due, parties: JSON.stringify(changed.parties) })
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .returning('audience')
    .executeTakeFirst()
  if ((written?.audience.length ?? 0) > 1) await repeatOrder(work.tx, [row])
  await scheduleClocks(work.tx, [{ row: moved, clocks: isOpen ? clocks : clocks.map((clock) => ({ ...clock, isLive: false })) }])
  return { ...moved, due_at: due.due_at }
}

async function noteOvertaken(work: WorkContext, row: CaseRow, step: FoldedStep): Promise<void> {
  await work.services.record(work.tx, {
    event: 'procedures.step-overtaken',
    outcome: 'done',
    facts: null,
    by: `step:${step.transition === MIGRATE ? 'migrate' : step.transition}`,
    subjects: [{ kind: 'case', id: row.case_id }, ...desksOf(row.parties).map(({ desk }) => ({ kind: 'desk', id: desk }))],
    detail: { procedure: row.definition, transition: step.transition },
  })
  await noticeOvertaken(work, row, step.transition)
}
