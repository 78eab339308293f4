import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from './limits.ts'
import { Scanner } from './scanner.ts'
import type { Segment } from './segment.ts'

interface Seen {
  segments: string[][][]
  strays: number
  refusal: string | undefined
  byte: number | undefined
}

/** Elements of components, as text; repetitions stand as components. */
function valuesOf(segment: Segment): string[][] {
  const elements: string[][] = []
  for (let element = 0; element <= segment.elementCount; element++) {
    const first = segment.elementFirst[element] as number
    const next = segment.elementFirst[element + 1] as number
    elements.push(Array.from({ length: next - first }, (_, index) => segment.textOf((first + index) * 3)))
  }
  return elements
}

function scan(chunks: Iterable<Uint8Array>, limits = DEFAULT_LIMITS): Seen {
  const seen: Seen = { segments: [], strays: 0, refusal: undefined, byte: undefined }
  const scanner = new Scanner({ segment: (segment) => seen.segments.push(valuesOf(segment)), stray: () => seen.strays++ }, limits)
  for (const chunk of chunks) scanner.push(chunk)
  scanner.finish()
  seen.refusal = scanner.refusal?.code
  seen.byte = scanner.refusal?.byte
  return seen
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0))

function* pieces(whole: Uint8Array, size: number): Generator<Uint8Array> {
  for (let from = 0; from < whole.length; from += size) yield whole.subarray(from, from + size)
}

const tags = (text: string): string[] => scan([bytes(text)]).segments.map((segment) => segment[0]?.[0] ?? '')

describe('scanner', () => {
  it('splits segments, elements and components', () => {
    expect(scan([bytes("UNB+UNOA:2+S+R'LOC+9+ECGYE:139:6'")]).segments).toEqual([
      [['UNB'], ['UNOA', '2'], ['S'], ['R']],
      [['LOC'], ['9'], ['ECGYE', '139', '6']],
    ])
  })

  it('reads released characters as data, also at the edge of a chunk', () => {
    const text = "UNB+A'FTX+x?+y?:z??w?'v'"
    for (const size of [1, 2, 3, 100]) expect(scan(pieces(bytes(text), size)).segments[1]).toEqual([['FTX'], ["x+y:z?w'v"]])
  })

  it('takes any six service characters from UNA', () => {
    expect(scan([bytes('UNA|^,!~#UNB^A|4#FTX^a!^b|c#')]).segments[1]).toEqual([['FTX'], ['a^b', 'c']])
  })

  it.each(['\r', '\n', '\r\n'])('takes %j as segment terminator', (terminator) => {
    const una = `UNA:+.? ${terminator[0]}`
    const rest = terminator.length === 2 ? terminator[1] : ''
    expect(tags(`${una}${rest}UNB+A${terminator}BGM+1${terminator}`)).toEqual(['UNB', 'BGM'])
  })

  it('refuses a UNA whose characters collide', () => {
    expect(scan([bytes("UNA++.? 'UNB+A'")])).toMatchObject({ refusal: 'edifact.service-characters', byte: 0 })
    expect(scan([bytes('UNA:+')])).toMatchObject({ refusal: 'edifact.service-characters' })
  })

  it('treats a blank release character as none', () => {
    expect(scan([bytes("UNA:+.  'UNB+A'FTX+a?+b'")]).segments[1]).toEqual([['FTX'], ['a?'], ['b']])
  })

  it('separates repetitions in syntax 4 only', () => {
    const repeated = "UNA:+.?*'UNB+UNOC:4'CUX+3*1:2'"
    const scanner: (string | undefined)[][] = []
    const four = new Scanner({ segment: (segment) => void scanner.push([segment.text(1), segment.text(1, 2)]) })
    four.push(bytes(repeated))
    four.finish()
    // The second repetition is not the second component.
    expect(scanner[1]).toEqual(['3', ''])
    expect(scan([bytes(repeated)]).segments[1]).toEqual([['CUX'], ['3', '1', '2']])
    expect(scan([bytes("UNB+UNOC:3'CUX+3*1:2'")]).segments[1]).toEqual([['CUX'], ['3*1', '2']])
  })

  it('reads level B, which writes the information separators', () => {
    expect(scan([bytes('UNB\x1dUNOB\x1f1\x1cBGM\x1da?b\x1fc\x1c')]).segments[1]).toEqual([['BGM'], ['a?b', 'c']])
  })

  it('skips a byte order mark and blanks between segments', () => {
    expect(tags("\xef\xbb\xbf\r\n UNB+A'\n\t  LIN+1'\r\n\r\nUNZ+1'\n")).toEqual(['UNB', 'LIN', 'UNZ'])
  })

  it('falls back to the default characters for the next interchange', () => {
    expect(scan([bytes("UNA|^,! #UNB^A|3#UNZ^1#UNB+B:3'UNZ+1'")]).segments.map(([, first]) => first)).toEqual([
      ['A', '3'],
      ['1'],
      ['B', '3'],
      ['1'],
    ])
  })

  it('reads a value and a tag without the line breaks that a carrier put in', () => {
    expect(scan([bytes("UNB+A'P\r\nRI+58\n7'")]).segments[1]).toEqual([['PRI'], ['587']])
  })

  it('tells NUL bytes between segments and keeps them inside', () => {
    const seen = scan([bytes("UNB+A'\0\0FTX+a\0b'")])
    expect(seen.strays).toBe(2)
    expect(seen.segments[1]).toEqual([['FTX'], ['a\0b']])
  })

  it.each([
    ['', 'edifact.empty', 0],
    [' \r\n', 'edifact.empty', 0],
    ['\0\0\0\0\0', 'edifact.not-edifact', 0],
    ['UN', 'edifact.not-edifact', 0],
    ['hello world', 'edifact.not-edifact', 0],
    ['  {"a":1}', 'edifact.not-edifact', 2],
    ['UNBOUND', 'edifact.not-edifact', 0],
    ['\xff\xfeU\0N\0B\0', 'edifact.utf-16', 0],
  ])('refuses %j', (text, code, byte) => {
    expect(scan([bytes(text)])).toMatchObject({ refusal: code, byte, segments: [] })
    expect(scan(pieces(bytes(text), 1))).toMatchObject({ refusal: code, byte, segments: [] })
  })

  it('hands over what stands without a terminator, marked', () => {
    const marks: boolean[] = []
    const scanner = new Scanner({ segment: (segment) => void marks.push(segment.isTerminated) })
    scanner.push(bytes("UNB+A'UNZ+1"))
    scanner.finish()
    expect(marks).toEqual([true, false])
  })

  it('refuses a segment of a gigabyte after 64 KiB, without holding it', () => {
    const piece = new Uint8Array(1 << 20).fill(0x41)
    let pushed = 0
    const scanner = new Scanner({ segment: () => {} })
    scanner.push(bytes("UNB+A'FTX+"))
    for (; pushed < 1024 && scanner.refusal === undefined; pushed++) scanner.push(piece)
    expect(scanner.refusal).toMatchObject({ code: 'edifact.segment-too-long', byte: 6 + 65_536 })
    expect(pushed).toBe(1)
    expect(scanner.segment.buffer.length).toBeLessThanOrEqual(128 * 1024)
  })

  it('refuses more components than the limit', () => {
    const seen = scan([bytes(`UNB+A'FTX+${':'.repeat(4094)}'`)])
    expect(seen.refusal).toBeUndefined()
    expect(scan([bytes(`UNB+A'FTX+${':'.repeat(4095)}'`)])).toMatchObject({ refusal: 'edifact.too-many-components' })
  })

  it('refuses an interchange beyond its limit, but not two that keep it', () => {
    const limits = { ...DEFAULT_LIMITS, interchangeBytes: 40 }
    const small = "UNB+A'BGM+12345678'UNZ+1'"
    expect(scan([bytes(small + small + small)], limits).refusal).toBeUndefined()
    expect(scan([bytes(`UNB+A'${"BGM+1'".repeat(10)}`)], limits)).toMatchObject({ refusal: 'edifact.interchange-too-long', byte: 40 })
    expect(scan([bytes(`UNB+A'${' '.repeat(100)}`)], limits)).toMatchObject({ refusal: 'edifact.interchange-too-long' })
  })

  it('gives the same segments for every chunking', () => {
    const service = fc.constantFrom('+', ':', "'", '?', '\r\n', ' ', '\t', '*', 'UNA:+.?*;', "UNB+UNOA:4+x'", "UNZ+1'", '\0', '\xe9')
    const text = fc.array(fc.oneof({ weight: 2, arbitrary: service }, fc.string({ maxLength: 6 })), { maxLength: 60 })
    const limits = { segmentBytes: 64, segmentComponents: 16, interchangeBytes: 400 }
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (parts, size) => {
        const whole = bytes(`UNB+UNOA:4+x'${parts.join('')}`)
        expect(scan(pieces(whole, size), limits)).toEqual(scan([whole], limits))
      }),
    )
  })
})
