/**
 * What becomes of a request for information under Directive (EU) 2023/977 after it came, over nodes: it is passed on to another contact point of the same
 * State with both receipts kept, answered in part, the rest provided, taken up again, withdrawn. Whoever passed it on hears no more of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseOnScreen } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, endOfDay, instants, refusal } from './case.ts'

const ZONE = 'Europe/Madrid'

let coalition: TestCoalition
let be: CaseDesk
let es: CaseDesk
/** Of another organisation in Spain, and competent. */
let guard: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'], also: AUTHORITIES })
  be = await caseDesk(coalition, { node: 'be-antwerp', desk: 'be.police.spoc', account: 'belgium-spoc' })
  es = await caseDesk(coalition, { node: 'es-algeciras', desk: 'es.police.spoc', account: 'spain-spoc' })
  guard = await caseDesk(coalition, { node: 'es-algeciras', desk: 'es.guard.spoc' })
})
afterAll(async () => await coalition.stop())

let made = 0
const request = (part: Readonly<Record<string, unknown>> = {}) => {
  made += 1
  return {
    reference: `BE-2026-P${made}`,
    informationRequested: 'Who rented the warehouse, and who paid',
    purpose: 'investigation',
    facts: 'Cocaine was found in a container that went there.',
    offence: 'drug-trafficking',
    offenceStatute: 'Act of 24 February 1921, Art 2bis',
    necessity: true,
    availability: 'The warehouse stands in Algeciras.',
    urgency: 'none',
    language: 'en',
    ...part,
  }
}
const answer = (text: string) => ({
  answer: text,
  answerLanguage: 'en',
  kindOfStatement: 'fact',
  source: 'A',
  accuracy: '1',
  asOf: '2026-11-25',
  thirdPartyOrigin: false,
})
const FORWARD = { forwardTo: 'es.guard.spoc', forwardReason: 'The harbour is theirs.' }
const TRIAGE = { crossCheckLooked: true, accessClass: 'direct' }
const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const momentsOf = (seen: CaseOnScreen, transition: string) =>
  seen.history.filter((step) => step.transition === transition && !step.overtaken).map(({ at }) => at)

async function sent(part: Readonly<Record<string, unknown>> = {}) {
  const id = await be.open('PR-02', { requested: ['es.police.spoc'] })
  const { reference } = await be.take(id, 'send', request(part))
  const theirs = await es.arrived(reference)
  await be.arrived(reference, ({ state }) => state.startsWith('received'))
  return { id, reference, first: theirs.case }
}

describe('a request that is passed on', () => {
  it('has a second receipt with a clock of its own and keeps the first; answered in part, then whole, and taken up again', async () => {
    const { id, reference, first } = await sent()
    coalition.clock.advance(30)
    expect(await refusal(es.take(first, 'forward', { ...FORWARD, forwardTo: 'es.customs.algeciras' }))).toContain('cannot fill the role')
    await es.take(first, 'forward', FORWARD)
    const second = await guard.arrived(reference, ({ state }) => state === 'received')
    const ours = await be.arrived(reference, (seen) => momentsOf(seen, 'receive').length === 2)
    expect(second).toMatchObject({ role: 'requested', ownTurn: true, values: FORWARD })
    expect(ours.parties.map(({ role, desk }) => [role, desk])).toContainEqual(['requested', 'es.guard.spoc'])
    expect(ours.parties.map(({ desk }) => desk)).not.toContain('es.police.spoc')

    // Both receipts stand, with the requester and with whoever got it; to pass it on stops the clock of the first and is no answer.
    const [before = '', after = ''] = momentsOf(ours, 'receive')
    expect(Math.floor((Date.parse(after) - Date.parse(before)) / 3_600_000)).toBe(30)
    for (const seen of [ours, second]) {
      expect(clockOf(seen, 'answerOther')).toMatchObject({ state: 'stopped', safe: endOfDay(before, 7, ZONE) })
      expect(clockOf(seen, 'answerOther#2')).toMatchObject({
        kind: 'law',
        state: 'running',
        safe: endOfDay(after, 7, ZONE),
        basis: { art: 'Art 5(1)(c)', mark: 'V' },
      })
      expect(instants(seen)).toEqual(instants(ours))
    }

    // Whoever passed it on has no more part in it.
    expect(await es.look(first)).toMatchObject({ isOpen: false, ownTurn: false, steps: [] })
    expect(await refusal(es.take(first, 'triage', TRIAGE))).toContain('409')

    await guard.take(second.case, 'triage', TRIAGE)
    expect(await refusal(guard.take(second.case, 'partial', answer('A company.')))).toContain('ground')
    const rest = { ground: 'ongoing-investigation', reasons: 'Who paid is a matter of our own case.' }
    await guard.take(second.case, 'partial', { ...answer('The company rented it.'), ...rest })
    const part = await be.arrived(reference, ({ state }) => state === 'partiallyProvided')
    expect(part.values).toMatchObject({ answer: 'The company rented it.', ...rest })
    expect(part.ownTurn).toBe(true)
    expect(part.clocks.map(({ state }) => state)).toEqual(['stopped', 'met'])
    expect(JSON.stringify(part)).not.toContain('thirdPartyOrigin')

    await guard.take(second.case, 'supplement', answer('The company rented it; J. Doe paid.'))
    const whole = await be.arrived(reference, ({ state }) => state === 'provided')
    expect(whole.values['answer']).toBe('The company rented it; J. Doe paid.')
    // What was said first stays in the history of both.
    for (const seen of [whole, await guard.look(second.case)])
      expect(seen.history.find(({ transition }) => transition === 'partial')?.fields).toMatchObject({
        answer: 'The company rented it.',
        ...rest,
      })

    expect(await refusal(be.take(id, 'reopen'))).toContain('reopenReason')
    await be.take(id, 'reopen', { reopenReason: 'Since when?' })
    const again = await guard.arrived(reference, ({ state }) => state === 'inWork')
    expect(again).toMatchObject({ ownTurn: true, values: { reopenReason: 'Since when?' } })
    const [reopened = ''] = momentsOf(again, 'reopen')
    expect(clockOf(again, 'followUp')).toMatchObject({ kind: 'policy', state: 'running', safe: endOfDay(reopened, 7, ZONE) })
    // The clock of the law ran once for each receipt; it does not begin anew.
    expect(again.clocks.map((clock) => [clock.id, clock.isLive])).toEqual([
      ['answerOther', false],
      ['answerOther#2', false],
      ['followUp', true],
    ])
    await guard.take(second.case, 'provide', answer('Since March.'))
    await be.arrived(reference, ({ state }) => state === 'provided')
    expect(await refusal(guard.take(second.case, 'close', { outcome: 'used' }))).toContain('another role')
    await be.take(id, 'close', { outcome: 'used' })
    const closed = await guard.arrived(reference, ({ state }) => state === 'closed')
    expect(closed).toMatchObject({ isOpen: false, values: { outcome: 'used' } })
    expect(instants(closed)).toEqual(instants(await be.look(id)))

    // Of what came after it was passed on the first contact point has nothing.
    const past = JSON.stringify(await es.look(first))
    for (const word of ['rented it', 'J. Doe', 'ongoing-investigation', 'Since when', 'Since March']) expect(past).not.toContain(word)
  })

  it('while it is urgent has eight hours from each receipt, and withdrawn it ends with whoever has it', async () => {
    const { id, reference, first } = await sent({ urgency: 'life', urgencyReasons: 'A courier is in danger.' })
    coalition.clock.advance(2)
    await es.take(first, 'forwardUrgent', FORWARD)
    const second = await guard.arrived(reference, ({ state }) => state === 'receivedUrgent')
    const ours = await be.arrived(reference, (seen) => momentsOf(seen, 'receiveUrgent').length === 2)
    const [before = '', after = ''] = momentsOf(ours, 'receiveUrgent')
    const inEightHours = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString()
    for (const seen of [ours, second]) {
      expect(clockOf(seen, 'answerUrgentDirect')).toMatchObject({ state: 'stopped', safe: inEightHours(before) })
      expect(clockOf(seen, 'answerUrgentDirect#2')).toMatchObject({ state: 'running', safe: inEightHours(after) })
    }
    expect(await refusal(be.take(id, 'withdraw'))).toContain('withdrawReason')
    await be.take(id, 'withdraw', { withdrawReason: 'The courier is safe.' })
    const ended = await guard.arrived(reference, ({ state }) => state === 'withdrawn')
    expect(ended).toMatchObject({ isOpen: false, values: { withdrawReason: 'The courier is safe.' } })
    expect(ended.clocks.filter(({ isLive }) => isLive)).toEqual([])
    expect(instants(ended)).toEqual(instants(await be.look(id)))
    expect(JSON.stringify(await es.look(first))).not.toContain('The courier is safe')
  })
})

describe('what crosses on the way', () => {
  it('a withdrawal and a forward end as one withdrawn request on every node, whoever was brought in meanwhile', async () => {
    for (let round = 0; round < 3; round++) {
      const { id, reference, first } = await sent()
      const ended = await Promise.all([be.take(id, 'withdraw', { withdrawReason: 'Found elsewhere.' }), es.take(first, 'forward', FORWARD)])
      expect(ended).toHaveLength(2)
      const ours = await be.arrived(reference, (seen) => !seen.isOpen && seen.history.some(({ transition }) => transition === 'forward'))
      expect(ours.state).toBe('withdrawn')
      const passedOn = await guard.arrived(reference, (seen) => !seen.isOpen)
      const isForwarded = ours.history.some(({ transition, overtaken }) => transition === 'forward' && !overtaken)
      // Brought in for nothing: it keeps nothing of the request.
      if (!isForwarded) expect(JSON.stringify(passedOn.values)).toBe('{}')
      const before = await es.arrived(reference, (seen) => !seen.isOpen)
      expect([before.isOpen, passedOn.isOpen]).toEqual([false, false])
    }
  })

  it('a request that is passed back is again a case of the desk that had it, with what happened in between', async () => {
    const { reference, first } = await sent()
    await es.take(first, 'forward', FORWARD)
    const there = await guard.arrived(reference, (seen) => seen.state === 'received')
    await guard.take(there.case, 'forward', { forwardTo: 'es.police.spoc', forwardReason: 'Not ours after all.' })
    const back = await es.arrived(reference, (seen) => seen.isOpen && seen.state === 'received')
    expect(back.case).toBe(first)
    expect(back.values['reference']).toBeDefined()
    await es.take(back.case, 'triage', TRIAGE)
    const ours = await be.arrived(reference, (seen) => seen.state === 'inWork')
    expect(instants(ours)).toEqual(instants(await es.look(back.case)))
  })
})
