import fc from 'fast-check'
import { expect, test } from 'vitest'
import { signsApart } from './fields-distance.ts'

/** The recurrence as it is written in books. */
function slow(a: string, b: string, i = a.length, j = b.length): number {
  if (i === 0 || j === 0) return i + j
  const same = a[i - 1] === b[j - 1]
  let least = Math.min(slow(a, b, i - 1, j) + 1, slow(a, b, i, j - 1) + 1, slow(a, b, i - 1, j - 1) + (same ? 0 : 1))
  if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, slow(a, b, i - 2, j - 2) + 1)
  return least
}

test('The distance in the band is that of the plain recurrence, cut at the limit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '七'), maxLength: 6 })
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 7 }), (a, b, limit) => {
      expect(signsApart(a, b, limit)).toBe(Math.min(slow(a, b), limit + 1))
    }),
    { numRuns: 500 },
  )
})

test('A swap of neighbours is one sign, and values of more than 200 signs are refused', () => {
  expect(signsApart('19810312', '19810321', 2)).toBe(1)
  expect(() => signsApart('a'.repeat(201), 'b', 3)).toThrow(RangeError)
})
