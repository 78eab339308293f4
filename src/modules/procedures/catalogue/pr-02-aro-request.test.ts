/** PR-02.aro: the limits run as policy, an urgent request for register data on 8 hours, a postponement within its bounds. */
import { describe, expect, it } from 'vitest'
import { drive, shipped, whyNot } from './drive.fixture.ts'

const definition = shipped('pr-02-aro-request')
const request = {
  reference: 'ARO-5',
  object: 'Accounts and real estate',
  relevance: 'Proceeds went through a notary there',
  proceedings: 'investigation',
  offence: 'laundering',
  link: 'Company registered there',
  registers: ['accounts', 'real-estate'],
  entities: [{ name: 'Example SL' }],
  urgency: 'none',
}
const urgent = { ...request, urgency: 'urgent', urgencyReasons: 'Sale on Monday' }
const answer = { answer: 'Two accounts', kindOfStatement: 'fact', asOf: '2026-11-26' }
const between = () =>
  drive(definition, { absent: ['competent'], parties: { requested: { country: 'ES', zone: 'Europe/Madrid', calendar: 'ES' } } })

function received(form: Readonly<Record<string, unknown>> = request) {
  const one = between()
  expect(whyNot(one.take('requester', 'send', form, { at: '2026-11-27T22:30:00Z' }))).toBe('')
  one.take(null, one.state() === 'sentUrgent' ? 'receiveUrgent' : 'receive')
  return one
}
const clock = (one: ReturnType<typeof between>, id: string) => one.clocks().find((each) => each.id === id)

it('no limit of the Directive is shown as law while its text is not verified', () => {
  for (const each of definition.clocks) expect(each).toMatchObject({ kind: 'policy', regime: 'policy' })
  expect(definition.clocks.find(({ id }) => id === 'answerOther')?.basis.mark).toBe('M')
})

describe('request', () => {
  it('goes to an office of another state and names property, persons or companies', () => {
    const same = drive(definition)
    expect(whyNot(same.take('requester', 'send', request))).toContain('same state')
    expect(whyNot(between().take('requester', 'send', { ...request, entities: [] }))).toContain('as precisely as possible')
    expect(whyNot(between().take('requester', 'send', { ...request, urgency: 'urgent' }))).toBe('urgencyReasons field.missing')
  })
  it('runs 7 days, or 8 hours and 3 days when urgent, from receipt', () => {
    expect(clock(received(), 'answerOther')?.safe).toBe('2026-12-04T23:00:00.000Z')
    const one = received(urgent)
    expect(clock(one, 'answerUrgentDirect')?.safe).toBe('2026-11-28T06:30:00.000Z')
    expect(clock(one, 'answerUrgentIndirect')?.safe).toBe('2026-11-30T23:00:00.000Z')
  })
  it('for anything but the registers is not directly accessible', () => {
    const looked = { crossCheckLooked: true }
    expect(whyNot(received({ ...urgent, registers: ['accounts', 'none'] }).take('requested', 'triageDirect', looked))).toContain('Art 6(2)')
    expect(received(urgent).take('requested', 'triageDirect', looked).kind).toBe('move')
    expect(whyNot(received(urgent).take('requested', 'triageDirect', { crossCheckLooked: false }))).toContain('Look first')
  })
})

describe('answer', () => {
  it('can be postponed with reasons, an urgent one by three days at most', () => {
    const one = received()
    one.take('requested', 'triage', { crossCheckLooked: true })
    const reasons = { postponedReasons: 'Forty accounts' }
    expect(whyNot(one.take('requested', 'postponeUrgent', { postponedDays: 1, ...reasons }))).toContain('other step')
    one.take('requested', 'postpone', { postponedDays: 7, ...reasons })
    expect(clock(one, 'answerOther')?.safe).toBe('2026-12-11T23:00:00.000Z')
    expect(one.take('requested', 'postpone', { postponedDays: 1, ...reasons }).kind).toBe('refused')
    const quick = received(urgent)
    quick.take('requested', 'triageIndirect', { crossCheckLooked: true })
    expect(whyNot(quick.take('requested', 'postpone', { postponedDays: 1, ...reasons }))).toContain('at most three days')
    expect(quick.take('requested', 'postponeUrgent', { postponedDays: 4, ...reasons }).kind).toBe('refused')
    quick.take('requested', 'postponeUrgent', { postponedDays: 3, ...reasons })
    expect(clock(quick, 'answerUrgentIndirect')?.safe).toBe('2026-12-03T23:00:00.000Z')
  })
  it('a clarification suspends; provided, it can lead to a freezing order and closes with its outcome', () => {
    const one = received()
    one.take('requested', 'triage', { crossCheckLooked: true })
    one.take('requested', 'requestInfo', { question: 'Which company?' }, { at: '2026-11-28T09:00:00Z' })
    one.take('requester', 'provideInfo', { clarificationText: 'The second' }, { at: '2026-11-29T09:00:00Z' })
    expect(clock(one, 'answerOther')?.due.suspendedMs).toBe(24 * 3_600_000)
    expect(whyNot(one.take('requested', 'provide', { answer: 'x' }))).toBe('kindOfStatement field.missing, asOf field.missing')
    one.take('requested', 'provide', answer)
    expect(clock(one, 'answerOther')?.due.state).toBe('met')
    expect(one.take('requester', 'freeze').kind).toBe('move')
    expect(whyNot(one.take('requester', 'close'))).toBe('outcome field.missing')
    one.take('requester', 'close', { outcome: 'frozen' })
    expect(one.state()).toBe('closed')
  })
  it('is refused with a ground and reasons, given in part, taken up again, withdrawn', () => {
    const one = received()
    expect(whyNot(one.take('requested', 'refuse', { ground: 'disproportionate' }))).toBe('reasons field.missing')
    one.take('requested', 'refuse', { ground: 'disproportionate', reasons: 'Ten years of statements' })
    one.take('requester', 'reopen', { reopenReason: 'Only 2026' })
    expect(clock(one, 'followUp')?.due.state).toBe('running')
    one.take('requested', 'partial', { ...answer, ground: 'ongoing-investigation', reasons: 'Own case' })
    one.take('requested', 'supplement', answer)
    expect(one.state()).toBe('provided')
    one.take('requester', 'close', { outcome: 'used' })
    one.take('requester', 'reopen', { reopenReason: 'Second company' })
    expect(clock(one, 'followUp#2')?.due.state).toBe('running')
    const gone = received()
    gone.take('requester', 'withdraw', { withdrawReason: 'Found' })
    expect(gone.state()).toBe('withdrawn')
    expect(gone.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state)).not.toContain('met')
    expect(gone.clocks('2027-06-01T00:00:00Z').map(({ due }) => due.state)).not.toContain('missed')
  })
})
