/**
 * Freezing certificates between two states under Regulation (EU) 2018/1805, over nodes (S11): where immediate freezing is asked, 48 hours to decide and then
 * 48 hours to execute, through a weekend; property that is not found is impossibility and no refusal; a refusal needs its consultation; an end that passed
 * is told to both sides and ends no obligation.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseOnScreen } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, instants, refusal } from './case.ts'

const HOUR = 3_600_000
const FRIDAY = 5

let coalition: TestCoalition
let prosecutor: CaseDesk
let court: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], also: AUTHORITIES })
  prosecutor = await caseDesk(coalition, { node: 'be-antwerp', desk: 'be.prosecutor.antwerp' })
  court = await caseDesk(coalition, { node: 'es-algeciras', desk: 'es.court.central' })
})
afterAll(async () => await coalition.stop())

const today = () => coalition.clock.now().toISOString().slice(0, 10)
const certificate = () => ({
  isProportionate: true,
  isCriminalMatter: true,
  formLanguage: 'Spanish',
  isLanguageAccepted: true,
  isOrderRequired: false,
  issuingState: 'BE',
  issuingAuthority: 'Prosecutor Antwerp',
  executingState: 'ES',
  urgencyGrounds: ['removal'],
  urgencyText: 'The wallet is being emptied.',
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
  confiscationDate: today(),
  alternativesAllowed: false,
  restitutionDecided: false,
  restitutionPending: false,
  remedyAuthority: 'the issuing authority (Section M)',
  issuerType: 'judge, court, public prosecutor',
  issuerName: 'Prosecutor Antwerp',
  issuerContact: 'Desk for mutual recognition',
  fileReference: 'AN-2026-98',
  issuerAddress: 'Bolivarplaats 20',
  issuerPhone: '+32 3 257 80 00',
  issuerMail: 'freezing@prosecutor.example',
  issuerLanguages: 'Dutch, English',
  isCertified: true,
  signatory: 'A. Jacobs',
  signatoryPost: 'Deputy prosecutor',
  signedOn: today(),
})
const CHANNEL = { channel: 'decentralised IT system', channelReference: 'msg-5' }
const FULLY = { recognitionExtent: 'fully' }

const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const momentOf = (seen: CaseOnScreen, transition: string) => seen.history.findLast((step) => step.transition === transition)?.at ?? ''
const told = async (desk: CaseDesk, id: string) => (await desk.notices(id, 'told')).map(({ text }) => text)
const labels = async (desk: CaseDesk, id: string, topic: 'clock' | 'expired' | 'escalated') =>
  (await desk.notices(id, topic)).map(({ clock }) => clock?.label)

/** 48 hours from an instant: the hour in which it falls is not counted towards the end the law allows (Regulation 1182/71 Article 3(1)). */
const fortyEight = (from: string) => ({
  safe: new Date(Date.parse(from) + 48 * HOUR).toISOString(),
  legalLatest: new Date((Math.floor(Date.parse(from) / HOUR) + 1 + 48) * HOUR).toISOString(),
})

async function received() {
  const id = await prosecutor.open('PR-10', { executing: ['es.court.central'] })
  const { reference } = await prosecutor.take(id, 'complete', certificate())
  expect(await refusal(prosecutor.take(id, 'transmit', CHANNEL))).toContain('Art 9(3)')
  await prosecutor.take(id, 'transmitUrgent', CHANNEL)
  const theirs = await court.arrived(reference, ({ state }) => state === 'received')
  const ours = await prosecutor.arrived(reference, ({ state }) => state === 'received')
  return { id, reference, theirs, ours }
}

/** So that what is received now has 48 hours that end on a Sunday, whenever the test runs. */
function untilFriday(): void {
  const now = coalition.clock.now()
  const evening = new Date(now)
  evening.setUTCHours(17, 20, 0, 0)
  while (evening.getUTCDay() !== FRIDAY || evening <= now) evening.setUTCDate(evening.getUTCDate() + 1)
  coalition.clock.advance((evening.getTime() - now.getTime()) / HOUR)
}

describe('immediate freezing (S11)', () => {
  it('has 48 hours to decide from receipt and 48 to execute from the decision, through a weekend; what cannot be found in the location is impossible, not refused', async () => {
    untilFriday()
    const { id, reference, theirs, ours } = await received()
    const receipt = momentOf(theirs, 'receiveUrgent')
    expect(new Date(receipt).getUTCDay()).toBe(FRIDAY)
    for (const seen of [theirs, ours]) {
      expect(seen.clocks.map(({ id: each }) => each)).toEqual(['decideUrgent'])
      expect(clockOf(seen, 'decideUrgent')).toMatchObject({
        ...fortyEight(receipt),
        kind: 'law',
        state: 'running',
        basis: { art: 'Art 9(3)', mark: 'V' },
      })
    }

    coalition.clock.advance(25)
    await coalition.sweep()
    expect(await labels(court, theirs.case, 'clock')).toEqual(['Decide on recognition (immediate freezing)'])
    expect(await labels(prosecutor, id, 'clock')).toEqual([])
    expect(await refusal(court.take(theirs.case, 'recognise', FULLY))).toContain('Art 9(3)')
    await court.take(theirs.case, 'recogniseUrgent', FULLY)
    const recognised = await prosecutor.arrived(reference, ({ state }) => state === 'recognised')
    const decision = momentOf(recognised, 'recogniseUrgent')
    expect(clockOf(recognised, 'decideUrgent')?.state).toBe('met')
    // Of the first 48 hours those that were left do not count for the second.
    expect(clockOf(recognised, 'executeUrgent')).toMatchObject({
      ...fortyEight(decision),
      kind: 'law',
      state: 'running',
      basis: { art: 'Art 9(3)', mark: 'V' },
    })
    expect(instants(recognised)).toEqual(instants(await court.look(theirs.case)))

    coalition.clock.advance(30)
    const notFound = { impossibleReason: 'art-13-3-d', impossibleText: 'The wallet is not with the provider.' }
    await court.take(theirs.case, 'notifyImpossible', notFound)
    const impossible = await prosecutor.arrived(reference, ({ state }) => state === 'impossible')
    expect(impossible).toMatchObject({ stateTitle: 'Impossible to execute', ownTurn: true, values: notFound })
    expect(await told(prosecutor, id)).toEqual(['It is impossible to execute the freezing order.'])
    expect(impossible.values['ground']).toBeUndefined()
    expect(impossible.clocks.filter(({ isLive }) => isLive)).toEqual([])
    // The property was not frozen, and nobody failed to freeze it.
    expect(clockOf(impossible, 'executeUrgent')?.state).toBe('stopped')
    expect(instants(impossible)).toEqual(instants(await court.look(theirs.case)))
    await prosecutor.take(id, 'close')
    const closed = await court.arrived(reference, ({ state }) => state === 'closed')
    expect(closed.isOpen).toBe(false)
    const taken = ['receiveUrgent', 'recogniseUrgent', 'notifyImpossible', 'close']
    expect(closed.history.map(({ transition }) => transition)).toEqual(taken)
  })

  it('is not refused on the ground that the property was not found, and on a ground of Article 8 only after a consultation', async () => {
    const { reference, theirs } = await received()
    const refuse = async (ground: string) =>
      await court.take(theirs.case, 'refuse', { ground, reasons: 'The account is that of a lawyer.' })
    expect(await refusal(refuse('art-13-3-d'))).toMatch(/422.*ground/)
    expect(await refusal(refuse('art-8-1-e'))).toMatch(/may not be used here.*Art 8\(1\)\(e\)/)
    expect(await refusal(refuse('art-8-1-b'))).toMatch(/consultation first.*Art 8\(1\)\(b\)/)
    expect((await court.look(theirs.case)).state).toBe('received')
    await court.take(theirs.case, 'consult', { consultation: 'Is the account that of the lawyer?' })
    const asked = await prosecutor.arrived(reference, ({ values }) => values['consultation'] !== undefined)
    expect(asked.values['consultation']).toBe('Is the account that of the lawyer?')
    // A consultation stops no clock.
    expect(clockOf(asked, 'decideUrgent')?.state).toBe('running')
    await refuse('art-8-1-b')
    const refused = await prosecutor.arrived(reference, ({ state }) => state === 'refused')
    expect(refused.values).toMatchObject({ ground: 'art-8-1-b', reasons: 'The account is that of a lawyer.' })
    expect(refused.clocks.filter(({ isLive }) => isLive)).toEqual([])
  })

  it('that was not decided in time is late for both sides, has to be decided all the same, and still has its 48 hours to be executed', async () => {
    const { id, reference, theirs } = await received()
    coalition.clock.advance(43)
    await coalition.sweep()
    const lead = await caseDesk(coalition, { node: 'es-algeciras', desk: 'es.court.central', account: 'es.court.central.lead' })
    expect(await labels(lead, theirs.case, 'escalated')).toEqual(['Decide on recognition (immediate freezing)'])
    expect(await labels(court, theirs.case, 'escalated')).toEqual([])
    await court.take(theirs.case, 'extendTimeLimits', { delayReasons: 'The provider sits abroad.', schedule: 'Monday noon' })
    await prosecutor.arrived(reference, ({ values }) => values['schedule'] === 'Monday noon')
    expect(await told(prosecutor, id)).toEqual(['The limits of 48 hours cannot be met; a schedule is to be agreed.'])
    coalition.clock.advance(8)
    await coalition.sweep()
    for (const [desk, own] of [
      [prosecutor, id],
      [court, theirs.case],
    ] as const) {
      expect(clockOf(await desk.look(own), 'decideUrgent')).toMatchObject({ state: 'missed', isLive: true })
      expect(await labels(desk, own, 'expired')).toEqual(['Decide on recognition (immediate freezing)'])
    }

    await court.take(theirs.case, 'recogniseUrgent', FULLY)
    const recognised = await prosecutor.arrived(reference, ({ state }) => state === 'recognised')
    expect(clockOf(recognised, 'decideUrgent')).toMatchObject({ state: 'missed', isLive: false })
    expect(clockOf(recognised, 'executeUrgent')).toMatchObject(fortyEight(momentOf(recognised, 'recogniseUrgent')))
    coalition.clock.advance(20)
    await court.take(theirs.case, 'execute', { executedOn: today(), executionText: 'Order served on the provider' })
    await court.take(theirs.case, 'sendReport', { reportedProperty: '3.2 BTC', reportedValue: 250_000, reportedCurrency: 'EUR' })
    const reported = await prosecutor.arrived(reference, ({ state }) => state === 'reported')
    expect(reported.values).toMatchObject({ reportedProperty: '3.2 BTC' })
    expect(clockOf(reported, 'executeUrgent')?.state).toBe('met')
    // The text names no days for the report: the clock is policy, and said to be.
    expect(clockOf(reported, 'report')).toMatchObject({ kind: 'policy', state: 'met', basis: { mark: 'D' } })
  })
})
