/** Telephone numbers as files and officers write them: one form for each number, nothing guessed, nothing lost. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanEntity } from '#kernel/record/clean-entity.ts'
import { mapRow } from '#kernel/record/csv-mapping.ts'
import { parsePhone } from './phone.ts'

const phones = (properties: Record<string, readonly string[]>) => {
  const { entity, problems, quarantined } = cleanEntity({ id: 'a', schema: 'Person', properties, context: {} }, { parsePhone })
  return { phone: entity.properties['phone'], codes: problems.map(({ code }) => code), quarantined: quarantined.length }
}

describe('a number with its country code', () => {
  it('has one form however it is written', () => {
    for (const text of ['+32 2 555 12 12', '+32 (0)2/555.12.12', '+3225551212', 'tel:+32-2-555-12-12'])
      expect(parsePhone(text)).toBe('+3225551212')
    expect(parsePhone('+593 4 256 0000')).toBe('+59342560000')
  })

  it('is the same whatever country its record names', () => {
    expect(parsePhone('+32 2 555 12 12', 'ec')).toBe('+3225551212')
  })

  it('that no country has is kept with a warning', () => {
    expect(phones({ phone: ['+999 1234567'] })).toEqual({ phone: ['+9991234567'], codes: ['record.phone.unknown'], quarantined: 0 })
  })
})

describe('a national number', () => {
  it('is read with the one country of its record', () => {
    expect(phones({ phone: ['02 555 12 12', '+32 2 555 12 12'], country: ['Belgium'] })).toEqual({
      phone: ['+3225551212'],
      codes: ['record.value.repeated'],
      quarantined: 0,
    })
    expect(parsePhone('0032 2 555 12 12', 'be')).toBe('+3225551212')
  })

  it('stays as it is written when the record names no country, several, or one without a numbering plan', () => {
    const kept = { phone: ['02 555 12 12'], codes: ['record.phone.format'], quarantined: 0 }
    expect(phones({ phone: ['02 555 12 12'] })).toEqual(kept)
    expect(phones({ phone: ['02 555 12 12'], country: ['be'], nationality: ['nl'] })).toEqual(kept)
    expect(phones({ phone: ['02 555 12 12'], country: ['suhh'] })).toEqual(kept)
    expect(phones({ phone: ['02 555 12 12'], country: ['be', 'Nowhere at all'] })).toMatchObject({ phone: kept.phone, codes: kept.codes })
  })

  it('of a table is read with the country of its own record, not of another one in the row', () => {
    const mapping = {
      entities: {
        owner: { schema: 'Person', keys: ['id'], properties: { phone: { column: 'tel' }, nationality: { column: 'land' } } },
        firm: { schema: 'Company', keys: ['firm'], properties: { phone: { column: 'office' }, jurisdiction: { literal: 'nl' } } },
      },
    }
    const row = { id: '1', tel: '02 555 12 12', land: 'BE', firm: 'f', office: '020 555 1212' }
    const [owner, firm] = mapRow(mapping, row, { rowNumber: 2, parsePhone }).entities
    expect(owner?.entity.properties['phone']).toEqual(['+3225551212'])
    expect(firm?.entity.properties['phone']).toEqual(['+31205551212'])
  })
})

describe('what is no plain number', () => {
  it('is left alone', () => {
    for (const text of [
      'call me',
      '',
      '12',
      '+',
      '+32',
      '+32 2 555 12 12 ext. 5',
      'ring +32 2 555 12 12 after five',
      '+32 2 555 12 12 / 13',
      '9'.repeat(400),
    ])
      expect([text, parsePhone(text, 'be')]).toEqual([text, undefined])
  })

  it('never throws, and what comes out comes out again', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^\+?[0-9 ()./-]{0,30}$/)),
        fc.constantFrom(undefined, 'be', 'ec', 'zz', '__proto__'),
        (text, country) => {
          const phone = parsePhone(text, country)
          if (phone !== undefined) expect([phone, parsePhone(phone)]).toEqual([expect.stringMatching(/^\+[1-9][0-9]{1,14}$/), phone])
        },
      ),
      { numRuns: 500 },
    )
  })
})
