import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, MAX_LENGTH } from './clean.ts'
import { PROPERTY_TYPES, type PropertyType } from './schema.ts'

const valueOf = (type: PropertyType, value: string, format?: string) => clean(type, value, { format }).value
const codesOf = (type: PropertyType, value: string, format?: string) => clean(type, value, { format }).problems.map(({ code }) => code)

describe('values come to one form', () => {
  it.each<[PropertyType, string, string]>([
    ['name', '  Jan\t Peeters\u00a0', 'Jan Peeters'],
    ['date', '1970', '1970'],
    ['date', '1970-5', '1970-05'],
    ['date', '2000-02-29', '2000-02-29'],
    ['date', '1970-05-31 12:30:00', '1970-05-31T12:30:00'],
    ['date', '1970-05-31T12:30:00.5+02:00', '1970-05-31T12:30:00.5+02:00'],
    ['country', 'BE', 'be'],
    ['country', 'Bel', 'be'],
    ['country', 'België', 'be'],
    ['country', 'The Netherlands', 'nl'],
    ['country', 'UK', 'gb'],
    ['country', 'côte d’ivoire', 'ci'],
    ['email', 'mailto:Jan.Peeters@Example.ORG', 'Jan.Peeters@example.org'],
    ['phone', '0032 (0)2 555 12 12', '+3225551212'],
    ['iban', 'be71 0961 2345 6769', 'BE71096123456769'],
    ['url', 'HTTPS://Example.ORG/Path?Q=1', 'https://example.org/Path?Q=1'],
    ['ip', '2001:DB8::1', '2001:db8::1'],
    ['gender', 'Vrouw', 'female'],
    ['language', 'nl-BE', 'nld'],
    ['language', 'ger', 'deu'],
    ['topic', 'Crime.Fin', 'crime.fin'],
    ['checksum', 'DA39A3EE5E6B4B0D3255BFEF95601890AFD80709', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['number', '1 234,5', '1234.5'],
    ['number', "- 1'234'567.5", '-1234567.5'],
    ['number', '1,234,567.25', '1234567.25'],
    ['number', '1.234.567', '1234567'],
    ['number', '−3', '-3'],
    ['address', 'Kaai 1\r\n2030 Antwerpen', 'Kaai 1, 2030 Antwerpen'],
    ['text', 'one\n\ntwo', 'one\n\ntwo'],
  ])('%s %j', (type, value, expected) => {
    expect(clean(type, value)).toEqual({ value: expected, problems: [] })
  })
})

describe('what cannot be of its type goes to quarantine with its reason', () => {
  it.each<[PropertyType, string, string]>([
    ['date', '31.12.1970', 'record.date.format'],
    ['date', '1970-02-30', 'record.date.calendar'],
    ['date', '1900-02-29', 'record.date.calendar'],
    ['date', '0000-00-00', 'record.date.year'],
    ['date', '1970-13', 'record.date.calendar'],
    ['date', '1970-01-01T25:00', 'record.date.time'],
    ['date', 'about 1970', 'record.date.format'],
    ['country', 'Congo', 'record.country.unknown'],
    ['country', 'Atlantis', 'record.country.unknown'],
    ['gender', 'unknown', 'record.gender'],
    ['language', 'Klingonese', 'record.language.format'],
    ['topic', 'two words', 'record.topic.format'],
    ['url', 'java\nscript:alert(1)', 'record.url.scheme'],
    ['url', 'data:text/html,x', 'record.url.scheme'],
    ['name', '', 'record.empty'],
    ['name', ' \u00a0 ', 'record.empty'],
    ['text', '\n', 'record.empty'],
    ['name', 'x'.repeat(MAX_LENGTH.name + 1), 'record.too-long'],
    ['text', 'x'.repeat(MAX_LENGTH.text + 1), 'record.too-long'],
  ])('%s %.40j', (type, value, code) => {
    const cleaned = clean(type, value)
    expect(cleaned.value).toBeUndefined()
    expect(cleaned.problems.map((problem) => problem.code)).toContain(code)
  })
})

describe('what is doubtful is kept with a warning', () => {
  it.each<[PropertyType, string, string | undefined, string, string]>([
    ['identifier', 'IMO 9454437', 'imo', 'IMO 9454437', 'imo-number.check-digit'],
    ['identifier', 'MSKU1234560', 'iso6346', 'MSKU1234560', 'container-number.check-digit'],
    ['identifier', '506700GE1G29325QX364', 'lei', '506700GE1G29325QX364', 'lei.check-digit'],
    ['identifier', '992051234', 'mmsi', '992051234', 'mmsi.no-ship'],
    ['iban', 'BE71 0961 2345 6768', undefined, 'BE71 0961 2345 6768', 'record.iban'],
    ['phone', '02 555 12 12', undefined, '02 555 12 12', 'record.phone.format'],
    ['email', 'jan at example.org', undefined, 'jan at example.org', 'record.email.format'],
    ['url', 'example.org', undefined, 'example.org', 'record.url.format'],
    ['ip', '256.1.1.1', undefined, '256.1.1.1', 'record.ip.format'],
    ['ip', '1::2::3', undefined, '1::2::3', 'record.ip.format'],
    ['number', "5'10", undefined, "5'10", 'record.number.format'],
    ['number', '51 13', undefined, '51 13', 'record.number.format'],
    ['number', "1 234'567", undefined, "1 234'567", 'record.number.format'],
    ['number', '1,234', undefined, '1,234', 'record.number.format'],
    ['number', '12 kg', undefined, '12 kg', 'record.number.format'],
    ['country', 'qq', undefined, 'qq', 'record.country.unlisted'],
    ['topic', 'role.new', undefined, 'role.new', 'record.topic.unlisted'],
    ['date', '1970-00-00', undefined, '1970', 'record.date.unknown-part'],
    ['json', '{', undefined, '{', 'record.json.format'],
    ['entity', 'a b', undefined, 'a b', 'record.entity.format'],
    ['checksum', 'abc', undefined, 'abc', 'record.checksum.format'],
  ])('%s %j', (type, value, format, expected, code) => {
    expect(valueOf(type, value, format)).toBe(expected)
    expect(codesOf(type, value, format)).toEqual([code])
  })
})

describe('signs that mislead', () => {
  it.each([
    ['halves of characters', 'a\ud800b', 'a\ufffdb', ['record.text.half-character', 'record.text.decoding']],
    ['controls', 'a\u0000b\u0007', 'a b', ['record.text.control']],
    ['overrides of direction', '\u202eevil\u202c', 'evil', ['record.text.direction']],
    ['signs that nobody sees', 'a\u200bb\ufeff', 'ab', ['record.text.unseen']],
    ['hidden tags', `a${String.fromCodePoint(0xe0041, 0xe0042)}`, 'a', ['record.text.unseen']],
    ['letters apart from their accents', 'e\u0301', '\u00e9', ['record.text.composed']],
    ['a wrong character set', 'JosÃ©', 'JosÃ©', ['record.text.decoding']],
  ])('are taken out or named: %s', (_, value, expected, codes) => {
    expect(valueOf('name', value)).toBe(expected)
    expect(codesOf('name', value)).toEqual(codes)
  })

  it('leave joiners, Arabic, Hangul and Portuguese as they are written', () => {
    for (const name of ['می\u200cخواهم', 'محمد', '김철수', 'São Tomé', 'Ægir Ørn'])
      expect(clean('name', name)).toEqual({ value: name, problems: [] })
  })
})

it('asks the numbering plan of the caller first', () => {
  const parsePhone = (text: string) => (text === '02 555 12 12' ? '+3225551212' : undefined)
  expect(clean('phone', '02 555 12 12', { parsePhone })).toEqual({ value: '+3225551212', problems: [] })
  expect(clean('phone', '+3299', { parsePhone }).problems).toMatchObject([{ code: 'record.phone.format' }])
  expect(clean('phone', '+32999999999', { parsePhone }).problems).toMatchObject([{ code: 'record.phone.unknown' }])
})

const format = fc.constantFrom(
  undefined,
  'imo',
  'lei',
  'isin',
  'bic',
  'mmsi',
  'inn',
  'ogrn',
  'npi',
  'figi',
  'qid',
  'ssn',
  'uei',
  'iso6346',
  'hs',
  'cas',
  'unlocode',
)
const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'0123456789-:./,+ TZ@abexQ\u202e\u0301\ud800'), maxLength: 24 }),
)

it('changes nothing that is clean already, and never throws', () => {
  fc.assert(
    fc.property(fc.constantFrom(...PROPERTY_TYPES), noise, format, (type, value, kind) => {
      const once = clean(type, value, { format: kind })
      expect(once.value !== undefined || once.problems.length > 0).toBe(true)
      if (once.value !== undefined) expect(clean(type, once.value, { format: kind }).value).toBe(once.value)
    }),
    { numRuns: 2000 },
  )
})

it('takes a published FIGI and finds its wrong digit', () => {
  expect(codesOf('identifier', 'BBG000BLNQ16', 'figi')).toEqual([])
  expect(codesOf('identifier', 'BBG000BLNQ17', 'figi')).toEqual(['figi.check-digit'])
})
