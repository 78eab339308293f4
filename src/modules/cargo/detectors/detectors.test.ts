/** Each detector: what it finds, the nearest case it must leave alone, and what it says when a field is missing. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertNoPersonalFeature } from '#kernel/signal/signal.ts'
import { bill, dossier, party, place, sighting, stated } from './dossier.fixture.ts'
import type { ContainerDossier } from './dossier.ts'
import { detectors, evaluateDossier } from './index.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const found = (given: ContainerDossier) => evaluateDossier(given, hash).signals.map((signal) => signal.detector.id)
const missing = (given: ContainerDossier, id: string) =>
  evaluateDossier(given, hash).notComputable.find((each) => each.detector === id)?.missing

const seal = (number: string, issuer: 'carrier' | 'customs' = 'carrier') => ({ number: stated(number), issuer })
const kg = (kind: 'verified-gross' | 'tare' | 'consignment-gross', kilograms: number) => ({ kind, kilograms: stated(kilograms) })
const SEEN = { partyConsignments: { 'OLD COMPANY SA': 80 }, routeConsignments: { 'ECGYE-BEANR': 80 } }
const ROUTE = [place('loading', 'ECGYE'), place('discharge', 'BEANR')]

type Case = readonly [what: string, given: ContainerDossier]

const CASES: Readonly<
  Record<string, { readonly hits: readonly Case[]; readonly clear: readonly Case[]; readonly missing: readonly Case[] }>
> = {
  'cargo.identity': {
    hits: [
      ['a wrong digit', dossier({ container: 'MSCU6639871', sightings: [sighting('BAPLIE', { container: stated('MSCU6639871') })] })],
      ['a wrong digit seen on the box', dossier({ container: 'MSCU6639871', paintedSo: true })],
    ],
    clear: [['the right digit', dossier()]],
    missing: [['a number of another shape', dossier({ container: 'TANK-7' })]],
  },
  'cargo.weight-mismatch': {
    hits: [
      [
        '1,500 kg too much',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 23_700), kg('tare', 2200)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
    ],
    clear: [
      [
        'exactly at the margin',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 23_310), kg('tare', 2200)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
      [
        'no stated tare, within the heaviest box',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 25_000)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
      [
        'less than declared',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 9000), kg('tare', 2200)] })],
          consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })],
        }),
      ],
    ],
    missing: [
      ['no verified mass', dossier({ consignments: [bill({ weights: [kg('consignment-gross', 20_000)] })] })],
      [
        'a bill for several boxes',
        dossier({
          sightings: [sighting('BAPLIE', { weights: [kg('verified-gross', 30_000)] })],
          consignments: [
            bill({
              weights: [kg('consignment-gross', 9000)],
              containers: [
                { number: stated('A'), seals: [] },
                { number: stated('B'), seals: [] },
              ],
            }),
          ],
        }),
      ],
    ],
  },
  'cargo.seal-change': {
    hits: [
      [
        'another seal later',
        dossier({ sightings: [sighting('CODECO', { seals: [seal('S1')] }), sighting('COARRI', { seals: [seal('S2')] })] }),
      ],
      ['a placeholder', dossier({ sightings: [sighting('CODECO', { seals: [seal('NIL')] })] })],
      [
        'the seal of another box',
        dossier({
          sightings: [sighting('CODECO', { seals: [seal('S1')] })],
          history: { sealElsewhere: [{ seal: 'S1', container: 'CSQU3054383' }] },
        }),
      ],
    ],
    clear: [
      ['the same seal', dossier({ sightings: [sighting('CODECO', { seals: [seal('S1')] }), sighting('COARRI', { seals: [seal('S1')] })] })],
      [
        'a seal of customs added',
        dossier({
          sightings: [sighting('CODECO', { seals: [seal('S1')] }), sighting('COARRI', { seals: [seal('S1'), seal('C9', 'customs')] })],
        }),
      ],
      [
        'one of two seals named',
        dossier({ sightings: [sighting('CODECO', { seals: [seal('S1'), seal('S2')] }), sighting('COARRI', { seals: [seal('S2')] })] }),
      ],
    ],
    missing: [['no seal at all', dossier({ sightings: [sighting('BAPLIE')] })]],
  },
  'cargo.clone': {
    hits: [
      [
        'Guayaquil and Rotterdam a day apart',
        dossier({
          sightings: [
            sighting('CODECO', { at: '2026-11-20T00:00:00Z', where: 'ECGYE' }),
            sighting('CODECO', { at: '2026-11-21T00:00:00Z', where: 'NLRTM' }),
          ],
        }),
      ],
    ],
    clear: [
      [
        'Guayaquil and Rotterdam three weeks apart',
        dossier({
          sightings: [
            sighting('CODECO', { at: '2026-11-01T00:00:00Z', where: 'ECGYE' }),
            sighting('CODECO', { at: '2026-11-22T00:00:00Z', where: 'NLRTM' }),
          ],
        }),
      ],
      [
        'Antwerp and Rotterdam half a day apart',
        dossier({
          sightings: [
            sighting('CODECO', { at: '2026-11-20T00:00:00Z', where: 'BEANR' }),
            sighting('CODECO', { at: '2026-11-20T12:00:00Z', where: 'NLRTM' }),
          ],
        }),
      ],
    ],
    missing: [['one event', dossier({ sightings: [sighting('CODECO', { at: '2026-11-20T00:00:00Z', where: 'ECGYE' })] })]],
  },
  'cargo.itinerary-mismatch': {
    hits: [
      [
        'plan to Rotterdam, bill to Antwerp',
        dossier({
          sightings: [sighting('BAPLIE', { places: [place('discharge', 'NLRTM')] })],
          consignments: [bill({ places: ROUTE })],
          history: SEEN,
        }),
      ],
    ],
    clear: [
      [
        'plan to the declared transhipment',
        dossier({
          sightings: [sighting('BAPLIE', { places: [place('discharge', 'ESALG')] })],
          consignments: [bill({ places: [...ROUTE, place('transhipment', 'ESALG')] })],
          history: SEEN,
        }),
      ],
      [
        'masked port code',
        dossier({
          sightings: [sighting('BAPLIE', { places: [place('discharge', '**PKG')] })],
          consignments: [bill({ places: ROUTE })],
          history: SEEN,
        }),
      ],
    ],
    missing: [['no plan', dossier({ consignments: [bill({ places: ROUTE })], history: SEEN })]],
  },
  'cargo.description': {
    hits: [
      ['general cargo', dossier({ consignments: [bill({ goods: [stated('GENERAL CARGO')] })] })],
      ['a number of cartons of goods', dossier({ consignments: [bill({ goods: [stated('200 CTNS GOODS')] })] })],
    ],
    clear: [['bananas', dossier({ consignments: [bill({ goods: [stated('FRESH BANANAS CAVENDISH')] })] })]],
    missing: [['no description', dossier({ consignments: [bill()] })]],
  },
  'cargo.first-time-party': {
    hits: [['a company never seen', dossier({ consignments: [bill({ parties: [party('consignor', 'NEW COMPANY SA')] })], history: SEEN })]],
    clear: [
      ['a company seen often', dossier({ consignments: [bill({ parties: [party('consignor', 'Old Company SA')] })], history: SEEN })],
    ],
    missing: [
      ['a name that may be a person’s', dossier({ consignments: [bill({ parties: [party('consignor', 'MARIA PEREZ')] })], history: SEEN })],
      [
        'a thin history',
        dossier({
          consignments: [bill({ parties: [party('consignor', 'NEW COMPANY SA')] })],
          history: { partyConsignments: { 'OTHER SA': 3 } },
        }),
      ],
    ],
  },
  'cargo.late-change': {
    hits: [
      [
        'another consignee after loading',
        dossier({
          sightings: [sighting('COARRI', { event: 'loaded', at: '2026-11-19T00:00:00Z' })],
          consignments: [
            bill({ parties: [party('consignee', 'A NV')], receivedAt: '2026-11-18T00:00:00Z' }),
            bill({ parties: [party('consignee', 'B BV')], receivedAt: '2026-11-22T00:00:00Z' }),
          ],
        }),
      ],
    ],
    clear: [
      [
        'the same in other letters',
        dossier({
          sightings: [sighting('BAPLIE')],
          consignments: [
            bill({ parties: [party('consignee', 'A NV')] }),
            bill({ parties: [party('consignee', ' a nv ')], receivedAt: '2026-11-22T00:00:00Z' }),
          ],
        }),
      ],
    ],
    missing: [['one version', dossier({ sightings: [sighting('BAPLIE')], consignments: [bill()] })]],
  },
  'cargo.reefer-setting': {
    hits: [
      [
        'frozen bananas',
        dossier({ sightings: [sighting('BAPLIE', { isoType: stated('45R1'), setTemperature: stated(-18), hsCodes: [stated('080390')] })] }),
      ],
      ['bananas without a setting', dossier({ sightings: [sighting('BAPLIE', { isoType: stated('45R1'), hsCodes: [stated('080390')] })] })],
    ],
    clear: [
      [
        'bananas as they travel',
        dossier({
          sightings: [sighting('BAPLIE', { isoType: stated('45R1'), setTemperature: stated(13.3), hsCodes: [stated('080390')] })],
        }),
      ],
      [
        'an empty reefer',
        dossier({ sightings: [sighting('BAPLIE', { isoType: stated('45R1'), fullness: 'empty', hsCodes: [stated('080390')] })] }),
      ],
    ],
    missing: [['a dry box', dossier({ sightings: [sighting('BAPLIE', { isoType: stated('22G1'), hsCodes: [stated('080390')] })] })]],
  },
  'cargo.new-route': {
    hits: [
      [
        'a route never seen',
        dossier({ consignments: [bill({ places: [place('loading', 'ECGYE'), place('discharge', 'BEZEE')] })], history: SEEN }),
      ],
    ],
    clear: [['the usual route', dossier({ consignments: [bill({ places: ROUTE })], history: SEEN })]],
    missing: [['a thin history', dossier({ consignments: [bill({ places: ROUTE })], history: { routeConsignments: { 'A-B': 2 } } })]],
  },
}

it('every detector stands in the table', () => {
  expect(Object.keys(CASES).sort()).toEqual(detectors.map(({ id }) => id).sort())
})

describe.each(Object.entries(CASES))('%s', (id, { hits, clear, missing: absent }) => {
  it.each(hits)('finds %s, with facts that lead to their source', (_what, given) => {
    expect(found(given)).toContain(id)
    const signal = evaluateDossier(given, hash).signals.find((each) => each.detector.id === id)
    expect(signal?.facts.length).toBeGreaterThan(0)
    if (given.sightings.length + given.consignments.length > 0) expect(signal?.facts.some((fact) => fact.at !== undefined)).toBe(true)
    const detector = detectors.find((each) => each.id === id)
    expect(detector?.innocentAlternatives.length).toBeGreaterThan(0)
    expect(detector?.knownLimits.length).toBeGreaterThan(20)
  })
  it.each(clear)('leaves alone: %s', (_what, given) => {
    expect(found(given)).not.toContain(id)
    expect(missing(given, id)).toBeUndefined()
  })
  it.each(absent)('cannot say with %s, and says what is missing', (_what, given) => {
    expect(found(given)).not.toContain(id)
    expect(missing(given, id)?.length).toBeGreaterThan(0)
  })
})

it('gives the same id for the same facts and another for others', () => {
  const given = CASES['cargo.clone']?.hits[0]?.[1] ?? dossier()
  const ids = () => evaluateDossier(given, hash).signals.map(({ id }) => id)
  expect(ids()).toEqual(ids())
  const other = evaluateDossier(dossier({ container: 'MSCU6639871', paintedSo: true }), hash).signals[0]?.id
  expect(other).not.toBe(evaluateDossier(dossier({ container: 'MSCU6639872', paintedSo: true }), hash).signals[0]?.id)
})

it('raises nothing from nothing, whatever the number', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (container) => {
      const { signals } = evaluateDossier(dossier({ container }), hash)
      expect(signals.every((signal) => signal.detector.id === 'cargo.identity')).toBe(true)
    }),
  )
})

it.each(['nationality of the consignee', 'birth date', 'ethnic origin', 'surname', 'photo'])(
  'refuses a detector that would look at %s',
  (input) => {
    expect(() => assertNoPersonalFeature({ id: 'x', inputs: [input] })).toThrow(/no risk signal may/)
  },
)
