import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FieldDef } from '#kernel/procedure/definition.ts'
import type { AskedField } from '#kernel/procedure/form.ts'
import { countries } from './country-codes.ts'
import { mergeProblems, problemsOf, sectionsOf, sentFields, statusOf } from './form-model.ts'
import { BROWSER_FORMATS } from './formats.ts'
import { fitted, keyed, moved, withoutAt } from './list-edit.ts'

const field = (id: string, more: Partial<FieldDef> = {}): FieldDef => ({
  id,
  title: `Title of ${id}`,
  type: 'text',
  audience: ['a'],
  ...more,
})
const asked = (def: FieldDef, isRequired = false): AskedField => ({ field: def, isRequired })
const world = { formats: BROWSER_FORMATS }

it('groups fields by section in the order they are asked', () => {
  const fields = [
    asked(field('a', { section: 's1' })),
    asked(field('b', { section: 's2' })),
    asked(field('c', { section: 's1' })),
    asked(field('d')),
  ]
  expect(sectionsOf(fields).map(({ id, fields }) => [id, fields.map((each) => each.field.id)])).toEqual([
    ['s1', ['a', 'c']],
    ['s2', ['b']],
    [undefined, ['d']],
  ])
})

it.each([
  ['empty', {}],
  ['started', { optional: 'x' }],
  ['complete', { needed: 'x' }],
  ['problems', { needed: 'x', box: 'QAAU0000001' }],
  ['started', { needed: 'x', persons: [{}] }],
  ['complete', { needed: 'x', persons: [{ name: 'x' }] }],
  ['problems', { needed: 'x', persons: [{ name: 'x', ship: '1234560' }] }],
])('says that a section is %s with %j', (status, values) => {
  const section = {
    fields: [
      asked(field('needed'), true),
      asked(field('optional')),
      asked(field('box', { format: 'iso6346' })),
      asked(
        field('persons', {
          type: 'list',
          of: [
            { id: 'name', title: 'Name', type: 'text', required: true },
            { id: 'ship', title: 'Ship', type: 'text', format: 'imo' },
          ],
        }),
      ),
    ],
  }
  expect(statusOf(section, values, problemsOf(section.fields, values, world))).toBe(status)
})

it('leaves a format that only the node knows to the node', () => {
  expect(problemsOf([asked(field('account', { format: 'iban' }))], { account: 'no account' }, world)).toEqual([])
})

it('shows what the node found wrong only as long as the value is the one it looked at', () => {
  const problem = { code: 'field.value', at: 'account', message: 'not an account number.' }
  const node = { problems: [problem], of: { account: 'X1' } }
  expect(mergeProblems([], node, { account: 'X1' })).toEqual([problem])
  expect(mergeProblems([], node, { account: 'X2' })).toEqual([])
  expect(mergeProblems([problem], node, { account: 'X1' })).toEqual([problem])
})

it('takes the word of the node that a field is missing only for the values it looked at', () => {
  const problem = { code: 'field.missing', at: 'why', message: 'needed.' }
  const node = { problems: [problem], of: { ground: 'unfit' } }
  expect(mergeProblems([], node, { ground: 'unfit' })).toEqual([problem])
  expect(mergeProblems([], node, { ground: 'tired' })).toEqual([])
})

it('sends no value whose condition no longer holds, and null for what the case held and the person cleared', () => {
  const fields = [asked(field('shown')), asked(field('cleared')), asked(field('never'))]
  expect(sentFields(fields, { shown: 'x', hidden: 'secret', cleared: '' }, { cleared: 'before', hidden: 'before' })).toEqual({
    shown: 'x',
    cleared: null,
  })
})

it('keeps the key of each entry while entries are added, removed and moved', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('add', 'remove', 'up', 'down'), fc.nat(9)), { maxLength: 30 }), (acts) => {
      let held = keyed(3)
      let entries: readonly number[] = held.keys
      for (const [act, at] of acts) {
        if (act === 'add') {
          held = fitted(held, entries.length + 1)
          entries = [...entries, held.keys.at(-1) ?? -1]
        } else if (act === 'remove') {
          held = { ...held, keys: withoutAt(held.keys, at) }
          entries = withoutAt(entries, at)
        } else {
          held = { ...held, keys: moved(held.keys, at, act === 'up' ? -1 : 1) }
          entries = moved(entries, at, act === 'up' ? -1 : 1)
        }
        expect(held.keys).toEqual(entries)
        expect(new Set(held.keys).size).toBe(held.keys.length)
      }
    }),
  )
})

it('names the countries of the coalition and no letters that are no country', () => {
  const codes = countries().map(({ id }) => id)
  for (const code of ['BE', 'DE', 'EC', 'NL', 'ES', 'AL', 'XK', 'GB']) expect(codes).toContain(code)
  for (const code of ['ZZ', 'EU', 'UK', 'DD', 'SU', 'XA']) expect(codes).not.toContain(code)
})
