/**
 * Erasure of cases when their time is up. A closed case loses its content at the first erasure instant of its retention rules and disappears at the last; what
 * remains between are states and instants for statistics. What a step orders to erase: `purge.ts`.
 */
import { sql } from 'kysely'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { DOCUMENT_TABLES } from '../document-migration.ts'
import { versionOf } from './case-row.ts'

export const eraseJob: Job = {
  name: 'procedures.erase',
  meaning: 'Erases closed cases when their time is up, and what waited for a case that never came',
  schedule: '17 * * * *',
  timeoutSeconds: 600,
  retries: 0,
  run: async (_data, services) => {
    await eraseClosed(services)
    await eraseEarly(services)
  },
}

/** A message of a case lives thirty days: after twice that the case would have come. Policy. */
const WAITED = '60 days'

/** Steps and files that came before their case, and whose case did not come. */
export async function eraseEarly(services: NodeServices): Promise<void> {
  await services.database.asWorker('procedures.erase', async (tx) => {
    const until = sql`${services.clock.now()}::timestamptz - ${WAITED}::interval`
    const { rows } = await sql<{ desk: string }>`delete from procedures.early_steps where received_at < ${until} returning desk`.execute(tx)
    const { rows: files } = await sql<{ authority: string; case_id: string; file: string; desk: string }>`
      delete from procedures.files where case_id like 'early %' and at < ${until} returning authority, case_id, file, audience[1] as desk`.execute(
      tx,
    )
    for (const { authority, case_id: caseId, file } of files)
      await sql`delete from procedures.file_parts where authority = ${authority} and case_id = ${caseId} and file = ${file}`.execute(tx)
    for (const [desk, gone] of Map.groupBy([...rows, ...files], (each) => each.desk))
      await services.record(tx, {
        event: 'procedures.values-purged',
        outcome: 'done',
        facts: null,
        by: 'job:procedures.erase',
        subjects: [{ kind: 'desk', id: desk }],
        detail: { early: gone.length },
      })
  })
}

const BATCH = 500

export async function eraseClosed(services: NodeServices): Promise<number> {
  let erased = 0
  const now = services.clock.now()
  for (const { id, version } of await versionsInUse(services)) {
    const { retention } = versionOf(services, id, version).definition
    const spans = retention.map(({ erase }) => erase)
    if (spans.length === 0) continue
    erased += await services.database.asWorker('procedures.erase', async (tx) => {
      const { rows } = await sql<{ authority: string; case_id: string; is_last: boolean }>`
        select authority, case_id, closed_at + (select max(span::interval) from unnest(${spans}::text[]) as span) <= ${now} as is_last from procedures.cases
        where definition = ${id} and definition_version = ${version} and closed_at is not null
          and ((closed_at + (select min(span::interval) from unnest(${spans}::text[]) as span) <= ${now} and link <> '')
            or closed_at + (select max(span::interval) from unnest(${spans}::text[]) as span) <= ${now})
        order by closed_at limit ${BATCH} for update skip locked`.execute(tx)
      for (const { authority, case_id: caseId, is_last: isLast } of rows) {
        const one = sql`authority = ${authority} and case_id = ${caseId}`
        for (const table of ['drafts', 'cross_keys', ...DOCUMENT_TABLES])
          await sql`delete from ${sql.table(`procedures.${table}`)} where ${one}`.execute(tx)
        if (isLast)
          for (const table of ['moves', 'clocks', 'shared_cases', 'cases'])
            await sql`delete from ${sql.table(`procedures.${table}`)} where ${one}`.execute(tx)
        else {
          await sql`update procedures.moves set fields = '{}', officer_name = null where ${one}`.execute(tx)
          await sql`update procedures.cases set label = '', link = '', anchors = '{}', base = jsonb_set(base, '{values}', '{}') where ${one}`.execute(
            tx,
          )
        }
        await services.record(tx, {
          event: 'procedures.values-purged',
          outcome: 'done',
          facts: null,
          by: 'job:procedures.erase',
          subjects: [{ kind: 'case', id: caseId }],
          detail: { whole: isLast },
        })
      }
      return rows.length
    })
  }
  return erased
}

async function versionsInUse(services: NodeServices): Promise<readonly { readonly id: string; readonly version: string }[]> {
  const { rows } = await services.database.asWorker(
    'procedures.erase',
    async (tx) =>
      await sql<{
        id: string
        version: string
      }>`select distinct definition as id, definition_version as version from procedures.cases where closed_at is not null`.execute(tx),
  )
  return rows
}
