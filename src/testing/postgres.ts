/** One PostgreSQL for the whole test run, and a fresh database for whoever asks. `DATABASE_URL` takes the place of the embedded server. */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedServer } from '#platform/store/embedded-server.ts'

const URL_KEY = 'BREAKWATER_TEST_DATABASE'
const RUN_KEY = 'BREAKWATER_TEST_RUN'

/** Vitest global setup: starts the server; the returned function stops it. */
export async function setup(): Promise<() => Promise<void>> {
  const run = `test_${process.pid}_${Date.now().toString(36)}`
  process.env[RUN_KEY] = run
  const external = process.env['DATABASE_URL']
  if (external !== undefined && external !== '') {
    process.env[URL_KEY] = external
    return async () => await dropDatabases(external, run)
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-test-'))
  // A temporary folder is closed to the account that the server runs under when the tests run as root.
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer(folder)
  process.env[URL_KEY] = server.url
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface FreshDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** Empty, or a copy of a database of this server that nobody is connected to. */
export async function freshDatabase(copied?: FreshDatabase): Promise<FreshDatabase> {
  const server = process.env[URL_KEY]
  if (server === undefined) throw new Error('The test server is not running: run the tests through vitest.config.ts.')
  // By chance, not by count: a process that ended may have had the number of this one.
  const name = `${process.env[RUN_KEY]}_${randomBytes(8).toString('hex')}`
  await query(server, `create database ${name}${copied === undefined ? '' : ` template ${new URL(copied.url).pathname.slice(1)}`}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => void (await query(server, `drop database if exists ${name} with (force)`)),
  }
}

/** What a test that was cut short left, and the database that others were copies of. */
async function dropDatabases(server: string, run: string): Promise<void> {
  const rows = await query(server, `select datname from pg_database where starts_with(datname, '${run}_')`)
  for (const { datname } of rows) await query(server, `drop database if exists ${datname} with (force)`)
}

async function query(url: string, statement: string): Promise<readonly { readonly datname: string }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
