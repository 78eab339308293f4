import { describe, expect, it } from 'vitest'
import { factsOfCase, factsOfValue } from './facts.ts'
import { baseOf, foldCase, type TakenStep } from './fold.ts'
import { PROCEDURE, party } from './procedure.fixture.ts'

const NOW = Date.parse('2026-11-26T09:00:00Z')
const HOUR = 3_600_000

describe('facts of a value', () => {
  it.each([
    ['a text', 'ship', { x: 'ship' }],
    ['a number', 3, { x: 3 }],
    ['no', false, { x: false }],
    ['codes', ['a', 'b'], { x: ['a', 'b'], 'x.count': 2 }],
    ['an instant', new Date(NOW + 36 * HOUR).toISOString(), { 'x.inHours': 36, 'x.inDays': 1.5 }],
    ['a past instant', new Date(NOW - 2 * HOUR).toISOString(), { 'x.inHours': -2 }],
    ['a date', '2026-11-27', { 'x.inHours': 15 }],
    ['a text that only looks like a date', '2026-13-45', { x: '2026-13-45' }],
  ])('%s', (_what, value, expected) => {
    expect(factsOfValue('x', value, NOW)).toMatchObject(expected)
  })

  it('of a list says how many entries it has, and that there are some', () => {
    const found = factsOfValue('x', [{ name: 'a' }, { name: 'b' }], NOW)
    expect(found['x.count']).toBe(2)
    expect(found['x']).toHaveLength(2)
    expect(JSON.stringify(found)).not.toContain('name')
  })

  it.each([undefined, null, ''])('of one that was cleared (%s) hides the value stored before and all that followed from it', (cleared) => {
    const stored = { ...factsOfValue('x', ['a'], NOW), ...factsOfValue('x', '2026-11-27', NOW) }
    const known = Object.entries({ ...stored, ...factsOfValue('x', cleared, NOW) }).filter(([, value]) => value !== undefined)
    expect(known).toEqual([])
  })
})

describe('facts of a case', () => {
  const parties = {
    asker: [party('asker', { country: 'ES', kind: 'spoc' })],
    answerer: [party('answerer'), party('second', { country: 'NL' })],
    partner: [],
  }
  const steps: readonly TakenStep[] = [
    { id: 'a', order: 1, at: NOW, transition: 'open', role: 'asker', officer: 'one', fields: { subject: 'ship' } },
    { id: 'b', order: 2, at: NOW, transition: 'extend', role: 'answerer', officer: 'two', fields: { days: 4 } },
    { id: 'c', order: 3, at: NOW, transition: 'reply', role: 'asker', officer: 'two', fields: { reply: 'void' } },
  ]
  const fold = foldCase(() => PROCEDURE, baseOf(PROCEDURE, parties), steps)
  const facts = factsOfCase(fold, { subject: 'boat' }, { now: NOW, actor: { officer: 'two', isSupervisor: true } })

  it('are its state, its values with those of the form over them, and what was done', () => {
    expect(facts).toMatchObject({ state: 'open', subject: 'boat', days: 4, 'done.open': true, 'done.extend': true })
  })
  it('say who takes part: whether anybody, and the first desk', () => {
    expect(facts).toMatchObject({
      'party.asker': true,
      'party.asker.country': 'ES',
      'party.asker.kind': 'spoc',
      'party.answerer.country': 'BE',
      'party.partner': false,
    })
    expect(facts).not.toHaveProperty(['party.partner.country'])
  })
  it('say what this officer did, and not what has no effect', () => {
    expect(facts).toMatchObject({ 'took.extend': true, 'actor.isSupervisor': true })
    expect(facts).not.toHaveProperty(['took.open'])
    expect(facts).not.toHaveProperty(['took.reply'])
    expect(facts).not.toHaveProperty(['done.reply'])
    expect(facts).not.toHaveProperty('reply')
  })
  it('say by how much a clock was extended', () => {
    expect(facts['clock.answer.extended']).toBe(4)
  })
  it('say nothing of an actor where the system acts', () => {
    expect(Object.keys(factsOfCase(fold, {}, { now: NOW })).filter((name) => /^(?:took|actor)/.test(name))).toEqual([])
  })
})
