import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildCandidateIndex, candidates, createCandidateSearch } from './candidate-index.ts'
import { type BlockingKey, KEY_FACTORS } from './keys.ts'

const token = (key: string): BlockingKey => ({ kind: 'token', key })
const keyList = fc.uniqueArray(fc.constantFrom(...'abcdefgh').map(token), { selector: ({ key }) => key, maxLength: 6 })

describe('a candidate index', () => {
  test('gives the records, weights and order that counting by hand gives, and leaves out what it reports as dropped', () => {
    fc.assert(
      fc.property(fc.array(keyList, { maxLength: 30 }), keyList, fc.integer({ min: 1, max: 8 }), (records, wanted, limit) => {
        const index = buildCandidateIndex(records, { largestBlock: 4 })
        const owners = (key: string) => records.flatMap((keys, record) => (keys.some((each) => each.key === key) ? [record] : []))
        const slow = records
          .map((keys, record) => ({
            record,
            weight: wanted
              .filter(({ key }) => keys.some((each) => each.key === key) && owners(key).length <= 4)
              .reduce((sum, { key }) => sum + KEY_FACTORS.token * Math.log1p(records.length / owners(key).length), 0),
          }))
          .filter(({ weight }) => weight > 0)
          .sort((a, b) => (Math.abs(b.weight - a.weight) < 1e-9 ? a.record - b.record : b.weight - a.weight))
        const found = candidates(index, wanted, limit)
        expect(found).toHaveLength(Math.min(limit, slow.length))
        found.forEach(({ record, weight }, at) => {
          expect(weight).toBeCloseTo(slow[at]?.weight ?? 0, 9)
          expect(weight).toBeCloseTo(slow.find((each) => each.record === record)?.weight ?? 0, 9)
        })
        const large = [...'abcdefgh'].map((key) => owners(key).length).filter((size) => size > 4)
        expect(index.dropped.map(({ size }) => size)).toEqual(large.sort((a, b) => b - a))
        expect(index.droppedCount).toBe(large.length)
        expect(index.recordCount).toBe(records.length)
      }),
    )
  })

  test('answers a second search as if it were the first, and a repeated key as one', () => {
    const search = createCandidateSearch(buildCandidateIndex([[token('a')], [token('a'), token('b')], [token('b')]]))
    const first = search.candidates([token('a'), token('b')])
    expect(search.candidates([token('a'), token('b'), token('b'), token('a')])).toEqual(first)
    expect(first.map(({ record }) => record)).toEqual([1, 0, 2])
  })

  test('keeps a key of one kind apart from the same text of another', () => {
    const index = buildCandidateIndex([[{ kind: 'token', key: 'ana' }], [{ kind: 'name', key: 'ana' }]])
    expect(candidates(index, [{ kind: 'name', key: 'ana' }]).map(({ record }) => record)).toEqual([1])
  })

  test('names an example for a block of 50,000 records, and still finds them by what is rare', () => {
    const index = buildCandidateIndex(Array.from({ length: 50_000 }, (_, at) => [token('mohammed'), token(`rare ${at}`)]))
    expect(index.droppedCount).toBe(1)
    expect(index.dropped[0]).toMatchObject({ record: 0, size: 50_000 })
    expect(candidates(index, [token('mohammed'), token('rare 31000')])).toEqual([{ record: 31_000, weight: Math.log1p(50_000) }])
  })

  test('of nothing finds nothing', () => {
    expect(candidates(buildCandidateIndex([]), [token('a')])).toEqual([])
    expect(candidates(buildCandidateIndex([[token('a')]]), [token('a')], 0)).toEqual([])
  })

  test('is plain data: a copy of it answers the same', () => {
    const index = buildCandidateIndex([[token('a')], [token('b')]])
    expect(candidates(structuredClone(index), [token('b')])).toEqual(candidates(index, [token('b')]))
  })
})
