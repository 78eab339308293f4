/** PR-02: scenarios S05, S06 and S07, the guards of Directive (EU) 2023/977 both ways, every path to its end. */
import { describe, expect, it } from 'vitest'
import { isFor } from '../server/parties.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-02-information-request')
const request = {
  reference: 'BE-2026-0815',
  informationRequested: 'Holder of the vehicle and known addresses',
  purpose: 'investigation',
  facts: 'Cocaine in a reefer container, collected with a cloned release code',
  offence: 'drug-trafficking',
  offenceStatute: 'Loi du 24 février 1921, Art 2bis',
  necessity: true,
  availability: 'The vehicle is registered there',
  urgency: 'none',
  language: 'en',
}
const urgent = { ...request, urgency: 'life', urgencyReasons: 'A driver was abducted' }
const quality = { answerLanguage: 'en', kindOfStatement: 'fact', source: 'A', accuracy: '1', asOf: '2026-10-30', thirdPartyOrigin: false }
const answer = { answer: 'Holder and addresses', ...quality }

const between = (options: DriveOptions = {}) =>
  drive(definition, { ...options, parties: { requested: { country: 'NL' }, ...options.parties } })
type Case = ReturnType<typeof between>

function received(at: string, form: Readonly<Record<string, unknown>> = request, options: DriveOptions = {}): Case {
  const one = between(options)
  expect(whyNot(one.take('requester', 'send', form, { at }))).toBe('')
  one.take(null, one.state() === 'sentUrgent' ? 'receiveUrgent' : 'receive', {}, { at })
  return one
}
function inWork(at = '2026-10-30T09:12:00+01:00', form?: Readonly<Record<string, unknown>>): Case {
  const one = received(at, form)
  if (one.state() === 'receivedUrgent') one.take('requested', 'triageDirect', { crossCheckLooked: true })
  else one.take('requested', 'triage', { crossCheckLooked: true, accessClass: 'direct' })
  expect(one.state()).toBe('inWork')
  return one
}
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

describe('time limits of Article 5', () => {
  it('S05: urgent, directly accessible, received Friday 23:30: safe Saturday 07:30, legal latest 08:00; provided at 07:10 it is met', () => {
    const one = received('2026-10-30T23:30:00+01:00', urgent)
    one.take('requested', 'triageDirect', { crossCheckLooked: true }, { at: '2026-10-31T00:05:00+01:00' })
    const running = clock(one, 'answerUrgentDirect')
    expect(running?.safe).toBe('2026-10-31T06:30:00.000Z')
    expect(running?.legalLatest).toBe('2026-10-31T07:00:00.000Z')
    expect(running?.kind).toBe('law')
    expect(definition.clocks.find(({ id }) => id === 'answerUrgentDirect')?.basis.art).toBe('Art 5(1)(a)')
    expect(one.take('requested', 'provide', answer, { at: '2026-10-31T07:10:00+01:00' }).kind).toBe('move')
    expect(clock(one, 'answerUrgentDirect', '2026-11-05T00:00:00Z')?.due.state).toBe('met')
  })
  it('urgent, indirectly accessible, received on a Friday: end of Monday, legal latest end of Tuesday, counted from receipt whenever it is triaged', () => {
    const one = received('2026-11-06T10:00:00+01:00', urgent)
    one.take('requested', 'triageIndirect', { crossCheckLooked: true }, { at: '2026-11-06T15:00:00+01:00' })
    const running = clock(one, 'answerUrgentIndirect')
    expect(running?.safe).toBe('2026-11-09T23:00:00.000Z')
    expect(running?.legalLatest).toBe('2026-11-10T23:00:00.000Z')
    // The class has changed: the 8 hours are neither kept nor missed.
    expect(clock(one, 'answerUrgentDirect', '2026-11-06T20:00:00+01:00')?.due.state).toBe('stopped')
    expect(clock(one, 'answerUrgentIndirect', '2026-11-11T01:00:00+01:00')?.due.state).toBe('missed')
  })
  it('S06: 7 calendar days from 30 October; asked on 1 November and answered 31 hours later, both ends move', () => {
    const one = inWork()
    expect(clock(one, 'answerOther')?.safe).toBe('2026-11-06T23:00:00.000Z')
    expect(clock(one, 'answerOther')?.legalLatest).toBe('2026-11-06T23:00:00.000Z')
    one.take('requested', 'requestInfo', { question: 'Which of the two drivers?' }, { at: '2026-11-01T09:12:00+01:00' })
    expect(one.state()).toBe('clarification')
    expect(clock(one, 'answerOther', '2026-11-01T20:00:00+01:00')?.due.state).toBe('suspended')
    one.take('requester', 'provideInfo', { clarificationText: 'The second' }, { at: '2026-11-02T16:12:00+01:00' })
    expect(one.state()).toBe('inWork')
    expect(clock(one, 'answerOther')?.safe).toBe('2026-11-08T06:00:00.000Z')
    expect(clock(one, 'answerOther')?.legalLatest).toBe('2026-11-09T23:00:00.000Z')
    expect(clock(one, 'answerOther')?.due.suspendedMs).toBe(31 * 3_600_000)
  })
  it('only an urgent request runs on the short limits, and only one of its four grounds makes a request urgent', () => {
    expect(
      received('2026-10-30T09:00:00+01:00')
        .clocks()
        .map(({ id }) => id),
    ).toEqual(['answerOther'])
    for (const ground of ['public-security', 'life', 'liberty', 'losing-relevance'])
      expect(
        received('2026-10-30T09:00:00+01:00', { ...urgent, urgency: ground })
          .clocks()
          .map(({ id }) => id),
      ).toEqual(['answerUrgentDirect', 'answerUrgentIndirect'])
    expect(whyNot(between().take('requester', 'send', { ...request, urgency: 'important' }))).toBe('urgency field.value')
    expect(whyNot(between().take('requester', 'send', { ...request, urgency: 'life' }))).toBe('urgencyReasons field.missing')
  })
  it('a class is changed with reasons and keeps the start; a request that was never directly accessible cannot change', () => {
    const one = received('2026-11-06T10:00:00+01:00', urgent)
    one.take('requested', 'triageDirect', { crossCheckLooked: true })
    expect(whyNot(one.take('requested', 'reclassify', {}))).toBe('reclassReasons field.missing')
    expect(one.take('requested', 'reclassify', { reclassReasons: 'The register is held by the municipality' }).kind).toBe('move')
    expect(clock(one, 'answerUrgentIndirect')?.safe).toBe('2026-11-09T23:00:00.000Z')
    expect(whyNot(inWork().take('requested', 'reclassify', { reclassReasons: 'x' }))).toContain('Only an urgent request')
  })
  it('a judicial authorisation suspends, is told with its length and reasons, and is reported on every five working days', () => {
    const one = inWork('2026-11-02T09:00:00+01:00')
    expect(whyNot(one.take('requested', 'needJudicial', { judicialAuthority: 'Rechter-commissaris' }))).toBe(
      'expectedDelay field.missing, delayReasons field.missing',
    )
    const needs = { judicialAuthority: 'Rechter-commissaris', expectedDelay: 6, delayReasons: 'Bank data' }
    one.take('requested', 'needJudicial', needs, { at: '2026-11-03T09:00:00+01:00' })
    expect(clock(one, 'judicialUpdate')?.safe).toBe('2026-11-10T23:00:00.000Z')
    expect(clock(one, 'judicialUpdate')?.kind).toBe('policy')
    one.take('requested', 'updateJudicial', { delayUpdate: 'Heard on Thursday' }, { at: '2026-11-09T09:00:00+01:00' })
    // 11 November is a holiday in Belgium.
    expect(clock(one, 'judicialUpdate#2')?.safe).toBe('2026-11-17T23:00:00.000Z')
    one.take('requested', 'askJudicial', { judicialDesk: 'nl.rc.desk', judicialRequest: 'Account statements' })
    one.take('judicial', 'judicialGranted', { judicialDecision: 'RC 26/118' }, { at: '2026-11-10T09:00:00+01:00' })
    expect(one.state()).toBe('inWork')
    expect(clock(one, 'answerOther')?.due.suspendedMs).toBe(7 * 24 * 3_600_000)
    expect(one.take('requested', 'provide', answer, { at: '2026-11-11T09:00:00+01:00' }).kind).toBe('move')
    expect(clock(one, 'answerOther')?.due.state).toBe('met')
  })
  it('forwarding inside the state keeps the first receipt and starts a second clock at the second receipt', () => {
    const one = received('2026-11-02T09:00:00+01:00', urgent)
    one.take(
      'requested',
      'forwardUrgent',
      { forwardTo: 'nl.spoc.two', forwardReason: 'Other service' },
      { at: '2026-11-02T10:00:00+01:00' },
    )
    one.take(null, 'receiveUrgent', {}, { at: '2026-11-02T10:01:00+01:00' })
    expect(clock(one, 'answerUrgentDirect')?.due.state).toBe('stopped')
    expect(clock(one, 'answerUrgentDirect#2')?.safe).toBe('2026-11-02T17:01:00.000Z')
    const other = received('2026-11-02T09:00:00+01:00')
    other.take('requested', 'forward', { forwardTo: 'nl.spoc.two', forwardReason: 'Other service' })
    other.take(null, 'receive', {}, { at: '2026-11-03T09:00:00+01:00' })
    expect(clock(other, 'answerOther#2')?.safe).toBe('2026-11-10T23:00:00.000Z')
  })
})

describe('who may send, and to whom', () => {
  const police = { requester: { kind: 'police' } }
  const send = (options: DriveOptions, form: Readonly<Record<string, unknown>> = {}) =>
    whyNot(between(options).take('requester', 'send', { ...request, ...form }))

  it('a contact point sends without more; another authority only when it is designated', () => {
    expect(send({ absent: ['ownSpoc'] })).toBe('')
    expect(send({ parties: police })).toContain('designated law-enforcement authority')
    expect(send({ parties: police }, { designated: true })).toBe('')
  })
  it('a designated authority copies its own contact point unless it states the ground of the sensitive case', () => {
    const alone = { parties: police, absent: ['ownSpoc'] }
    expect(send(alone, { designated: true })).toContain('copy to its own contact point')
    expect(send(alone, { designated: true, sensitiveGround: 'safety' })).toBe('sensitiveReasons field.missing')
    expect(send(alone, { designated: true, sensitiveGround: 'safety', sensitiveReasons: 'Source at risk' })).toBe('')
    expect(send({ parties: police }, { designated: true, sensitiveGround: 'safety', sensitiveReasons: 'x' })).toContain(
      'take one of them out',
    )
  })
  it('the copy goes to the contact point of the own state, the request to another state', () => {
    expect(send({ parties: { ownSpoc: { country: 'FR' } } })).toContain('contact point of the requesting state')
    expect(send({ parties: { requested: { country: 'BE' } } })).toContain('another Member State')
  })
  it('the language is English or one of the list', () => {
    expect(send({}, { language: 'fr' })).toContain('list of the requested state')
    expect(send({}, { language: 'nl', languageListed: true })).toBe('')
  })
  it('nothing is asked for that is not necessary and proportionate, or without the facts of Article 4', () => {
    expect(send({}, { necessity: false })).toContain('Art 4(3)(a)')
    expect(whyNot(between().take('requester', 'send', { necessity: true, language: 'en', urgency: 'none', purpose: 'prevention' }))).toBe(
      'reference field.missing, informationRequested field.missing, facts field.missing, availability field.missing',
    )
  })
})

describe('refusal', () => {
  it('is an answer: it keeps the limit, and its reasons are not for the authorities that were asked inside', () => {
    const one = received('2026-11-02T09:00:00+01:00', urgent)
    one.take('requested', 'refuse', { ground: 'national-security', reasons: 'Essential interests' }, { at: '2026-11-02T10:00:00+01:00' })
    expect(one.clocks('2027-01-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['met', 'met'])
    for (const id of ['ground', 'reasons', 'justification']) {
      for (const role of ['requester', 'ownSpoc', 'requested']) expect(isFor(definition, id, [role])).toBe(true)
      for (const role of ['competent', 'judicial']) expect(isFor(definition, id, [role])).toBe(false)
    }
  })
  it('S07: «at most one year» for trafficking asks for a justification, and the requester gets the ground', () => {
    const one = inWork()
    const short = { ground: 'offence-one-year', reasons: 'Art 11 Opiumwet' }
    expect(whyNot(one.take('requested', 'refuse', short))).toBe('justification field.missing')
    expect(one.take('requested', 'refuse', { ...short, justification: 'Only possession of a user quantity is left' }).kind).toBe('move')
    expect(one.state()).toBe('refused')
    expect(one.fold().values).toMatchObject(short)
    expect(clock(one, 'answerOther')?.due.state).toBe('met')
    const swindle = inWork('2026-11-02T09:00:00+01:00', { ...request, offence: 'swindling' })
    expect(swindle.take('requested', 'refuse', short).kind).toBe('move')
  })
  it('«authorisation refused» is a ground only when a judicial authority has refused it', () => {
    const one = inWork()
    const refusal = { ground: 'authorisation-refused', reasons: 'Refused' }
    expect(whyNot(one.take('requested', 'refuse', refusal))).toContain('Art 6(1)(c)')
    one.take('requested', 'needJudicial', { judicialAuthority: 'Court', expectedDelay: 3, delayReasons: 'Telecom data' })
    one.take('requested', 'judicialRefused', { judicialDecision: 'RC 26/119' })
    expect(whyNot(one.take('requested', 'provide', answer))).toContain('authorisation was refused')
    const again = { judicialAuthority: 'Court of appeal', expectedDelay: 2, delayReasons: 'Appeal' }
    one.take('requested', 'needJudicial', again)
    one.take('judicial', 'judicialGranted', { judicialDecision: 'CA 26/7' })
    expect(one.state()).toBe('inWork')
    expect(whyNot(one.take('requested', 'refuse', refusal))).toContain('Art 6(1)(c)')
    one.take('requested', 'needJudicial', again)
    one.take('judicial', 'judicialRefused', { judicialDecision: 'CA 26/8' })
    expect(one.take('requested', 'refuse', refusal).kind).toBe('move')
  })
  it('only the grounds of Article 6 are offered, and none without reasons', () => {
    const one = inWork()
    expect(whyNot(one.take('requested', 'refuse', { ground: 'no-time', reasons: 'x' }))).toBe('ground field.value')
    expect(whyNot(one.take('requested', 'refuse', { ground: 'not-available' }))).toBe('reasons field.missing')
    expect(definition.refusalGrounds.map(({ basis }) => basis.art)).toEqual([
      'Art 6(1)(a)',
      'Art 6(1)(b)',
      'Art 6(1)(c)',
      'Art 6(1)(d)',
      'Art 6(1)(e)',
      'Art 6(1)(f)(i)',
      'Art 6(1)(f)(ii)',
      'Art 6(1)(f)(iii)',
      'Art 6(1)(g)(i)',
      'Art 6(1)(g)(ii)',
      'Art 6(1)(h)',
    ])
  })
  it('a part that can be given is given, and the rest names its ground', () => {
    const one = inWork()
    expect(whyNot(one.take('requested', 'partial', answer))).toBe('ground field.missing, reasons field.missing')
    one.take('requested', 'partial', { ...answer, ground: 'ongoing-investigation', reasons: 'Own case' })
    expect(one.state()).toBe('partiallyProvided')
    expect(one.take('requested', 'supplement', answer).kind).toBe('move')
    expect(one.state()).toBe('provided')
  })
})

describe('provision', () => {
  it('information of another state needs the consent of that state', () => {
    const one = inWork()
    expect(whyNot(one.take('requested', 'provide', { ...answer, thirdPartyOrigin: true }))).toContain('Art 6(1)(h)')
    expect(one.take('requested', 'provide', { ...answer, thirdPartyOrigin: true, thirdPartyConsent: true }).kind).toBe('move')
  })
  it('carries what tells its accuracy, completeness and date', () => {
    expect(whyNot(inWork().take('requested', 'provide', { answer: 'x', thirdPartyOrigin: false }))).toBe(
      'answerLanguage field.missing, kindOfStatement field.missing, source field.missing, accuracy field.missing, asOf field.missing',
    )
  })
  it('is closed with an outcome by the requester, or taken up again with a new clock that revives no old one', () => {
    const one = inWork()
    one.take('requested', 'provide', answer, { at: '2026-11-04T09:00:00+01:00' })
    one.take('requester', 'reopen', { reopenReason: 'The second vehicle is missing' }, { at: '2026-11-05T09:00:00+01:00' })
    expect(one.state()).toBe('inWork')
    expect(clock(one, 'answerOther')?.due.state).toBe('met')
    expect(clock(one, 'followUp')?.safe).toBe('2026-11-12T23:00:00.000Z')
    one.take('requested', 'provide', answer, { at: '2026-11-06T09:00:00+01:00' })
    expect(whyNot(one.take('requester', 'close', {}))).toBe('outcome field.missing')
    expect(one.take('requester', 'close', { outcome: 'used' }).kind).toBe('move')
    expect(one.fold().state).toBe('closed')
  })
  it('a request can be withdrawn with a reason in every open state', () => {
    const one = received('2026-11-02T09:00:00+01:00')
    expect(whyNot(one.take('requester', 'withdraw', {}))).toBe('withdrawReason field.missing')
    one.take('requester', 'withdraw', { withdrawReason: 'Found at home' })
    expect(one.state()).toBe('withdrawn')
    expect(one.clocks('2027-01-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['stopped'])
  })
  it('a closed request is taken up again with its reason, and with a clock of policy', () => {
    const one = inWork()
    one.take('requested', 'provide', answer, { at: '2026-11-04T09:00:00+01:00' })
    one.take('requester', 'close', { outcome: 'used' })
    expect(whyNot(one.take('requester', 'reopen', {}))).toBe('reopenReason field.missing')
    one.take('requester', 'reopen', { reopenReason: 'The plate was cloned' }, { at: '2026-11-10T09:00:00+01:00' })
    expect(one.state()).toBe('inWork')
    expect(one.clocks().map(({ id, kind, due }) => [id, kind, due.state])).toEqual([
      ['answerOther', 'law', 'met'],
      ['followUp', 'policy', 'running'],
    ])
  })
})

describe('case management of Article 16', () => {
  it('an incoming request is compared by its identifying fields, and taken into work only after the links were looked at', () => {
    const kinds = definition.fields.flatMap(({ crossCheck, of = [] }) => [crossCheck, ...of.map((part) => part.crossCheck)])
    expect(new Set(kinds.filter((each) => each !== undefined))).toEqual(
      new Set([
        'reference',
        'person-name',
        'date-of-birth',
        'document-number',
        'phone',
        'e-mail',
        'company',
        'container',
        'vessel',
        'account',
        'crypto-address',
      ]),
    )
    expect(
      whyNot(received('2026-11-02T09:00:00+01:00').take('requested', 'triage', { accessClass: 'direct', crossCheckLooked: false })),
    ).toContain('Art 16(1)(d)')
  })
  it('communication with the competent authority is recorded and is not told to the requester', () => {
    const one = inWork()
    one.take('requested', 'channel', { competentDesk: 'nl.politie.desk', channelNote: 'Who holds it?' })
    expect(one.take('competent', 'competentAnswers', { heldInformation: 'Held since 2024' }).kind).toBe('move')
    for (const id of ['channel', 'competentAnswers', 'askJudicial'])
      expect(definition.transitions.find((each) => each.id === id)?.told).not.toContain('requester')
    for (const id of ['competentDesk', 'channelNote', 'heldInformation', 'judicialRequest', 'judicialDecision', 'thirdPartyOrigin'])
      expect(definition.fields.find((each) => each.id === id)?.audience).not.toContain('requester')
  })
  it('the ground for leaving the own contact point out is for the requesting authority alone', () => {
    for (const id of ['sensitiveGround', 'sensitiveReasons'])
      expect(definition.fields.find((each) => each.id === id)?.audience).toEqual(['requester', 'oversight'])
  })
})
