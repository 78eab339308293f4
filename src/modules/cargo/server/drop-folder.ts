/**
 * A folder for each desk into which files are dropped, by hand, by a share or by the SFTP server of the machine. What lies still is read,
 * and moves on with a report: `reading` while it is read, then `done` or `refused`.
 * Invariants: nothing is read through a link; nothing that still grows; a node killed anywhere goes on from the folders and the tables, and
 * no file is lost or read twice. Names that begin with a dot are left alone: that is how a sender writes a file that is not ready.
 */
import type { Stats } from 'node:fs'
import { lstat, mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { isSafeId } from '#platform/access/session-facts.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { DropDesk } from './drop-desk.ts'
import { each, settleFiles } from './drop-settle.ts'
import { refuseFile, takeFile } from './drop-take.ts'

/** Files of one desk taken in one sweep: the next sweep goes on. */
const FILES_A_SWEEP = 500
export const OWN_FOLDERS: ReadonlySet<string> = new Set(['reading', 'done', 'refused'])
/** Realms whose desks take documents in, as the permission `cargo.intake` says. */
const REALMS: ReadonlySet<string> = new Set(['customs', 'law-enforcement'])

/** How each file looked in the sweep before: only what looks the same twice lies still. */
const looks = new WeakMap<NodeServices, Map<string, string>>()

/** Runs each minute; without the setting there is nothing to do. */
export async function sweepDropFolders(_data: Readonly<Record<string, unknown>>, services: NodeServices): Promise<void> {
  const root = services.dropFolder
  if (root === '') return
  const before = looks.get(services) ?? new Map<string, string>()
  const after = new Map<string, string>()
  const entries = await readdir(root, { withFileTypes: true }).catch(() => {
    services.log.warn({ code: 'drop.root' }, 'the drop folder cannot be read')
    return []
  })
  for (const entry of entries) {
    const desk = entry.isDirectory() ? deskOf(services, root, entry.name) : undefined
    if (desk === undefined) {
      if (!entry.name.startsWith('.'))
        services.log.warn({ code: 'drop.no-desk' }, 'an entry of the drop folder is no folder of a desk here')
      continue
    }
    await each(desk, services, async () => await sweepDesk(desk, services, { before, after }))
  }
  looks.set(services, after)
}

/** The desk of a folder of this name; undefined for what is none of this node's. */
export function deskOf(services: NodeServices, root: string, name: string): DropDesk | undefined {
  const found = isSafeId(name) ? findUnit(services.directory(), name) : undefined
  if (found === undefined || !services.authorities.includes(found.org.id) || !REALMS.has(found.org.realm)) return undefined
  return { desk: name, authority: found.org.id, purpose: found.unit.purposes[0] ?? '', folder: path.join(root, name) }
}

async function sweepDesk(
  desk: DropDesk,
  services: NodeServices,
  { before, after }: { readonly before: ReadonlyMap<string, string>; readonly after: Map<string, string> },
): Promise<void> {
  for (const name of OWN_FOLDERS)
    if (!(await isOwnFolder(path.join(desk.folder, name)))) {
      services.log.warn({ code: 'drop.folder', desk: desk.desk }, 'a folder of the drop folder is no plain folder; the desk is left out')
      return
    }
  await settleFiles(desk, services)
  const names = (await readdir(desk.folder)).filter((name) => !name.startsWith('.') && !OWN_FOLDERS.has(name)).sort()
  for (const name of names.slice(0, FILES_A_SWEEP))
    await each(desk, services, async () => await lookAt(desk, name, { services, before, after }))
}

async function lookAt(
  desk: DropDesk,
  name: string,
  {
    services,
    before,
    after,
  }: { readonly services: NodeServices; readonly before: ReadonlyMap<string, string>; readonly after: Map<string, string> },
): Promise<void> {
  const file = path.join(desk.folder, name)
  const found = await lstat(file).catch(() => undefined)
  if (found === undefined) return
  if (found.isDirectory()) {
    services.log.warn({ code: 'drop.directory', desk: desk.desk }, 'a folder lies among the files; it is not looked into')
    return
  }
  const problem = problemOf(found)
  if (problem !== undefined) return await refuseFile(desk, { file: name, ...problem }, services.clock.now())
  const look = `${found.ino}:${found.size}:${found.mtimeMs}`
  after.set(file, look)
  if (before.get(file) === look) await takeFile(desk, name, services)
}

/** A second name for a file may be a name for somebody else's: links of both kinds are refused. */
function problemOf(found: Stats): { code: string; text: string } | undefined {
  if (found.isSymbolicLink()) return { code: 'drop.link', text: 'The entry is a link; links are not followed.' }
  if (!found.isFile()) return { code: 'drop.not-a-file', text: 'The entry is no plain file.' }
  if (found.nlink > 1) return { code: 'drop.link', text: 'The file has a second name; such files are not read.' }
  return undefined
}

async function isOwnFolder(folder: string): Promise<boolean> {
  await mkdir(folder, { mode: 0o770 }).catch(() => undefined)
  const found = await lstat(folder).catch(() => undefined)
  return found?.isDirectory() === true
}
