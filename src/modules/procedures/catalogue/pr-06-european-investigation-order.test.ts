/** PR-06: scenario S10, the guards of Directive 2014/41/EU both ways, every path to its end, and every step name of Implementing Regulation (EU) 2026/101, Annex V. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-06-european-investigation-order')

const order = {
  isNecessary: true,
  isAvailableAtHome: true,
  formLanguage: 'English',
  isLanguageAccepted: true,
  issuingState: 'BE',
  executingState: 'NL',
  measureText: 'Camera images of the terminal gate',
  measures: ['other'],
  supplementsEarlier: false,
  naturalPersons: [{ name: 'Peeters', position: 'suspect' }],
  proceedings: ['a'],
  facts: 'Cocaine among fruit in a reefer container',
  legalClassification: 'Law of 24 February 1921, Article 2bis',
  listedOffences: ['narcotic-drugs'],
  remedyAuthority: 'Federal prosecution service',
  issuerType: 'judicial authority',
  issuerName: 'Prosecutor Antwerp',
  issuerContact: 'A. Jacobs',
  fileReference: 'AN-2026-311',
  issuerAddress: 'Bolivarplaats 20',
  issuerPhone: '+32 3 257 80 00',
  issuerMail: 'eio@prosecutor.example',
  issuerLanguages: 'Dutch, English',
  isCertified: true,
  signatory: 'A. Jacobs',
  signatoryPost: 'Deputy prosecutor',
  signedOn: '2026-11-30',
}
const validation = {
  validatorType: 'public prosecutor',
  validatorName: 'Prosecutor Antwerp',
  validatorContact: 'B. Maes',
  mainContact: 'validating authority',
  validatorSignatory: 'B. Maes',
  validatedOn: '2026-11-30',
}
const channel = { channel: 'decentralised', channelReference: 'msg-1' }
const annexB = {
  abFile: 'AN-2026-311',
  abIssuedOn: '2026-11-30',
  abReceivedOn: '2026-12-01',
  abName: 'International legal aid centre Rotterdam',
  abContact: 'C. de Vries',
  abReference: 'RO-77',
  abLanguages: 'Dutch, English',
  abSignatory: 'C. de Vries',
  abSignedOn: '2026-12-02',
}
const onward = { competentDesk: 'nl.om.amsterdam', competentName: 'Prosecutor Amsterdam', competentSentOn: '2026-12-03' }
const central = {
  abcReceivedOn: '2026-12-01',
  abcName: 'Ministry',
  abcContact: 'D. Bakker',
  abcReference: 'CA-1',
  abcSignatory: 'D. Bakker, 2 December 2026',
}
const results = { resultsText: 'Images of two hours', mustBeReturned: false, wouldDamage: false }
const whole = { recognitionExtent: 'in whole' }
const about = { measureConcerned: 'other', isNonCoercive: false }

const NL = { country: 'NL', zone: 'Europe/Amsterdam', calendar: 'NL' }
const open = (options: DriveOptions = {}) =>
  drive(definition, { formats, ...options, parties: { executing: NL, central: NL, ...options.parties } })
type Case = ReturnType<typeof open>
type Form = Readonly<Record<string, unknown>>

/** Takes each step and holds that it was taken. */
function go(one: Case, role: string | null, step: string, form: Form = {}, at?: string): void {
  expect(`${step}: ${whyNot(one.take(role, step, form, at === undefined ? {} : { at }))}`).toBe(`${step}: `)
}
const refused = (one: Case, role: string, step: string, form: Form = {}) => whyNot(one.take(role, step, form))
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

function received(form: Form = {}, at = '2026-12-01T10:00:00Z'): Case {
  const one = open()
  const isProvisional = ((form['measures'] ?? []) as string[]).includes('provisional')
  go(one, 'issuing', 'complete', { ...order, ...form }, '2026-11-30T10:00:00Z')
  go(one, 'issuing', isProvisional ? 'transmitProvisional' : 'transmit', channel)
  go(one, null, isProvisional ? 'receiveProvisional' : 'receive', {}, at)
  return one
}
function confirmed(form: Form = {}): Case {
  const one = received(form)
  go(one, 'executing', 'confirmReceipt', annexB, '2026-12-02T09:00:00Z')
  return one
}
function recognised(form: Form = {}): Case {
  const one = confirmed(form)
  go(one, 'executing', 'recognise', whole, '2026-12-10T09:00:00Z')
  return one
}

describe('S10', () => {
  it('Annex B is due one week from receipt; recognised on day 28, the execution is due 90 days from the decision; postponed by Article 15(1)(a) the clock stops and both sides know', () => {
    const one = received()
    expect(clock(one, 'annexB')?.safe).toBe('2026-12-08T23:00:00.000Z')
    expect(clock(one, 'annexB')?.kind).toBe('law')
    expect(clock(one, 'decision')?.safe).toBe('2026-12-31T23:00:00.000Z')
    go(one, 'executing', 'confirmReceipt', annexB, '2026-12-04T09:00:00Z')
    expect(clock(one, 'annexB', '2027-01-01T00:00:00Z')?.due.state).toBe('met')

    go(one, 'executing', 'recognise', whole, '2026-12-29T10:00:00Z')
    expect(clock(one, 'decision', '2027-02-01T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'execution')?.safe).toBe('2027-03-29T22:00:00.000Z')

    const postponement = { postponeGround: 'art-15-1-a', postponeReasons: 'A search is planned', postponeUntil: '2027-02-15' }
    go(one, 'executing', 'postpone', postponement, '2027-01-15T10:00:00Z')
    expect(one.state()).toBe('postponed')
    expect(clock(one, 'execution', '2027-06-01T00:00:00Z')?.due.state).toBe('suspended')
    const step = definition.transitions.find(({ id }) => id === 'postpone')
    expect(step?.effects).toContainEqual(expect.objectContaining({ kind: 'notify', roles: ['issuing'] }))
    expect(step?.told).toBeUndefined()

    go(one, 'executing', 'resume', { resumeNote: 'Images requested' }, '2027-02-15T10:00:00Z')
    expect(one.state()).toBe('recognised')
    expect(clock(one, 'execution')?.due.state).toBe('running')
    expect(clock(one, 'execution')?.due.suspendedMs).toBe(31 * 86_400_000)
  })
})

describe('who may issue, and what an order must say', () => {
  it('an authority that is not judicial transmits only what a judicial authority validated', () => {
    const one = open({ parties: { issuing: { kind: 'police', realm: 'law-enforcement' } } })
    go(one, 'issuing', 'complete', order)
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/validated by one of them.*Art 2\(c\)\(ii\)/)
    go(one, 'issuing', 'submitForValidation')
    expect(one.take('issuing', 'validate', validation).kind).toBe('refused')
    go(one, 'validating', 'validate', validation)
    go(one, 'issuing', 'transmit', channel)
    expect(one.state()).toBe('transmitted')
  })
  it('what was taken back to the draft after validation needs validation again', () => {
    const one = open({ parties: { issuing: { kind: 'customs', realm: 'customs' } } })
    go(one, 'issuing', 'complete', order)
    go(one, 'issuing', 'submitForValidation')
    go(one, 'validating', 'validate', validation)
    go(one, 'issuing', 'revise')
    go(one, 'issuing', 'complete', { ...order, facts: 'Other facts' })
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/Art 2\(c\)\(ii\)/)
  })
  it('the addressee is named before the order goes to be validated', () => {
    const one = open({ absent: ['executing', 'central'] })
    go(one, 'issuing', 'complete', order)
    expect(refused(one, 'issuing', 'submitForValidation')).toMatch(/Name the executing or the central authority first/)
  })
  it('a validating authority may decline, with reasons, and the draft is open again', () => {
    const one = open()
    go(one, 'issuing', 'complete', order)
    go(one, 'issuing', 'submitForValidation')
    expect(refused(one, 'validating', 'declineValidation')).toBe('validationReasons field.missing')
    go(one, 'validating', 'declineValidation', { validationReasons: 'Not proportionate' })
    expect(one.state()).toBe('draft')
    go(one, 'issuing', 'discard')
    expect(one.state()).toBe('discarded')
  })
  it.each([
    ['is not necessary', { isNecessary: false }, /necessary and proportionate.*Art 6\(1\)\(a\)/],
    ['would not be available at home', { isAvailableAtHome: false }, /similar domestic case.*Art 6\(1\)\(b\)/],
    ['is not certified', { isCertified: false }, /certifies.*Art 5\(1\)/],
    ['is in a language not accepted', { isLanguageAccepted: false }, /language.*Art 5\(2\)-\(3\)/],
    ['goes to its own State', { executingState: 'BE' }, /different Member States.*Art 1\(1\)/],
    ['supplements an earlier one without naming it', { supplementsEarlier: true }, /Section D.*Art 8\(1\)/],
    ['asks for accounts without reasons', { measures: ['accounts'], accountKinds: ['bank accounts'] }, /substantial value.*Art 26\(5\)/],
    [
      'asks for operations without reasons',
      { measures: ['operations'], operationKinds: ['banking operations'], operationPeriod: 'October 2026' },
      /operations.*Art 27\(4\)/,
    ],
    ['asks for real-time evidence without reasons', { measures: ['real-time'], realTimeKinds: ['controlled deliveries'] }, /Art 28\(3\)/],
    ['asks for a covert investigation without reasons', { measures: ['covert'] }, /Art 29\(2\)/],
    ['asks for interception without its data', { measures: ['interception'], interceptionReasons: 'x' }, /Art 30\(3\)-\(4\)/],
    ['does not say what becomes of the item', { measures: ['provisional'] }, /Art 32\(3\)-\(4\)/],
    [
      'leaves the item there without a date',
      { measures: ['provisional'], provisionalItem: 'is to remain in the executing State' },
      /date of lifting.*Art 32\(3\)-\(4\)/,
    ],
  ])('an order that %s is not completed', (_what, form, because) => {
    expect(refused(open(), 'issuing', 'complete', { ...order, ...form })).toMatch(because)
  })
  it.each([
    ['a supplementary one that names the earlier', { supplementsEarlier: true, earlierDate: '2026-09-01', earlierAuthority: 'Rotterdam' }],
    ['one for accounts with reasons', { measures: ['accounts'], accountKinds: ['bank accounts'], accountReasons: 'Payments in Rotterdam' }],
    [
      'an item that remains, with the date of lifting',
      { measures: ['provisional'], provisionalItem: 'is to remain in the executing State', liftDate: '2027-03-01' },
    ],
    ['an item to be transferred', { measures: ['provisional'], provisionalItem: 'is to be transferred to the issuing State' }],
  ])('but is completed as %s', (_what, form) => {
    go(open(), 'issuing', 'complete', { ...order, ...form })
  })
  it('asks for the sub-boxes of the measures that are ticked, and for no others', () => {
    expect(refused(open(), 'issuing', 'complete', { ...order, measures: ['hearing', 'phone-hearing'] })).toBe(
      'hearingOf field.missing, phoneHearingOf field.missing, hearingAuthority field.missing, hearingReasons field.missing',
    )
  })
  it('goes nowhere while neither an executing nor a central authority is named', () => {
    const one = open({ absent: ['executing', 'central'] })
    go(one, 'issuing', 'complete', order)
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/Neither an executing authority.*Art 7\(1\) and \(3\)/)
  })
  it('a provisional measure has its own way out, so that its clock starts with receipt', () => {
    const one = open()
    go(one, 'issuing', 'complete', { ...order, measures: ['provisional'], provisionalItem: 'is to be transferred to the issuing State' })
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/24 hour clock.*Art 32\(2\)/)
    const other = open()
    go(other, 'issuing', 'complete', order)
    expect(refused(other, 'issuing', 'transmitProvisional', channel)).toMatch(/no provisional measure.*Art 32\(1\)/)
  })
})

describe('receipt', () => {
  it('a central authority confirms too: two receipts, two weeks; the 30 days start with the competent authority', () => {
    const one = open()
    go(one, 'issuing', 'complete', order)
    go(one, 'issuing', 'transmit', channel)
    go(one, null, 'receiveAtCentral', {}, '2026-12-01T10:00:00Z')
    expect(clock(one, 'decision')).toBeUndefined()
    go(one, 'central', 'forwardFromCentral', { ...central, ...onward }, '2026-12-03T10:00:00Z')
    expect(clock(one, 'annexBCentral', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
    go(one, null, 'receive', {}, '2026-12-04T10:00:00Z')
    expect(clock(one, 'annexB')?.safe).toBe('2026-12-11T23:00:00.000Z')
    expect(clock(one, 'decision')?.safe).toBe('2027-01-03T23:00:00.000Z')
  })
  it('the authority without competence forwards with Annex B; with the competent one the week and the 30 days start anew', () => {
    const one = received()
    go(one, 'executing', 'forward', { ...annexB, ...onward }, '2026-12-03T10:00:00Z')
    expect(one.state()).toBe('forwarded')
    go(one, null, 'receive', {}, '2026-12-07T10:00:00Z')
    expect(clock(one, 'annexB#2')?.safe).toBe('2026-12-14T23:00:00.000Z')
    expect(clock(one, 'decision#2')?.safe).toBe('2027-01-06T23:00:00.000Z')
    // The forward carries Annex B: that duty is done. Nobody decided yet.
    expect(clock(one, 'annexB', '2027-06-01T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'decision', '2027-06-01T00:00:00Z')?.due.state).toBe('stopped')
  })
  it('a provisional measure is decided within 24 hours of receipt, and a forward takes that clock along', () => {
    const one = received({ measures: ['provisional'], provisionalItem: 'is to be transferred to the issuing State' })
    expect(clock(one, 'provisional')?.safe).toBe('2026-12-02T10:00:00.000Z')
    expect(refused(one, 'executing', 'forward', { ...annexB, ...onward })).toMatch(/24 hour clock/)
    go(one, 'executing', 'forwardProvisional', { ...annexB, ...onward }, '2026-12-01T12:00:00Z')
    go(one, null, 'receiveProvisional', {}, '2026-12-01T13:00:00Z')
    expect(clock(one, 'provisional#2')?.safe).toBe('2026-12-02T13:00:00.000Z')
    go(one, 'executing', 'decideProvisional', { provisionalDecision: 'Secured' }, '2026-12-02T08:00:00Z')
    expect(clock(one, 'provisional#2', '2026-12-05T00:00:00Z')?.due.state).toBe('met')
    expect(one.state()).toBe('received')
    expect(refused(received(), 'executing', 'decideProvisional', { provisionalDecision: 'x' })).toMatch(/Art 32\(1\)/)
  })
  it('nothing is decided before receipt is confirmed', () => {
    expect(received().take('executing', 'recognise', whole)).toMatchObject({ kind: 'refused', code: 'state' })
  })
  it('an order not issued or validated by an authority of Article 2(c) is returned; the clocks end', () => {
    const one = received()
    go(one, 'executing', 'return', { returnReasons: 'Issued by a customs office, not validated' })
    expect(one.state()).toBe('returned')
    expect(one.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['stopped', 'stopped'])
    go(one, 'issuing', 'close')
  })
})

describe('decision', () => {
  it('is extended by at most 30 days in all, with reasons', () => {
    const one = confirmed()
    expect(refused(one, 'executing', 'extendDecision', { extensionDays: 10 })).toBe('delayReasons field.missing')
    expect(refused(one, 'executing', 'extendDecision', { delayReasons: 'Complex', extensionDays: 31 })).not.toBe('')
    go(one, 'executing', 'extendDecision', { delayReasons: 'Complex', extensionDays: 20 }, '2026-12-20T10:00:00Z')
    expect(clock(one, 'decision')?.safe).toBe('2027-01-20T23:00:00.000Z')
    expect(refused(one, 'executing', 'extendDecision', { delayReasons: 'More', extensionDays: 11 })).toMatch(/at most 30.*Art 12\(3\)/)
    go(one, 'executing', 'extendDecision', { delayReasons: 'More', extensionDays: 10 })
    expect(clock(one, 'decision')?.safe).toBe('2027-01-30T23:00:00.000Z')
  })
  it('a request for information suspends nothing: the Directive knows no such suspension', () => {
    const one = confirmed()
    go(one, 'executing', 'requestInfo', { question: 'Which gate?' }, '2026-12-05T10:00:00Z')
    expect(one.state()).toBe('infoRequested')
    expect(clock(one, 'decision', '2026-12-20T00:00:00Z')?.due.state).toBe('running')
    go(one, 'issuing', 'provideInfo', { answer: 'Gate 4' }, '2026-12-15T10:00:00Z')
    expect(one.state()).toBe('receiptConfirmed')
    expect(clock(one, 'decision')?.safe).toBe('2026-12-31T23:00:00.000Z')
  })
  it('a form on which no decision is possible is notified, and waits for the issuing authority', () => {
    const one = confirmed()
    go(one, 'executing', 'notifyIncomplete', { isIncomplete: true, question: 'Section C names no measure' })
    go(one, 'issuing', 'provideInfo', { answer: 'Now named' })
    expect(one.state()).toBe('receiptConfirmed')
  })
  it('another measure is announced first; the issuing authority keeps, supplements or withdraws', () => {
    const one = confirmed()
    go(one, 'executing', 'recourse', { ...about, recourseBasis: 'art-10-1-a', otherMeasure: 'Statement of the operator' })
    expect(one.state()).toBe('recoursedToOther')
    go(one, 'issuing', 'replyRecourse', { recourseReply: 'Agreed' })
    go(one, 'executing', 'recognise', { recognitionExtent: 'in part' })
    expect(one.state()).toBe('recognised')
  })
  it.each(['possession', 'databases', 'hearing', 'subscriber'])(
    '%s always has to be available: no other measure and no impossibility',
    (measure) => {
      const recourse = { measureConcerned: measure, isNonCoercive: false, recourseBasis: 'art-10-1-b' }
      expect(refused(confirmed(), 'executing', 'recourse', { ...recourse, otherMeasure: 'x' })).toMatch(
        /always has to be available.*Art 10\(2\)/,
      )
      expect(refused(confirmed(), 'executing', 'notifyNotPossible', { ...recourse, notPossibleReasons: 'x' })).toMatch(/Art 10\(2\)/)
      go(confirmed(), 'executing', 'recourse', { ...recourse, recourseBasis: 'art-10-3', otherMeasure: 'Less intrusive' })
    },
  )
  it('a non-coercive measure is treated alike', () => {
    const form = { measureConcerned: 'other', isNonCoercive: true, recourseBasis: 'art-10-1-a', notPossibleReasons: 'x' }
    expect(refused(confirmed(), 'executing', 'notifyNotPossible', form)).toMatch(/Art 10\(2\)/)
    const one = confirmed()
    go(one, 'executing', 'notifyNotPossible', { ...form, isNonCoercive: false })
    expect(one.state()).toBe('notPossible')
  })
  it('in part needs the ground for the rest first', () => {
    const one = confirmed({ proceedings: ['b'] })
    expect(refused(one, 'executing', 'recognise', { recognitionExtent: 'in part' })).toMatch(/ground the rest is refused.*Art 16\(3\)\(a\)/)
    go(one, 'executing', 'refusePart', { ...about, ground: 'art-11-1-c', reasons: 'Not for infringements' })
    go(one, 'executing', 'recognise', { recognitionExtent: 'in part' })
  })
  it('evidence already held is transferred without a 90 day clock', () => {
    const one = confirmed({ measures: ['possession'] })
    go(one, 'executing', 'recogniseInPossession')
    expect(clock(one, 'execution')).toBeUndefined()
    expect(clock(one, 'transfer')?.kind).toBe('policy')
    expect(refused(confirmed(), 'executing', 'recogniseInPossession')).toMatch(/Art 12\(4\)/)
  })
})

describe('refusal', () => {
  const refuse = (one: Case, ground: string, form: Form = {}) =>
    refused(one, 'executing', 'refuse', { ...about, ground, reasons: 'As said', ...form })
  it.each(['art-11-1-a', 'art-11-1-b', 'art-11-1-d', 'art-11-1-e', 'art-11-1-f'])(
    '%s only after consulting the issuing authority',
    (ground) => {
      const one = confirmed()
      expect(refuse(one, ground)).toMatch(/consultation first/)
      go(one, 'executing', 'consult', { consultation: 'By telephone' })
      expect(refuse(one, ground)).toBe('')
      expect(one.state()).toBe('refused')
      expect(clock(one, 'decision', '2027-06-01T00:00:00Z')?.due.state).toBe('met')
    },
  )
  it('(c) only for proceedings of Article 4(b) and (c)', () => {
    expect(refuse(confirmed(), 'art-11-1-c')).toMatch(/may not be used here.*Art 11\(1\)\(c\)/)
    expect(refuse(confirmed({ proceedings: ['b', 'd'] }), 'art-11-1-c')).toBe('')
  })
  it('(g) not for an offence of Annex D with three years', () => {
    expect(refuse(confirmed(), 'art-11-1-g')).toMatch(/may not be used here/)
    expect(refuse(confirmed({ listedOffences: undefined }), 'art-11-1-g')).toBe('')
  })
  it('(g) and (h) not for measures that always have to be available', () => {
    const unlisted = { listedOffences: undefined }
    expect(refuse(confirmed(unlisted), 'art-11-1-g', { measureConcerned: 'subscriber' })).toMatch(/may not be used here/)
    expect(refuse(confirmed(unlisted), 'art-11-1-h', { isNonCoercive: true })).toMatch(/may not be used here/)
    expect(refuse(confirmed(unlisted), 'art-11-1-h')).toBe('')
  })
  it.each([
    ['art-22-2-a', 'custody-to-executing'],
    ['art-22-2-b', 'custody-to-issuing'],
    ['art-24-2-a', 'video-hearing'],
    ['art-24-2-b', 'video-hearing'],
    ['art-28-1', 'real-time'],
    ['art-29-3-a', 'covert'],
    ['art-29-3-b', 'covert'],
    ['art-30-5', 'interception'],
  ])('%s only for its measure (%s)', (ground, measure) => {
    expect(refuse(confirmed(), ground, { measureConcerned: 'accounts' })).toMatch(/may not be used here/)
    expect(refuse(confirmed(), ground, { measureConcerned: measure })).toBe('')
  })
  it('the grounds of Articles 26(6) and 27(5) only for institutions that are no banks', () => {
    const asked = { measures: ['accounts'], accountKinds: ['bank accounts'], accountReasons: 'Payments' }
    expect(refuse(confirmed(asked), 'art-26-6', { measureConcerned: 'accounts' })).toMatch(/may not be used here/)
    expect(refuse(confirmed({ ...asked, accountKinds: ['other financial accounts'] }), 'art-26-6', { measureConcerned: 'accounts' })).toBe(
      '',
    )
  })
  it('a refused order may be reopened; that starts another clock, which is policy', () => {
    const one = confirmed()
    expect(refuse(one, 'art-11-1-h')).toBe('')
    go(one, 'executing', 'reopen', { reopenReasons: 'The court granted the remedy' }, '2026-12-20T10:00:00Z')
    expect(clock(one, 'decision', '2027-06-01T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'decideAgain')).toMatchObject({ kind: 'policy', safe: '2027-01-19T23:00:00.000Z' })
    expect(refuse(one, 'art-11-1-h')).toBe('')
    go(one, 'issuing', 'close')
    go(one, 'executing', 'reopen', { reopenReasons: 'The court granted the second remedy' }, '2027-01-10T10:00:00Z')
    expect(one.state()).toBe('receiptConfirmed')
    expect(clock(one, 'decideAgain', '2027-06-01T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'decideAgain#2')?.due.state).toBe('running')
  })
})

describe('execution and transfer', () => {
  it('runs to its end', () => {
    const one = recognised()
    go(one, 'executing', 'begin')
    go(one, 'executing', 'informDelay', { delayReasons: 'Many hours of images', agreedDate: '2027-04-01' })
    expect(clock(one, 'execution', '2027-03-20T00:00:00Z')?.due.state).toBe('missed')
    go(one, 'executing', 'sendPart', results, '2027-03-20T10:00:00Z')
    expect(one.state()).toBe('resultsPartial')
    go(one, 'executing', 'carryOut')
    go(one, 'executing', 'sendResults', { ...results, resultsText: 'All images' })
    go(one, 'issuing', 'close')
    expect(one.state()).toBe('closed')
  })
  it('a transfer that would cause serious and irreversible damage does not take place', () => {
    const one = recognised()
    go(one, 'executing', 'carryOut')
    expect(refused(one, 'executing', 'sendResults', { ...results, wouldDamage: true })).toMatch(/suspended.*Art 13\(2\)/)
    go(one, 'executing', 'suspendTransfer', { isSeriousDamage: true, suspendReasons: 'Business secret' })
    expect(one.take('executing', 'sendResults', results)).toMatchObject({ kind: 'refused', code: 'state' })
    go(one, 'executing', 'releaseTransfer', { releaseReasons: 'The remedy failed' })
    expect(one.state()).toBe('executed')
    go(one, 'executing', 'sendResults', results)
  })
  it('a pending remedy alone does not suspend a transfer that is essential at once', () => {
    const one = recognised({ immediateTransfer: 'The suspect is in custody' })
    go(one, 'executing', 'carryOut')
    expect(refused(one, 'executing', 'suspendTransfer', { isSeriousDamage: false, suspendReasons: 'Remedy' })).toMatch(
      /immediate transfer.*Art 13\(2\)/,
    )
    const other = recognised()
    go(other, 'executing', 'carryOut')
    go(other, 'executing', 'suspendTransfer', { isSeriousDamage: false, suspendReasons: 'Remedy' })
  })
  it('is withdrawn with reasons at any time; every clock ends and the process terminates', () => {
    const one = recognised()
    expect(refused(one, 'issuing', 'withdraw')).toBe('withdrawReasons field.missing')
    go(one, 'issuing', 'withdraw', { withdrawReasons: 'Case closed' }, '2026-12-20T10:00:00Z')
    expect(one.clocks('2027-12-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['met', 'met', 'stopped'])
    go(one, 'executing', 'terminate')
    expect(one.state()).toBe('closed')
    expect(refused(one, 'executing', 'reopen', { reopenReasons: 'x' })).toMatch(/was withdrawn/)
  })
  it('costs are answered only when they were raised', () => {
    const one = recognised()
    const reply = { costsReply: 'the EIO is withdrawn in part' }
    expect(refused(one, 'issuing', 'replyCosts', reply)).toMatch(/Art 21\(2\)/)
    go(one, 'executing', 'consultCosts', { costs: 'Decoding of 40 devices' })
    go(one, 'issuing', 'replyCosts', reply)
  })
  it('the period of a provisional measure is limited only after consultation', () => {
    const one = recognised({ measures: ['provisional'], provisionalItem: 'is to be transferred to the issuing State' })
    const limit = { provisionalConditions: 'Until 1 March' }
    expect(refused(one, 'executing', 'limitProvisional', { ...limit, isConsultedOnPeriod: false })).toMatch(/Art 32\(5\)/)
    go(one, 'executing', 'limitProvisional', { ...limit, isConsultedOnPeriod: true })
  })
  it('a changed order of an authority that is not judicial was validated anew', () => {
    const police = open({ parties: { issuing: { kind: 'police', realm: 'law-enforcement' } } })
    go(police, 'issuing', 'complete', order)
    go(police, 'issuing', 'submitForValidation')
    go(police, 'validating', 'validate', validation)
    go(police, 'issuing', 'transmit', channel)
    const change = { changeNote: 'Another gate', measureText: 'Images of gate 5' }
    expect(refused(police, 'issuing', 'change', change)).toMatch(/validated anew.*Art 2\(c\)\(ii\)/)
    const added = { ...change, isRevalidated: true, measures: ['provisional'] }
    expect(refused(police, 'issuing', 'change', added)).toMatch(/supplementary EIO/)
    go(police, 'issuing', 'change', { ...change, isRevalidated: true })
    expect(police.fold().values['measureText']).toBe('Images of gate 5')
  })
})

describe('what the definition says', () => {
  it('every step name of Annex V for the EIO occurs', () => {
    const names = new Set(definition.transitions.map(({ official }) => official))
    expect([...names]).toEqual(
      expect.arrayContaining([
        'Issue and Transmit an EIO (Annex A)',
        'Provide additional information',
        'Change EIO (Annex A)',
        'Issue and transmit supplementary EIO (Annex A)',
        'Send a notification message',
        'Withdraw an EIO',
        'Request a status update',
        'Send and receive any other communication needed in the context of an EIO to/from the Executing Authority or where applicable to/from the designated Central Authority',
        'Receive an EIO and send confirmation of receipt (Annex B)',
        'Forward an EIO and inform the Issuing Authority about the forward (Annex B)',
        'Return an EIO',
        'Request additional information',
        'Inform about the progress of an EIO',
        'Send the Results of execution of an EIO',
        'Refuse an EIO',
        'Terminate process upon withdrawal of an EIO by the Issuing Authority',
        'Send and receive any other communication needed in the context of an EIO to/from the Issuing Authority or, where applicable, to/from the designated Central Authority',
      ]),
    )
  })
  it('every notification that Annex V names has its step', () => {
    const articles = definition.transitions
      .filter(({ official }) => official === 'Send a notification message')
      .map(({ basis }) => basis?.art ?? '')
    for (const article of [
      '10(4)',
      '10(5)',
      '12(5)',
      '12(6)',
      '14(5)',
      '15',
      '16(2)(a)',
      '16(2)(b)',
      '16(2)(c)',
      '16(3)(b)',
      '19(2)',
      '32(2)',
      '32(5)',
    ])
      expect(articles.filter((each) => each.includes(article))).not.toEqual([])
  })
  it('every section of Annexes A and B has fields', () => {
    for (const { id } of definition.sections ?? []) expect(definition.fields.filter(({ section }) => section === id)).not.toEqual([])
    expect((definition.sections ?? []).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'H7', 'I', 'J', 'K', 'L']),
    )
    expect(definition.codeLists?.['offences']).toHaveLength(32)
  })
  it('the evidence is for the two authorities alone, and a supplementary draft is told to nobody', () => {
    const ofResults = definition.fields.filter(({ section }) => section === 'results')
    for (const { audience } of ofResults) expect(audience).toEqual(['issuing', 'executing'])
    expect(definition.transitions.find(({ id }) => id === 'supplement')?.told).toEqual(['issuing'])
  })
})
