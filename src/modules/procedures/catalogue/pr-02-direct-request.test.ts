/** PR-02.direct: Directive (EU) 2023/977 Art 8: copies to both contact points, no limit shown as law, the way to the contact point. */
import { describe, expect, it } from 'vitest'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-02-direct-request')
const request = {
  reference: 'BE-D-3',
  informationRequested: 'Holder of the vehicle',
  purpose: 'investigation',
  facts: 'Cocaine in a reefer container',
  offence: 'drug-trafficking',
  offenceStatute: 'Art 2bis',
  necessity: true,
  availability: 'Registered there',
  urgency: 'none',
  language: 'en',
}
const answer = {
  answer: 'Holder',
  answerLanguage: 'en',
  kindOfStatement: 'fact',
  source: 'A',
  accuracy: '1',
  asOf: '2026-11-26',
  thirdPartyOrigin: false,
}
const there = { country: 'NL', zone: 'Europe/Amsterdam', calendar: 'NL' }
const between = (options: DriveOptions = {}) =>
  drive(definition, { ...options, parties: { requested: there, requestedSpoc: there, ...options.parties } })
const send = (options: DriveOptions, form: Readonly<Record<string, unknown>> = {}) =>
  whyNot(between(options).take('requester', 'send', { ...request, ...form }))

function inWork(options: DriveOptions = {}, form: Readonly<Record<string, unknown>> = {}) {
  const one = between(options)
  expect(whyNot(one.take('requester', 'send', { ...request, ...form }, { at: '2026-11-26T09:00:00Z' }))).toBe('')
  one.take(null, 'receive')
  expect(one.take('requested', 'triage', { crossCheckLooked: true }).kind).toBe('move')
  return one
}

describe('copies', () => {
  const sensitive = { sensitiveGround: 'safety', sensitiveReasons: 'Source at risk' }
  it('go to the contact points of both states, unless the ground of the sensitive case is stated', () => {
    expect(send({})).toBe('')
    expect(send({ absent: ['requestedSpoc'] })).toContain('contact point of the requested state')
    expect(send({ absent: ['ownSpoc'] })).toContain('your own contact point')
    expect(send({ absent: ['ownSpoc', 'requestedSpoc'] }, sensitive)).toBe('')
    expect(send({ absent: ['ownSpoc'] }, sensitive)).toContain('take one of them out')
    expect(send({ absent: ['ownSpoc'], parties: { requester: { kind: 'spoc' } } })).toBe('')
  })
  it('go to the contact points of these two states and no other', () => {
    expect(send({ parties: { requestedSpoc: { country: 'DE' } } })).toContain('Art 8(2)')
    expect(send({ parties: { ownSpoc: { country: 'DE' } } })).toContain('Art 8(2)')
    expect(send({ parties: { requested: { country: 'BE' } } })).toContain('another Member State')
  })
  it('are made of what is provided too: the own contact point gets it, or the ground is stated', () => {
    const alone: DriveOptions = { absent: ['ownSpoc', 'requestedSpoc'] }
    expect(whyNot(inWork(alone, sensitive).take('requested', 'provide', answer))).toContain('copied to both contact points')
    expect(inWork(alone, sensitive).take('requested', 'provide', { ...answer, omitGround: 'safety' }).kind).toBe('move')
    expect(inWork().take('requested', 'provide', answer).kind).toBe('move')
    expect(inWork(alone, sensitive).take('requested', 'copyToSpoc', { spocDesk: 'nl.spoc' }).kind).toBe('move')
    // Article 8(2) orders the copy: that it was made is no secret, and every party tells the contact point from then on.
    expect(definition.transitions.find(({ id }) => id === 'copyToSpoc')?.told).toBeUndefined()
  })
  it('arrive at both, whatever the case has come to meanwhile', () => {
    const one = inWork()
    expect(one.take(null, 'ownCopyReceived').kind).toBe('move')
    expect(one.take(null, 'copyReceived').kind).toBe('move')
  })
})

it('no limit of Article 5 is claimed for a direct request: the seven days are policy, from receipt, suspended by a question', () => {
  for (const each of definition.clocks) expect(each.kind).toBe('policy')
  const one = inWork()
  expect(one.clocks()[0]?.safe).toBe('2026-12-03T23:00:00.000Z')
  one.take('requested', 'requestInfo', { question: 'Which vehicle?' }, { at: '2026-11-27T09:00:00Z' })
  one.take('requester', 'provideInfo', { clarificationText: 'The van' }, { at: '2026-11-28T09:00:00Z' })
  expect(one.clocks()[0]?.due.suspendedMs).toBe(24 * 3_600_000)
  one.take('requested', 'partial', { ...answer, ground: 'ongoing-investigation', reasons: 'Own case' })
  one.take('requested', 'supplement', answer)
  one.take('requester', 'reopen', { reopenReason: 'Second van' })
  one.take('requested', 'provide', answer)
  expect(one.clocks().map(({ due }) => due.state)).toEqual(['met', 'met'])
  expect(whyNot(one.take('requester', 'close'))).toBe('outcome field.missing')
  one.take('requester', 'close', { outcome: 'used' })
  expect(one.state()).toBe('closed')
  expect(whyNot(one.take('requester', 'reopen'))).toBe('reopenReason field.missing')
  one.take('requester', 'reopen', { reopenReason: 'Third van' })
  expect(one.clocks().map(({ id, due }) => [id, due.state])).toContainEqual(['followUp#2', 'running'])
})

it('an authority that may not provide directly refers to its contact point, and the request to it is drafted from this one', () => {
  const one = inWork()
  one.take('requested', 'redirect', { forwardReason: 'Only through the contact point' })
  expect(one.take('requester', 'askSpoc').kind).toBe('move')
  const spawn = definition.transitions.find(({ id }) => id === 'askSpoc')?.effects[0]
  const fields = shipped('pr-02-information-request').fields.map(({ id }) => id)
  expect(spawn?.kind === 'spawn' ? Object.keys(spawn.copy).filter((id) => !fields.includes(id)) : ['no draft']).toEqual([])
})

it('is refused with a ground, forwarded inside the state, withdrawn with a reason', () => {
  const refused = inWork()
  expect(whyNot(refused.take('requested', 'refuse', { ground: 'no-offence', reasons: 'x' }))).toBe('justification field.missing')
  expect(refused.take('requested', 'refuse', { ground: 'national-law', reasons: 'Art 17 BKAG' }).kind).toBe('move')
  const one = between()
  one.take('requester', 'send', request, { at: '2026-11-26T09:00:00Z' })
  one.take(null, 'receive')
  one.take('requested', 'forward', { forwardTo: 'nl.politie.two', forwardReason: 'Other unit' })
  one.take(null, 'receive', {}, { at: '2026-11-27T09:00:00Z' })
  expect(one.clocks().find(({ id }) => id === 'answer#2')?.safe).toBe('2026-12-04T23:00:00.000Z')
  one.take('requester', 'withdraw', { withdrawReason: 'Found' })
  expect(one.state()).toBe('withdrawn')
  // Neither the forwarding nor the withdrawal says that anybody answered in time.
  expect(one.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['stopped', 'stopped'])
})

it('what comes from another state is provided with the consent of that state', () => {
  expect(whyNot(inWork().take('requested', 'provide', { ...answer, thirdPartyOrigin: true }))).toContain('consent of that state')
  expect(inWork().take('requested', 'provide', { ...answer, thirdPartyOrigin: true, thirdPartyConsent: true }).kind).toBe('move')
})
