/**
 * The index by which cases are compared: for each compared value of a case one row for each desk that sees the case. It follows the case behind: written by a
 * job after a step that brings or erases such a value, rewritten whole each time, so that it never holds a key that the case does not say any more.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CaseKey } from '#kernel/match-key/case-keys.ts'
import { crossKeysOf } from '#kernel/procedure/cross-keys.ts'
import type { Job, WorkContext } from '#platform/module/define-module.ts'
import { foldOf, rolesOf } from './case-fold.ts'
import { type CaseRow, versionOf } from './case-row.ts'
import { ofFewCases } from './of-cases.ts'
import { valuesFor } from './parties.ts'
import type { ProcedureTables } from './tables.ts'

/** More keys than a request names; what is beyond is not compared, and the log says so. */
const MOST_KEYS = 1000

export const indexKeysJob: Job = {
  name: 'procedures.index-keys',
  meaning: 'Writes the keys by which a case is found when another one comes',
  timeoutSeconds: 60,
  retries: 10,
  run: async (data, services) => {
    const { authority, caseId } = data as { authority: string; caseId: string }
    await services.database.asWorker('procedures.index-keys', async (tx) => await indexCase({ tx, services }, { authority, caseId }))
  },
}

export function digestOf({ kind, text }: CaseKey): Buffer {
  return createHash('sha256').update(`${kind}|${text}`).digest()
}

async function indexCase(work: WorkContext, key: { readonly authority: string; readonly caseId: string }): Promise<void> {
  const { tx, services } = work
  // Held until the end: two jobs of one case write one after the other, the later from what the earlier saw or more.
  const row = await tx
    .withTables<ProcedureTables>()
    .selectFrom('procedures.cases')
    .selectAll()
    .where('authority', '=', key.authority)
    .where('case_id', '=', key.caseId)
    .forUpdate()
    .executeTakeFirst()
  await sql`delete from procedures.cross_keys where authority = ${key.authority} and case_id = ${key.caseId}`.execute(tx)
  if (row === undefined) return
  const fold = await foldOf(tx, services, row)
  const { definition } = versionOf(services, row.definition, fold.version)
  const all = crossKeysOf(definition, row.base === null ? fold.values : valuesFor(definition, fold.values, rolesOf(row, fold)))
  if (all.length > MOST_KEYS)
    services.log.warn({ code: 'procedures.keys', case: row.case_id, keys: all.length }, 'a case has more keys than are compared')
  const keys = all.slice(0, MOST_KEYS)
  await sql`insert into procedures.cross_keys (authority, desk, key, case_id, field, kind, audience)
    select ${row.authority}, desk, decode(key, 'hex'), ${row.case_id}, field, kind, array[desk]
    from unnest(${row.audience}::text[]) as a(desk) cross join unnest(${keys.map((each) => digestOf(each).toString('hex'))}::text[], ${keys.map(({ field }) => field)}::text[], ${keys.map(({ kind }) => kind)}::text[]) as k(key, field, kind)
    on conflict do nothing`.execute(tx)
}

/** A desk that gets to see cases finds them by the keys they have now; what they say later comes by the job. */
export async function shareKeys(
  work: Pick<WorkContext, 'tx'>,
  { desk, rows }: { readonly desk: string; readonly rows: readonly Pick<CaseRow, 'authority' | 'case_id'>[] },
): Promise<void> {
  await sql`insert into procedures.cross_keys (authority, desk, key, case_id, field, kind, audience)
    select distinct k.authority, ${desk}, k.key, k.case_id, k.field, k.kind, array[${desk}]
    from procedures.cross_keys k
    join ${ofFewCases(rows)} on k.authority = c.authority and k.case_id = c.case_id
    on conflict do nothing`.execute(work.tx)
}

/** Asked for when a case came, and when a step of it changed what is compared. */
export async function keysChanged(
  work: WorkContext,
  row: CaseRow,
  values: { readonly before: Readonly<Record<string, unknown>>; readonly after: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { definition } = versionOf(work.services, row.definition, row.definition_version)
  const namesOf = (held: Readonly<Record<string, unknown>>) =>
    crossKeysOf(definition, held)
      .map(({ field, kind, text }) => `${field} ${kind} ${text}`)
      .join('\n')
  if (namesOf(values.before) === namesOf(values.after)) return
  await work.services.enqueue(work.tx, {
    name: indexKeysJob.name,
    data: { authority: row.authority, caseId: row.case_id },
    key: `keys:${row.authority}:${row.case_id}:${row.revision}`,
  })
}
