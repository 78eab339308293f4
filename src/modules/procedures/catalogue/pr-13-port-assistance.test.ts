/** PR-13: a need with its baseline, one offer taken, delivered, and its effect measured twice. */
import { describe, expect, it } from 'vitest'
import { decideTransition } from '#kernel/procedure/machine.ts'
import { isFor } from '../server/parties.ts'
import { drive } from './drive.fixture.ts'
import { fieldsFor, shipped } from './shipped.fixture.ts'

const definition = shipped('pr-13-port-assistance.yaml')
const formats = { unlocode: () => undefined }
const request = {
  facilityName: 'Terminal Contecon',
  unlocode: 'ECGYE',
  hostCountry: 'EC',
  needs: ['accessControl', 'training'],
  needText: 'Gate control of lorries and drivers.',
  findingItems: ['A/16.3.2'],
  findingReferences: 'Finding 3 of the evaluation',
  funding: 'toBeFound',
  metric: 'Share of gate passages with a checked identity',
  baselineValue: 41,
  baselineOn: '2026-10-01',
  doNoHarm: 'No face recognition; workers are heard.',
}
const verification = { inUse: true, evidence: 'Gate log of May' }

function requested() {
  const run = drive(definition, { formats })
  expect(run.take('requester', 'submit', request, { at: '2026-11-26T09:00:00Z' })).toMatchObject({ kind: 'move', to: 'requested' })
  run.take(null, 'arrive')
  return run
}
function accepted() {
  const run = requested()
  run.take('assessor', 'assess', { otherAssistance: 'None found.', eligible: true, assessment: 'Sound.' }, { at: '2026-12-10T09:00:00Z' })
  run.take('assessor', 'circulate')
  run.take('donor', 'offer', { offerText: 'Two gates', offerValue: 90_000, offerFrom: '2027-02-01' })
  expect(run.take('donor', 'offer', { offerText: 'Three gates', offerValue: 120_000, offerFrom: '2027-03-01' })).toMatchObject({
    to: 'circulated',
  })
  expect(run.take('assessor', 'presentOffers', { offers: [] })).toMatchObject({ code: 'guard' })
  const offers = [
    { donor: 'Spain', what: 'Two gates', value: 90_000, from: '2027-02-01' },
    { donor: 'Netherlands', what: 'Three gates', value: 120_000, from: '2027-03-01' },
  ]
  expect(run.take('assessor', 'presentOffers', { offers })).toMatchObject({ to: 'offered' })
  const accept = { acceptedDonor: 'donor.org.desk', acceptedText: 'Three gates', fundingSource: 'Programme X' }
  expect(run.take('requester', 'accept', accept)).toMatchObject({ kind: 'move', to: 'accepted' })
  return run
}

describe('the request', () => {
  it.each(['metric', 'baselineValue', 'baselineOn', 'findingReferences', 'funding', 'doNoHarm', 'needs'])('asks for %s', (field) => {
    const without = Object.fromEntries(Object.entries(request).filter(([id]) => id !== field))
    const answer = drive(definition, { formats }).take('requester', 'submit', without)
    expect(answer.kind === 'fields' ? answer.problems.map(({ at }) => at) : [answer.kind === 'refused' ? 'baselineOn' : '']).toEqual([
      field,
    ])
  })

  it('is assessed within thirty calendar days, and a clarification stops the counting', () => {
    const run = requested()
    expect(run.clocks()).toMatchObject([{ id: 'assess', kind: 'policy', safe: '2026-12-26T23:00:00.000Z' }])
    run.take('assessor', 'requestInfo', { question: 'Which gate?' }, { at: '2026-12-01T09:00:00Z' })
    expect(run.clocks()[0]?.due.state).toBe('suspended')
    expect(run.take('requester', 'provideInfo', { answer: 'Gate 2.' }, { at: '2026-12-03T09:00:00Z' })).toMatchObject({ to: 'requested' })
    expect(run.clocks()[0]).toMatchObject({ safe: '2026-12-28T23:00:00.000Z', due: { state: 'running' } })
  })

  it('is declined as a duplicate only with what it duplicates, as not eligible only with the rule', () => {
    const run = requested()
    expect(run.take('assessor', 'decline', { ground: 'duplicate', reasons: 'Same gates.' })).toMatchObject({
      problems: [{ at: 'duplicateOf' }],
    })
    expect(run.take('assessor', 'decline', { ground: 'notEligible', reasons: 'No.' })).toMatchObject({ problems: [{ at: 'rule' }] })
    expect(run.take('assessor', 'decline', { ground: 'duplicate', reasons: 'Same gates.', duplicateOf: 'PR-13 of May' })).toMatchObject({
      to: 'declined',
    })
    expect(run.clocks()[0]?.due.state).toBe('met')
    expect(run.take('requester', 'reopen', { note: 'Other gates.' })).toMatchObject({ to: 'requested' })
    expect(run.clocks().map(({ id }) => id)).toEqual(['assess', 'assess#2'])
    run.take('requester', 'withdraw', { ground: 'hostWithdrew', reasons: 'Budget.' })
    expect(run.clocks('2028-01-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['met', 'stopped'])
    for (const role of ['donor', 'deliverer']) expect(isFor(definition, 'reasons', [role])).toBe(false)
    for (const role of ['requester', 'assessor']) expect(isFor(definition, 'reasons', [role])).toBe(true)
  })

  it('is not assessed as fit for help when it is not eligible', () => {
    const run = requested()
    const assessment = { otherAssistance: 'None.', eligible: false, assessment: 'Private car park.' }
    expect(run.take('assessor', 'assess', assessment)).toMatchObject({ code: 'guard', because: expect.stringContaining('declined') })
  })

  it('is not circulated to nobody', () => {
    const attempt = { state: 'assessed', transition: 'circulate', role: 'assessor', fields: {} }
    expect(decideTransition(definition, { ...attempt, facts: { 'party.donor': false } })).toMatchObject({ code: 'guard' })
    expect(decideTransition(definition, { ...attempt, facts: { 'party.donor': true } })).toMatchObject({ to: 'circulated' })
  })
})

describe('the help', () => {
  it('is delivered and its effect verified after 180 days and after twelve months', () => {
    const run = accepted()
    run.take('deliverer', 'schedule', { deliverOn: '2027-03-01', upkeep: 'Host, from year two' })
    const delivery = { deliveredText: 'Three gates', deliveredAt: '2027-03-01T10:00:00Z' }
    expect(run.take('requester', 'deliver', delivery, { at: '2027-03-01T09:00:00Z' })).toMatchObject({ code: 'guard' })
    expect(run.take('requester', 'deliver', delivery, { at: '2027-03-03T09:00:00Z' })).toMatchObject({ to: 'delivered' })
    expect(run.clocks().filter(({ id }) => id.startsWith('verify'))).toMatchObject([
      { id: 'verifySix', safe: '2027-08-28T22:00:00.000Z' },
      { id: 'verifyTwelve', safe: '2028-03-01T23:00:00.000Z' },
    ])
    expect(
      run.take('assessor', 'verify', { ...verification, valueSix: 78, effectSix: 'better' }, { at: '2027-08-20T09:00:00Z' }),
    ).toMatchObject({ to: 'verified' })
    expect(
      run.take('assessor', 'verifyAgain', { ...verification, valueTwelve: 75, effectTwelve: 'better' }, { at: '2028-02-20T09:00:00Z' }),
    ).toMatchObject({
      to: 'verifiedTwice',
    })
    expect(run.take('requester', 'close')).toMatchObject({ to: 'closed' })
    expect(run.clocks().map(({ due }) => due.state)).toEqual(['met', 'met', 'met'])
    expect(run.take('requester', 'verifyAnew', { note: 'The gates stand open.' })).toMatchObject({ to: 'delivered' })
    expect(run.clocks().at(-1)).toMatchObject({ id: 'verifySix#2', kind: 'policy', due: { state: 'running' } })
  })

  it('closes without the second verification only with a reason', () => {
    const run = accepted()
    run.take('deliverer', 'schedule', { deliverOn: '2027-03-01', upkeep: 'Host' })
    run.take('requester', 'deliver', { deliveredText: 'Gates', deliveredAt: '2027-03-01T10:00:00Z' }, { at: '2027-03-03T09:00:00Z' })
    expect(run.take('assessor', 'closeEarly')).toMatchObject({ problems: [{ at: 'note' }] })
    expect(run.take('assessor', 'closeEarly', { note: 'The facility closed.' })).toMatchObject({ to: 'closed' })
    expect(run.clocks().some(({ due }) => due.state === 'running')).toBe(false)
  })

  it('goes back to be offered again when the donor steps back', () => {
    const run = accepted()
    expect(run.take('deliverer', 'donorStepsBack', { note: 'Budget cut.' })).toMatchObject({ to: 'assessed' })
  })

  it('is the host’s to withdraw, with a reason, until it is delivered', () => {
    expect(accepted().take('requester', 'withdraw', { ground: 'hostWithdrew', reasons: 'Own budget found.' })).toMatchObject({
      to: 'withdrawn',
    })
  })
})

it('tells donors the need and not the findings behind it', () => {
  expect(fieldsFor(definition, 'donor')).not.toContain('findingReferences')
  expect(fieldsFor(definition, 'donor')).not.toContain('evaluation')
  expect(fieldsFor(definition, 'donor')).not.toContain('offers')
  expect(definition.fields.some(({ personal }) => personal === true)).toBe(false)
})

describe('side paths', () => {
  it('lets the assessor acknowledge, a donor have no offer, and the host take none of the offers', () => {
    const run = requested()
    expect(run.take('assessor', 'ack')).toMatchObject({ to: 'requested' })
    run.take('assessor', 'assess', { otherAssistance: 'None found.', eligible: true, assessment: 'Sound.' })
    run.take('assessor', 'circulate')
    expect(run.take('donor', 'cannotOffer', { note: 'No budget.' })).toMatchObject({ to: 'circulated' })
    run.take('assessor', 'presentOffers', { offers: [{ donor: 'Spain', what: 'One gate', value: 1, from: '2027-02-01' }] })
    expect(run.take('requester', 'turnDown')).toMatchObject({ problems: [{ at: 'note' }] })
    expect(run.take('requester', 'turnDown', { note: 'Too small.' })).toMatchObject({ to: 'circulated' })
  })

  it('moves the case by no desk of which there may be several', () => {
    expect(definition.transitions.filter(({ by, to }) => by?.includes('donor') === true && to !== '@stay')).toEqual([])
  })
})
