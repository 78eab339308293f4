/**
 * Erasure by order of a step (`purge`). The fold hides what is erased from the step on; the job takes it out of the store: out of every step, whatever its
 * place, of the base, of drafts and of what waits, and with `files` every file that another desk sent. Values that come later are not stored at all.
 * Policy: what a person orders is erased at once. What the end of a clock orders is hidden at once and erased a day later, for a step taken in time may be
 * under way from a node that could not be reached, and the order then never had effect. When the job runs it asks the fold; without effect nothing is erased.
 */
import { sql } from 'kysely'
import type { Effect, ProcedureDef } from '#kernel/procedure/definition.ts'
import type { CaseFold, FoldedStep } from '#kernel/procedure/fold.ts'
import type { Job, WorkContext } from '#platform/module/define-module.ts'
import type { Tx } from '#platform/store/database.ts'
import { foldOf } from './case-fold.ts'
import { type CaseRow, versionOf } from './case-row.ts'
import { isPurge, ordersFiles, type PurgeEffect } from './files-erased.ts'
import { earlyCase } from './files-row.ts'
import type { ProcedureTables } from './tables.ts'

/** How long a step that was taken in time may be under way before what the end of a clock ordered is erased. */
export const PURGE_GRACE_MS = 24 * 3_600_000

interface Purge {
  readonly authority: string
  readonly caseId: string
  readonly fields: readonly string[]
  /** Files that other desks sent go too. */
  readonly files: boolean
  /** Steps that ordered it: erased while one of them has effect. Empty when the order came with the case as it was given to this desk. */
  readonly by: readonly string[]
}

export const purgeJob: Job = {
  name: 'procedures.purge',
  meaning: 'Erases the values that a step of a case ordered to erase',
  timeoutSeconds: 60,
  retries: 10,
  run: async (data, services) => {
    // An order that was waiting when the node was upgraded names neither its step nor its files so.
    const purge = { by: [], files: data['filesOf'] !== undefined, ...data } as unknown as Purge
    await services.database.asWorker('procedures.purge', async (tx) => await carryOutPurge({ tx, services }, purge))
  },
}

async function carryOutPurge(work: WorkContext, purge: Purge): Promise<void> {
  const { tx, services } = work
  const { authority, caseId, by } = purge
  // Held until the end: a step comes before, and is erased with the others, or after, and is not stored.
  const row = await tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', authority)
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return
  const fold = await foldOf(tx, services, row)
  const { definition } = versionOf(services, row.definition, fold.version)
  const isOvertaken = (id: string) => fold.steps.some((step) => step.id === id && step.isVoid)
  if (by.length > 0 && by.every(isOvertaken)) return
  const fields = purge.fields.filter((id) => fold.purged.includes(id))
  const hasFiles = purge.files && ordersFiles(definition, fold)
  if (fields.length === 0 && !hasFiles) return
  await eraseValues(tx, row, fields)
  if (hasFiles) await eraseFiles(tx, row)
  await sql`update procedures.moves set erased_at = ${services.clock.now()} where authority = ${authority} and case_id = ${caseId}
    and step = any(${by.filter((id) => !isOvertaken(id))}::text[])`.execute(tx)
  await services.record(tx, {
    event: 'procedures.values-purged',
    outcome: 'done',
    facts: null,
    by: 'job:procedures.purge',
    subjects: [{ kind: 'case', id: caseId }],
    detail: { fields: fields.length },
  })
}

async function eraseValues(tx: Tx, row: CaseRow, fields: readonly string[]): Promise<void> {
  const one = sql`authority = ${row.authority} and case_id = ${row.case_id}`
  for (const table of ['moves', 'drafts'])
    await sql`update ${sql.table(`procedures.${table}`)} set fields = fields - ${fields}::text[] where ${one} and fields ?| ${fields}::text[]`.execute(
      tx,
    )
  await sql`update procedures.cases set base = jsonb_set(base, '{values}', (base -> 'values') - ${fields}::text[])
    where ${one} and base is not null`.execute(tx)
  await sql`update procedures.early_steps set message = jsonb_set(message, '{data,step,fields}', (message #> '{data,step,fields}') - ${fields}::text[])
    where authority = ${row.authority} and reference = ${row.subject} and desk = ${row.party}`.execute(tx)
}

async function eraseFiles(tx: Tx, row: CaseRow): Promise<void> {
  const here = sql`authority = ${row.authority} and case_id = any(${[row.case_id, earlyCase(row.subject, row.party)]}::text[])`
  const received = sql`${here} and file in (select file from procedures.files where ${here} and origin_desk <> ${row.party})`
  for (const table of ['file_parts', 'files']) await sql`delete from ${sql.table(`procedures.${table}`)} where ${received}`.execute(tx)
}

/** By a step that has effect now. */
export async function orderPurge(
  work: WorkContext,
  row: CaseRow,
  { step, effects }: { readonly step: FoldedStep; readonly effects: readonly Effect[] },
): Promise<void> {
  const purges = effects.filter(isPurge)
  if (purges.length === 0) return
  await enqueue(work, row, {
    fields: purges.flatMap(({ fields }) => fields),
    files: purges.some(({ files }) => files === true),
    by: [step.id],
    key: step.id,
    // The system takes it at the end of a clock.
    isByClock: step.role === null,
  })
}

/** For what came here after a step, or a case, that orders to erase it, and before that was carried out. `key` names what came. */
export async function purgeLate(
  work: WorkContext,
  row: CaseRow,
  { fold, key }: { readonly fold: CaseFold; readonly key: string },
): Promise<void> {
  const { definition } = versionOf(work.services, row.definition, fold.version)
  const by = orderingSteps(definition, fold).map(({ id }) => id)
  await enqueue(work, row, { fields: fold.purged, files: ordersFiles(definition, fold), by, key: `late:${key}`, isByClock: true })
}

async function enqueue(
  work: WorkContext,
  row: CaseRow,
  asked: Pick<Purge, 'fields' | 'files' | 'by'> & { readonly key: string; readonly isByClock: boolean },
): Promise<void> {
  const { key, isByClock, ...purge } = asked
  const data: Purge = { authority: row.authority, caseId: row.case_id, ...purge }
  await work.services.enqueue(work.tx, {
    name: purgeJob.name,
    data: { ...data },
    key: `purge:${row.case_id}:${key}`,
    ...(isByClock ? { startAfter: new Date(work.services.clock.now().getTime() + PURGE_GRACE_MS) } : {}),
  })
}

/** Fields of a step as they are stored: what was erased here does not come in again, what is to be erased yet is erased with the rest. */
export async function fieldsToStore(
  work: WorkContext,
  row: CaseRow,
  at: { readonly fold: CaseFold; readonly id: string; readonly fields: Readonly<Record<string, unknown>> },
): Promise<Readonly<Record<string, unknown>>> {
  const { fold, id, fields } = at
  if (!Object.keys(fields).some((field) => fold.purged.includes(field))) return fields
  const erased = new Set((await carriedOut(work, row, fold)).flatMap((effect) => effect.fields))
  const kept = Object.fromEntries(Object.entries(fields).filter(([field]) => !erased.has(field)))
  if (Object.keys(kept).some((field) => fold.purged.includes(field))) await purgeLate(work, row, { fold, key: id })
  return kept
}

/** Whether they were erased here, for good. */
export async function areFilesErased(work: Pick<WorkContext, 'tx' | 'services'>, row: CaseRow, fold: CaseFold): Promise<boolean> {
  const { definition } = versionOf(work.services, row.definition, fold.version)
  if (!ordersFiles(definition, fold)) return false
  return (await carriedOut(work, row, fold)).some(({ files }) => files === true)
}

/** What steps with effect ordered and the job has erased here. */
async function carriedOut(
  { tx, services }: Pick<WorkContext, 'tx' | 'services'>,
  row: CaseRow,
  fold: CaseFold,
): Promise<readonly PurgeEffect[]> {
  const { definition } = versionOf(services, row.definition, fold.version)
  const ordering = orderingSteps(definition, fold)
  const { rows } = await sql<{
    step: string
  }>`select step from procedures.moves where authority = ${row.authority} and case_id = ${row.case_id}
    and step = any(${ordering.map(({ id }) => id)}::text[]) and erased_at is not null`.execute(tx)
  const carried = new Set(rows.map(({ step }) => step))
  return ordering.flatMap(({ id, purges }) => (carried.has(id) ? purges : []))
}

function orderingSteps(
  { transitions }: ProcedureDef,
  { steps }: CaseFold,
): readonly { readonly id: string; readonly purges: readonly PurgeEffect[] }[] {
  return steps.flatMap((step) => {
    const purges = transitions.find(({ id }) => id === step.transition)?.effects.filter(isPurge) ?? []
    return step.isVoid || purges.length === 0 ? [] : [{ id: step.id, purges }]
  })
}
