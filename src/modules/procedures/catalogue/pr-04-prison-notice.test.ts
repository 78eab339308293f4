/** PR-04: scenario S20, two officers, excluded data, acknowledgement before arrival, measures by a person, the limits of Framework Decision 2008/909/JHA. */
import { describe, expect, it } from 'vitest'
import { isFor } from '../server/parties.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-04-prison-notice')
const notice = {
  reference: 'DE-JVA-12',
  type: 'transfer',
  plannedEvent: 'Transfer to Opera',
  plannedAt: '2026-12-01T09:00:00Z',
  necessity: 'Leader of a network; two rivals are held there',
  prisoner: [{ name: 'A. Example', dateOfBirth: '1980-01-01', prisonReference: 'JVA-1' }],
  legalStatus: 'sentenced',
  facts: [{ category: 'conflict', text: 'Conflict with group B', on: '2026-10-01', source: 'A', accuracy: '1' }],
  noLawyer: true,
  noFamily: true,
  noClergy: true,
  noHealth: true,
  basisReceiver: '§ 13 JVollzDSG',
}
const bare: DriveOptions = {
  absent: ['spoc', 'prosecutor', 'executing'],
  parties: { receiver: { country: 'IT', zone: 'Europe/Rome', calendar: 'IT' } },
}
const open = (options: DriveOptions = bare) => drive(definition, options)

function reviewed(form: Readonly<Record<string, unknown>> = {}, options: DriveOptions = bare) {
  const one = open(options)
  expect(whyNot(one.take('sender', 'prepare', { ...notice, ...form }, { at: '2026-11-26T09:00:00Z', officer: 'author' }))).toBe('')
  expect(whyNot(one.take('sender', 'review', { decision: 'pass', reviewer: 'Jurist' }, { officer: 'jurist' }))).toBe('')
  return one
}
function acknowledged(form: Readonly<Record<string, unknown>> = {}) {
  const one = reviewed(form)
  one.take('sender', 'send')
  one.take(null, 'receive')
  one.take('receiver', 'ack', {}, { at: '2026-11-27T09:00:00Z' })
  return one
}
const clock = (one: ReturnType<typeof open>, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

describe('S20: a health field', () => {
  const health = { health: 'Insulin twice a day', healthReason: 'vital' }
  const strict = { ...health, healthNecessity: 'Dies without it within days' }
  it('is refused without the text of strict necessity', () => {
    expect(whyNot(open().take('sender', 'prepare', { ...notice, ...health }))).toContain('(Directive (EU) 2016/680 Art 10)')
    expect(whyNot(open().take('sender', 'prepare', { ...notice, ...strict, healthReason: '' }))).toBe('healthReason field.missing')
  })
  it('is refused without a reviewer who found it strictly necessary, and passes with both', () => {
    const one = open()
    one.take('sender', 'prepare', { ...notice, ...strict }, { officer: 'author' })
    const pass = { decision: 'pass', reviewer: 'Jurist' }
    expect(whyNot(one.take('sender', 'review', pass, { officer: 'jurist' }))).toContain('strictly necessary')
    expect(whyNot(one.take('sender', 'review', { ...pass, healthReviewed: true }, { officer: 'author' }))).toContain('Another officer')
    expect(one.take('sender', 'review', { ...pass, healthReviewed: true }, { officer: 'jurist' }).kind).toBe('move')
    expect(one.take('sender', 'send').kind).toBe('move')
  })
  it('is never for the police or the prosecutor, and is erased when the notice ends', () => {
    expect(definition.fields.find(({ id }) => id === 'health')?.audience).toEqual(['sender', 'receiver'])
    const one = open()
    one.take('sender', 'prepare', { ...notice, ...strict }, { officer: 'author' })
    one.take('sender', 'review', { decision: 'pass', reviewer: 'Jurist', healthReviewed: true }, { officer: 'jurist' })
    one.take('sender', 'send')
    one.take('receiver', 'ack')
    one.take('receiver', 'expire', { expiryReason: 'Released' })
    expect(one.fold().purged).toEqual(['health', 'healthNecessity'])
    expect(one.fold().values).not.toHaveProperty('health')
    expect(one.state()).toBe('expired')
  })
})

describe('what a notice holds', () => {
  it('no contacts with lawyers, family or clergy, and no category of fact for them', () => {
    for (const id of ['noLawyer', 'noFamily', 'noClergy', 'noHealth'])
      expect(whyNot(open().take('sender', 'prepare', { ...notice, [id]: false }))).toContain('take them out')
    const codes = definition.codeLists?.['category']?.map(({ code }) => code) ?? []
    for (const code of ['lawyer', 'family', 'clergy', 'health']) expect(codes).not.toContain(code)
  })
  it('a legal basis for each recipient', () => {
    expect(whyNot(open().take('sender', 'prepare', { ...notice, basisReceiver: '' }))).toBe('basisReceiver field.missing')
    expect(whyNot(open({ absent: ['prosecutor'] }).take('sender', 'prepare', notice))).toContain('police contact point')
    expect(whyNot(open({ absent: ['spoc'] }).take('sender', 'prepare', notice))).toContain('prosecutor gets the notice')
    expect(whyNot(open({}).take('sender', 'prepare', { ...notice, basisSpoc: 'Art 7', basisProsecutor: '§ 14' }))).toBe('')
  })
  it('what the reviewer sends back can be changed and laid before again', () => {
    const one = open()
    one.take('sender', 'prepare', notice, { officer: 'author' })
    one.take('sender', 'review', { decision: 'back', reviewer: 'Jurist' }, { officer: 'jurist' })
    expect(one.state()).toBe('draft')
    expect(one.take('sender', 'prepare', notice, { officer: 'author' }).kind).toBe('move')
  })
})

describe('acknowledgement', () => {
  it('is due 48 hours before the planned event, and 8 hours after an urgent sending', () => {
    const one = reviewed()
    one.take('sender', 'send')
    expect(clock(one, 'ackPlanned')).toMatchObject({ safe: '2026-11-29T09:00:00.000Z', kind: 'policy' })
    one.take('receiver', 'ack', {}, { at: '2026-11-29T08:00:00Z' })
    expect(clock(one, 'ackPlanned')?.due.state).toBe('met')
    const near = reviewed({ plannedAt: '2026-11-27T09:00:00Z' })
    expect(whyNot(near.take('sender', 'send'))).toContain('send it as urgent')
    near.take('sender', 'sendUrgent', { urgency: 'urgent', urgencyReasons: 'Moved forward' })
    expect(clock(near, 'ackUrgent')?.safe).toBe('2026-11-26T17:00:00.000Z')
    const nearer = reviewed({ plannedAt: '2026-11-26T12:00:00Z' })
    nearer.take('sender', 'sendUrgent', { urgency: 'urgent', urgencyReasons: 'Threat' })
    expect(clock(nearer, 'ackUrgent')?.safe).toBe('2026-11-26T12:00:00.000Z')
  })
  it('is demanded before the person arrives', () => {
    const one = reviewed()
    one.take('sender', 'send')
    expect(whyNot(one.take('sender', 'transferred'))).toContain('before the person arrives')
    one.take('receiver', 'ack')
    expect(one.take('sender', 'transferred').kind).toBe('move')
  })
})

it('measures need a person, reasons and the way of appeal, and are for the receiving prison alone', () => {
  const one = acknowledged()
  const measures = { measures: 'Separate wing', humanReasons: 'Confirmed by own staff', decidedByPerson: true, remedyTold: true }
  expect(whyNot(one.take('receiver', 'takeMeasures', { ...measures, decidedByPerson: false }))).toContain('Art 11(1)')
  expect(whyNot(one.take('receiver', 'takeMeasures', { ...measures, remedyTold: false }))).toContain('appeal')
  expect(whyNot(one.take('receiver', 'takeMeasures', { ...measures, humanReasons: '' }))).toBe('humanReasons field.missing')
  one.take('receiver', 'takeMeasures', measures)
  one.take('receiver', 'appealNoted', { appealNote: 'Complaint of 1 December' })
  for (const id of ['measures', 'humanReasons', 'reviewResult', 'appealNote'])
    expect(definition.fields.find((each) => each.id === id)?.audience).toEqual(['receiver', 'oversight'])
})

it('is reviewed every six months, each time with a new clock, until it ends', () => {
  const one = acknowledged()
  expect(clock(one, 'review')?.safe).toBe('2027-05-27T22:00:00.000Z')
  one.take('receiver', 'noMeasures', { humanReasons: 'Rival was moved' })
  one.take('receiver', 'reviewMeasures', { reviewResult: 'Still needed' }, { at: '2027-05-20T09:00:00Z' })
  expect(clock(one, 'review#2')?.safe).toBe('2027-11-20T23:00:00.000Z')
  expect(whyNot(one.take('sender', 'expire', {}))).toBe('expiryReason field.missing')
  one.take('sender', 'expire', { expiryReason: 'Released' })
  // Nothing is left to review: that is no review.
  expect(clock(one, 'review#2')?.due.state).toBe('stopped')
})

describe('transfer under Framework Decision 2008/909/JHA', () => {
  it('90 days from receipt of judgment and certificate, then the transfer', () => {
    const one = acknowledged()
    expect(whyNot(one.take('receiver', 'transferDecided', { transferDecision: 'x' }))).toContain('First record')
    one.take('receiver', 'judgmentReceived', { judgmentReceivedAt: '2026-11-30T10:00:00Z' }, { at: '2026-12-01T09:00:00Z' })
    expect(clock(one, 'transferDecision')).toMatchObject({ safe: '2027-02-28T23:00:00.000Z', kind: 'law' })
    one.take('receiver', 'transferDelayed', { transferDelay: 'Adaptation of the sentence; three weeks' })
    one.take('receiver', 'transferDecided', { transferDecision: 'Recognised' }, { at: '2027-02-01T09:00:00Z' })
    expect(clock(one, 'transferDecision')?.due.state).toBe('met')
    expect(clock(one, 'transferPerson')).toMatchObject({ safe: '2027-03-03T23:00:00.000Z', kind: 'policy' })
    one.take('sender', 'transferred', {}, { at: '2027-03-01T09:00:00Z' })
    expect(clock(one, 'transferPerson')?.due.state).toBe('met')
  })
  it('the authority that decides is brought in for a transfer alone, and sees of the notice only what it needs', () => {
    const desk = { executingDesk: 'it.court.desk' }
    expect(whyNot(acknowledged({ type: 'threat' }).take('receiver', 'involveExecuting', desk))).toContain('Only a transfer')
    const one = acknowledged()
    one.take('receiver', 'involveExecuting', desk)
    expect(one.take('executing', 'judgmentReceived', { judgmentReceivedAt: '2026-11-30T10:00:00Z' }).kind).toBe('move')
    for (const id of ['facts', 'prisoner', 'health', 'necessity', 'measures'])
      expect(definition.fields.find((each) => each.id === id)?.audience).not.toContain('executing')
  })
  it('is not for a release, nor for a person on remand', () => {
    const form = { judgmentReceivedAt: '2026-11-30T10:00:00Z' }
    expect(whyNot(acknowledged({ type: 'threat' }).take('receiver', 'judgmentReceived', form))).toContain('transfers of sentenced persons')
    expect(whyNot(acknowledged({ legalStatus: 'remand' }).take('receiver', 'judgmentReceived', form))).toContain('sentence was imposed')
  })
})

it('can be declined with a ground, sent again, forwarded, asked about and withdrawn', () => {
  const one = reviewed()
  one.take('sender', 'send')
  one.take('receiver', 'forward', { forwardTo: 'it.bollate.desk', forwardReason: 'Other facility' })
  one.take('receiver', 'requestInfo', { question: 'Which group?' })
  one.take('sender', 'provideInfo', { explanation: 'Group B' })
  expect(one.state()).toBe('sent')
  one.take('receiver', 'decline', { ground: 'notOurFacility', reasons: 'Goes to Bollate' })
  one.take('sender', 'reopen', { reopenReason: 'Decision changed' })
  expect(clock(one, 'ackPlanned#2')?.due.state).toBe('running')
  one.take('receiver', 'decline', { ground: 'notOurFacility', reasons: 'Still Bollate' })
  one.take('sender', 'close')
  one.take('sender', 'reopen', { reopenReason: 'The transfer was moved' })
  one.take('sender', 'withdraw', { withdrawReason: 'Transfer called off' })
  expect(one.state()).toBe('withdrawn')
  expect(one.clocks('2028-01-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['met', 'met', 'stopped'])
  for (const role of ['spoc', 'prosecutor', 'executing']) expect(isFor(definition, 'reasons', [role])).toBe(false)
})
