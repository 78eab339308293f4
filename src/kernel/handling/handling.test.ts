import fc from 'fast-check'
import { expect, it } from 'vitest'
import { capabilitiesOf, type Handling, joinHandling } from './handling.ts'

const handling: fc.Arbitrary<Handling> = fc.record({
  H: fc.subarray(['H0', 'H1', 'H2', 'H3'] as const),
  tlp: fc.constantFrom('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'),
  pap: fc.constantFrom('CLEAR', 'GREEN', 'AMBER', 'RED'),
  conditions: fc.subarray(['a', 'b', 'c']),
})

it('joins as a lattice', () => {
  fc.assert(
    fc.property(handling, handling, handling, (a, b, c) => {
      expect(joinHandling(a, b)).toEqual(joinHandling(b, a))
      expect(joinHandling(joinHandling(a, b), c)).toEqual(joinHandling(a, joinHandling(b, c)))
      expect(joinHandling(a, a)).toEqual(joinHandling(joinHandling(a, a), a))
    }),
  )
})

it('never gives a capability that one of the sources withholds', () => {
  fc.assert(
    fc.property(handling, handling, (a, b) => {
      const joined = capabilitiesOf(joinHandling(a, b))
      for (const capability of joined) {
        expect(capabilitiesOf(a)).toContain(capability)
        expect(capabilitiesOf(b)).toContain(capability)
      }
    }),
  )
})

it('reads the codes as published', () => {
  const open: Handling = { H: [], tlp: 'CLEAR', pap: 'CLEAR', conditions: [] }
  expect(capabilitiesOf(open)).toEqual(['read', 'disseminate', 'use-in-proceedings', 'act-on', 'share-private'])
  expect(capabilitiesOf({ ...open, H: ['H1'] })).not.toContain('use-in-proceedings')
  expect(capabilitiesOf({ ...open, H: ['H2'] })).not.toContain('disseminate')
  expect(capabilitiesOf({ ...open, H: ['H3'], conditions: ['ask first'] })).toEqual(['read'])
})
