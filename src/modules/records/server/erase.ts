/**
 * The last day of statements: what they said goes, that there was something stays. What was made of them goes with them: search documents and edges at once, files and reports on their lines, reasons of
 * judgements and holds, and saved searches that named what is gone. What cases hold is kept for the desks that hold it and for nobody else (`held-copies.ts`); the day after the hold, it goes.
 * Invariant: what is erased for one desk, and when, depends on nothing that another one states, holds or lets go of.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Job } from '#platform/module/define-module.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { copyForHolders, isHeldByItsReader, type LastDay } from './held-copies.ts'
import { holdersOf } from './holds.ts'
import { destroyFiles, removeFiles } from './import-file.ts'
import { endFragments } from './write-fragments.ts'
import { arrayOf } from './write-fragments-arrays.ts'

export const ERASE = 'records.erase'
const MANY = 2000

export const eraseJob: Job = {
  name: ERASE,
  meaning: 'Erases statements on their last day, with what was made of them, but for copies for desks whose cases hold them',
  schedule: '41 * * * *',
  timeoutSeconds: 1800,
  retries: 3,
  run: async ({ fragments }, services) => {
    const letGo = Array.isArray(fragments) ? fragments.map(String) : undefined
    for (let erased = MANY; erased === MANY; ) erased = await eraseSome(services, letGo)
    if (letGo !== undefined) return
    await eraseTraces(services)
    await removeFiles(services, ERASE)
  },
}

/** `letGo`: these alone. Whoever else has something whose day has come is not to see that somebody answered a review. */
async function eraseSome(services: NodeServices, letGo?: readonly string[]): Promise<number> {
  const now = services.clock.now()
  return await services.database.asWorker(ERASE, async (tx) => {
    const { rows } =
      await sql<LastDay>`select f.org, f.fragment, f.purpose, f.audience, ${holdersOf(now)} as holders from records.fragments f
      where f.vals is not null and f.erase_at <= ${now} and not ${isHeldByItsReader(now)} ${letGo === undefined ? sql`` : sql`and f.fragment = any(${arrayOf(letGo)}::uuid[])`}
      order by f.erase_at, f.recorded_from, f.fragment limit ${MANY} for update skip locked`.execute(tx)
    for (const [org, of] of Map.groupBy(rows, (row) => row.org)) {
      const fragments = of.map(({ fragment }) => fragment)
      await copyForHolders(tx, org, of)
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

/** Words about records of which nothing is left that their desk may read; files, and what reports say of their lines, once the collection is withdrawn or its own time is over. */
async function eraseTraces(services: NodeServices): Promise<void> {
  const now = services.clock.now()
  await services.database.asWorker(ERASE, async (tx) => {
    await sql`update records.judgements j set reason = '', evidence = '{}', revoke_reason = case when revoke_reason is null then null else '' end
      where (j.reason <> '' or j.revoke_reason <> '') and exists (select 1 from unnest(array[j.left_entity, j.right_entity]) as side
        where not ${isLeft(sql.ref('j'), sql.ref('side'))})`.execute(tx)
    await sql`update records.holds h set reason = '', lift_reason = case when lift_reason is null then null else '' end
      where (h.reason <> '' or h.lift_reason <> '') and not ${isLeft(sql.ref('h'), sql.ref('h.entity'))}`.execute(tx)
    await destroyFiles(tx, { which: sql`true`, at: now })
    // What is told of a line may say what stood there, and its place the names that its source has for things.
    await sql`update records.import_problems p set raw = null, text = '', place = '' from records.imports i, records.collections c
      where (p.raw is not null or p.text <> '' or p.place <> '') and i.org = p.org and i.import = p.import and c.org = i.org and c.collection = i.collection
        and (c.state <> 'open' or i.at + make_interval(days => c.retention_days) <= ${now})`.execute(tx)
    await sql`delete from records.saved_searches where until <= ${now}`.execute(tx)
    await sql`delete from records.search_finds f where not exists (select 1 from records.saved_searches s where s.org = f.org and s.search = f.search)`.execute(
      tx,
    )
  })
}

/** Whether the desk of a row may read anything of a record for the purpose of the row. */
const isLeft = (row: RawBuilder<unknown>, entity: RawBuilder<unknown>) => sql<boolean>`exists (select 1 from records.fragments f
  where f.org = ${row}.org and f.entity = ${entity} and f.vals is not null and f.purpose = ${row}.purpose and ${row}.desk = any(f.audience))`
