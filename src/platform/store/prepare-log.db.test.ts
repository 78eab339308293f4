/** A new server has the files of its log before anything large is written, and makes them once. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { prepareLog } from './prepare-log.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-log-'))
let server: EmbeddedServer
let client: pg.Client

beforeAll(async () => {
  chmodSync(folder, 0o711)
  server = await startEmbeddedServer(path.join(folder, 'server'))
  client = new pg.Client({ connectionString: server.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function log(): Promise<{ readonly files: number; readonly written: number; readonly ahead: number }> {
  const { rows } = await client.query<{
    files: string
    written: string
    ahead: string
  }>(`select count(*) as files, pg_current_wal_insert_lsn() - '0/0'::pg_lsn as written,
    count(*) filter (where name > pg_walfile_name(pg_current_wal_insert_lsn())) as ahead from pg_ls_waldir()`)
  return { files: Number(rows[0]?.files), written: Number(rows[0]?.written), ahead: Number(rows[0]?.ahead) }
}

it('is left where it is when the node stops', async () => {
  const preparation = prepareLog(server.url)
  await preparation.stop()
  await expect(preparation.done).resolves.toBeUndefined()
  expect((await log()).files).toBeLessThan(10)
})

it('lies ahead of what is written, and is not prepared again', async () => {
  await prepareLog(server.url).done
  const prepared = await log()
  // A gigabyte of files of 16 MB, but for those that are in use.
  expect(prepared.ahead).toBeGreaterThan(55)
  await prepareLog(server.url).done
  expect((await log()).written - prepared.written).toBeLessThan(2 ** 20)
})

it('tells when the server cannot be reached', async () => {
  const other = new URL(server.url)
  other.password = 'guess'
  await expect(prepareLog(other.href).done).rejects.toThrow(/password authentication failed/)
})
