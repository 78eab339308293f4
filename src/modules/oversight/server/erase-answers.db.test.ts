import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { httpMigrations } from '#platform/http/migrations.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { type Connection, connect } from '#platform/store/connect.ts'
import { migrate } from '#platform/store/migrate.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { eraseAnswersJob } from './erase-answers.ts'

let fresh: FreshDatabase
let database: Connection
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  await migrate(database.pool, [{ slice: 'platform.http', migrations: httpMigrations }])
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const NOW = new Date('2027-03-09T06:00:00Z')

it('erases every answer that is older than 90 days and no other, and logs each batch', async () => {
  const recorded: AuditEntry[] = []
  const services = {
    database,
    clock: { now: () => NOW },
    record: async (_tx: unknown, entry: AuditEntry) => await Promise.resolve(void recorded.push(entry)),
  } as unknown as NodeServices
  const keys = async () =>
    await database.asWorker('test', async (tx) => {
      const { rows } = await sql<{ key: string }>`select key from platform.answers order by key`.execute(tx)
      return rows.map(({ key }) => key)
    })
  await database.asWorker('test', async (tx) => {
    const add = async (key: string, count: number, days: number) =>
      await sql`insert into platform.answers (authority, desk, purpose, route, key, answer, at, audience)
        select 'be.customs', 'be.customs.antwerp', 'customs-control', 'notes.write', ${key} || n, '{}', ${NOW}::timestamptz - make_interval(days => ${days}), array['be.customs.antwerp']
        from generate_series(1, ${count}::int) n`.execute(tx)
    await add('old', 1200, 91)
    await add('last day ', 1, 90)
    await add('new', 1, 0)
  })
  await eraseAnswersJob.run({}, services)
  expect(await keys()).toEqual(['last day 1', 'new1'])
  expect(recorded.map(({ event, detail }) => [event, detail?.['answers']])).toEqual([
    ['oversight.answers-erased', 500],
    ['oversight.answers-erased', 500],
    ['oversight.answers-erased', 200],
  ])
  await eraseAnswersJob.run({}, services)
  expect(recorded).toHaveLength(3)
})
