/**
 * A notice between two prison services before a transfer, over nodes (S20): health data need the text of strict necessity and a reviewer, and reach only the
 * receiving prison; the acknowledgement is demanded before the person arrives, and when the desk stays silent its backup desk can give it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUTHORITIES } from '../../src/testing/authorities.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'
import { type CaseDesk, caseDesk, instants, refusal } from './case.ts'

const HOUR = 3_600_000
const DAY = 24

let coalition: TestCoalition
let author: CaseDesk
let jurist: CaseDesk
let opera: CaseDesk
let head: CaseDesk
let duty: CaseDesk
let police: CaseDesk
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['be-antwerp', 'it-genoa'], also: AUTHORITIES })
  const at = async (node: string, desk: string, account = desk) => await caseDesk(coalition, { node, desk, account })
  author = await at('be-antwerp', 'be.prison.security')
  jurist = await at('be-antwerp', 'be.prison.security', 'be.prison.security.lead')
  opera = await at('it-genoa', 'it.prison.security')
  head = await at('it-genoa', 'it.prison.security', 'it.prison.security.lead')
  duty = await at('it-genoa', 'it.prison.duty')
  police = await at('it-genoa', 'it.police.spoc')
})
afterAll(async () => await coalition.stop())

const inHours = (hours: number) => new Date(coalition.clock.now().getTime() + hours * HOUR).toISOString()
let made = 0
const notice = (part: Readonly<Record<string, unknown>> = {}) => {
  made += 1
  return {
    reference: `BE-PRISON-${made}`,
    type: 'transfer',
    plannedEvent: 'Transfer to Opera',
    plannedAt: inHours(5 * DAY),
    necessity: 'Leader of a network; two rivals are held there',
    prisoner: [{ name: 'A. Example', dateOfBirth: '1980-01-01', prisonReference: 'P-1' }],
    legalStatus: 'sentenced',
    facts: [{ category: 'conflict', text: 'Conflict with group B', on: '2026-10-01', source: 'A', accuracy: '1' }],
    noLawyer: true,
    noFamily: true,
    noClergy: true,
    noHealth: true,
    basisReceiver: 'Law of 12 January 2005, Art 5',
    ...part,
  }
}
const PASS = { decision: 'pass', reviewer: 'Jurist of the service' }
const clockOf = (seen: Awaited<ReturnType<CaseDesk['look']>>, id: string) => seen.clocks.find((clock) => clock.id === id)

async function reviewed(form: Readonly<Record<string, unknown>> = {}, parties: Readonly<Record<string, readonly string[]>> = {}) {
  const id = await author.open('PR-04', { receiver: ['it.prison.security'], ...parties })
  await author.take(id, 'prepare', notice(form))
  return id
}

describe('a health field (S20)', () => {
  it('is refused without the text of strict necessity, then without a reviewer who found it so; with both it reaches the prison and nobody else', async () => {
    const id = await author.open('PR-04', { receiver: ['it.prison.security'], spoc: ['it.police.spoc'] })
    const health = { health: 'INSULIN twice a day', healthReason: 'vital', basisSpoc: 'Law on the police, Art 44/11' }
    expect(await refusal(author.take(id, 'prepare', notice(health)))).toContain('Directive (EU) 2016/680 Art 10')
    const strict = { ...health, healthNecessity: 'Dies WITHOUT it within days' }
    expect(await refusal(author.take(id, 'prepare', notice({ ...strict, noHealth: false })))).toContain('take them out')
    await author.take(id, 'prepare', notice(strict))
    expect(await refusal(author.take(id, 'send'))).toContain('Not possible in the state prepared')
    expect(await refusal(author.take(id, 'review', { ...PASS, healthReviewed: true }))).toContain('Another officer')
    expect(await refusal(jurist.take(id, 'review', PASS))).toContain('Directive (EU) 2016/680 Art 10')
    expect(await refusal(jurist.take(id, 'review', { ...PASS, healthReviewed: false }))).toContain('strictly necessary')
    await jurist.take(id, 'review', { ...PASS, healthReviewed: true, reviewNote: 'INNER-REVIEW' })
    const { reference } = await author.take(id, 'send')

    const theirs = await opera.arrived(reference)
    expect(theirs).toMatchObject({ state: 'sent', role: 'receiver', ownTurn: true })
    expect(theirs.values).toMatchObject({ health: strict.health, healthNecessity: strict.healthNecessity, healthReason: 'vital' })
    const copy = await police.arrived(reference)
    expect(copy.values).toMatchObject({ reference: theirs.values['reference'], plannedEvent: 'Transfer to Opera' })
    for (const word of ['INSULIN', 'WITHOUT it', 'vital']) expect(JSON.stringify(copy)).not.toContain(word)
    // The review stays in the service, each recipient sees its own legal basis.
    for (const seen of [theirs, copy]) for (const word of ['INNER-REVIEW', 'Jurist of']) expect(JSON.stringify(seen)).not.toContain(word)
    expect(JSON.stringify(theirs)).not.toContain('Art 44/11')
    expect(JSON.stringify(copy)).not.toContain('Law of 12 January')

    // The purpose has ended, and the health data with it, on both sides.
    await opera.take(theirs.case, 'ack')
    await author.arrived(reference, ({ state }) => state === 'acknowledged')
    await author.take(id, 'expire', { expiryReason: 'Released' })
    const ended = await opera.arrived(reference, ({ state }) => state === 'expired')
    for (const seen of [ended, await author.look(id)]) {
      expect(seen.purged).toEqual(['health', 'healthNecessity'])
      for (const word of ['INSULIN', 'WITHOUT it']) expect(JSON.stringify(seen)).not.toContain(word)
    }
  })
})

describe('the acknowledgement (S20)', () => {
  it('is demanded before the person arrives: 48 hours before, and what comes later is urgent with eight hours', async () => {
    const id = await reviewed({ plannedAt: inHours(40) })
    await jurist.take(id, 'review', PASS)
    expect(await refusal(author.take(id, 'send'))).toContain('less than 48 hours')
    const { reference } = await author.take(id, 'sendUrgent', { urgency: 'urgent', urgencyReasons: 'Moved forward.' })
    const theirs = await opera.arrived(reference)
    expect(theirs).toMatchObject({ state: 'sentUrgent', ownTurn: true })
    const sentAt = Date.parse((await author.look(id)).history.find(({ transition }) => transition === 'sendUrgent')?.at ?? '')
    expect(Date.parse(clockOf(theirs, 'ackUrgent')?.safe ?? '') - sentAt).toBe(8 * HOUR)
    expect(clockOf(theirs, 'ackUrgent')).toMatchObject({ kind: 'policy', basis: { act: 'Coalition policy', mark: 'D' } })
    await author.arrived(reference, ({ history }) => history.some(({ transition }) => transition === 'receive'))
    for (const [desk, own] of [
      [author, id],
      [opera, theirs.case],
    ] as const)
      expect(await refusal(desk.take(own, 'transferred'))).toContain('before the person arrives')
    await opera.take(theirs.case, 'ack')
    const known = await author.arrived(reference, ({ state }) => state === 'acknowledged')
    expect(clockOf(known, 'ackUrgent')?.state).toBe('met')
    expect(instants(known)).toEqual(instants(await opera.look(theirs.case)))
    await author.take(id, 'transferred')
    expect((await opera.arrived(reference, (seen) => seen.history.at(-1)?.transition === 'transferred')).state).toBe('acknowledged')
  })

  it('that does not come goes to the backup desk, which sees the notice only from then on and can give it', async () => {
    const plannedAt = inHours(5 * DAY)
    const id = await reviewed({ plannedAt })
    await jurist.take(id, 'review', PASS)
    const { reference } = await author.take(id, 'send')
    const theirs = await opera.arrived(reference)
    const due = new Date(Date.parse(plannedAt) - 48 * HOUR).toISOString()
    expect(clockOf(theirs, 'ackPlanned')).toMatchObject({ kind: 'policy', state: 'running', safe: due })
    expect(instants(theirs)).toEqual(instants(await author.look(id)))
    expect(await refusal(duty.look(theirs.case))).toContain('404')

    coalition.clock.advance(2 * DAY + 2)
    await coalition.sweep()
    expect((await opera.notices(theirs.case, 'clock')).map(({ clock }) => clock?.label)).toEqual([
      'Acknowledge 48 hours before the planned event',
    ])
    expect(await refusal(duty.look(theirs.case))).toContain('404')
    expect(await author.notices(id, 'clock')).toEqual([])

    coalition.clock.advance(DAY)
    await coalition.sweep()
    expect(clockOf(await author.look(id), 'ackPlanned')?.state).toBe('missed')
    expect(await author.notices(id, 'expired')).toMatchObject([{ clock: { kind: 'policy', due } }])
    expect(await opera.notices(theirs.case, 'expired')).toHaveLength(1)
    // The desk that stayed silent: its head, not its officers. And the backup desk.
    expect(await opera.notices(theirs.case, 'escalated')).toEqual([])
    expect(await head.notices(theirs.case, 'escalated')).toHaveLength(1)
    expect(await duty.notices(theirs.case, 'escalated')).toMatchObject([{ clock: { due } }])
    expect(await refusal(author.take(id, 'transferred'))).toContain('before the person arrives')

    expect(await duty.look(theirs.case)).toMatchObject({ state: 'sent', values: { plannedEvent: 'Transfer to Opera' } })
    await duty.take(theirs.case, 'ack')
    const known = await author.arrived(reference, ({ state }) => state === 'acknowledged')
    // Late stays late.
    expect(clockOf(known, 'ackPlanned')?.state).toBe('missed')
    expect(instants(known)).toEqual(instants(await opera.look(theirs.case)))
    expect((await opera.look(theirs.case)).history.find(({ transition }) => transition === 'ack')).toMatchObject({
      role: 'receiver',
      by: 'Officer of it.prison.duty',
    })
    await author.take(id, 'transferred')
    expect(await opera.arrived(reference, (seen) => seen.history.at(-1)?.transition === 'transferred')).toMatchObject({
      state: 'acknowledged',
    })
  })
})
