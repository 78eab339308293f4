import fc from 'fast-check'
import { expect, it } from 'vitest'
import { codesOf, editDistance, MAX_WORD_LENGTH, spellingOf } from './edit-distance.ts'

const distance = (a: string, b: string, { limit = 99, areVowelsLoose = false } = {}) =>
  editDistance(codesOf(a), codesOf(b), { limit, areVowelsLoose })

it('counts a slip that is often made less than a letter of another sound', () => {
  expect(distance('lopez', 'lopez')).toBe(0)
  expect(distance('lopez', 'lobez')).toBeLessThan(distance('lopez', 'lokez'))
  expect(distance('lopez', 'loppez')).toBeLessThan(distance('lopez', 'lokpez'))
  expect(distance('igor', '1gor')).toBeLessThan(distance('igor', 'rgor'))
  expect(distance('marat', 'marta')).toBeLessThan(2)
  expect(distance('marin', 'mar?n')).toBeLessThan(1)
  expect(distance('djordje', 'dorde')).toBeLessThan(1)
  expect(distance('djordje', 'dorde')).toBeLessThan(distance('rjorrje', 'rorre'))
})

it('writes one sound of a name one way', () => {
  expect(spellingOf('hoxha')).toEqual(codesOf('hodza'))
  expect(spellingOf('aleksandar')).toEqual(codesOf('alexandar'))
})

it('lets vowels be missing where a script leaves them out', () => {
  expect(distance('mhmd', 'muhammad', { areVowelsLoose: true })).toBeLessThan(1.5)
  expect(distance('mhmd', 'muhammad')).toBeGreaterThan(2)
  // Waw is the ou of French spelling.
  expect(distance('hwari', 'houari', { areVowelsLoose: true })).toBeLessThan(0.3)
})

it('is symmetric, zero for the same word alone, and no more than the sum of all letters', () => {
  const word = fc.stringMatching(/^[a-z0-9]{0,14}$/)
  fc.assert(
    fc.property(word, word, fc.boolean(), (a, b, areVowelsLoose) => {
      const there = distance(a, b, { areVowelsLoose })
      expect(there).toBeCloseTo(distance(b, a, { areVowelsLoose }), 9)
      if (a === b) expect(there).toBe(0)
      else expect(there).toBeGreaterThan(0)
      expect(there).toBeLessThanOrEqual(a.length + b.length)
    }),
  )
})

it('gives the limit for whatever lies beyond it, and the same as without limit for what does not', () => {
  const word = fc.stringMatching(/^[a-e]{0,12}$/)
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 6 }), (a, b, limit) => {
      expect(distance(a, b, { limit })).toBeCloseTo(Math.min(limit, distance(a, b)), 9)
    }),
  )
})

it('reads no word beyond its limit', () => {
  expect(codesOf('a'.repeat(10_000))).toHaveLength(MAX_WORD_LENGTH)
})
