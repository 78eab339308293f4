import { describe, expect, it } from 'vitest'
import { readKilograms } from './kilograms.ts'

describe('a weight in kilograms', () => {
  it('is read with a point or a comma', () => {
    expect(['12.5', '12,5', ' 40 ', '0.125', '1200.75'].map(readKilograms)).toEqual([12.5, 12.5, 40, 0.125, 1200.75])
  })

  it('is none where it can be read in two ways, is nothing, or is beyond what a box holds', () => {
    expect(['1,200', '1.200', '1,200.5', '0', '-3', '100001', 'ten', '', '1e3', 'Infinity'].map(readKilograms)).toEqual(
      Array.from({ length: 10 }, () => undefined),
    )
  })
})
