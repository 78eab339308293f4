import fc from 'fast-check'
import { expect, it } from 'vitest'
import { containerCheckDigit } from '#kernel/identifiers/container-number.ts'
import { ContainerKeys, LAST_KEY, OVERFLOW_START, packContainer, unpackContainer } from './container-key.ts'

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
      expect(key).toBeLessThan(OVERFLOW_START)
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

it('keeps a wrong digit and a number of another shape apart from every ISO number', () => {
  const keys = new ContainerKeys()
  expect(packContainer('CSQU3054384')).toBeUndefined()
  expect(keys.keyOf('CSQU3054384')).toBe(OVERFLOW_START)
  expect(keys.keyOf('TANK-7')).toBe(OVERFLOW_START + 1)
  expect(keys.keyOf('CSQU3054384')).toBe(OVERFLOW_START)
  expect(keys.textOf(OVERFLOW_START)).toBe('CSQU3054384')
  expect(keys.keyOf('CSQU3054383')).toBe(packContainer('CSQU3054383'))
  expect(OVERFLOW_START + 1_000_000).toBeLessThan(LAST_KEY)
})

it('says nothing of more texts than the overflow may hold, and goes on with those it knows', () => {
  const keys = new ContainerKeys(2)
  expect([keys.keyOf('A'), keys.keyOf('B'), keys.keyOf('C'), keys.keyOf('A')]).toEqual([
    OVERFLOW_START,
    OVERFLOW_START + 1,
    undefined,
    OVERFLOW_START,
  ])
  expect(keys.overflowing).toBe(2)
})

it.each([-1, 0.5, Number.NaN, 26 ** 3 * 3_000_000])('has no number for the key %s', (key) => {
  expect(unpackContainer(key)).toBeUndefined()
})
