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
  await build({ configFile: path.join(ROOT, 'vite.config.ts'), logLevel: 'warn' })
}

function isStale(): boolean {
  const built = path.join(WEB_FOLDER, 'index.html')
  if (!existsSync(built)) return true
  const { mtimeMs } = statSync(built)
  return globSync(SOURCES, { cwd: ROOT }).some((file) => statSync(path.join(ROOT, file)).mtimeMs > mtimeMs)
}
