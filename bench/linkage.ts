/**
 * Pairs found in labelled tables with one configuration and one threshold (log-odds 0), which was fixed beforehand. The peer is what registers do without such a
 * model: the same identifier, or the same names and the same day of birth. Published beside it: a sketch with fixed weights at the best threshold of each table
 * reached 1.0000, .9992, .9975, .9999 on Febrl 1 to 4 and .933 on fake_1000. Speed is measured on generated rows, a quarter of them with a second, misspelled one.
 */

import { clustersAt } from '../src/kernel/match/cluster.ts'
import type { FieldRow } from '../src/kernel/match/fields.ts'
import { LINK_THRESHOLD, type Linkage, linkRows } from '../src/kernel/match/fields-link.ts'
import { FEBRL, fake1000, febrl, hasTables, type LabelledTable, pairF1 } from '../src/kernel/match/fields-tables.fixture.ts'
import { createSeededRandom, type SeededRandom } from '../src/kernel/stats/seeded-random.ts'
import type { BenchRow } from './bench-row.ts'

const GENERATED = 100_000
const SEED = 20_261_121

export async function benchLinkage(): Promise<BenchRow[]> {
  if (!hasTables) return []
  const tables: readonly (readonly [string, LabelledTable, string])[] = [
    ...FEBRL.map((name) => [name, febrl(name, true), '≥ .995'] as const),
    ...FEBRL.map((name) => [`${name} without its identifier`, febrl(name, false), '≥ .98'] as const),
    ['fake_1000', fake1000(), '≥ .94'],
  ]
  const rows: BenchRow[] = tables.map(([name, table, target]) => {
    const ours = pairF1(table, link(table), LINK_THRESHOLD)
    const peer = pairF1(table, byEquality(table), LINK_THRESHOLD)
    return { name: `linkage: ${name}, pair F1`, ours, peer, unit: 'F1', ratio: ours / peer, target }
  })
  const table = fake1000()
  const linkage = link(table)
  for (const { threshold, clusterOf } of clustersAt(table.rows.length, scored(linkage), { thresholds: [0, 2, 4, 6] }))
    rows.push({
      name: `linkage: fake_1000 in clusters at log-odds ${threshold}, pair F1`,
      ours: pairF1(table, asLinkage(linkage, clusterOf), 0),
      unit: 'F1',
    })
  return await Promise.resolve([...rows, speed()])
}

function link({ rows, lists }: LabelledTable): Linkage {
  return linkRows(rows, lists === undefined ? {} : { lists })
}

function scored({ left, right, logOdds }: Linkage): { left: number; right: number; logOdds: number }[] {
  return Array.from(logOdds, (odds, pair) => ({ left: left[pair] ?? 0, right: right[pair] ?? 0, logOdds: odds }))
}

/** Every pair within a cluster. */
function asLinkage(linkage: Linkage, clusterOf: Int32Array): Linkage {
  const members = Map.groupBy(clusterOf.keys(), (row) => clusterOf[row] ?? row)
  const pairs = [...members.values()].flatMap((rows) =>
    rows.flatMap((left, at) => rows.slice(at + 1).map((right) => [left, right] as const)),
  )
  return pairsAsLinkage(linkage, pairs)
}

function pairsAsLinkage(linkage: Pick<Linkage, 'model' | 'levels' | 'dropped'>, pairs: readonly (readonly [number, number])[]): Linkage {
  return {
    ...linkage,
    left: Int32Array.from(pairs, ([left]) => left),
    right: Int32Array.from(pairs, ([, right]) => right),
    logOdds: new Float64Array(pairs.length).fill(1),
  }
}

function byEquality({ rows, lists }: LabelledTable): Linkage {
  const found = new Set<string>()
  const blocks = new Map<string, number[]>()
  rows.forEach(({ identifier, givenName, surname, birthDate }, row) => {
    const keys = [...(identifier === '' ? [] : [identifier]), ...(birthDate === '' ? [] : [`${givenName} ${surname} ${birthDate}`])]
    for (const key of keys) blocks.set(key, [...(blocks.get(key) ?? []), row])
  })
  for (const block of blocks.values())
    for (const left of block)
      for (const right of block) if (left < right && (lists === undefined || lists[left] !== lists[right])) found.add(`${left} ${right}`)
  const pairs = Array.from(found, (pair) => pair.split(' ').map(Number)).map(([left = 0, right = 0]) => [left, right] as const)
  const model = { comparisons: [], share: 0, m: [], u: [], rounds: 0, hasConverged: true }
  return pairsAsLinkage({ model, levels: new Uint8Array(), dropped: [] }, pairs)
}

function speed(): BenchRow {
  const rows = generated(createSeededRandom(SEED))
  const begun = performance.now()
  linkRows(rows)
  const ours = rows.length / ((performance.now() - begun) / 1000)
  return {
    name: `linkage: ${GENERATED.toLocaleString('en-GB')} generated rows, all steps, one thread (Splink states a million in a minute, on several cores)`,
    ours,
    unit: 'rows/s',
  }
}

function generated(random: SeededRandom): readonly FieldRow[] {
  const pool = FEBRL.flatMap((name) => febrl(name, true).rows)
  const rows: FieldRow[] = []
  const two = (from: number, to: number) => String(random.integer(from, to)).padStart(2, '0')
  while (rows.length < GENERATED) {
    const row: FieldRow = {
      givenName: random.pick(pool).givenName,
      surname: random.pick(pool).surname,
      birthDate: `${random.integer(1920, 2005)}${two(1, 12)}${two(1, 28)}`,
      street: random.pick(pool).street,
      town: random.pick(pool).town,
      postcode: random.pick(pool).postcode,
      identifier: String(random.integer(1_000_000, 99_999_999)),
      email: '',
    }
    rows.push(row)
    if (random.chance(1 / 3))
      rows.push({
        ...row,
        givenName: slip(row.givenName, random),
        surname: slip(row.surname, random),
        identifier: slip(row.identifier, random),
      })
  }
  return rows
}

/** Two neighbours swapped, in one value of three. */
function slip(text: string, random: SeededRandom): string {
  if (text.length < 2 || random.chance(2 / 3)) return text
  const at = random.integer(0, text.length - 2)
  return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2)
}
