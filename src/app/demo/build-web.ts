/** Builds the web application when it was never built or its sources are younger. */
import { existsSync, globSync, statSync } from 'node:fs'
import path from 'node:path'
import { WEB_FOLDER } from '../node.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const SOURCES = [
  'src/web/**/*',
  'src/modules/*/web/**/*',
  'src/modules/*/contract*/**/*',
  'src/modules/*/*.ts',
  'src/kernel/**/*.ts',
  'vite.config.ts',
]

export async function buildWeb(tell: (line: string) => void): Promise<void> {
  if (!isStale()) return
  tell('Building the web application')
  const { build } = await import('vite')
  // A test runner names another environment: what is tested is what ships.
  const { NODE_ENV } = process.env
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ configFile: path.join(ROOT, 'vite.config.ts'), logLevel: 'warn' })
  } finally {
    if (NODE_ENV === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = NODE_ENV
  }
}

function isStale(): boolean {
  const built = path.join(WEB_FOLDER, 'index.html')
  if (!existsSync(built)) return true
  const { mtimeMs } = statSync(built)
  return globSync(SOURCES, { cwd: ROOT }).some((file) => statSync(path.join(ROOT, file)).mtimeMs > mtimeMs)
}
