/**
 * EDIFACT figures: scan, components, places by tables, typed columns, rows with pointers, memory of a 500 MB interchange. The peer is npm
 * `edifact`, which yields the components as texts and knows no groups: it is fed the same bytes, its character set forced to UNOC, because
 * it refuses most files otherwise.
 * Speed is the best of several rounds after warm-up, on one core.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { Envelope } from '../src/kernel/edifact/envelope.ts'
import { MessageCheck } from '../src/kernel/edifact/group-check.ts'
import { type GroupWalk, openGroups } from '../src/kernel/edifact/group-walk.ts'
import { Scanner } from '../src/kernel/edifact/scanner.ts'
import { type Segment, TOKEN_WORDS } from '../src/kernel/edifact/segment.ts'
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
  const megabytes = plan.length / MEGABYTE
  const readings = [
    { name: 'EDIFACT scan to components as texts', work: () => readComponents(plan), target: '≥ 60 MB/s' },
    { name: 'EDIFACT to places in the message, by tables', work: () => placeSegments(plan), target: '≥ 60 MB/s' },
    { name: 'EDIFACT to places, with the form of every element checked', work: () => checkSegments(plan), target: '≥ 40 MB/s' },
  ]
  for (const { name, work, target } of readings)
    rows.push(faster(name, megabytes / best(() => work() > containers), rate(megabytes, peerSeconds), 'MB/s', target))
  const columnSeconds = best(() => readBaplieColumns([plan]).count === containers)
  rows.push(
    faster('BAPLIE to typed columns', containers / columnSeconds, rate(containers, peerSeconds), 'containers/s', '≥ 400,000 containers/s'),
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
    '≥ 150 MB/s',
  )
}

/** How many components hold a text. */
function readComponents(bytes: Uint8Array): number {
  let components = 0
  const scanner = new Scanner({
    segment: (segment) => {
      for (let token = 0; token < segment.tokenCount; token++) if (segment.textOf(token * TOKEN_WORDS) !== '') components++
    },
  })
  const { buffer, byteOffset, byteLength } = scanner.segment.buffer
  const shared = Buffer.from(buffer, byteOffset, byteLength)
  scanner.segment.ascii = (_, start, end) => shared.toString('latin1', start, end)
  scanner.push(bytes)
  scanner.finish()
  return components
}

/** How many segments have a place in their message. */
function placeSegments(bytes: Uint8Array): number {
  let walk: GroupWalk | undefined
  let placed = 0
  readMessages(bytes, {
    started: (type, directory) => {
      walk = openGroups(type, directory)
    },
    segment: ({ tag }) => {
      if (walk?.segment(tag) !== undefined) placed++
    },
  })
  return placed
}

function checkSegments(bytes: Uint8Array): number {
  let check: MessageCheck | undefined
  let placed = 0
  readMessages(bytes, {
    started: (type, directory) => {
      check = new MessageCheck({ type, directory, report: () => {} })
    },
    segment: (segment) => {
      if (check?.segment(segment) !== undefined) placed++
    },
  })
  return placed
}

function readMessages(
  bytes: Uint8Array,
  sink: { readonly started: (type: string, directory: string) => void; readonly segment: (segment: Segment) => void },
): void {
  const envelope = new Envelope({
    messageStarted: ({ type, directory }) => sink.started(type, directory),
    segment: (segment) => sink.segment(segment),
    messageEnded: () => {},
    problem: () => {},
  })
  const scanner = new Scanner({ segment: (segment) => envelope.segment(segment) })
  scanner.push(bytes)
  scanner.finish()
  envelope.finish(scanner.segment, scanner.refusal !== undefined)
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
