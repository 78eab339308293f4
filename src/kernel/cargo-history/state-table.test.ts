/** The table against a plain map: any order, any repetition, any key, while shards grow. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LAST_KEY } from './container-key.ts'
import { type LastState, LastStates } from './state-table.ts'

const u16 = fc.integer({ min: 0, max: 0xffff })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const state: fc.Arbitrary<LastState> = fc.record({
  place: u16,
  minutes: fc.oneof(u32, fc.integer({ min: 0, max: 3 })),
  flags: fc.integer({ min: 0, max: 255 }),
  seals: fc.oneof(u32, fc.integer({ min: 0, max: 1 })),
  type: u16,
  tare: u16,
  voyage: u32,
})
const key = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: LAST_KEY }),
  fc.constant(LAST_KEY),
  fc.constant(2 ** 32 - 1),
)
const puts = fc.array(fc.tuple(key, state), { maxLength: 300 })

function filled(given: readonly (readonly [number, LastState])[]): LastStates {
  const table = new LastStates({ expected: 1 })
  for (const [at, each] of given) table.put(at, each)
  return table
}

it('holds for each key the newest state that a map would hold', () => {
  fc.assert(
    fc.property(puts, (given) => {
      const table = filled(given)
      const newest = new Map<number, number>()
      for (const [at, { minutes }] of given) newest.set(at, Math.max(newest.get(at) ?? 0, minutes))
      expect(table.size).toBe(newest.size)
      for (const [at, minutes] of newest) {
        const held = table.get(at)
        expect(held?.minutes).toBe(minutes)
        // Not a mixture: one of the states that were given.
        expect(given).toContainEqual([at, held])
      }
    }),
  )
})

it('ends the same in any order and with any repetition', () => {
  fc.assert(
    fc.property(
      puts.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 }))),
      ([given, shuffled]) => {
        const [one, other] = [filled(given), filled(shuffled)]
        for (const [at] of given) expect(other.get(at)).toEqual(one.get(at))
        expect(other.size).toBe(one.size)
      },
    ),
  )
})

it('knows nothing of a key it was not given', () => {
  fc.assert(
    fc.property(puts, key, (given, asked) => {
      fc.pre(!given.some(([at]) => at === asked))
      expect(filled(given).get(asked)).toBeUndefined()
    }),
  )
})

it('grows through many keys without losing one, in 24 bytes a slot', () => {
  const table = new LastStates({ expected: 1 })
  const count = 60_000
  const blank = { place: 1, minutes: 2, flags: 3, seals: 4, type: 5, tare: 6, voyage: 7 }
  for (let index = 0; index < count; index++) table.put(index * 977_771, { ...blank, voyage: index })
  expect(table.size).toBe(count)
  for (let index = 0; index < count; index += 101) expect(table.get(index * 977_771)).toEqual({ ...blank, voyage: index })
  expect(table.byteLength % 24).toBe(0)
  expect(table.byteLength / 24).toBeLessThan(count * 3)
})

it('lies for fifty million boxes in less than two gigabytes', () => {
  // The size follows from the number expected: nothing is filled here.
  const slots = 64 * 2 ** Math.ceil(Math.log2(50_000_000 / 64 / 0.8))
  expect(slots * 24).toBeLessThan(2_000_000_000)
  expect(new LastStates({ expected: 50_000 }).byteLength).toBe((slots / 1024) * 24)
})

it('is read by whoever is given its memory', () => {
  const table = filled([[5, { place: 1, minutes: 2, flags: 3, seals: 4, type: 5, tare: 6, voyage: 7 }]])
  const reader = new LastStates(table.share())
  expect(reader.get(5)).toEqual(table.get(5))
  expect(reader.size).toBe(1)
})

it.each([-1, 1.5, LAST_KEY + 1, Number.NaN])('refuses the key %s', (bad) => {
  expect(() => new LastStates({ expected: 1 }).put(bad, { place: 0, minutes: 0, flags: 0, seals: 0, type: 0, tare: 0, voyage: 0 })).toThrow(
    RangeError,
  )
})
