import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printSegment, printServiceAdvice } from './print.ts'
import { Scanner } from './scanner.ts'
import { LEVEL_A, LEVEL_B, type ServiceCharacters } from './service-characters.ts'

function readBack(text: string, count: number): string[][][] {
  const segments: string[][][] = []
  const scanner = new Scanner({
    segment: (segment) =>
      void segments.push(
        Array.from({ length: segment.elementCount }, (_, element) =>
          Array.from({ length: segment.componentCount(element + 1) }, (__, component) => segment.text(element + 1, component + 1)),
        ),
      ),
  })
  scanner.push(Uint8Array.from(text, (sign) => sign.charCodeAt(0)))
  scanner.finish()
  return segments.slice(-count)
}

/** Six different signs that are no letter, digit or blank. */
const characters: fc.Arbitrary<ServiceCharacters> = fc
  .shuffledSubarray(
    [...':+?*\'|^~!#;"/\\@_'].map((sign) => sign.charCodeAt(0)),
    { minLength: 5, maxLength: 5 },
  )
  .map(([component = 0, element = 0, release = 0, repetition = 0, terminator = 0]) => ({
    component,
    element,
    release,
    repetition,
    terminator,
    decimal: 0x2e,
  }))

const value = fc.string({ maxLength: 8 })

describe('printing', () => {
  it('leaves out trailing separators', () => {
    expect(printSegment('LOC', ['9', ['ECGYE', '', ''], '', ''])).toBe("LOC+9+ECGYE'")
    expect(printSegment('UNS', [])).toBe("UNS'")
  })

  it('releases what has a meaning', () => {
    expect(printSegment('FTX', ["a+b:c'd?e*f"])).toBe("FTX+a?+b?:c?'d??e?*f'")
    expect(printSegment('FTX', ['a\x1fb'], LEVEL_B)).toBe('FTX\x1da b\x1c')
  })

  it('is read back as it was, whatever the service characters', () => {
    const elements = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(characters, fc.array(elements, { minLength: 1, maxLength: 5 }), (service, list) => {
        const marked = list.map((each) => [...each, ['end']])
        const printed = marked.map((each) => printSegment('FTX', each, service)).join('')
        const unb = printSegment('UNB', [['UNOA', '4']], service)
        const trimmed = marked.map((each) =>
          each.map((components) => {
            const kept = [...components]
            while (kept.length > 1 && kept.at(-1) === '') kept.pop()
            return kept
          }),
        )
        expect(readBack(printServiceAdvice(service) + unb + printed, list.length)).toEqual(trimmed)
      }),
    )
  })

  it('prints the advice that the scanner takes', () => {
    expect(printServiceAdvice(LEVEL_A)).toBe("UNA:+.?*'")
  })
})
