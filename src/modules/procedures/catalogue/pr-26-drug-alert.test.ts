/** PR-26: a warning relayed within the day, the case behind it kept back, a public version without case data, links upstream by an analyst. */
import { describe, expect, it } from 'vitest'
import { decideTransition } from '#kernel/procedure/machine.ts'
import { drive } from './drive.fixture.ts'
import { fieldsFor, shipped } from './shipped.fixture.ts'

const definition = shipped('pr-26-drug-alert.yaml')
const finding = { substance: 'nitazene in tablets', risk: 'adulterant', foundOn: '2026-11-25', caseReference: 'OUR-CASE' }

function assessed() {
  const run = drive(definition)
  expect(run.take('reporter', 'assess', finding, { at: '2026-11-26T09:00:00Z' })).toMatchObject({ kind: 'move', to: 'assessed' })
  return run
}
function relayed() {
  const run = assessed()
  expect(run.take('reporter', 'relay', {}, { at: '2026-11-26T11:00:00Z' })).toMatchObject({ to: 'relayed' })
  return run
}

describe('the warning', () => {
  it('is relayed within twenty-four hours of the assessment, by policy', () => {
    expect(assessed().clocks()).toMatchObject([{ id: 'relay', kind: 'policy', safe: '2026-11-27T09:00:00.000Z' }])
    expect(relayed().clocks()).toMatchObject([{ due: { state: 'met' } }])
  })

  it('goes to somebody', () => {
    const attempt = { state: 'assessed', transition: 'relay', role: 'reporter', fields: {} }
    expect(decideTransition(definition, { ...attempt, facts: { 'party.recipient': false } })).toMatchObject({ code: 'guard' })
  })

  it('carries what Article 13(2) asks for, and the case behind it to nobody', () => {
    const points = definition.fields.flatMap(({ basis }) => (basis?.art.startsWith('Art 13(2)') === true ? [basis.art.slice(-2, -1)] : []))
    expect([...new Set(points)].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'])
    for (const role of ['recipient', 'focalPoint', 'analyst']) expect(fieldsFor(definition, role)).not.toContain('caseReference')
    expect(definition.fields.some(({ personal }) => personal === true)).toBe(false)
  })

  it('is acknowledged by each desk alone, updated, and withdrawn with a reason', () => {
    const run = relayed()
    expect(run.take('recipient', 'ack', { seenHere: 'Nothing yet.' })).toMatchObject({ to: 'relayed' })
    expect(definition.transitions.find(({ id }) => id === 'ack')?.told).toEqual(['reporter'])
    run.take('reporter', 'tellUpdate', { update: 'Second laboratory confirms.' })
    expect(run.take('reporter', 'withdraw')).toMatchObject({ problems: [{ at: 'reason' }] })
    expect(run.take('reporter', 'withdraw', { reason: 'Laboratory error.' })).toMatchObject({ to: 'withdrawn' })
    expect(run.take('reporter', 'reopen', { reason: 'New sample.' })).toMatchObject({ to: 'assessed' })
    expect(run.clocks().map(({ id, due }) => [id, due.state])).toEqual([
      ['relay', 'met'],
      ['relay#2', 'running'],
    ])
  })
})

it('closed without having been relayed leaves no verdict on the relay', () => {
  const run = assessed()
  expect(run.take('reporter', 'close')).toMatchObject({ to: 'closed' })
  expect(run.clocks('2027-06-01T00:00:00Z').map(({ id, due }) => [id, due.state])).toEqual([['relay', 'stopped']])
})

describe('the Agency', () => {
  it('is notified by the national focal point, whose time runs from its receipt and is policy: the text says "immediately"', () => {
    const run = relayed()
    run.take(null, 'arrive', {}, { at: '2026-11-26T11:05:00Z' })
    expect(run.clocks()[1]).toMatchObject({ id: 'agency', kind: 'policy', safe: '2026-11-27T11:05:00.000Z' })
    const notified = { agencyNotifiedAt: '2026-11-26T13:00:00Z', agencyReference: 'EDAS-9' }
    expect(run.take('reporter', 'notifyAgency', notified)).toMatchObject({ code: 'role' })
    expect(run.take('focalPoint', 'notifyAgency', notified, { at: '2026-11-26T12:00:00Z' })).toMatchObject({ code: 'guard' })
    expect(run.take('focalPoint', 'notifyAgency', notified, { at: '2026-11-26T13:10:00Z' })).toMatchObject({ kind: 'move' })
    expect(run.clocks()[1]?.due.state).toBe('met')
  })
})

describe('the public version', () => {
  const text = { publicText: 'Strong opioid in tablets.' }

  it('is approved when it holds no case data, and not otherwise', () => {
    const run = relayed()
    expect(run.take('reporter', 'approvePublic', { ...text, noCaseData: false })).toMatchObject({ code: 'guard' })
    expect(run.take('reporter', 'approvePublic', text)).toMatchObject({ code: 'guard' })
    expect(run.take('reporter', 'approvePublic', { ...text, noCaseData: true })).toMatchObject({ to: 'public' })
    expect(run.take('reporter', 'close')).toMatchObject({ to: 'closed' })
  })

  it('is left out only with a reason', () => {
    const run = relayed()
    expect(run.take('reporter', 'keepInternal')).toMatchObject({ problems: [{ at: 'notPublicReason' }] })
    expect(run.take('reporter', 'keepInternal', { notPublicReason: 'Would warn the producer.' })).toMatchObject({ to: 'notPublic' })
  })
})

describe('links upstream', () => {
  const links = [{ kind: 'sameBatch', reference: 'BE-2026-77', because: 'Same logo and impurities.' }]

  it('are the work of the analyst, who is asked for them', () => {
    const run = relayed()
    expect(run.take('reporter', 'linkUpstream', { links })).toMatchObject({ code: 'role' })
    expect(run.take('reporter', 'askAnalyst')).toMatchObject({ to: 'relayed', effects: [{ kind: 'send', roles: ['analyst'] }] })
    expect(run.take('analyst', 'linkUpstream', { links })).toMatchObject({ to: 'linkedUpstream' })
    expect(run.take('reporter', 'approvePublic', { publicText: 'x', noCaseData: true })).toMatchObject({ to: 'public' })
  })

  it('are for reporter and analyst alone', () => {
    expect(definition.fields.find(({ id }) => id === 'links')?.audience).toEqual(['reporter', 'analyst'])
  })
})
