import { describe, expect, it } from 'vitest'
import { isReference } from '#kernel/record/model.ts'
import type { ReadableFragment } from './read-fragments-readable.ts'
import { Sorting } from './share-sort.ts'
import type { StoredValue } from './tables.ts'

const facts = { authority: 'be.customs', desk: 'be.customs.antwerp', purpose: 'crime-prevention' }
interface Part {
  readonly desk?: string
  readonly category?: string
  readonly restricted?: boolean
}
const names = new Map<string, string>()
const idOf = (name: string): string => {
  const id = `r${Buffer.from(name).toString('hex').slice(0, 32).padEnd(32, '0')}`
  names.set(id, name)
  return id
}
const stated = (entity: string, schema: string, values: readonly StoredValue[], part: Part = {}): ReadableFragment =>
  ({
    entity: idOf(entity),
    schema,
    values: values.map(([prop, value]) => [prop, isReference(schema, prop) ? idOf(value) : value]),
    restricted: part.restricted ?? false,
    body: { origin: { org: 'be.customs', desk: part.desk ?? facts.desk }, category: part.category ?? 'suspect' },
  }) as unknown as ReadableFragment
const person = (entity: string, part?: Part) => stated(entity, 'Person', [['name', entity]], part)
const associates = (left: string, right: string) =>
  stated(`${left}-${right}`, 'Associate', [
    ['person', left],
    ['associate', right],
    ['relationship', 'met in port'],
  ])
const sorted = (fragments: readonly ReadableFragment[], entities: readonly string[]) => {
  const sorting = new Sorting({ facts, entities: entities.map(idOf) })
  // In whatever portions they come.
  for (const each of fragments) sorting.add([each])
  const { shared, leftOut } = sorting.sorted()
  return { shared: shared.map(({ entity, values }) => [names.get(entity), values.length]), leftOut: Object.fromEntries(leftOut) }
}

describe('what of a board may leave', () => {
  it('is what the own desk stated, with the relations of which both ends go', () => {
    expect(sorted([person('a'), person('b'), associates('a', 'b')], ['a', 'b'])).toEqual({
      shared: [
        ['a', 1],
        ['b', 1],
        ['a-b', 3],
      ],
      leftOut: {},
    })
  })

  it.each<[string, Part]>([
    ['informant', { category: 'informant' }],
    ['restricted', { restricted: true }],
    ['not-own', { desk: 'be.customs.ghent' }],
  ])('holds nothing that names a record which stays (%s)', (because, part) => {
    expect(sorted([person('a'), person('b', part), associates('a', 'b')], ['a', 'b'])).toEqual({
      shared: [['a', 1]],
      leftOut: { [because]: 4 },
    })
    const vessel = stated('v', 'Vessel', [
      ['name', 'NOORD'],
      ['proof', 'b'],
    ])
    expect(sorted([vessel, person('b', part)], ['v', 'b'])).toEqual({ shared: [['v', 1]], leftOut: { [because]: 2 } })
  })

  it('holds nothing that its recipient would not take, and says how much that is', () => {
    const unread = stated('u', 'Person', [['birthDate', 'yesterday']])
    const half = stated('h', 'Person', [
      ['name', 'h'],
      ['nonsense', 'x'],
    ])
    expect(sorted([person('a'), unread, half, associates('a', 'u')], ['a', 'u', 'h'])).toEqual({
      shared: [
        ['a', 1],
        ['h', 1],
      ],
      leftOut: { form: 5 },
    })
  })

  it('names no record that is not on the board', () => {
    const vessel = stated('v', 'Vessel', [
      ['name', 'NOORD'],
      ['owner', 'elsewhere'],
    ])
    expect(sorted([person('a'), associates('a', 'elsewhere'), vessel], ['a', 'v'])).toEqual({
      shared: [
        ['a', 1],
        ['v', 1],
      ],
      leftOut: { 'not-on-board': 4 },
    })
  })

  it('lets a record go of which a part stays', () => {
    expect(sorted([person('a'), person('b'), person('b', { category: 'informant' }), associates('a', 'b')], ['a', 'b'])).toEqual({
      shared: [
        ['a', 1],
        ['b', 1],
        ['a-b', 3],
      ],
      leftOut: { informant: 1 },
    })
  })
})
