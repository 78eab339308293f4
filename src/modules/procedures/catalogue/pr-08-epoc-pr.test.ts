/** PR-08: who may issue, sixty days and thirty more, Annex V and VI, silence that exempts, emergency without prior validation, enforcement by Article 16(5). */
import { describe, expect, it } from 'vitest'
import { formats } from '../server/formats.ts'
import { isFor } from '../server/parties.ts'
import { type DriveOptions, drive, shipped, whyNot } from './drive.fixture.ts'
import { fieldsFor, systemSteps } from './shipped.fixture.ts'

const definition = shipped('pr-08-epoc-pr')

const order = {
  judicialAuthority: 'Prosecutor Antwerp',
  alternatives: 'The provider deletes after ninety days',
  scopeText: 'One account',
  durationText: 'November 2026',
  necessityGrounds: 'The data would be gone before an order for production',
  isNecessary: true,
  plannedRequest: 'European Production Order',
  isAvailableAtHome: true,
  serviceKind: 'electronic-communications',
  forPublicAuthority: false,
  addresseeLanguage: 'English',
  addresseeLanguageOk: true,
  issuingState: 'BE',
  issuingAuthority: 'Prosecutor Antwerp',
  fileReference: 'AN-2026-401',
  addresseeName: 'Messages Ltd',
  addresseeKind: 'Designated establishment',
  addresseeState: 'IE',
  users: [{ identifier: 'fruit-reefer-7' }],
  dataCategories: ['traffic', 'content'],
  trafficItems: ['net-time'],
  contentItems: ['message-log'],
  proceedings: ['offence'],
  statute: 'Law of 24 February 1921, Article 2bis',
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
}
const channel = { channel: 'decentralised', channelReference: 'msg-1', issuedAt: '2026-12-01T09:00:00Z' }
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
const annexV = {
  vAddressee: 'Messages Ltd',
  vIssuedOn: '2026-11-30',
  vSentOn: '2026-12-01',
  vFile: 'AN-2026-401',
  vKind: 'European Production Order Certificate',
  vRequestBy: 'Investigating judge Antwerp',
  vRequestOn: '2027-01-10',
  vRequestSentOn: '2027-01-11',
  vRequestFile: 'AN-2027-12',
  vRequestTo: 'Messages Ltd',
  vSignatory: 'A. Jacobs',
  vSignedOn: '2027-01-11',
}
const annexVI = {
  isForProduction: true,
  viFile: 'AN-2026-401',
  viAddressee: 'Messages Ltd',
  viIssuedOn: '2026-11-30',
  viSentOn: '2026-12-01',
  viPriorFile: 'AN-2026-401',
  extensionDays: 30,
  viSignatory: 'A. Jacobs',
  viSignedOn: '2027-01-20',
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
function preserving(form: Form = {}): Case {
  const one = completed(form)
  go(one, 'issuing', 'transmit', channel, '2026-12-01T09:00:00Z')
  go(one, null, 'receive', {}, '2026-12-02T10:00:00Z')
  return one
}

describe('who may issue', () => {
  it('a prosecutor issues for every category of data, content included', () => {
    go(completed(), 'issuing', 'transmit', channel)
  })
  it('another investigating authority needs validation, which a prosecutor may give', () => {
    const one = completed({}, 'customs', { parties: { validating: { kind: 'prosecutor' } } })
    expect(refused(one, 'issuing', 'transmit', channel)).toMatch(/Art 4\(3\)/)
    go(one, 'issuing', 'submitForValidation')
    go(one, 'validating', 'validate', {
      validatorType: 'public prosecutor',
      validatorName: 'Prosecutor Antwerp',
      validatorRepresentative: 'B. Maes',
      validatorPost: 'Prosecutor',
      validatedOn: '2026-11-30',
    })
    go(one, 'issuing', 'transmit', channel)
  })
  it.each<[string, Form, RegExp]>([
    ['without the test text it is not registered (measure 17)', { necessityGrounds: '' }, /Measure 17/],
    ['it serves a later request for production', { isNecessary: false }, /Art 6\(2\)/],
    ['a similar domestic order is possible', { isAvailableAtHome: false }, /Art 6\(3\)/],
    ['a financial service is no addressee', { serviceKind: 'financial' }, /Art 3\(3\)/],
    ['the addressee is in another State', { addresseeState: 'BE' }, /Art 1\(1\)/],
    ['data of a public authority abroad are out of reach', { forPublicAuthority: true, publicAuthorityHere: false }, /Art 5\(8\)/],
    ['something must identify the data', { users: [] }, /Art 6\(4\)\(c\)/],
    [
      'another establishment only in an emergency',
      { addresseeKind: 'Other establishment or legal representative in the Union' },
      /Art 7\(2\)/,
    ],
    ['in a language that the addressee accepts', { addresseeLanguageOk: false }, /Art 9\(4\)/],
    ['signed and certified', { isCertified: false }, /Art 9\(1\)/],
  ])('%s', (_what, form, why) => {
    expect(refused(open(), 'issuing', 'complete', { ...order, ...form })).toMatch(why)
  })
  it('the grounds of necessity and what is said of measure 17 are not for the addressee', () => {
    const forAddressee = new Set(fieldsFor(definition, 'addressee'))
    const inner = definition.fields.filter(({ section = '' }) => ['gate', 'conditions', 'exPost'].includes(section))
    expect(inner.map(({ id }) => id)).toContain('necessityGrounds')
    expect(inner.filter(({ id }) => forAddressee.has(id))).toEqual([])
  })
})

describe('sixty days, and thirty more', () => {
  it('run from receipt; Annex VI adds thirty days once', () => {
    const one = preserving()
    expect(clock(one, 'preserve')).toMatchObject({ kind: 'law', safe: '2027-02-01T00:00:00.000Z' })
    expect(refused(one, 'issuing', 'extend', { ...annexVI, isForProduction: false })).toMatch(/Art 11\(1\)/)
    expect(refused(one, 'issuing', 'extend', { ...annexVI, extensionDays: 31 })).toMatch(/extensionDays/)
    go(one, 'issuing', 'extend', annexVI, '2027-01-20T10:00:00Z')
    expect(clock(one, 'preserve')).toMatchObject({ safe: '2027-03-03T00:00:00.000Z' })
    expect(refused(one, 'issuing', 'extend', annexVI)).not.toBe('')
  })
  it('an end on a Sunday lasts in law until the end of the next working day; then the obligation has ceased', () => {
    const one = preserving()
    // 31 January 2027 is a Sunday, 1 February a holiday in Ireland.
    expect(clock(one, 'preserve')?.legalLatest).toBe('2027-02-03T00:00:00.000Z')
    go(one, null, 'lapse', {}, '2027-02-03T00:00:00Z')
    expect(one.state()).toBe('lapsed')
    go(one, 'issuing', 'close')
  })
  it('once Annex V confirms a request for production the data are kept until they are produced', () => {
    const one = preserving()
    go(one, 'issuing', 'confirmProduction', annexV, '2027-01-11T10:00:00Z')
    expect(clock(one, 'preserve', '2028-01-01T00:00:00Z')?.due.state).toBe('met')
    go(one, 'issuing', 'noteProduced', { producedOn: '2027-02-20' }, '2027-02-20T10:00:00Z')
    go(one, 'issuing', 'close')
  })
  it('no longer necessary: the addressee is told and the obligation ceases', () => {
    const one = preserving()
    go(one, 'issuing', 'release', { releaseReasons: 'The account belongs to somebody else' })
    expect(clock(one, 'preserve', '2028-01-01T00:00:00Z')?.due.state).toBe('met')
  })
  it('the order for production is drafted from it, with the identifiers and the earlier preservation', () => {
    const effect = definition.transitions.find(({ id }) => id === 'draftEpoc')?.effects[0]
    const epoc = shipped('pr-07-epoc')
    if (effect?.kind !== 'spawn') throw new Error('It drafts no case.')
    expect(effect.procedure).toBe(epoc.id)
    expect(Object.keys(effect.copy).filter((id) => !epoc.fields.some((field) => field.id === id))).toEqual([])
    for (const [theirs, ours] of Object.entries(effect.copy))
      expect(`${theirs} ${definition.fields.find(({ id }) => id === ours)?.type}`).toBe(
        `${theirs} ${epoc.fields.find(({ id }) => id === theirs)?.type}`,
      )
  })
})

it('what follows from the law when days are over is a step that nobody needs to take', () => {
  expect(systemSteps(definition)).toEqual(expect.arrayContaining(['validationLapses', 'lapse', 'silence']))
})

describe('Annex III', () => {
  const ask = { ...annexIII(['insufficient']), clarificationAsked: 'Which account?' }
  it('five days without a reaction exempt the addressee', () => {
    const one = preserving()
    expect(refused(one, 'addressee', 'reportIncomplete', { ...ask, nonExecution: ['impossible'] })).toMatch(/Art 11\(5\)/)
    go(one, 'addressee', 'reportIncomplete', ask, '2026-12-03T10:00:00Z')
    expect(clock(one, 'clarify')).toMatchObject({ kind: 'law', safe: '2026-12-08T23:00:00.000Z' })
    go(one, null, 'silence', {}, '2026-12-09T00:00:00Z')
    expect(one.state()).toBe('exempt')
    go(one, 'issuing', 'close')
  })
  it('a reaction in time keeps the obligation, and the sixty days run on', () => {
    const one = preserving()
    go(one, 'addressee', 'reportIncomplete', ask, '2026-12-03T10:00:00Z')
    expect(clock(one, 'preserve')?.due.state).toBe('running')
    go(one, 'issuing', 'clarify', { clarification: 'The account of 3 November' }, '2026-12-05T10:00:00Z')
    expect(one.state()).toBe('preserving')
    expect(clock(one, 'clarify', '2027-01-01T00:00:00Z')?.due.state).toBe('met')
  })
  it('privilege: the enforcing authority is brought in; the order is maintained, adapted or withdrawn', () => {
    const one = preserving()
    go(one, 'addressee', 'reportPrivilege', annexIII(['privilege']))
    expect(one.fold().reached).toContain('enforcing.org.desk')
    go(one, 'issuing', 'adapt', { adaptation: 'Without the lawyer' })
    expect(refused(one, 'issuing', 'requestEnforcement', { notComplied: true, isTranslated: true, enforcementDocuments: 'Order' })).toMatch(
      /has the case/,
    )
    go(one, 'issuing', 'requestEnforcementOfInformed', { notComplied: true, isTranslated: true, enforcementDocuments: 'Order' })
    expect(clock(one, 'recognise')?.due.state).toBe('running')
  })
  it('impossible, or other reasons', () => {
    const one = preserving()
    go(one, 'addressee', 'reportOther', annexIII([]))
    go(one, 'issuing', 'maintain', { reviewOutcome: 'Kept' })
    expect(refused(one, 'addressee', 'reportImpossible', annexIII(['privilege']))).toMatch(/Art 11\(6\)/)
    go(one, 'addressee', 'reportImpossible', annexIII(['not-stored']))
    go(one, 'issuing', 'acceptImpossibility', { reviewOutcome: 'Deleted before' })
    go(one, 'issuing', 'close')
  })
})

describe('emergency without prior validation', () => {
  const threat = {
    isUnvalidated: true,
    emergencyKind: ['an imminent threat to the life or physical integrity or safety of a person'],
    issuerType: 'other competent authority as defined by the law of the issuing State',
  }
  const send = { ...channel, validationInTime: false, domesticUnvalidated: true }
  const sent = () => {
    const one = completed(threat, 'police')
    go(one, 'issuing', 'transmitUnvalidated', send, '2026-12-01T09:05:00Z')
    go(one, null, 'receive', {}, '2026-12-01T09:06:00Z')
    return one
  }
  it('is open to an investigating authority for data of any category, 48 hours from issue', () => {
    const one = sent()
    expect(clock(one, 'exPostValidation')).toMatchObject({ kind: 'law', safe: '2026-12-03T09:00:00.000Z' })
    go(one, 'validating', 'validateExPost', { exPostAuthority: 'Investigating judge', exPostOn: '2026-12-02' })
    expect(one.state()).toBe('preserving')
  })
  it('not granted, or not within 48 hours, the order is withdrawn and nothing runs on', () => {
    const lapsed = sent()
    go(lapsed, null, 'validationLapses', {}, '2026-12-03T09:00:00Z')
    expect(lapsed.state()).toBe('withdrawn')
    expect(clock(lapsed, 'preserve', '2028-01-01T00:00:00Z')?.due.state).toBe('stopped')
    go(lapsed, 'issuing', 'close')
    const declined = sent()
    go(declined, 'validating', 'refuseValidation', { exPostReasons: 'No threat' })
    expect(declined.state()).toBe('withdrawn')
  })
  it.each<[string, string, Form, Form, RegExp]>([
    ['not without an emergency', 'police', { isUnvalidated: true }, {}, /Art 3\(18\)/],
    ['not where validation can be had in time', 'police', threat, { validationInTime: true }, /obtained first/],
    ['not where a domestic order would need validation', 'police', threat, { domesticUnvalidated: false }, /similar domestic case/],
    ['a prosecutor needs none', 'prosecutor', threat, {}, /Art 4\(3\)\(a\)/],
  ])('%s', (_what, kind, form, step, why) => {
    const one = completed(form, kind)
    expect(whyNot(one.take('issuing', 'transmitUnvalidated', { ...send, ...step }, { at: '2026-12-01T09:05:00Z' }))).toMatch(why)
  })
})

describe('enforcement (Article 16)', () => {
  const request = { notComplied: true, isTranslated: true, enforcementDocuments: 'Order, Annex III form' }
  const recognition = { complyUntil: '2027-01-15T12:00:00Z', penaltyNote: 'Up to 2 % of turnover' }
  it('is recognised within five working days of receipt; when the addressee complies the preservation goes on', () => {
    const one = preserving()
    expect(refused(one, 'issuing', 'requestEnforcement', { ...request, notComplied: false })).toMatch(/Art 16\(1\)/)
    go(one, 'issuing', 'requestEnforcement', request, '2026-12-16T10:00:00Z')
    go(one, null, 'receiveEnforcement', {}, '2026-12-17T10:00:00Z')
    expect(clock(one, 'recognise')?.safe).toBe('2026-12-25T00:00:00.000Z')
    go(one, 'enforcing', 'recognise', recognition)
    go(one, 'addressee', 'complied', { isPreserved: true })
    expect(one.state()).toBe('preserving')
    expect(clock(one, 'preserve')?.due.state).toBe('running')
  })
  it('is denied on the grounds of Article 16(5) after consulting; there is no ground about the offence', () => {
    const one = preserving()
    go(one, 'issuing', 'requestEnforcement', request)
    const denial = { ground: 'art-16-5-c', reasons: 'Never stored' }
    expect(refused(one, 'enforcing', 'denyEnforcement', denial)).toMatch(/Art 16\(7\)/)
    go(one, 'enforcing', 'consultOnEnforcement', { enforcingQuestion: 'Which service?' })
    go(one, 'issuing', 'replyToEnforcing', { issuingReply: 'The message service' })
    go(one, 'enforcing', 'denyEnforcement', denial)
    // The addressee learns that it was denied, and nothing of the ground.
    for (const id of ['ground', 'reasons', 'justification']) expect(isFor(definition, id, ['addressee'])).toBe(false)
    expect(definition.refusalGrounds.map(({ code }) => code)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((each) => `art-16-5-${each}`))
    go(one, 'issuing', 'close')
    expect(refused(one, 'issuing', 'reopen')).toMatch(/reopenReasons/)
    go(one, 'issuing', 'reopen', { reopenReasons: 'Costs' })
    expect(clock(one, 'takeUp')).toMatchObject({ kind: 'policy', due: { state: 'running' } })
  })
  it('the addressee objects on (a) to (e), not on (f)', () => {
    const one = preserving()
    go(one, 'issuing', 'requestEnforcement', request)
    go(one, 'enforcing', 'recognise', recognition)
    expect(refused(one, 'addressee', 'objectToEnforcement', { objectionGround: 'art-16-5-f', objectionReasons: 'x' })).toMatch(
      /objectionGround/,
    )
    go(one, 'addressee', 'objectToEnforcement', { objectionGround: 'art-16-5-d', objectionReasons: 'Not covered' })
    expect(isFor(definition, 'objectionReasons', ['addressee'])).toBe(true)
  })
})
