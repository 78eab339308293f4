import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { cargoRead } from './cargo-read.ts'
import { USAGE } from './usage.ts'

const CASES = fileURLToPath(new URL('../../../conformance/edifact/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cargo-read-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(files: string[], json = true): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = []
  const err: string[] = []
  const code = await cargoRead({ files, json }, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err }
}

describe('conformance', () => {
  const cases = readdirSync(CASES).filter((name) => name.endsWith('.edi') || name.endsWith('.csv'))

  it.each(cases)('%s', async (name) => {
    const { out, code } = await run([CASES + name])
    expect(out).toHaveLength(1)
    const { file, ...report } = JSON.parse(out[0] ?? '')
    expect(file).toBe(CASES + name)
    const expected = CASES + name.replace(/\.\w+$/, '.json')
    if (process.env['UPDATE_CONFORMANCE'] === '1') writeFileSync(expected, `${JSON.stringify(report, null, 2)}\n`)
    expect(report).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
    expect(code).toBe(report.refused === undefined ? 0 : 1)
  })
})

describe('cargo read', () => {
  it('prints one object per file, in order, and exits 1 if any was refused', async () => {
    const { code, out } = await run([`${CASES}baplie-d13b.edi`, `${CASES}empty.edi`, `${CASES}group.edi`])
    expect(code).toBe(1)
    expect(out.map((line) => JSON.parse(line).file.split('/').at(-1))).toEqual(['baplie-d13b.edi', 'empty.edi', 'group.edi'])
    expect(JSON.parse(out[0] ?? '')).toEqual({
      file: `${CASES}baplie-d13b.edi`,
      interchanges: 1,
      messages: [
        {
          type: 'BAPLIE',
          directory: 'D13B',
          reference: '1',
          segments: 14,
          containers: 1,
          distinctContainers: 1,
          badCheckDigit: 0,
          notIso: 0,
          warnings: [],
        },
      ],
    })
  })

  it('refuses files that are not there and folders', async () => {
    const { code, out } = await run([join(folder, 'none.edi'), folder])
    expect(code).toBe(1)
    expect(out.map((line) => JSON.parse(line).refused)).toEqual([
      { code: 'file.not-readable', at: 'byte 0', text: 'There is no such file.' },
      { code: 'file.not-readable', at: 'byte 0', text: 'This is a folder.' },
    ])
  })

  it('reads gzip and refuses a bomb in bounded time', async () => {
    const packed = join(folder, 'plan.edi.gz')
    writeFileSync(packed, gzipSync(readFileSync(`${CASES}baplie-d13b.edi`)))
    const bomb = join(folder, 'bomb.gz')
    writeFileSync(bomb, gzipSync(new Uint8Array(50_000_000)))
    const { out } = await run([packed, bomb])
    expect(JSON.parse(out[0] ?? '').messages[0].containers).toBe(1)
    expect(JSON.parse(out[1] ?? '').refused.code).toBe('edifact.not-edifact')
  })

  it('tells people the same, in words', async () => {
    const { out } = await run([`${CASES}equipment-numbers.edi`, `${CASES}unox.edi`], false)
    const text = out.join('\n')
    expect(text).toContain('BAPLIE D15A 1: warned, 10 segments, 4 containers (3 distinct; 1 with a wrong check digit, 1 not ISO 6346)')
    expect(text).toContain('segment 9, element 2: The equipment has no number. [equipment.no-number]')
    expect(text).toContain('1 messages: 0 accepted, 1 warned, 0 quarantined')
    expect(text).toContain('[edifact.charset-not-supported]')
  })

  it('asks for files', async () => {
    expect(await run([])).toEqual({ code: 2, out: [], err: [USAGE['cargo read']] })
  })
})
