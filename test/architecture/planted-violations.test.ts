/** Each wall stands: a breach of every row of the table is planted in a copy of the tree, and the tool that guards it names it. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
const CONFIGS = [
  'package.json',
  '.dependency-cruiser.mjs',
  '.oxlintrc.json',
  'biome.json',
  'knip.json',
  'vite.config.ts',
  'vitest.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.kernel.json',
  'tsconfig.server.json',
  'tsconfig.web.json',
  'tsconfig.test.json',
]

let copy = ''
beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'planted-'))
  for (const name of [...CONFIGS, 'src', 'tools', 'test', 'bench'])
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true })
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

function run(command: string, args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(path.join(ROOT, 'node_modules/.bin', command), args, { cwd: copy, encoding: 'utf8' })
  return { code: status, out: `${stdout}${stderr}` }
}

function plant(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
  writeFileSync(path.join(copy, file), content)
}

const BREACHES: readonly (readonly [rule: string, file: string, content: string])[] = [
  ['kernel-imports-kernel-only', 'src/kernel/planted-a.ts', `import { z } from 'zod'\nexport const a = z\n`],
  ['kernel-imports-kernel-only', 'src/kernel/planted-b.ts', `import { readFileSync } from 'node:fs'\nexport const b = readFileSync\n`],
  [
    'kernel-imports-kernel-only',
    'src/kernel/planted-c.ts',
    `import { systemClock } from '#platform/clock/clock.ts'\nexport const c = systemClock\n`,
  ],
  ['platform-knows-no-slice', 'src/platform/planted.ts', `import { cargo } from '#modules/cargo'\nexport const a = cargo\n`],
  ['contract-is-isomorphic', 'src/modules/oversight/contract/planted.ts', `import { sql } from 'kysely'\nexport const a = sql\n`],
  [
    'contract-is-isomorphic',
    'src/modules/cargo/procedures/planted.ts',
    `import { systemClock } from '#platform/clock/clock.ts'\nexport const a = systemClock\n`,
  ],
  [
    'slices-meet-at-doors',
    'src/modules/oversight/server/planted.ts',
    `import { checkDraft } from '../../cargo/server/check-draft.ts'\nexport const a = checkDraft\n`,
  ],
  [
    'slice-server-knows-no-app',
    'src/modules/oversight/server/planted-b.ts',
    `import { startNode } from '../../../app/node.ts'\nexport const a = startNode\n`,
  ],
  ['web-knows-no-server', 'src/web/planted.ts', `import { startNode } from '../app/node.ts'\nexport const a = startNode\n`],
  [
    'web-knows-no-server',
    'src/modules/cargo/web/planted.ts',
    `import { checkDraft } from '../server/check-draft.ts'\nexport const a = checkDraft\n`,
  ],
  ['web-imports-no-node', 'src/web/planted-b.ts', `import { readFileSync } from 'node:fs'\nexport const a = readFileSync\n`],
  ['one-door-to-jose', 'src/modules/exchange/server/planted.ts', `import { compactVerify } from 'jose'\nexport const a = compactVerify\n`],
  ['driver-stays-in-the-store', 'src/modules/exchange/server/planted-b.ts', `import pg from 'pg'\nexport const a = pg\n`],
  [
    'testing-stays-in-tests',
    'src/app/planted.ts',
    `import { freshDatabase } from '#testing/postgres.ts'\nexport const a = freshDatabase\n`,
  ],
  ['tests-stay-out', 'src/app/planted-b.ts', `import '../platform/link/jose.test.ts'\n`],
  ['no-circles', 'src/platform/planted-c.ts', `import { d } from './planted-d.ts'\nexport const c = () => d\n`],
  ['nothing-unresolved', 'src/app/planted-c.ts', `import { a } from './not-there.ts'\nexport const b = a\n`],
]

describe('the walls', () => {
  it('stand before anything is planted', () => {
    const { code, out } = run('node', ['tools/check-walls.ts'])
    expect(out).toMatch(/\d{3} modules, 0 breaches/)
    expect(code).toBe(0)
  })

  it('each name their breach', () => {
    for (const [, file, content] of BREACHES) plant(file, content)
    plant('src/platform/planted-d.ts', `import { c } from './planted-c.ts'\nexport const d = () => c\n`)
    const { code, out } = run('node', ['tools/check-walls.ts'])
    for (const [rule, file] of BREACHES) expect(out, `${rule} for ${file}`).toContain(`${rule}: ${file} →`)
    expect(code).toBe(1)
    for (const [, file] of BREACHES) rmSync(path.join(copy, file))
    rmSync(path.join(copy, 'src/platform/planted-d.ts'))
  })

  it('are not taken to stand when the tool sees too little', () => {
    const few = mkdtempSync(path.join(tmpdir(), 'few-'))
    for (const name of ['package.json', '.dependency-cruiser.mjs', 'tsconfig.base.json'])
      cpSync(path.join(ROOT, name), path.join(few, name))
    cpSync(path.join(ROOT, 'tools'), path.join(few, 'tools'), { recursive: true })
    cpSync(path.join(ROOT, 'src/kernel'), path.join(few, 'src/kernel'), { recursive: true })
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(few, 'node_modules'))
    const { status } = spawnSync(path.join(ROOT, 'node_modules/.bin/node'), ['tools/check-walls.ts'], { cwd: few })
    rmSync(few, { recursive: true, force: true })
    expect(status).toBe(1)
  })
})

describe('the other guards', () => {
  it('lint refuses the clock and chance in the kernel, floating promises, any, and a default export', () => {
    plant('src/kernel/planted.ts', 'export const now = Date.now()\nexport const chance = Math.random()\n')
    plant(
      'src/app/planted.ts',
      `async function work(): Promise<void> {}\nwork()\nexport default function planted(x: any) {\n  return x\n}\n`,
    )
    const { code, out } = run('oxlint', ['--type-aware', '-f', 'unix', 'src/kernel/planted.ts', 'src/app/planted.ts'])
    for (const rule of [
      'no-restricted-globals',
      'no-restricted-properties',
      'no-floating-promises',
      'no-default-export',
      'no-explicit-any',
    ])
      expect(out, rule).toContain(rule)
    expect(code).not.toBe(0)
    rmSync(path.join(copy, 'src/kernel/planted.ts'))
    rmSync(path.join(copy, 'src/app/planted.ts'))
  })

  it('the compiler keeps Node out of the kernel and the browser, and the browser out of the server', { timeout: 300_000 }, () => {
    plant('src/kernel/planted.ts', 'export const here = process.cwd()\n')
    plant('src/web/planted.ts', `export const here = process.cwd()\n`)
    plant('src/platform/planted.ts', 'export const here = document.title\n')
    const { code, out } = run('tsc', ['-b'])
    for (const file of ['src/kernel/planted.ts', 'src/web/planted.ts', 'src/platform/planted.ts']) expect(out, file).toContain(file)
    expect(code).not.toBe(0)
    for (const folder of ['kernel', 'web', 'platform']) rmSync(path.join(copy, `src/${folder}/planted.ts`))
  })

  it('format and dead code are checked', { timeout: 300_000 }, () => {
    plant('src/app/planted.ts', 'export  const a = "x";\n')
    expect(run('biome', ['check', '--linter-enabled=false', 'src/app/planted.ts']).code).not.toBe(0)
    const { code, out } = run('knip', [])
    expect(out).toContain('src/app/planted.ts')
    expect(code).not.toBe(0)
  })
})
