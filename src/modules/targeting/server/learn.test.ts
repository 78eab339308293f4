import { describe, expect, it } from 'vitest'
import { precisionAmong } from './learn.ts'

const at = (score: number, verdict: 'found' | 'nothing') => ({ score, verdict })

describe('the share found among the highest', () => {
  it('is counted where scores tell them apart', () => {
    expect(precisionAmong([at(3, 'found'), at(1, 'found'), at(2, 'nothing')], 2)).toBe(0.5)
  })
  it('is the mean over all orders where equals straddle the last place, so that the order in which they come changes nothing', () => {
    const cases = [at(5, 'found'), at(1, 'found'), at(1, 'nothing'), at(1, 'nothing'), at(0, 'found')]
    expect(precisionAmong(cases, 2)).toBeCloseTo((1 + 1 / 3) / 2, 12)
    expect(precisionAmong(cases.toReversed(), 2)).toBe(precisionAmong(cases, 2))
  })
  it('is that of all where all are equal', () => {
    expect(precisionAmong([at(1, 'found'), at(1, 'nothing'), at(1, 'nothing'), at(1, 'nothing')], 1)).toBe(0.25)
  })
})
