import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson, type Json } from './canonical-json.ts'

it('writes the examples of RFC 8785', () => {
  expect(canonicalJson({ b: [1e30, 4.5, 0.002, 1e-27], a: null, c: true })).toBe('{"a":null,"b":[1e+30,4.5,0.002,1e-27],"c":true}')
  // Section 3.2.3: order by UTF-16 code units.
  const members = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
  const sorted = Object.keys(JSON.parse(canonicalJson(Object.fromEntries(members.map((member) => [member, 1])))))
  expect(sorted.filter((member) => member !== '1')).toEqual(['\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'])
})

it('refuses what JSON cannot hold', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(RangeError)
  expect(() => canonicalJson('\ud800')).toThrow(RangeError)
})

it('has one text for one value, and reads back as the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text)
      // Negative zero has no text of its own in JSON.
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
