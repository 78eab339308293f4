/** Each detector: what it finds, the nearest case it must leave alone, and what it says when a field is missing. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertNoPersonalFeature } from '#kernel/signal/signal.ts'
import { dossier } from './dossier.fixture.ts'
import type { ContainerDossier } from './dossier.ts'
import { IDENTITY_CASES } from './identity-cases.fixture.ts'
import { detectors, evaluateDossier } from './index.ts'
import { PARTY_CASES } from './party-cases.fixture.ts'
import { REEFER_CASES } from './reefer-cases.fixture.ts'
import { ROUTE_CASES } from './route-cases.fixture.ts'
import { AS_SHIPPED, checkSetting } from './settings.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const found = (given: ContainerDossier) => evaluateDossier(given, AS_SHIPPED, hash).signals.map((signal) => signal.detector.id)
const missing = (given: ContainerDossier, id: string) =>
  evaluateDossier(given, AS_SHIPPED, hash).notComputable.find((each) => each.detector === id)?.missing

const CASES = { ...IDENTITY_CASES, ...PARTY_CASES, ...ROUTE_CASES, ...REEFER_CASES }

it('every detector stands in the table', () => {
  expect(Object.keys(CASES).sort()).toEqual(detectors.map(({ id }) => id).sort())
})

describe.each(Object.entries(CASES))('%s', (id, { hits, clear, missing: absent }) => {
  it.each(hits)('finds %s, with facts that lead to their source', (_what, given) => {
    expect(found(given)).toContain(id)
    const signal = evaluateDossier(given, AS_SHIPPED, hash).signals.find((each) => each.detector.id === id)
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
  const ids = () => evaluateDossier(given, AS_SHIPPED, hash).signals.map(({ id }) => id)
  expect(ids()).toEqual(ids())
  const other = evaluateDossier(dossier({ container: 'MSCU6639871', paintedSo: true }), AS_SHIPPED, hash).signals[0]?.id
  expect(other).not.toBe(evaluateDossier(dossier({ container: 'MSCU6639872', paintedSo: true }), AS_SHIPPED, hash).signals[0]?.id)
})

it('raises nothing from nothing, whatever the number', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (container) => {
      const { signals } = evaluateDossier(dossier({ container }), AS_SHIPPED, hash)
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

describe('as a desk sets it', () => {
  const given = IDENTITY_CASES['cargo.description']?.hits[0]?.[1] ?? dossier()
  const set = (enabled: boolean, parameters: Record<string, number> = {}) => ({
    byDetector: new Map([['cargo.description', { enabled, parameters }]]),
  })
  it('a detector that is switched off says nothing but that', () => {
    const { signals, notComputable } = evaluateDossier(given, set(false), hash)
    expect(signals.map(({ detector }) => detector.id)).not.toContain('cargo.description')
    expect(notComputable).toContainEqual({ detector: 'cargo.description', missing: ['switched off by this desk'] })
  })
  it('a parameter takes the place of the shipped one', () => {
    const heavy = IDENTITY_CASES['cargo.weight-mismatch']?.hits[0]?.[1] ?? dossier()
    const settings = { byDetector: new Map([['cargo.weight-mismatch', { enabled: true, parameters: { kilograms: 9000 } }]]) }
    expect(evaluateDossier(heavy, settings, hash).signals.map(({ detector }) => detector.id)).not.toContain('cargo.weight-mismatch')
  })
  it.each([
    ['bogus', 1],
    ['kilograms', Number.NaN],
    ['kilograms', -1],
  ])('a parameter %s of %s is refused when set, and ignored when read', (name, value) => {
    const detector = detectors.find(({ id }) => id === 'cargo.weight-mismatch')
    if (detector === undefined) throw new Error('The detector of weights is gone.')
    const setting = { enabled: true, parameters: { [name]: value } }
    expect(checkSetting(detector, setting)[0]?.code).toBe('cargo.detector-parameter')
    const heavy = IDENTITY_CASES['cargo.weight-mismatch']?.hits[0]?.[1] ?? dossier()
    const { signals } = evaluateDossier(heavy, { byDetector: new Map([[detector.id, setting]]) }, hash)
    expect(signals.map((signal) => signal.detector.id)).toContain('cargo.weight-mismatch')
  })
  it('a detector whose review is overdue falls silent and says so', () => {
    const { signals, notComputable } = evaluateDossier(given, { ...AS_SHIPPED, today: '2099-01-01' }, hash)
    expect(signals).toEqual([])
    expect(notComputable).toHaveLength(detectors.length)
  })
})

it('stands in the catalogue of indicators, each code once', () => {
  expect(detectors.map(({ code }) => code).join(' ')).toBe('I1 I2 I3 I4 I5 I6 I7 I8 P1 P2 P3 P4 P5 P6 R1 R2 R3 R4 R5 R6 R7 F1 F2 F3 F4')
})
