/**
 * What the machine was like while the figures were taken: two runs are comparable when these are alike. A guest on a busy host loses time that nothing within it shows, and
 * shares the caches of its cores. Source: proc(5) for `/proc/stat`; elsewhere the first figure is left out.
 */
import { readFileSync } from 'node:fs'
import type { BenchRow } from './bench-row.ts'

/** Positions in the line `cpu` of all that adds up to the time of the cores, and of what the host gave to others. */
const PARTS = 8
const STOLEN = 7

function timeOfCores(): readonly number[] | undefined {
  try {
    const [line] = readFileSync('/proc/stat', 'utf8').split('\n', 1)
    return line
      ?.split(/\s+/)
      .slice(1, PARTS + 1)
      .map(Number)
  } catch {
    return undefined
  }
}

/** Begins to watch; what it answers ends it. */
export function watchMachine(): () => BenchRow[] {
  const before = timeOfCores()
  return () => {
    const after = timeOfCores()
    const rows = [{ name: 'the machine: a read at random in 64 MB, which leaves the caches of a core', ours: randomReadNs(), unit: 'ns' }]
    if (before === undefined || after === undefined) return rows
    const spent = after.map((each, at) => each - (before[at] ?? 0))
    const stolen =
      (100 * (spent[STOLEN] ?? 0)) /
      Math.max(
        1,
        spent.reduce((sum, each) => sum + each, 0),
      )
    return [{ name: 'the machine: time of its cores during this run that its host gave to others', ours: stolen, unit: '%' }, ...rows]
  }
}

/** Each read says where the next one is, so that none begins before the one before ended. */
function randomReadNs(): number {
  const [places, reads] = [2 ** 24, 4_000_000]
  const next = Int32Array.from({ length: places }, (_, at) => at)
  let random = 1
  // Sattolo's shuffle: one ring through all places.
  for (let at = places - 1; at > 0; at--) {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    const other = Math.floor((random / 2 ** 32) * at)
    const held = next[at] ?? 0
    next[at] = next[other] ?? 0
    next[other] = held
  }
  const begun = performance.now()
  let at = 0
  for (let read = 0; read < reads; read++) at = next[at] ?? 0
  const ns = ((performance.now() - begun) * 1e6) / reads
  if (at < 0) throw new Error('The ring was left.')
  return ns
}
