import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson, type Json } from './canonical-json.ts'
import { GENESIS, nextLink } from './chain.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

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

it('breaks from the first changed, dropped or swapped event on', () => {
  const chain = (events: readonly Json[]) => {
    let link = GENESIS
    return events.map((event) => (link = nextLink(link, event, hash)))
  }
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 3, maxLength: 12 }), fc.nat(), (events, at) => {
      const place = at % (events.length - 1)
      const changed = events.with(place, `${events[place]}!`)
      const swapped = events.with(place, events[place + 1] as string).with(place + 1, events[place] as string)
      const whole = chain(events)
      for (const other of [changed, swapped]) {
        const links = chain(other)
        expect(links.slice(0, place)).toEqual(whole.slice(0, place))
        for (let index = place; index < links.length; index++) expect(links[index]).not.toBe(whole[index])
      }
      expect(chain(events.toSpliced(place, 1)).at(-1)).not.toBe(whole.at(-1))
    }),
  )
})
