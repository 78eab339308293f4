import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createStringIndex } from './string-index.ts'

const seed = [0x01234567, 0x89abcdef] as const

it('numbers ids as a Map would, finds them, and gives back every one unchanged', () => {
  const anyId = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.integer({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
    fc.constantFrom('', 'a', 'á', 'ж', '\ud800', '\0'),
  )
  fc.assert(
    fc.property(fc.array(anyId, { maxLength: 60 }), fc.integer(), fc.integer(), (ids, low, high) => {
      const index = createStringIndex({ seed: [low, high], expected: 1 })
      const oracle = new Map<string, number>()
      for (const id of ids) {
        expect(index.find(id)).toBe(oracle.get(id))
        if (!oracle.has(id)) oracle.set(id, oracle.size)
        expect(index.add(id)).toBe(oracle.get(id))
      }
      expect(index.size).toBe(oracle.size)
      for (const [id, number] of oracle) expect([index.at(number), index.find(id)]).toEqual([id, number])
    }),
  )
})

it('does not take texts for each other whose bytes are the same', () => {
  const index = createStringIndex({ seed })
  // 'āā' in two bytes a unit is the bytes of '\x01\x01\x01\x01' in one.
  const ids = ['\u0101\u0101', '\x01\x01\x01\x01', '\u0101', '\x01\x01', '']
  expect(ids.map((id) => index.add(id))).toEqual([0, 1, 2, 3, 4])
  expect(ids.map((_, number) => index.at(number))).toEqual(ids)
})

it('grows to 200,000 ids and keeps them all', () => {
  const index = createStringIndex({ seed })
  const given = Array.from({ length: 200_000 }, (_, number) => index.add(`entity-${number * 7919}`))
  expect(given.every((number, place) => number === place)).toBe(true)
  for (let number = 0; number < 200_000; number += 37) expect(index.find(`entity-${number * 7919}`)).toBe(number)
  expect(index.find('entity-1')).toBeUndefined()
  expect(index.byteLength).toBeLessThan(200_000 * 80)
})

it('leaves out what is too long or too much, says so, and stays as it was', () => {
  const index = createStringIndex({ seed, maxLength: 4, maxSize: 20 })
  expect(index.add('abcde')).toBe('too-long')
  for (let number = 0; number < 20; number++) expect(index.add(`${number}`)).toBe(number)
  expect(index.add('20')).toBe('full')
  expect(index.add('7')).toBe(7)
  expect(index.find('20')).toBeUndefined()
  expect(index.find('abcde')).toBeUndefined()
  expect(index.size).toBe(20)
  for (const number of [20, -1, 0.5]) expect(() => index.at(number)).toThrow(RangeError)
})

it('takes one id of a million units in its stride', () => {
  const index = createStringIndex({ seed, maxLength: 2_000_000 })
  const long = 'x'.repeat(1_000_000)
  expect(index.add(long)).toBe(0)
  expect(index.add(`${long}y`)).toBe(1)
  expect([index.find(long), index.at(1).length]).toEqual([0, 1_000_001])
})
