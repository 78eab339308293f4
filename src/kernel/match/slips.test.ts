/** Each way in which names get spoilt, by itself: the generated names of nobody, spoilt, are sought among themselves. */
import { describe, expect, test } from 'vitest'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import { hasNames, negatives, rankedSearch } from './candidates.fixture.ts'
import { person } from './record.fixture.ts'
import { THRESHOLDS } from './record-score.ts'
import { SLIPS, spoil } from './slips.fixture.ts'

test('are as they are called', () => {
  const spoilt = Object.values(SLIPS).map((slip) => slip('Anna Šarić', createSeededRandom(3)))
  expect(spoilt).toEqual([
    expect.stringMatching(/^[AnaŠrić ]{10}$/),
    'Šarić, Anna',
    'Anna\u00a0Šarić',
    expect.stringMatching(/^[^?]*\?[^?]*$/),
    'Ana Šarić',
    'Anna ari',
    expect.stringMatching(/^.{11}$/),
    expect.stringMatching(/^.{10}$/),
  ])
  expect(spoilt.every((each) => each !== 'Anna Šarić')).toBe(true)
  for (const slip of Object.values(SLIPS)) expect(slip('', createSeededRandom(3))).toBe('')
})

describe.skipIf(!hasNames)('one of 25,000 names', () => {
  const names = [...new Set(negatives().flatMap(({ name }, at) => (at % 4 === 0 ? [name] : [])))]
  const places = new Map(names.map((name, at) => [name, at]))
  const search = rankedSearch(names.map((name) => person(name)))

  test.each(Object.entries(SLIPS))('with %s is among the first ten, and mostly matches', (_, slip) => {
    const some = spoil(names, slip, { random: createSeededRandom(7), most: 250 })
    expect(some.length).toBeGreaterThan(200)
    let [found, matching] = [0, 0]
    for (const { name, spoilt } of some) {
      const ranked = search(person(spoilt))
      const place = ranked.findIndex(({ record }) => record === places.get(name))
      if (place >= 0 && place < 10) found += 1
      if (place >= 0 && (ranked[place]?.score ?? 0) >= THRESHOLDS.balanced) matching += 1
    }
    expect(found / some.length).toBeGreaterThanOrEqual(0.97)
    expect(matching / some.length).toBeGreaterThanOrEqual(0.85)
  })
})
