import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import { isSealingHealthy } from '#platform/audit/audit-log.ts'
import { auditMigrations } from '#platform/audit/migrations.ts'
import { type FreshDatabase, freshDatabase } from '#testing/postgres.ts'
import { type Connection, connect } from './connect.ts'
import { migrate } from './migrate.ts'
import { openSchema, protect } from './row-security.ts'

const slices = [
  {
    slice: 'notes',
    migrations: [
      {
        id: '0001-notes',
        statements: [
          ...openSchema('notes'),
          'create table if not exists notes.notes (authority text not null, note text not null, audience text[] not null, primary key (authority, note))',
          ...protect({
            table: 'notes.notes',
            officer: 'select-insert-update',
            purpose: true,
          }),
        ],
      },
    ],
  },
]

const facts = (desk: string, purpose: string | null = 'customs-control'): SessionFacts => ({
  officer: 'o1',
  officerName: 'Officer',
  roles: ['officer'],
  desk,
  authority: desk.split('.').slice(0, 2).join('.'),
  authorityKind: 'customs',
  country: 'BE',
  realm: 'customs',
  purpose,
  caseId: null,
})

let fresh: FreshDatabase
let database: Connection
beforeAll(async () => {
  fresh = await freshDatabase()
  database = connect({ url: fresh.url })
  expect(await migrate(database.pool, slices)).toBe(1)
  await database.asWorker('seed', async (tx) => {
    await sql`insert into notes.notes values ('be.customs', 'antwerp', '{be.customs.antwerp}'), ('be.customs', 'zeebrugge', '{be.customs.zeebrugge}'), ('be.customs', 'all', '{be.customs.antwerp,be.customs.zeebrugge}')`.execute(
      tx,
    )
  })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const notesOf = async (who: SessionFacts) =>
  await database.asOfficer(who, async (tx) =>
    (
      await sql<{
        note: string
      }>`select note from notes.notes order by note`.execute(tx)
    ).rows.map((row) => row.note),
  )

it('shows a desk its rows even when the statement forgets to ask', async () => {
  expect(await notesOf(facts('be.customs.antwerp'))).toEqual(['all', 'antwerp'])
  expect(await notesOf(facts('be.customs.zeebrugge'))).toEqual(['all', 'zeebrugge'])
  expect(await notesOf(facts('it.customs.genoa'))).toEqual([])
})

it('shows nothing without a purpose, counts nothing, changes nothing, deletes nothing', async () => {
  expect(await notesOf(facts('be.customs.antwerp', null))).toEqual([])
  await database.asOfficer(facts('it.customs.genoa'), async (tx) => {
    const { rows } = await sql<{
      n: string
    }>`select count(*) as n from notes.notes`.execute(tx)
    expect(rows[0]?.n).toBe('0')
    const changed = await sql`update notes.notes set note = 'x'`.execute(tx)
    expect(changed.numAffectedRows).toBe(0n)
  })
  await expect(
    database.asOfficer(facts('be.customs.antwerp'), async (tx) => await sql`delete from notes.notes`.execute(tx)),
  ).rejects.toThrow(/permission denied/)
})

it('lets an id with a sign outside its alphabet reach no statement', async () => {
  await expect(notesOf(facts("be.customs.antwerp','be.customs.zeebrugge"))).rejects.toThrow('session.id')
  await expect(
    notesOf({
      ...facts('be.customs.antwerp'),
      purpose: "x'; drop table notes.notes; --",
    }),
  ).rejects.toThrow('session.id')
})

it('keeps the session facts inside their transaction', async () => {
  await notesOf(facts('be.customs.antwerp'))
  const { rows } = await database.pool.query<{
    role: string
    desks: string | null
  }>("select current_user as role, current_setting('app.desks', true) as desks")
  expect(rows[0]?.role).not.toContain('breakwater_')
  expect(rows[0]?.desks ?? '').toBe('')
})

it('fails the call whose connection breaks between two statements, and nothing else', async () => {
  const broken: unknown[] = []
  const note = (error: unknown) => broken.push(error)
  process.on('uncaughtException', note)
  const call = database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await database.pool.query('select pg_terminate_backend($1, 30000)', [rows[0]?.pid])
    await sleep(300)
    await sql`select 1`.execute(tx)
  })
  await expect(call).rejects.toThrow(/connection/i)
  await sleep(0)
  process.off('uncaughtException', note)
  expect(broken).toEqual([])
  expect(await notesOf(facts('be.customs.antwerp'))).toEqual(['all', 'antwerp'])
})

it('runs a migration once, and refuses one that changed', async () => {
  expect(await migrate(database.pool, slices)).toBe(0)
  const changed = [
    {
      slice: 'notes',
      migrations: [{ id: '0001-notes', statements: ['select 1'] }],
    },
  ]
  await expect(migrate(database.pool, changed)).rejects.toThrow('store.migration-changed')
})

it('rolls a failed migration back whole', async () => {
  const broken = [
    {
      slice: 'notes',
      migrations: [
        {
          id: '0002-broken',
          statements: ['create table notes.half (a int)', 'select nonsense'],
        },
      ],
    },
  ]
  await expect(migrate(database.pool, broken)).rejects.toThrow('store.migration-failed')
  const { rows } = await database.pool.query("select to_regclass('notes.half') as there")
  expect(rows).toEqual([{ there: null }])
})

it('migrates once when several processes start together', async () => {
  const other = await freshDatabase()
  const pools = [connect({ url: other.url }), connect({ url: other.url })]
  const applied = await Promise.all(pools.map(async (each) => await migrate(each.pool, slices)))
  expect(applied.sort((a, b) => a - b)).toEqual([0, 1])
  for (const each of pools) await each.close()
  await other.drop()
})

it('gives a migration the time that it takes, and statements after it no more than before', async () => {
  const other = await freshDatabase()
  const pools = [1, 2].map(() => connect({ url: other.url, poolSize: 1, statementTimeoutMs: 200 }))
  const slow = [{ slice: 'notes', migrations: [{ id: '0001-slow', statements: ['select pg_sleep(0.6)'] }] }]
  const applied = await Promise.allSettled(pools.map(async (each) => await migrate(each.pool, slow)))
  expect(new Set(applied.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason))))).toEqual(new Set([0, 1]))
  for (const { pool } of pools) await expect(pool.query('select pg_sleep(0.6)')).rejects.toThrow('timeout')
  for (const each of pools) await each.close()
  await other.drop()
})

it('works on a managed server, where the owner of the database is no superuser', async () => {
  const other = await freshDatabase()
  const owner = `owner_${process.pid}`
  await database.pool.query(`create role ${owner} login createrole password 'managed'`)
  const url = new URL(other.url)
  const name = url.pathname.slice(1)
  await database.pool.query(`alter database ${name} owner to ${owner}`)
  // On the test server the roles exist already; here their maker may hand them on.
  await database.pool.query(`grant breakwater_officer, breakwater_worker to ${owner} with admin option, set false, inherit false`)
  url.username = owner
  url.password = 'managed'
  const managed = connect({ url: url.href })
  try {
    expect(await migrate(managed.pool, [...slices, { slice: 'audit', migrations: auditMigrations }])).toBe(
      slices.length + auditMigrations.length,
    )
    await managed.asWorker('seed', async (tx) => {
      await sql`insert into notes.notes values ('be.customs', 'antwerp', '{be.customs.antwerp}'), ('be.customs', 'zeebrugge', '{be.customs.zeebrugge}')`.execute(
        tx,
      )
    })
    const seen = await managed.asOfficer(
      facts('be.customs.antwerp'),
      async (tx) => (await sql`select note from notes.notes`.execute(tx)).rows,
    )
    expect(seen).toEqual([{ note: 'antwerp' }])
    expect(await managed.asOfficer(facts('be.customs.antwerp'), async (tx) => await isSealingHealthy(tx, new Date()))).toBe(true)
  } finally {
    await managed.close()
    await other.drop()
    await database.pool.query(`drop owned by ${owner}; drop role ${owner}`)
  }
})
