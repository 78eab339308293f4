/** PR-20: identifiers that pass their check, the basis by the place of the provider, the times of the FIU and from when they are law, a freeze that does not lapse unseen. */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'
import { fieldsFor } from './shipped.fixture.ts'

const definition = shipped('pr-20-vasp-request')

const BTC = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const HASH = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'
const transaction = { hash: HASH, chain: 'bitcoin', block: 820_000, at: '2026-10-01T12:00:00Z', amount: '1.25', asset: 'BTC' }

const request = {
  caseReference: 'AN-2026-500',
  statute: 'Article 505 of the Criminal Code',
  caseSummary: 'Proceeds of a shipment of October',
  exposurePath: 'Three hops from the seized wallet',
  requesterState: 'BE',
  vaspName: 'Exchange NV',
  vaspState: 'BE',
  btcAddresses: [{ address: BTC }],
  transactions: [transaction],
  isCompared: true,
  asked: ['holder', 'freeze'],
  freezeText: 'All assets up to 1.25 BTC',
  period: '1 to 31 October 2026',
  authorityName: 'Federal Police',
  officerIdentity: 'A. Jacobs, to be verified through the switchboard of the Federal Police',
  confidentiality: 'The customer is not informed',
  replyAddress: 'crypto@police.example',
  replyKey: '8F3A 11C0',
}
const order = { authorisedBy: 'Investigating judge Antwerp', authorisedOn: '2026-12-01', authorisationFile: 'OR-77' }
const basis = { basisText: 'Article 46quater of the Code of Criminal Procedure' }
const by = { answerBy: '2026-12-31T12:00:00Z' }
const amlFrom = '2027-07-10'

type Form = Readonly<Record<string, unknown>>
const open = (kind = 'police', options: DriveOptions = {}) =>
  drive(definition, { formats, ...options, parties: { requester: { kind }, ...options.parties } })
type Case = ReturnType<typeof open>

/** Takes each step and holds that it was taken. */
function go(one: Case, role: string | null, step: string, form: Form = {}, at?: string): void {
  const decision = one.take(role, step, form, { isSupervisor: true, ...(at === undefined ? {} : { at }) })
  expect(`${step}: ${whyNot(decision)}`).toBe(`${step}: `)
}
const refused = (one: Case, role: string, step: string, form: Form = {}) => whyNot(one.take(role, step, form))
const clock = (one: Case, id: string, at?: string) => one.clocks(at).find((each) => each.id === id)

function checked(form: Form = {}, kind = 'police'): Case {
  const one = open(kind)
  go(one, 'requester', 'validateIdentifiers', { ...request, ...form }, '2026-12-01T09:00:00Z')
  return one
}
function received(): Case {
  const one = checked()
  go(one, 'requester', 'chooseDomestic', basis)
  go(one, 'requester', 'recordAuthorisation', order)
  go(one, 'requester', 'send', by, '2026-12-02T09:00:00Z')
  go(one, null, 'receive', {}, '2026-12-02T09:01:00Z')
  return one
}
/** A request of the FIU after 10 July 2027. */
function byFiu(): Case {
  const one = checked({}, 'fiu')
  go(one, 'requester', 'chooseFiuRequest', basis)
  go(one, 'requester', 'approveFiu', { authorisedBy: 'Head of unit', authorisedOn: '2027-08-02', amlFrom }, '2027-08-02T08:00:00Z')
  go(one, 'requester', 'sendByFiu', {}, '2027-08-02T09:00:00Z')
  go(one, null, 'receiveByFiu', {}, '2027-08-02T09:01:00Z')
  return one
}

describe('identifiers', () => {
  it.each<[string, Form]>([
    ['a Bitcoin address with a wrong check sum', { btcAddresses: [{ address: BTC.replace('7Div', '7Dlv') }] }],
    ['an address of Ethereum with wrong capitals', { evmAddresses: [{ address: EVM.replace('aAeb', 'AAeb'), chain: 'ethereum' }] }],
    ['a shortened hash', { transactions: [{ ...transaction, hash: '4a5e…a33b' }] }],
  ])('refuses %s and says where', (_what, form) => {
    const decision = open().take('requester', 'validateIdentifiers', { ...request, ...form })
    expect(decision.kind).toBe('fields')
    expect(whyNot(decision)).toMatch(new RegExp(`${Object.keys(form)[0]}\\.0\\.(?:address|hash) field\\.value`))
  })
  it('takes right ones, compared a second time', () => {
    go(open(), 'requester', 'validateIdentifiers', { ...request, evmAddresses: [{ address: EVM, chain: 'ethereum' }] })
    expect(refused(open(), 'requester', 'validateIdentifiers', { ...request, isCompared: false })).toMatch(/second look/)
    expect(refused(open(), 'requester', 'validateIdentifiers', { ...request, btcAddresses: [], transactions: [] })).toMatch(/No address/)
  })
  it('the case, its summary and the path on the chain are not for the provider', () => {
    const seen = fieldsFor(definition, 'vasp')
    for (const id of ['caseSummary', 'exposurePath', 'statute', 'caseReference', 'counselNote', 'followUp']) expect(seen).not.toContain(id)
    expect(seen).toEqual(
      expect.arrayContaining(['btcAddresses', 'transactions', 'basisText', 'confidentiality', 'officerIdentity', 'replyKey']),
    )
  })
})

describe('the basis follows from where the provider is', () => {
  const WAYS = [
    'chooseDomestic',
    'chooseFiuRequest',
    'chooseEio',
    'chooseFiuToFiu',
    'chooseAro',
    'chooseMla',
    'chooseVoluntary',
    'chooseEpoc',
  ]
  const ways = (form: Form, kind?: string) => {
    const offered = checked(form, kind).offered('requester')
    return WAYS.filter((id) => offered.some((each) => each.id === id && each.because === undefined))
  }
  it.each<[string, Form, string | undefined, readonly string[]]>([
    ['same State', {}, undefined, ['chooseDomestic']],
    ['same State, for the FIU', {}, 'fiu', ['chooseFiuRequest']],
    ['another Member State', { vaspState: 'NL' }, undefined, ['chooseEio', 'chooseFiuToFiu', 'chooseAro']],
    [
      'another Member State with a note of counsel',
      { vaspState: 'NL', counselNote: 'Wallet software only' },
      undefined,
      ['chooseEio', 'chooseFiuToFiu', 'chooseAro', 'chooseEpoc'],
    ],
    ['Ireland, not bound by the EIO', { vaspState: 'IE' }, undefined, ['chooseFiuToFiu', 'chooseAro', 'chooseMla']],
    ['third country', { vaspState: 'SC' }, undefined, ['chooseFiuToFiu', 'chooseMla', 'chooseVoluntary']],
    [
      'third country with a note of counsel: no EPOC all the same',
      { vaspState: 'SC', counselNote: 'x' },
      undefined,
      ['chooseFiuToFiu', 'chooseMla', 'chooseVoluntary'],
    ],
  ])('%s', (_what, form, kind, open_) => {
    expect(ways(form, kind)).toEqual(open_)
  })
  it('what is barred says why and names the way that is open', () => {
    const barred = checked({ vaspState: 'SC' }).offered('requester')
    expect(barred.find(({ id }) => id === 'chooseEio')?.because).toMatch(/mutual legal assistance, the FIU or a voluntary request/)
    expect(barred.find(({ id }) => id === 'chooseEpoc')?.because).toMatch(/another Member State/)
    expect(
      checked({ vaspState: 'NL' })
        .offered('requester')
        .find(({ id }) => id === 'chooseEpoc')?.because,
    ).toMatch(/Financial services are no addressees/)
    expect(refused(checked({ vaspState: 'NL' }), 'requester', 'chooseVoluntary', basis)).toMatch(/2023\/1113 Art 24/)
  })
  it('an EIO, an EPOC or a request of the asset recovery office is drafted with fields of the same kind', () => {
    const spawned = definition.transitions.flatMap(({ effects }) => effects).filter((each) => each.kind === 'spawn')
    expect(spawned.map(({ procedure }) => procedure).toSorted()).toEqual(['PR-02.aro', 'PR-06', 'PR-06', 'PR-07.epoc', 'PR-10'])
  })
})

describe('authorisation and sending', () => {
  it('a police authority names the judicial authorisation, or has it given here', () => {
    const one = checked()
    go(one, 'requester', 'chooseDomestic', basis)
    expect(refused(one, 'requester', 'recordAuthorisation', { ...order, authorisationFile: '' })).toMatch(/not judicial/)
    go(one, 'requester', 'submitForAuthorisation')
    go(one, 'authoriser', 'authorise', order)
    go(one, 'requester', 'send', by)
    expect(clock(one, 'answer')?.kind).toBe('policy')
  })
  it('a voluntary request is approved by a supervisor', () => {
    const one = checked({ vaspState: 'SC' })
    go(one, 'requester', 'chooseVoluntary', basis)
    expect(refused(one, 'requester', 'approveVoluntary', order)).toMatch(/supervisor/)
    go(one, 'requester', 'approveVoluntary', { authorisedBy: 'Head of unit', authorisedOn: '2026-12-01' })
  })
})

describe('answers', () => {
  it('a voluntary freeze has an end; the order is recorded before, or the end is said to both', () => {
    const one = received()
    const freeze = { frozenUntil: '2026-12-09T12:00:00Z', frozenWhat: '1.25 BTC' }
    expect(refused(one, 'vasp', 'freeze', { ...freeze, frozenUntil: '2026-11-01T12:00:00Z' })).toMatch(/future/)
    go(one, 'vasp', 'freeze', freeze)
    expect(clock(one, 'freezeEnds')).toMatchObject({ kind: 'policy', safe: '2026-12-09T12:00:00.000Z' })
    const lapsed = received()
    go(lapsed, 'vasp', 'freeze', freeze)
    go(lapsed, null, 'freezeLapses', {}, '2026-12-09T12:00:00Z')
    expect(lapsed.state()).toBe('freezeLapsed')
    go(one, 'requester', 'draftFreezing')
    go(one, 'requester', 'recordFollowUp', { followUp: 'freezing certificate', elsewhereReference: 'AN-2026-500/F' })
    expect(clock(one, 'freezeEnds', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
    go(one, 'requester', 'close', { outcome: 'Frozen by certificate' })
    go(one, 'requester', 'reopen', { reopenReasons: 'Further addresses' })
    expect(clock(one, 'takeUp')).toMatchObject({ kind: 'policy', due: { state: 'running' } })
  })
  it('data end the time of the answer, and the freeze goes on beside them', () => {
    const one = received()
    go(one, 'vasp', 'freeze', { frozenUntil: '2026-12-20T12:00:00Z', frozenWhat: '1.25 BTC' })
    go(one, 'vasp', 'provideData', { sentAt: '2026-12-04T09:00:00Z', answerReference: 'EX-1' })
    expect(clock(one, 'answer', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
    expect(clock(one, 'freezeEnds')?.due.state).toBe('running')
  })
  it('a refusal says which formal order is needed, or which entity holds the account', () => {
    expect(refused(received(), 'vasp', 'refuse', { ground: 'needsFormalOrder', reasons: 'Law of the State' })).toMatch(/formalOrder/)
    expect(refused(received(), 'vasp', 'refuse', { ground: 'wrongEntity', reasons: 'Not our customer' })).toMatch(/rightEntity/)
    const one = received()
    go(one, 'vasp', 'refuse', { ground: 'wrongEntity', reasons: 'Not our customer', rightEntity: 'Exchange Services NV' })
    const next = { isSameState: false, newVasp: 'exchange.services', answerBy: '2027-01-31T12:00:00Z' }
    expect(refused(one, 'requester', 'readdress', next)).toMatch(/choose the basis anew/)
    go(one, 'requester', 'readdress', { ...next, isSameState: true })
    expect(one.state()).toBe('sent')
  })
  it('a question of the provider suspends the time of the answer', () => {
    const one = received()
    go(one, 'vasp', 'requestInfo', { question: 'Which chain?' }, '2026-12-03T09:00:00Z')
    expect(clock(one, 'answer')?.due.state).toBe('suspended')
    go(one, 'requester', 'provideInfo', { reply: 'Bitcoin' }, '2026-12-04T09:00:00Z')
    expect(clock(one, 'answer')?.due.state).toBe('running')
  })
})

describe('times of the FIU', () => {
  const until = '2027-08-10T12:00:00Z'
  it('are law only from 10 July 2027; before, national law sets the time', () => {
    const one = checked({}, 'fiu')
    go(one, 'requester', 'chooseFiuRequest', basis)
    go(one, 'requester', 'approveFiu', { authorisedBy: 'Head of unit', authorisedOn: '2027-07-09', amlFrom }, '2027-07-09T08:00:00Z')
    expect(refused(one, 'requester', 'sendByFiu')).toMatch(/applies from 10 July 2027.*Art 90/)
    go(one, 'requester', 'sendNational', { answerBy: '2027-07-14T12:00:00Z' })
    expect(clock(one, 'answerNational')?.kind).toBe('policy')
    expect(clock(one, 'fiuAnswer')).toBeUndefined()
  })
  it('the date of application is no choice', () => {
    const one = checked({}, 'fiu')
    go(one, 'requester', 'chooseFiuRequest', basis)
    const approval = { authorisedBy: 'Head of unit', authorisedOn: '2026-12-01' }
    expect(whyNot(one.take('requester', 'approveFiu', { ...approval, amlFrom: '2026-01-01' }, { isSupervisor: true }))).toMatch(
      /amlFrom field\.value/,
    )
    go(one, 'requester', 'approveFiu', { ...approval, amlFrom })
    expect(clock(one, 'applies')).toMatchObject({ kind: 'law', safe: '2027-07-10T00:00:00.000Z' })
    expect(one.state()).toBe('authorisedFiu')
  })
  it('five working days from receipt, shortened with reasons even below a day, or extended', () => {
    const one = byFiu()
    expect(clock(one, 'fiuAnswer')).toMatchObject({ kind: 'law', safe: '2027-08-09T22:00:00.000Z' })
    const extended = byFiu()
    go(extended, 'requester', 'extend', { extendBy: 3, extendReasons: 'Volume' })
    expect(clock(extended, 'fiuAnswer')?.safe).toBe('2027-08-12T22:00:00.000Z')
    go(one, 'requester', 'shorten', { shortReasons: 'Withdrawal announced', answerBy: '2027-08-02T21:01:00Z' })
    expect(clock(one, 'fiuAnswerShort')).toMatchObject({ kind: 'law', safe: '2027-08-02T21:01:00.000Z' })
    expect(clock(one, 'fiuAnswer', '2028-01-01T00:00:00Z')?.due.state).toBe('stopped')
  })
  it('without an instruction within three working days of its report the provider may proceed, and that is no omission', () => {
    const one = byFiu()
    go(one, 'vasp', 'reportSuspicion', { reportReference: 'STR-9' }, '2027-08-03T09:00:00Z')
    expect(clock(one, 'instruct')).toMatchObject({ kind: 'law', safe: '2027-08-06T22:00:00.000Z' })
    go(one, null, 'mayProceed', {}, '2027-08-06T22:00:00Z')
    expect(clock(one, 'instruct', '2028-01-01T00:00:00Z')?.due.state).toBe('met')
    const other = byFiu()
    go(other, 'vasp', 'reportSuspicion', { reportReference: 'STR-9' })
    go(other, 'requester', 'instruct', { instruction: 'Do not carry it out' })
  })
  it('suspends a transaction for at most ten working days, an account for at most five, and only the FIU does', () => {
    const one = byFiu()
    go(one, 'requester', 'suspendTransaction', { measureText: 'Withdrawal of 1.25 BTC', measureUntil: '2027-08-20T12:00:00Z' })
    // The date that the FIU names lies beyond ten working days: the law ends it.
    expect(clock(one, 'suspendedTransaction')).toMatchObject({ kind: 'law', safe: '2027-08-16T22:00:00.000Z' })
    go(one, null, 'transactionReleased', {}, '2027-08-16T22:00:00Z')
    expect(one.state()).toBe('freezeLapsed')
    const account = byFiu()
    go(account, 'requester', 'suspendAccount', { measureText: 'Account', measureUntil: until })
    expect(clock(account, 'suspendedAccount')?.safe).toBe('2027-08-09T22:00:00.000Z')
    go(account, 'requester', 'lift', { liftReasons: 'No suspicion left' })
    const early = checked({}, 'fiu')
    go(early, 'requester', 'chooseFiuRequest', basis)
    go(early, 'requester', 'approveFiu', { authorisedBy: 'Head of unit', authorisedOn: '2026-12-01', amlFrom }, '2026-12-01T10:00:00Z')
    go(early, 'requester', 'sendNational', by)
    go(early, null, 'receive')
    go(early, 'vasp', 'freeze', { frozenUntil: '2026-12-20T12:00:00Z', frozenWhat: '1.25 BTC' })
    const measure = { measureText: 'Withdrawal', measureUntil: '2026-12-10T12:00:00Z' }
    expect(refused(early, 'requester', 'suspendTransaction', measure)).toMatch(/transposed by 10 July 2027/)
    go(early, 'requester', 'suspendTransaction', { ...measure, isTransposed: true })
    const police = received()
    go(police, 'vasp', 'freeze', { frozenUntil: '2027-09-09T12:00:00Z', frozenWhat: '1.25 BTC' })
    expect(
      whyNot(police.take('requester', 'suspendTransaction', { measureText: 'x', measureUntil: until }, { at: '2027-08-05T09:00:00Z' })),
    ).toMatch(/Only the FIU.*2024\/1640 Art 24/)
  })
})
