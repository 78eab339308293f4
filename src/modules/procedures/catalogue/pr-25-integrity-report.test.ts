/** PR-25: the identity of who reports stays with the channel; the limits of Directive (EU) 2019/1937; the way to the competent authority. */
import { describe, expect, it } from 'vitest'
import { isFor } from '../server/parties.ts'
import { drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-25-integrity-report')
const report = {
  reference: 'I-1',
  receivedAt: '2026-11-26T08:00:00Z',
  how: 'written',
  about: 'port',
  kind: 'access-codes',
  reportText: 'A planner sells release codes',
  anonymous: false,
  reporterName: 'A. Example',
  reporterWork: 'Planning, night shift',
}
const assessment = { designated: true, noConflict: true, assessment: 'Plausible' }
const handover = { competentDesk: 'be.police.integrity', handoverText: 'Release codes are sold at terminal X', nothingBetrays: true }
const identity = ['reporterName', 'reporterContact', 'reporterWork', 'identityHints']

function submitted(form: Readonly<Record<string, unknown>> = {}) {
  const one = drive(definition)
  expect(whyNot(one.take('channel', 'register', { ...report, ...form }, { at: '2026-11-26T09:00:00Z' }))).toBe('')
  return one
}
function acknowledged(form?: Readonly<Record<string, unknown>>) {
  const one = submitted(form)
  one.take('channel', 'ack', { ackText: 'Received' }, { at: '2026-11-30T09:00:00Z' })
  return one
}
function handedOver(form?: Readonly<Record<string, unknown>>) {
  const one = acknowledged(form)
  one.take('channel', 'assess', assessment)
  expect(whyNot(one.take('channel', 'handOver', handover))).toBe('')
  one.take(null, 'receivedByAuthority')
  return one
}
const clock = (one: ReturnType<typeof submitted>, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

describe('identity', () => {
  it('no partner can fill a role, and every field about who reports is for the channel alone', () => {
    for (const role of Object.values(definition.roles)) expect(role.realms).not.toContain('partner')
    const section = definition.fields.filter((field) => field.section === 'reporter')
    expect(section.map(({ id }) => id)).toEqual(identity)
    for (const field of section) expect(field).toMatchObject({ audience: ['channel'], personal: true })
    for (const id of ['reportText', 'anonymous', 'addition', 'feedback', 'retaliation', 'receivedAt', 'how'])
      expect(definition.fields.find((each) => each.id === id)?.audience).toEqual(['channel'])
  })
  it('is not compared with anything, and names no case', () => {
    expect(definition.fields.filter(({ crossCheck }) => crossCheck !== undefined)).toEqual([])
    expect(definition.label).toBe('reference')
  })
  it('an anonymous report is taken without a name', () => {
    expect(whyNot(drive(definition).take('channel', 'register', { ...report, reporterName: '' }))).toBe('reporterName field.missing')
    expect(submitted({ anonymous: true, reporterName: '' }).state()).toBe('submitted')
  })
  it('the authority gets a text from which nobody can be deduced', () => {
    const one = acknowledged()
    one.take('channel', 'assess', assessment)
    expect(whyNot(one.take('channel', 'handOver', { ...handover, nothingBetrays: false }))).toContain('Art 16(1)')
    one.take('channel', 'handOver', handover)
    one.take('competent', 'authorityAsks', { authorityQuestion: 'Which shift?' })
    const answer = { channelAnswer: 'Cannot be said', nothingBetrays: true }
    expect(whyNot(one.take('channel', 'channelAnswers', { ...answer, nothingBetrays: false }))).toContain('deduce')
    expect(one.take('channel', 'channelAnswers', answer).kind).toBe('move')
  })
  it('is disclosed to the authority only with consent, or by a legal duty after the person was informed', () => {
    const why = (form: Readonly<Record<string, unknown>>) =>
      whyNot(handedOver().take('channel', 'discloseIdentity', { identityForAuthority: 'A. Example', consent: false, ...form }))
    expect(why({})).toContain('explicit consent')
    expect(why({ consent: true })).toBe('')
    expect(why({ legalDuty: 'Art 29 CCP' })).toContain('Art 16(3)')
    expect(why({ legalDuty: 'Art 29 CCP', informedBefore: true })).toBe('')
    expect(why({ legalDuty: 'Art 29 CCP', informingJeopardises: 'Search tomorrow' })).toBe('')
    const anonymous = handedOver({ anonymous: true, reporterName: '' })
    expect(whyNot(anonymous.take('channel', 'discloseIdentity', { identityForAuthority: 'x', consent: true }))).toContain('anonymous')
  })
  it('can be erased while the case stays', () => {
    const one = handedOver()
    one.take('competent', 'authorityOutcome', { outcome: 'Two arrests' })
    one.take('channel', 'giveFeedback', { feedback: 'Handed over; arrests' })
    one.take('channel', 'eraseIdentity')
    for (const id of identity) expect(one.fold().values).not.toHaveProperty(id)
    expect(one.fold().values).toHaveProperty('reportText')
    expect(one.take('channel', 'close').kind).toBe('move')
  })
})

describe('limits', () => {
  it('seven days to acknowledge from receipt, three months for feedback from the acknowledgement; both are law', () => {
    const one = submitted()
    expect(clock(one, 'acknowledge')).toMatchObject({ safe: '2026-12-03T23:00:00.000Z', kind: 'law' })
    one.take('channel', 'ack', { ackText: 'Received' }, { at: '2026-11-30T09:00:00Z' })
    expect(clock(one, 'acknowledge')?.due.state).toBe('met')
    expect(clock(one, 'feedback')).toMatchObject({ safe: '2027-02-28T23:00:00.000Z', kind: 'law' })
  })
  it('without an acknowledgement the three months run from the end of the seven days', () => {
    const one = submitted()
    expect(one.take(null, 'ackLapsed', {}, { at: '2026-12-03T23:00:00Z' }).kind).toBe('move')
    expect(clock(one, 'feedback')?.safe).toBe('2027-03-04T23:00:00.000Z')
    one.take('channel', 'ack', { ackText: 'Late' }, { at: '2026-12-10T09:00:00Z' })
    expect(clock(one, 'acknowledge')?.due.state).toBe('missed')
    expect(clock(one, 'feedback')?.safe).toBe('2027-03-04T23:00:00.000Z')
  })
  it('an acknowledgement that would endanger the person is withheld with its reason', () => {
    const one = submitted()
    expect(whyNot(one.take('channel', 'withholdAck', {}))).toBe('noAckReason field.missing')
    one.take('channel', 'withholdAck', { noAckReason: 'identity' }, { at: '2026-11-27T09:00:00Z' })
    expect(clock(one, 'feedback')?.safe).toBe('2027-02-27T23:00:00.000Z')
  })
  it('six months in duly justified cases and never more', () => {
    const one = acknowledged()
    expect(whyNot(one.take('channel', 'extend', { extraMonths: 3 }))).toBe('extensionReasons field.missing')
    one.take('channel', 'extend', { extraMonths: 3, extensionReasons: 'Five terminals' })
    expect(clock(one, 'feedback')?.safe).toBe('2027-05-30T22:00:00.000Z')
    expect(one.take('channel', 'extend', { extraMonths: 1, extensionReasons: 'More' }).kind).toBe('refused')
  })
})

describe('handling', () => {
  it('by designated staff without a conflict', () => {
    expect(whyNot(acknowledged().take('channel', 'assess', { ...assessment, designated: false }))).toContain('Art 12(4)')
    expect(whyNot(acknowledged().take('channel', 'assess', { ...assessment, noConflict: false }))).toContain('another channel')
  })
  it('a question goes to the person and the case goes on where it was', () => {
    const one = acknowledged()
    one.take('channel', 'requestInfo', { question: 'Since when?' })
    one.take('channel', 'provideInfo', { addition: 'Since summer' })
    expect(one.state()).toBe('acknowledged')
  })
  it('what is not followed up has a ground, and the person gets feedback all the same', () => {
    const one = acknowledged()
    one.take('channel', 'refuse', { ground: 'minor', reasons: 'A parking place', reasonsTold: true })
    one.take('channel', 'noteRetaliation', { retaliation: 'Moved to another shift' })
    one.take('channel', 'giveFeedback', { feedback: 'Not followed up, because' })
    expect(clock(one, 'feedback')?.due.state).toBe('met')
    one.take('channel', 'reopen', { reopenReason: 'New facts' })
    expect(one.state()).toBe('assessed')
    expect(clock(one, 'feedbackAgain')).toMatchObject({ kind: 'policy', due: { state: 'running' } })
    expect(isFor(definition, 'reasons', ['channel'])).toBe(true)
    expect(isFor(definition, 'reasons', ['competent'])).toBe(false)
  })
  it('another channel gets it when the person is told, and acknowledges in seven days of its own', () => {
    const one = submitted()
    expect(whyNot(one.take('channel', 'forward', { forwardTo: 'nl.channel', forwardTold: false }))).toContain('Art 11(6)')
    one.take('channel', 'forward', { forwardTo: 'nl.channel', forwardTold: true })
    one.take(null, 'receivedByChannel', {}, { at: '2026-11-30T09:00:00Z' })
    expect(clock(one, 'acknowledge', '2027-06-01T00:00:00Z')?.due.state).toBe('stopped')
    expect(clock(one, 'acknowledge#2')?.safe).toBe('2026-12-07T23:00:00.000Z')
  })
  it('an oral report is recorded with the agreement of the person', () => {
    expect(whyNot(drive(definition).take('channel', 'register', { ...report, how: 'telephone' }))).toBe('transcriptAgreed field.missing')
  })
})
