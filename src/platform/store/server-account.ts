/**
 * The account PostgreSQL runs under. PostgreSQL refuses to run as root, so a node started by root lends it an unprivileged account,
 * and gives it a place that account can enter when the checkout or data folder lies where others cannot.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Account {
  readonly uid: number
  readonly gid: number
}

const OUTSIDE = '/var/lib/breakwater'

/** Undefined when the process is not root: then PostgreSQL runs as who we are. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['breakwater', 'postgres', 'nobody']) {
    const known = lookUp(name) ?? (name === 'breakwater' ? create(name) : undefined)
    if (known !== undefined) return known
  }
  throw new Error('No unprivileged account for PostgreSQL: create one named breakwater, or set DATABASE_URL.')
}

/** The folder for the server's data: the wanted one, or one outside when the account cannot enter it. A pointer file stays behind. */
export function enterableFolder(wanted: string, account: Account | undefined): string {
  mkdirSync(wanted, { recursive: true, mode: 0o711 })
  if (account === undefined || canEnter(wanted, account)) return wanted
  const outside = path.join(OUTSIDE, createHash('sha256').update(wanted).digest('hex').slice(0, 16))
  mkdirSync(outside, { recursive: true, mode: 0o711 })
  writeFileSync(path.join(wanted, 'MOVED'), `The database lies in ${outside}, because its account cannot enter this folder.\n`)
  return outside
}

/** The folder of the server's programs: as installed, or a copy outside when the account cannot run them there. */
export function runnablePrograms(nativeFolder: string, version: string, account: Account | undefined): string {
  const isRunnable = (folder: string) =>
    account === undefined || spawnSync(path.join(folder, 'bin', 'postgres'), ['--version'], account).status === 0
  if (isRunnable(nativeFolder)) return nativeFolder
  const copy = path.join(OUTSIDE, `postgresql-${version}`)
  if (!existsSync(path.join(copy, 'bin', 'postgres'))) {
    mkdirSync(OUTSIDE, { recursive: true, mode: 0o711 })
    cpSync(nativeFolder, copy, { recursive: true, verbatimSymlinks: true })
  }
  if (!isRunnable(copy)) throw new Error(`PostgreSQL cannot be run from ${nativeFolder} nor from ${copy}.`)
  return copy
}

function canEnter(folder: string, account: Account): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
      ...account,
      cwd: '/',
    }).status === 0
  )
}

function lookUp(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

function create(name: string): Account | undefined {
  const made = spawnSync('useradd', [
    '--system',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    '--user-group',
    name,
  ])
  return made.status === 0 ? lookUp(name) : undefined
}
