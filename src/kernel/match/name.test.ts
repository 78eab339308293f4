import anyAscii from 'any-ascii'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_TOKENS, type NameKind, prepareName } from './name.ts'

const prepare = (text: string, kind: NameKind = 'person') => prepareName(text, kind, anyAscii)
const tags = (text: string, kind?: NameKind) => prepare(text, kind).tokens.map(({ latin, tag }) => `${latin}:${tag}`)

it('tells names from initials, titles and words between', () => {
  expect(tags('Dr. Ana M. de la Cruz')).toEqual(['dr:title', 'ana:name', 'm:initial', 'de:particle', 'la:particle', 'cruz:name'])
  expect(tags('Omar bin Yusuf al-Harbi')).toEqual(['omar:name', 'bin:particle', 'yusuf:name', 'al:particle', 'harbi:name'])
  expect(prepare('Omar bin Yusuf').tokens.find(({ latin }) => latin === 'yusuf')?.isFathers).toBe(true)
  expect(tags('Abd al-Karim')).toEqual(['abdul:name', 'karim:name'])
  // Ben is a short form at the beginning of two words, son of between three.
  expect(tags('Ben Okri')).toEqual(['ben:nickname', 'okri:name'])
  expect(tags('Do Van Te')).toEqual(['do:name', 'van:particle', 'te:name'])
})

it('takes a title for one before the first name alone, and a degree or a generation behind it, too', () => {
  expect(tags('Pastor Ana Cardinal')).toEqual(['pastor:title', 'ana:name', 'cardinal:name'])
  expect(tags('Mohamed Sheikh')).toEqual(['mohamed:name', 'sheikh:name'])
  expect(tags('Minister Kovac')).toEqual(['minister:title', 'kovac:name'])
  expect(tags('Carlos Lehder Jr.').at(-1)).toBe('jr:title')
  expect(tags('Ana Cruz PhD').at(-1)).toBe('phd:title')
  // Señor before the name, the elder behind it.
  expect(['Sr. Juan Mora', 'Juan Mora Sr.', 'Juan Mora III', 'Juan Mora'].map((text) => prepare(text).generation?.value)).toEqual([
    undefined,
    '1',
    '3',
    undefined,
  ])
  expect(tags('Naomasa II')).toEqual(['naomasa:name', 'ii:name'])
})

it('turns "family, given" round, and keeps the order in which it was written', () => {
  const turned = prepare('LOPEZ GARCIA, Maria')
  expect(turned).toMatchObject({ norm: 'maria lopez garcia', written: 'lopez garcia maria', isTurned: true })
  expect(prepare('Maria Lopez')).toMatchObject({ written: 'maria lopez', isTurned: false })
})

it('finds legal forms at both ends, in letters with and without points, in many languages', () => {
  for (const name of ['Hafen Nord GmbH', 'Hafen Nord G.m.b.H.', 'Hafen Nord Gesellschaft mit beschränkter Haftung'])
    expect(prepare(name, 'organisation').norm, name).toBe('hafen nord gmbh')
  expect(prepare('ООО "Северный Порт"', 'organisation').norm).toBe('ooo severny port')
  expect(prepare('AT&T', 'organisation').norm).toBe('at and t')
})

it('takes a word that is a legal form for a name where one is wanted: with nothing else behind it, with a form at the end, or behind an article', () => {
  const tagOf = (text: string, word: string) => prepare(text, 'organisation').tokens.find(({ latin }) => latin === word)?.tag
  expect(['Vos Logistics', 'Vos Fruit BV', 'De Vos Fruit', 'Jan de Vos'].map((text) => tagOf(text, 'vos'))).toEqual([
    'name',
    'name',
    'name',
    'name',
  ])
  expect(tagOf('Severny Port AG', 'ag')).toBe('legal-form')
  expect(tagOf('AG Severny Port', 'ag')).toBe('legal-form')
  expect(tagOf('Fund V LP', 'lp')).toBe('legal-form')
  expect(tagOf("Fruit d'Or or BVBA", 'bvba')).toBe('legal-form')
})

it('reads numbers in words, digits and Roman numerals as numbers', () => {
  const value = (text: string) => prepare(text, 'organisation').tokens.at(-1)?.value
  expect(['Fund Forty-Four', 'Fund 44', 'Fund Forty 4', 'Fund XIV', 'Fund II', '3rd'].map(value)).toEqual([
    '44',
    '44',
    '44',
    '14',
    '2',
    '3',
  ])
})

it('knows countries by their names in several languages, for organisations only', () => {
  expect(prepare('Hafenbank (Schweiz)', 'organisation').tokens.at(-1)).toMatchObject({ tag: 'place', value: 'ch' })
  expect(prepare('Maria Schweiz').tokens.at(-1)?.tag).toBe('name')
})

it('gives both names where a slash parts two, and not in A/S', () => {
  expect(prepare('Nordic Line/Baltic Star', 'organisation').alternatives).toHaveLength(2)
  expect(prepare('Nordic Line A/S', 'organisation')).toMatchObject({ alternatives: [], norm: 'nordic line as' })
})

it('gives both names where a word or quotes say that the second is another one of the same, and none where they may be a part of a name', () => {
  const sides = (text: string, kind: NameKind = 'person') => prepare(text, kind).alternatives.map(({ norm }) => norm)
  expect(sides('Radovan Castorino alias Kormoran')).toEqual(['radovan castorino', 'kormoran'])
  expect(sides('RADOVAN CASTORINO ALIAS "KORMORAN"')).toEqual(['radovan castorino', 'kormoran'])
  expect(sides('Radovan Castorino, a.k.a. Kormoran')).toEqual(['radovan castorino', 'kormoran'])
  expect(sides('Radovan «Kormoran» Castorino')).toEqual(['kormoran', 'radovan castorino'])
  expect(sides('Delta Cargo Ltd trading as Port Fruit', 'organisation')).toEqual(['delta cargo ltd', 'port fruit'])
  expect(sides('OCEAN STAR (ex LUCKY LADY)', 'vessel')).toEqual(['ocean star', 'lucky lady'])
  expect(sides('Elvis Aka Kouassi')).toEqual([])
  expect(sides('Alexander Aliasov')).toEqual([])
  expect(sides('Alias Systems Ltd', 'organisation')).toEqual([])
  expect(sides('Euro Ex Cargo', 'organisation')).toEqual([])
  expect(sides('ООО «Северный Ветер»', 'organisation')).toEqual([])
})

it('gives both names where an abbreviation stands beside the words it stands for, for organisations only', () => {
  const sides = (text: string, kind: NameKind = 'organisation') => prepare(text, kind).alternatives.map(({ norm }) => norm)
  expect(sides('MSC Mediterranean Shipping Company S.A.')).toEqual(['msc', 'mediterranean shippingcompany sa'])
  expect(sides('Terminal Portuario de Guayaquil (TPG)')).toEqual(['tpg', 'terminal portuario de guayaquil'])
  expect(sides('TPG Terminal Portuario de Callao')).toEqual([])
  expect(sides('ABC Ana Berta Cruz', 'person')).toEqual([])
})

it('says when a name has more words or letters than are compared', () => {
  const endless = prepare('a bc '.repeat(200_000))
  expect(endless.isCapped).toBe(true)
  expect(endless.tokens.length).toBeLessThanOrEqual(MAX_TOKENS)
  expect(prepare('x'.repeat(200)).isCapped).toBe(true)
  expect(prepare('Maria Lopez').isCapped).toBe(false)
})

it('prepares nothing as nothing', () => {
  for (const text of ['', '   ', '\u200b', '...', '\u202e']) expect(prepare(text)).toMatchObject({ tokens: [], core: [], norm: '' })
})

it('takes any text of any kind, and loses no word below the limit', () => {
  const kinds = fc.constantFrom<NameKind>('person', 'organisation', 'vessel', 'other')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), kinds, (text, kind) => {
      const name = prepare(text, kind)
      expect(name.tokens.every(({ latin }) => /^[a-z0-9? ]+$/.test(latin))).toBe(true)
      expect(name.core.every((token) => name.tokens.includes(token))).toBe(true)
    }),
  )
})
