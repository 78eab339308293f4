/**
 * Figures of container history: memory and speed of the table of last states with fifty million boxes, and how many dossiers are judged by every indicator in a
 * second. The peer of the table is a JavaScript `Map` from number to object, which holds at most 16.7 million entries: its memory is measured with four million
 * and counted up to fifty.
 */
import { createHash } from 'node:crypto'
import os from 'node:os'
import { type LastState, LastStates } from '../src/kernel/cargo-history/state-table.ts'
import { DeskInMemory } from '../src/modules/cargo/detectors/desk-in-memory.fixture.ts'
import { evaluateDossier } from '../src/modules/cargo/detectors/index.ts'
import { AS_SHIPPED } from '../src/modules/cargo/detectors/settings.ts'
import { generateWorld } from '../src/modules/cargo/generator/world.ts'
import type { BenchRow } from './bench-row.ts'

const BOXES = 50_000_000
const IN_MAP = 4_000_000
const LOOKUPS = 4_000_000
const GIGABYTE = 1e9
/** A prime stride through the 36 bits of packed numbers: every key once, in no order. */
const STRIDE = 31_415_926_537
const KEYS = 26 ** 3 * 3_000_000

export async function benchContainerHistory(): Promise<BenchRow[]> {
  // A machine without room for the whole fleet measures a part of it, and the row says so.
  const boxes = os.freemem() > 3 * GIGABYTE ? BOXES : 5_000_000
  const ours = fillTable(boxes)
  const peer = fillMap()
  return await Promise.resolve([
    {
      name: `last states of ${boxes.toLocaleString('en-GB')} containers; peer: a Map, counted up`,
      ours: Math.round(ours.bytes / 1e6),
      peer: Math.round(((peer.bytes / IN_MAP) * boxes) / 1e6),
      unit: 'MB',
      ratio: ((peer.bytes / IN_MAP) * boxes) / ours.bytes,
      target: '≤ 2,000 MB',
    },
    {
      name: `states put, ${boxes.toLocaleString('en-GB')}; peer: a Map of four million`,
      ours: ours.puts,
      peer: peer.puts,
      unit: 'states/s',
      ratio: ours.puts / peer.puts,
    },
    {
      name: 'states found; peer: a Map of four million',
      ours: ours.finds,
      peer: peer.finds,
      unit: 'states/s',
      ratio: ours.finds / peer.finds,
    },
    judged(),
  ])
}

function stateOf(index: number): LastState {
  return { place: index & 0xffff, minutes: index, flags: index & 0xff, seals: index, type: index & 0xff, tare: 2200, voyage: index }
}

interface Figures {
  readonly bytes: number
  readonly puts: number
  readonly finds: number
}

function fillTable(boxes: number): Figures {
  const before = process.memoryUsage().rss
  const table = new LastStates({ expected: boxes })
  let key = 1
  let begun = performance.now()
  for (let index = 0; index < boxes; index++) {
    key = (key + STRIDE) % KEYS
    table.put(key, stateOf(index))
  }
  const puts = (boxes / (performance.now() - begun)) * 1000
  if (table.size !== boxes) throw new Error(`The table holds ${table.size} of ${boxes} states.`)
  key = 1
  begun = performance.now()
  for (let index = 0; index < LOOKUPS; index++) {
    key = (key + STRIDE) % KEYS
    if (table.get(key)?.voyage !== index) throw new Error(`The state of box ${index} is another's.`)
  }
  const finds = (LOOKUPS / (performance.now() - begun)) * 1000
  return { bytes: Math.max(table.byteLength, process.memoryUsage().rss - before), puts, finds }
}

function fillMap(): Figures {
  const before = process.memoryUsage().heapUsed
  const map = new Map<number, LastState>()
  let key = 1
  let begun = performance.now()
  for (let index = 0; index < IN_MAP; index++) {
    key = (key + STRIDE) % KEYS
    map.set(key, stateOf(index))
  }
  const puts = (IN_MAP / (performance.now() - begun)) * 1000
  const bytes = process.memoryUsage().heapUsed - before
  key = 1
  begun = performance.now()
  for (let index = 0; index < LOOKUPS; index++) {
    key = (key + STRIDE) % KEYS
    if (map.get(key)?.voyage !== index) throw new Error(`The state of box ${index} is another's.`)
  }
  return { bytes, puts, finds: (LOOKUPS / (performance.now() - begun)) * 1000 }
}

/** The work of judging alone, on one core, without the store. The rate of intake with the store: `bench/intake.ts`. */
function judged(): BenchRow {
  const world = generateWorld({ seed: 3, voyages: 20, boxesPerVoyage: 60, begins: new Date('2025-01-06T00:00:00Z'), each: 4 })
  const desk = new DeskInMemory()
  for (const document of world.documents) desk.take(document)
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const containers = [...world.watched]
  const now = new Date('2026-01-01T00:00:00Z')
  const round = () => {
    for (const container of containers) evaluateDossier(desk.dossier(container, now), AS_SHIPPED, hash)
  }
  round()
  const begun = performance.now()
  for (let count = 0; count < 5; count++) round()
  return {
    name: 'dossiers of ten reports each, built and judged by every indicator',
    ours: (5 * containers.length * 1000) / (performance.now() - begun),
    unit: 'containers/s',
    target: '≥ 300',
  }
}
