/** One PostgreSQL for the whole test run, and a fresh database for whoever asks. `DATABASE_URL` takes the place of the embedded server. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedServer } from '#platform/store/embedded-server.ts'

const URL_KEY = 'BREAKWATER_TEST_DATABASE'

/** Vitest global setup: starts the server; the returned function stops it. */
export async function setup(): Promise<() => Promise<void>> {
  const external = process.env['DATABASE_URL']
  if (external !== undefined && external !== '') {
    process.env[URL_KEY] = external
    return async () => undefined
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

let made = 0

export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env[URL_KEY]
  if (server === undefined) throw new Error('The test server is not running: run the tests through vitest.config.ts.')
  made += 1
  const name = `test_${process.pid}_${Date.now().toString(36)}_${made}`
  await query(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => await query(server, `drop database if exists ${name} with (force)`),
  }
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
