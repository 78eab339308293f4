import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mapping, mapRow, unmappedColumns } from '#kernel/record/csv-mapping.ts'
import { checkMapping } from '#kernel/record/csv-mapping-check.ts'
import {
  addEntity,
  assignColumn,
  NO_MAPPING,
  placesOf,
  relationsOf,
  removeEntity,
  setKeys,
  setLiteral,
  setReading,
  setRelation,
  setSchema,
} from './mapping-draft.ts'

const HEADERS = ['naam', 'kvk', 'eigenaar', 'geboren', 'land']

/** A company, its owner, and the ownership between them, made by the steps a person takes. */
function drawn(): Mapping {
  let mapping = addEntity(addEntity(addEntity(NO_MAPPING, 'Company'), 'Person'), 'Ownership')
  mapping = setKeys(mapping, 'company', ['kvk'])
  mapping = setKeys(mapping, 'person', ['eigenaar', 'geboren'])
  mapping = assignColumn(mapping, 'naam', { entity: 'company', property: 'name' })
  mapping = assignColumn(mapping, 'kvk', { entity: 'company', property: 'registrationNumber' })
  mapping = assignColumn(mapping, 'eigenaar', { entity: 'person', property: 'name' })
  mapping = assignColumn(mapping, 'geboren', { entity: 'person', property: 'birthDate' })
  mapping = setReading(mapping, { entity: 'person', property: 'birthDate' }, { format: 'DD/MM/YYYY' })
  mapping = setRelation(mapping, { entity: 'ownership', property: 'owner' }, 'person')
  return setRelation(mapping, { entity: 'ownership', property: 'asset' }, 'company')
}

describe('a mapping that is edited', () => {
  it('is one the kernel takes, and maps a row as it was drawn', () => {
    const mapping = drawn()
    expect(checkMapping(mapping, HEADERS)).toMatchObject({ ok: true, value: mapping })
    const { entities, quarantined } = mapRow(
      mapping,
      { naam: 'Havenwerk BV', kvk: '12345678', eigenaar: 'Jan Smit', geboren: '03/04/1980', land: 'nl' },
      { rowNumber: 2 },
    )
    expect(quarantined).toEqual([])
    expect(entities.map(({ name, entity }) => [name, entity.schema])).toEqual([
      ['company', 'Company'],
      ['person', 'Person'],
      ['ownership', 'Ownership'],
    ])
    expect(entities[1]?.entity.properties['birthDate']).toEqual(['1980-04-03'])
    expect(unmappedColumns(mapping, HEADERS)).toEqual(['land'])
  })

  it('keeps one place for a column that is put elsewhere, and both columns of one place', () => {
    const moved = assignColumn(drawn(), 'naam', { entity: 'company', property: 'alias' })
    expect(placesOf(moved, 'naam')).toEqual([{ entity: 'company', property: 'alias' }])
    const both = assignColumn(moved, 'land', { entity: 'company', property: 'alias' })
    expect(both.entities['company']?.properties['alias']).toEqual({ columns: ['naam', 'land'] })
    expect(assignColumn(both, 'naam', undefined).entities['company']?.properties['alias']).toEqual({ column: 'land' })
  })

  it('takes the relations of a record away with it, and says that an edge lacks its end', () => {
    const without = removeEntity(drawn(), 'person')
    expect(without.entities['ownership']?.properties).toEqual({ asset: { entity: 'company' } })
    expect(checkMapping(without, HEADERS)).toMatchObject({ ok: false, problems: [{ at: 'entities.ownership.properties.owner' }] })
  })

  it('drops what another schema has no property for, so that the column is seen to go nowhere', () => {
    const changed = setSchema(drawn(), 'person', 'Company')
    expect(placesOf(changed, 'geboren')).toEqual([])
    expect(placesOf(changed, 'eigenaar')).toEqual([{ entity: 'person', property: 'name' }])
  })

  it('offers relations only to records of the right kind', () => {
    const relations = relationsOf(drawn(), 'ownership')
    expect(relations.find(({ property }) => property === 'owner')?.fits).toEqual(['company', 'person'])
    expect(relations.find(({ property }) => property === 'asset')?.fits).toEqual(['company'])
  })

  it('takes a format and a literal back when they are emptied', () => {
    const place = { entity: 'person', property: 'birthDate' }
    expect(setReading(drawn(), place, { format: '' }).entities['person']?.properties['birthDate']).toEqual({ column: 'geboren' })
    const fixed = setLiteral(drawn(), { entity: 'company', property: 'country' }, 'nl')
    expect(fixed.entities['company']?.properties['country']).toEqual({ literal: 'nl' })
    expect(setLiteral(fixed, { entity: 'company', property: 'country' }, '')).toEqual(drawn())
  })

  it('leaves every other column where it was, whatever is assigned', () => {
    const places = [undefined, { entity: 'company', property: 'name' }, { entity: 'person', property: 'alias' }]
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...HEADERS), fc.constantFrom(...places)), { maxLength: 20 }), (steps) => {
        let mapping = drawn()
        for (const [column, place] of steps) {
          const before = HEADERS.filter((each) => each !== column).map((each) => placesOf(mapping, each))
          mapping = assignColumn(mapping, column, place)
          expect(HEADERS.filter((each) => each !== column).map((each) => placesOf(mapping, each))).toEqual(before)
          expect(placesOf(mapping, column)).toEqual(place === undefined ? [] : [place])
        }
      }),
    )
  })
})
