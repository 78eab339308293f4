/**
 * Migrations: ordered by slice and number, forward only. The ledger keeps the digest of what ran; a changed migration is refused,
 * because two nodes would otherwise hold different tables under the same number. Several processes may start at once: one migrates.
 * A migration takes the time that it takes, and so do those who wait for it: what is written for each row of a large store is no statement that hangs.
 */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { AppError } from '#platform/http/app-error.ts'
import type { Migration } from './database.ts'
import { OFFICER_ROLE, WORKER_ROLE } from './row-security.ts'

export interface SliceMigrations {
  readonly slice: string
  readonly migrations: readonly Migration[]
}

const LOCK = 4_217_001

const GROUND = [
  'create schema if not exists platform',
  `create table if not exists platform.migrations (slice text not null, id text not null, digest text not null, applied_at timestamptz not null default now(), primary key (slice, id))`,
]

/** Applies what is missing; answers how many migrations ran. */
export async function migrate(pool: pg.Pool, slices: readonly SliceMigrations[]): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await ensureRoles(client)
    for (const statement of GROUND) await client.query(statement)
    let applied = 0
    for (const { slice, migrations } of slices) for (const migration of migrations) applied += await apply(client, slice, migration)
    return applied
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined)
    await client.query('reset statement_timeout').catch(() => undefined)
    client.release()
  }
}

async function apply(client: pg.PoolClient, slice: string, migration: Migration): Promise<number> {
  const digest = createHash('sha256').update(migration.statements.join(';\n')).digest('hex')
  const { rows } = await client.query<{ digest: string }>('select digest from platform.migrations where slice = $1 and id = $2', [
    slice,
    migration.id,
  ])
  const known = rows[0]
  if (known !== undefined) {
    if (known.digest === digest) return 0
    throw new AppError(503, 'store.migration-changed', `Migration ${slice}/${migration.id} differs from the one that ran on this database.`)
  }
  await client.query('begin')
  try {
    for (const statement of migration.statements) await client.query(statement)
    await client.query('insert into platform.migrations (slice, id, digest) values ($1, $2, $3)', [slice, migration.id, digest])
    await client.query('commit')
    return 1
  } catch (error) {
    await client.query('rollback')
    throw new AppError(503, 'store.migration-failed', `Migration ${slice}/${migration.id} failed.`, { cause: error })
  }
}

/** Roles belong to the whole server; another database on it may be creating them at the same moment. */
async function ensureRoles(client: pg.PoolClient): Promise<void> {
  for (const role of [OFFICER_ROLE, WORKER_ROLE]) {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
    exception when duplicate_object or unique_violation then null; end $$`)
    // Since PostgreSQL 16 who makes a role may not thereby switch to it: that is granted apart. A superuser may anyway.
    await client.query(`do $$ begin
      if not pg_has_role(current_user, '${role}', 'set') then execute format('grant ${role} to %I with inherit true, set true', current_user); end if;
    exception when others then null; end $$`)
    const { rows } = await client.query<{ may: boolean }>(`select pg_has_role(current_user, '${role}', 'set') as may`)
    if (rows[0]?.may !== true)
      throw new AppError(503, 'store.role', `The database user may not switch to ${role}: grant it that role, or let it create roles.`)
  }
}
