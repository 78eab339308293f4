import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readMark, writeMark } from './page-mark.ts'

const mark = { parts: ['instant', 'text', 'ordinal'], code: 'test.cursor' } as const

it('gives back what a list wrote', () => {
  for (const values of [
    ['2026-11-24T12:00:00.000Z', 'abc', 7],
    ['2026-11-24 12:00:00.123456+00', 'abc', 7],
    ['infinity', '', 0],
  ])
    expect(readMark(writeMark(values), mark)).toEqual(values)
  expect(readMark(undefined, mark)).toBeUndefined()
})

it.each<[unknown]>([
  [['2026-99-99T00:00:00Z', 'a', 1]],
  [['2026-02-30T00:00:00Z', 'a', 1]],
  [['0000-01-01T00:00:00Z', 'a', 1]],
  [['2026-11-24 08:00:00+99:99', 'a', 1]],
  [['infinity', 'a\0', 1]],
  [['infinity', { a: 1 }, 1]],
  [['infinity', 'a', 1.5]],
  [['infinity', 'a', 2 ** 40]],
  [['infinity', 'a']],
  [['infinity', 'a', 1, 2]],
  [['infinity', 'x'.repeat(201), 1]],
  [{ 0: 'infinity', 1: 'a', 2: 1, length: 3 }],
  ['infinity'],
])('refuses %j', (values) => {
  expect(() => readMark(Buffer.from(JSON.stringify(values)).toString('base64url'), mark)).toThrow(
    expect.objectContaining({ status: 400, code: 'test.cursor' }),
  )
})

it('refuses or reads any text, and nothing else happens', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(readMark(text, mark)).toHaveLength(3)
      } catch (error) {
        expect(error).toMatchObject({ code: 'test.cursor' })
      }
    }),
  )
})
