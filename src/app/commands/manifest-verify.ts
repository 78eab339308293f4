/**
 * `breakwater manifest verify MANIFEST FILE…`: whether files are those of a transmission manifest, on any machine, without node, network or database.
 * Files are told apart by their names, whatever folder they lie in, and read as streams.
 */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { checkManifest, type FileVerdict, type SeenFile, verifyFiles } from '#kernel/procedure/manifest.ts'
import { manifestShape } from '#modules/procedures/contract'
import { zoneRules } from '#platform/clock/zone-rules.ts'
import { type CommandOutput, USAGE } from './usage.ts'

export async function manifestVerify(
  { words, json }: { readonly words: readonly string[]; readonly json: boolean },
  io: CommandOutput,
): Promise<number> {
  const [file, ...names] = words
  if (file === undefined || names.length === 0) {
    io.err(USAGE['manifest verify'] ?? '')
    return 2
  }
  const read = manifestShape.safeParse(parsed(readFileSync(file, 'utf8')))
  if (!read.success) {
    const because = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    if (json) io.out(JSON.stringify({ valid: false, because, files: [] }))
    else io.out(`${file} is no transmission manifest:\n${because.map((line) => `  ${line}`).join('\n')}`)
    return 1
  }
  const manifest = read.data
  const because = checkManifest(manifest, zoneRules).map(({ at, message }) => `${at}: ${message}`)
  const seen: SeenFile[] = []
  for (const name of names) seen.push(await digestOf(name))
  const files = verifyFiles(manifest, seen)
  const valid = because.length === 0 && files.every(({ kind }) => kind === 'same')
  if (json) io.out(JSON.stringify({ valid, because, files }))
  else {
    for (const line of because) io.out(`the manifest itself: ${line}`)
    for (const verdict of files) io.out(lineOf(verdict))
  }
  return valid ? 0 : 1
}

function lineOf(verdict: FileVerdict): string {
  switch (verdict.kind) {
    case 'same':
      return `${verdict.name}: the same`
    case 'changed':
      return `${verdict.name}: CHANGED, ${verdict.because}`
    case 'missing':
      return `${verdict.name}: MISSING, the manifest lists it`
    case 'unlisted':
      return `${verdict.name}: NOT LISTED in the manifest`
  }
}

async function digestOf(file: string): Promise<SeenFile> {
  const hash = createHash('sha512')
  let size = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
  }
  return { name: path.basename(file), size, sha512: hash.digest('hex') }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
