/**
 * The last day of statements: what they said goes, that there was something stays. What was made of them goes with them: search documents and edges at once, files and reports on their lines, reasons of
 * judgements and holds, and saved searches that named what is gone. A hold keeps a statement beyond its day; the day after the hold, it goes.
 */
import { sql } from 'kysely'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { isHeld } from './holds.ts'
import { destroyFiles, removeFiles } from './import-file.ts'
import { endFragments } from './write-fragments.ts'

export const ERASE = 'records.erase'
const MANY = 2000

export const eraseJob: Job = {
  name: ERASE,
  meaning: 'Erases statements on their last day, unless a case holds them, and what was made of them',
  schedule: '41 * * * *',
  timeoutSeconds: 1800,
  retries: 3,
  run: async (_data, services) => {
    for (let erased = MANY; erased === MANY; ) erased = await eraseSome(services)
    await eraseTraces(services)
    await removeFiles(services, ERASE)
  },
}

async function eraseSome(services: NodeServices): Promise<number> {
  const now = services.clock.now()
  return await services.database.asWorker(ERASE, async (tx) => {
    const { rows } = await sql<{ org: string; fragment: string }>`select f.org, f.fragment from records.fragments f
      where f.vals is not null and f.erase_at <= ${now} and not ${isHeld(now)} order by f.erase_at limit ${MANY} for update skip locked`.execute(
      tx,
    )
    for (const org of new Set(rows.map((row) => row.org))) {
      const fragments = rows.filter((row) => row.org === org).map(({ fragment }) => fragment)
      await endFragments(tx, org, fragments, { reason: 'erased', by: `job:${ERASE}`, at: now })
      await services.record(tx, {
        event: 'records.erased',
        outcome: 'done',
        facts: null,
        by: `job:${ERASE}`,
        subjects: [{ kind: 'organisation', id: org }],
        detail: { fragments: fragments.length },
      })
    }
    return rows.length
  })
}

/** Words about records of which nothing is left; files, and what reports quoted from them, once the collection's own time is over. */
async function eraseTraces(services: NodeServices): Promise<void> {
  const now = services.clock.now()
  await services.database.asWorker(ERASE, async (tx) => {
    await sql`update records.judgements j set reason = '', evidence = '{}', revoke_reason = case when revoke_reason is null then null else '' end
      where (j.reason <> '' or j.revoke_reason <> '') and exists (select 1 from unnest(array[j.left_entity, j.right_entity]) as side
        where not exists (select 1 from records.fragments f where f.org = j.org and f.entity = side and f.vals is not null))`.execute(tx)
    await sql`update records.holds h set reason = '', lift_reason = case when lift_reason is null then null else '' end
      where (h.reason <> '' or h.lift_reason <> '') and not exists (select 1 from records.fragments f where f.org = h.org and f.entity = h.entity and f.vals is not null)`.execute(
      tx,
    )
    await destroyFiles(tx, { which: sql`true`, at: now })
    await sql`update records.import_problems p set raw = null from records.imports i, records.collections c
      where p.raw is not null and i.org = p.org and i.import = p.import and c.org = i.org and c.collection = i.collection
        and i.at + make_interval(days => c.retention_days) <= ${now}`.execute(tx)
    await sql`delete from records.saved_searches where until <= ${now}`.execute(tx)
    await sql`delete from records.search_finds f where not exists (select 1 from records.saved_searches s where s.org = f.org and s.search = f.search)`.execute(
      tx,
    )
  })
}
