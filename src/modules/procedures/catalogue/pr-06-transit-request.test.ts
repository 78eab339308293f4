/** PR-06.transit: transit of a person in custody (Directive 2014/41/EU Article 22(4)), with every step name of Implementing Regulation (EU) 2026/101, Annex V. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-06-transit-request')
const request = {
  fileReference: 'AN-2026-311-T',
  eioReference: 'AN-2026-311',
  direction: 'to the issuing State (Article 22)',
  issuingState: 'BE',
  executingState: 'DE',
  transitState: 'NL',
  persons: [{ name: 'Peeters', firstNames: 'Jan', dateOfBirth: '1980-02-01' }],
  custodyTitle: 'Judgment of 3 March 2025',
  transitAt: '2026-12-18T08:00:00Z',
  leaveAt: '2026-12-18T12:00:00Z',
  route: 'By road, Venlo to Hazeldonk',
  escort: 'Federal police, four officers',
  documents: [{ title: 'European Investigation Order' }],
  contact: 'A. Jacobs',
  channelReference: 'msg-9',
}
const open = () => drive(definition, { formats, parties: { granting: { country: 'NL', zone: 'Europe/Amsterdam', calendar: 'NL' } } })
type Case = ReturnType<typeof open>

function go(one: Case, role: string | null, step: string, form: Readonly<Record<string, unknown>> = {}, at?: string): void {
  expect(`${step}: ${whyNot(one.take(role, step, form, at === undefined ? {} : { at }))}`).toBe(`${step}: `)
}
function received(): Case {
  const one = open()
  go(one, 'requesting', 'transmit', request, '2026-12-10T09:00:00Z')
  go(one, null, 'receive', {}, '2026-12-10T09:05:00Z')
  return one
}

describe('the request', () => {
  it.each([
    ['is accompanied by documents', { documents: [] }, /all necessary documents.*Art 22\(4\)/],
    ['leads through a third Member State', { transitState: 'DE' }, /third Member State.*Art 22\(4\)/],
    ['goes to the Member State of transit', { transitState: 'FR' }, /does not sit in the Member State of transit/],
    ['lies before the journey', { transitAt: '2026-11-01T08:00:00Z' }, /in the past/],
  ])('%s', (_what, form, because) => {
    expect(whyNot(open().take('requesting', 'transmit', { ...request, ...form }))).toMatch(because)
  })
  it('passes when it does all that, and the reply is due two days before the entry, as policy', () => {
    const [reply] = received().clocks()
    expect(reply).toMatchObject({ id: 'reply', kind: 'policy', safe: '2026-12-16T08:00:00.000Z' })
  })
})

describe('the reply', () => {
  it('grants', () => {
    const one = received()
    go(one, 'granting', 'requestInfo', { question: 'Which crossing?' })
    go(one, 'requesting', 'provideInfo', { answer: 'Venlo' })
    expect(one.state()).toBe('received')
    go(one, 'granting', 'grant', {}, '2026-12-14T09:00:00Z')
    expect(one.clocks('2027-01-01T00:00:00Z')[0]?.due.state).toBe('met')
    go(one, 'requesting', 'close')
    expect(one.state()).toBe('closed')
  })
  it('or does not, with its text', () => {
    const one = received()
    expect(whyNot(one.take('granting', 'decline'))).toBe('replyText field.missing')
    go(one, 'granting', 'decline', { replyText: 'The documents do not cover the way back' })
    expect(one.state()).toBe('notGranted')
    expect(one.clocks('2027-06-01T00:00:00Z')[0]?.due.state).toBe('met')
    go(one, 'requesting', 'reopen', { transitAt: '2027-02-10T09:00:00Z', reopenReasons: 'Documents completed' })
    expect(one.state()).toBe('received')
    expect(one.clocks().map(({ id, kind, due }) => [id, kind, due.state])).toContainEqual(['reply#2', 'policy', 'running'])
  })
  it('comes from the competent authority: a forward starts its clock anew', () => {
    const one = received()
    go(one, 'granting', 'forward', { competentDesk: 'nl.om.limburg' })
    go(one, null, 'receive', {}, '2026-12-11T09:00:00Z')
    expect(one.clocks().map(({ id }) => id)).toEqual(['reply', 'reply#2'])
  })
})

it('is withdrawn with reasons, and the process terminates', () => {
  const one = received()
  go(one, 'requesting', 'withdraw', { withdrawReasons: 'The hearing was cancelled' })
  go(one, 'granting', 'terminate')
  expect(one.state()).toBe('closed')
  expect(one.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['stopped'])
  expect(whyNot(one.take('requesting', 'reopen', { transitAt: '2027-02-10T09:00:00Z', reopenReasons: 'x' }))).toContain('was withdrawn')
})

it('every step name of Annex V for a request for transit occurs', () => {
  const names = new Set(definition.transitions.map(({ official }) => official))
  expect([...names]).toEqual(
    expect.arrayContaining([
      'Issue and Transmit a Request for Transit',
      'Provide additional information',
      'Withdraw a Request for Transit',
      'Send and receive any other communication needed in the context of the Request for Transit to/from the Transit Granting Authority',
      'Receive a Request for Transit',
      'Forward a Request for Transit',
      'Request additional information',
      'Send a reply to the Request for Transit',
      'Terminate process upon withdrawal of the Request for Transit by the Transit Requesting Authority',
      'Send and receive any other communication needed in the context of the Request for Transit to/from the Transit Requesting Authority',
    ]),
  )
})
