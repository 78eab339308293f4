/** Which keys a case has: those of its fields that name a kind, and a person where name and date of birth stand together. */
import { expect, it } from 'vitest'
import { crossKeysOf } from './cross-keys.ts'
import type { FieldDef, ProcedureDef } from './definition.ts'

const field = (part: Partial<FieldDef> & Pick<FieldDef, 'id'>): FieldDef => ({ title: part.id, type: 'text', audience: ['a'], ...part })
const definition = {
  fields: [
    field({ id: 'note' }),
    field({ id: 'boxes', type: 'text', crossCheck: 'container' }),
    field({ id: 'applicant', crossCheck: 'person-name' }),
    field({ id: 'born', type: 'date', crossCheck: 'date-of-birth' }),
    field({
      id: 'persons',
      type: 'list',
      of: [
        { id: 'name', title: 'Name', type: 'text', crossCheck: 'person-name' },
        { id: 'birth', title: 'Born', type: 'date', crossCheck: 'date-of-birth' },
        { id: 'phone', title: 'Phone', type: 'text', crossCheck: 'phone' },
      ],
    }),
  ],
} as unknown as ProcedureDef
const keys = (values: Readonly<Record<string, unknown>>) =>
  crossKeysOf(definition, values).map(({ field: id, kind, text }) => `${id} ${kind} ${text}`)

it('takes fields with a kind and no other', () => {
  expect(keys({ note: 'MSKU3054383', boxes: 'MSKU 305438-3' })).toEqual(['boxes container MSKU3054383'])
})

it('joins a name with the date of birth beside it, within one entry and never across entries', () => {
  const persons = [{ name: 'Jan Müller', birth: '1980-05-17', phone: '+32470123456' }, { name: 'Ana Gómez' }, { birth: '1990-01-01' }]
  expect(keys({ persons })).toEqual([
    'persons person JAN MULLER|1980-05-17',
    'persons person-name JAN MULLER',
    'persons phone +32470123456',
    'persons person-name ANA GOMEZ',
  ])
  expect(keys({ applicant: 'Jan Müller', born: '1980-05-17' })).toEqual([
    'applicant person JAN MULLER|1980-05-17',
    'applicant person-name JAN MULLER',
  ])
})

it('says each key of a field once, and nothing of what is absent, erased or of another shape', () => {
  expect(keys({ persons: [{ phone: '+32470123456' }, { phone: '0032 470 12 34 56' }] })).toEqual(['persons phone +32470123456'])
  expect(keys({ persons: 'Jan', boxes: null, applicant: 7, born: undefined })).toEqual([])
})
