import { describe, expect, test } from 'vitest'
import { person, record } from './record.fixture.ts'

describe('a prepared record', () => {
  test('tells each value that is not compared, by property and position', () => {
    const odd = record('Person', {
      name: 'Milena Castorino',
      birthDate: ['1980-02-03', '0000-00-00', '1980-02-30'],
      imoNumber: ['9074729', '1'],
      passportNumber: Array.from({ length: 70 }, (_, at) => `PX${100_000 + at}`),
    })
    expect(odd.problems.map(({ code, at }) => [code, at])).toEqual([
      ['match.date', 'birthDate 2'],
      ['match.date', 'birthDate 3'],
      ['match.identifier', 'imoNumber 2'],
      ['match.values-many', 'passportNumber 65'],
    ])
    expect([odd.dates.length, odd.identifiers.length]).toEqual([1, 65])
  })

  test('holds at most 256 identifiers and tells the others', () => {
    const numbers = Array.from({ length: 64 }, (_, at) => `${20_000_000 + at}`)
    const flooded = record('Company', {
      taxNumber: numbers,
      vatCode: numbers,
      registrationNumber: numbers,
      idNumber: numbers,
      dunsCode: numbers,
    })
    expect(flooded.identifiers).toHaveLength(256)
    expect(flooded.problems.filter(({ code }) => code === 'match.identifiers-many')).toHaveLength(64)
  })

  test('knows an identifier with a wrong check digit from a valid one, and keeps it', () => {
    const { identifiers } = record('Vessel', { imoNumber: ['IMO 9074729', '9074728'], callSign: 'PB-1234' })
    expect(identifiers.map(({ value, check }) => [value, check])).toEqual([
      ['9074729', 'valid'],
      ['9074728', 'invalid'],
      ['PB1234', 'none'],
    ])
  })

  test('takes no word in place of a number for one, and knows what is written in letters alone', () => {
    for (const word of ['UNKNOWN', 'None', 'N/A N/A', 'DESCONOCIDO', 'not available', 'TBA TBA']) {
      const odd = record('Person', {
        passportNumber: word,
        email: word,
        publicKey: word,
        callSign: `${word} ${word}`,
        swiftBic: word,
        containerNumber: word,
      })
      expect(
        odd.identifiers.map(({ property }) => property),
        word,
      ).toEqual([])
      expect(odd.problems.map(({ code }) => code)).toEqual(Array.from({ length: 6 }, () => 'match.identifier'))
    }
    const letters = record('Person', {
      email: 'ana@port.example',
      callSign: 'PBXY',
      swiftBic: ['BNPAFRPP', 'KREDBEBBXXX'],
      cageCode: 'ABCDE',
      icaoCode: 'ABCDEF',
      publicKey: 'LeTtErsOfAnAddressThatHasNoDigit',
    })
    expect(letters.identifiers).toHaveLength(7)
    expect(letters.problems).toEqual([])
  })

  test('takes the address of a transponder for a number of one aircraft, and no code of its type', () => {
    expect(record('Airplane', { icaoCode: '4b1801' }).identifiers).toMatchObject([{ family: 'icao', value: '4B1801' }])
    for (const type of ['A320', 'B738', 'GLF5', 'GULFSTREAM 550']) expect(record('Airplane', { icaoCode: type }).identifiers).toEqual([])
  })

  test('takes a number in the digits of another script for the same number', () => {
    const { identifiers } = record('Person', { passportNumber: 'A١٢٣٤٥٦', idNumber: '۰۰۸۴۵۷۵۹۴۸', phone: '+٩٣ ٧٩ ٩١٢ ٣٤٥٦' })
    expect(new Set(identifiers.map(({ value }) => value))).toEqual(new Set(['A123456', '0084575948', '93799123456']))
  })

  test('takes the mark of an aircraft of letters alone by the hyphen behind its country, and no word', () => {
    expect(record('Airplane', { registrationNumber: 'PH-ABC' }).identifiers).toMatchObject([{ family: 'register', value: 'PHABC' }])
    for (const word of ['PHABC', 'NONE', 'NO-DATA', 'UNKNOWN', 'sin-numero'])
      expect(record('Airplane', { registrationNumber: word }).identifiers, word).toEqual([])
  })

  test('makes whole names of parts', () => {
    const parts = record('Person', { firstName: ['Sergio', 'Serge'], fatherName: 'Ivano', lastName: 'Castorino' })
    expect(parts.names.map(({ text }) => text)).toEqual(['Sergio Ivano Castorino', 'Serge Ivano Castorino'])
  })

  test('of an unknown schema, even one named like a built-in of the language, is a thing of any kind', () => {
    for (const schema of ['Spaceship', '__proto__', 'constructor']) expect(record(schema, { name: 'Aurora' }).kind).toBe('other')
  })

  test('without a letter or digit has no name', () => {
    expect(person('\u0000 \u202e  ').names).toEqual([])
  })
})
