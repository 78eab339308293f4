/**
 * Measures 4 and 7 over nodes. A task goes to the liaison officer of another State only under an agreement that is recorded, is answered within two working
 * days and reported (PR-15). An initiative that resembles one there is must answer the overlap before it goes on, and no answer is a dead end (PR-16).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseOnScreen } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { storedAt } from '../leaks/stored.fixture.ts'
import { type CaseDesk, caseDesk, instants, refusal } from './case.ts'

const DAY = 24
const [HERE, THERE] = ['be-antwerp', 'es-algeciras']

let coalition: TestCoalition
let requester: CaseDesk
let liaison: CaseDesk
let posting: CaseDesk
let author: CaseDesk
let owner: CaseDesk
let consulted: CaseDesk
beforeAll(async () => {
  // A Thursday. The Tuesday after the weekend, 8 December, is a holiday in Spain.
  coalition = await startCoalition({ nodes: [HERE, THERE], at: '2026-12-03T09:20:00Z', also: AUTHORITIES })
  requester = await caseDesk(coalition, { node: HERE, desk: 'be.police.spoc', account: 'belgium-spoc' })
  liaison = await caseDesk(coalition, { node: THERE, desk: 'es.liaison.quito' })
  posting = await caseDesk(coalition, { node: THERE, desk: 'es.guard.spoc' })
  author = await caseDesk(coalition, { node: HERE, desk: 'be.interior.coordination' })
  owner = await caseDesk(coalition, { node: THERE, desk: 'es.interior.coordination' })
  consulted = await caseDesk(coalition, { node: THERE, desk: 'eu.council.secretariat' })
})
afterAll(async () => await coalition.stop())

const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const told = async (desk: CaseDesk, id: string) => (await desk.notices(id, 'told')).map(({ text }) => text)
/** Taken on the other node too, so that the next step there starts from it. */
const after = (transition: string) => (seen: CaseOnScreen) => seen.history.some((step) => step.transition === transition)

const TASK = {
  subject: 'Port visit in Guayaquil',
  requestingState: 'BE',
  hostState: 'EC',
  taskType: 'portVisit',
  purpose: 'Prepare a cooperation on seals.',
  taskText: 'TASK-TEXT: see the seal store.',
  persons: [{ name: 'Anna Example' }],
  caseReference: 'HOME-CASE-9',
  deadline: '2027-02-01T12:00:00Z',
  passToHost: false,
  safety: 'None known.',
}
const AGREED = { agreementKind: 'standing', agreement: 'BE-ES 2024/3', agreementState: 'ES', nextLiaison: 'es.liaison.quito' }
const REPORT = { report: 'REPORT-TEXT: two seals were missing.', partial: false, reliability: 'A', accuracy: '1' }

async function offered() {
  const id = await requester.open('PR-15', { postingState: ['es.guard.spoc'] })
  const { reference } = await requester.take(id, 'submit', TASK)
  await requester.take(id, 'match', AGREED)
  await requester.take(id, 'offer')
  const theirs = await liaison.arrived(reference, after('arrive'))
  const ours = await requester.arrived(reference, after('arrive'))
  return { id, reference, theirs, ours }
}

describe('a task for a liaison officer of another State (measure 4)', () => {
  it('is offered under a recorded agreement of the State that posted the officer and no other, and nobody hears of it before', async () => {
    const id = await requester.open('PR-15', { postingState: ['es.guard.spoc'] })
    const { reference } = await requester.take(id, 'submit', TASK)
    expect(await refusal(requester.take(id, 'offer'))).toContain('Not possible in the state')
    const without = await refusal(requester.take(id, 'match', { nextLiaison: 'es.liaison.quito' }))
    expect(without).toContain('No agreement to serve your state is recorded')
    expect(without).toContain('Art 4(3) and Art 5(3)')
    expect(await refusal(requester.take(id, 'match', { ...AGREED, agreementUntil: '2026-12-01' }))).toContain('The agreement has ended')
    await requester.take(id, 'match', { ...AGREED, agreementState: 'FR' })
    expect(await refusal(requester.take(id, 'offer'))).toContain('of another state than that of the officer')
    expect((await storedAt(coalition, THERE)).includes(reference)).toBe(false)

    await requester.take(id, 'matchAgain')
    await requester.take(id, 'match', AGREED)
    await requester.take(id, 'offer')
    const theirs = await liaison.arrived(reference)
    expect(theirs).toMatchObject({ state: 'offered', role: 'liaison', ownTurn: true })
  })

  it('is accepted within two working days over a weekend, reported to the State that asks alone, and the officer hears what came of it', async () => {
    const { id, reference, theirs, ours } = await offered()
    expect(theirs.values).toMatchObject({ taskText: TASK.taskText, agreement: 'BE-ES 2024/3' })
    for (const seen of [theirs, ours])
      expect(clockOf(seen, 'accept')).toMatchObject({
        kind: 'policy',
        state: 'running',
        safe: '2026-12-07T23:00:00.000Z',
        basis: { act: 'Coalition policy', mark: 'D' },
      })
    // The contact point of the posting State knows of the task, not what it says; the case at home stays at home.
    const known = await posting.arrived(reference, ({ state }) => state === 'offered')
    expect(known.values).toMatchObject({ subject: TASK.subject, agreement: 'BE-ES 2024/3' })
    for (const word of ['TASK-TEXT', 'Anna Example']) expect(JSON.stringify(known)).not.toContain(word)
    expect((await storedAt(coalition, THERE)).includes('HOME-CASE-9')).toBe(false)

    coalition.clock.advance(4 * DAY - 2)
    await coalition.sweep()
    expect((await requester.look(id)).state).toBe('offered')
    await liaison.take(theirs.case, 'accept', { acceptNote: 'On Wednesday.' })
    const accepted = await requester.arrived(reference, ({ state }) => state === 'inProgress')
    expect(accepted.values['acceptNote']).toBe('On Wednesday.')
    expect(clockOf(accepted, 'accept')?.state).toBe('met')
    expect(clockOf(accepted, 'task')).toMatchObject({ state: 'running', safe: '2027-02-01T12:00:00.000Z' })
    expect(instants(accepted)).toEqual(instants(await liaison.look(theirs.case)))

    expect(await refusal(liaison.take(theirs.case, 'report', { ...REPORT, report: '' }))).toMatch(/422.*report/)
    await liaison.take(theirs.case, 'report', REPORT)
    const reported = await requester.arrived(reference, ({ state }) => state === 'reported')
    expect(reported).toMatchObject({ ownTurn: true, values: REPORT })
    expect(clockOf(reported, 'task')?.state).toBe('met')
    const there = await posting.arrived(reference, ({ state }) => state === 'reported')
    expect(JSON.stringify(there)).not.toContain('REPORT-TEXT')
    await requester.take(id, 'acceptReport')
    expect(await refusal(requester.take(id, 'close'))).toContain('used')
    await requester.take(id, 'close', { used: 'A programme on seals.' })
    for (const desk of [liaison, posting]) {
      const closed = await desk.arrived(reference, ({ state }) => state === 'closed')
      expect(closed).toMatchObject({ isOpen: false, values: { used: 'A programme on seals.' } })
    }
  })

  it('that is not answered in two working days, a holiday between them, can be offered elsewhere; a late yes still counts', async () => {
    const { id, reference, theirs, ours } = await offered()
    expect(clockOf(ours, 'accept')?.safe).toBe('2026-12-10T23:00:00.000Z')
    coalition.clock.advance(4 * DAY)
    await coalition.sweep()
    const unanswered = await requester.arrived(reference, ({ state }) => state === 'unanswered')
    expect(unanswered).toMatchObject({ ownTurn: true })
    expect(clockOf(unanswered, 'accept')?.state).toBe('missed')
    expect(await told(requester, id)).toEqual(['The officer has not answered. Offer the task to another desk or wait.'])
    expect(unanswered.steps.map(({ id: step }) => step)).toContain('match')
    await liaison.arrived(reference, ({ state }) => state === 'unanswered')
    await liaison.take(theirs.case, 'accept')
    await requester.arrived(reference, ({ state }) => state === 'inProgress')
  })
})

const PROPOSAL = {
  name: 'Certified pick-up of containers',
  measures: ['7', '9'],
  objective: 'No container leaves without a certified pick-up.',
  actors: 'Port authorities, terminals',
  structures: [{ structure: 'European Ports Alliance', whyNot: 'No technical standard.' }],
  whyNew: 'A common standard is missing.',
  costEur: 200_000,
  funding: 'States taking part',
  startOn: '2027-01-01',
  endOn: '2027-12-31',
}
const THEIRS = 'Certifier chaque enlèvement de conteneur.'
const OVERLAP = {
  searched: 'Register of initiatives, all languages',
  overlaps: [{ initiative: 'Enlèvement certifié', owner: 'ES', theirs: THEIRS, similar: 'Same object, same step.' }],
}
const JOIN = { overlapAnswer: 'join', overlapReasons: 'Same aim.' }

/** Joined as an answer to the overlap; the case of the owner that is asked to take it in. */
async function joining(id: string) {
  await author.take(id, 'answerOverlap', JOIN)
  const { reference } = await author.take(id, 'askOwner', { joinOwner: 'es.interior.coordination' })
  return await owner.arrived(reference, ({ state }) => state === 'joining')
}

async function overlapping() {
  const id = await author.open('PR-16', { circle: ['eu.council.secretariat'] })
  await author.take(id, 'draft', PROPOSAL)
  const none = await refusal(author.take(id, 'noOverlap', { searched: 'Register', overlapFound: true }))
  expect(none).toMatch(/Something similar was found\. Enter it and answer it\..*measure 7/)
  return await author.take(id, 'showOverlap', OVERLAP)
}

describe('an initiative with an overlap (measure 7)', () => {
  it('does not go on before it is answered; the owner sees both objectives and may decline; then it goes on with what differs', async () => {
    const { case: id, reference } = await overlapping()
    for (const step of ['noOverlap', 'checkCompetence', 'circulate', 'adopt'])
      expect(await refusal(author.take(id, step))).toContain('Not possible in the state')
    expect(await refusal(author.take(id, 'answerOverlap', { overlapAnswer: 'join' }))).toMatch(/422.*overlapReasons/)
    expect(await refusal(author.take(id, 'answerOverlap', { overlapReasons: 'Ours is wider.' }))).toMatch(/422.*overlapAnswer/)
    expect((await storedAt(coalition, THERE)).includes(reference)).toBe(false)

    const asked = await joining(id)
    expect(asked).toMatchObject({ role: 'owner', ownTurn: true, values: { objective: PROPOSAL.objective, overlaps: OVERLAP.overlaps } })
    await owner.take(asked.case, 'declineJoin', { ownerNote: 'OWNER-NOTE: closed to new members.' })
    const again = await author.arrived(reference, ({ state }) => state === 'overlapShown')
    expect(again).toMatchObject({ ownTurn: true, values: { ownerNote: 'OWNER-NOTE: closed to new members.' } })

    await author.take(id, 'answerOverlap', { overlapAnswer: 'differentiate', overlapReasons: 'Ours has a standard.' })
    await author.take(id, 'checkCompetence', { competence: 'national', competenceReasons: 'Policing of ports.', legalStep: 'none' })
    await author.take(id, 'circulate')
    const circulated = await consulted.arrived(reference, ({ state }) => state === 'circulated')
    // Whoever is consulted reads what is similar and the answer, not what passed between author and owner.
    expect(circulated.values).toMatchObject({
      overlaps: OVERLAP.overlaps,
      overlapAnswer: 'differentiate',
      overlapReasons: 'Ours has a standard.',
    })
    expect(JSON.stringify(circulated)).not.toContain('OWNER-NOTE')
    await consulted.take(circulated.case, 'support', { opinion: 'A standard is needed.' })
    const supported = await author.arrived(reference, after('support'))
    expect(supported.values['opinion']).toBe('A standard is needed.')
    await author.take(id, 'recordSupport', { supporters: [{ body: 'Council', on: '2026-12-12' }] })
    await author.take(id, 'adopt', { adoptedBy: 'Ministers', adoptedOn: '2026-12-12' })
    for (const desk of [owner, consulted]) await desk.arrived(reference, ({ state }) => state === 'adopted')
    expect(JSON.stringify(await owner.look(asked.case))).not.toContain('A standard is needed.')
  })

  it('that the owner takes in is merged, on both sides', async () => {
    const { case: id, reference } = await overlapping()
    const asked = await joining(id)
    await owner.take(asked.case, 'acceptJoin', { mergedInto: 'Enlèvement certifié' })
    const merged = await author.arrived(reference, ({ state }) => state === 'merged')
    expect(merged).toMatchObject({ isOpen: false, values: { mergedInto: 'Enlèvement certifié' } })
    expect((await owner.look(asked.case)).isOpen).toBe(false)
  })
})
