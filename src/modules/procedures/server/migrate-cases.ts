/**
 * Brings running cases to another version of their procedure, as the newer one allows (`migratesFrom`). A case that another node has a part in stays on
 * its version: no node changes the rules of another. Each case is moved by a step of its own, so its history says when.
 */
import { foldCase, MIGRATE } from '#kernel/procedure/fold.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { baseOfRow, stepsOf } from './case-fold.ts'
import { type CaseRow, lockCase, versionOf } from './case-row.ts'
import { desksOf } from './parties.ts'
import { recordStep } from './record-step.ts'
import type { ProcedureTables } from './tables.ts'

export interface Migration {
  readonly procedure: string
  readonly from: string
  readonly to: string
}

export interface Migrated {
  readonly moved: number
  /** Cases that stay, and why. */
  readonly stayed: readonly { readonly case: string; readonly because: string }[]
}

type Services = Pick<
  NodeServices,
  'procedures' | 'calendars' | 'clock' | 'database' | 'authorities' | 'record' | 'announce' | 'enqueue' | 'submit' | 'directory'
>

const BATCH = 200

export async function migrateCases(services: Services, { procedure, from, to }: Migration): Promise<Migrated> {
  const target = services.procedures.of(procedure, to)
  if (target?.definition.migratesFrom?.some(({ version }) => version === from) !== true)
    throw new Error(`${procedure} of ${to} does not say how cases of ${from} come to it.`)
  const stayed: { case: string; because: string }[] = []
  let moved = 0
  for (let after = ''; ; ) {
    const ids = await services.database.asWorker('procedures.migrate', async (tx) => {
      const rows = await tx
        .withTables<ProcedureTables>()
        .selectFrom('procedures.cases')
        .select(['authority', 'case_id'])
        .where('definition', '=', procedure)
        .where('definition_version', '=', from)
        .where('is_open', '=', true)
        .where('case_id', '>', after)
        .orderBy('case_id')
        .limit(BATCH)
        .execute()
      const work = { tx, services: services as NodeServices }
      for (const each of rows) {
        const because = await migrateOne(work, await lockCase(work, { authority: each.authority, caseId: each.case_id }), {
          procedure,
          from,
          to,
        })
        if (because === undefined) moved += 1
        else stayed.push({ case: each.case_id, because })
      }
      return rows.map((row) => row.case_id)
    })
    after = ids.at(-1) ?? ''
    if (ids.length < BATCH) return { moved, stayed }
  }
}

/** Answers why the case stays, or undefined when it was moved. */
async function migrateOne(work: WorkContext, row: CaseRow, { procedure, to }: Migration): Promise<string | undefined> {
  if (row.base === null) return 'a slice drives it'
  if (desksOf(row.parties).some(({ org }) => !work.services.authorities.includes(org))) return 'another node has a part in it'
  const steps = (await stepsOf(work.tx, [row])).get(row.case_id) ?? []
  const step = { id: 'probe', order: Number.MAX_SAFE_INTEGER, at: 0, transition: MIGRATE, role: null, fields: { version: to } }
  const tried = foldCase((version) => versionOf(work.services, procedure, version).definition, baseOfRow(work.services, row), [
    ...steps,
    step,
  ])
  const known = versionOf(work.services, procedure, to).definition.states.some(({ id }) => id === tried.state)
  if (!known) return `the new version has no state for ${row.state}`
  await recordStep(work, row, {
    steps,
    step: { transition: MIGRATE, role: null, actor: null, at: work.services.clock.now(), fields: { version: to }, mirrored: true },
  })
  return undefined
}
