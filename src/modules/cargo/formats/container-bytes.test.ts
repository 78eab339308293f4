import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containerCheckDigit, parseContainerNumber } from '#kernel/identifiers/container-number.ts'
import { type ContainerBytes, printContainerKey, readContainerBytes } from './container-bytes.ts'
import { ContainerTally } from './container-tally.ts'
import { DistinctKeys } from './distinct-keys.ts'

const encoder = new TextEncoder()
const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const digit = fc.constantFrom(...'0123456789')
const shaped = fc
  .tuple(fc.array(letter, { minLength: 3, maxLength: 3 }), fc.constantFrom('U', 'J', 'Z'), fc.array(digit, { minLength: 7, maxLength: 7 }))
  .map(([owner, category, digits]) => owner.join('') + category + digits.join(''))

function read(text: string): ContainerBytes {
  const into = { key: 0, digit: 0, isDigitRight: false }
  const bytes = encoder.encode(`+${text}+`)
  readContainerBytes(bytes, 1, bytes.length - 1, into)
  return into
}

describe('container numbers from bytes', () => {
  it('judges as the identifier parser does', () => {
    fc.assert(
      fc.property(fc.oneof(shaped, fc.stringMatching(/^[A-Z0-9]{9,12}$/), fc.string({ maxLength: 13 })), (text) => {
        const { key, isDigitRight } = read(text)
        const parsed = parseContainerNumber(text)
        if (parsed.ok && text === parsed.value) expect({ isIso: key >= 0, isDigitRight }).toEqual({ isIso: true, isDigitRight: true })
        if (!parsed.ok && parsed.problems[0]?.code === 'container-number.format') expect(key).toBe(-1)
        if (key >= 0) expect(isDigitRight).toBe(parsed.ok)
      }),
    )
  })

  it('keeps every number apart and gives it back with its digit', () => {
    fc.assert(
      fc.property(shaped, shaped, (one, other) => {
        const key = read(one).key
        expect(key).toBeLessThan(2 ** 36)
        expect(key === read(other).key).toBe(one.slice(0, 10) === other.slice(0, 10))
        expect(printContainerKey(key)).toBe(one.slice(0, 10) + containerCheckDigit(one.slice(0, 10)))
      }),
    )
  })

  it.each([
    ['CSQU3054383', true],
    ['CSQU3054384', false],
    ['MSKU0000000', false],
  ])('checks %s', (text, isDigitRight) => {
    expect(read(text)).toMatchObject({ isDigitRight })
  })
})

describe('distinct keys', () => {
  it('is a set', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.integer({ min: 0, max: 40 }),
            fc.nat().map((n) => n * 300),
            fc.integer({ min: 0xffff_ff00, max: 0x1_0000_00ff }),
          ),
        ),
        (keys) => {
          const ours = new DistinctKeys()
          const set = new Set<number>()
          for (const key of keys) {
            expect(ours.add(key)).toBe(!set.has(key))
            set.add(key)
          }
          expect(ours.size).toBe(set.size)
        },
      ),
    )
  })

  it('grows with a whole fleet', () => {
    const keys = new DistinctKeys()
    for (let round = 0; round < 2; round++) for (let index = 0; index < 100_000; index++) keys.add(index * 5_270_003)
    expect(keys.size).toBe(100_000)
  })
})

describe('tally', () => {
  it('counts by kind', () => {
    const tally = new ContainerTally()
    const findings = ['CSQU3054383', 'CSQU3054383', 'CSQU3054384', 'csqu 305438-3', 'NONE', 'ÀSQU3054383', 'CSQU30543830'].map((text) =>
      tally.addText(text),
    )
    expect(findings).toEqual(['iso', 'iso', 'check-digit', 'iso', 'format', 'format', 'format'])
    expect(tally).toMatchObject({ containers: 7, badCheckDigit: 1, notIso: 3, distinctContainers: 5 })
  })
})
