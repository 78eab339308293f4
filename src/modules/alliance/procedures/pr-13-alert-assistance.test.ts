/** PR-13.alert: asked for with what failed, one offer taken, delivered, and its effect measured by the alerts it came from. */
import { describe, expect, it } from 'vitest'
import { checkDefinition } from '#kernel/procedure/check-definition.ts'
import { askedFields } from '#kernel/procedure/form.ts'
import { pr01 } from '#modules/cargo/contract'
import { drive } from '../../procedures/catalogue/drive.fixture.ts'
import { alertAssistance } from './pr-13-alert-assistance.ts'

const formats = { unlocode: () => undefined }
const need = {
  port: 'ECGYE',
  alert: 'a-1',
  reason: 'capacity',
  means: ['scanner', 'staff'],
  needText: 'One scanner for two lanes of reefers.',
  neededUntil: '2027-06-30',
  alertsReceived: 40,
  alertsControlled: 22,
}
function accepted() {
  const run = drive(alertAssistance, { formats })
  run.take('requester', 'request', need)
  run.take('helper', 'offer', { offerText: 'A mobile scanner for three months', offerFrom: '2026-12-15' })
  run.take('requester', 'accept', { acceptedHelper: 'helper.org.desk', acceptedText: 'The scanner' }, { at: '2026-11-30T09:00:00Z' })
  return run
}

it('has no dead end, silent clock or field without audience', () => {
  expect(checkDefinition(alertAssistance)).toEqual([])
})

it('begins with what the alert says: its step copies into fields that are here and asked for first', () => {
  const [spawn] = pr01.transitions.find(({ id }) => id === 'askAssistance')?.effects ?? []
  expect(spawn).toMatchObject({ kind: 'spawn', procedure: alertAssistance.id })
  const asked = askedFields(alertAssistance, 'request', {}).map(({ field }) => field.id)
  expect(asked).toEqual(expect.arrayContaining(spawn?.kind === 'spawn' ? Object.keys(spawn.copy) : ['no draft']))
})

describe('the request', () => {
  it.each(['alert', 'reason', 'means', 'alertsReceived', 'alertsControlled', 'neededUntil'])('asks for %s', (field) => {
    const without = Object.fromEntries(Object.entries(need).filter(([id]) => id !== field))
    const answer = drive(alertAssistance, { formats }).take('requester', 'request', without)
    expect(answer.kind).not.toBe('move')
  })

  it('is for lack of means alone, and for helpers that are named', () => {
    const run = drive(alertAssistance, { formats })
    expect(run.take('requester', 'request', { ...need, reason: 'decidedOtherwise' })).toMatchObject({
      kind: 'fields',
      problems: [{ at: 'reason' }],
    })
    expect(drive(alertAssistance, { formats, absent: ['helper'] }).take('requester', 'request', need)).toMatchObject({ code: 'guard' })
    expect(run.take('requester', 'request', { ...need, neededUntil: '2026-10-01' })).toMatchObject({ code: 'guard' })
  })

  it('names the alert to no helper', () => {
    for (const id of ['alert', 'furtherAlerts'])
      expect(alertAssistance.fields.find((field) => field.id === id)?.audience).toEqual(['requester'])
  })
})

describe('the help', () => {
  it('goes from an offer to the delivery and to an effect that is measured within ninety days', () => {
    const run = accepted()
    expect(run.state()).toBe('accepted')
    expect(run.clocks().map(({ id, due }) => `${id} ${due.state}`)).toEqual(['choose met'])
    const delivery = { deliveredText: 'The scanner stands', deliveredAt: '2026-12-16T10:00:00Z' }
    expect(run.take('requester', 'deliver', delivery, { at: '2026-12-16T09:00:00Z' })).toMatchObject({ code: 'guard' })
    expect(run.take('requester', 'deliver', delivery, { at: '2026-12-17T09:00:00Z' })).toMatchObject({ to: 'delivered' })
    expect(run.clocks().at(-1)).toMatchObject({ id: 'verify', safe: expect.stringMatching(/^2027-03-1[67]/) })
    expect(run.take('requester', 'verify', { receivedAfter: 38, controlledAfter: 10, effect: 'worse' })).toMatchObject({
      problems: [{ at: 'note' }],
    })
    expect(run.take('requester', 'verify', { receivedAfter: 38, controlledAfter: 36, effect: 'better' })).toMatchObject({ to: 'verified' })
    expect(run.take('requester', 'reopen', { note: 'The scanner went back.' })).toMatchObject({ to: 'draft' })
  })

  it('is accepted from nobody before an offer was made, and sought again when the helper steps back', () => {
    const run = drive(alertAssistance, { formats })
    run.take('requester', 'request', need)
    expect(run.take('requester', 'accept', { acceptedHelper: 'helper.org.desk', acceptedText: 'Anything' })).toMatchObject({
      code: 'guard',
    })
    expect(run.take('helper', 'cannotOffer', {})).toMatchObject({ to: 'requested' })
    expect(accepted().take('deliverer', 'stepBack', { note: 'Needed at home.' })).toMatchObject({ to: 'requested' })
    expect(accepted().take('requester', 'withdraw', { note: 'Own scanner repaired.' })).toMatchObject({ to: 'withdrawn' })
  })
})
