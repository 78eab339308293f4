import anyAscii from 'any-ascii'
import { describe, expect, test } from 'vitest'
import { buildCandidateIndex, createCandidateSearch } from './candidate-index.ts'
import { hasNames, negatives, positives } from './candidates.fixture.ts'
import { keysOf } from './keys.ts'
import { person, record } from './record.fixture.ts'
import { prepareForKeys, prepareRecord } from './record.ts'

const texts = (of: ReturnType<typeof person>) => new Set(keysOf(of).map(({ kind, key }) => `${kind} ${key}`))
const shared = (a: ReturnType<typeof person>, b: ReturnType<typeof person>) => [...texts(a)].filter((key) => texts(b).has(key))

describe('keys', () => {
  test.each([
    ['another order', 'Milena Castorino Vuk', 'Vuk, Milena Castorino'],
    ['swapped letters across the blank', 'Laurent Kolunda', 'Lauren Tkolunda'],
    ['a doubled letter and another vowel in each word', 'Abdelkarim Tazoult', 'Abdelkarrim Tazoolt'],
    ['a word that is missing', 'Radovan Castorino Mihailo', 'Radovan Mihailo'],
    ['words that are merged', 'Rami Castorino', 'Ramicastorino'],
    ['an initial', 'Andronik Castorino', 'A. Castorino'],
    ['another script', 'Аркадий Кастторский', 'Arkadii Kasttorskii'],
    ['a marred middle', 'Kastanidis Pavlo', 'Kasxynidis Pavlo'],
    ['a form without letters beyond ASCII', 'Željko Šarić', 'eljko ari'],
    ['a form that puts question marks for them', 'Željko Šarić', '?eljko ?ari?'],
  ])('are shared in spite of %s', (_, one, other) => {
    expect(shared(person(one), person(other))).not.toEqual([])
  })

  // The sound of one word leads to too many records to be looked up by itself.
  test.each([
    ['a vowel that Arabic leaves out behind a silent h', 'أحمد حداد', 'Ahmed Haddad'],
    ['đ written as dj', 'Đorđe Đorđević', 'Djordje Djordjevic'],
    ['the word for son written together with the name', 'Kareem Bin Ali', 'Karim Benali'],
    ['that word in a script without vowels', 'محمد بن صالح', 'Mohamed Bensalah'],
    ['the word for servant written together with what it is of', 'عبد القادر بن علي', 'Abdelkader Benali'],
    ['the alphabets of Albanian and Serbian', 'Xhevdet Hoxha', 'Dževdet Hodža'],
    ['a q of Albanian that is ć beside it', 'Qemal', 'Ćemal'],
    ['the same in Cyrillic letters', 'Qosja', 'Ќосја'],
    ['Cyrillic of no language that a letter tells', 'Хашим', 'Hashim'],
    ['a Cyrillic name as the press writes it', 'Chaushevich', 'Чаушевић'],
    ['sounds that one language writes with two letters and the other with one', 'Gjergj', 'Đerđ'],
    ['a name within the name', 'Radovan Castorino alias Kormoran', 'Kormoran'],
    ['a soft consonant that the other alphabet does not mark', 'Veljko', 'Велко'],
  ])('of the whole name are shared in spite of %s', (_, one, other) => {
    expect(shared(person(one), person(other)).filter((key) => !key.startsWith('sound '))).not.toEqual([])
  })

  test('of other people with other names are not shared', () => {
    expect(shared(person('Milena Castorino', { birthDate: '1980-02-03' }), person('Jovan Petrusic', { birthDate: '1971-05-06' }))).toEqual(
      [],
    )
  })

  test('hold identifiers with their family, so that a register number filed as a tax number is no other thing', () => {
    const imo = record('Vessel', { name: 'Aurora', imoNumber: 'IMO 9074729' })
    expect(texts(imo)).toContain('identifier imo:9074729')
    expect(shared(record('Company', { vatCode: 'ES-B1234567' }), record('Company', { taxNumber: 'ESB 1234567' }))).toEqual([
      'identifier tax:ESB1234567',
    ])
  })

  test.each([
    [
      'Person',
      {
        name: ['Vuk, Milena Castorino', 'Dr. Abd al Rahman bin Laden'],
        firstName: ['Anna'],
        lastName: ['van den Berg'],
        birthDate: ['1980-02'],
      },
    ],
    [
      'Person',
      {
        name: ['Аркадий Кастторский', '王小明', 'x'.repeat(3000), 'a '.repeat(60)],
        weakAlias: ['Bob'],
        idNumber: ['12', '123456'],
        phone: ['+3231234'],
      },
    ],
    [
      'Company',
      {
        name: ['Haven Trans NV/Puerto Fruta S.A.', 'HTN Haven Trans Noord NV', 'Second Shipping 2 GmbH & Co. KG', 'NV'],
        vatCode: ['BE 0123'],
        registrationNumber: ['0123'],
      },
    ],
    ['Vessel', { name: ['MV Aurora II'], imoNumber: ['IMO 9074729'], buildDate: ['1999'] }],
    ['Address', { full: ['Kaai 1'] }],
  ] as const)('of a %s are the same whether or not it is made ready for comparison', (schema, properties) => {
    expect(keysOf(prepareForKeys({ schema, properties }, anyAscii))).toEqual(keysOf(prepareRecord({ schema, properties }, anyAscii)))
  })

  test('find an organisation by its initials', () => {
    expect(shared(record('Organization', { name: 'Port Control Unit' }), record('Organization', { name: 'PCU' }))).toEqual(['acronym pcu'])
    // Two of the three words are one that many names have.
    expect(shared(record('Company', { name: 'Mediterranean Shipping Company' }), record('Company', { name: 'MSC' }))).toEqual([
      'acronym msc',
    ])
  })

  test('of a person of three words are at most 24, each of at most 64 signs, none twice', () => {
    const keys = keysOf(person('Wolfeschlegelsteinhausenbergerdorff Castorino Mihailovich', { birthDate: '1980-02-03' }))
    expect(keys.length).toBeLessThanOrEqual(24)
    expect(keys.every(({ key }) => key.length <= 64 && key.length > 0)).toBe(true)
    expect(new Set(keys.map(({ kind, key }) => `${kind} ${key}`)).size).toBe(keys.length)
  })

  test('of a record with 10,000 names are limited, and the record says so', () => {
    const flooded = person('Anna', { alias: Array.from({ length: 10_000 }, (_, at) => `Name${at} Surname${at * 7}`) })
    expect(keysOf(flooded).length).toBeLessThanOrEqual(128 * 24)
    expect(flooded.problems).toContainEqual(expect.objectContaining({ code: 'match.values-many', at: 'alias 129' }))
  })
})

describe.skipIf(!hasNames)('the list of the United Nations among 100,000 other names', () => {
  test('is found by keys alone: each name with its slips within the first ten candidates', () => {
    const indexed = [...positives('un_untreated'), ...negatives()].map(({ name }) => keysOf(person(name)))
    const search = createCandidateSearch(buildCandidateIndex(indexed))
    const missed = positives('un_treated').filter(
      ({ name }, at) => !search.candidates(keysOf(person(name)), 10).some(({ record: found }) => found === at),
    )
    expect(missed.length / positives('un_treated').length).toBeLessThanOrEqual(0.001)
    expect(indexed.reduce((sum, keys) => sum + keys.length, 0) / indexed.length).toBeLessThan(20)
  })
})
