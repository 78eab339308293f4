/** PR-07: scenarios S08 and S09, every guard of Regulation (EU) 2023/1543 both ways, two receipts with two clocks, the branches of Annex III, ends with and without data. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { isFor } from '../server/parties.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'
import { fieldsFor } from './shipped.fixture.ts'

const definition = shipped('pr-07-epoc')

const TEN = 'within 10 days (no notification)'
const NOTIFIED = 'at the end of the 10 days or upon confirmation (notification)'
const EIGHT = 'within eight hours (emergency)'
const THREAT = ['an imminent threat to the life or physical integrity or safety of a person']

const order = {
  judicialAuthority: 'Investigating judge Antwerp',
  alternatives: 'Public registers give no holder',
  scopeText: 'Holder of one account',
  durationText: 'November 2026, the month of the shipment',
  isNecessary: true,
  isAvailableAtHome: true,
  serviceKind: 'electronic-communications',
  forPublicAuthority: false,
  forPrivileged: false,
  protectedFinding: 'no reason to believe so',
  addresseeLanguage: 'English',
  addresseeLanguageOk: true,
  issuingState: 'BE',
  issuingAuthority: 'Prosecutor Antwerp',
  fileReference: 'AN-2026-400',
  addresseeName: 'Messages Ltd',
  addresseeKind: 'Designated establishment',
  addresseeState: 'IE',
  deadlineBox: TEN,
  users: [{ identifier: 'fruit-reefer-7' }],
  dataCategories: ['subscriber'],
  subscriberItems: ['identity'],
  proceedings: ['offence'],
  statute: 'Law of 24 February 1921, Article 2bis',
  addressedAs: 'controller',
  issuerType: 'public prosecutor',
  issuerName: 'Prosecutor Antwerp',
  issuerRepresentative: 'A. Jacobs',
  issuerPost: 'Deputy prosecutor',
  issuerAddress: 'Bolivarplaats 20',
  issuerPhone: '+32 3 257 80 00',
  issuerMail: 'epoc@prosecutor.example',
  issuerLanguages: 'Dutch, English',
  isCertified: true,
  signedOn: '2026-11-30',
  transferTo: 'issuing authority',
  transferContact: 'Prosecutor Antwerp',
  necessityGrounds: 'No other way to find the holder',
  caseSummary: 'Cocaine among fruit in a reefer container',
  listedOffences: ['narcotic-drugs'],
}
const traffic = {
  dataCategories: ['traffic'],
  trafficItems: ['net-time'],
  threshold: ['three-years'],
  offenceHere: true,
  residenceHere: false,
  enforcingLanguageOk: true,
  enforcingName: 'High Court Dublin',
  deadlineBox: NOTIFIED,
}
const emergency = { emergencyKind: THREAT, emergencyReasons: 'A person is held in a container', deadlineBox: EIGHT }
const channel = { channel: 'decentralised', channelReference: 'msg-1', issuedAt: '2026-12-01T09:00:00Z' }
const data = { dataSentAt: '2026-12-04T09:00:00Z', dataMeans: 'decentralised', dataReference: 'msg-9', dataFiles: [{ name: 'holder.pdf' }] }
const validation = {
  validatorType: 'judge, court or investigating judge',
  validatorName: 'Investigating judge',
  validatorRepresentative: 'B. Maes',
  validatorPost: 'Judge',
  validatedOn: '2026-11-30',
}
const annexIII = (nonExecution: readonly string[]) => ({
  iiiReceivedOn: '2026-12-02',
  iiiAddressee: 'Messages Ltd',
  nonExecution,
  nonExecutionText: 'See above',
  preservation: 'are being preserved',
  iiiRepresentative: 'Messages Ltd',
  iiiSignatory: 'C. Byrne',
  iiiSignedOn: '2026-12-03',
})
const objection = {
  ...annexIII(['third-country']),
  lawTitle: 'Stored Communications Act',
  lawProvision: 'Section 2702',
  protectedInterest: ['fundamental rights of individuals'],
  whyApplicable: 'The provider is established there',
  whyConflict: 'Disclosure is prohibited',
  onlyMissingRules: false,
  onlyStoredThere: false,
}

const IE = { country: 'IE', zone: 'Europe/Dublin', calendar: 'IE' }
type Form = Readonly<Record<string, unknown>>
const open = (kind = 'prosecutor', options: DriveOptions = {}) =>
  drive(definition, { formats, ...options, parties: { issuing: { kind }, addressee: IE, enforcing: IE, ...options.parties } })
type Case = ReturnType<typeof open>

/** Takes each step and holds that it was taken. */
function go(one: Case, role: string | null, step: string, form: Form = {}, at?: string): void {
  expect(`${step}: ${whyNot(one.take(role, step, form, at === undefined ? {} : { at }))}`).toBe(`${step}: `)
}
const refused = (one: Case, role: string, step: string, form: Form = {}) => whyNot(one.take(role, step, form))
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

function completed(form: Form = {}, kind = 'prosecutor', options: DriveOptions = {}): Case {
  const one = open(kind, options)
  go(one, 'issuing', 'complete', { ...order, ...form }, '2026-11-30T10:00:00Z')
  return one
}
/** For subscriber data, no notification. */
function received(form: Form = {}): Case {
  const one = completed(form)
  go(one, 'issuing', 'transmit', channel, '2026-12-01T09:00:00Z')
  go(one, null, 'receive', {}, '2026-12-02T10:00:00Z')
  return one
}
/** For traffic data of a person abroad; the enforcing authority receives the notification a day after the addressee. */
function notified(form: Form = {}): Case {
  const one = completed({ ...traffic, ...form }, 'investigating-judge')
  go(one, 'issuing', 'transmitNotified', channel, '2026-12-01T09:00:00Z')
  go(one, null, 'receiveNotified', {}, '2026-12-02T10:00:00Z')
  go(one, null, 'receiveNotification', {}, '2026-12-03T10:00:00Z')
  return one
}
function unvalidated(): Case {
  const one = completed(
    { ...emergency, isUnvalidated: true, issuerType: 'other competent authority as defined by the issuing State' },
    'police',
  )
  go(one, 'issuing', 'transmitUnvalidated', { ...channel, validationInTime: false, domesticUnvalidated: true }, '2026-12-01T09:05:00Z')
  go(one, null, 'receiveEmergency', {}, '2026-12-01T09:06:00Z')
  return one
}

describe('S08: who may issue', () => {
  const noNotice = { ...traffic, residenceHere: true, deadlineBox: TEN }
  it('a prosecutor issues for subscriber data and not for traffic data; the reason names judge, court and investigating judge with Article 4(2)(a)', () => {
    const subscriber = completed()
    go(subscriber, 'issuing', 'transmit', channel)
    const one = completed(noNotice)
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/judge, a court or an investigating judge.*Art 4\(2\)\(a\)/)
  })
  it('after the validation of an investigating judge the order for traffic data goes out; a prosecutor cannot validate it', () => {
    const one = completed(noNotice, 'police')
    go(one, 'issuing', 'submitForValidation')
    go(one, 'validating', 'validate', validation)
    go(one, 'issuing', 'transmit', channel)
    const other = completed(noNotice, 'police', { parties: { validating: { kind: 'prosecutor' } } })
    expect(refused(other, 'issuing', 'submitForValidation')).toMatch(/Art 4\(2\)\(b\)/)
  })
  it('a police authority needs validation for subscriber data too, and a prosecutor may give it', () => {
    const one = completed({}, 'police', { parties: { validating: { kind: 'prosecutor' } } })
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/Art 4\(1\)/)
    go(one, 'issuing', 'submitForValidation')
    go(one, 'validating', 'validate', validation)
    go(one, 'issuing', 'transmit', channel)
  })
  it('what is taken back to the draft loses its validation', () => {
    const one = completed({}, 'customs')
    go(one, 'issuing', 'submitForValidation')
    go(one, 'validating', 'validate', validation)
    go(one, 'issuing', 'revise')
    go(one, 'issuing', 'complete', order)
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/Art 4\(1\)/)
  })
})

describe('S09: notification and Section M', () => {
  it('offence here and residence abroad: the enforcing authority must be notified; only both conditions together spare it', () => {
    const one = completed(traffic, 'court')
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/both that the offence.*Art 8\(1\) and \(2\)/)
    go(one, 'issuing', 'transmitNotified', channel)
    const both = completed({ ...traffic, residenceHere: true, deadlineBox: TEN }, 'court')
    expect(refused(both, 'issuing', 'transmitNotified', channel)).toMatch(/No notification is needed/)
    go(both, 'issuing', 'transmit', channel)
  })
  it('for subscriber data nobody is notified', () => {
    expect(refused(completed(), 'issuing', 'transmitNotified', channel)).toMatch(/Art 8/)
  })
  it('no field of Section M, of measure 17, of the conditions or of the information of the person is for the addressee', () => {
    const forAddressee = new Set(fieldsFor(definition, 'addressee'))
    const inner = definition.fields.filter(({ section = '' }) => ['M', 'gate', 'conditions', 'exPost'].includes(section))
    expect(inner.length).toBeGreaterThan(20)
    expect(inner.filter(({ id }) => forAddressee.has(id))).toEqual([])
    for (const id of ['delayReasons', 'exPostReasons', 'discussion', 'declineReasons', 'remedyText'])
      expect(forAddressee.has(id)).toBe(false)
    expect(fieldsFor(definition, 'enforcing')).toEqual(
      expect.arrayContaining(['necessityGrounds', 'caseSummary', 'listedOffences', 'refusalInfo']),
    )
  })
  it('the enforcing authority is sent the order only by the steps that notify it or ask it to enforce', () => {
    const sending = definition.transitions.filter(({ effects }) =>
      effects.some((each) => each.kind === 'send' && each.roles.includes('enforcing')),
    )
    expect(sending.map(({ id }) => id).toSorted()).toEqual([
      'forwardNotification',
      'requestEnforcement',
      'transmitEmergencyNotified',
      'transmitNotified',
    ])
  })
})

describe('what an order must say', () => {
  it.each<[string, Form, RegExp]>([
    ['without alternatives it is not registered (measure 17)', { alternatives: '' }, /alternatives considered.*Measure 17/],
    ['it is necessary and proportionate', { isNecessary: false }, /Art 5\(2\)/],
    ['a similar domestic order is possible', { isAvailableAtHome: false }, /Art 5\(2\)/],
    ['a financial service is no addressee', { serviceKind: 'financial' }, /PR-20.*Art 3\(3\)/],
    ['the addressee is in another State', { addresseeState: 'BE' }, /Art 1\(1\)/],
    ['traffic data need an offence of Article 5(4)', { ...traffic, threshold: [] }, /Art 5\(4\)/],
    ['the processor only by exception', { addressedAs: 'processor', controllerInformed: 'shall inform the controller' }, /Art 5\(6\)/],
    ['data of a public authority abroad are out of reach', { forPublicAuthority: true, publicAuthorityHere: false }, /Art 5\(8\)/],
    ['privileged professionals are spared', { ...traffic, forPrivileged: true }, /Art 5\(9\)/],
    ['protected data are not requested', { ...traffic, protectedFinding: 'protected' }, /Art 5\(10\)/],
    ['something must identify the data', { users: [] }, /Art 5\(5\)\(c\)/],
    ['the box of Section C follows from the case', { deadlineBox: EIGHT }, /Art 10\(2\)-\(4\)/],
    [
      'another establishment only in an emergency',
      { addresseeKind: 'Other establishment or legal representative in the Union' },
      /Art 7\(2\)/,
    ],
    ['in a language that the addressee accepts', { addresseeLanguageOk: false }, /Art 9\(4\)/],
    ['signed and certified', { isCertified: false }, /Art 9\(1\)/],
  ])('%s', (_what, form, why) => {
    expect(refused(open('court'), 'issuing', 'complete', { ...order, ...form })).toMatch(why)
  })
  it.each<[string, Form]>([
    [
      'a processor where the controller cannot be identified',
      {
        addressedAs: 'processor',
        processorReason: 'the controller cannot be identified despite reasonable efforts',
        controllerInformed: 'shall inform the controller',
      },
    ],
    ['a public authority of the issuing State', { forPublicAuthority: true, publicAuthorityHere: true }],
    ['a professional whose privileges were waived', { ...traffic, forPrivileged: true, privilegedCondition: 'the privileges were waived' }],
    ['subscriber data that would be protected as traffic data', { protectedFinding: 'protected' }],
    [
      'another establishment in an emergency without reaction',
      { ...emergency, addresseeKind: 'Other establishment or legal representative in the Union', noReaction: true },
    ],
  ])('lawful: %s', (_what, form) => {
    go(open('court'), 'issuing', 'complete', { ...order, ...form })
  })
  it('a crypto-asset provider is an addressee only when counsel recorded a service that is not financial', () => {
    const one = open('court', { parties: { addressee: { kind: 'vasp' } } })
    expect(refused(one, 'issuing', 'complete', order)).toMatch(/counsel must have recorded.*Art 3\(3\)/)
    go(one, 'issuing', 'complete', { ...order, counselNote: 'Messaging function of the application' })
  })
})

describe('two receipts, two clocks', () => {
  it('without notification the data are due ten days after receipt by the addressee', () => {
    const one = received()
    expect(clock(one, 'produce')).toMatchObject({ kind: 'law', safe: '2026-12-13T00:00:00.000Z', legalLatest: '2026-12-15T00:00:00.000Z' })
    go(one, 'addressee', 'provideData', data, '2026-12-10T09:00:00Z')
    expect(clock(one, 'produce', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
    expect(one.state()).toBe('dataProvided')
  })
  it('with notification the ten days of the addressee and those of the enforcing authority run from their own receipts', () => {
    const one = notified()
    expect(clock(one, 'produceNotified')?.safe).toBe('2026-12-13T00:00:00.000Z')
    expect(clock(one, 'raiseGround')?.safe).toBe('2026-12-14T00:00:00.000Z')
    expect(refused(one, 'addressee', 'provideData', data)).toMatch(/suspends the obligation.*Art 8\(4\)/)
    go(one, 'enforcing', 'confirmNoGround', {}, '2026-12-07T09:00:00Z')
    expect(clock(one, 'raiseGround', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
    go(one, 'addressee', 'provideData', data, '2026-12-07T10:00:00Z')
  })
  it('at the end of the ten days without a ground the data may go, and are asked for at once', () => {
    const one = notified()
    go(one, null, 'periodEnds', {}, '2026-12-13T00:00:00Z')
    expect(clock(one, 'produceNow')?.kind).toBe('policy')
    go(one, 'addressee', 'provideData', data, '2026-12-14T09:00:00Z')
  })
  it('in an emergency eight hours run for the addressee and 96 for the enforcing authority, which does not hold the data up', () => {
    const one = completed({ ...traffic, ...emergency }, 'investigating-judge')
    expect(refused(one, 'issuing', 'transmitEmergency', channel)).toMatch(/Art 8/)
    expect(refused(one, 'issuing', 'transmitNotified', channel)).toMatch(/eight hours/)
    go(one, 'issuing', 'transmitEmergencyNotified', channel, '2026-12-01T09:00:00Z')
    go(one, null, 'receiveEmergency', {}, '2026-12-04T22:30:00Z')
    go(one, null, 'receiveNotificationEmergency', {}, '2026-12-04T22:40:00Z')
    expect(clock(one, 'produceEmergency')?.safe).toBe('2026-12-05T06:30:00.000Z')
    expect(clock(one, 'produceEmergency')?.legalLatest).toBe('2026-12-05T07:00:00.000Z')
    expect(clock(one, 'raiseGroundEmergency')?.safe).toBe('2026-12-08T22:40:00.000Z')
    go(one, 'addressee', 'provideData', data, '2026-12-05T02:00:00Z')
  })
  it('where a party takes no part here the issuing authority records its receipt; where it does, it is warned', () => {
    const one = completed({}, 'court', { absent: ['addressee'] })
    go(one, 'issuing', 'transmit', channel, '2026-12-01T09:00:00Z')
    go(one, 'issuing', 'recordReceipt', { receivedAt: '2026-12-02T08:00:00Z', recordedFrom: 'msg-2' }, '2026-12-03T08:00:00Z')
    expect(clock(one, 'produce')?.safe).toBe('2026-12-12T23:00:00.000Z')
    const warned = definition.transitions.filter(({ warnings = [] }) => warnings.some(({ because }) => /its own node says/.test(because)))
    expect(warned.length).toBe(5)
  })
})

describe('emergency without prior validation (Article 4(5))', () => {
  const send = { ...channel, validationInTime: false, domesticUnvalidated: true }
  it.each<[string, string, Form, Form, RegExp]>([
    [
      'never for traffic data',
      'police',
      { ...traffic, ...emergency, isUnvalidated: true },
      {},
      /traffic and content data need it.*Art 4\(5\)/,
    ],
    [
      'not where validation can be had in time',
      'police',
      { ...emergency, isUnvalidated: true },
      { validationInTime: true },
      /obtained first/,
    ],
    [
      'not where a domestic order would need validation',
      'police',
      { ...emergency, isUnvalidated: true },
      { domesticUnvalidated: false },
      /similar domestic case/,
    ],
    ['not without an emergency', 'police', { isUnvalidated: true }, {}, /Art 3\(18\)/],
    ['Section I must say so', 'police', emergency, {}, /Section I/],
    ['a prosecutor needs none', 'prosecutor', { ...emergency, isUnvalidated: true }, {}, /Art 4\(1\)\(a\)/],
    [
      'the instant of issue is not in the future',
      'police',
      { ...emergency, isUnvalidated: true },
      { issuedAt: '2026-12-02T09:00:00Z' },
      /instant of issue/,
    ],
  ])('%s', (_what, kind, form, step, why) => {
    const one = completed(form, kind)
    expect(whyNot(one.take('issuing', 'transmitUnvalidated', { ...send, ...step }, { at: '2026-12-01T09:05:00Z' }))).toMatch(why)
  })
  it('the 48 hours start at issue; granted in time the order stands, and it closes like any other', () => {
    const one = unvalidated()
    expect(clock(one, 'exPostValidation')).toMatchObject({ kind: 'law', safe: '2026-12-03T09:00:00.000Z' })
    go(one, 'addressee', 'provideData', data, '2026-12-01T12:00:00Z')
    expect(refused(one, 'issuing', 'close')).toMatch(/ex post validation is still pending/)
    go(one, 'validating', 'validateExPost', { exPostAuthority: 'Investigating judge', exPostOn: '2026-12-02' }, '2026-12-02T09:00:00Z')
    expect(clock(one, 'exPostValidation', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
    go(one, 'issuing', 'informPerson', { informedOn: '2026-12-10', remediesIncluded: true })
    go(one, 'issuing', 'close')
  })
  it.each<[string, (one: Case) => void]>([
    ['it lapses after 48 hours', (one) => go(one, null, 'validationLapses', {}, '2026-12-03T09:00:00Z')],
    ['it is refused', (one) => go(one, 'validating', 'refuseValidation', { exPostReasons: 'No imminent threat' })],
    ['it is withdrawn before', (one) => go(one, 'issuing', 'withdrawUnvalidated', { withdrawReasons: 'The person was found' })],
  ])('%s: withdrawn, what was obtained is erased and cannot be set again, the erasure is confirmed before the end', (_what, end) => {
    const one = unvalidated()
    go(one, 'addressee', 'provideData', data, '2026-12-01T12:00:00Z')
    end(one)
    expect(one.state()).toBe('toErase')
    expect(one.fold().values).not.toHaveProperty('dataReference')
    expect(one.fold().values).not.toHaveProperty('dataFiles')
    expect(one.fold().purged).toEqual(expect.arrayContaining(['dataFiles', 'dataReference']))
    expect(one.fold().locked).toContain('dataFiles')
    expect(refused(one, 'issuing', 'close')).not.toBe('')
    go(one, 'issuing', 'confirmErasure', { erasureNote: 'Deleted from the case drive by D. Claes, 3 December' })
    expect(one.state()).toBe('withdrawn')
    go(one, 'issuing', 'close')
  })
  it('the steps that erase are irreversible, and the plain withdrawal is barred while the validation is pending', () => {
    const erasing = definition.transitions.filter(({ effects }) => effects.some(({ kind }) => kind === 'purge'))
    expect(erasing.map(({ id }) => id).toSorted()).toEqual([
      'refuseValidation',
      'validationLapses',
      'withdrawAfterGround',
      'withdrawUnvalidated',
    ])
    expect(erasing.every(({ irreversible }) => irreversible)).toBe(true)
    expect(refused(unvalidated(), 'issuing', 'withdraw', { withdrawReasons: 'x' })).toMatch(/Art 4\(5\)/)
  })
})

describe('Annex III', () => {
  it('clarification: five days for the issuing authority, the obligations on hold; silence does not free the addressee', () => {
    const one = received()
    expect(refused(one, 'addressee', 'reportIncomplete', { ...annexIII(['impossible']), clarificationAsked: 'Which account?' })).toMatch(
      /Art 10\(6\)/,
    )
    go(
      one,
      'addressee',
      'reportIncomplete',
      { ...annexIII(['insufficient']), clarificationAsked: 'Which account?' },
      '2026-12-03T10:00:00Z',
    )
    expect(clock(one, 'clarify')?.safe).toBe('2026-12-08T23:00:00.000Z')
    expect(clock(one, 'produce', '2027-01-01T00:00:00Z')?.due.state).toBe('suspended')
    expect(definition.clocks.find(({ id }) => id === 'clarify')?.onExpiry).toBe('escalate')
    go(one, 'issuing', 'clarify', { clarification: 'The account of 3 November' }, '2026-12-10T10:00:00Z')
    expect(one.state()).toBe('received')
    expect(clock(one, 'produce')?.due).toMatchObject({ state: 'running', suspendedMs: 7 * 86_400_000 })
  })
  it('privilege: the issuing authority maintains, adapts or withdraws', () => {
    const one = received()
    expect(refused(one, 'addressee', 'reportPrivilege', annexIII(['incomplete']))).toMatch(/Art 10\(5\)/)
    go(one, 'addressee', 'reportPrivilege', annexIII(['privilege']))
    go(one, 'issuing', 'adaptAfterReport', { adaptation: 'Without the lawyer' })
    expect(one.state()).toBe('received')
    go(one, 'addressee', 'reportPrivilege', annexIII(['privilege']))
    go(one, 'issuing', 'maintain', { reviewOutcome: 'No lawyer concerned' })
    go(one, 'addressee', 'reportPrivilege', annexIII(['privilege']))
    go(one, 'issuing', 'withdraw', { withdrawReasons: 'Lawyer concerned' })
    const verdicts = one.clocks('2028-01-01T00:00:00Z').map(({ due }) => due.state)
    expect(new Set(verdicts)).toEqual(new Set(['stopped']))
    go(one, 'issuing', 'close')
  })
  it('impossible: confirmed, the order is no longer to be executed', () => {
    const one = received()
    go(one, 'addressee', 'reportImpossible', annexIII(['not-stored']))
    go(one, 'issuing', 'rejectImpossibility', { reviewOutcome: 'Stored since March' })
    go(one, 'addressee', 'reportImpossible', annexIII(['impossible']))
    go(one, 'issuing', 'acceptImpossibility', { reviewOutcome: 'Deleted in October' })
    expect(one.state()).toBe('notExecutable')
    expect(clock(one, 'produce', '2027-01-01T00:00:00Z')?.due.state).toBe('stopped')
    go(one, 'issuing', 'close')
  })
  it('other reasons: a new deadline takes the place of the old one', () => {
    const one = received()
    go(one, 'addressee', 'reportOther', annexIII([]), '2026-12-04T10:00:00Z')
    const late = { reviewOutcome: 'Volume', newDeadlineAt: '2026-12-01T12:00:00Z' }
    expect(refused(one, 'issuing', 'setNewDeadline', late)).toMatch(/future/)
    go(one, 'issuing', 'setNewDeadline', { ...late, newDeadlineAt: '2026-12-20T12:00:00Z' })
    expect(clock(one, 'newDeadline')?.safe).toBe('2026-12-20T12:00:00.000Z')
    go(one, 'addressee', 'reportIncomplete', { ...annexIII(['incomplete']), clarificationAsked: 'Page 2' })
    expect(clock(one, 'newDeadline')?.due.state).toBe('stopped')
    go(one, 'issuing', 'clarify', { clarification: 'Page 2' })
    go(one, 'issuing', 'renewDeadline', { newDeadlineAt: '2026-12-22T12:00:00Z', reviewOutcome: 'Two days lost' })
    expect(clock(one, 'newDeadline#2')?.safe).toBe('2026-12-22T12:00:00.000Z')
    expect(clock(one, 'produce', '2027-01-01T00:00:00Z')?.due.state).toBe('stopped')
  })
  it('a part is provided with the form; the rest is accepted as missing or enforced', () => {
    const one = received()
    go(one, 'addressee', 'providePart', { ...data, ...annexIII([]) })
    go(one, 'issuing', 'acceptPart', { reviewOutcome: 'Enough' })
    expect(one.state()).toBe('dataProvided')
  })
})

describe('law of a third country (Article 17)', () => {
  it('ten days after the date of receipt; not on missing rules or the place of storage alone', () => {
    const one = received()
    expect(clock(one, 'objection')?.kind).toBe('law')
    expect(refused(one, 'addressee', 'objectThirdCountry', { ...objection, onlyStoredThere: true })).toMatch(/Art 17\(2\)\(b\)/)
    expect(refused(one, 'addressee', 'objectThirdCountry', { ...objection, onlyMissingRules: true })).toMatch(/Art 17\(2\)\(a\)/)
    go(one, 'addressee', 'objectThirdCountry', objection, '2026-12-07T10:00:00Z')
    expect(clock(one, 'objection', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'produce', '2027-01-01T00:00:00Z')?.due.state).toBe('suspended')
    go(one, 'enforcing', 'giveInput', { enforcingInput: 'No conflict seen' })
    go(one, 'issuing', 'requestCourtReview', { upholdReasons: 'No conflict' })
    go(
      one,
      'court',
      'upholdOrder',
      { courtFinding: 'no relevant conflict of obligations', courtReasons: 'Not applicable' },
      '2027-01-07T10:00:00Z',
    )
    expect(clock(one, 'produce')?.due.state).toBe('running')
    go(one, 'addressee', 'provideData', data)
  })
  it('lifted by the court it is over', () => {
    const one = received()
    go(one, 'addressee', 'objectThirdCountry', objection)
    go(one, 'issuing', 'requestCourtReview', { upholdReasons: 'No conflict' })
    go(one, 'court', 'liftOrder', { courtReasons: 'Disclosure prohibited' })
    go(one, 'issuing', 'close')
  })
  it('an upheld order that was notified still waits for the enforcing authority', () => {
    const one = notified()
    go(one, 'addressee', 'objectThirdCountry', objection)
    go(one, 'issuing', 'requestCourtReview', { upholdReasons: 'No conflict' })
    go(one, 'court', 'upholdOrder', { courtFinding: 'no relevant conflict of obligations', courtReasons: 'Not applicable' })
    expect(refused(one, 'addressee', 'provideData', data)).toMatch(/Art 8\(4\)/)
  })
})

describe('grounds for refusal (Article 12)', () => {
  const ground = { ground: 'art-12-1-a', reasons: 'Parliamentary immunity' }
  it('only after the issuing authority was contacted; then the order is withdrawn', () => {
    const one = notified()
    expect(refused(one, 'enforcing', 'raiseGround', ground)).toMatch(/consultation first/)
    go(one, 'enforcing', 'discussGround', { discussion: 'Immunity of a member of parliament' })
    go(one, 'enforcing', 'raiseGround', ground)
    expect(refused(one, 'addressee', 'provideData', data)).not.toBe('')
    go(one, 'issuing', 'withdrawAfterGround', { withdrawReasons: 'Immunity' })
    go(one, 'issuing', 'confirmErasure', { erasureNote: 'Nothing was obtained' })
    go(one, 'issuing', 'close')
  })
  it('double criminality is no ground for a listed offence with three years', () => {
    const one = notified()
    go(one, 'enforcing', 'discussGround', { discussion: 'Criminality' })
    expect(refused(one, 'enforcing', 'raiseGround', { ground: 'art-12-1-d', reasons: 'No offence here' })).toMatch(/may not be used/)
    const other = notified({ listedOffences: [] })
    go(other, 'enforcing', 'discussGround', { discussion: 'Criminality' })
    go(other, 'enforcing', 'raiseGround', { ground: 'art-12-1-d', reasons: 'No offence here' })
  })
  it('who was not notified raises no ground', () => {
    const one = received()
    go(one, 'enforcing', 'discussGround', { discussion: 'x' })
    expect(refused(one, 'enforcing', 'raiseGround', ground)).toMatch(/Art 12\(1\)/)
  })
  it('in part: the rest may be transferred at once, with the conditions shown', () => {
    const one = notified()
    go(one, 'enforcing', 'discussGround', { discussion: 'Journalist' })
    go(one, 'enforcing', 'raiseGroundInPart', { ...ground, groundConditions: 'Without the contacts of the newspaper' })
    go(one, 'addressee', 'provideData', data)
  })
  it('in an emergency the data are there already: they are erased, or used under conditions', () => {
    const sent = () => {
      const one = completed({ ...traffic, ...emergency }, 'court')
      go(one, 'issuing', 'transmitEmergencyNotified', channel)
      go(one, null, 'receiveEmergency')
      go(one, null, 'receiveNotificationEmergency')
      go(one, 'addressee', 'provideData', data)
      go(one, 'enforcing', 'discussGround', { discussion: 'Immunity' })
      return one
    }
    const erased = sent()
    go(erased, 'enforcing', 'raiseGround', ground)
    go(erased, 'issuing', 'withdrawAfterGround', { withdrawReasons: 'Immunity' })
    expect(erased.fold().values).not.toHaveProperty('dataFiles')
    const limited = sent()
    go(limited, 'enforcing', 'limitUse', { ...ground, groundConditions: 'Not against the member of parliament' })
    expect(limited.state()).toBe('dataProvided')
  })
})

describe('enforcement (Article 16)', () => {
  const request = { deadlinePassed: true, isTranslated: true, enforcementDocuments: 'Order, Annex III' }
  const recognition = { complyUntil: '2027-01-15T12:00:00Z', penaltyNote: 'Up to 2 % of turnover' }
  it('is requested after the deadline, translated; recognition is decided within five working days of its own receipt', () => {
    const one = received()
    expect(refused(one, 'issuing', 'requestEnforcement', { ...request, deadlinePassed: false })).toMatch(/Art 16\(1\)/)
    expect(refused(one, 'issuing', 'requestEnforcement', { ...request, isTranslated: false })).toMatch(/translated/)
    go(one, 'issuing', 'requestEnforcement', request, '2026-12-16T10:00:00Z')
    go(one, null, 'receiveEnforcement', {}, '2026-12-17T10:00:00Z')
    expect(clock(one, 'recognise')?.safe).toBe('2026-12-25T00:00:00.000Z')
    go(one, 'enforcing', 'recognise', recognition, '2026-12-22T10:00:00Z')
    expect(clock(one, 'comply')?.safe).toBe('2027-01-15T12:00:00.000Z')
    go(one, 'enforcing', 'transmitObtained', { obtainedAt: '2027-01-10T10:00:00Z', obtainedReference: 'msg-30' }, '2027-01-10T10:00:00Z')
    expect(one.state()).toBe('dataProvided')
  })
  it('is denied only after consulting; the issuing authority replies within five working days', () => {
    const one = received()
    go(one, 'issuing', 'requestEnforcement', request, '2026-12-16T10:00:00Z')
    const denial = { ground: 'art-16-4-d', reasons: 'Never stored' }
    expect(refused(one, 'enforcing', 'denyEnforcement', denial)).toMatch(/Art 16\(7\)/)
    expect(refused(one, 'enforcing', 'denyEnforcement', { ...denial, ground: 'art-12-1-c' })).not.toBe('')
    go(one, 'enforcing', 'consultOnEnforcement', { enforcingQuestion: 'Which service?' }, '2026-12-17T10:00:00Z')
    expect(clock(one, 'reply')).toMatchObject({ kind: 'law', safe: '2026-12-24T23:00:00.000Z' })
    go(one, 'issuing', 'replyToEnforcing', { issuingReply: 'The message service' }, '2026-12-18T10:00:00Z')
    go(one, 'enforcing', 'denyEnforcement', denial)
    // The addressee learns that it was denied, and nothing of the ground.
    for (const id of ['ground', 'reasons', 'justification']) {
      expect(isFor(definition, id, ['addressee'])).toBe(false)
      for (const role of ['issuing', 'validating', 'enforcing']) expect(isFor(definition, id, [role])).toBe(true)
    }
    go(one, 'issuing', 'close')
    go(one, 'issuing', 'reopen', { reopenReasons: 'Costs came late' })
    expect(clock(one, 'takeUp')).toMatchObject({ kind: 'policy', due: { state: 'running' } })
    go(one, 'issuing', 'close')
    expect(clock(one, 'takeUp', '2028-01-01T00:00:00Z')?.due.state).toBe('met')
  })
  it('the addressee objects on the grounds of Article 16(4)(a) to (f), not on (g)', () => {
    const one = received()
    go(one, 'issuing', 'requestEnforcement', request)
    go(one, 'enforcing', 'recognise', recognition)
    expect(refused(one, 'addressee', 'objectToEnforcement', { objectionGround: 'art-16-4-g', objectionReasons: 'x' })).toMatch(
      /objectionGround/,
    )
    go(one, 'addressee', 'objectToEnforcement', { objectionGround: 'art-16-4-e', objectionReasons: 'Not covered' })
    expect(clock(one, 'comply', '2028-01-01T00:00:00Z')?.due.state).toBe('met')
    for (const role of ['addressee', 'enforcing', 'issuing']) expect(fieldsFor(definition, role)).toContain('objectionReasons')
    go(one, 'enforcing', 'recognise', recognition)
    go(one, 'enforcing', 'imposePenalty', { penalty: '20 000 EUR' })
  })
  it('an authority that was notified is asked by its own step, and the five days run from the request', () => {
    const one = notified()
    expect(refused(one, 'issuing', 'requestEnforcement', request)).toMatch(/has the order already/)
    go(one, 'issuing', 'requestEnforcementOfNotified', request)
    expect(clock(one, 'recognise')?.due.state).toBe('running')
  })
  it('is not requested while a clarification is open: the obligations do not apply', () => {
    const one = received()
    go(one, 'addressee', 'reportIncomplete', { ...annexIII(['incomplete']), clarificationAsked: 'Page 2 is missing' })
    expect(refused(one, 'issuing', 'requestEnforcement', request)).not.toBe('')
  })
})

describe('the person concerned, and the end', () => {
  const produced = () => {
    const one = received()
    go(one, 'addressee', 'provideData', data)
    return one
  }
  it('is informed with the remedies before the case is closed', () => {
    const one = produced()
    expect(refused(one, 'issuing', 'close')).toMatch(/the person is informed.*Art 13\(1\) and \(2\)/)
    expect(refused(one, 'issuing', 'informPerson', { informedOn: '2026-12-20', remediesIncluded: false })).toMatch(/Art 13\(3\)/)
    go(one, 'issuing', 'informPerson', { informedOn: '2026-12-20', remediesIncluded: true })
    go(one, 'issuing', 'close')
  })
  it('a delay is reviewed and is no end; an omission with its reasons is', () => {
    const one = produced()
    const delay = { delayGrounds: ['inquiries'], delayReasons: 'Searches are planned' }
    go(one, 'issuing', 'delayInforming', { informingDecision: 'delayed', ...delay })
    expect(clock(one, 'reviewDelay')?.kind).toBe('policy')
    expect(refused(one, 'issuing', 'close')).toMatch(/A delay is not an end/)
    go(one, 'issuing', 'delayInforming', { informingDecision: 'omitted', ...delay })
    go(one, 'issuing', 'close')
  })
  it('the addressee is not told of it', () => {
    for (const id of ['informPerson', 'delayInforming'])
      expect(definition.transitions.find((each) => each.id === id)?.told).toEqual(['issuing', 'validating'])
  })
  it('a closed case is opened again only with a reason', () => {
    const one = produced()
    go(one, 'issuing', 'informPerson', { informedOn: '2026-12-20', remediesIncluded: true })
    go(one, 'issuing', 'close')
    expect(refused(one, 'issuing', 'reopen')).toMatch(/reopenReasons/)
    go(one, 'issuing', 'reopen', { reopenReasons: 'Remedy of the person' })
    go(one, 'issuing', 'noteRemedy', { remedyText: 'Complaint of 3 January' })
    go(one, 'issuing', 'close')
  })
  it('an emergency without reaction is addressed to another establishment, whose eight hours start anew', () => {
    const one = completed(emergency, 'court')
    go(one, 'issuing', 'transmitEmergency', channel, '2026-12-01T09:00:00Z')
    go(one, null, 'receiveEmergency', {}, '2026-12-01T09:10:00Z')
    go(one, 'issuing', 'readdress', { deadlinePassed: true, newAddressee: 'messages.nl' }, '2026-12-01T18:00:00Z')
    go(one, null, 'receiveEmergency', {}, '2026-12-01T18:05:00Z')
    expect(clock(one, 'produceEmergency#2')?.safe).toBe('2026-12-02T02:05:00.000Z')
  })
})
