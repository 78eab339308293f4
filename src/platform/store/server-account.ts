/**
 * The account PostgreSQL runs under. PostgreSQL refuses to run as root, so a node started by root lends it an unprivileged account,
 * and gives it a place that account can enter when the checkout or data folder lies where others cannot.
 */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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

/**
 * The folder for the server's data: the wanted one, or one outside when the account cannot enter it. A pointer file stays behind and is the only way back:
 * a home that was removed and made anew gets a database of its own, never that of the home before.
 */
export function enterableFolder(wanted: string, account: Account | undefined): string {
  mkdirSync(wanted, { recursive: true, mode: 0o711 })
  if (account === undefined || canEnter(wanted, account)) return wanted
  const outside = movedTo(wanted) ?? movedNow(wanted)
  mkdirSync(outside, { recursive: true, mode: 0o711 })
  return outside
}

function movedNow(wanted: string): string {
  const outside = path.join(OUTSIDE, randomBytes(8).toString('hex'))
  try {
    const text = `The database lies in ${outside}, because its account cannot enter this folder.\n`
    writeFileSync(path.join(wanted, 'MOVED'), text, { flag: 'wx' })
    return outside
  } catch (error) {
    // Another process was faster: its place is the one.
    const theirs = movedTo(wanted)
    if (theirs === undefined) throw error
    return theirs
  }
}

/** Where a folder's data were moved to; undefined when they lie in it. */
export function movedTo(wanted: string): string | undefined {
  const pointer = path.join(wanted, 'MOVED')
  const outside = existsSync(pointer) ? /^The database lies in (\S+),/.exec(readFileSync(pointer, 'utf8'))?.[1] : undefined
  return outside?.startsWith(`${OUTSIDE}/`) === true ? outside : undefined
}

/** The folder of the server's programs: as installed, or a copy outside when the account cannot run them there. */
export function runnablePrograms(nativeFolder: string, version: string, account: Account | undefined): string {
  restoreLinks(nativeFolder)
  if (isRunnable(nativeFolder, account)) return nativeFolder
  if (account === undefined) throw new Error(`PostgreSQL cannot be run from ${nativeFolder}: ${whyNot(nativeFolder)}`)
  const copy = path.join(OUTSIDE, `postgresql-${version}`)
  if (!existsSync(copy)) {
    mkdirSync(OUTSIDE, { recursive: true, mode: 0o711 })
    const draft = `${copy}.${process.pid}`
    cpSync(nativeFolder, draft, { recursive: true, verbatimSymlinks: true })
    // Another process may have been faster: its copy is as good.
    if (existsSync(copy)) rmSync(draft, { recursive: true })
    else renameSync(draft, copy)
  }
  if (!isRunnable(copy, account)) throw new Error(`PostgreSQL cannot be run from ${nativeFolder} nor from ${copy}: ${whyNot(copy)}`)
  return copy
}

/** npm packs no links: the package makes them in an install script, which an institution may have forbidden. */
function restoreLinks(nativeFolder: string): void {
  const list = path.join(nativeFolder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.resolve(nativeFolder, '..', target)
    if (!existsSync(link)) symlinkSync(path.basename(source), link)
  }
}

function isRunnable(folder: string, account: Account | undefined): boolean {
  return spawnSync(path.join(folder, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/' }).status === 0
}

function whyNot(folder: string): string {
  const { error, stderr } = spawnSync(path.join(folder, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' })
  return error?.message ?? stderr
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
