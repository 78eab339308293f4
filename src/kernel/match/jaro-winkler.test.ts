import { expect, it } from 'vitest'
import { jaroWinkler } from './jaro-winkler.ts'

it('gives the figures that are published for the measure', () => {
  // Winkler 1990 and later papers of the Census Bureau.
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3)
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3)
  expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3)
})

it('is 0 for nothing and 1 for the same', () => {
  expect(jaroWinkler('', '')).toBe(0)
  expect(jaroWinkler('a', '')).toBe(0)
  expect(jaroWinkler('abc', 'xyz')).toBe(0)
  expect(jaroWinkler('abc', 'abc')).toBe(1)
})
