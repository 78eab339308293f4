/** Keys of cases: the same thing written in two ways is one key, and what fits by chance is none. */
import { expect, it } from 'vitest'
import { type CrossCheckKind, caseKeyOf, personKey } from './case-keys.ts'

it.each<[CrossCheckKind, string, string]>([
  ['person-name', 'Müller, Jan', 'jan mueller'],
  ['person-name', 'DE GROOT Anna-Maria', 'Anna Maria de Groot'],
  ['phone', '+32 470 12 34 56', '0032470123456'],
  ['phone', '0470/12.34.56', '0470 123 456'],
  ['e-mail', 'A.B@Example.org ', 'a.b@example.org'],
  ['container', 'msku 305438-3', 'MSKU3054383'],
  ['container', 'MSKU 305438-9', 'msku3054389'],
  ['vessel', 'IMO 9074729', '9074729'],
  ['vessel', 'Estrella del Mar', 'ESTRELLA-DEL-MAR'],
  ['account', 'BE68 5390 0754 7034', 'be68539007547034'],
  ['crypto-address', '0xDE0B295669a9FD93d5F28D9Ec85E40f4cb697BAe', '0xde0b295669a9fd93d5f28d9ec85e40f4cb697bae'],
  ['document-number', 'AB-123 456', 'ab123456'],
  ['company', 'Société Étoile S.A.', 'SOCIETE ETOILE SA'],
  ['reference', '2026/SV-0017', '2026 sv 0017'],
])('%s: %s and %s are one key', (kind, one, other) => {
  const key = caseKeyOf(kind, one)
  expect(key).toBeDefined()
  expect(caseKeyOf(kind, other)).toEqual(key)
})

it.each<[CrossCheckKind, string]>([
  ['person-name', 'Müller'],
  ['date-of-birth', '1980-05-17'],
  ['reference', '17'],
  ['phone', 'unknown'],
  ['document-number', '-'],
])('%s: %s is too little to compare by', (kind, value) => {
  expect(caseKeyOf(kind, value)).toBeUndefined()
})

it('of different kinds never meet', () => {
  expect(caseKeyOf('reference', 'MSKU3054383')).not.toEqual(caseKeyOf('container', 'MSKU3054383'))
})

it('a name with a date of birth is a person, one with another date another', () => {
  expect(personKey('Müller Jan', '1980-05-17')).toEqual(personKey('jan mueller', '1980-05-17'))
  expect(personKey('Müller Jan', '1980-05-17')).not.toEqual(personKey('Müller Jan', '1980-05-18'))
  expect(personKey('Müller Jan', '1980-02-31')).toBeUndefined()
})
