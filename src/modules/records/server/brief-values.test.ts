import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyOf } from '#kernel/record/model.ts'
import { briefOf } from './brief-values.ts'
import type { StoredValue } from './tables.ts'

/** What is read of a fragment. */
function readOf(schema: string, values: readonly StoredValue[]): readonly StoredValue[] {
  const brief = briefOf({ schema, values }, JSON.stringify(values))
  return brief === undefined ? values : (JSON.parse(brief) as StoredValue[])
}

const serving = (schema: string, values: readonly StoredValue[]) =>
  values
    .filter(([prop]) => !['text', 'html', 'entity', undefined].includes(propertyOf(schema, prop)?.type))
    .map(([prop, value]) => [prop, value])

const PROPS = ['name', 'alias', 'birthDate', 'passportNumber', 'notes', 'country', 'keywords'] as const
const stated = fc.array(
  fc.tuple(fc.constantFrom(...PROPS), fc.string({ maxLength: 3000 }), fc.option(fc.constant('line 4'), { nil: null })),
  { maxLength: 60 },
)
const named = fc
  .nat({ max: 500 })
  .map((count) => Array.from({ length: count }, (_, at) => ['addressEntity', `r${String(at).padStart(32, '0')}`] as const))

describe('what is read of a fragment', () => {
  it('does not depend on records that it names, nor on texts beside it', () => {
    fc.assert(
      fc.property(stated, named, fc.nat({ max: 60 }), (values, references, place) => {
        const mixed = [...values.slice(0, place), ...references, ...values.slice(place)]
        const text: StoredValue = ['notes', 'word '.repeat(2000)]
        const read = serving('Person', readOf('Person', values))
        expect(serving('Person', readOf('Person', mixed))).toEqual(read)
        expect(serving('Person', readOf('Person', [text, ...mixed]))).toEqual(read)
      }),
      { numRuns: 200 },
    )
  })

  it('is all that serves of it, as far as there is room', () => {
    const names: StoredValue[] = Array.from({ length: 300 }, (_, at) => ['alias', `Name ${at}`, `line ${at}`])
    expect(readOf('Person', names)).toEqual(names.map(([prop, value]) => [prop, value]))
    const large: StoredValue = ['name', 'x'.repeat(70_000)]
    expect(readOf('Person', [large, ['birthDate', '1970-01-01']])).toEqual([['birthDate', '1970-01-01']])
    expect(
      readOf(
        'Person',
        Array.from({ length: 2000 }, () => ['alias', 'Twenty signs of name']),
      ),
    ).toHaveLength(500)
  })

  it('has the first end on either side of a relation, and no other record', () => {
    const values: StoredValue[] = Array.from({ length: 200 }, (_, at) => [
      at % 2 === 0 ? 'owner' : 'asset',
      `r${String(at).padStart(32, '0')}`,
    ])
    expect(readOf('Ownership', [...values, ['role', 'nominee']])).toEqual([values[0], values[1], ['role', 'nominee']])
  })
})
