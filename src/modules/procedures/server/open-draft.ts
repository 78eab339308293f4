/** Opens a case that runs by its data alone: a draft of one desk, unknown to everybody else until a step sends it. */
import { uuidv7 } from 'uuidv7'
import { COPY_ANCHOR, COPY_SUBJECT, type Effect } from '#kernel/procedure/definition.ts'
import { baseOf, type CaseFold, type Party } from '#kernel/procedure/fold.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import { seenBy } from '#platform/link/directory-view.ts'
import type { ProcedureBinding, WorkContext } from '#platform/module/define-module.ts'
import { openCase } from '../contract.ts'
import { type Actor, type CaseRow, currentOf } from './case-row.ts'
import { storeDraft } from './drafts.ts'
import { partyOf, resolveParties } from './parties.ts'
import type { ProcedureTables } from './tables.ts'

export const openCaseRoute = handle(openCase, async (input, context) => {
  const { facts, tx, services, clock } = context
  const binding = services.procedures.current(input.procedure)
  if (binding?.definition.opener === undefined) throw notFound()
  const { definition } = binding
  const { opener = '' } = definition
  await requireSealing(tx, clock.now())
  const directory = seenBy(services.directory(), facts.authority)
  const role = definition.roles[opener]
  const own = role === undefined ? undefined : partyOf(directory, role, facts.desk)
  if (own === undefined) throw new AppError(422, 'procedures.party', `This desk cannot open the procedure: ${role?.title ?? opener}.`)
  const parties = { ...resolveParties(directory, definition, input.parties), [opener]: [own] }
  const work = { tx, services }
  const parent = input.parent === undefined ? undefined : await visibleCase(work, { authority: facts.authority, caseId: input.parent })
  const row = await insertDraft(work, {
    binding,
    desk: facts.desk,
    authority: facts.authority,
    parties,
    parent: parent?.case_id ?? null,
    key: input.key,
    actor: { officer: facts.officer, officerName: facts.officerName, desk: facts.desk },
    values: input.values,
  })
  context.about({ kind: 'case', id: row.case_id })
  return { case: row.case_id, version: row.revision }
})

async function visibleCase(work: WorkContext, key: { readonly authority: string; readonly caseId: string }): Promise<CaseRow> {
  const row = await work.tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('case_id', '=', key.caseId)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

interface NewDraft {
  readonly binding: ProcedureBinding
  readonly desk: string
  readonly authority: string
  readonly parties: Readonly<Record<string, readonly Party[]>>
  readonly parent: string | null
  readonly actor: Actor | null
  /** Makes opening happen once. */
  readonly key: string
  readonly values: Readonly<Record<string, unknown>>
}

async function insertDraft(work: WorkContext, draft: NewDraft): Promise<CaseRow> {
  const { binding, desk, authority, parties } = draft
  const { definition } = binding
  const { opener = '' } = definition
  const db = work.tx.withTables<ProcedureTables>()
  const opened = await db
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', authority)
    .where('party', '=', desk)
    .where('opening_key', '=', draft.key)
    .executeTakeFirst()
  if (opened !== undefined) return opened
  const now = work.services.clock.now()
  const caseId = uuidv7()
  const own = parties[opener]?.[0]
  const initial = definition.states.find(({ id }) => id === definition.initial)
  const base = { ...baseOf(definition, parties), reached: [desk] }
  await db
    .insertInto('procedures.cases')
    .values({
      authority,
      case_id: caseId,
      definition: definition.id,
      definition_version: definition.version,
      subject: uuidv7(),
      label: '',
      link: `/cases/${caseId}`,
      party: desk,
      role: opener,
      originator: desk,
      state: definition.initial,
      revision: 0,
      anchors: '{}',
      zone: own?.zone ?? 'UTC',
      calendar: own?.calendar ?? '',
      opened_at: now,
      moved_at: now,
      is_open: true,
      own_turn: initial?.waitsFor === opener,
      due_at: null,
      base: JSON.stringify(base),
      parties: JSON.stringify(parties),
      parent: draft.parent,
      closed_at: null,
      opening_key: draft.key,
      audience: [desk],
    })
    .execute()
  const row = await visibleCase(work, { authority, caseId })
  const first = definition.transitions.find(
    ({ from, by, form }) => from.includes(definition.initial) && by?.includes(opener) === true && form !== undefined,
  )
  if (first !== undefined && Object.keys(draft.values).length > 0)
    await storeDraft(work, row, { transition: first.id, fields: draft.values, revision: 0, actor: draft.actor })
  await work.services.announce(work.tx, `case:${definition.id}`, [desk])
  return row
}

function copiedFrom({ row, fold }: { readonly row: CaseRow; readonly fold: CaseFold }, name: string): unknown {
  if (name === COPY_SUBJECT) return row.subject
  return name.startsWith(COPY_ANCHOR) ? row.anchors[name.slice(COPY_ANCHOR.length)] : fold.values[name]
}

/** A case that follows from a step: a draft of the desk that took it, when that desk may open the procedure; otherwise nothing is opened. */
export async function spawnCase(
  work: WorkContext,
  at: {
    readonly row: CaseRow
    readonly fold: CaseFold
    readonly effect: Extract<Effect, { kind: 'spawn' }>
    readonly actor: Actor | null
  },
): Promise<CaseRow | undefined> {
  const { row, fold, effect, actor } = at
  const binding = currentOf(work.services, effect.procedure)
  const { definition } = binding
  const { opener } = definition
  const role = opener === undefined ? undefined : definition.roles[opener]
  const own = role === undefined ? undefined : partyOf(work.services.directory(), role, row.party)
  if (opener === undefined || own === undefined || findUnit(work.services.directory(), row.party)?.org.id !== row.authority)
    return undefined
  const values = Object.fromEntries(
    Object.entries(effect.copy).flatMap(([theirs, ours]) => {
      const value = copiedFrom(at, ours)
      return value === undefined ? [] : [[theirs, value]]
    }),
  )
  return await insertDraft(work, {
    binding,
    desk: row.party,
    authority: row.authority,
    parties: { [opener]: [own] },
    parent: row.case_id,
    actor,
    key: `${row.case_id}:${fold.order}`,
    values,
  })
}
