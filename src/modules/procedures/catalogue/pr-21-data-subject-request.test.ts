/** PR-21: rights of Directive (EU) 2016/680 Arts 12–17 and of Regulation (EU) 2016/679: which clock, which ground, what a refusal must tell. */
import { describe, expect, it } from 'vitest'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-21-data-subject-request')
const request = {
  reference: 'DSR-1',
  receivedAt: '2026-11-24T10:00:00Z',
  rights: ['access'],
  requestText: 'What do you hold about me?',
  form: 'letter',
  name: 'A. Example',
  contact: 'Street 1',
}
const content = {
  purposesAndBasis: 'Investigation; police act',
  categories: 'Identity',
  recipients: 'None',
  storage: '5 years',
  rightsTold: true,
  complaintTold: true,
  dataAndOrigin: 'Report of 2024',
}
const refusal = { ground: 'inquiries', reasons: 'Open case', factualReasons: 'Case 12 is open' }
const absent: DriveOptions = { absent: ['supervisory'] }

function searched(
  rights: readonly string[] = ['access'],
  options: DriveOptions & { readonly step?: string; readonly result?: string } = {},
) {
  const one = drive(definition, { ...absent, ...options })
  expect(whyNot(one.take('controller', options.step ?? 'registerLed', { ...request, rights }, { at: '2026-11-26T09:00:00Z' }))).toBe('')
  one.take('controller', 'ack')
  one.take('controller', 'checkIdentity', { identityProof: 'Card shown' })
  one.take('controller', 'search', { searchedWhere: 'Case system', searchResult: options.result ?? 'held' })
  expect(one.state()).toBe('searched')
  return one
}
type Case = ReturnType<typeof searched>
const reviewed = (one: Case, step: 'reviewGrant' | 'reviewRefusal') =>
  whyNot(one.take('controller', step, { decision: 'pass', reviewer: 'DPO' }, { officer: 'dpo' }))
const clock = (one: Case, id: string) => one.clocks().find((each) => each.id === id)

describe('clocks', () => {
  it('the Regulation gives one month from receipt, which is law and can grow by two; the Directive gives no number, the target is policy', () => {
    const gdpr = searched(['access'], { step: 'registerGdpr', parties: { controller: { realm: 'administrative' } } })
    expect(clock(gdpr, 'answerGdpr')).toMatchObject({
      safe: '2026-12-24T23:00:00.000Z',
      legalLatest: '2026-12-24T23:00:00.000Z',
      kind: 'law',
    })
    expect(whyNot(gdpr.take('controller', 'extend', { extraMonths: 2 }))).toBe('extensionReasons field.missing')
    gdpr.take('controller', 'extend', { extraMonths: 2, extensionReasons: 'Forty requests' })
    // 24 February 2027 is a Wednesday.
    expect(clock(gdpr, 'answerGdpr')?.safe).toBe('2027-02-24T23:00:00.000Z')
    expect(gdpr.take('controller', 'extend', { extraMonths: 1, extensionReasons: 'More' }).kind).toBe('refused')
    const led = searched()
    expect(clock(led, 'answerLed')).toMatchObject({ safe: '2026-12-24T23:00:00.000Z', kind: 'policy' })
    expect(whyNot(led.take('controller', 'extend', { extraMonths: 1, extensionReasons: 'x' }))).toContain('Only the Regulation')
  })
  it('an administrative authority does not answer under the Directive', () => {
    const one = drive(definition, { ...absent, parties: { controller: { realm: 'administrative' } } })
    expect(whyNot(one.take('controller', 'registerLed', request))).toContain('Regulation (EU) 2016/679')
  })
  it('doubt about the identity is stated, and the month goes on', () => {
    const one = drive(definition, absent)
    one.take('controller', 'registerGdpr', request, { at: '2026-11-26T09:00:00Z' })
    expect(whyNot(one.take('controller', 'requestInfo', {}))).toBe('identityDoubt field.missing')
    one.take('controller', 'requestInfo', { identityDoubt: 'No signature' })
    one.take('controller', 'provideInfo')
    expect(one.state()).toBe('received')
    expect(one.clocks()[0]?.due.suspendedMs).toBe(0)
  })
})

describe('granting', () => {
  it('access holds everything of Art 14(a) to (g), and nothing of it when nothing is held', () => {
    expect(whyNot(searched().take('controller', 'grant', {})).split(', ')).toHaveLength(7)
    expect(searched(['access'], { result: 'nothing' }).take('controller', 'grant', {}).kind).toBe('move')
  })
  it('is reviewed by another officer and answered in writing; the answer stops the clock', () => {
    const one = searched()
    one.take('controller', 'grant', content)
    expect(whyNot(one.take('controller', 'reviewGrant', { decision: 'pass', reviewer: 'Same' }))).toContain('Another officer')
    expect(reviewed(one, 'reviewGrant')).toBe('')
    expect(one.take('controller', 'answer', { answerText: 'Enclosed' }).kind).toBe('move')
    expect(clock(one, 'answerLed')?.due.state).toBe('met')
    one.take('controller', 'close')
    expect(one.state()).toBe('closed')
    expect(whyNot(one.take('controller', 'reopen'))).toBe('reopenReason field.missing')
    one.take('controller', 'reopen', { reopenReason: 'A register was overlooked' })
    expect(one.state()).toBe('searched')
    expect(clock(one, 'answerLed#2')).toMatchObject({ kind: 'policy', due: { state: 'running' } })
    one.take('controller', 'withdraw', { withdrawReason: 'The person withdraws' })
    expect(one.clocks('2028-01-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['met', 'stopped'])
  })
  it.each([
    ['rectification', 'rectified', { rectification: 'Date of birth', originTold: true }],
    ['erasure', 'erased', { erasure: 'No longer necessary' }],
    ['erasure', 'restricted', { restrictionGround: 'evidence', restriction: 'Report of 2024' }],
    ['restriction', 'restricted', { restrictionGround: 'contested', restriction: 'Address' }],
  ])('%s is answered only when it is done (%s)', (right, step, form) => {
    const one = searched([right])
    one.take('controller', 'grant', {})
    expect(reviewed(one, 'reviewGrant')).toBe('')
    expect(whyNot(one.take('controller', 'answer', { answerText: 'Done' }))).toContain('Art 16')
    expect(whyNot(one.take('controller', step, form))).toBe('recipientsNotified field.missing')
    expect(whyNot(one.take('controller', step, { ...form, recipientsNotified: 'recalled' }))).toBe('')
    expect(one.take('controller', 'answer', { answerText: 'Done' }).kind).toBe('move')
  })
})

describe('refusing', () => {
  it('names a ground of its own law, with the reasons kept for the supervisory authority', () => {
    expect(whyNot(searched().take('controller', 'refuse', { ...refusal, factualReasons: '' }))).toBe('factualReasons field.missing')
    expect(whyNot(searched().take('controller', 'refuse', { ...refusal, ground: 'restricted-by-law' }))).toContain('may not be used here')
    const gdpr = searched(['access'], { step: 'registerGdpr' })
    expect(whyNot(gdpr.take('controller', 'refuse', refusal))).toContain('may not be used here')
    expect(gdpr.take('controller', 'refuse', { ...refusal, ground: 'restricted-by-law' }).kind).toBe('move')
    expect(definition.fields.find(({ id }) => id === 'factualReasons')?.audience).toContain('supervisory')
  })
  it('«manifestly unfounded» puts the burden on the controller', () => {
    const one = searched()
    expect(whyNot(one.take('controller', 'refuse', { ...refusal, ground: 'unfounded' }))).toBe('justification field.missing')
    expect(one.take('controller', 'refuse', { ...refusal, ground: 'unfounded', justification: 'Tenth time this year' }).kind).toBe('move')
  })
  it('tells of the remedies always, and leaves reasons out only for the purpose they would undermine', () => {
    const one = searched()
    one.take('controller', 'refuse', refusal)
    expect(reviewed(one, 'reviewRefusal')).toBe('')
    const letter = { answerText: 'We can neither confirm nor deny', reasonsOmitted: true, omissionReason: 'Open case', remedyTold: true }
    expect(whyNot(one.take('controller', 'answerRefusal', { ...letter, remedyTold: false }))).toContain('17(2)')
    expect(whyNot(one.take('controller', 'answerRefusal', { ...letter, omissionReason: '' }))).toContain('Art 15(3)')
    expect(one.take('controller', 'answerRefusal', letter).kind).toBe('move')
  })
  it('in part still gives the content of the rest', () => {
    expect(whyNot(searched().take('controller', 'partial', refusal))).toContain('dataAndOrigin field.missing')
    expect(searched().take('controller', 'partial', { ...content, ...refusal }).kind).toBe('move')
  })
})

it('goes through the supervisory authority, which tells the person at least that it verified and of the court', () => {
  const one = searched()
  one.take('controller', 'refuse', refusal)
  reviewed(one, 'reviewRefusal')
  one.take('controller', 'answerRefusal', { answerText: 'No', reasonsOmitted: false, remedyTold: true })
  one.take('controller', 'complaintNoted', { complaint: 'Letter of a lawyer' })
  one.take('controller', 'throughAuthority', { supervisoryDesk: 'be.dpa.desk' })
  one.take(null, 'receivedByAuthority', {}, { at: '2026-12-01T09:00:00Z' })
  const told = { verification: 'Reviewed', verificationTold: true, courtTold: true }
  expect(whyNot(one.take('supervisory', 'verified', { ...told, courtTold: false }))).toContain('Art 17(3)')
  one.take('supervisory', 'verified', told)
  expect(one.state()).toBe('answered')
  one.take('controller', 'throughAuthority', { supervisoryDesk: 'be.dpa.desk' })
  one.take('supervisory', 'orderAgain', { order: 'Give access to the report' })
  expect(one.state()).toBe('searched')
  expect(clock(one, 'answerLed#2')?.due.state).toBe('running')
})

it('who asks for their rights is not compared with the cases of the authority', () => {
  expect(definition.fields.filter(({ crossCheck }) => crossCheck !== undefined)).toEqual([])
})
