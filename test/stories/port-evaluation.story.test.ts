/**
 * The evaluation of a port facility, over nodes (S16): a critical finding that is not acted on in time is told to the host and to the Commission, a request
 * for assistance lies filled in with the host until a person sends it, and another State sees that the facility is evaluated and nothing of what was found.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseOnScreen, setParties, showDraft } from '#modules/procedures/contract'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, endOfDay, instants, refusal } from './case.ts'

const DAY = 24
const ZONE = 'America/Guayaquil'

let coalition: TestCoalition
let commission: CaseDesk
let host: CaseDesk
let other: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['it-genoa', 'ec-guayaquil', 'be-antwerp'], also: AUTHORITIES })
  const desk = async (node: string, id: string) => await caseDesk(coalition, { node, desk: id })
  commission = await desk('it-genoa', 'eu.commission.evaluations')
  host = await desk('ec-guayaquil', 'ec.ports.facilities')
  other = await desk('be-antwerp', 'be.interior.coordination')
})
afterAll(async () => await coalition.stop())

const inDays = (days: number) => new Date(coalition.clock.now().getTime() + days * DAY * 3_600_000).toISOString()
const FACILITY = { facilityName: 'Terminal Contecon', unlocode: 'ECGYE', facilityNumber: 'ECGYE-0001', hostCountry: 'EC' }
/** Four items of A/15.5 and fifteen of A/16.3. */
const ISPS = [4, 15].flatMap((many, part) => Array.from({ length: many }, (_, n) => `A/${part === 0 ? '15.5' : '16.3'}.${n + 1}`))
const field = (item: string) => item.toLowerCase().replace('/', '').replaceAll('.', '-')
const GRADES = {
  ...Object.fromEntries(ISPS.map((item) => [field(item), item === 'A/16.3.2' ? 'majorNonConformity' : 'conformity'])),
  pfsoNamed: true,
  pfsoDuties: 'conformity',
  training: 'conformity',
  drills: 'improvement',
}
const FINDINGS = [{ number: '1', item: 'A/16.3.2', severity: 'critical', text: 'GATE-4 stands open at night.', evidence: 'seen' }]
const CRITICAL = { criticalOpen: ['A/16.3.2'], criticalText: 'Finding 1: GATE-4 stands open at night.' }
const OVERDUE = 'The action on a critical finding is overdue. A request for assistance is filled in and waits to be sent.'
const clockOf = (seen: CaseOnScreen, id: string) => seen.clocks.find((clock) => clock.id === id)
const momentOf = (seen: CaseOnScreen, transition: string) => seen.history.findLast((step) => step.transition === transition)?.at ?? ''
const texts = async (desk: CaseDesk, id: string) => (await desk.notices(id, 'told')).map(({ text }) => text)
/** Cases of a procedure that a node has, read past all locks. */
const heldOn = async (node: string, procedure: string): Promise<number> =>
  await coalition.node(node).services.database.asWorker('test', async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from procedures.cases where definition = ${procedure}`.execute(tx)
    return rows[0]?.n ?? 0
  })

/** Announced, visited, the critical finding told to the host at once. */
async function visited() {
  const id = await commission.open('PR-14', { host: ['ec.ports.facilities'], otherState: ['be.interior.coordination'] })
  const visit = { visitOn: inDays(15), scope: 'Whole facility' }
  expect(await refusal(commission.take(id, 'notifyHost', { ...FACILITY, ...visit }))).toContain('sixty days')
  const announced = { ...FACILITY, ...visit, shortNotice: 'A shooting at the gate' }
  const { reference } = await commission.take(id, 'notifyHost', announced)
  const theirs = await host.arrived(reference, ({ state }) => state === 'notifiedHost')
  await host.take(theirs.case, 'ack')
  await host.take(theirs.case, 'submitSelfAssessment', {
    pfsaOn: '2025-01-01',
    pfspOn: '2025-06-01',
    pfspNotes: 'INNER-PLAN of the facility',
    selfAssessed: ISPS.map((item) => ({ item, grade: 'conformity' })),
  })
  await commission.arrived(reference, ({ state }) => state === 'visit')
  coalition.clock.advance(17 * DAY)
  await commission.take(id, 'recordVisit', { visitedFrom: inDays(-2), visitedUntil: inDays(-1), inspectorsIndependent: true })
  await commission.take(id, 'reportCritical', CRITICAL)
  const told = await host.arrived(reference, (seen) => clockOf(seen, 'critical') !== undefined)
  return { id, reference, there: told.case }
}

/** The report drafted, commented, made final: from then on another state has the case. */
async function finalised({ id, reference, there }: Awaited<ReturnType<typeof visited>>) {
  const report = { findings: FINDINGS, report: 'REPORT-TEXT' }
  await commission.take(id, 'sendDraft', { ...GRADES, ...report, commentsUntil: inDays(31) })
  await host.arrived(reference, ({ state }) => state === 'hostComments')
  await host.take(there, 'comment', { comments: 'COMMENT: a fence is ordered.' })
  await commission.arrived(reference, ({ state }) => state === 'commented')
  await commission.take(id, 'finalise', { ...report, anyMajor: false, commentsAnswered: 'Noted.' })
  await host.arrived(reference, ({ state }) => state === 'final')
  return await other.arrived(reference, ({ state }) => state === 'final')
}

/** All that another state may see: where the evaluation stands, of which facility, with whom. */
async function expectStatusOnly(seen: CaseOnScreen, state: string): Promise<void> {
  expect(seen).toMatchObject({ state, role: 'otherState', ownTurn: false })
  expect(seen.values).toEqual(FACILITY)
  expect(seen.clocks).toEqual([])
  expect(seen.steps).toEqual([])
  const all = JSON.stringify(seen)
  for (const word of ['critical', 'overdue', 'A/16.3', 'GATE-4', 'onformity', 'REPORT-TEXT', 'COMMENT', 'INNER-PLAN', 'shooting'])
    expect(all.toLowerCase()).not.toContain(word.toLowerCase())
  for (const topic of ['told', 'clock', 'expired', 'escalated'] as const) expect(await other.notices(seen.case, topic)).toEqual([])
}

describe('a critical finding that is overdue (S16)', () => {
  it('is told to host and Commission; assistance lies filled in until a person asks for it; another state sees the status alone', async () => {
    const evaluation = await visited()
    const { id, reference, there } = evaluation
    const reported = momentOf(await commission.look(id), 'reportCritical')
    const due = endOfDay(reported, 30, ZONE)
    expect(await texts(host, there)).toEqual(['The visit found something critical. Thirty days run for the action.'])
    for (const seen of [await commission.look(id), await host.look(there)])
      expect(clockOf(seen, 'critical')).toMatchObject({
        kind: 'policy',
        state: 'running',
        safe: due,
        basis: { act: 'Coalition policy', mark: 'D' },
      })
    expect(JSON.stringify(await commission.look(id))).not.toContain('INNER-PLAN')
    expect(await heldOn('be-antwerp', 'PR-14')).toBe(0)
    const status = await finalised(evaluation)
    await expectStatusOnly(status, 'final')

    // The node of those who wait leaves the step an hour to the host's; whatever the hour of this test, that is over.
    coalition.clock.advance(31 * DAY + 2)
    await coalition.sweep()
    const known = await commission.arrived(reference, (seen) => momentOf(seen, 'criticalOverdue') !== '')
    expect(known.state).toBe('final')
    for (const [desk, own] of [
      [commission, id],
      [host, there],
    ] as const) {
      expect(clockOf(await desk.look(own), 'critical')).toMatchObject({ state: 'missed', isLive: true })
      expect(await texts(desk, own)).toContain(OVERDUE)
      expect(await desk.notices(own, 'expired')).toMatchObject([{ clock: { due } }])
    }
    expect(instants(known)).toEqual(instants(await host.look(there)))
    await expectStatusOnly(await other.look(status.case), 'final')

    // The request for assistance is a draft of the host, filled in from the evaluation, and nobody else knows of it.
    const [assistance] = (await host.look(there)).children
    expect(assistance).toMatchObject({ procedure: 'PR-13', state: 'draft' })
    const help = assistance?.case ?? ''
    const client = await coalition.client('ec.ports.facilities', 'administrative-enforcement')
    const draft = await client.call(showDraft, { case: help, transition: 'submit' })
    expect(draft.fields).toEqual({ ...FACILITY, findingItems: CRITICAL.criticalOpen, findingReferences: CRITICAL.criticalText })
    expect(draft.problems.map(({ at }) => at)).toContain('needText')
    expect((await commission.look(id)).children).toEqual([])
    for (const node of ['it-genoa', 'be-antwerp']) expect(await heldOn(node, 'PR-13')).toBe(0)
    // Another sweep asks for no second one.
    await coalition.sweep()
    expect((await host.look(there)).children).toHaveLength(1)

    // A person completes it and sends it to the coordinator.
    const rest = {
      needs: ['accessControl'],
      needText: 'A gate that closes',
      funding: 'toBeFound',
      metric: 'Share of nights with the gate closed',
      baselineValue: 40,
      baselineOn: '2026-11-01',
      doNoHarm: 'No cameras on workers',
    }
    expect(await refusal(host.take(help, 'submit', { ...draft.fields, ...rest }))).toContain('Name the coordinator')
    await client.call(setParties, { case: help, role: 'assessor', desks: ['eu.commission.evaluations'] })
    const { reference: asked } = await host.take(help, 'submit', { ...draft.fields, ...rest })
    const request = await commission.arrived(asked)
    expect(request).toMatchObject({ procedure: 'PR-13', state: 'requested', role: 'assessor' })
    expect(request.values).toMatchObject({ ...FACILITY, findingItems: ['A/16.3.2'], needText: 'A gate that closes' })

    // Verified and closed: the evaluation cannot end before, and the other state sees that it ended.
    expect(await refusal(commission.take(id, 'close'))).toContain('A critical or major finding is open')
    await host.take(there, 'reportAction', { actionsDone: 'The gate closes.', proof: 'Photo 12' })
    await commission.arrived(reference, (seen) => momentOf(seen, 'reportAction') !== '')
    await commission.take(id, 'confirmCritical', { criticalOpen: [], verification: 'Seen on the spot' })
    expect(clockOf(await host.arrived(reference, (seen) => momentOf(seen, 'confirmCritical') !== ''), 'critical')?.isLive).toBe(false)
    await commission.take(id, 'close')
    await host.arrived(reference, ({ state }) => state === 'closed')
    await expectStatusOnly(await other.arrived(reference, ({ state }) => state === 'closed'), 'closed')
  })
})
