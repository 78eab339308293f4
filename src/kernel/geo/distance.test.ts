import fc from 'fast-check'
import { expect, it } from 'vitest'
import { distanceKm } from './distance.ts'

const position = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

it('measures known distances', () => {
  // A quarter of the circumference, and Guayaquil to Antwerp.
  expect(distanceKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 90 })).toBeCloseTo(10_007.557, 2)
  expect(distanceKm({ latitude: -2.2, longitude: -79.9 }, { latitude: 51.23, longitude: 4.42 })).toBeGreaterThan(9500)
})

it('is symmetric, zero only at home, and never longer than half the Earth', () => {
  fc.assert(
    fc.property(position, position, (a, b) => {
      expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6)
      expect(distanceKm(a, a)).toBe(0)
      expect(distanceKm(a, b)).toBeLessThanOrEqual(20_016)
    }),
  )
})
