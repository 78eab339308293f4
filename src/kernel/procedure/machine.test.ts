import { describe, expect, it } from 'vitest'
import { type Attempt, decideTransition, leastAdvanced, offeredTransitions, openTransitions } from './machine.ts'
import { law, PROCEDURE } from './procedure.fixture.ts'

const facts = { 'party.answerer': true }
const attempt = (transition: string, more: Partial<Attempt> = {}) =>
  decideTransition(PROCEDURE, { state: 'open', before: ['draft'], transition, role: 'answerer', facts, fields: {}, ...more })

describe('a step is refused with what stands against it', () => {
  it.each([
    ['a step that does not exist', attempt('fly'), 'unknown'],
    ['a step of another state', attempt('reply', { role: 'asker' }), 'state'],
    ['a step of another role', attempt('withdraw'), 'role'],
    ['a step of persons, tried by the system', attempt('answer', { role: null }), 'role'],
    ['a step of the system, tried by a person', attempt('lapse'), 'role'],
  ])('%s', (_what, decision, code) => {
    expect(decision).toMatchObject({ kind: 'refused', code })
    expect('because' in decision && decision.because).not.toBe('')
  })

  it('names the sentence and the article of a guard, which goes before what is wrong with the form', () => {
    expect(attempt('answer', { facts: { subject: 'nothing' } })).toEqual({
      kind: 'refused',
      code: 'guard',
      because: 'There is nothing to answer.',
      basis: law,
    })
  })

  it('lets a guard that is not known to hold stop the step', () => {
    expect(attempt('answer', { facts: {}, fields: { verdict: 'yes' } })).toMatchObject({ kind: 'refused', code: 'guard' })
  })

  it('sends a case to nobody: the role it goes to must be filled', () => {
    const open = (known: Attempt['facts']) => attempt('open', { state: 'draft', role: 'asker', facts: known, fields: { subject: 'ship' } })
    expect(open({})).toMatchObject({ kind: 'refused', code: 'guard', because: 'Nobody fills the role it is sent to: Answerer.' })
    expect(open(facts)).toMatchObject({ kind: 'move', to: 'open' })
  })

  it('extends by no more than is left, and says of which text', () => {
    const extended = (before: number, days: number) =>
      attempt('extend', { facts: { ...facts, 'clock.answer.extended': before }, fields: { days } })
    expect(extended(0, 10)).toMatchObject({ kind: 'move' })
    expect(extended(4, 7)).toMatchObject({ kind: 'refused', code: 'guard', basis: law })
  })

  it('goes back only where there is something to go back to', () => {
    const reply = (before: readonly string[]) => attempt('reply', { state: 'asked', role: 'asker', before, fields: { reply: 'a' } })
    expect(reply(['draft', 'open'])).toMatchObject({ kind: 'move', to: 'open' })
    expect(reply([])).toMatchObject({ kind: 'refused', code: 'state' })
  })
})

describe('the form of a step', () => {
  const known = { ...facts, subject: 'ship' }
  const problems = (decision: ReturnType<typeof attempt>) =>
    decision.kind === 'fields' ? decision.problems.map(({ code, at }) => `${at} ${code}`) : decision.kind

  it('is whole, holds nothing else, and every value fits', () => {
    expect(problems(attempt('answer', { facts: known }))).toEqual(['verdict field.missing'])
    expect(problems(attempt('answer', { facts: known, fields: { verdict: 'perhaps', extra: 1 } }))).toEqual([
      'extra field.unknown',
      'verdict field.value',
    ])
    expect(attempt('answer', { facts: known, fields: { verdict: 'yes' } })).toMatchObject({
      kind: 'move',
      to: 'answered',
      fields: { verdict: 'yes' },
    })
  })

  it('asks for what its conditions ask for, given the answers in it', () => {
    expect(problems(attempt('answer', { facts: known, fields: { verdict: 'no' } }))).toEqual(['reason field.missing'])
    expect(attempt('answer', { facts: known, fields: { verdict: 'no', reason: 'x' } })).toMatchObject({ kind: 'move', to: 'refused' })
  })

  it('has what decides the state said anew, and what it asks for by itself; what a section holds may stand as it is', () => {
    expect(problems(attempt('answer', { facts: { ...known, verdict: 'yes' } }))).toEqual(['verdict field.missing'])
    expect(problems(attempt('ask', { facts: { ...known, question: 'before' } }))).toEqual(['question field.missing'])
    expect(attempt('open', { state: 'draft', role: 'asker', facts: { ...known, subject: 'ship' } })).toMatchObject({ kind: 'move' })
  })

  it('clears what is sent empty, unless it must be there', () => {
    const opening = { state: 'draft', role: 'asker' } as const
    expect(attempt('open', { ...opening, facts: { ...known, secret: 'x' }, fields: { secret: null } })).toMatchObject({
      fields: { secret: null },
    })
    expect(problems(attempt('open', { ...opening, facts: known, fields: { subject: '' } }))).toEqual(['subject field.missing'])
    const listed = { ...PROCEDURE, fields: PROCEDURE.fields.map((field) => (field.id === 'items' ? { ...field, required: true } : field)) }
    const cleared = decideTransition(listed, {
      ...opening,
      transition: 'open',
      facts: { ...known, items: [0], 'items.count': 1 },
      fields: { items: null },
    })
    expect(problems(cleared)).toEqual(['items field.missing'])
  })

  it('changes nothing that was locked', () => {
    expect(problems(attempt('note', { facts: known, locked: ['subject'], fields: { subject: 'boat' } }))).toEqual(['subject field.locked'])
    expect(attempt('note', { facts: known, locked: ['subject'], fields: { subject: null } })).toMatchObject({ kind: 'move', fields: {} })
  })

  it('of a refusal asks for a ground and for reasons, and where the ground is doubtful for a justification', () => {
    expect(problems(attempt('decline', { facts: known }))).toEqual(['ground field.missing', 'reasons field.missing'])
    expect(problems(attempt('decline', { facts: known, fields: { ground: 'doubtful', reasons: 'x' } }))).toEqual([
      'justification field.missing',
    ])
    expect(attempt('decline', { facts: known, fields: { ground: 'plain', reasons: 'x' } })).toMatchObject({ kind: 'move', to: 'refused' })
  })
})

describe('what is offered', () => {
  const at = { state: 'open', role: 'answerer', facts: { ...facts, subject: 'nothing' } }
  it('is every step of the role in this state, with the guard that its form cannot satisfy', () => {
    const offered = offeredTransitions(PROCEDURE, at)
    expect(offered.map(({ transition }) => transition.id)).toEqual([
      'ask',
      'wait',
      'note',
      'consult',
      'extend',
      'forward',
      'answer',
      'decline',
    ])
    expect(offered.find(({ transition }) => transition.id === 'answer')?.failed?.because).toBe('There is nothing to answer.')
    expect(openTransitions(PROCEDURE, at).map(({ id }) => id)).not.toContain('answer')
  })
  it('does not hold against a step what its own form can still answer', () => {
    const asking = {
      ...PROCEDURE,
      transitions: PROCEDURE.transitions.map((each) =>
        each.id === 'answer' ? { ...each, form: [...(each.form ?? []), { field: 'subject' }] } : each,
      ),
    }
    expect(openTransitions(asking, at).map(({ id }) => id)).toContain('answer')
  })
})

it('shows of several recipients the one that has come least far', () => {
  expect(leastAdvanced(PROCEDURE, ['answered', 'open', 'withdrawn'])).toBe('open')
  expect(leastAdvanced(PROCEDURE, [])).toBeUndefined()
})
