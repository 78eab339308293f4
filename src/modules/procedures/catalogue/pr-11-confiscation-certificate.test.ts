/** PR-11: the guards of Regulation (EU) 2018/1805 for confiscation both ways, several executing States, every path to its end, and every step name of Annex VI of Implementing Regulation (EU) 2026/101. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-11-confiscation-certificate')

const certificate = {
  isProportionate: true,
  isCriminalMatter: true,
  formLanguage: 'English',
  isLanguageAccepted: true,
  isOrderRequired: false,
  issuingState: 'BE',
  issuingAuthority: 'Central office for seizure and confiscation',
  executingState: 'NL',
  court: 'Court of appeal Antwerp',
  orderIssuedOn: '2026-05-04',
  finalOn: '2026-06-01',
  decided: ['proceeds'],
  objects: ['amount'],
  currency: 'EUR',
  amountHere: 300_000,
  amountTotal: 500_000,
  freezingLink: 'no freezing order',
  facts: 'Proceeds of cocaine imports',
  legalClassification: 'Criminal Code, Article 42',
  listedOffences: ['laundering'],
  isLinkedToConviction: true,
  trial: 'present',
  alternativesAllowed: false,
  victimDecision: 'none',
  issuerName: 'Central office',
  issuerContact: 'E. Wouters',
  fileReference: 'COS-2026-12',
  issuerAddress: 'Wolstraat 66',
  issuerPhone: '+32 2 557 78 00',
  issuerMail: 'confiscation@justice.example',
  issuerLanguages: 'Dutch, English',
  isCertified: true,
  signatory: 'E. Wouters',
  signatoryPost: 'Director',
  signedOn: '2026-11-26',
  iban: 'BE68539007547034',
}
const channel = { channel: 'decentralised IT system', channelReference: 'msg-8' }
const fully = { recognitionExtent: 'fully' }
const taken = { executedOn: '2027-01-20', isWithinMaximum: true }
const paid = { paidSource: 'other-state', paidAmount: 200_000, outstanding: 100_000 }

const NL = { country: 'NL', zone: 'Europe/Amsterdam', calendar: 'NL' }
const open = () => drive(definition, { formats, parties: { executing: NL, central: NL } })
type Case = ReturnType<typeof open>
type Form = Readonly<Record<string, unknown>>

function go(one: Case, role: string | null, step: string, form: Form = {}, at?: string): void {
  expect(`${step}: ${whyNot(one.take(role, step, form, at === undefined ? {} : { at }))}`).toBe(`${step}: `)
}
const refused = (one: Case, role: string, step: string, form: Form = {}) => whyNot(one.take(role, step, form))
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

function received(form: Form = {}, at = '2026-11-27T10:00:00Z'): Case {
  const one = open()
  go(one, 'issuing', 'complete', { ...certificate, ...form }, '2026-11-26T10:00:00Z')
  go(one, 'issuing', 'transmit', channel)
  go(one, null, 'receive', {}, at)
  return one
}
function recognised(form: Form = {}): Case {
  const one = received(form)
  go(one, 'executing', 'recognise', fully, '2026-12-15T10:00:00Z')
  return one
}
function executed(form: Form = {}): Case {
  const one = recognised(form)
  go(one, 'executing', 'execute', taken, '2027-01-20T10:00:00Z')
  return one
}

describe('time', () => {
  it('the decision is due 45 days from receipt, by law; the execution has no limit in the text and so is policy', () => {
    const one = received()
    expect(clock(one, 'decide')).toMatchObject({ kind: 'law', safe: '2027-01-11T23:00:00.000Z', legalLatest: '2027-01-11T23:00:00.000Z' })
    go(one, 'executing', 'recognise', fully, '2026-12-15T10:00:00Z')
    expect(clock(one, 'decide', '2027-06-01T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'execute')).toMatchObject({ kind: 'policy', safe: '2027-01-29T23:00:00.000Z' })
  })
  it('a last day on a Saturday runs to the end of Monday for the law, not for the screen', () => {
    const one = received({}, '2026-12-02T10:00:00Z')
    expect(clock(one, 'decide')).toMatchObject({ safe: '2027-01-16T23:00:00.000Z', legalLatest: '2027-01-18T23:00:00.000Z' })
  })
  it('the 45 days are explained when they cannot be met, never moved', () => {
    const one = received()
    expect(refused(one, 'executing', 'extendTimeLimits')).toBe('delayReasons field.missing')
    go(one, 'executing', 'extendTimeLimits', { delayReasons: 'Court registration', schedule: '1 February' })
    expect(clock(one, 'decide', '2027-01-13T00:00:00Z')?.due.state).toBe('missed')
  })
  it('postponed, both clocks stand still, and the property is kept available', () => {
    const one = received()
    const ground = { postponeGround: 'art-21-1-c', postponeReasons: 'Own proceedings' }
    expect(refused(one, 'executing', 'postpone', ground)).toBe('securing field.missing')
    go(one, 'executing', 'postpone', { ...ground, securing: 'Attachment' }, '2026-12-01T10:00:00Z')
    expect(clock(one, 'decide', '2027-06-01T00:00:00Z')?.due.state).toBe('suspended')
    go(one, 'executing', 'resume', { resumeNote: 'Own proceedings ended' }, '2026-12-11T10:00:00Z')
    expect(one.state()).toBe('received')
    expect(clock(one, 'decide')?.safe).toBe('2027-01-21T23:00:00.000Z')
  })
})

describe('issuing', () => {
  it.each([
    ['is of a civil matter', { isCriminalMatter: false }, /civil or administrative.*Art 1\(4\)/],
    ['is not yet final', { finalOn: '2027-01-01' }, /final.*Art 2\(2\)/],
    ['is not proportionate', { isProportionate: false }, /Art 1\(3\)/],
    ['is not certified', { isCertified: false }, /certifies.*Art 17\(1\)/],
    ['is in a language not accepted', { isLanguageAccepted: false }, /translated.*Art 17\(2\)/],
    ['lacks the order that the State asks for', { isOrderRequired: true }, /attach the original.*Art 14\(2\)/],
    ['goes to its own State', { executingState: 'BE' }, /two different Member States/],
    ['names no amount', { amountHere: undefined }, /amount.*Annex II Section D/],
    ['describes no item', { objects: ['items'], items: [] }, /describes the item/],
    ['goes to several States without a reason', { otherStates: [{ state: 'ES', authority: 'Court' }] }, /Art 15\(1\)-\(3\)/],
    ['does not say how the lawyer was mandated', { trial: 'absent', absence: ['lawyer'] }, /say how the condition.*Annex II Section H/],
  ])('a certificate that %s is not completed', (_what, form, because) => {
    expect(refused(open(), 'issuing', 'complete', { ...certificate, ...form })).toMatch(because)
  })
  it.each([
    ['with the order', { isOrderRequired: true, isOrderAttached: true }],
    [
      'for several States with the reason',
      { otherStates: [{ state: 'ES', authority: 'Court', amount: 200_000 }], severalReasons: ['amount-insufficient'] },
    ],
    ['for an absent person who was summoned in person', { trial: 'absent', absence: ['summoned'], summonedOn: '2026-01-10' }],
    ['for an absent person with a lawyer', { trial: 'absent', absence: ['lawyer'], absenceText: 'Mandate of 3 February' }],
    ['for an order without a conviction', { isLinkedToConviction: false, trial: undefined }],
  ])('but is completed %s', (_what, form) => {
    go(open(), 'issuing', 'complete', { ...certificate, ...form })
  })
})

describe('several executing States', () => {
  it('what was obtained elsewhere pays the order down; at nothing left, nothing is confiscated here', () => {
    const one = recognised()
    go(one, 'issuing', 'informPaid', paid)
    expect(one.fold().values['outstanding']).toBe(100_000)
    go(one, 'issuing', 'informPaid', { ...paid, paidAmount: 500_000, outstanding: 0 })
    expect(refused(one, 'executing', 'execute', taken)).toMatch(/nothing remains.*Arts 16\(2\), 18\(4\)/)
    go(one, 'issuing', 'withdraw', { withdrawReasons: 'Executed in full elsewhere' })
  })
  it('the outstanding amount is told with what was paid', () => {
    expect(refused(recognised(), 'issuing', 'informPaid', { paidSource: 'issuing-state', paidAmount: 1 })).toBe('outstanding field.missing')
  })
  it('no more than the maximum is taken in all States together', () => {
    const one = recognised()
    expect(refused(one, 'executing', 'execute', { ...taken, isWithinMaximum: false })).toMatch(/maximum amount.*Arts 16\(2\), 18\(4\)/)
    go(one, 'executing', 'execute', { ...taken, deducted: 200_000 })
  })
  it('a risk of excess is told, and its end; it is a ground for postponement only for an amount of money', () => {
    const one = recognised()
    expect(refused(one, 'issuing', 'endExcess')).toMatch(/No risk of excess/)
    go(one, 'issuing', 'warnExcess', { excessText: 'Spain executes as well' })
    go(one, 'executing', 'postpone', { postponeGround: 'art-21-1-b', postponeReasons: 'Spain', securing: 'Attachment' })
    go(one, 'issuing', 'endExcess')
    const items = recognised({
      objects: ['items'],
      items: [{ description: 'Car' }],
      transmissionGrounds: ['located'],
      isConversionAllowed: false,
    })
    expect(refused(items, 'issuing', 'warnExcess', { excessText: 'x' })).toMatch(/amount of money.*Art 16\(2\)/)
    expect(refused(items, 'executing', 'postpone', { postponeGround: 'art-21-1-b', postponeReasons: 'x', securing: 'x' })).toMatch(
      /Art 21\(1\)\(b\)/,
    )
  })
})

describe('decision', () => {
  const refuse = (one: Case, letter: string) => refused(one, 'executing', 'refuse', { ground: `art-19-1-${letter}`, reasons: 'As said' })
  const consulted = (form: Form = {}) => {
    const one = received(form)
    go(one, 'executing', 'consult', { consultation: 'Telephone' })
    return one
  }
  it.each(['a', 'b', 'c', 'd', 'e', 'h'])('ground (%s) only after consulting', (letter) => {
    expect(refuse(received(), letter)).toMatch(/consultation first/)
    expect(refuse(consulted(), letter)).toBe('')
  })
  it('ground (f) not for an offence of the list with three years', () => {
    expect(refuse(consulted(), 'f')).toMatch(/may not be used here.*Art 19\(1\)\(f\)/)
    expect(refuse(consulted({ listedOffences: undefined }), 'f')).toBe('')
  })
  it('ground (g) neither for a person who was present nor where the certificate states a condition', () => {
    expect(refuse(consulted(), 'g')).toMatch(/may not be used here.*Art 19\(1\)\(g\)/)
    expect(refuse(consulted({ trial: 'absent', absence: ['summoned'] }), 'g')).toMatch(/may not be used here/)
    expect(refuse(consulted({ isLinkedToConviction: false, trial: undefined }), 'g')).toMatch(/may not be used here/)
    expect(refuse(consulted({ trial: 'absent' }), 'g')).toBe('')
  })
  it('a part is recognised only when the ground for the rest was notified', () => {
    const one = consulted()
    expect(refused(one, 'executing', 'recognise', { recognitionExtent: 'partially' })).toMatch(/ground the rest is not/)
    go(one, 'executing', 'refusePart', { ground: 'art-19-1-b', reasons: 'Lawyer account' })
    go(one, 'executing', 'recognise', { recognitionExtent: 'partially' })
  })
  it('the wrong authority forwards, and the 45 days start with the competent one', () => {
    const one = received()
    go(one, 'executing', 'forward', { competentDesk: 'nl.cjib', forwardNote: 'CJIB' }, '2026-11-30T10:00:00Z')
    go(one, null, 'receive', {}, '2026-12-01T10:00:00Z')
    expect(clock(one, 'decide#2')?.safe).toBe('2027-01-15T23:00:00.000Z')
  })
  it('a request for information leads back to where it was asked', () => {
    const one = recognised()
    go(one, 'executing', 'requestInfo', { question: 'Which bank?' })
    go(one, 'issuing', 'provideInfo', { answer: 'The one in Rotterdam' })
    expect(one.state()).toBe('recognised')
  })
  it('reopened after a refusal, the case gets a clock of policy', () => {
    const one = consulted()
    expect(refuse(one, 'a')).toBe('')
    go(one, 'executing', 'reopen', { reopenReasons: 'Remedy of the issuing State' })
    expect(clock(one, 'decideAgain')?.kind).toBe('policy')
    expect(refuse(one, 'a')).toBe('')
    go(one, 'issuing', 'close')
    go(one, 'executing', 'reopen', { reopenReasons: 'A second remedy' })
    expect(one.state()).toBe('received')
    expect(clock(one, 'decideAgain#2')?.due.state).toBe('running')
  })
})

describe('execution', () => {
  it('of more than EUR 10 000 half goes to the issuing State', () => {
    const one = executed()
    const results = { resultsText: 'Sold', obtained: 12_000, obtainedCurrency: 'EUR', obtainedEuro: 12_000 }
    expect(refused(one, 'executing', 'sendResults', { ...results, disposal: 'executing' })).toMatch(/half is transferred.*Art 30\(7\)\(b\)/)
    go(one, 'executing', 'sendResults', { ...results, disposal: 'half' })
    go(one, 'issuing', 'close')
    expect(one.state()).toBe('closed')
  })
  it('up to EUR 10 000 stays in the executing State', () => {
    go(executed(), 'executing', 'sendResults', {
      resultsText: 'Sold',
      obtained: 9_000,
      obtainedCurrency: 'EUR',
      obtainedEuro: 9_000,
      disposal: 'executing',
    })
  })
  it('nothing is disposed of while proceedings for the victim are pending', () => {
    const one = executed({ victimDecision: 'proceedings are pending' })
    const results = { resultsText: 'Sold', obtained: 9_000, obtainedCurrency: 'EUR', obtainedEuro: 9_000 }
    expect(refused(one, 'executing', 'sendResults', { ...results, disposal: 'executing' })).toMatch(/pending.*Art 30\(5\)/)
    go(one, 'issuing', 'noteVictimDecision', { victimDecision: 'a sum of money to the victim', victimSum: 'EUR 4 000', victim: 'Claes' })
    go(one, 'executing', 'sendResults', { ...results, disposal: 'victim' })
  })
  it('what was not yet disposed of is told later, under the same rules', () => {
    const one = executed()
    go(one, 'executing', 'sendResults', {
      resultsText: 'Sold',
      obtained: 12_000,
      obtainedCurrency: 'EUR',
      obtainedEuro: 12_000,
      disposal: 'waits',
    })
    expect(refused(one, 'executing', 'noteDisposal', { disposal: 'executing' })).toMatch(/Art 30\(7\)\(b\)/)
    go(one, 'executing', 'noteDisposal', { disposal: 'half' })
  })
  it('freezes of its own motion only where no freezing order exists', () => {
    go(recognised(), 'executing', 'freezeOwnMotion', { ownFreezing: 'Account' })
    const one = recognised({ freezingLink: 'accompanied by a freezing order' })
    expect(refused(one, 'executing', 'freezeOwnMotion', { ownFreezing: 'Account' })).toMatch(/Art 18\(5\)/)
  })
  it('a sum in place of the item and other measures need what the certificate allows', () => {
    const items = { objects: ['items'], items: [{ description: 'Car' }], transmissionGrounds: ['located'] }
    expect(
      refused(recognised({ ...items, isConversionAllowed: false }), 'executing', 'proposeConversion', { conversion: 'EUR 20 000' }),
    ).toMatch(/Art 18\(2\)/)
    const one = recognised({ ...items, isConversionAllowed: true })
    expect(refused(one, 'issuing', 'acceptConversion')).toMatch(/has not proposed/)
    go(one, 'executing', 'proposeConversion', { conversion: 'EUR 20 000' })
    go(one, 'issuing', 'acceptConversion')
    expect(refused(one, 'executing', 'applyAlternative', { alternativeText: 'Custody' })).toMatch(/consent.*Art 23\(3\)/)
    go(recognised({ alternativesAllowed: true, custody: '1 year' }), 'executing', 'applyAlternative', { alternativeText: 'Custody' })
  })
  it('what cannot be found is impossibility; found later it is confiscated without a new certificate', () => {
    const one = recognised()
    expect(refused(one, 'executing', 'notifyImpossible', { impossibleReason: 'art-22-3-e', impossibleText: 'x' })).toMatch(
      /Art 22\(2\) and \(3\)\(e\)/,
    )
    go(one, 'executing', 'notifyImpossible', { impossibleReason: 'art-22-3-d', impossibleText: 'Not in the garage' })
    expect(one.state()).toBe('impossible')
    expect(refused(one, 'executing', 'found', { isStillValid: false, foundText: 'x' })).toMatch(/still valid.*Art 22\(4\)/)
    go(one, 'executing', 'found', { isStillValid: true, foundText: 'In Utrecht' })
    expect(one.state()).toBe('recognised')
  })
  it('withdrawn, it terminates', () => {
    const one = recognised()
    go(one, 'issuing', 'withdraw', { withdrawReasons: 'Pardon' })
    go(one, 'executing', 'terminate')
    expect(one.clocks('2028-01-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['met', 'stopped'])
    expect(refused(one, 'executing', 'reopen', { reopenReasons: 'x' })).toMatch(/new certificate/)
  })
})

describe('what the definition says', () => {
  it('every step name of Annex VI for the confiscation order occurs', () => {
    const names = new Set(definition.transitions.map(({ official }) => official))
    expect([...names]).toEqual(
      expect.arrayContaining([
        'Issue and Transmit Confiscation Order',
        'Provide additional information',
        'Withdraw a Confiscation Order',
        'Send and receive any other communication needed in the context of a Confiscation Certificate/Order to/from the Executing Authority or where applicable to/from the designated Central Authority',
        'Receive a Confiscation Certificate/Order',
        'Forward a Confiscation Order',
        'Request additional information',
        'Extend Time Limits',
        'Notify about Decision to Recognise and Execute',
        'Inform about Postponement',
        'Inform about Legal Remedies',
        'Send Results on Execution',
        'Inform about Impossibility to Execute Confiscation Order',
        'Notify about decision not to Recognise and/or Execute',
        'Terminate process upon withdrawal of a Confiscation Order by the Issuing Authority',
        'Send and receive any other communication needed in the context of a Confiscation Order to/from the Issuing Authority or, where applicable, to/from the designated Central Authority',
      ]),
    )
  })
  it('every section of Annex II has fields, and the results are for the two authorities alone', () => {
    for (const letter of 'ABCDEFGHIJKLMN') expect(definition.fields.filter(({ section }) => section === letter)).not.toEqual([])
    for (const { audience } of definition.fields.filter(({ section }) => section === 'results'))
      expect(audience).toEqual(['issuing', 'executing'])
    expect(definition.codeLists?.['offences']).toHaveLength(32)
  })
  it('grounds are those of Article 19(1), and each needs consultation', () => {
    expect(definition.refusalGrounds.map(({ code }) => code.at(-1))).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
    expect(definition.refusalGrounds.every(({ consultFirst }) => consultFirst === true)).toBe(true)
  })
})
