/** Any order and repetition gives the same life; gaps and contradictions are found, and their nearest neighbours are not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LifeSighting, lifeOf } from './lifetime.ts'
import { contradictionsOf, gapsOf } from './lifetime-findings.ts'

const GYE = { code: 'ECGYE', latitude: -2.283, longitude: -79.917 }
const ANR = { code: 'BEANR', latitude: 51.217, longitude: 4.4 }
const RTM = { code: 'NLRTM', latitude: 51.917, longitude: 4.5 }
let number = 0
const said = (part: Partial<LifeSighting>): LifeSighting => ({
  source: `s${number++}`,
  kind: 'reported',
  message: 'X',
  receivedAt: '2026-02-01T00:00:00Z',
  seals: [],
  ...part,
})

const any = fc.record(
  {
    source: fc.string({ maxLength: 3 }),
    kind: fc.constantFrom(
      'gate-in' as const,
      'loaded' as const,
      'discharged' as const,
      'gate-out' as const,
      'planned' as const,
      'declared' as const,
    ),
    message: fc.constantFrom('CODECO', 'COARRI', 'BAPLIE', 'CSV'),
    receivedAt: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
    seals: fc.subarray(['A', 'B', 'C']),
    at: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-05T00:00:00Z', '2026-01-20T00:00:00Z'),
    place: fc.constantFrom(GYE, ANR, RTM),
    voyage: fc.constantFrom('V1', 'V2'),
    booking: fc.constantFrom('B1', 'B2'),
    isoType: fc.constantFrom('22G1', '45R1'),
    verifiedKg: fc.integer({ min: 2000, max: 30_000 }),
  },
  { requiredKeys: ['source', 'kind', 'message', 'receivedAt', 'seals'] },
) as fc.Arbitrary<LifeSighting>

it('is the same life in any order and with any repetition', () => {
  fc.assert(
    fc.property(
      fc
        .array(any, { maxLength: 12 })
        .chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2 }))),
      ([given, shuffled]) => {
        const [one, other] = [lifeOf(given), lifeOf(shuffled)]
        expect(other).toEqual(one)
        expect(contradictionsOf(other)).toEqual(contradictionsOf(one))
        expect(gapsOf(other)).toEqual(gapsOf(one))
      },
    ),
  )
})

it('loses no statement: every source stands in exactly one entry', () => {
  fc.assert(
    fc.property(fc.array(any, { maxLength: 12 }), (given) => {
      const unique = given.map((each, index) => ({ ...each, source: `s${index}` }))
      const sources = lifeOf(unique).flatMap((entry) => entry.sources)
      expect([...sources].sort()).toEqual(unique.map(({ source }) => source).sort())
    }),
  )
})

const journey = [
  said({ kind: 'gate-in', at: '2026-01-01T00:00:00Z', place: GYE, booking: 'B1', seals: ['S1'], isoType: '45R1' }),
  said({ kind: 'planned', receivedAt: '2026-01-03T00:00:00Z', booking: 'B1', voyage: 'V1', discharge: 'BEANR', verifiedKg: 25_000 }),
  said({ kind: 'loaded', at: '2026-01-03T00:00:00Z', place: GYE, booking: 'B1', voyage: 'V1', seals: ['S1'] }),
  said({ kind: 'declared', receivedAt: '2026-01-10T00:00:00Z', bill: 'BL1', voyage: 'V1', seals: ['S1'] }),
  said({ kind: 'discharged', at: '2026-01-18T00:00:00Z', place: ANR, voyage: 'V1', seals: ['S1'] }),
  said({ kind: 'gate-out', at: '2026-01-20T00:00:00Z', place: ANR, bill: 'BL1', seals: ['S1'] }),
]

describe('an honest journey', () => {
  it('joins gate, plan, loading, declaration, discharge and pick-up on booking, voyage and bill', () => {
    const life = lifeOf(journey)
    expect(life.map(({ kind }) => kind)).toEqual(['gate-in', 'planned', 'loaded', 'declared', 'discharged', 'gate-out'])
    expect(new Set(life.map((entry) => entry.journey))).toEqual(new Set([0]))
  })
  it('has no gap and no contradiction', () => {
    expect(gapsOf(lifeOf(journey))).toEqual([])
    expect(contradictionsOf(lifeOf(journey))).toEqual([])
  })
  it('starts another journey with another booking', () => {
    const life = lifeOf([...journey, said({ kind: 'gate-in', at: '2026-03-01T00:00:00Z', place: ANR, booking: 'B9' })])
    expect(life.at(-1)?.journey).toBe(1)
  })
})

describe('what does not fit', () => {
  const codes = (...more: LifeSighting[]) => contradictionsOf(lifeOf([...journey, ...more])).map(({ code }) => code)
  it('names the report that is missing between loading and the gate', () => {
    const life = lifeOf(journey.filter(({ kind }) => kind !== 'discharged'))
    expect(gapsOf(life)).toEqual([{ after: 2, before: 4, expected: ['discharged'] }])
  })
  it.each<[string, LifeSighting]>([
    ['impossible-journey', said({ kind: 'gate-out', at: '2026-01-20T02:00:00Z', place: RTM })],
    ['two-journeys', said({ kind: 'gate-in', at: '2026-01-09T00:00:00Z', place: RTM, voyage: 'V2' })],
    ['seals', said({ kind: 'gate-out', at: '2026-01-20T00:00:00Z', place: ANR, bill: 'BL1', seals: ['S2'] })],
    ['type', said({ kind: 'gate-in', at: '2026-04-20T00:00:00Z', place: ANR, booking: 'B9', isoType: '22G1' })],
    ['weight', said({ kind: 'weighed', at: '2026-01-19T00:00:00Z', bill: 'BL1', verifiedKg: 27_000 })],
    ['discharge', said({ kind: 'reported', at: '2026-01-04T00:00:00Z', voyage: 'V1', discharge: 'NLRTM' })],
  ])('finds a contradiction of %s', (code, more) => {
    expect(codes(more)).toContain(code)
  })
  it('lets a seal be added, and a weight differ by little', () => {
    expect(
      codes(said({ kind: 'reported', at: '2026-01-19T00:00:00Z', place: ANR, bill: 'BL1', seals: ['S1', 'C9'], verifiedKg: 25_400 })),
    ).toEqual([])
  })
})
