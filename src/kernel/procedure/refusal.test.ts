import { describe, expect, it } from 'vitest'
import type { TransitionDef } from './definition.ts'
import { PROCEDURE } from './procedure.fixture.ts'
import { mayReadRefusals, openGrounds, refusalBar, refusalReaders } from './refusal.ts'

const step = (id: string) => PROCEDURE.transitions.find((each) => each.id === id) as TransitionDef

describe('grounds of refusal', () => {
  const ground = (code: string) => {
    const found = PROCEDURE.refusalGrounds.find((each) => each.code === code)
    if (found === undefined) throw new Error(code)
    return found
  }
  it('are those the step names, all where it names none, none where it refuses nothing', () => {
    expect(openGrounds(PROCEDURE, step('decline'))).toHaveLength(4)
    expect(openGrounds(PROCEDURE, { ...step('decline'), refuses: ['plain', 'barred'] }).map(({ code }) => code)).toEqual([
      'plain',
      'barred',
    ])
    expect(openGrounds(PROCEDURE, step('answer'))).toEqual([])
  })
  it('are barred where the text says so, and where it is not known whether it does', () => {
    expect(refusalBar(PROCEDURE, ground('barred'), { subject: 'boat' })).toBeUndefined()
    expect(refusalBar(PROCEDURE, ground('barred'), { subject: 'ship' })).toMatchObject({ basis: { act: 'Directive' } })
    expect(refusalBar(PROCEDURE, ground('barred'), {})).toMatchObject({ because: 'This ground may not be used here.' })
  })
  it('that need a consultation are barred until one was held', () => {
    expect(refusalBar(PROCEDURE, ground('consulted'), {})).toMatchObject({ because: 'This ground needs a consultation first.' })
    expect(refusalBar(PROCEDURE, ground('consulted'), { 'done.note': true })).toBeDefined()
    expect(refusalBar(PROCEDURE, ground('consulted'), { 'done.consult': true })).toBeUndefined()
    expect(refusalBar(PROCEDURE, ground('plain'), {})).toBeUndefined()
  })
})

describe('ground and reasons', () => {
  const { transitions } = PROCEDURE
  const withAudience = (audiences: Readonly<Record<string, readonly string[]>>) => ({
    ...PROCEDURE,
    transitions: transitions.map((each) => ({
      ...each,
      ...(audiences[each.id] === undefined ? {} : { refuses: [], refusalAudience: audiences[each.id] as readonly string[] }),
    })),
  })
  it('are for every role where the steps name none, and for nobody without a role', () => {
    expect(refusalReaders(PROCEDURE)).toEqual(['asker', 'answerer', 'partner'])
    expect(mayReadRefusals(PROCEDURE, [])).toBe(false)
  })
  it('are for whoever may read those of every step', () => {
    const narrowed = withAudience({ decline: ['asker', 'answerer'], note: ['answerer', 'partner'] })
    expect(refusalReaders(narrowed)).toEqual(['answerer'])
    expect(mayReadRefusals(narrowed, ['asker'])).toBe(false)
    expect(mayReadRefusals(narrowed, ['asker', 'partner'])).toBe(true)
  })
})
