/** What was typed for a step and not yet sent: kept as it is, seen by this desk alone, checked as far as it goes. Nothing is decided from a draft. */
import { sql } from 'kysely'
import { REFUSAL_FIELDS } from '#kernel/procedure/definition.ts'
import { factsOfCase, factsOfValue } from '#kernel/procedure/facts.ts'
import { formOf } from '#kernel/procedure/form.ts'
import { checkForm } from '#kernel/procedure/machine.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { saveDraft, showDraft } from '../contract.ts'
import { foldOf, rolesOf } from './case-fold.ts'
import { type Actor, type CaseRow, caseRow, versionOf } from './case-row.ts'
import { formats } from './formats.ts'
import { isFor, valuesFor } from './parties.ts'
import type { ProcedureTables } from './tables.ts'

const MOST_BYTES = 512 * 1024
/** Who saved a draft that the node filled in, or emptied. */
const NOBODY = { saved_by: '', saved_by_name: '' }

export const showDraftRoute = handle(showDraft, async (input, context) => {
  const { row, fold, form, stored, revision, definition, roles } = await draftOf(context, input)
  const asked = new Set(form.map(({ field }) => field.id))
  const held = Object.fromEntries(Object.entries(valuesFor(definition, fold.values, roles)).filter(([id]) => asked.has(id)))
  const fields = { ...held, ...Object.fromEntries(Object.entries(stored?.fields ?? {}).filter(([id]) => !fold.purged.includes(id))) }
  return {
    fields,
    revision,
    problems: problemsOf(context, { row, fold, fields, definition, transition: input.transition }),
    ...(stored === undefined ? {} : { savedAt: stored.saved_at.toISOString(), savedBy: stored.saved_by_name }),
  }
})

export const saveDraftRoute = handle(saveDraft, async (input, context) => {
  const { facts, tx, services, clock } = context
  if (JSON.stringify(input.fields).length > MOST_BYTES)
    throw new AppError(413, 'procedures.draft-size', `A draft holds at most ${MOST_BYTES} bytes.`)
  const { row, fold, form, definition } = await draftOf(context, input)
  const asked = new Set(form.map(({ field }) => field.id))
  const fields = Object.fromEntries(Object.entries(input.fields).filter(([id]) => asked.has(id) && !fold.purged.includes(id)))
  const actor = { officer: facts.officer, officerName: facts.officerName, desk: facts.desk }
  const revision = await storeDraft({ tx, services }, row, { transition: input.transition, fields, revision: input.revision, actor })
  return {
    revision,
    savedAt: clock.now().toISOString(),
    problems: problemsOf(context, { row, fold, fields, definition, transition: input.transition }),
  }
})

/** Answers the revision of the draft now; throws when somebody else typed since `revision`. */
export async function storeDraft(
  work: WorkContext,
  row: CaseRow,
  draft: {
    readonly transition: string
    readonly fields: Readonly<Record<string, unknown>>
    readonly revision: number
    readonly actor: Actor | null
  },
): Promise<number> {
  const { transition, fields, revision, actor } = draft
  const written = {
    fields: JSON.stringify(fields),
    revision: revision + 1,
    saved_at: work.services.clock.now(),
    ...(actor === null ? NOBODY : { saved_by: actor.officer, saved_by_name: actor.officerName }),
  }
  const db = work.tx.withTables<ProcedureTables>()
  const done =
    revision === 0
      ? await db
          .insertInto('procedures.drafts')
          .values({ authority: row.authority, case_id: row.case_id, transition, ...written, audience: row.audience })
          .onConflict((conflict) =>
            conflict.columns(['authority', 'case_id', 'transition']).doUpdateSet(written).where('procedures.drafts.revision', '=', 0),
          )
          .returning('revision')
          .executeTakeFirst()
      : await db
          .updateTable('procedures.drafts')
          .set(written)
          .where('authority', '=', row.authority)
          .where('case_id', '=', row.case_id)
          .where('transition', '=', transition)
          .where('revision', '=', revision)
          .returning('revision')
          .executeTakeFirst()
  if (done === undefined) throw new AppError(409, 'procedures.conflict', 'Somebody else typed meanwhile; load the draft again.')
  return done.revision
}

/**
 * After the step was taken: the draft is empty again. Its revisions go on, so that whoever still types for the step that was taken overwrites nothing of what
 * is typed for the next one.
 */
export async function clearDraft(work: WorkContext, row: CaseRow, transition: string): Promise<void> {
  await work.tx
    .withTables<ProcedureTables>()
    .updateTable('procedures.drafts')
    .set({ fields: '{}', revision: sql`revision + 1`, ...NOBODY })
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .where('transition', '=', transition)
    .execute()
}

async function draftOf(context: CaseContext, input: { readonly case: string; readonly transition: string }) {
  const { facts, tx, services } = context
  const row = await caseRow(tx, { authority: facts.authority, caseId: input.case })
  if (row.base === null) throw notFound()
  context.about({ kind: 'case', id: row.case_id })
  const fold = await foldOf(tx, services, row)
  const { definition } = versionOf(services, row.definition, fold.version)
  const roles = rolesOf(row, fold)
  const transition = definition.transitions.find(({ id }) => id === input.transition)
  if (transition?.by?.some((role) => roles.includes(role)) !== true) throw notFound()
  const stored = await tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.drafts')
    .selectAll()
    .where('authority', '=', row.authority)
    .where('case_id', '=', row.case_id)
    .where('transition', '=', input.transition)
    .executeTakeFirst()
  const isEmpty = stored?.saved_by === NOBODY.saved_by && Object.keys(stored.fields).length === 0
  const revision = stored?.revision ?? 0
  return { row, fold, definition, transition, form: formOf(definition, transition), stored: isEmpty ? undefined : stored, revision, roles }
}

type Found = Awaited<ReturnType<typeof draftOf>>

function problemsOf(
  context: CaseContext,
  at: Pick<Found, 'row' | 'fold' | 'definition'> & { readonly fields: Readonly<Record<string, unknown>>; readonly transition: string },
) {
  const { fold, definition, fields } = at
  const transition = definition.transitions.find(({ id }) => id === at.transition)
  if (transition === undefined) return []
  const now = context.clock.now().getTime()
  const facts = { ...factsOfCase(fold, fields, { now }) }
  for (const id of Object.values(REFUSAL_FIELDS)) Object.assign(facts, factsOfValue(id, fields[id], now))
  const { problems } = checkForm(definition, transition, { facts, fields, formats, locked: fold.locked })
  const roles = rolesOf(at.row, fold)
  // A value may be needed that this desk cannot see: it learns no more than that the step asks for it.
  return problems
    .filter(({ at: id }) => isFor(definition, id.split('.')[0] ?? '', roles))
    .map(({ code, at: place, message }) => ({ code, at: place, message }))
}
