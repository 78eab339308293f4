/**
 * A question of a Belgian municipality to one in North Rhine-Westphalia, over nodes (S19): police intelligence is not possible and the route is named,
 * a register is looked at first, and what both laws allow is asked and answered. No police data, and no desk of another realm, enter it.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, endOfDay, instants, refusal } from './case.ts'

const DAY = 24
const ZONE = 'Europe/Berlin'

let coalition: TestCoalition
let genk: CaseDesk
let essen: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp', 'it-genoa'], also: AUTHORITIES })
  genk = await caseDesk(coalition, { node: 'be-antwerp', desk: 'be.genk.integrity' })
  essen = await caseDesk(coalition, { node: 'it-genoa', desk: 'de.essen.licensing' })
})
afterAll(async () => await coalition.stop())

let made = 0
const draft = () => {
  made += 1
  return {
    reference: `GENK-${made}`,
    context: 'permit',
    decisionSubject: 'Night shop licence',
    permitDueAt: new Date(coalition.clock.now().getTime() + 60 * DAY * 3_600_000).toISOString(),
    entities: [{ name: 'Example BV', registration: '0123', country: 'DE' }],
    publicSources: [{ source: 'Company register', on: '2026-11-20', found: 'No officers listed' }],
    publicAnswers: false,
  }
}
const QUESTION = { question: 'Were earlier permits withdrawn?', necessity: 'Integrity of the operator' }
const POLICE = { ...QUESTION, dataType: 'police-intelligence', matrixRow: 'police-intelligence-be' }
const REGISTER = { ...QUESTION, dataType: 'company-register', matrixRow: 'company-register' }
const PERMITS = { ...QUESTION, dataType: 'permit-history', matrixRow: 'permit-history' }
const BASES = { basisFrom: 'Law of 15 January 2024', basisTo: '§ 4 VwVfG NRW' }
const LETTER = { letterLanguage: 'de', letter: 'Sehr geehrte Damen und Herren' }

async function checked(question: Readonly<Record<string, unknown>>) {
  const id = await genk.open('PR-05', { requested: ['de.essen.licensing'] })
  await genk.take(id, 'checkPublicSources', draft())
  return { id, seen: await genk.take(id, 'checkPossibility', question) }
}
const clockOf = (seen: Awaited<ReturnType<CaseDesk['look']>>, id: string) => seen.clocks.find((clock) => clock.id === id)
/** How many cases the authority that is asked has, read past all locks: what was not sent is nowhere there. */
const heldAtEssen = async (): Promise<number> =>
  await coalition.node('it-genoa').services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from procedures.cases where party = 'de.essen.licensing'`.execute(
      tx,
    )
    return rows[0]?.n ?? 0
  })

describe('police intelligence (S19)', () => {
  it('is not possible, the route is named before anybody tries, and nothing leaves', async () => {
    const before = await heldAtEssen()
    const { id, seen } = await checked(POLICE)
    const send = seen.steps.find((step) => step.id === 'send')
    expect(send?.barred?.because).toMatch(/not possible for a permit\. Route: .*\(DIOB\)/)
    expect(send?.barred?.basis).toMatchObject({ mark: 'M' })
    const refused = await refusal(genk.take(id, 'send', LETTER))
    expect(refused).toMatch(/not possible.*Route: .*\(DIOB\)/)
    expect(refused).toContain('Belgian law of 15 January 2024')
    expect((await genk.look(id)).state).toBe('possibilityChecked')
    await genk.take(id, 'takeRoute', { routeTaken: 'Opinion of DIOB asked' })
    expect(await genk.look(id)).toMatchObject({ state: 'routed', isOpen: true })
    expect(await genk.take(id, 'closeUnused')).toMatchObject({ state: 'closed' })
    expect(await heldAtEssen()).toBe(before)
  })

  it('is not got by another row of the matrix, nor from a desk of another realm', async () => {
    const { id } = await checked(POLICE)
    await genk.take(id, 'changeQuestion')
    for (const matrixRow of ['permit-history', 'police-intelligence-de', 'none'])
      expect(await refusal(genk.take(id, 'checkPossibility', { ...POLICE, ...BASES, matrixRow }))).toContain('does not speak of this type')
    for (const desk of ['it.police.spoc', 'be.federal.antwerp', 'it.customs.genoa'])
      expect(await refusal(genk.open('PR-05', { requested: [desk] }))).toContain('cannot fill this role')
  })
})

describe('data of the trade register (S19)', () => {
  it('are taken from the public source first; only what it leaves open can be asked', async () => {
    const id = await genk.open('PR-05', { requested: ['de.essen.licensing'] })
    expect(await refusal(genk.take(id, 'checkPublicSources', { ...draft(), publicSources: [] }))).toContain('Public sources come first')
    await genk.take(id, 'checkPublicSources', draft())
    await genk.take(id, 'checkPossibility', REGISTER)
    const before = await heldAtEssen()
    expect(await refusal(genk.take(id, 'send', LETTER))).toContain('take it from there first')
    const answered = await genk.take(id, 'answeredPublicly', { publicSource: 'Handelsregister Essen HRB 1' })
    expect(answered).toMatchObject({ state: 'answered', values: { publicSource: 'Handelsregister Essen HRB 1' } })
    expect(await heldAtEssen()).toBe(before)
    const { id: open } = await checked({ ...REGISTER, publicGap: 'The officers before 2020' })
    const { reference } = await genk.take(open, 'send', LETTER)
    const theirs = await essen.arrived(reference, ({ state }) => state === 'received')
    expect(theirs.values['publicGap']).toBe('The officers before 2020')
  })
})

describe('what both laws allow', () => {
  it('is asked with both legal bases and answered without police data; both sides see the same clocks, the decision stays with the one that asked', async () => {
    const { id } = await checked(PERMITS)
    expect(await refusal(genk.take(id, 'send', LETTER))).toContain('Cite the legal basis of both authorities')
    await genk.take(id, 'changeQuestion')
    await genk.take(id, 'checkPossibility', { ...PERMITS, ...BASES })
    const { reference } = await genk.take(id, 'send', LETTER)
    const theirs = await essen.arrived(reference, ({ state }) => state === 'received')
    const ours = await genk.arrived(reference, ({ state }) => state === 'received')
    expect(theirs).toMatchObject({ role: 'requested', ownTurn: true, values: { ...BASES, letter: LETTER.letter } })
    expect(instants(theirs)).toEqual(instants(ours))
    const received = theirs.history.find(({ transition }) => transition === 'receive')?.at ?? ''
    expect(clockOf(theirs, 'answer')).toMatchObject({ kind: 'policy', safe: endOfDay(received, 30, ZONE), basis: { mark: 'D' } })
    expect(clockOf(ours, 'permit')?.safe).toBe(
      new Date(Date.parse(String(ours.values['permitDueAt'])) - 10 * DAY * 3_600_000).toISOString(),
    )

    await essen.take(theirs.case, 'ack')
    await essen.take(theirs.case, 'requestInfo', { clarificationQuestion: 'Which branch?' })
    const asked = await genk.arrived(reference, ({ state }) => state === 'clarification')
    expect(clockOf(asked, 'ack')?.state).toBe('met')
    expect(clockOf(asked, 'answer')?.state).toBe('suspended')
    coalition.clock.advance(2 * DAY)
    await genk.take(id, 'provideInfo', { clarificationText: 'The branch at Essen' })
    await essen.arrived(reference, ({ state }) => state === 'received')

    const answer = { answerType: 'found', answer: 'Withdrawn in 2024', noPoliceData: true, useLimits: 'This decision only' }
    expect(await refusal(essen.take(theirs.case, 'answer', { ...answer, noPoliceData: false }))).toContain('(EU) 2016/679 Art 10')
    await essen.take(theirs.case, 'answer', answer)
    const got = await genk.arrived(reference, ({ state }) => state === 'answered')
    expect(got.values).toMatchObject(answer)
    expect(got.clocks.map((clock) => clock.state)).toEqual(['met', 'met', 'met'])
    expect(instants(got)).toEqual(instants(await essen.look(theirs.case)))

    await genk.take(id, 'use', { decisionReference: 'Decision 12', useNote: 'OWN-NOTE on the withdrawal' })
    expect(await refusal(genk.take(id, 'close'))).toContain('hearing')
    await genk.take(id, 'hearSubject', { heardOn: '2026-12-10', hearing: 'OWN-HEARING: denies it' })
    await genk.take(id, 'close')
    const closed = await essen.arrived(reference, ({ state }) => state === 'closed')
    expect(closed.isOpen).toBe(false)
    for (const word of ['OWN-NOTE', 'OWN-HEARING', 'Decision 12', 'DIOB']) expect(JSON.stringify(closed)).not.toContain(word)
  })
})
