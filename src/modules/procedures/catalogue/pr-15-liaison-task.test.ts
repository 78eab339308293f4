/** PR-15: a task for the liaison officer of another state, only under an agreement that is recorded; offered, answered in two working days, reported. */
import { describe, expect, it } from 'vitest'
import { drive } from './drive.fixture.ts'
import { fieldsFor, shipped } from './shipped.fixture.ts'

const definition = shipped('pr-15-liaison-task.yaml')
const task = {
  subject: 'Port visit in Quito',
  requestingState: 'BE',
  hostState: 'EC',
  taskType: 'portVisit',
  purpose: 'Prepare a cooperation on seals.',
  taskText: 'See the seal store.',
  deadline: '2027-02-01T12:00:00Z',
  passToHost: false,
  safety: 'None known.',
}
const agreed = { agreementKind: 'standing', agreement: 'BE-ES 2024/3', agreementState: 'ES', nextLiaison: 'es.police.quito' }
const liaison = { country: 'ES', calendar: 'ES', zone: 'America/Guayaquil', kind: 'liaison-office' }
const report = { report: 'Seen.', partial: false, reliability: 'A', accuracy: '1' }

function requested(changed: Readonly<Record<string, unknown>> = {}) {
  const run = drive(definition, { parties: { liaison } })
  const decision = run.take('requester', 'submit', { ...task, ...changed }, { at: '2026-12-03T09:00:00Z' })
  return { run, decision }
}
function offered() {
  const { run } = requested()
  expect(run.take('requester', 'match', agreed)).toMatchObject({ kind: 'move', to: 'matched' })
  expect(run.take('requester', 'offer')).toMatchObject({ kind: 'move', to: 'offered' })
  run.take(null, 'arrive', {}, { at: '2026-12-03T15:00:00Z' })
  return run
}

describe('the agreement', () => {
  it('is recorded before any desk is asked', () => {
    const { run } = requested()
    expect(run.take('requester', 'offer')).toMatchObject({ code: 'state' })
    expect(run.take('requester', 'match', { nextLiaison: 'es.police.quito' })).toMatchObject({
      code: 'guard',
      because: expect.stringContaining('No agreement'),
      basis: { celex: '32003D0170', art: 'Art 4(3) and Art 5(3)' },
    })
    expect(run.take('requester', 'match', agreed)).toMatchObject({ to: 'matched' })
  })

  it('may be the consent to a single request', () => {
    const { run } = requested()
    expect(run.take('requester', 'match', { ...agreed, agreementKind: 'single', agreement: 'Letter of 2 December' })).toMatchObject({
      to: 'matched',
    })
  })

  it('is one of the state that posted the officer', () => {
    const { run } = requested()
    run.take('requester', 'match', { ...agreed, agreementState: 'FR' })
    expect(run.take('requester', 'offer')).toMatchObject({ code: 'guard', because: expect.stringContaining('another state') })
  })

  it('is still in force, and not one with oneself', () => {
    const { run } = requested()
    expect(run.take('requester', 'match', { ...agreed, agreementUntil: '2026-11-30' })).toMatchObject({
      code: 'guard',
      because: 'The agreement has ended.',
    })
    expect(run.take('requester', 'match', { ...agreed, agreementState: 'BE' })).toMatchObject({ code: 'guard' })
    expect(run.take('requester', 'match', { ...agreed, agreementUntil: '2027-06-30' })).toMatchObject({ to: 'matched' })
  })
})

describe('personal data for the host state', () => {
  const persons = [{ name: 'Anna Example' }]
  it('pass on only with an authorisation of the transfer', () => {
    expect(requested({ passToHost: true, persons }).decision).toMatchObject({ code: 'guard', basis: { art: 'Art 35' } })
    expect(requested({ passToHost: true, persons, transfer: 'PR-24 / 12' }).decision).toMatchObject({ to: 'requested' })
    expect(requested({ passToHost: true }).decision).toMatchObject({ to: 'requested' })
    expect(requested({ persons }).decision).toMatchObject({ to: 'requested' })
  })
})

describe('the answer', () => {
  it('is due two working days after receipt, in the calendar of the officer', () => {
    const run = offered()
    // Received Thursday 3 December; Monday 7 and Tuesday 8 December (Immaculate Conception) 2026: only Tuesday is off in Spain.
    expect(run.clocks()).toMatchObject([{ id: 'accept', kind: 'policy', safe: '2026-12-08T05:00:00.000Z' }])
    expect(run.take('liaison', 'accept', {}, { at: '2026-12-04T15:00:00Z' })).toMatchObject({ to: 'inProgress' })
    expect(run.clocks()).toMatchObject([{ due: { state: 'met' } }, { id: 'task', safe: '2027-02-01T12:00:00.000Z' }])
  })

  it('that does not come leaves the task to be offered elsewhere; a late yes still counts', () => {
    const run = offered()
    expect(run.take(null, 'noAnswer', {}, { at: '2026-12-08T05:00:01Z' })).toMatchObject({ to: 'unanswered' })
    expect(run.take('requester', 'match', { ...agreed, nextLiaison: 'es.police.bogota' })).toMatchObject({ to: 'matched' })
    run.take('requester', 'offer')
    run.take(null, 'arrive', {}, { at: '2026-12-09T15:00:00Z' })
    expect(run.clocks().map(({ id, due }) => [id, due.state])).toEqual([
      ['accept', 'missed'],
      ['accept#2', 'running'],
    ])
    run.take(null, 'noAnswer', {}, { at: '2026-12-12T05:00:00Z' })
    expect(run.take('liaison', 'accept')).toMatchObject({ to: 'inProgress' })
  })

  it('need not be waited for: the offer can be taken back', () => {
    const run = offered()
    expect(run.take('requester', 'takeBack', { note: 'The visit is cancelled.' })).toMatchObject({ to: 'requested' })
    expect(run.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state)).toEqual(['stopped'])
  })

  it('may be no, with a ground and reasons, and then another desk is asked or the gap is recorded', () => {
    const run = offered()
    expect(run.take('liaison', 'decline', { ground: 'ownDuties' })).toMatchObject({ problems: [{ at: 'reasons' }] })
    expect(run.take('postingState', 'decline', { ground: 'nationalLaw', reasons: 'Covered by Art 10.' })).toMatchObject({ to: 'declined' })
    expect(run.take('requester', 'declareGap', { note: 'No other post in Quito.' })).toMatchObject({ to: 'gap' })
    expect(run.take('requester', 'reopen', { note: 'New post.', deadline: '2027-05-01T12:00:00Z' })).toMatchObject({ to: 'requested' })
    expect(run.clocks().at(-1)).toMatchObject({ id: 'takeUp', kind: 'policy', due: { state: 'running' } })
    run.take('requester', 'withdraw', { note: 'Solved.' })
    expect(run.clocks('2028-01-01T00:00:00Z').at(-1)?.due.state).toBe('stopped')
  })
})

describe('the work', () => {
  it('waits while a question is open, is reported, and the officer hears what came of it', () => {
    const run = offered()
    run.take('liaison', 'accept', {}, { at: '2026-12-04T15:00:00Z' })
    run.take('liaison', 'requestInfo', { question: 'Which store?' })
    expect(run.clocks().at(-1)?.due.state).toBe('suspended')
    expect(run.take('requester', 'provideInfo', { answer: 'Both.' }, { at: '2026-12-05T15:00:00Z' })).toMatchObject({ to: 'inProgress' })
    expect(run.take('liaison', 'report', report)).toMatchObject({ to: 'reported' })
    expect(run.take('requester', 'returnReport', { returned: 'Photos', deadline: '2027-03-01T12:00:00Z' })).toMatchObject({
      to: 'inProgress',
    })
    expect(run.clocks().at(-1)).toMatchObject({ id: 'task#2', safe: '2027-03-01T12:00:00.000Z' })
    run.take('liaison', 'report', report)
    run.take('requester', 'acceptReport')
    expect(run.take('requester', 'close')).toMatchObject({ problems: [{ at: 'used' }] })
    expect(run.take('requester', 'close', { used: 'A port programme.' })).toMatchObject({ to: 'closed' })
  })

  it('can be given back with a ground', () => {
    const run = offered()
    run.take('liaison', 'accept')
    expect(run.take('liaison', 'giveBack', { ground: 'safety', reasons: 'Threat.' })).toMatchObject({ to: 'declined' })
  })
})

it('keeps the case at home with the state that asks, and the content from the contact point of the posting state', () => {
  expect(fieldsFor(definition, 'liaison')).not.toContain('caseReference')
  const seen = definition.fields.filter(({ audience, personal }) => personal === true && audience.includes('postingState'))
  expect(seen).toEqual([])
})

it('can be matched again, told about, and withdrawn with a reason', () => {
  const { run } = requested()
  run.take('requester', 'match', agreed)
  expect(run.take('requester', 'matchAgain')).toMatchObject({ to: 'requested' })
  const going = offered()
  going.take('liaison', 'accept')
  expect(going.take('liaison', 'tellProgress', { progress: 'Appointment made.' })).toMatchObject({ to: 'inProgress' })
  expect(going.take('requester', 'withdraw')).toMatchObject({ problems: [{ at: 'note' }] })
  expect(going.take('requester', 'withdraw', { note: 'Not needed.' })).toMatchObject({ to: 'withdrawn' })
  expect(going.clocks().some(({ due }) => due.state === 'running')).toBe(false)
})
