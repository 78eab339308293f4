/**
 * Generated names of nobody, spoilt in one way at a time, sought among the 100,000 as they were: found among the first ten. The peer in the same run is similarity by shares of three letters,
 * as pg_trgm computes it.
 */
import anyAscii from 'any-ascii'
import { hasNames, negatives, rankedSearch } from '../src/kernel/match/candidates.fixture.ts'
import { prepareRecord } from '../src/kernel/match/record.ts'
import { SLIPS, spoil } from '../src/kernel/match/slips.fixture.ts'
import { createSeededRandom } from '../src/kernel/stats/seeded-random.ts'
import type { BenchRow } from './bench-row.ts'
import { trigramSearch } from './trigram-search.ts'

const ASKED = 500
const SHOWN = 10
const SEED = 20_261_127

export async function benchSlips(): Promise<BenchRow[]> {
  if (!hasNames) return []
  const names = [...new Set(negatives().map(({ name }) => name))]
  const person = (name: string) => prepareRecord({ schema: 'Person', properties: { name: [name] } }, anyAscii)
  const places = new Map(names.map((name, at) => [name, at]))
  const search = rankedSearch(names.map(person))
  const byTrigrams = trigramSearch(names)
  return await Promise.resolve(
    Object.entries(SLIPS).map(([kind, slip]) => {
      const asked = spoil(names, slip, { random: createSeededRandom(SEED), most: ASKED })
      const share = (ask: (spoilt: string) => readonly number[]) =>
        asked.filter(({ name, spoilt }) => ask(spoilt).includes(places.get(name) ?? -1)).length / asked.length
      const [ours, peer] = [
        share((spoilt) =>
          search(person(spoilt))
            .slice(0, SHOWN)
            .map(({ record }) => record),
        ),
        share((spoilt) => byTrigrams(spoilt, SHOWN)),
      ]
      return {
        name: `candidates: names with ${kind} among ${names.length.toLocaleString('en-GB')}, recall@${SHOWN} after scoring; peer: shares of three letters`,
        ours,
        peer,
        unit: 'share',
        ratio: ours / peer,
      }
    }),
  )
}
