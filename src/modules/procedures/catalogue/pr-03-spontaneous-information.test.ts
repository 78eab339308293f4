/** PR-03: the legal gate, the duty for serious offences, the copies of Directive (EU) 2023/977 Art 7. */
import { describe, expect, it } from 'vitest'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-03-spontaneous-information')
const information = {
  reference: 'BE-S-77',
  seriousness: 'serious',
  offence: 'drug-trafficking',
  relevance: 'The next consignment goes to Rotterdam',
  information: 'Release code sold to a haulier',
  hasPersonalData: true,
  specialCategories: false,
  conditions: 'Intelligence only',
  kindOfStatement: 'mixed',
  source: 'B',
  accuracy: '2',
  asOf: '2026-11-20',
  thirdPartyOrigin: false,
  listedLanguage: true,
}
const passed = { gateDecision: 'passed', gateBasis: 'Art 44/11/13 police act', gateReviewer: 'Legal service' }
const between = (options: DriveOptions = {}) =>
  drive(definition, { ...options, parties: { recipient: { country: 'NL' }, ...options.parties } })

function gated(form: Readonly<Record<string, unknown>> = {}, options: DriveOptions = {}) {
  const one = between(options)
  expect(whyNot(one.take('sender', 'prepare', { ...information, ...form }, { at: '2026-11-26T09:00:00Z', officer: 'author' }))).toBe('')
  expect(whyNot(one.take('sender', 'passGate', passed, { officer: 'jurist' }))).toBe('')
  return one
}

describe('legal gate', () => {
  it('with personal data another officer than the author reviews, by name', () => {
    const one = between()
    one.take('sender', 'prepare', information, { officer: 'author' })
    expect(whyNot(one.take('sender', 'passGate', passed, { officer: 'author' }))).toContain('another officer')
    expect(whyNot(one.take('sender', 'passGate', { ...passed, gateReviewer: '' }, { officer: 'jurist' }))).toContain('is named')
    expect(one.take('sender', 'passGate', passed, { officer: 'jurist' }).kind).toBe('move')
    expect(one.state()).toBe('gated')
  })
  it('without personal data its author may decide; what must change goes back to the draft', () => {
    const one = between()
    one.take('sender', 'prepare', { ...information, hasPersonalData: false }, { officer: 'author' })
    one.take('sender', 'passGate', { gateDecision: 'back', gateBasis: 'none yet' }, { officer: 'author' })
    expect(one.state()).toBe('draft')
  })
  it('nothing is sent before it', () => {
    const one = between()
    one.take('sender', 'prepare', information)
    expect(whyNot(one.take('sender', 'send'))).toContain('Not possible in the state drafted')
  })
  it('special categories need the reason why they are strictly necessary', () => {
    expect(whyNot(between().take('sender', 'prepare', { ...information, specialCategories: true }))).toContain('Art 10')
    expect(gated({ specialCategories: true, strictNecessity: 'Allergy of a hostage' }).state()).toBe('gated')
  })
})

describe('sending', () => {
  it('goes to another state, in its language, with the copies to both contact points', () => {
    expect(whyNot(gated({}, { parties: { recipient: { country: 'BE' } } }).take('sender', 'send'))).toContain('Art 7(1)')
    expect(whyNot(gated({ listedLanguage: false }).take('sender', 'send'))).toContain('language')
    const toPolice = { parties: { recipient: { country: 'NL', kind: 'police' } }, absent: ['recipientSpoc', 'ownSpoc'] }
    expect(whyNot(gated({}, toPolice).take('sender', 'send'))).toContain('copied to the contact point of that state')
    expect(whyNot(gated({ sensitiveGround: 'safety' }, toPolice).take('sender', 'send'))).toBe('')
    const fromPolice = { parties: { sender: { kind: 'customs' } }, absent: ['ownSpoc'] }
    expect(whyNot(gated({}, fromPolice).take('sender', 'send'))).toContain('own contact point')
    expect(whyNot(gated().take('sender', 'send'))).toBe('')
  })
  it('does not pass on what another state has not released', () => {
    expect(whyNot(gated({ thirdPartyOrigin: true, thirdPartyConsent: false }).take('sender', 'send'))).toContain('consent of that state')
    expect(whyNot(gated({ thirdPartyOrigin: true, thirdPartyConsent: true }).take('sender', 'send'))).toBe('')
  })
  it('is a duty for a serious offence: only the grounds of Art 6(1)(c) and (f) free from it', () => {
    const why = (seriousness: string, ground: string) =>
      whyNot(gated({ seriousness }).take('sender', 'doNotSend', { seriousness, ground, reasons: 'x' }))
    expect(why('serious', 'not-useful')).toContain('may not be used here')
    expect(why('serious', 'ongoing-investigation')).toBe('')
    expect(why('other', 'not-useful')).toBe('')
  })
  it('has a target of one working day, which is policy and stops when it is sent', () => {
    const one = gated()
    expect(one.clocks()[0]).toMatchObject({ id: 'send', kind: 'policy', safe: '2026-11-27T23:00:00.000Z' })
    one.take('sender', 'send', {}, { at: '2026-11-27T08:00:00Z' })
    expect(one.clocks()[0]?.due.state).toBe('met')
    expect(definition.clocks.every(({ kind }) => kind === 'policy')).toBe(true)
  })
})

it('the recipient says whether it is used; a question suspends the target; the case is closed by either side', () => {
  const one = gated()
  one.take('sender', 'send', {}, { at: '2026-11-27T08:00:00Z' })
  one.take(null, 'receive', {}, { at: '2026-11-27T08:01:00Z' })
  expect(one.take(null, 'copyReceived').kind).toBe('move')
  expect(one.take(null, 'ownCopyReceived').kind).toBe('move')
  one.take('recipient', 'ack')
  one.take('recipient', 'requestInfo', { question: 'Which haulier?' }, { at: '2026-11-30T08:00:00Z' })
  one.take('sender', 'provideInfo', { explanation: 'See annex' }, { at: '2026-12-01T08:00:00Z' })
  expect(one.clocks().find(({ id }) => id === 'feedback')?.due.suspendedMs).toBe(24 * 3_600_000)
  one.take('recipient', 'decline', { notRelevantReason: 'Container went to Hamburg' })
  one.take('recipient', 'reopen', { reopenReason: 'It came back' })
  expect(one.take('recipient', 'ask').kind).toBe('move')
  one.take('recipient', 'use', { feedback: 'Two arrests' })
  expect(one.take('sender', 'close').kind).toBe('move')
  expect(one.state()).toBe('closed')
  one.take('recipient', 'reopen', { reopenReason: 'A second container' })
  expect(one.clocks().map(({ id, due }) => [id, due.state])).toContainEqual(['feedback#3', 'running'])
  one.take('sender', 'withdraw', { withdrawReason: 'Wrong haulier' })
  expect(one.clocks('2027-06-01T00:00:00Z').map(({ id, due }) => [id, due.state])).toContainEqual(['feedback#3', 'stopped'])
})

it('what the reviewer wrote, and from whom else the information came, stays with the sender', () => {
  for (const id of ['gateDecision', 'gateBasis', 'gateReasons', 'gateReviewer', 'thirdPartyOrigin', 'thirdPartyConsent', 'sensitiveGround'])
    expect(definition.fields.find((each) => each.id === id)?.audience).toEqual(['sender', 'oversight'])
})
