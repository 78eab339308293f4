import { describe, expect, it } from 'vitest'
import { checkDefinition } from './check-definition.ts'
import type { ClockDef, FieldDef, ProcedureDef, RefusalGround, StateDef, TransitionDef } from './definition.ts'
import { basis, PROCEDURE } from './procedure.fixture.ts'

it('finds nothing in a procedure that is whole', () => {
  expect(checkDefinition(PROCEDURE)).toEqual([])
})

const found = (change: Partial<ProcedureDef>) => checkDefinition({ ...PROCEDURE, ...change }).map(({ code, at }) => `${code} ${at}`)
const step = (id: string, change: Partial<TransitionDef>): Partial<ProcedureDef> => ({
  transitions: PROCEDURE.transitions.map((each) => (each.id === id ? { ...each, ...change } : each)),
})
const field = (id: string, change: Partial<FieldDef>): Partial<ProcedureDef> => ({
  fields: PROCEDURE.fields.map((each) => (each.id === id ? { ...each, ...change } : each)),
})
const clock = (change: Partial<ClockDef>): Partial<ProcedureDef> => ({ clocks: PROCEDURE.clocks.map((each) => ({ ...each, ...change })) })
const without = <T extends object>(value: T, key: keyof T): T =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as T
const state = (more: Partial<StateDef>): Partial<ProcedureDef> => ({
  states: [...PROCEDURE.states, { id: 'limbo', title: 'Limbo', rank: 9, ...more }],
})
const ground = (change: Partial<RefusalGround>): Partial<ProcedureDef> => ({
  refusalGrounds: PROCEDURE.refusalGrounds.map((each) => ({ ...each, ...change })),
})

it('lets a draft begin with what the case is about and what it was opened with', () => {
  const effects = [{ kind: 'spawn' as const, procedure: 'PR-99', copy: { about: '@subject', place: '@anchor.place' } }]
  expect(found(step('wait', { effects }))).toEqual(found({}))
})

describe.each<[string, Partial<ProcedureDef>, string]>([
  ['no basis', { basis: [] }, 'basis basis'],
  ['a measure that does not exist', { measures: [22] }, 'measures measures'],
  ['a role that no desk can fill', { roles: { ...PROCEDURE.roles, asker: { title: 'Asker', realms: [] } } }, 'role.realm roles.asker'],
  ['an opener that is no role', { opener: 'nobody' }, 'role.opener opener'],
  ['a label with personal data', field('subject', { personal: true }), 'label label'],
  ['a state nobody reaches', state({}), 'state.unreachable states.limbo'],
  ['a state nobody can leave', state({}), 'state.dead states.limbo'],
  ['a state twice', { states: [...PROCEDURE.states, ...PROCEDURE.states.slice(0, 1)] }, 'state.twice states'],
  ['a first state that is none', { initial: 'nowhere' }, 'state.initial states.nowhere'],
  [
    'a state that waits for nobody known',
    { states: PROCEDURE.states.map((each) => ({ ...each, waitsFor: 'nobody' })) },
    'state.role states.draft',
  ],
  [
    'a closed state with a way out that does not say so',
    { transitions: PROCEDURE.transitions.map((each) => (each.id === 'reopen' ? without(each, 'reopens') : each)) },
    'state.terminal states.answered',
  ],
  ['a step twice', { transitions: [...PROCEDURE.transitions, ...PROCEDURE.transitions.slice(0, 1)] }, 'transition.twice transitions.open'],
  ['a step to nowhere', step('wait', { to: 'nowhere' }), 'transition.state transitions.wait'],
  ['a step from nowhere', step('wait', { from: ['open', 'nowhere'] }), 'transition.state transitions.wait'],
  [
    'a step of nobody',
    { transitions: PROCEDURE.transitions.map((each) => (each.id === 'wait' ? without(each, 'by') : each)) },
    'transition.actor transitions.wait',
  ],
  [
    'a draft that begins with an unknown field',
    step('wait', { effects: [{ kind: 'spawn', procedure: 'PR-99', copy: { theirs: 'nothing' } }] }),
    'effect transitions.wait',
  ],
  ['a step of an unknown role', step('wait', { by: ['nobody'] }), 'transition.role transitions.wait'],
  ['a step that waits for an unknown event', step('lapse', { on: 'clock.none.expired' }), 'transition.event transitions.lapse'],
  ['a step that moves the case and is not told to all', step('wait', { told: ['asker'] }), 'transition.told transitions.wait'],
  [
    'a step that one of many may move the case by',
    { roles: { ...PROCEDURE.roles, answerer: { title: 'Answerer', realms: ['customs'], many: true } } },
    'transition.many transitions.ask',
  ],
  ['a form with an unknown field', step('ask', { form: [{ field: 'nothing' }] }), 'transition.field transitions.ask'],
  ['a form with an unknown section', step('ask', { form: [{ section: 'nothing' }] }), 'transition.section transitions.ask'],
  [
    'a form that asks twice',
    step('ask', { form: [{ field: 'question' }, { field: 'question' }] }),
    'transition.field-twice transitions.ask',
  ],
  [
    'a condition on an unknown fact',
    step('ask', { form: [{ field: 'question', required: { fact: 'weather', is: 'fine' } }] }),
    'transition.field transitions.ask',
  ],
  ['a step decided by a field it does not ask for', step('answer', { form: [] }), 'transition.field transitions.answer'],
  [
    'a step whose answer leads nowhere',
    step('answer', { toBy: { field: 'verdict', states: { yes: 'answered' } } }),
    'transition.decider transitions.answer',
  ],
  [
    'a step that leads nowhere when it is not answered',
    step('answer', { form: [{ field: 'verdict' }] }),
    'transition.decider transitions.answer',
  ],
  ['a refusal on an unknown ground', step('decline', { refuses: ['whim'] }), 'transition.ground transitions.decline'],
  [
    'a guard without basis',
    step('answer', { guards: [{ expr: { fact: 'state', is: 'open' }, because: 'x', basis: { ...basis, act: '' } }] }),
    'guard.basis transitions.answer',
  ],
  ['an unknown clock moved', step('ask', { effects: [{ kind: 'stop-clock', clock: 'none' }] }), 'transition.clock transitions.ask'],
  [
    'an extension by a text',
    step('extend', { effects: [{ kind: 'extend-clock', clock: 'answer', by: 'remark' }] }),
    'transition.clock transitions.extend',
  ],
  [
    'a clock that starts from a text',
    step('open', { effects: [{ kind: 'start-clock', clock: 'answer', from: 'subject' }] }),
    'effect transitions.open',
  ],
  [
    'an erasure that does not say it is irreversible',
    { transitions: PROCEDURE.transitions.map((each) => (each.id === 'forget' ? without(each, 'irreversible') : each)) },
    'effect.irreversible transitions.forget',
  ],
  ['an unknown role brought in', step('wait', { effects: [{ kind: 'send', roles: ['nobody'] }] }), 'effect transitions.wait'],
  [
    'a role addressed by a text',
    step('wait', { effects: [{ kind: 'address', role: 'answerer', field: 'remark' }] }),
    'effect transitions.wait',
  ],
  ['an unknown field locked', step('seal', { effects: [{ kind: 'lock', fields: ['nothing'] }] }), 'effect transitions.seal'],
  ['a field for nobody', field('secret', { audience: [] }), 'field.audience fields.secret'],
  ['a field for an unknown role', field('secret', { audience: ['nobody'] }), 'field.audience fields.secret'],
  [
    'personal data for a private partner',
    field('secret', { audience: ['asker', 'partner'], personal: true }),
    'field.personal fields.secret',
  ],
  ['a field in an unknown section', field('secret', { section: 'nowhere' }), 'field.section fields.secret'],
  ['a code field without codes', field('verdict', { codeList: 'none' }), 'field.codes fields.verdict'],
  ['a list without fields', field('items', { of: [] }), 'field.of fields.items'],
  ['a field twice', { fields: [...PROCEDURE.fields, ...PROCEDURE.fields.slice(0, 1)] }, 'field.twice fields.subject'],
  [
    'a field that takes the name of a refusal',
    { fields: [...PROCEDURE.fields, { id: 'ground', title: 'Ground', type: 'text', audience: ['asker'] }] },
    'field.id fields.ground',
  ],
  ['law that was not read', clock({ basis: { ...basis, mark: 'M' } }), 'clock.unverified clocks.answer'],
  ['policy that follows a legal regime', clock({ kind: 'policy' }), 'clock.regime clocks.answer'],
  ['a clock of an unknown role', clock({ obligated: 'nobody' }), 'clock.role clocks.answer'],
  ['a clock without basis', clock({ basis: { ...basis, act: '' } }), 'clock.basis clocks.answer'],
  ['a clock without end', { clocks: PROCEDURE.clocks.map((each) => without(each, 'budget')) }, 'clock.end clocks.answer'],
  ['a clock of half a day', clock({ budget: { n: 0.5, unit: 'calendarDay' } }), 'clock.budget clocks.answer'],
  [
    'a clock nobody starts',
    { transitions: PROCEDURE.transitions.map((each) => ({ ...each, effects: each.effects.filter(({ kind }) => kind !== 'start-clock') })) },
    'clock.unused clocks.answer',
  ],
  [
    'a clock that stands still for ever',
    {
      transitions: PROCEDURE.transitions.map((each) => ({ ...each, effects: each.effects.filter(({ kind }) => kind !== 'resume-clock') })),
    },
    'clock.suspended clocks.answer',
  ],
  ['a ground without basis', ground({ basis: { ...basis, act: '' } }), 'ground.basis refusalGrounds.plain'],
  [
    'a ground that needs a consultation nobody can hold',
    step('consult', { consults: undefined } as unknown as Partial<TransitionDef>),
    'ground.consult refusalGrounds.consulted',
  ],
])('%s', (_what, change, problem) => {
  it('is found, with its place', () => {
    expect(found(change)).toContain(problem)
  })
})
