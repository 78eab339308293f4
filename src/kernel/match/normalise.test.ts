import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hasMixedScripts, MAX_NAME_LENGTH, normaliseText } from './normalise.ts'

it('takes out what nobody sees: zero width, direction, soft hyphens, controls', () => {
  expect(normaliseText('\u202eMar\u200bia\u00ad\u0000 \u2066Lopez\u2069').text).toBe('Maria Lopez')
  expect(normaliseText('ＭＡＲＩＡ　ＬＯＰＥＺ').text).toBe('MARIA LOPEZ')
})

it('opens the raised end of a word that was cut short, and leaves that of a number', () => {
  expect(normaliseText('Mª José, Antº. 1º').text).toBe('Ma. José, Anto. 1o')
})

it('folds letters of another script inside a word, to the script that the word is in at heart, and says so', () => {
  // Cyrillic а and е in a Latin word; Latin a and p in a Cyrillic one.
  expect(normaliseText('Mаriа Pеrez')).toMatchObject({ text: 'Maria Perez', hasMixedScripts: true })
  expect(normaliseText('Ивaнов')).toMatchObject({ text: 'Иванов', hasMixedScripts: true })
  expect(hasMixedScripts('Иванов Ivanov')).toBe(false)
  expect(hasMixedScripts('Ρita')).toBe(true)
})

it('cuts a flood of marks and a name without end, and says so', () => {
  expect(normaliseText(`a${'\u0301'.repeat(10_000)}b`)).toMatchObject({ isCapped: true })
  expect([...normaliseText(`q${'\u0323'.repeat(500)}b`).text].length).toBeLessThan(10)
  const endless = normaliseText('x'.repeat(1_000_000))
  expect(endless.isCapped).toBe(true)
  expect(endless.text).toHaveLength(MAX_NAME_LENGTH)
  // One sign that stands for eighteen.
  expect(normaliseText('\ufdfa'.repeat(1000)).text.length).toBeLessThanOrEqual(MAX_NAME_LENGTH)
})

it('never throws, stays within its length, and changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const once = normaliseText(text)
      expect(once.text.length).toBeLessThanOrEqual(MAX_NAME_LENGTH)
      expect(once.text.isWellFormed()).toBe(true)
      expect(normaliseText(once.text).text).toBe(once.text)
    }),
  )
})
