/**
 * EDIFACT figures: scan, typed columns, rows with pointers, memory of a 500 MB interchange. The peer is npm `edifact`, which yields the
 * components as texts: it is fed the same bytes, its character set forced to UNOC, because it refuses most files otherwise.
 * Speed is the best of several rounds after warm-up, on one core.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { Scanner } from '../src/kernel/edifact/scanner.ts'
import { readBaplieColumns } from '../src/modules/cargo/formats/baplie-columns.ts'
import { readCargoFile } from '../src/modules/cargo/formats/read-cargo-file.ts'
import { voyageTimes } from '../src/modules/cargo/generator/demonstration.ts'
import { planStream } from '../src/modules/cargo/generator/plan-stream.ts'
import type { BenchRow } from './bench-row.ts'

interface PeerParser {
  on(event: string, listener: (data: string) => void): void
  encoding(name: string): void
  write(text: string): void
  end(): void
}

const Peer = createRequire(import.meta.url)('edifact/parser.js') as new () => PeerParser
const ORDERS = fileURLToPath(new URL('../../shared/data/cargo/edifact/nerdocs+pydifact/tests_data_huge_file2.edi.gz', import.meta.url))
const ROUNDS = 9
const MEGABYTE = 1_000_000
/** As the product is started: a small young generation, because a stream leaves garbage faster than a server needs to keep it. */
const FLAGS = /--max-semi-space-size=\d+/.exec(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) ?? []
/** Of the generated plan in D13B, as `planStream` writes it. */
const STREAM_BYTES = 500 * MEGABYTE

export async function benchEdifact(): Promise<BenchRow[]> {
  const containers = 40_000
  const plan = Buffer.concat([...planOf(containers)])
  const rows: BenchRow[] = []
  if (existsSync(ORDERS)) rows.push(scanRow('EDIFACT scan, ORDERS of 2.2 MB', gunzipSync(readFileSync(ORDERS))))
  rows.push(scanRow(`EDIFACT scan, stowage plan of ${(plan.length / MEGABYTE).toFixed(1)} MB`, plan))

  const peerSeconds = best(() => parseByPeer(plan))
  const columnSeconds = best(() => readBaplieColumns([plan]).count === containers)
  rows.push(
    faster('BAPLIE to typed columns', containers / columnSeconds, rate(containers, peerSeconds), 'containers/s', '≥ 300,000 containers/s'),
  )
  const rowSeconds = await bestAsync(() => countRows(plan), containers)
  rows.push(faster('BAPLIE to rows with pointers', containers / rowSeconds, rate(containers, peerSeconds), 'containers/s'))

  const ours = await streamMemory('ours')
  const peer = await streamMemory('peer')
  rows.push({
    name: 'memory over base, interchange of 500 MB',
    ours: round(ours),
    peer: round(peer),
    unit: 'MB',
    ratio: round(peer / ours),
    target: '≤ 64 MB',
  })
  return rows
}

function planOf(containers: number): Generator<Uint8Array> {
  return planStream({ seed: 1, containers, directory: 'D13B', times: voyageTimes(new Date('2026-09-01T12:00:00Z')) })
}

function scanRow(name: string, bytes: Uint8Array): BenchRow {
  const megabytes = bytes.length / MEGABYTE
  const seconds = best(() => {
    let segments = 0
    const scanner = new Scanner({ segment: () => segments++ })
    scanner.push(bytes)
    scanner.finish()
    return segments > 0 && scanner.refusal === undefined
  })
  return faster(
    name,
    megabytes / seconds,
    rate(
      megabytes,
      best(() => parseByPeer(bytes)),
    ),
    'MB/s',
    '≥ 120 MB/s',
  )
}

/** False when the peer gives up on the bytes. */
function parseByPeer(bytes: Uint8Array): boolean {
  const parser = new Peer()
  let components = 0
  try {
    parser.on('component', () => components++)
    parser.encoding('UNOC')
    parser.write(Buffer.from(bytes).toString('latin1'))
    parser.end()
  } catch {
    return false
  }
  return components > 0
}

async function countRows(bytes: Uint8Array): Promise<number> {
  let rows = 0
  const source = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  for await (const event of readCargoFile(source())) if (event.kind === 'equipment') rows++
  return rows
}

/** Seconds of the fastest round; infinite when the work cannot be done. */
function best(work: () => boolean): number {
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    if (!work()) return Number.POSITIVE_INFINITY
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest / 1000
}

async function bestAsync(work: () => Promise<number>, expected: number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    if ((await work()) !== expected) return Number.POSITIVE_INFINITY
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest / 1000
}

function rate(amount: number, seconds: number): number | undefined {
  return Number.isFinite(seconds) ? amount / seconds : undefined
}

function faster(name: string, ours: number, peer: number | undefined, unit: string, target?: string): BenchRow {
  const row = { name, ours: round(ours), unit, ...(target === undefined ? {} : { target }) }
  return peer === undefined ? row : { ...row, peer: round(peer), ratio: round(ours / peer) }
}

function round(figure: number): number {
  return figure >= 100 ? Math.round(figure) : Math.round(figure * 10) / 10
}

/** Peak resident memory above the start, in a process of its own that only reads; the plan is written here. */
async function streamMemory(reader: 'ours' | 'peer'): Promise<number> {
  const script = fileURLToPath(new URL('memory-stream.ts', import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', ...FLAGS, script, reader], { stdio: ['pipe', 'pipe', 'inherit'] })
  let answer = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answer += text
  })
  const closed = once(child, 'close')
  let bytes = 0
  for (const piece of planOf(Number.MAX_SAFE_INTEGER)) {
    if (bytes >= STREAM_BYTES || child.stdin.destroyed) break
    bytes += piece.length
    if (!child.stdin.write(piece)) await Promise.race([once(child.stdin, 'drain'), closed])
  }
  child.stdin.end()
  await closed
  const { peak, base, read } = JSON.parse(answer) as { peak: number; base: number; read: number }
  if (read !== bytes) throw new Error(`The reader took ${read} of ${bytes} bytes.`)
  return (peak - base) / MEGABYTE
}
