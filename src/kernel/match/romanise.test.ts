import anyAscii from 'any-ascii'
import { expect, it } from 'vitest'
import { partName, romanise } from './romanise.ts'

const read = (text: string) =>
  text
    .split(' ')
    .map((word) => romanise(word, anyAscii))
    .join(' ')

it('writes Cyrillic names by their language', () => {
  expect(read('Сергей Чайковский')).toBe('sergey chaykovsky')
  expect(read('Григорій Їжак')).toBe('hryhory yizhak')
  expect(read('Љубица Ћирић')).toBe('ljubica ciric')
  expect(read('Қасым Тұрсын')).toBe('qasym tursyn')
})

it('writes Greek by sound', () => {
  expect(read('Μπάμπης Ντόκος')).toBe('bambis dokos')
  expect(read('Ευάγγελος Παύλου')).toBe('evangelos pavlou')
})

it('writes Arabic and Hebrew with the consonants that are there, and parts the article', () => {
  expect(read('محمد السوداني')).toBe('muhammad al sudani')
  expect(read('عبد')).toBe('abd')
  expect(read('בנימין')).toBe('bnimin')
})

it('writes Hangul syllable by syllable, and family names as is customary', () => {
  expect(partName('김철수').map((part) => romanise(part, anyAscii))).toEqual(['kim', 'cholsu'])
  expect(read('박')).toBe('park')
})

it('parts a Han name into family name and given name', () => {
  expect(partName('王小明')).toEqual(['王', '小明'])
  expect(partName('欧阳小明')).toEqual(['欧阳', '小明'])
  // A family name that is read otherwise than the character by itself.
  expect(partName('曾明').map((part) => romanise(part, anyAscii))).toEqual(['zeng', 'ming'])
})

it('hears foreign names in Katakana', () => {
  expect(read('ウラジーミル')).toBe('vradimiru')
  // Hiragana is Japanese: nothing is guessed.
  expect(read('たかいち')).toBe('takaichi')
})

it('leaves scripts without a table to what it is given', () => {
  expect(romanise('პეტრე', (text) => `<${anyAscii(text)}>`)).toBe("<p'etre>".replace("'", ''))
})
