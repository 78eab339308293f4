import fc from 'fast-check'
import { expect, it } from 'vitest'
import { containerCheckDigit } from '#kernel/identifiers/container-number.ts'
import { packContainer, unpackContainer } from './container-key.ts'

const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const number = fc
  .tuple(letter, letter, letter, fc.constantFrom('U', 'J', 'Z'), fc.integer({ min: 0, max: 999_999 }))
  .map(([a, b, c, category, serial]) => {
    const ten = `${a}${b}${c}${category}${String(serial).padStart(6, '0')}`
    return ten + containerCheckDigit(ten)
  })

it('packs every number into fewer than 36 bits and unpacks it unchanged', () => {
  fc.assert(
    fc.property(number, (text) => {
      const key = packContainer(text)
      expect(key).toBeLessThan(2 ** 36)
      expect(unpackContainer(key ?? -1)).toBe(text)
    }),
  )
  const last = 26 ** 3 * 3_000_000 - 1
  expect([unpackContainer(0)?.slice(0, 10), unpackContainer(last)?.slice(0, 10)]).toEqual(['AAAU000000', 'ZZZZ999999'])
  expect([packContainer(unpackContainer(0) ?? ''), packContainer(unpackContainer(last) ?? '')]).toEqual([0, last])
})

it('gives two numbers two keys', () => {
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(packContainer(a) === packContainer(b)).toBe(a === b)
    }),
  )
})

it('has no key for a wrong digit and for a number of another shape', () => {
  expect([packContainer('CSQU3054384'), packContainer('TANK-7')]).toEqual([undefined, undefined])
})

it.each([-1, 0.5, Number.NaN, 26 ** 3 * 3_000_000])('has no number for the key %s', (key) => {
  expect(unpackContainer(key)).toBeUndefined()
})
