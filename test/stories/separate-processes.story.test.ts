/** The whole story with each node a process of its own, and with nodes killed in the middle, as the command line tells it. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'

const CLI = path.resolve(import.meta.dirname, '../../src/app/cli.ts')

async function run(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly lines: readonly { step: string; says: string }[]; readonly err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, BREAKWATER_LOG: 'warn' } })
  let out = ''
  let err = ''
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (err += part.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  return { code, lines, err }
}

const STEPS = [
  'start',
  'intake',
  'choose',
  'issue',
  'arrive',
  'hide',
  'acknowledge',
  'match',
  'signal',
  'decide',
  'hold',
  'control',
  'outcome',
  'replay',
]

/** Six processes on a busy machine: nothing here is about speed. */
const PATIENT = { timeout: 600_000 }

it('passes over HTTPS between processes', PATIENT, async () => {
  const { code, lines, err } = await run(['story', '--json'])
  expect(err).toBe('')
  expect(lines.map(({ step }) => step)).toEqual(expect.arrayContaining(STEPS))
  expect(code).toBe(0)
})

it('passes with the receiving and the sending node killed and started again', PATIENT, async () => {
  const { code, lines, err } = await run(['story', '--kill', '--json'])
  expect(err).toBe('')
  expect(lines.filter(({ step }) => step === 'kill')).toHaveLength(3)
  expect(lines.filter(({ step }) => step === 'restart')).toHaveLength(3)
  expect(lines.find(({ step }) => step === 'outcome')?.says).toContain('positive')
  expect(code).toBe(0)
})
