/** PR-22: Directive (EU) 2016/680 Arts 30 and 31: 72 hours from awareness, other Member States, the persons at high risk. */
import { describe, expect, it } from 'vitest'
import { isFor } from '../server/parties.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-22-data-breach')
const event = {
  reference: 'B-1',
  awareAt: '2026-11-27T16:00:00Z',
  noticedBy: 'processor',
  kinds: ['confidentiality'],
  facts: 'A laptop was stolen',
}
const notification = {
  nature: 'Names of 40 witnesses',
  personsCount: 40,
  contactPoint: 'DPO',
  consequences: 'Threats',
  measures: 'Remote wipe',
}
const persons = { communication: 'Your data were on a stolen laptop', communicationHolds: true, informedHow: 'By letter' }
const record = { effects: 'None seen', remedial: 'Encryption enforced', finalFacts: 'Stolen in a train' }

function noticed(options: DriveOptions = { absent: ['otherController'] }, at = '2026-11-27T18:00:00Z') {
  const one = drive(definition, options)
  expect(whyNot(one.take('controller', 'notice', event, { at }))).toBe('')
  return one
}
function assessed(risk: string, crossBorder = false, options?: DriveOptions) {
  const one = noticed(options)
  one.take('controller', 'assess', { risk, riskReasons: 'Witness data', crossBorder })
  return one
}
function notified(risk: string, crossBorder = false, options?: DriveOptions) {
  const one = assessed(risk, crossBorder, options)
  expect(whyNot(one.take('controller', 'notifyAuthority', notification))).toBe('')
  one.take(null, 'receivedByAuthority')
  return one
}
const clock = (one: ReturnType<typeof noticed>, id: string) => one.clocks().find((each) => each.id === id)

describe('72 hours', () => {
  it('run from awareness, over a weekend, as law; a notification in time needs no reasons', () => {
    const one = noticed()
    expect(clock(one, 'notify')).toMatchObject({ safe: '2026-11-30T16:00:00.000Z', kind: 'law' })
    expect(one.take('controller', 'notifyAuthority', notification, { at: '2026-11-30T15:59:00Z' }).kind).toBe('move')
    expect(clock(one, 'notify')?.due.state).toBe('met')
  })
  it('run under the Regulation for an administrative authority and for other purposes, with its own article and grounds', () => {
    const administrative: DriveOptions = { absent: ['otherController'], parties: { controller: { realm: 'administrative' } } }
    expect(whyNot(drive(definition, administrative).take('controller', 'notice', event, { at: '2026-11-27T18:00:00Z' }))).toContain(
      '2016/679',
    )
    const one = drive(definition, administrative)
    one.take('controller', 'noticeGdpr', { ...event, awareAt: '2026-11-27T16:20:00Z' }, { at: '2026-11-27T18:00:00Z' })
    expect(clock(one, 'notifyGdpr')).toMatchObject({
      safe: '2026-11-30T16:20:00.000Z',
      legalLatest: '2026-11-30T17:00:00.000Z',
      kind: 'law',
    })
    one.take('controller', 'assess', { risk: 'high', riskReasons: 'x', crossBorder: true })
    one.take('controller', 'notifyAuthority', notification)
    expect(clock(one, 'notifyGdpr')?.due.state).toBe('met')
    expect(whyNot(one.take('controller', 'doNotInform', { ground: 'prosecution', reasons: 'x' }))).toContain('may not be used here')
    expect(one.take('controller', 'doNotInform', { ground: 'restricted-by-law', reasons: 'x' }).kind).toBe('move')
    expect(one.take('controller', 'document', record).kind).toBe('move')
    expect(whyNot(notified('high').take('controller', 'doNotInform', { ground: 'restricted-by-law', reasons: 'x' }))).toContain(
      'not be used',
    )
  })
  it('a later notification gives the reasons for the delay', () => {
    const one = noticed()
    expect(whyNot(one.take('controller', 'notifyAuthority', notification, { at: '2026-11-30T17:00:00Z' }))).toContain(
      'reasons for the delay',
    )
    expect(one.take('controller', 'notifyAuthority', { ...notification, lateReasons: 'Backup had to be read first' }).kind).toBe('move')
    expect(clock(one, 'notify')?.due.state).toBe('missed')
  })
  it('awareness is not in the future', () => {
    const one = drive(definition)
    expect(whyNot(one.take('controller', 'notice', event, { at: '2026-11-27T10:00:00Z' }))).toContain('in the future')
  })
  it('holds everything of Art 30(3), what is not known yet follows in phases', () => {
    expect(whyNot(noticed().take('controller', 'notifyAuthority', {}))).toBe(
      'nature field.missing, contactPoint field.missing, consequences field.missing, measures field.missing',
    )
    expect(notified('risk').take('controller', 'addPhase', { phase: 'It was 52', personsCount: 52 }).kind).toBe('move')
  })
  it('only a breach that is unlikely to result in a risk is not notified, and it is documented all the same', () => {
    const form = { noRiskReasons: 'The disk was encrypted' }
    expect(whyNot(assessed('risk').take('controller', 'doNotNotify', form))).toContain('Art 30(1)')
    const one = assessed('unlikely')
    one.take('controller', 'doNotNotify', form)
    expect(clock(one, 'notify')?.due.state).toBe('met')
    expect(one.take('controller', 'close').kind).toBe('refused')
    one.take('controller', 'document', record)
    one.take('controller', 'close')
    expect(one.state()).toBe('closed')
  })
})

describe('other Member States', () => {
  it('are informed before the breach is documented when their data are involved', () => {
    const one = notified('risk', true, {})
    expect(whyNot(one.take('controller', 'document', record))).toContain('Art 30(6)')
    one.take('controller', 'notifyControllers', notification0)
    one.take(null, 'controllerReceived')
    expect(one.take('otherController', 'controllerAck').kind).toBe('move')
    expect(one.take('controller', 'document', record).kind).toBe('move')
  })
  it('a controller must be named', () => {
    expect(whyNot(notified('risk', true).take('controller', 'notifyControllers', notification0))).toContain('No controller')
  })
  it('see neither the first facts nor the risk, and not each other', () => {
    for (const id of ['facts', 'risk', 'riskReasons', 'communication', 'lateReasons'])
      expect(definition.fields.find((each) => each.id === id)?.audience).not.toContain('otherController')
    expect(definition.transitions.find(({ id }) => id === 'controllerAck')?.told).toEqual(['controller'])
  })
})
const { personsCount: _count, ...notification0 } = notification

describe('persons', () => {
  it('at high risk are informed, or the ground for not informing them is recorded, before it is documented', () => {
    const one = notified('high')
    expect(whyNot(one.take('controller', 'document', record))).toContain('Art 31(1)')
    expect(whyNot(one.take('controller', 'informPersons', { ...persons, communicationHolds: false }))).toContain('Art 31(2)')
    one.take('controller', 'informPersons', persons)
    expect(one.take('controller', 'document', record).kind).toBe('move')
  })
  it('a disproportionate effort is replaced by a public communication; «no high risk» is no ground where it is high', () => {
    const refusal = { ground: 'disproportionate', reasons: 'Addresses unknown' }
    expect(whyNot(notified('high').take('controller', 'doNotInform', refusal))).toBe('publicCommunication field.missing')
    expect(notified('high').take('controller', 'doNotInform', { ...refusal, publicCommunication: 'Notice on the website' }).kind).toBe(
      'move',
    )
    expect(whyNot(notified('high').take('controller', 'doNotInform', { ground: 'no-high-risk', reasons: 'x' }))).toContain(
      'may not be used here',
    )
  })
  it('the supervisory authority can require that they are informed', () => {
    const one = notified('high')
    one.take('controller', 'doNotInform', { ground: 'prosecution', reasons: 'Open case' })
    one.take('supervisory', 'requirePersons', { requirement: 'Within two days' })
    expect(whyNot(one.take('controller', 'document', record))).toContain('Not possible')
    expect(one.take('controller', 'informPersons', persons).kind).toBe('move')
  })
  it('an unknown risk does not pass as a low one', () => {
    const one = noticed()
    one.take('controller', 'notifyAuthority', notification)
    expect(whyNot(one.take('controller', 'document', record))).toContain('was not assessed')
  })
})

it('the supervisory authority asks and the case goes on where it was; a documented breach can be taken up again', () => {
  const one = notified('risk')
  one.take('supervisory', 'ack')
  one.take('supervisory', 'requestInfo', { question: 'Since when?' })
  one.take('controller', 'provideInfo', { explanation: 'Since Monday' })
  expect(one.state()).toBe('notified')
  one.take('controller', 'document', record)
  one.take('supervisory', 'reopen', { reopenReason: 'Second laptop' })
  expect(one.state()).toBe('assessed')
  expect(clock(one, 'followUp#2')?.due.state).toBe('running')
  expect(isFor(definition, 'reasons', ['otherController'])).toBe(false)
  expect(isFor(definition, 'reasons', ['supervisory'])).toBe(true)
})
