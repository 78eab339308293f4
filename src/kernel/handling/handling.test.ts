import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CAPABILITIES, type Capability, capabilitiesOf, type Grant, mayDo, needsReview } from './capability.ts'
import { type Handling, isAsStrict, joinAll, joinHandling, OPEN } from './handling.ts'

const handling: fc.Arbitrary<Handling> = fc
  .record({
    H: fc.subarray(['H0', 'H1', 'H2', 'H3'] as const),
    tlp: fc.constantFrom('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'),
    pap: fc.constantFrom('CLEAR', 'GREEN', 'AMBER', 'RED'),
    conditions: fc.subarray(['no-storage', 'no-derivation', 'no-cross-match', 'no-action', 'ask the desk']),
    evidenceUse: fc.constantFrom(undefined, 'permission', 'never'),
  } as const)
  .map(({ evidenceUse, ...rest }) => joinAll([{ ...rest, ...(evidenceUse === undefined ? {} : { evidenceUse }) }]))
const capability = fc.constantFrom(...CAPABILITIES)

it('(L14) joins as a lattice with OPEN as its neutral element', () => {
  fc.assert(
    fc.property(handling, handling, handling, (a, b, c) => {
      expect(joinHandling(a, b)).toEqual(joinHandling(b, a))
      expect(joinHandling(joinHandling(a, b), c)).toEqual(joinHandling(a, joinHandling(b, c)))
      expect(joinHandling(a, a)).toEqual(a)
      expect(joinHandling(a, OPEN)).toEqual(a)
    }),
  )
})

it('orders by strictness: the join is the least handling that is as strict as both', () => {
  fc.assert(
    fc.property(handling, handling, handling, (a, b, c) => {
      const joined = joinHandling(a, b)
      expect(isAsStrict(joined, a) && isAsStrict(joined, b)).toBe(true)
      if (isAsStrict(c, a) && isAsStrict(c, b)) expect(isAsStrict(c, joined)).toBe(true)
      if (isAsStrict(a, b) && isAsStrict(b, a)) expect(a).toEqual(b)
    }),
  )
})

it('never gives a capability that a looser handling withholds', () => {
  fc.assert(
    fc.property(handling, handling, (a, b) => {
      const joined = capabilitiesOf(joinHandling(a, b))
      for (const each of joined) {
        expect(capabilitiesOf(a)).toContain(each)
        expect(capabilitiesOf(b)).toContain(each)
      }
    }),
  )
})

it('reads the codes as published', () => {
  expect(capabilitiesOf(OPEN)).toEqual(CAPABILITIES)
  const without = (part: Partial<Handling>): readonly Capability[] =>
    CAPABILITIES.filter((each) => !capabilitiesOf({ ...OPEN, ...part }).includes(each))
  expect(without({ H: ['H0'] })).toEqual(['share-private'])
  expect(without({ H: ['H1'] })).toEqual(['use-in-proceedings', 'share-private'])
  expect(without({ H: ['H2'] })).toEqual(['disseminate', 'share-private'])
  expect(without({ tlp: 'RED' })).toEqual(['disseminate', 'cross-match', 'share-private'])
  expect(without({ pap: 'RED' })).toEqual(['act-on'])
  expect(without({ evidenceUse: 'permission' })).toEqual(['use-in-proceedings'])
  expect(without({ H: ['H3'], conditions: ['no-derivation'] })).toEqual(['derive', 'share-private'])
  expect(capabilitiesOf({ ...OPEN, H: ['H3'], conditions: ['ask first'] })).toEqual(['read', 'store'])
  expect(capabilitiesOf({ ...OPEN, H: ['H3'] })).toEqual(['read', 'store'])
  expect(needsReview({ ...OPEN, conditions: ['no-storage'] })).toBe(false)
})

const at = Date.parse('2026-11-24T12:00:00Z')
const grant: Grant = { capability: 'disseminate', holder: 'org.b', recipient: 'org.c', until: Date.parse('2026-12-01T00:00:00Z') }

it('lets a grant open what it names and nothing else', () => {
  const closed: Handling = { ...OPEN, H: ['H1', 'H2'] }
  const pass = (part: Partial<Parameters<typeof mayDo>[1]>, grants: readonly Grant[] = [grant]) =>
    mayDo(closed, { capability: 'disseminate', holder: 'org.b', recipient: 'org.c', at, ...part }, grants)
  expect(pass({})).toBe(true)
  expect(pass({ recipient: 'org.d' })).toBe(false)
  expect(pass({ holder: 'org.c' })).toBe(false)
  expect(pass({ at: grant.until })).toBe(false)
  expect(pass({ capability: 'use-in-proceedings' })).toBe(false)
  // A grant to pass on that names nobody passes nothing on.
  expect(pass({}, [{ capability: 'disseminate', holder: 'org.b', until: grant.until }])).toBe(false)
  const use: Grant = { capability: 'use-in-proceedings', holder: 'org.b', until: grant.until }
  expect(mayDo(closed, { capability: 'use-in-proceedings', holder: 'org.b', at }, [use])).toBe(true)
  expect(mayDo({ ...closed, evidenceUse: 'never' }, { capability: 'use-in-proceedings', holder: 'org.b', at }, [use])).toBe(false)
})

it('decides against the act as the handling tightens, whatever was granted', () => {
  fc.assert(
    fc.property(handling, handling, capability, (a, b, each) => {
      const act = { capability: each, holder: 'org.b', recipient: 'org.c', at }
      const grants = [{ ...grant, capability: each }]
      if (mayDo(joinHandling(a, b), act, grants)) expect(mayDo(a, act, grants)).toBe(true)
    }),
  )
})
