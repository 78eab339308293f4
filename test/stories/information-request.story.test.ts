/**
 * A request for information between two states under Directive (EU) 2023/977, over nodes: receipt starts the clock on both sides, clarification suspends it,
 * a refusal is lawful or does not happen, steps that cross have one winner everywhere, and the competent authority is known to its own contact point alone.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setParties } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, instants, refusal } from './case.ts'

let coalition: TestCoalition
let be: CaseDesk
let es: CaseDesk
let competent: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], also: AUTHORITIES })
  be = await caseDesk(coalition, { node: 'be-antwerp', desk: 'be.police.spoc', account: 'belgium-spoc' })
  es = await caseDesk(coalition, { node: 'es-algeciras', desk: 'es.police.spoc', account: 'spain-spoc' })
  competent = await caseDesk(coalition, {
    node: 'es-algeciras',
    desk: 'es.customs.algeciras',
    account: 'algeciras',
    purpose: 'customs-control',
  })
})
afterAll(async () => await coalition.stop())

const belgium = async () => await coalition.client('belgium-spoc', 'criminal-investigation')

let made = 0
const request = (part: Readonly<Record<string, unknown>> = {}) => {
  made += 1
  return {
    reference: `BE-2026-${made}`,
    informationRequested: 'Who rented the warehouse',
    purpose: 'investigation',
    facts: 'Cocaine was found in a container that went there.',
    offence: 'drug-trafficking',
    offenceStatute: 'Act of 24 February 1921, Art 2bis',
    maximumYears: 15,
    necessity: true,
    availability: 'The warehouse stands in Algeciras.',
    persons: [{ name: 'Jane Doe', category: 'suspect', connection: 'Signed the lease' }],
    urgency: 'none',
    language: 'en',
    ...part,
  }
}
const ANSWER = {
  answer: 'A company, see the lease.',
  answerLanguage: 'en',
  kindOfStatement: 'fact',
  source: 'A',
  accuracy: '1',
  asOf: '2026-11-25',
  thirdPartyOrigin: false,
}

async function sent(part: Readonly<Record<string, unknown>> = {}) {
  const id = await be.open('PR-02', { requested: ['es.police.spoc'] })
  const { reference } = await be.take(id, 'send', request(part))
  const theirs = await es.arrived(reference)
  const ours = await be.arrived(reference, (seen) => seen.state.startsWith('received'))
  return { id, reference, theirs, ours }
}

describe('an urgent request (S05)', () => {
  it('is due eight hours after receipt, on both sides, with the article; answered in time it is met', async () => {
    const { id, theirs, ours, reference } = await sent({ urgency: 'life', urgencyReasons: 'A courier is in danger.' })
    expect(theirs).toMatchObject({ state: 'receivedUrgent', role: 'requested', ownTurn: true })
    expect(instants(theirs)).toEqual(instants(ours))
    const direct = theirs.clocks.find(({ id: clock }) => clock === 'answerUrgentDirect')
    const received = Date.parse(theirs.history.find(({ transition }) => transition === 'receiveUrgent')?.at ?? '')
    expect(Date.parse(direct?.safe ?? '') - received).toBe(8 * 3_600_000)
    expect(Date.parse(direct?.legalLatest ?? '')).toBeGreaterThan(Date.parse(direct?.safe ?? ''))
    expect(direct).toMatchObject({ kind: 'law', basis: { art: 'Art 5(1)(a)', mark: 'V' }, state: 'running' })
    expect(direct?.explain).toContain('Art 5(1)(a)')
    await es.take(theirs.case, 'triageDirect', { crossCheckLooked: true })
    coalition.clock.advance(6)
    await es.take(theirs.case, 'provide', ANSWER)
    const answered = await be.arrived(reference, (seen) => seen.state === 'provided')
    expect(answered.case).toBe(id)
    expect(answered.values['answer']).toBe(ANSWER.answer)
    expect(answered.clocks.find(({ id: clock }) => clock === 'answerUrgentDirect')?.state).toBe('met')
    // What only Spain may know of its own check never left.
    expect(JSON.stringify(answered)).not.toContain('thirdPartyOrigin')
  })
})

describe('a request that is not urgent (S06)', () => {
  it('has seven days; a clarification that takes a while moves the end by as long, and both ledgers say so', async () => {
    const { theirs, reference } = await sent()
    const before = Date.parse(theirs.clocks[0]?.safe ?? '')
    await es.take(theirs.case, 'triage', { crossCheckLooked: true, accessClass: 'direct' })
    coalition.clock.advance(48)
    await es.take(theirs.case, 'requestInfo', { question: 'Which warehouse?' })
    const asked = await be.arrived(reference, (seen) => seen.state === 'clarification')
    expect(asked.clocks[0]?.state).toBe('suspended')
    coalition.clock.advance(31)
    await be.take(asked.case, 'provideInfo', { clarificationText: 'The one at the east quay.' })
    const goesOn = await es.arrived(reference, (seen) => seen.state === 'inWork')
    const moved = Date.parse(goesOn.clocks[0]?.safe ?? '') - before
    expect(Math.round(moved / 3_600_000)).toBe(31)
    expect(goesOn.clocks[0]?.explain).toMatch(/suspended/)
    expect(instants(goesOn)).toEqual(instants(await be.look(asked.case)))
  })
})

describe('a refusal (S07)', () => {
  it('for a penalty of a year at most, of a request that cites trafficking, needs a justification; the requester gets ground and reasons', async () => {
    const { theirs, reference } = await sent()
    await es.take(theirs.case, 'triage', { crossCheckLooked: true, accessClass: 'direct' })
    const refuse = { ground: 'offence-one-year', reasons: 'Possession of a small amount.' }
    expect(await refusal(es.take(theirs.case, 'refuse', refuse))).toContain('justification')
    await es.take(theirs.case, 'refuse', { ...refuse, justification: 'The facts are possession for own use, Art 368(2).' })
    const refused = await be.arrived(reference, (seen) => seen.state === 'refused')
    expect(refused.values).toMatchObject(refuse)
  })
})

describe('steps that cross', () => {
  it('have one winner on both nodes, and the other is shown as overtaken', async () => {
    const { id, theirs, reference } = await sent()
    await es.take(theirs.case, 'triage', { crossCheckLooked: true, accessClass: 'direct' })
    await be.arrived(reference, (seen) => seen.state === 'inWork')
    // Both look at the same state and act at once.
    await Promise.all([be.take(id, 'withdraw', { withdrawReason: 'Found elsewhere.' }), es.take(theirs.case, 'provide', ANSWER)])
    const settled = async (desk: CaseDesk, own: string) =>
      await coalition.eventually(
        async () => await desk.look(own),
        (seen) => ['withdraw', 'provide'].every((step) => seen.history.some(({ transition }) => transition === step)),
      )
    const [ours, other] = [await settled(be, id), await settled(es, theirs.case)]
    expect(ours.state).toBe(other.state)
    const last = (seen: typeof ours) => seen.history.slice(-2).map(({ id: step, overtaken }) => [step, overtaken])
    expect(last(ours)).toEqual(last(other))
    expect(ours.history.filter(({ overtaken }) => overtaken)).toHaveLength(1)
    expect(instants(ours)).toEqual(instants(other))
  })
})

describe('the competent authority', () => {
  it('is brought in by its own contact point, hears of everything that moves the case, and stays unknown to the requester', async () => {
    const { id, theirs, reference } = await sent()
    await es.take(theirs.case, 'triage', { crossCheckLooked: true, accessClass: 'indirect' })
    await es.take(theirs.case, 'channel', { competentDesk: 'es.customs.algeciras', channelNote: 'Please look in the leases.' })
    const there = await competent.arrived(reference)
    expect(there).toMatchObject({ role: 'competent', state: 'inWork' })
    await competent.take(there.case, 'competentAnswers', { heldInformation: 'INNER-ANSWER' })
    const heard = await es.arrived(reference, (seen) => seen.values['heldInformation'] === 'INNER-ANSWER')
    expect(heard.state).toBe('inWork')
    await es.take(theirs.case, 'requestInfo', { question: 'Which lease?' })
    const asked = await be.arrived(reference, (seen) => seen.state === 'clarification')
    await be.take(id, 'provideInfo', { clarificationText: 'That of 2025.' })
    // The requester does not know whom it tells: the contact point passes it on.
    const followed = await competent.arrived(reference, (seen) => seen.values['clarificationText'] === 'That of 2025.')
    expect(followed.state).toBe('inWork')
    expect(instants(followed)).toEqual(instants(await be.look(id)))
    const seen = JSON.stringify(await be.look(id))
    expect(seen).not.toContain('INNER-ANSWER')
    expect(seen).not.toContain('algeciras')
    expect(asked.parties.map(({ role }) => role)).not.toContain('competent')
  })
})

describe('a step', () => {
  it('by a person who saw an older case is refused, by the wrong side too, and a repeated one is taken once', async () => {
    const { id, theirs } = await sent()
    expect(await refusal(be.take(id, 'provide', ANSWER))).toMatch(/another role|Not possible/)
    const before = await es.look(theirs.case)
    const once = { crossCheckLooked: true, accessClass: 'direct' }
    await es.take(theirs.case, 'triage', once)
    expect(await refusal(es.take(theirs.case, 'triage', once))).toContain('Not possible in the state')
    expect((await es.look(theirs.case)).history).toHaveLength(before.history.length + 1)
  })

  it('that sends needs somebody to send to, who can be named until then and no longer', async () => {
    const id = await be.open('PR-02', {})
    // Without a role that is filled no guard about it can be known to hold: the refusal comes before anything leaves.
    expect(await refusal(be.take(id, 'send', request()))).toContain('409')
    await (await belgium()).call(setParties, { case: id, role: 'requested', desks: ['es.police.spoc'] })
    const { reference } = await be.take(id, 'send', request())
    const theirs = await es.arrived(reference)
    expect(theirs.parties.map(({ role, desk }) => [role, desk])).toContainEqual(['requested', 'es.police.spoc'])
    expect(await refusal((await belgium()).call(setParties, { case: id, role: 'requested', desks: ['es.police.duty'] }))).toContain(
      'only a step',
    )
    expect(
      await refusal(
        (await coalition.client('spain-spoc', 'criminal-investigation')).call(setParties, {
          case: theirs.case,
          role: 'ownSpoc',
          desks: [],
        }),
      ),
    ).toContain('Only the desk that opened')
  })

  it('of a desk in the same state is refused with the article', async () => {
    const id = await be.open('PR-02', { requested: ['be.police.spoc'] })
    expect(await refusal(be.take(id, 'send', request()))).toContain('another Member State')
  })
})
