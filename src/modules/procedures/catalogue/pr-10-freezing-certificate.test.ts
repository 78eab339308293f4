/** PR-10: scenario S11, the guards of Regulation (EU) 2018/1805 both ways, every path to its end, and every step name of Implementing Regulation (EU) 2026/101, Annex VI. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-10-freezing-certificate')

const certificate = {
  isProportionate: true,
  isCriminalMatter: true,
  formLanguage: 'English',
  isLanguageAccepted: true,
  isOrderRequired: false,
  issuingState: 'BE',
  issuingAuthority: 'Prosecutor Antwerp',
  executingState: 'NL',
  objects: ['items'],
  transmissionGrounds: ['located'],
  items: [{ description: 'Bitcoin in a hosted wallet', cryptoAddress: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT' }],
  facts: 'Proceeds of cocaine imports',
  stage: 'Judicial investigation',
  freezingGrounds: 'Later confiscation',
  legalClassification: 'Criminal Code, Article 505',
  listedOffences: ['laundering'],
  keepConfidential: false,
  confiscationLink: 'the property shall remain frozen pending the confiscation order',
  confiscationDate: '2027-06-01',
  alternativesAllowed: false,
  restitutionDecided: false,
  restitutionPending: false,
  remedyAuthority: 'the issuing authority (Section M)',
  issuerType: 'judge, court, public prosecutor',
  issuerName: 'Prosecutor Antwerp',
  issuerContact: 'A. Jacobs',
  fileReference: 'AN-2026-98',
  issuerAddress: 'Bolivarplaats 20',
  issuerPhone: '+32 3 257 80 00',
  issuerMail: 'freezing@prosecutor.example',
  issuerLanguages: 'Dutch, English',
  isCertified: true,
  signatory: 'A. Jacobs',
  signatoryPost: 'Deputy prosecutor',
  signedOn: '2026-11-26',
}
const urgent = { urgencyGrounds: ['removal'], urgencyText: 'The wallet is being emptied' }
const validation = {
  validatorType: 'public prosecutor',
  validatorName: 'Prosecutor Antwerp',
  validatorContact: 'B. Maes',
  mainContact: 'issuing authority',
  validatorSignatory: 'B. Maes',
  validatedOn: '2026-11-26',
}
const channel = { channel: 'decentralised IT system', channelReference: 'msg-5' }
const fully = { recognitionExtent: 'fully' }
const onward = { competentDesk: 'nl.om.amsterdam', forwardNote: 'Prosecutor Amsterdam' }
const taken = { executedOn: '2026-11-30', executionText: 'Order served on the provider' }
const report = { reportedProperty: '3.2 BTC', reportedValue: 250_000, reportedCurrency: 'EUR' }

const NL = { country: 'NL', zone: 'Europe/Amsterdam', calendar: 'NL' }
const open = (options: DriveOptions = {}) =>
  drive(definition, { formats, ...options, parties: { executing: NL, central: NL, ...options.parties } })
type Case = ReturnType<typeof open>
type Form = Readonly<Record<string, unknown>>

function go(one: Case, role: string | null, step: string, form: Form = {}, at?: string): void {
  expect(`${step}: ${whyNot(one.take(role, step, form, at === undefined ? {} : { at }))}`).toBe(`${step}: `)
}
const refused = (one: Case, role: string, step: string, form: Form = {}) => whyNot(one.take(role, step, form))
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

function received(form: Form = {}, at = '2026-11-27T16:20:00Z'): Case {
  const one = open()
  const isUrgent = form['urgencyGrounds'] !== undefined
  go(one, 'issuing', 'complete', { ...certificate, ...form }, '2026-11-26T10:00:00Z')
  go(one, 'issuing', isUrgent ? 'transmitUrgent' : 'transmit', channel)
  go(one, null, isUrgent ? 'receiveUrgent' : 'receive', {}, at)
  return one
}
function recognised(form: Form = {}): Case {
  const one = received(form)
  go(one, 'executing', form['urgencyGrounds'] === undefined ? 'recognise' : 'recogniseUrgent', fully, '2026-11-28T09:00:00Z')
  return one
}
function reported(form: Form = {}): Case {
  const one = recognised(form)
  go(one, 'executing', 'execute', taken, '2026-11-30T10:00:00Z')
  go(one, 'executing', 'sendReport', report, '2026-12-01T10:00:00Z')
  return one
}

describe('S11', () => {
  it('immediate freezing: 48 hours to decide from receipt, then 48 hours to execute from the decision, over a weekend', () => {
    const one = received(urgent)
    expect(clock(one, 'decideUrgent')).toMatchObject({
      kind: 'law',
      safe: '2026-11-29T16:20:00.000Z',
      legalLatest: '2026-11-29T17:00:00.000Z',
    })
    expect(clock(one, 'executeUrgent')).toBeUndefined()
    expect(clock(one, 'decide')).toBeUndefined()
    go(one, 'executing', 'recogniseUrgent', fully, '2026-11-28T09:10:00Z')
    expect(clock(one, 'decideUrgent', '2026-12-05T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'executeUrgent')).toMatchObject({
      kind: 'law',
      safe: '2026-11-30T09:10:00.000Z',
      legalLatest: '2026-11-30T10:00:00.000Z',
    })
    go(one, 'executing', 'execute', taken, '2026-11-30T09:00:00Z')
    expect(clock(one, 'executeUrgent', '2026-12-05T00:00:00Z')?.due.state).toBe('met')
  })
  it('«cannot be found in the location indicated» closes as impossibility, and no ground of refusal says anything like it', () => {
    const one = recognised(urgent)
    go(one, 'executing', 'notifyImpossible', { impossibleReason: 'art-13-3-d', impossibleText: 'The wallet is not with the provider' })
    expect(one.state()).toBe('impossible')
    expect(one.fold().done).not.toContain('refuse')
    go(one, 'issuing', 'close')
    expect(definition.refusalGrounds.map(({ code }) => code)).toEqual([
      'art-8-1-a',
      'art-8-1-b',
      'art-8-1-c',
      'art-8-1-d',
      'art-8-1-e',
      'art-8-1-f',
    ])
    expect(refused(received(), 'executing', 'refuse', { ground: 'art-13-3-d', reasons: 'Not found' })).toMatch(/ground field.value/)
  })
})

describe('issuing', () => {
  it.each([
    ['is not proportionate', { isProportionate: false }, /necessity and proportionality.*Art 1\(3\)/],
    ['is of a civil matter', { isCriminalMatter: false }, /civil or administrative.*Art 1\(4\)/],
    ['is not certified', { isCertified: false }, /certifies.*Art 6\(1\)/],
    ['is in a language not accepted', { isLanguageAccepted: false }, /translated.*Art 6\(2\)/],
    ['lacks the order that the State asks for', { isOrderRequired: true }, /attach the original.*Art 4\(2\)/],
    ['goes to its own State', { executingState: 'BE' }, /two different Member States/],
    ['is urgent without saying why', { urgencyGrounds: ['needs'] }, /without saying why.*Art 9\(3\)/],
    ['names no amount', { objects: ['amount'] }, /amount.*Annex I Section D/],
    ['describes no item', { items: [] }, /describes the item/],
    [
      'goes to several States without a reason',
      { otherStates: [{ state: 'ES', authority: 'Court' }] },
      /one executing State at a time.*Art 5\(1\)-\(3\)/,
    ],
    [
      'is accompanied by nothing',
      { confiscationLink: 'accompanied by a confiscation certificate' },
      /no confiscation certificate.*Art 4\(6\)\(a\)/,
    ],
  ])('a certificate that %s is not completed', (_what, form, because) => {
    expect(refused(open(), 'issuing', 'complete', { ...certificate, ...form })).toMatch(because)
  })
  it.each([
    ['with the order', { isOrderRequired: true, isOrderAttached: true }],
    ['for an amount', { objects: ['amount'], amountHere: 100_000, amountTotal: 400_000, currency: 'EUR' }],
    ['for several States with the reason', { otherStates: [{ state: 'ES', authority: 'Court' }], severalReasons: ['items-different'] }],
    ['accompanied', { confiscationLink: 'accompanied by a confiscation certificate', confiscationReference: 'C-1' }],
  ])('but is completed %s', (_what, form) => {
    go(open(), 'issuing', 'complete', { ...certificate, ...form })
  })
  it('a pending confiscation without an estimated date warns, and an unbound State too', () => {
    const warnings = definition.transitions.find(({ id }) => id === 'complete')?.warnings ?? []
    expect(warnings.map(({ basis }) => `${basis.art} ${basis.mark}`)).toEqual(['Art 4(6)(b) V', 'recitals on Protocols 21 and 22 M'])
  })
  it('an order of another competent authority is validated before it is transmitted', () => {
    const one = open({ parties: { issuing: { kind: 'customs', realm: 'customs' } } })
    go(one, 'issuing', 'complete', { ...certificate, ...urgent })
    expect(refused(one, 'issuing', 'transmitUrgent', channel)).toMatch(/validated by one of them.*Art 2\(8\)\(a\)\(ii\)/)
    go(one, 'issuing', 'submitForValidation')
    go(one, 'validating', 'validate', validation)
    go(one, 'issuing', 'transmitUrgent', channel)
    expect(one.state()).toBe('transmittedUrgent')
  })
  it('the addressee is named before the order goes to be validated', () => {
    const one = open({ absent: ['executing', 'central'] })
    go(one, 'issuing', 'complete', certificate)
    expect(refused(one, 'issuing', 'submitForValidation')).toMatch(/Name the executing or the central authority first/)
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/Neither an executing authority.*Art 4\(1\)/)
  })
  it('urgency decides the way out, so that the right clock starts with receipt', () => {
    const one = open()
    go(one, 'issuing', 'complete', { ...certificate, ...urgent })
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/limits of 48 hours.*Art 9\(3\)/)
    const other = open()
    go(other, 'issuing', 'complete', certificate)
    expect(refused(other, 'issuing', 'transmitUrgent', channel)).toMatch(/no ground for immediate freezing/)
  })
})

describe('receipt and decision', () => {
  it('through a central authority the 48 hours start with the executing authority', () => {
    const one = open()
    go(one, 'issuing', 'complete', { ...certificate, ...urgent })
    go(one, 'issuing', 'transmitUrgent', channel)
    go(one, null, 'receiveAtCentral', {}, '2026-11-27T08:00:00Z')
    expect(one.clocks()).toEqual([])
    go(one, 'central', 'forwardFromCentral', onward, '2026-11-27T09:00:00Z')
    go(one, null, 'receiveUrgent', {}, '2026-11-27T09:30:00Z')
    expect(clock(one, 'decideUrgent')?.safe).toBe('2026-11-29T09:30:00.000Z')
  })
  it('a forward to the competent authority takes the urgency along', () => {
    const one = received(urgent)
    expect(refused(one, 'executing', 'forward', onward)).toMatch(/48 hours/)
    go(one, 'executing', 'forwardUrgent', onward, '2026-11-27T17:00:00Z')
    go(one, null, 'receiveUrgent', {}, '2026-11-27T18:00:00Z')
    expect(clock(one, 'decideUrgent#2')?.safe).toBe('2026-11-29T18:00:00.000Z')
  })
  it('without urgency there is no limit in hours: the clocks are policy', () => {
    const one = received()
    expect(one.clocks().map(({ id, kind }) => `${id} ${kind}`)).toEqual(['decide policy'])
    expect(refused(one, 'executing', 'recogniseUrgent', fully)).toMatch(/no ground for immediate freezing/)
    go(one, 'executing', 'recognise', fully)
    expect(one.clocks().map(({ id, kind }) => `${id} ${kind}`)).toEqual(['decide policy', 'execute policy'])
    expect(refused(received(urgent), 'executing', 'recognise', fully)).toMatch(/48 hours for execution/)
  })
  it('a limit that cannot be met is explained with reasons and a schedule; it moves nothing and stays visible', () => {
    const one = received(urgent)
    go(one, 'executing', 'extendTimeLimits', { delayReasons: 'The provider sits abroad', schedule: 'Monday noon' })
    expect(clock(one, 'decideUrgent', '2026-11-30T00:00:00Z')?.due.state).toBe('missed')
    expect(refused(received(), 'executing', 'extendTimeLimits', { delayReasons: 'x' })).toMatch(/Art 9\(1\) and \(5\)/)
  })
  it('a request for information leads back, the clock runs', () => {
    const one = received(urgent)
    go(one, 'executing', 'requestInfo', { question: 'Which provider?' })
    expect(clock(one, 'decideUrgent')?.due.state).toBe('running')
    go(one, 'issuing', 'provideInfo', { answer: 'The one in Amsterdam' })
    expect(one.state()).toBe('received')
  })
  it('a part is recognised only when the ground for the rest was notified', () => {
    const one = received()
    expect(refused(one, 'executing', 'recognise', { recognitionExtent: 'partially' })).toMatch(
      /ground the rest is not.*Art 8\(1\) and \(3\)/,
    )
    go(one, 'executing', 'consult', { consultation: 'Telephone' })
    go(one, 'executing', 'refusePart', { ground: 'art-8-1-b', reasons: 'Lawyer account' })
    go(one, 'executing', 'recognise', { recognitionExtent: 'partially' })
  })
})

describe('not recognised', () => {
  it.each(['a', 'b', 'c', 'd', 'f'])('ground (%s) only after consulting', (letter) => {
    const one = received()
    const form = { ground: `art-8-1-${letter}`, reasons: 'As said' }
    expect(refused(one, 'executing', 'refuse', form)).toMatch(/consultation first/)
    go(one, 'executing', 'consult', { consultation: 'Telephone' })
    go(one, 'executing', 'refuse', form)
    expect(one.state()).toBe('refused')
  })
  it('ground (e) not for an offence of the list with three years', () => {
    const form = { ground: 'art-8-1-e', reasons: 'As said' }
    const listed = received()
    go(listed, 'executing', 'consult', { consultation: 'Telephone' })
    expect(refused(listed, 'executing', 'refuse', form)).toMatch(/may not be used here.*Art 8\(1\)\(e\)/)
    const one = received({ listedOffences: undefined })
    go(one, 'executing', 'consult', { consultation: 'Telephone' })
    go(one, 'executing', 'refuse', form)
  })
  it('a ground found during execution is discussed first; then the execution may be stopped', () => {
    const one = recognised()
    const form = { ground: 'art-8-1-a', reasons: 'Judgment of 2025' }
    expect(refused(one, 'executing', 'stopExecution', form)).toMatch(/first discussed.*Art 8\(4\)/)
    go(one, 'executing', 'contactOnGround', { consultation: 'No solution' })
    go(one, 'executing', 'stopExecution', form)
    expect(one.state()).toBe('refused')
  })
  it('an imprecise location counts only after consulting; equivalent value only when there is none', () => {
    const one = received()
    const form = { impossibleReason: 'art-13-3-e', impossibleText: 'Street only' }
    expect(refused(one, 'executing', 'notifyImpossible', form)).toMatch(/despite consulting.*Art 13\(2\) and \(3\)\(e\)/)
    go(one, 'executing', 'consult', { consultation: 'No better address' })
    go(one, 'executing', 'notifyImpossible', form)
    const other = received({ objects: ['items', 'equivalent'] })
    const gone = { impossibleReason: 'art-13-3-b', impossibleText: 'Sold' }
    expect(refused(other, 'executing', 'notifyImpossible', gone)).toMatch(/equivalent value.*Art 13\(5\)/)
    go(other, 'executing', 'notifyImpossible', { ...gone, isNoEquivalent: true })
  })
  it('property found later is frozen without a new certificate once the order is verified; not what was confiscated or destroyed', () => {
    const impossible = (reason: string) => {
      const one = recognised()
      go(one, 'executing', 'notifyImpossible', { impossibleReason: reason, impossibleText: 'x' })
      return one
    }
    const found = { isStillValid: true, foundText: 'With another provider' }
    expect(refused(impossible('art-13-3-c'), 'executing', 'found', found)).toMatch(/new certificate.*Art 13\(4\)/)
    expect(refused(impossible('art-13-3-d'), 'executing', 'found', { ...found, isStillValid: false })).toMatch(/still valid.*Art 13\(4\)/)
    const one = impossible('art-13-3-d')
    go(one, 'executing', 'found', found)
    expect(one.state()).toBe('recognised')
    expect(clock(one, 'execute#2')?.kind).toBe('policy')
  })
})

describe('postponement, report and duration', () => {
  it('postponed, the 48 hours for execution stand still', () => {
    const one = recognised(urgent)
    go(one, 'executing', 'postpone', { postponeGround: 'art-10-1-a', postponeReasons: 'Search on Tuesday' }, '2026-11-28T10:00:00Z')
    expect(clock(one, 'executeUrgent', '2026-12-24T00:00:00Z')?.due.state).toBe('suspended')
    go(one, 'executing', 'resume', { resumeNote: 'Served' }, '2026-12-01T10:00:00Z')
    expect(one.state()).toBe('recognised')
    expect(clock(one, 'executeUrgent')?.safe).toBe('2026-12-03T09:00:00.000Z')
  })
  it('the report describes the property; its clock is policy, the text says without undue delay', () => {
    const one = recognised()
    go(one, 'executing', 'execute', taken)
    expect(clock(one, 'report')?.kind).toBe('policy')
    expect(refused(one, 'executing', 'sendReport', {})).toBe('reportedProperty field.missing')
    go(one, 'executing', 'sendReport', report)
    expect(one.state()).toBe('reported')
  })
  it('without a reply in six weeks to the request to limit the period the executing authority is no longer obliged', () => {
    const one = reported()
    go(one, 'executing', 'requestLimit', { limitReasons: 'Storage costs' }, '2026-12-02T10:00:00Z')
    expect(clock(one, 'limitReply')).toMatchObject({
      kind: 'law',
      safe: '2027-01-13T23:00:00.000Z',
      legalLatest: '2027-01-13T23:00:00.000Z',
    })
    expect(definition.clocks.find(({ id }) => id === 'limitReply')).toMatchObject({
      obligated: 'issuing',
      basis: { art: 'Art 12(2)', mark: 'V' },
    })
    const request = { limitReceivedAt: '2026-12-02T10:00:00Z' }
    expect(whyNot(one.take('executing', 'noReply', request, { at: '2027-01-13T09:00:00Z' }))).toMatch(/not over.*Art 12\(2\)/)
    // The issuing authority shall respond: its six weeks are a duty, and over. What the silence brings is recorded by a person, and is no reply.
    expect(clock(one, 'limitReply', '2027-01-14T10:00:00Z')?.due.state).toBe('missed')
    go(one, 'executing', 'noReply', request, '2027-01-14T10:30:00Z')
    expect(clock(one, 'limitReply')?.due.state).toBe('missed')
    expect(one.state()).toBe('notObliged')
    go(one, 'executing', 'release', { releaseNote: 'Returned to the owner' })
    go(one, 'issuing', 'close')
  })
  it('the issuing authority refuses with reasons, and the property remains frozen; a new request starts six new weeks', () => {
    const one = reported()
    go(one, 'executing', 'requestLimit', { limitReasons: 'Storage costs' }, '2026-12-02T10:00:00Z')
    expect(refused(one, 'issuing', 'declineLimit')).toBe('limitReply field.missing')
    go(one, 'issuing', 'declineLimit', { limitReply: 'Trial in March' }, '2026-12-10T10:00:00Z')
    expect(one.state()).toBe('maintained')
    expect(clock(one, 'limitReply', '2027-06-01T00:00:00Z')?.due.state).toBe('met')
    go(one, 'executing', 'requestLimit', { limitReasons: 'Still' }, '2027-03-01T10:00:00Z')
    expect(clock(one, 'limitReply#2')?.due.state).toBe('running')
  })
  it('or agrees to a date, which is then watched', () => {
    const one = reported()
    go(one, 'executing', 'requestLimit', { limitReasons: 'Storage costs' }, '2026-12-02T10:00:00Z')
    expect(refused(one, 'issuing', 'agreeLimit', { limitedUntil: '2026-12-01T00:00:00Z' })).toMatch(/in the past/)
    go(one, 'issuing', 'agreeLimit', { limitedUntil: '2027-05-01T00:00:00Z' })
    expect(clock(one, 'limited')).toMatchObject({ kind: 'policy', safe: '2027-05-01T00:00:00.000Z' })
    go(one, 'executing', 'release', { releaseNote: 'Period over' })
  })
  it('persons are not informed while the issuing authority keeps the order confidential', () => {
    const one = reported({ keepConfidential: true })
    const informed = { informedText: 'Letter of today' }
    expect(refused(one, 'executing', 'informPersons', informed)).toMatch(/postpone informing.*Art 11\(3\)/)
    go(one, 'issuing', 'liftConfidentiality')
    go(one, 'executing', 'informPersons', informed)
    go(reported(), 'executing', 'informPersons', informed)
  })
  it('property goes back to the victim only under the three conditions of Article 29(2)', () => {
    const one = reported()
    const conditions = { isTitleContested: false, isNeededAsEvidence: false, areRightsPrejudiced: false, restitutionNote: 'Handed over' }
    expect(refused(one, 'executing', 'restitute', conditions)).toMatch(/Art 29\(1\)/)
    const decision = {
      restitutionDecided: true,
      restitutionAuthority: 'Court',
      restitutionDate: '2026-12-01',
      restitutionProperty: 'Car',
      victim: 'Claes',
    }
    go(one, 'issuing', 'noteRestitution', decision)
    expect(refused(one, 'executing', 'restitute', { ...conditions, isTitleContested: true })).toMatch(/not contested.*Art 29\(2\)-\(3\)/)
    go(one, 'executing', 'restitute', conditions)
  })
  it('confiscation follows with a draft of PR-11; the freezing ends when that is answered', () => {
    const one = reported()
    const step = definition.transitions.find(({ id }) => id === 'announceConfiscation')
    const spawn = step?.effects.find((each) => each.kind === 'spawn')
    expect(spawn?.procedure).toBe('PR-11')
    const target = shipped('pr-11-confiscation-certificate').fields.map(({ id }) => id)
    for (const id of Object.keys(spawn?.copy ?? {})) expect(target).toContain(id)
    go(one, 'issuing', 'announceConfiscation')
    expect(one.state()).toBe('confiscationFollows')
    go(one, 'executing', 'release', { releaseNote: 'Confiscated' })
  })
  it('withdrawn, the execution ends and its end is confirmed', () => {
    const one = recognised(urgent)
    go(one, 'issuing', 'withdraw', { withdrawReasons: 'Annulled' })
    expect(one.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['met', 'stopped'])
    go(one, 'executing', 'terminate')
    expect(one.state()).toBe('closed')
    expect(refused(one, 'executing', 'reopen', { reopenReasons: 'x' })).toMatch(/new certificate/)
  })
})

describe('what the definition says', () => {
  it('every step name of Annex VI for the freezing order occurs', () => {
    const names = new Set(definition.transitions.map(({ official }) => official))
    expect([...names]).toEqual(
      expect.arrayContaining([
        'Issue and Transmit a Freezing Order',
        'Provide additional information',
        'Withdraw a Freezing Order',
        'Reply to Request to Limit the Period of Freezing',
        'Send and receive any other communication needed in the context of a Freezing Order to/from the Executing Authority or where applicable to/from the designated Central Authority',
        'Receive a Freezing Order',
        'Forward a Freezing Order',
        'Request additional information',
        'Extend Time Limits',
        'Notify about Decision to Recognise and Execute',
        'Inform about Postponement',
        'Inform about Legal Remedies',
        'Send Execution Report',
        'Request to Limit the Period of Freezing',
        'Notify about the Impossibility to Execute',
        'Notify about Decision not to Recognise and Execute',
        'Terminate process upon withdrawal of a Freezing Order by the Issuing Authority',
        'Send and receive any other communication needed in the context of a Freezing Order to/from the Issuing Authority or, where applicable, to/from the designated Central Authority',
      ]),
    )
  })
  it('every section of Annex I has fields, and the report is for the two authorities alone', () => {
    for (const letter of 'ABCDEFGHIJKLMNOP') expect(definition.fields.filter(({ section }) => section === letter)).not.toEqual([])
    for (const { audience } of definition.fields.filter(({ section }) => section === 'report'))
      expect(audience).toEqual(['issuing', 'executing'])
    expect(definition.codeLists?.['offences']).toHaveLength(32)
  })
})
