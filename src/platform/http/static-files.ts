/** Serves the built web application: files of one folder, the shell for every other path. File names carry a hash, so they may be kept. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export async function staticFile(folder: string, urlPath: string): Promise<Response | undefined> {
  const shell = path.join(folder, 'index.html')
  if (!existsSync(shell)) return undefined
  const decoded = decode(urlPath)
  if (decoded === undefined) return undefined
  const wanted = path.normalize(path.join(folder, decoded))
  const type = TYPES[path.extname(wanted)]
  const isInside = wanted.startsWith(`${folder}${path.sep}`)
  if (isInside && type !== undefined && existsSync(wanted)) {
    const isHashed = wanted.includes(`${path.sep}assets${path.sep}`)
    return new Response(await readFile(wanted), {
      headers: { 'content-type': type, 'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache' },
    })
  }
  if (path.extname(urlPath) !== '') return undefined
  return new Response(await readFile(shell), { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' } })
}

function decode(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
}
