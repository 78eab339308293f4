import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differencesOf, digestOf, drawFrom, type KeptCandidate } from './draw.ts'

const PARAMS = { capacity: 12, minimumRandomRate: 0.1, minimumNoveltyRate: 0.1, maximumHitsWithoutSelection: 5 }
const candidate = fc.tuple(
  fc.uuid(),
  fc.integer({ min: -3e6, max: 3e6 }),
  fc.double({ min: 0, max: 5, noNaN: true }),
  fc.constantFrom(0 as const, 1 as const),
  fc.nat(7),
)
const candidates = fc.uniqueArray(candidate, { selector: ([id]) => id, minLength: 1, maxLength: 80 })

describe('a draw', () => {
  it('is the same from the same candidates in any order, also after it went through the store', () => {
    fc.assert(
      fc.property(candidates, fc.nat(), (list, seed) => {
        const stored = JSON.parse(JSON.stringify(list.toReversed())) as KeptCandidate[]
        const [first, again] = [drawFrom(list, PARAMS, seed), drawFrom(stored, PARAMS, seed)]
        expect(differencesOf(first.drawn, again.drawn)).toEqual([])
        expect(digestOf(stored)).toBe(digestOf(list))
      }),
      { numRuns: 60 },
    )
  })

  it('proposes everything mandatory, and gives everything it proposes a probability', () => {
    fc.assert(
      fc.property(candidates, fc.nat(), (list, seed) => {
        const { drawn } = drawFrom(list, PARAMS, seed)
        const ids = new Set(drawn.map(([id]) => id))
        for (const [id, , , isMandatory] of list) if (isMandatory === 1) expect(ids.has(id)).toBe(true)
        for (const [, , pi] of drawn) expect(pi > 0 && pi <= 1).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('tells which consignment a changed candidate moves', () => {
    const list = Array.from({ length: 40 }, (_, at): KeptCandidate => [`c${String(at).padStart(2, '0')}`, at, 0, 0, 0])
    const changed = list.map((each): KeptCandidate => (each[0] === 'c00' ? ['c00', 0, 0, 1, 0] : each))
    const differences = differencesOf(drawFrom(list, PARAMS, 7).drawn, drawFrom(changed, PARAMS, 7).drawn)
    expect(differences.find(({ arrival }) => arrival === 'c00')).toMatchObject({ repeated: 'mandatory 1' })
    expect(digestOf(changed)).not.toBe(digestOf(list))
  })
})
