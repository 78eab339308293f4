import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault, measureJson } from './json-fault.ts'

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
const noise = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0ae1.-+ \n'), maxLength: 30 }),
  fc.json().chain((text) => fc.nat({ max: text.length }).map((at) => text.slice(0, at) + text.slice(at + 1))),
  fc.json(),
)

it('finds a fault exactly where the language refuses the text, or where a name stands twice', () => {
  fc.assert(
    fc.property(noise, (text) => {
      const fault = jsonFault(text)
      if (fault === undefined) expect(parses(text)).toBe(true)
      else expect(fault.code === 'repeated-member' || !parses(text)).toBe(true)
      if (fault !== undefined) expect(fault.column).toBeLessThanOrEqual(text.length + 1)
    }),
    { numRuns: 5000 },
  )
})

it('measures depth and members as they are', () => {
  const count = (value: unknown): number =>
    value === null || typeof value !== 'object'
      ? 0
      : Object.entries(value).reduce((sum, [, each]) => sum + (Array.isArray(value) ? 0 : 1) + count(each), 0)
  const depth = (value: unknown): number =>
    value === null || typeof value !== 'object' ? 0 : 1 + Math.max(0, ...Object.values(value).map((each) => depth(each)))
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 5 }).filter((text) => jsonFault(text) === undefined),
      (text) => {
        expect(measureJson(text)).toMatchObject({ depth: depth(JSON.parse(text)), members: count(JSON.parse(text)) })
      },
    ),
    { numRuns: 1000 },
  )
})

it('has every number that reading alters measured as long, and no text', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,24})?([eE][+-]?\d{1,4})?$/), (number) => {
      const isAltered = !isSame(number, String(JSON.parse(number)))
      fc.pre(isAltered)
      expect(measureJson(`{"a":[0,${number},1]}`)).toMatchObject({ hasLongNumber: true })
    }),
    { numRuns: 3000 },
  )
  expect(measureJson('{"a":[123456789012345,true,"12345678901234567890","1e400"],"b":1}')).toMatchObject({ hasLongNumber: false })
})

it('says at which sign', () => {
  expect(jsonFault('{"a":1,}')).toMatchObject({ code: 'syntax', column: 8 })
  expect(jsonFault('{"a":1} x')).toMatchObject({ code: 'syntax', column: 9 })
  expect(jsonFault('[1 2]')).toMatchObject({ code: 'syntax', column: 4 })
  expect(jsonFault('{"a":[{"b":1,"b":2}]}')).toMatchObject({ code: 'repeated-member', column: 14 })
  expect(jsonFault('')).toMatchObject({ code: 'syntax', column: 1 })
})

it('bears texts of many megabytes, ended or not', () => {
  const long = 'x'.repeat(40_000_000)
  expect(jsonFault(`{"a":"${long}`)).toMatchObject({ code: 'syntax', column: 6 })
  expect(jsonFault(`{"a":"${long}","a":1}`)).toMatchObject({ code: 'repeated-member' })
})

/** Whether two numbers, as written, are the same one: by their digits and where the point stands. */
function isSame(one: string, other: string): boolean {
  const written = (text: string) => {
    const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
    const [whole = '', part = ''] = mantissa.replace('-', '').split('.')
    const digits = (whole + part).replace(/^0+/, '')
    const kept = digits.replace(/0+$/, '')
    return kept === '' ? '0' : `${kept}e${Number(exponent) - part.length + digits.length - kept.length}`
  }
  return written(one) === written(other)
}
