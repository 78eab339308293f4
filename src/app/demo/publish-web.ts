/**
 * A build of the web application takes the place of the one before while others read it: other processes serve it, and tests look at it. It is made in a folder
 * of its own; then its files come in one by one under names that carry a hash, the page that names them last.
 * Invariant: whatever the page names is there at any moment, and for a day after another page has taken its place.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

const PAGE = 'index.html'
/** What the build has that is there, one a line. */
const LIST = 'files.txt'
const KEPT_MS = 86_400_000

/** Where a build is made, on the file system that it is published to. */
export function buildingFolder(target: string): string {
  return `${target}-${randomUUID()}`
}

/** `begun`: the page is as old as its sources were, so that what changed during the build makes it stale. */
export async function publishWeb(built: string, target: string, begun: Date): Promise<void> {
  const files = (await readdir(built, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(built, path.join(entry.parentPath, entry.name)))
  if (!files.includes(PAGE)) throw new Error('The build has no page.')
  await utimes(path.join(built, PAGE), begun, begun)
  const before = await readFile(path.join(target, LIST), 'utf8').catch(() => '')
  await writeFile(path.join(built, LIST), files.join('\n'))
  for (const file of [...files.filter((each) => each !== PAGE), PAGE, LIST]) {
    await mkdir(path.dirname(path.join(target, file)), { recursive: true })
    await rename(path.join(built, file), path.join(target, file))
  }
  await rm(built, { recursive: true, force: true })
  const now = new Date()
  const kept = new Set([...files, LIST])
  // Their day begins now.
  for (const file of before.split('\n'))
    if (file !== '' && !kept.has(file)) await utimes(path.join(target, file), now, now).catch(() => undefined)
  await dropOld(target, kept)
}

async function dropOld(target: string, files: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    const whole = path.join(entry.parentPath, entry.name)
    if (!entry.isFile() || files.has(path.relative(target, whole))) continue
    // Another build may drop it, too.
    const age = await stat(whole).catch(() => undefined)
    if (age !== undefined && Date.now() - age.mtimeMs > KEPT_MS) await rm(whole, { force: true })
  }
}
