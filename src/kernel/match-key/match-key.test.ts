/** Two spellings of one thing give one key; another thing gives another; what is wrong is refused where it is wrong. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classOf, evaluatedText, MATCH_KEY_TYPES, type MatchInput, parseMatchKey, saysMinor } from './match-key.ts'
import { soundex } from './soundex.ts'

const text = (type: MatchInput['type'], value: string, second?: string): string | undefined => {
  const parsed = parseMatchKey({ type, value, ...(second === undefined ? {} : { with: second }) })
  return parsed.ok ? parsed.value.text : undefined
}
const problem = (type: MatchInput['type'], value: string, second?: string) => {
  const parsed = parseMatchKey({ type, value, ...(second === undefined ? {} : { with: second }) })
  return parsed.ok ? undefined : { code: parsed.problems[0]?.code, at: parsed.problems[0]?.at }
}

describe('strong keys', () => {
  it.each<[MatchInput['type'], readonly (readonly [string, string?])[], string]>([
    [
      'document',
      [
        ['ab 123-456', 'be'],
        ['AB123456', 'BE'],
      ],
      'AB123456|BE',
    ],
    ['iban', [['GB82 WEST 1234 5698 7654 32'], ['gb82west12345698765432']], 'GB82WEST12345698765432'],
    ['phone', [['+32 (0)3 123.45.67'], ['0032 3 123 45 67'], ['+3231234567']], '+3231234567'],
    ['email', [[' Agent@Example.ORG '], ['agent@example.org']], 'agent@example.org'],
    [
      'company',
      [
        ['0123.456.789', 'BE'],
        ['0123456789', 'be'],
      ],
      '0123456789|BE',
    ],
    ['vin', [['1m8gdm9axkp042788'], ['1M8GDM9AX-KP042788']], '1M8GDM9AXKP042788'],
    [
      'crypto',
      [['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4'], ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4']],
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    ],
    [
      'crypto',
      [['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], ['0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED']],
      '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
    ],
    ['seal', [['MSC 00-1234'], ['msc001234']], 'MSC001234'],
  ])('%s: spellings of one thing give one key', (type, spellings, expected) => {
    for (const [value, second] of spellings) expect(text(type, value, second)).toBe(expected)
  })

  it.each<[MatchInput['type'], string, string | undefined, string, string]>([
    ['document', 'AB12?456', 'BE', 'match-key.sign', 'value, sign 5'],
    ['document', 'AB123456', 'Belgium', 'match-key.state', 'with'],
    ['document', 'AB123456', undefined, 'match-key.second-part', 'with'],
    ['iban', 'GB83WEST12345698765432', undefined, 'match-key.check-digit', 'value, sign 3'],
    ['iban', '82GBWEST12345698765432', undefined, 'match-key.iban', 'value, sign 1'],
    ['iban', 'GB82WEST12345698765432', 'GB', 'match-key.second-part', 'with'],
    ['phone', '03 123 45 67', undefined, 'match-key.country-code', 'value, sign 1'],
    ['phone', '+32 3 12x', undefined, 'match-key.sign', 'value, sign 9'],
    ['phone', '+1234567890123456', undefined, 'match-key.length', 'value'],
    ['email', 'agent', undefined, 'match-key.email', 'value'],
    ['email', 'agent@localhost', undefined, 'match-key.domain', 'value, sign 7'],
    ['vin', '1M8GDM9A1KP042788', undefined, 'match-key.check-digit', 'value, sign 9'],
    ['vin', 'WVWZZZ1JZOW386752', undefined, 'match-key.sign', 'value, sign 10'],
    ['crypto', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', undefined, 'match-key.check-digit', 'value, sign 37'],
    ['crypto', '0x5aAe', undefined, 'match-key.length', 'value'],
    ['crypto', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN0', undefined, 'match-key.sign', 'value, sign 34'],
    ['imo', '9319467', undefined, 'imo-number.check-digit', 'imo'],
    ['mmsi', '002050000', undefined, 'match-key.mmsi', 'value, sign 1'],
    ['container', 'MSKU0000000', undefined, 'container-number.check-digit', 'container'],
    ['name-birth', 'Madonna', '1958-08-16', 'match-key.name', 'value'],
    ['name-birth', 'Jan Peeters', '1980-02-30', 'match-key.date', 'with'],
    ['name-birth', 'Jan Peeters', '1900-02-29', 'match-key.date', 'with'],
    ['name-birth', 'Jan Peeters', '1980-13-01', 'match-key.date', 'with'],
    ['sound-year', 'Иван Петров', '1980', 'match-key.script', 'value'],
    ['sound-year', 'Jan Peeters 2', '1980', 'match-key.sign', 'value, sign 13'],
  ])('%s %s is refused where it is wrong', (type, value, second, code, at) => {
    expect(problem(type, value, second)).toEqual({ code, at })
  })

  it('takes a European vehicle number as it is: nobody demands its check digit there', () => {
    expect(text('vin', 'WVWZZZ1JZ3W386752')).toBe('WVWZZZ1JZ3W386752')
  })

  it('finds every single wrong digit and every swapped pair of an IBAN', () => {
    const right = 'GB82WEST12345698765432'
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const wrong = right.slice(0, at) + ((Number(right[at]) + by) % 10) + right.slice(at + 1)
        expect(text('iban', wrong)).toBeUndefined()
        const next = Math.min(at + 1, 21)
        if (right[at] !== right[next])
          expect(text('iban', right.slice(0, at) + right[next] + right[at] + right.slice(at + 2))).toBeUndefined()
      }),
    )
  })
})

describe('weak keys', () => {
  it.each([
    ['Jürgen Müller', 'MUELLER, Juergen'],
    ['Søren Ågaard', 'aagaard soren'],
    ['José María García-López', 'GARCIA LOPEZ Jose Maria'],
    ['Seán O’Brien', "Sean O'Brien"],
    ['Łukasz Żółć', 'zolc lukasz'],
    ['Iğdır Işık', 'isik igdir'],
  ])('%s and %s are one name', (one, other) => {
    expect(text('name-birth', one, '1980-05-01')).toBe(text('name-birth', other, '1980-05-01'))
    expect(text('name-birth', one, '1980-05-01')).toBeDefined()
  })

  it('keeps names apart that differ in a part', () => {
    expect(text('name-birth', 'Jan Peeters', '1980-05-01')).not.toBe(text('name-birth', 'Jan Pieters', '1980-05-01'))
    expect(text('sound-year', 'Jan Peeters', '1980')).toBe(text('sound-year', 'Pieters Jan', '1980'))
  })

  it.each([
    ['ROBERT', 'R163'],
    ['RUPERT', 'R163'],
    ['ASHCRAFT', 'A261'],
    ['TYMCZAK', 'T522'],
    ['PFISTER', 'P236'],
    ['HONEYMAN', 'H555'],
    ['LEE', 'L000'],
  ])('%s sounds like %s, as the National Archives print it', (name, code) => {
    expect(soundex(name)).toBe(code)
  })

  it('says when its person is, or may be, under age', () => {
    const key = (type: MatchInput['type'], second: string) => {
      const parsed = parseMatchKey({ type, value: 'Jan Peeters', with: second })
      if (!parsed.ok) throw new Error('The key was refused.')
      return parsed.value
    }
    expect(saysMinor(key('name-birth', '2008-09-02'), '2026-09-01')).toBe(true)
    expect(saysMinor(key('name-birth', '2008-09-01'), '2026-09-01')).toBe(false)
    expect(saysMinor(key('sound-year', '2008'), '2026-09-01')).toBe(true)
    expect(saysMinor(key('sound-year', '2007'), '2026-09-01')).toBe(false)
  })
})

describe('every type', () => {
  const SAMPLES: Readonly<Record<MatchInput['type'], readonly [string, string?]>> = {
    document: ['AB123456', 'BE'],
    iban: ['GB82WEST12345698765432'],
    phone: ['+3231234567'],
    email: ['agent@example.org'],
    company: ['0123456789', 'BE'],
    vin: ['1M8GDM9AXKP042788'],
    crypto: ['1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2'],
    seal: ['MSC001234'],
    imo: ['9074729'],
    mmsi: ['205123456'],
    container: ['CSQU3054383'],
    'call-sign': ['ONAB'],
    'name-birth': ['Jan Peeters', '1980-05-01'],
    'sound-year': ['Jan Peeters', '1980'],
  }
  const sample = (type: MatchInput['type']) => {
    const [value, second] = SAMPLES[type]
    const parsed = parseMatchKey({ type, value, ...(second === undefined ? {} : { with: second }) })
    if (!parsed.ok) throw new Error(`${type}: ${parsed.problems[0]?.message}`)
    return parsed.value
  }

  it.each([...MATCH_KEY_TYPES])('%s is stable: what was normalised is taken again and stays', (type) => {
    const key = sample(type)
    const [value = '', second] = key.text.split('|')
    if (type === 'sound-year') return
    expect(text(type, value, second)).toBe(key.text)
    expect(key.class).toBe(classOf(type))
  })

  it('never meets another type', () => {
    const all = MATCH_KEY_TYPES.map((type) => evaluatedText(sample(type)))
    expect(new Set(all).size).toBe(MATCH_KEY_TYPES.length)
    expect(evaluatedText({ type: 'document', class: 'strong', text: '12345|BE' })).not.toBe(
      evaluatedText({ type: 'company', class: 'strong', text: '12345|BE' }),
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MATCH_KEY_TYPES),
        fc.string({ unit: 'binary', maxLength: 210 }),
        fc.option(fc.string(), { nil: undefined }),
        (type, value, second) => {
          const parsed = parseMatchKey({ type, value, ...(second === undefined ? {} : { with: second }) })
          if (!parsed.ok) expect(parsed.problems[0]?.message.length).toBeGreaterThan(5)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('holds no nationality: no type asks for one', () => {
    expect(MATCH_KEY_TYPES.filter((type) => /nation|origin|ethnic|religion/.test(type))).toEqual([])
  })
})
