/**
 * Measure 1: an alert is not controlled for lack of means. The desk asks others by a step on the alert; a draft lies filled in until a person names helpers and sends
 * it. Two offer, one is accepted, it delivers, the effect is verified. Alert and request lead to each other; who sent the alert and who helps learn nothing of the other side.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { showAlert } from '#modules/cargo/contract'
import { setParties, showDraft } from '#modules/procedures/contract'
import { move } from '../../src/app/demo/story.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, refusal } from './case.ts'
import { draftOf, HOUR, issueAndWait } from './draft.ts'

const HELPERS = ['es.customs.national', 'be.customs.national']
const DAY = 24

let coalition: TestCoalition
let antwerp: CaseDesk
let spain: CaseDesk
let belgium: CaseDesk
let alert = ''
let request = ''
let reference = ''
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
  const desk = async (node: string, account: string, id: string) =>
    await caseDesk(coalition, { node, account, desk: id, purpose: 'customs-control' })
  antwerp = await desk('be-antwerp', 'antwerp', 'be.customs.antwerp')
  spain = await desk('es-algeciras', 'spain', 'es.customs.national')
  belgium = await desk('be-antwerp', 'belgium', 'be.customs.national')
})
afterAll(async () => await coalition.stop())

const instant = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR).toISOString()
const alertAt = async (account: string) => await (await coalition.client(account)).call(showAlert, { alert })
const legOf = async (account: string) => (await alertAt(account)).parties.find(({ desk }) => desk === 'be.customs.antwerp')

describe('the alert', () => {
  it('is not controlled, and asking for means is open only where they were what lacked', async () => {
    const guayaquil = await coalition.client('guayaquil')
    const legs = [
      { role: 'loading' as const, place: 'ECGYE' },
      { role: 'discharge' as const, place: 'BEANR', eta: instant(200) },
    ]
    alert = await issueAndWait(coalition, draftOf(coalition, { legs }), { from: guayaquil, seenBy: [antwerp.client] })
    await move(antwerp.client, alert, { transition: 'ack' })
    await move(antwerp.client, alert, { transition: 'decline', declineCode: 'capacity' })
    expect((await legOf('antwerp'))?.open).toEqual(['recordOutcome'])
    await move(antwerp.client, alert, { transition: 'recordOutcome', outcome: 'notControlled', notControlledReason: 'equipmentFailure' })
    expect((await legOf('antwerp'))?.open).toEqual(['askAssistance', 'close'])
  })

  it('gives a draft that is filled in and that nobody else knows of', async () => {
    await move(antwerp.client, alert, { transition: 'askAssistance' })
    const leg = await legOf('antwerp')
    expect(leg).toMatchObject({ state: 'notControlled', open: ['close'], followed: [{ state: 'Draft' }] })
    request = leg?.followed[0]?.caseId ?? ''
    expect(leg?.followed[0]?.link).toBe(`/cases/${request}`)
    const seen = await antwerp.look(request)
    expect(seen).toMatchObject({ procedure: 'PR-13.alert', state: 'draft', parent: { link: `/alerts/${alert}` } })
    reference = seen.reference
    const { fields } = await antwerp.client.call(showDraft, { case: request, transition: 'request' })
    expect(fields).toEqual({ port: 'BEANR', alert, reason: 'equipmentFailure' })
    expect(await refusal(move(antwerp.client, alert, { transition: 'askAssistance' }))).toContain('askAssistance')
  })

  it('tells who sent it the outcome, and nothing of the request', async () => {
    const leg = await coalition.eventually(
      async () => await legOf('guayaquil'),
      (seen) => seen?.state === 'notControlled',
    )
    expect(leg?.followed).toEqual([])
    expect(leg?.history.map(({ transition }) => transition)).not.toContain('askAssistance')
    expect(JSON.stringify(await alertAt('guayaquil'))).not.toContain(request)
  })
})

describe('the request', () => {
  it('reaches the helpers that a person names, without the alert', async () => {
    const { fields } = await antwerp.client.call(showDraft, { case: request, transition: 'request' })
    const need = {
      means: ['scanner'],
      needText: 'The scanner of the quay is out of order.',
      neededUntil: instant(60 * DAY).slice(0, 10),
      alertsReceived: 12,
      alertsControlled: 5,
    }
    expect(await refusal(antwerp.take(request, 'request', { ...fields, ...need }))).toContain('Name the desks that may help')
    await antwerp.client.call(setParties, { case: request, role: 'helper', desks: HELPERS })
    await antwerp.take(request, 'request', { ...fields, ...need })
    for (const helper of [spain, belgium]) {
      const seen = await helper.arrived(reference, ({ state }) => state === 'requested')
      expect(seen.values).toMatchObject({ reason: 'equipmentFailure', alertsReceived: 12 })
      expect(JSON.stringify(seen)).not.toContain(alert)
    }
  })

  it('goes from two offers to the one that is accepted, delivered and verified', async () => {
    const [here, there] = [await belgium.arrived(reference), await spain.arrived(reference)]
    await belgium.take(here.case, 'offer', { offerText: 'Two officers', offerFrom: instant(2 * DAY).slice(0, 10) })
    await spain.take(there.case, 'offer', { offerText: 'A mobile scanner', offerFrom: instant(2 * DAY).slice(0, 10) })
    const offered = await antwerp.arrived(
      reference,
      ({ history }) => history.filter(({ transition }) => transition === 'offer').length === 2,
    )
    const texts = new Set(offered.history.map(({ fields }) => fields['offerText']).filter((text) => text !== undefined))
    expect(texts).toEqual(new Set(['A mobile scanner', 'Two officers']))
    await antwerp.take(request, 'accept', { acceptedHelper: 'es.customs.national', acceptedText: 'The scanner, for sixty days' })
    expect(await spain.arrived(reference, ({ state }) => state === 'accepted')).toMatchObject({ state: 'accepted' })
    coalition.clock.advance(3 * DAY)
    await antwerp.take(request, 'deliver', { deliveredText: 'The scanner stands', deliveredAt: instant(-1) })
    await spain.arrived(reference, ({ state }) => state === 'delivered')
    coalition.clock.advance(20 * DAY)
    await antwerp.take(request, 'verify', { receivedAfter: 14, controlledAfter: 13, effect: 'better' })
    expect(await spain.arrived(reference, ({ state }) => state === 'verified')).toMatchObject({ stateTitle: 'Verified' })
    expect((await legOf('antwerp'))?.followed).toMatchObject([{ caseId: request, state: 'Verified' }])
  })
})
