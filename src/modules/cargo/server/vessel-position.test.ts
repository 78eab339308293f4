import { describe, expect, it } from 'vitest'
import { positionOf } from './vessel-position.ts'

describe('a position on board', () => {
  it('reads bays of three digits and of two', () => {
    expect(positionOf('0260382')).toBe(260_382)
    expect(positionOf('260382')).toBe(260_382)
    expect(positionOf(' 0010002 ')).toBe(10_002)
  })
  it.each([null, '', '12345', '00200820', '002A082', 'DECK', '0000382', '0260300', '٠٠٢٠٠٨٢', '-260382'])('takes %j for none', (text) => {
    expect(positionOf(text)).toBeUndefined()
  })
})
