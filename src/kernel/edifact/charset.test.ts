import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charsetOfSyntax, decodeBytes, holdsC1 } from './charset.ts'

const decode = (bytes: Uint8Array, charset: Parameters<typeof decodeBytes>[3]): string => decodeBytes(bytes, 0, bytes.length, charset)
const anyBytes = fc.uint8Array({ maxLength: 64 })

describe('character sets', () => {
  it('decodes Windows-1252 as the platform does', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect(decode(all, 'windows-1252')).toBe(new TextDecoder('windows-1252').decode(all))
  })

  it('decodes UTF-8 as the platform does, and guesses it only when it is well formed', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    fc.assert(
      fc.property(
        fc.oneof(
          anyBytes,
          fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)),
        ),
        (bytes) => {
          let expected: string | undefined
          try {
            expected = strict.decode(bytes)
          } catch {
            expected = undefined
          }
          if (expected !== undefined) expect(decode(bytes, 'utf-8')).toBe(expected)
          expect(decode(bytes, 'guess')).toBe(expected ?? new TextDecoder('windows-1252').decode(bytes))
        },
      ),
    )
  })

  it('replaces ill-formed UTF-8 where it is declared', () => {
    expect(decode(Uint8Array.of(0x41, 0xff, 0x42), 'utf-8')).toBe('A\ufffdB')
    expect(decode(Uint8Array.of(0xe0, 0x80, 0x80), 'utf-8')).toContain('\ufffd')
  })

  it('decodes long texts in runs', () => {
    expect(decode(new Uint8Array(20_000).fill(0x41), 'ascii')).toBe('A'.repeat(20_000))
  })

  it('lends other sets to the decoder of the host', () => {
    const greek = Uint8Array.of(0xc1)
    expect(decodeBytes(greek, 0, 1, 'iso-8859-7', (bytes, charset) => new TextDecoder(charset).decode(bytes))).toBe('Α')
    expect(decode(greek, 'iso-8859-7')).toBe('Á')
  })

  it('knows the sets by their syntax identifiers', () => {
    expect(charsetOfSyntax('UNOC')).toEqual({ kind: 'known', charset: 'windows-1252' })
    expect(charsetOfSyntax('UNOE')).toEqual({ kind: 'known', charset: 'iso-8859-5' })
    expect(charsetOfSyntax('UNOX')).toEqual({ kind: 'refused' })
    expect(charsetOfSyntax('toString')).toEqual({ kind: 'unknown' })
    expect(charsetOfSyntax('IATB')).toEqual({ kind: 'unknown' })
  })

  it('tells Windows-1252 from Latin-1', () => {
    expect(holdsC1(Uint8Array.of(0xe9, 0x80), 0, 2)).toBe(true)
    expect(holdsC1(Uint8Array.of(0xe9, 0xa0), 0, 2)).toBe(false)
  })
})
