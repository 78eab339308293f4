/** When a view is looked at again for its large keys, and how much of it. */
import { describe, expect, it } from 'vitest'
import { isDue, sampleOf } from './large-keys.ts'

describe('the list of large keys', () => {
  it('is made after the first many records, and whenever a view has grown by an eighth, in however many files', () => {
    expect(isDue(2500, 2500)).toBe(true)
    expect(isDue(2500, 1_000_000)).toBe(false)
    expect(isDue(200_000, 1_000_000)).toBe(true)
    let looks = 0
    for (let size = 1_000_000; size <= 1_250_000; size += 2500) if (isDue(2500, size)) looks += 1
    expect(looks).toBeGreaterThanOrEqual(2)
    expect(looks).toBeLessThanOrEqual(5)
  })

  it('is made of all of a small view, of an eighth of most, and of no more than a quarter of a million', () => {
    expect(sampleOf(0)).toBe(0)
    expect(sampleOf(20_000)).toBe(0)
    expect(sampleOf(200_000)).toBe(3)
    expect(sampleOf(2_000_000)).toBe(3)
    expect(20_000_000 / 2 ** sampleOf(20_000_000)).toBeLessThanOrEqual(262_144)
  })
})
