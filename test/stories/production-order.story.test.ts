/**
 * European Production Orders under Regulation (EU) 2023/1543, over nodes (S08, S09): a prosecutor orders subscriber data and not traffic data; the enforcing
 * authority is notified unless offence and residence are both in the issuing State; Section M reaches it and not the addressee; the two receipts start two
 * clocks; an emergency order that nobody validated within 48 hours is withdrawn, and what it brought is erased.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseOnScreen, exportCertificate } from '#modules/procedures/contract'
import { AUTHORITIES, PURPOSE_OF } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { loggedAt, storedAt } from '../leaks/stored.fixture.ts'
import { type CaseDesk, caseDesk, endOfDay, instants, refusal } from './case.ts'

const HOUR = 3_600_000
const ZONE = 'Europe/Madrid'
const PROVIDER = 'es.provider.compliance'
/** Where the issuing, the enforcing and the addressed side are. */
const [ISSUING, ENFORCING, ADDRESSED] = ['be-antwerp', 'es-algeciras', 'it-genoa']

let coalition: TestCoalition
let prosecutor: CaseDesk
let judge: CaseDesk
let police: CaseDesk
let court: CaseDesk
let audiencia: CaseDesk
let provider: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: [ISSUING, ENFORCING, ADDRESSED], at: '2026-11-30T09:20:00Z', also: AUTHORITIES })
  const desk = async (node: string, id: string) => await caseDesk(coalition, { node, desk: id })
  prosecutor = await desk(ISSUING, 'be.prosecutor.antwerp')
  judge = await desk(ISSUING, 'be.court.antwerp')
  police = await desk(ISSUING, 'be.federal.antwerp')
  court = await desk(ENFORCING, 'es.court.central')
  audiencia = await desk(ENFORCING, 'es.prosecutor.audiencia')
  provider = await desk(ADDRESSED, PROVIDER)
})
afterAll(async () => await coalition.stop())

const now = () => coalition.clock.now().toISOString()
const today = () => now().slice(0, 10)
let made = 0
const order = (part: Readonly<Record<string, unknown>> = {}) => {
  made += 1
  return {
    judicialAuthority: 'INNER-AUTHORITY Antwerp',
    alternatives: 'INNER-ALTERNATIVES: public registers give no holder',
    scopeText: 'Holder of one account',
    durationText: 'November 2026, the month of the shipment',
    isNecessary: true,
    isAvailableAtHome: true,
    serviceKind: 'electronic-communications',
    forPublicAuthority: false,
    forPrivileged: false,
    protectedFinding: 'no reason to believe so',
    addresseeLanguage: 'Spanish',
    addresseeLanguageOk: true,
    issuingState: 'BE',
    issuingAuthority: 'Antwerp',
    fileReference: `AN-2026-${made}`,
    addresseeName: 'Mensajes SL',
    addresseeKind: 'Designated establishment',
    addresseeState: 'ES',
    deadlineBox: 'within 10 days (no notification)',
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
    signedOn: today(),
    transferTo: 'issuing authority',
    transferContact: 'Antwerp',
    ...SECTION_M,
    ...part,
  }
}
const SECTION_M = {
  necessityGrounds: 'M-GROUNDS: no other way to find the holder',
  caseSummary: 'M-SUMMARY: cocaine among fruit in a reefer container',
  listedOffences: ['narcotic-drugs'],
  refusalInfo: 'M-REFUSAL: the suspect resides in Portugal',
}
const M_WORDS = ['M-GROUNDS', 'M-SUMMARY', 'M-REFUSAL']
const traffic = (offenceHere: boolean, residenceHere: boolean) => ({
  dataCategories: ['traffic'],
  trafficItems: ['net-time'],
  threshold: ['three-years'],
  offenceHere,
  residenceHere,
  enforcingLanguageOk: true,
  enforcingName: 'Central court',
  deadlineBox:
    offenceHere && residenceHere ? 'within 10 days (no notification)' : 'at the end of the 10 days or upon confirmation (notification)',
})
const channel = () => ({ channel: 'decentralised', channelReference: 'msg-1', issuedAt: now() })
const data = (word = 'HOLDER-1') => ({
  dataSentAt: now(),
  dataMeans: 'decentralised',
  dataReference: `Message ${word}`,
  dataFiles: [{ name: `${word}.pdf` }],
})
const VALIDATION = {
  validatorType: 'judge, court or investigating judge',
  validatorName: 'Investigating judge Antwerp',
  validatorRepresentative: 'B. Maes',
  validatorPost: 'Judge',
}

const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const momentOf = (seen: CaseOnScreen, transition: string) => seen.history.findLast((step) => step.transition === transition)?.at ?? ''
const told = async (desk: CaseDesk, id: string) => (await desk.notices(id, 'told')).map(({ text }) => text)
const barredOf = (seen: CaseOnScreen, step: string) => {
  const offer = seen.steps.find(({ id }) => id === step)
  if (offer === undefined) throw new Error(`${step} is not offered.`)
  return offer.barred
}
/** Those of the words that occur: what a node keeps is too much for a message of a test. */
const wordsIn = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word))
const everythingAt = async (node: string) => `${await storedAt(coalition, node)}\n${await loggedAt(coalition, node)}`
const certificate = async (desk: string, input: { readonly case: string; readonly role: string; readonly order?: number }) =>
  (await (await coalition.client(desk, PURPOSE_OF[desk])).raw(exportCertificate, input)).text

/** Neither a value of Section M or of what stays with the issuing side, nor that there are such fields. */
function expectNothingInner(text: string): void {
  expect(wordsIn(text, [...M_WORDS, ...Object.keys(SECTION_M), 'narcotic-drugs', 'INNER-', 'residenceHere'])).toEqual([])
}

const JUDGES_ONLY = {
  because: expect.stringContaining('issued by a judge, a court or an investigating judge'),
  basis: { celex: '32023R1543', act: 'Regulation (EU) 2023/1543', art: 'Art 4(2)(a)', mark: 'V' },
}
const BOTH_CONDITIONS = {
  because: expect.stringMatching(
    /reasonable grounds to believe both that the offence .* in the issuing State and that the person resides there/,
  ),
  basis: { celex: '32023R1543', act: 'Regulation (EU) 2023/1543', art: 'Art 8(1) and (2)', mark: 'V' },
}

describe('a prosecutor (S08)', () => {
  it('drafts an order for traffic data and cannot issue it: judge, court or investigating judge, Article 4(2)(a); for subscriber data it goes out', async () => {
    const id = await prosecutor.open('PR-07.epoc', { addressee: [PROVIDER] })
    const drafted = await prosecutor.take(id, 'complete', order(traffic(true, true)))
    for (const step of ['transmit', 'transmitNotified', 'transmitEmergency', 'transmitEmergencyNotified'])
      expect([step, barredOf(drafted, step)]).toEqual([step, JUDGES_ONLY])
    const refused = await refusal(prosecutor.take(id, 'transmit', channel()))
    expect(refused).toMatch(/issued by a judge, a court or an investigating judge/)
    expect(refused).toContain('Art 4(2)(a)')
    expect(await prosecutor.look(id)).toMatchObject({ state: 'ready' })
    expect(wordsIn(await everythingAt(ADDRESSED), [drafted.reference])).toEqual([])

    await prosecutor.take(id, 'revise')
    const subscriber = await prosecutor.take(id, 'complete', order())
    expect(barredOf(subscriber, 'transmit')).toBeUndefined()
    expect(barredOf(subscriber, 'transmitNotified')).toMatchObject({ basis: { art: 'Art 8(1) and (2)' } })
    await prosecutor.take(id, 'transmit', channel())
    const theirs = await provider.arrived(subscriber.reference, ({ state }) => state === 'received')
    const ours = await prosecutor.arrived(subscriber.reference, ({ state }) => state === 'received')
    expect(theirs).toMatchObject({
      role: 'addressee',
      ownTurn: true,
      values: { dataCategories: ['subscriber'], addresseeName: 'Mensajes SL' },
    })
    expectNothingInner(JSON.stringify(theirs))
    expect(clockOf(theirs, 'produce')).toMatchObject({
      kind: 'law',
      state: 'running',
      safe: endOfDay(momentOf(theirs, 'receive'), 10, ZONE),
      basis: { art: 'Art 10(3)', mark: 'V' },
    })
    expect(instants(theirs)).toEqual(instants(ours))
    await provider.take(theirs.case, 'provideData', data())
    const provided = await prosecutor.arrived(subscriber.reference, ({ state }) => state === 'dataProvided')
    expect(provided.values).toMatchObject({ dataFiles: [{ name: 'HOLDER-1.pdf' }] })
    expect(clockOf(provided, 'produce')?.state).toBe('met')
  })
})

describe('the notification of the enforcing authority (S09)', () => {
  it('is spared only where offence and residence are both in the issuing State', async () => {
    const id = await judge.open('PR-07.epoc', { addressee: [PROVIDER], enforcing: ['es.court.central'] })
    for (const [offenceHere, residenceHere] of [
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      const seen = await judge.take(id, 'complete', order(traffic(offenceHere, residenceHere)))
      expect(barredOf(seen, 'transmit')).toEqual(BOTH_CONDITIONS)
      expect(barredOf(seen, 'transmitNotified')).toBeUndefined()
      await judge.take(id, 'revise')
    }
    const both = await judge.take(id, 'complete', order(traffic(true, true)))
    expect(barredOf(both, 'transmit')).toBeUndefined()
    expect(barredOf(both, 'transmitNotified')).toMatchObject({ because: expect.stringContaining('No notification is needed here') })
  })

  it('is needed for a suspect who resides abroad; Section M reaches it and no byte of it the addressee; each receipt starts its own clock', async () => {
    const id = await prosecutor.open('PR-07.epoc', {
      addressee: [PROVIDER],
      enforcing: ['es.court.central'],
      validating: ['be.court.antwerp'],
    })
    const { reference } = await prosecutor.take(id, 'complete', order(traffic(true, false)))
    await prosecutor.take(id, 'submitForValidation')
    const asked = await judge.arrived(reference, ({ state }) => state === 'awaitingValidation')
    await judge.take(asked.case, 'validate', { ...VALIDATION, validatedOn: today() })
    const validated = await prosecutor.arrived(reference, ({ state }) => state === 'validated')
    expect(barredOf(validated, 'transmit')).toEqual(BOTH_CONDITIONS)
    expect(await refusal(prosecutor.take(id, 'transmit', channel()))).toContain('Art 8(1) and (2)')
    await prosecutor.take(id, 'transmitNotified', channel())

    const settled = (seen: CaseOnScreen) => seen.state === 'receivedNotified' && clockOf(seen, 'raiseGround') !== undefined
    const theirs = await provider.arrived(reference, settled)
    const notified = await court.arrived(reference, settled)
    const ours = await prosecutor.arrived(reference, settled)
    expect(notified).toMatchObject({ role: 'enforcing', ownTurn: true, values: SECTION_M })
    expect(theirs).toMatchObject({ role: 'addressee', values: { dataCategories: ['traffic'], enforcingName: 'Central court' } })

    // On the screen of the addressee, in the copy made for it by either side, and on all that its node keeps.
    expectNothingInner(JSON.stringify(theirs))
    const copy = await certificate(PROVIDER, { case: theirs.case, role: 'addressee' })
    const forAuthority = await certificate('be.prosecutor.antwerp', { case: id, role: 'enforcing' })
    for (const text of [
      copy,
      await certificate('be.prosecutor.antwerp', { case: id, role: 'addressee' }),
      await certificate('es.court.central', { case: notified.case, role: 'addressee' }),
      await certificate(PROVIDER, { case: theirs.case, role: 'enforcing' }),
    ]) {
      expect(text).toContain('Section L: Transfer of data')
      expect(text).not.toContain('Section M')
      expectNothingInner(text)
    }
    for (const word of ['Section M', ...M_WORDS, 'narcotic-drugs']) expect(forAuthority).toContain(word)
    for (const node of [ISSUING, ENFORCING]) expect(wordsIn(await everythingAt(node), M_WORDS)).toEqual(M_WORDS)
    expect(wordsIn(await everythingAt(ADDRESSED), M_WORDS)).toEqual([])

    // Two receipts, two clocks. The court passes the notification on a day later: that is a third receipt, and the addressee's clock does not move.
    const receipt = momentOf(theirs, 'receiveNotified')
    for (const seen of [ours, theirs, notified]) {
      expect(clockOf(seen, 'produceNotified')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: endOfDay(receipt, 10, ZONE),
        basis: { art: 'Art 8(4), Art 10(2)', mark: 'V' },
      })
      expect(clockOf(seen, 'raiseGround')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: endOfDay(momentOf(seen, 'receiveNotification'), 10, ZONE),
        basis: { art: 'Art 12(1)', mark: 'V' },
      })
      expect(instants(seen)).toEqual(instants(ours))
    }
    coalition.clock.advance(26)
    await court.take(notified.case, 'forwardNotification', { newEnforcing: 'es.prosecutor.audiencia' })
    const forwarded = (seen: CaseOnScreen) => clockOf(seen, 'raiseGround#2') !== undefined
    const second = await audiencia.arrived(reference, forwarded)
    expect(second.values).toMatchObject(SECTION_M)
    const later = momentOf(second, 'receiveNotification')
    expect(Math.floor((Date.parse(later) - Date.parse(receipt)) / HOUR)).toBe(26)
    for (const seen of [await prosecutor.arrived(reference, forwarded), await provider.arrived(reference, forwarded), second]) {
      expect(clockOf(seen, 'produceNotified')).toMatchObject({ state: 'running', safe: endOfDay(receipt, 10, ZONE) })
      expect(clockOf(seen, 'raiseGround')?.state).toBe('stopped')
      expect(clockOf(seen, 'raiseGround#2')).toMatchObject({ state: 'running', safe: endOfDay(later, 10, ZONE) })
    }

    // Until the enforcing authority clears it, or the ten days end, nothing is produced.
    expect(await refusal(provider.take(theirs.case, 'provideData', data()))).toMatch(/suspends the obligation.*Art 8\(4\)/)
    await audiencia.take(second.case, 'confirmNoGround')
    const cleared = await provider.arrived(reference, (seen) => momentOf(seen, 'confirmNoGround') !== '')
    expect(clockOf(cleared, 'raiseGround#2')?.state).toBe('met')
    expect(await told(provider, theirs.case)).toEqual([
      'The enforcing authority raises no ground: the data are produced as soon as possible.',
    ])
    await provider.take(theirs.case, 'provideData', data())
    const provided = await prosecutor.arrived(reference, ({ state }) => state === 'dataProvided')
    expect(provided.values).toMatchObject({ dataFiles: [{ name: 'HOLDER-1.pdf' }] })
    const seen = await audiencia.arrived(reference, ({ state }) => state === 'dataProvided')
    // What was produced is for those who ordered it.
    expect(JSON.stringify(seen)).not.toContain('HOLDER-1')
    expect(provided.clocks.filter(({ id: clock, isLive }) => clock !== 'informPerson' && isLive)).toEqual([])
    expectNothingInner(JSON.stringify(await provider.look(theirs.case)))
    expect(wordsIn(await everythingAt(ADDRESSED), M_WORDS)).toEqual([])
  })
})

/** So that the end that the law allows, the end of an hour, is well after the 48 hours, whenever the test runs. */
function untilTwentyPast(): void {
  const then = new Date(coalition.clock.now())
  then.setUTCHours(then.getUTCHours() + 1, 20, 0, 0)
  coalition.clock.advance((then.getTime() - coalition.clock.now().getTime()) / HOUR)
}

describe('an emergency without validation (Article 4(5))', () => {
  it('brings the data in eight hours; not validated in 48, it is withdrawn and the data are erased on every node', async () => {
    untilTwentyPast()
    const id = await police.open('PR-07.epoc', { addressee: [PROVIDER], validating: ['be.prosecutor.antwerp'] })
    const emergency = {
      emergencyKind: ['an imminent threat to the life or physical integrity or safety of a person'],
      emergencyReasons: 'A person is held in a container',
      deadlineBox: 'within eight hours (emergency)',
      issuerType: 'other competent authority as defined by the issuing State',
      isUnvalidated: true,
    }
    const { reference } = await police.take(id, 'complete', order(emergency))
    expect(await refusal(police.take(id, 'transmitEmergency', channel()))).toContain('Art 4(1)')
    const issue = { ...channel(), validationInTime: false, domesticUnvalidated: true }
    expect(await refusal(police.take(id, 'transmitUnvalidated', { ...issue, domesticUnvalidated: false }))).toContain('Art 4(5)')
    await police.take(id, 'transmitUnvalidated', issue)
    const theirs = await provider.arrived(reference, ({ state }) => state === 'receivedEmergency')
    const validating = await prosecutor.arrived(reference, ({ state }) => state === 'receivedEmergency')
    const eightHours = new Date(Date.parse(momentOf(theirs, 'receiveEmergency')) + 8 * HOUR).toISOString()
    expect(clockOf(theirs, 'produceEmergency')).toMatchObject({ kind: 'law', safe: eightHours, basis: { art: 'Art 10(4)', mark: 'V' } })
    const ours = await police.arrived(reference, ({ state }) => state === 'receivedEmergency')
    expect(clockOf(ours, 'exPostValidation')).toMatchObject({
      kind: 'law',
      state: 'running',
      safe: new Date(Date.parse(issue.issuedAt) + 48 * HOUR).toISOString(),
      basis: { art: 'Art 4(5)', mark: 'V' },
    })

    // The plain withdrawal would leave what was obtained.
    expect(await refusal(police.take(id, 'withdraw', { withdrawReasons: 'x' }))).toContain('Art 4(5)')

    await provider.take(theirs.case, 'provideData', data('HOLDER-77'))
    const provided = await police.arrived(reference, ({ state }) => state === 'dataProvided')
    expect(clockOf(provided, 'produceEmergency')?.state).toBe('met')
    await prosecutor.arrived(reference, ({ state }) => state === 'dataProvided')
    expect(provided.values).toMatchObject({ dataFiles: [{ name: 'HOLDER-77.pdf' }] })
    for (const node of [ISSUING, ADDRESSED]) expect(wordsIn(await storedAt(coalition, node), ['HOLDER-77'])).toEqual(['HOLDER-77'])

    // The 48 hours are over, the hour in which they end is not.
    coalition.clock.advance(48)
    await coalition.sweep()
    expect((await police.look(id)).state).toBe('dataProvided')
    // Nor is the time in which what was done before the end may still come.
    coalition.clock.advance(2)
    await coalition.sweep()
    const withdrawn = 'The order is withdrawn: it was not validated within 48 hours. Do not execute it.'
    for (const [desk, own] of [
      [police, id],
      [prosecutor, validating.case],
      [provider, theirs.case],
    ] as const) {
      const seen = await desk.arrived(reference, ({ state }) => state === 'toErase')
      expect(seen.stateTitle).toBe('Withdrawn, data obtained to be deleted or restricted')
      expect(seen.purged).toEqual(expect.arrayContaining(['dataReference', 'dataFiles']))
      expect(JSON.stringify(seen)).not.toContain('HOLDER-77')
      expect(await told(desk, own)).toEqual(desk === police ? [] : [withdrawn])
    }
    const lapsed = await police.look(id)
    expect(lapsed.ownTurn).toBe(true)
    expect(clockOf(lapsed, 'exPostValidation')?.isLive).toBe(false)
    expect(clockOf(lapsed, 'erase')).toMatchObject({ kind: 'policy', state: 'running', basis: { mark: 'D' } })
    expect(await refusal(provider.take(theirs.case, 'provideData', data()))).toContain('Not possible in the state')
    expect(await refusal(prosecutor.take(validating.case, 'validateExPost', { exPostAuthority: 'P', exPostOn: today() }))).toContain(
      'Not possible in the state',
    )

    // A day later, in which a validation given in time could yet have come: not hidden but gone, from all that each node keeps, while the case is still there.
    for (const node of [ISSUING, ADDRESSED]) expect(wordsIn(await storedAt(coalition, node), ['HOLDER-77'])).toEqual(['HOLDER-77'])
    await coalition.startWaiting('procedures.purge')
    for (const node of [ISSUING, ADDRESSED]) {
      const stored = await coalition.eventually(
        async () => await storedAt(coalition, node),
        (kept) => !kept.includes('HOLDER-77'),
      )
      expect(wordsIn(stored, [reference])).toEqual([reference])
      expect(wordsIn(await loggedAt(coalition, node), ['HOLDER-77'])).toEqual([])
    }
    await police.take(id, 'confirmErasure', { erasureNote: 'ERASURE-NOTE: disk 4 wiped' })
    const ended = await provider.arrived(reference, ({ state }) => state === 'withdrawn')
    expect(JSON.stringify(ended)).not.toContain('ERASURE-NOTE')
    expect((await prosecutor.arrived(reference, ({ state }) => state === 'withdrawn')).values['erasureNote']).toContain('disk 4 wiped')
    // Data were produced, so the person is informed all the same, and the addressee learns nothing of it.
    expect((await police.look(id)).clocks.filter(({ isLive }) => isLive).map(({ id: clock }) => clock)).toEqual(['informPerson'])
    const informed = await police.take(id, 'informPerson', { informedOn: today(), remediesIncluded: true })
    expect(informed.clocks.filter(({ isLive }) => isLive)).toEqual([])
    await police.take(id, 'close')
    const closed = await provider.arrived(reference, ({ state }) => state === 'closed')
    expect(closed.isOpen).toBe(false)
    expect(closed.history.map(({ transition }) => transition)).not.toContain('informPerson')
  })
})
