/** The yearly statistics of Directive (EU) 2023/977 Art 18(2), counted from cases of the shipped procedure as either side has them. */
import { describe, expect, it } from 'vitest'
import type { CaseFold } from '#kernel/procedure/fold.ts'
import { drive, shipped } from '../catalogue/drive.fixture.ts'
import type { CaseRow } from './case-row.ts'
import { ANSWERS, count977, DIRECTIVE_977, JUDICIAL, newTally977, SUBMITS, show977 } from './statistics-977.ts'

const definition = shipped('pr-02-information-request')
const request = {
  reference: 'BE-2026-0815',
  informationRequested: 'x',
  purpose: 'investigation',
  facts: 'x',
  offence: 'drug-trafficking',
  offenceStatute: 'x',
  necessity: true,
  availability: 'x',
  urgency: 'none',
  language: 'en',
}
const quality = { answerLanguage: 'en', kindOfStatement: 'fact', source: 'A', accuracy: '1', asOf: '2026-10-30', thirdPartyOrigin: false }

interface Asked {
  readonly country?: string
  readonly urgent?: boolean
  readonly end?: 'provide' | 'refuse' | 'judicial'
  readonly ground?: string
}

function caseOf({ country = 'FR', urgent = false, end, ground = 'not-available' }: Asked): CaseFold {
  const one = drive(definition, { parties: { requester: { country }, ownSpoc: { country }, requested: { country: 'NL' } } })
  const sent = one.take('requester', SUBMITS, urgent ? { ...request, urgency: 'life', urgencyReasons: 'x' } : request)
  expect(sent.kind).toBe('move')
  one.take(null, urgent ? 'receiveUrgent' : 'receive')
  if (end === 'refuse') expect(one.take('requested', 'refuse', { ground, reasons: 'x' }).kind).toBe('move')
  if (end === 'provide' || end === 'judicial') {
    if (urgent) one.take('requested', 'triageDirect', { crossCheckLooked: true })
    else one.take('requested', 'triage', { crossCheckLooked: true, accessClass: 'direct' })
    if (end === 'provide') expect(one.take('requested', 'provide', { answer: 'x', ...quality }).kind).toBe('move')
    else expect(one.take('requested', JUDICIAL, { judicialAuthority: 'x', expectedDelay: 10, delayReasons: 'x' }).kind).toBe('move')
  }
  return one.fold()
}

function counted(side: 'requester' | 'requested', cases: readonly Asked[]) {
  const tally = newTally977()
  for (const each of cases) {
    const fold = caseOf(each)
    const row = { base: {}, role: side, party: fold.parties[side]?.[0]?.desk } as unknown as CaseRow
    count977(definition, tally, { row, fold })
  }
  return Object.fromEntries(show977(definition, tally, 5).map((point) => [point.point, point]))
}
const table = (points: ReturnType<typeof counted>, point: string, title: string) =>
  points[point]?.tables.find((each) => each.title === title)?.shown
const times = (n: number, each: Asked) => Array.from({ length: n }, () => each)

describe('the statistics of Article 18', () => {
  it('name steps that the procedure has', () => {
    expect(definition.id).toBe(DIRECTIVE_977)
    const steps = definition.transitions.map(({ id }) => id)
    expect(steps).toEqual(expect.arrayContaining([SUBMITS, JUDICIAL, ...ANSWERS]))
    expect(definition.message?.urgentIf).toBeDefined()
  })

  it('(a) count what was submitted, on the side that submits', () => {
    const points = counted('requester', times(6, {}))
    expect(table(points, 'a', 'by authority')).toEqual({ total: 6, parts: { 'Single Point of Contact': 6 } })
    expect(table(points, 'b', 'received, by requesting state')?.total).toBe(0)
  })

  it('(b) count what was received and answered by requesting state, and urgent or not within it', () => {
    const points = counted('requested', [
      ...times(7, { urgent: true, end: 'provide' }),
      ...times(6, {}),
      ...times(5, { country: 'ES', end: 'refuse' }),
    ])
    expect(table(points, 'b', 'received, by requesting state')).toEqual({ total: 18, parts: { ES: 5, FR: 13 } })
    expect(table(points, 'b', 'received, FR')).toEqual({ total: 13, parts: { urgent: 7, 'not urgent': 6 } })
    expect(table(points, 'b', 'answered, by requesting state')).toEqual({ total: 12, parts: { ES: 5, FR: 7 } })
    expect(table(points, 'a', 'by authority')?.total).toBe(0)
  })

  it('(c) count refusals by requesting state and ground, and withhold the grounds of few', () => {
    const points = counted('requested', [
      ...times(9, { end: 'refuse' }),
      ...times(2, { end: 'refuse', ground: 'legal-person' }),
      ...times(6, { country: 'ES', end: 'refuse' }),
    ])
    expect(table(points, 'c', 'refused, by requesting state')).toEqual({ total: 17, parts: { ES: 6, FR: 11 } })
    expect(table(points, 'c', 'refused, ES')?.parts['not-available']).toBe(6)
    const french = table(points, 'c', 'refused, FR')
    expect([french?.total, french?.parts['not-available'], french?.parts['legal-person']]).toEqual([11, null, null])
  })

  it('show nothing below a state whose own number is withheld', () => {
    const points = counted('requested', [...times(9, { end: 'refuse' }), ...times(3, { country: 'ES', end: 'refuse' })])
    expect(table(points, 'c', 'refused, by requesting state')).toEqual({ total: 12, parts: { ES: null, FR: null } })
    expect(table(points, 'c', 'refused, FR')?.total).toBeNull()
  })

  it('(d) count the cases in which an authorisation had to be obtained', () => {
    const points = counted('requested', times(5, { end: 'judicial' }))
    expect(table(points, 'd', 'by requesting state')).toEqual({ total: 5, parts: { FR: 5 } })
  })
})
