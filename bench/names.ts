/**
 * Name matching: time for a pair of prepared names and for preparing one, F1 on the public bench of name pairs, nearness to the published answers of the OFAC search, and the spellings of one
 * name in fifteen scripts. Peers: the published scores of nomenklatura logic-v2 on the same rows at its threshold (frozen in a file, not run here) and its published share of near answers, and
 * the usual floor, run here: Latin letters, words sorted, Levenshtein, at the threshold that suits it best.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import anyAscii from 'any-ascii'
import { parse } from 'csv-parse/sync'
import { type NameKind, type PreparedName, prepareName } from '../src/kernel/match/name.ts'
import { NAME_THRESHOLD, nameScore } from '../src/kernel/match/name-score.ts'
import { ofacScore } from '../src/kernel/match/ofac.ts'
import type { BenchRow } from './bench-row.ts'

const FOLDER = fileURLToPath(new URL('../../shared/data/networks/names/', import.meta.url))
const ROUNDS = 5
const REPEATS = 20
/** Points of a hundred. */
const NEAR = 5
/** Pull request 310 of nomenklatura, in per cent. */
const PUBLISHED_NEAR = 95.7
const KINDS: Readonly<Record<string, NameKind>> = { Person: 'person', Vessel: 'vessel', LegalEntity: 'other' }

type Row = Readonly<Record<string, string>>

interface Pair {
  readonly names: readonly [string, string]
  readonly kind: NameKind
  readonly isMatch: boolean
  readonly isStrong: boolean
  readonly prepared: readonly [PreparedName, PreparedName]
}

export async function benchNames(): Promise<BenchRow[]> {
  if (!existsSync(FOLDER)) return []
  const pairs = read('name_bench/cases.csv').map(pairOf)
  const frozen = read('name_bench/logicv2_frozen.csv')
  const ours = pairs.map(({ prepared: [a, b] }) => nameScore(a, b, 'balanced'))
  const floor = pairs.map(({ names: [a, b] }) => sortedLevenshtein(a, b))
  const truth = pairs.map(({ isMatch }) => isMatch)
  const f1 = f1At(ours, truth, NAME_THRESHOLD)
  const frozenPairs = frozen.map(pairOf)
  const frozenTruth = frozenPairs.map(({ isMatch }) => isMatch)
  const oursOnFrozen = f1At(
    frozenPairs.map(({ prepared: [a, b] }) => nameScore(a, b, 'balanced')),
    frozenTruth,
    NAME_THRESHOLD,
  )
  const peerF1 = f1At(
    frozen.map((row) => Number(row['score'])),
    frozenTruth,
    NAME_THRESHOLD,
  )
  const floorF1 = Math.max(...floor.map((threshold) => f1At(floor, truth, threshold)))

  const pairTime = microseconds(pairs.length, () => pairs.forEach(({ prepared: [a, b] }) => nameScore(a, b, 'balanced')))
  const floorTime = microseconds(pairs.length, () => pairs.forEach(({ names: [a, b] }) => sortedLevenshtein(a, b)))
  const prepareTime = microseconds(2 * pairs.length, () =>
    pairs.forEach(({ names, kind }) => names.forEach((name) => prepareName(name, kind, anyAscii))),
  )
  return await Promise.resolve([
    {
      name: 'names: a pair of prepared names, beside sorted words by Levenshtein (which prepares each time)',
      ours: pairTime,
      peer: floorTime,
      unit: 'µs/pair',
      ratio: floorTime / pairTime,
      target: '≤ 50 µs/pair',
    },
    { name: 'names: preparing one', ours: prepareTime, unit: 'µs/name' },
    {
      name: `names: F1 at ${NAME_THRESHOLD} on the rows of logic-v2, frozen`,
      ours: oursOnFrozen,
      peer: peerF1,
      unit: 'F1',
      ratio: oursOnFrozen / peerF1,
      target: '≥ .82',
    },
    {
      name: `names: F1 at ${NAME_THRESHOLD} on all rows, beside sorted words by Levenshtein at its best`,
      ours: f1,
      peer: floorF1,
      unit: 'F1',
      ratio: f1 / floorF1,
      target: '≥ .82',
    },
    {
      name: `names: errors at ${NAME_THRESHOLD} in the strong tier; peer: logic-v2, frozen`,
      ours: strongErrors(pairs, ours),
      peer: strongErrors(
        frozenPairs,
        frozen.map((row) => Number(row['score'])),
      ),
      unit: 'pairs',
      target: '0',
    },
    ofacRow(),
    spellingsRow(),
  ])
}

function strongErrors(pairs: readonly Pair[], scores: readonly number[]): number {
  return pairs.filter(({ isStrong, isMatch }, at) => isStrong && (scores[at] ?? 0) >= NAME_THRESHOLD !== isMatch).length
}

/** Rows without an answer, where the search showed none at the lowest score that was asked, are left out. */
function ofacRow(): BenchRow {
  const answered = read('ofac_fixtures.csv').filter((row) => Number(row['ofac_score']) >= 0)
  const prepare = (text: string | undefined) => prepareName(text ?? '', 'person', anyAscii)
  const near = answered.filter((row) => {
    const score = Math.round(100 * ofacScore(prepare(row['query_name']), prepare(row['result_name'])).score)
    return Math.abs(score - Number(row['ofac_score'])) <= NEAR
  })
  const ours = (100 * near.length) / answered.length
  return {
    name: `names: answers of the OFAC search within ${NEAR} points, of ${answered.length} rows; peer: nomenklatura, published`,
    ours,
    peer: PUBLISHED_NEAR,
    unit: '%',
    ratio: ours / PUBLISHED_NEAR,
    target: '≥ 95.7 %',
  }
}

/** Of the list of spellings those that match the English one, its line 20. */
function spellingsRow(): BenchRow {
  const spellings = readFileSync(`${FOLDER}putin_names.txt`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const [english, prepared] = [spellings[19] ?? '', spellings.map((each) => prepareName(each, 'person', anyAscii))]
  const name = prepareName(english, 'person', anyAscii)
  const share = (isFound: (at: number) => boolean) => (100 * spellings.filter((_, at) => isFound(at)).length) / spellings.length
  const ours = share((at) => nameScore(prepared[at] ?? name, name, 'balanced') >= NAME_THRESHOLD)
  const peer = share((at) => sortedLevenshtein(spellings[at] ?? '', english) >= NAME_THRESHOLD)
  return {
    name: `names: spellings of one name in fifteen scripts that match the English one, of ${spellings.length}; peer: sorted words by Levenshtein at ${NAME_THRESHOLD}`,
    ours,
    peer,
    unit: '%',
    ratio: ours / peer,
    target: '≥ 95 %',
  }
}

function read(file: string): readonly Row[] {
  return parse(readFileSync(`${FOLDER}${file}`, 'utf8'), { columns: true })
}

function pairOf(row: Row): Pair {
  const names = [row['name1'] ?? '', row['name2'] ?? ''] as const
  const kind = KINDS[row['schema'] ?? ''] ?? 'organisation'
  const prepared = [prepareName(names[0], kind, anyAscii), prepareName(names[1], kind, anyAscii)] as const
  return { names, kind, isMatch: row['is_match'] === 'true', isStrong: row['quality'] === 'STRONG', prepared }
}

function f1At(scores: readonly number[], truth: readonly boolean[], threshold: number): number {
  let both = 0
  let one = 0
  for (const [at, score] of scores.entries()) {
    const isFound = score >= threshold
    if (isFound && truth[at] === true) both += 1
    else if (isFound || truth[at] === true) one += 1
  }
  return (2 * both) / (2 * both + one)
}

function sortedLevenshtein(a: string, b: string): number {
  const [left, right] = [sortedWords(a), sortedWords(b)]
  const longest = Math.max(left.length, right.length)
  return longest === 0 ? 0 : 1 - levenshtein(left, right) / longest
}

function sortedWords(text: string): string {
  const words = anyAscii(text)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return words
    .filter((word) => word !== '')
    .sort()
    .join(' ')
}

function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swapped = (row[j - 1] ?? 0) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swapped))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The best of several rounds, for one of `count`. */
function microseconds(count: number, work: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now()
    for (let time = 0; time < REPEATS; time++) work()
    return ((performance.now() - begun) * 1000) / (REPEATS * count)
  })
  return Math.min(...rounds)
}
