import { describe, expect, it } from 'vitest'
import type { TransitionDef } from './definition.ts'
import { askedFields, formOf, isRequired } from './form.ts'
import { PROCEDURE } from './procedure.fixture.ts'

const step = (id: string) => PROCEDURE.transitions.find((each) => each.id === id) as TransitionDef
const ids = (id: string, facts = {}) =>
  askedFields(PROCEDURE, id, facts).map(({ field, isRequired: needed }) => `${field.id}${needed ? '!' : ''}`)

describe('the form of a step', () => {
  it('spells a section out, in order, each field with the condition it carries itself', () => {
    expect(formOf(PROCEDURE, step('open')).map(({ field, required, isOwn }) => [field.id, required, isOwn])).toEqual([
      ['subject', true, false],
      ['secret', false, false],
      ['items', false, false],
    ])
  })
  it('takes the condition of the step before that of the field', () => {
    expect(formOf(PROCEDURE, step('ask'))).toMatchObject([{ required: true, isOwn: true }])
    expect(formOf(PROCEDURE, step('note')).map(({ field, required }) => [field.id, required])).toEqual([
      ['remark', false],
      ['secret', false],
      ['subject', false],
    ])
  })
  it('asks now for what is shown now', () => {
    expect(ids('answer')).toEqual(['verdict!'])
    expect(ids('answer', { verdict: 'yes' })).toEqual(['verdict!'])
    expect(ids('answer', { verdict: 'no' })).toEqual(['verdict!', 'reason!'])
    expect(ids('fly')).toEqual([])
  })
  it('asks for nothing by a condition that is not known to hold', () => {
    expect(isRequired({ required: { fact: 'x', is: 1 } }, {})).toBe(false)
    expect(isRequired({ required: { not: { fact: 'x', is: 1 } } }, {})).toBe(false)
    expect(isRequired({ required: { fact: 'x', is: 1 } }, { x: 1 })).toBe(true)
  })
  it('of a refusal is a ground among those offered, reasons, and a justification where the ground is doubtful', () => {
    expect(ids('decline', { subject: 'boat', ground: 'doubtful' })).toEqual(['ground!', 'reasons!'])
    expect(ids('decline', { subject: 'ship', ground: 'plain' })).toEqual(['ground!', 'reasons!'])
    expect(ids('decline', { subject: 'ship', ground: 'doubtful' })).toEqual(['ground!', 'reasons!', 'justification!'])
    expect(formOf(PROCEDURE, { ...step('decline'), refuses: ['plain'] })[0]?.field.codes).toEqual(['plain'])
  })
})
