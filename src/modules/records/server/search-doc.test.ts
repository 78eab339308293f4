/** What a fragment is found by: under its view alone, in whatever script it was written, within limits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IDENTIFIER_RULES, readIdentifier } from '#kernel/match/record-identifier.ts'
import { edgeOf, propertyOf, schemata } from '#kernel/record/model.ts'
import { searchDocOf } from './search-doc.ts'
import { numberForms } from './search-numbers.ts'
import { wordsOf } from './search-words.ts'
import type { StoredValue } from './tables.ts'
import { keyHash, viewOf, wordIn } from './views.ts'

const [OURS, THEIRS] = [viewOf('be', 'customs-control', ['be.a', 'be.b']), viewOf('be', 'customs-control', ['be.a'])]
const person: readonly StoredValue[] = [
  ['name', 'Юлія Müller'],
  ['nationality', 'UA'],
  ['passportNumber', 'fa 12-34'],
  ['topics', 'wanted'],
  ['notes', 'Seen at Kai 7, 上海'],
]

describe('a view', () => {
  it('is the same for the same readers in any order, and another for another purpose or organisation', () => {
    expect(viewOf('be', 'customs-control', ['be.b', 'be.a'])).toBe(OURS)
    expect(viewOf('be', 'other', ['be.a', 'be.b'])).not.toBe(OURS)
    expect(viewOf('nl', 'customs-control', ['be.a', 'be.b'])).not.toBe(OURS)
    expect(OURS).toMatch(/^[0-9a-f]{16}$/)
  })

  it('gives every key another number, and every word another beginning', () => {
    const [ours, theirs] = [searchDocOf({ schema: 'Person', vals: person }, OURS), searchDocOf({ schema: 'Person', vals: person }, THEIRS)]
    expect(ours?.keys.length).toBe(theirs?.keys.length)
    expect(ours?.keys.filter((key) => theirs?.keys.includes(key))).toEqual([])
    expect(wordIn(OURS)('')).not.toBe(wordIn(THEIRS)(''))
    expect(ours?.within).toBe(wordIn(OURS)(''))
    expect(theirs?.within).toBe(wordIn(THEIRS)(''))
  })
})

it('a number is found in the digits of any script', () => {
  expect(numberForms('A ١٢٣-٤٥٦')).toEqual(numberForms('A123456'))
  expect(numberForms('۰۰۸۴۵۷۵۹۴۸')).toEqual(numberForms('0084575948'))
})

it('any word of a long text is found whole, wherever it stands', () => {
  const word = fc.constantFrom('Antwerpen', 'Šarić', 'москва', '𝐀lpha', 'co\u00adcaine')
  fc.assert(
    fc.property(word, fc.integer({ min: 960, max: 1005 }), (found, before) => {
      const text = `${'x '.repeat(before / 2)}${found} ${'y'.repeat(1200)} ${found}`
      const [whole] = wordsOf(found, 1)
      expect([...wordsOf(text, 10)].slice(0, 2)).toEqual([whole, 'y'.repeat(40)])
    }),
  )
})

describe('a document', () => {
  it('holds names, numbers, countries, topics and the words of every script', () => {
    const doc = searchDocOf({ schema: 'Person', vals: person }, OURS)
    expect(doc).toMatchObject({
      caption: 'Юлія Müller',
      names: ['Юлія Müller'],
      countries: ['ua'],
      topics: ['wanted'],
      identifiers: ['fa 12-34'],
      isCut: false,
    })
    for (const word of ['muller', 'seen', 'kai', 'shang', 'hai']) expect(doc?.words).toContain(word)
    expect(doc?.keys).toContain(keyHash(OURS, 'number', 'FA1234'))
  })

  it('is none for a relation', () => {
    expect(searchDocOf({ schema: 'Ownership', vals: [['owner', 'r1']] }, OURS)).toBeUndefined()
  })

  it('stays small for hostile values, and says where it was cut', () => {
    const book = Array.from({ length: 60_000 }, (_, at) => `word${at}`).join(' ')
    const names = Array.from({ length: 10_000 }, (_, at): StoredValue => ['name', `Name ${at}`])
    const doc = searchDocOf({ schema: 'Person', vals: [['notes', book], ...names] }, OURS)
    expect(doc?.isCut).toBe(true)
    expect(doc?.keys.length).toBeLessThan(2000)
    expect(doc?.names.length).toBeLessThan(1000)
    const long = Array.from({ length: 500 }, (_, at): StoredValue[] => [
      ['name', Array.from({ length: 10 }, (_, word) => `word${'abcdefghij'[word]}${at}x${word}`).join(' ')],
      ['weakAlias', `alias${at}q other${at}z`],
      ['passportNumber', `P${1_000_000 + at}`],
      ['phone', `+32${2_000_000 + at}`],
      ['idNumber', `${7_000_000 + at * 3}`],
      ['taxNumber', `T${8_000_000 + at * 3}`],
      ['email', `a${at}@b.example`],
    ])
    const full = searchDocOf({ schema: 'Person', vals: long.flat() }, OURS)
    expect([full?.isCut, full?.keys.length]).toEqual([true, 4000])
    // The first names and numbers are found, whatever comes behind them.
    expect(full?.keys).toContain(keyHash(OURS, 'number', 'P1000000'))
    expect(full?.keys).toContain(keyHash(OURS, 'token', 'worda0x0'))
    expect(
      searchDocOf(
        {
          schema: 'Person',
          vals: [
            ['__proto__', 'x'],
            ['constructor', 'y'],
            ['name', '\u0000\ud800'],
          ],
        },
        OURS,
      )?.caption,
    ).toBeDefined()
  })

  it('has only words that a text search of the store can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const word of wordsOf(text, 1000)) expect(word).toMatch(/^[a-z0-9]{2,40}$/)
      }),
    )
  })
})

describe('a number', () => {
  it('is filed as the comparison of records takes it, whatever stands around it', () => {
    const schemaOf = (property: string) =>
      schemata.find(({ name }) => propertyOf(name, property) !== undefined && edgeOf(name) === undefined)?.name ?? ''
    const around = fc.constantFrom('', ' ', 'Tel. ', 'IMO ', 'imo', 'mailto:', '+', '00', '(0)', '-', '0x')
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789ABCxyz-. @/'), minLength: 3, maxLength: 20 })
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(IDENTIFIER_RULES)),
        fc.array(fc.oneof(around, signs), { minLength: 1, maxLength: 4 }),
        (property, parts) => {
          const text = parts.join('')
          const compared = readIdentifier(property, text)
          const keys = searchDocOf({ schema: schemaOf(property), vals: [[property, text]] }, OURS)?.keys
          for (const form of numberForms(compared?.value ?? ''))
            expect(keys, `${property} ${text}`).toContain(keyHash(OURS, 'number', form))
        },
      ),
      {
        numRuns: 2000,
        examples: [
          ['phone', ['Tel. ', '0470 123456']],
          ['imoNumber', ['IMO ', '907472']],
        ],
      },
    )
  })

  it('is found however it is written', () => {
    expect(numberForms('IMO 9074729')).toEqual(['IMO9074729', '9074729'])
    expect(numberForms('+593 (0)4-123')).toEqual(['5934123'])
    expect(numberForms('00593 (0) 4-123')).toEqual(['005934123', '5934123'])
    expect(numberForms('12(0)34')).toEqual(['12034'])
    expect(numberForms('0032 3 123')).toEqual(['00323123', '323123'])
    expect(numberForms('x'.repeat(500))).toEqual([])
    expect(numberForms('a-1')).toEqual([])
  })
})
