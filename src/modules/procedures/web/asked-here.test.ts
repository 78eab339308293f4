import { expect, it } from 'vitest'
import type { ProcedureDef } from '#kernel/procedure/definition.ts'
import { askedHere, withMissed } from './asked-here.ts'

const field = (id: string, more: object = {}) => ({ id, title: id, type: 'text', section: 's', audience: ['a'], ...more })
const definition = {
  fields: [
    field('plain', { required: true }),
    field('known', { required: true, shown: { fact: 'plain', is: 'yes' } }),
    field('nodeOnly', { required: true, shown: { fact: 'party.b.kind', is: 'court' } }),
    field('nodeNeeds', { required: { fact: 'party.b.kind', is: 'court' } }),
  ],
  transitions: [{ id: 'go', form: [{ section: 's' }], effects: [] }],
} as unknown as ProcedureDef

const ask = (facts: Record<string, string>, missed: readonly string[] = []) =>
  askedHere({ definition, step: 'go', facts, missed: new Set(missed) }).map(
    ({ field, isRequired }) => `${field.id}${isRequired ? '!' : ''}`,
  )

it('asks for what is known to be asked, and for nothing of which it is not known', () => {
  expect(ask({})).toEqual(['plain!', 'nodeNeeds'])
  expect(ask({ plain: 'yes' })).toEqual(['plain!', 'known!', 'nodeNeeds'])
})

it('asks for what the node missed where only the node can know, and goes on asking while it is filled', () => {
  expect(ask({}, ['nodeOnly', 'nodeNeeds'])).toEqual(['plain!', 'nodeOnly!', 'nodeNeeds!'])
})

it('asks no longer for what the node missed once its condition is known not to hold', () => {
  expect(ask({ plain: 'no' }, ['known'])).toEqual(['plain!', 'nodeNeeds'])
  expect(ask({ 'party.b.kind': 'police' }, ['nodeOnly', 'nodeNeeds'])).toEqual(['plain!', 'nodeNeeds'])
})

it('remembers each field the node missed, and is the same set when there is none new', () => {
  const missed = withMissed(new Set(), [
    { code: 'field.missing', at: 'a', message: '' },
    { code: 'field.value', at: 'b', message: '' },
  ])
  expect([...missed]).toEqual(['a'])
  expect(withMissed(missed, [{ code: 'field.missing', at: 'a', message: '' }])).toBe(missed)
})
