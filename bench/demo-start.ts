/** From the command to three nodes with their documents and an alert. The peer is the plain database server, made and started. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedServer } from '../src/platform/store/embedded-server.ts'
import type { BenchRow } from './bench-row.ts'

const CLI = path.resolve(import.meta.dirname, '../src/app/cli.ts')

export async function benchDemoStart(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'breakwater-demo-'))
  chmodSync(folder, 0o711)
  const begun = performance.now()
  const child = spawn(process.execPath, [CLI, 'start', '--demo', '--fresh'], {
    cwd: folder,
    env: { ...process.env, BREAKWATER_LOG: 'warn' },
  })
  let out = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString()
      if (out.includes('Up. Ctrl-C')) resolve()
    })
    child.once('exit', () => reject(new Error(`The demonstration ended:\n${out}`)))
  })
  const ours = (performance.now() - begun) / 1000
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await ended
  const plain = performance.now()
  const server = await startEmbeddedServer(path.join(folder, 'plain'))
  const peer = (performance.now() - plain) / 1000
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  return [{ name: 'demonstration up, with documents and an alert', ours, peer, unit: 's', ratio: peer / ours, target: '≤ 30 s' }]
}
