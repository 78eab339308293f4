import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, readInterchanges } from './control-reading.fixture.ts'
import { controlReply } from './control-reply.ts'
import { generateInterchange } from './generate-interchange.ts'
import { directoriesOf, TABLE_TYPES } from './group-editions.ts'

const ENVELOPE = { reference: '77', date: '20260902', time: '0700' }
const editions = TABLE_TYPES.flatMap((type) =>
  type === 'CONTRL' ? [[type, '3']] : directoriesOf(type).map((directory) => [type, directory]),
)
/** Released terminators are data. */
const segmentsOf = (text: string): string[] => text.match(/(?:\?.|[^?'])*'/gs) ?? []
const edition = fc.constantFrom(...editions.map(([type = '', directory = '']) => ({ type, directory })))
const options = fc.record({
  seed: fc.nat(),
  fill: fc.constantFrom(0, 0.2, 0.4, 0.7),
  messages: fc.integer({ min: 1, max: 3 }),
  syntax: fc.constantFrom<'3' | '4'>('3', '4'),
  segments: fc.constant(80),
})

describe('generated interchanges', () => {
  it.each(editions)('of %s %s read back segment by segment and are acknowledged', (type = '', directory = '') => {
    for (const [seed, fill] of [0, 0.25, 0.6].entries()) {
      const { text, places } = generateInterchange({ type, directory, seed, fill, messages: 2 })
      const read = readInterchanges(bytesOf(text))
      expect(read.faults).toEqual([])
      expect(read.problems).toEqual([])
      expect(read.outcomes).toEqual(['accepted', 'accepted'])
      expect(read.places).toEqual(places.map((message) => message.map(({ path, repetition }) => `${path}:${repetition.join('.')}`)))
      const reply = read.received.map((received) => controlReply(received, ENVELOPE))
      expect(reply).toHaveLength(1)
      if (type === 'CONTRL') expect(reply[0]).toBeUndefined()
      else expect(reply[0]).toMatch(/UCI\+\d+\+SENDER\+RECIPIENT\+7'UNT/)
    }
  })

  it.each(TABLE_TYPES.filter((type) => type !== 'CONTRL'))('of %s tell each planted fault, and nothing else', (type) => {
    for (let seed = 0; seed < 4; seed++) {
      const segments = segmentsOf(generateInterchange({ type, directory: 'D23A', seed, fill: 0.3, segments: 60 }).text)
      const body = segments.length - 4
      const at = 3 + ((seed * 7) % (body - 1))
      const faults = (change: (list: string[]) => void): string[] => {
        const list = [...segments]
        change(list)
        list[list.length - 2] = `UNT+${list.length - 2}+1'`
        return readInterchanges(bytesOf(list.join(''))).faults.map(({ code, position, tag }) => `${code} ${position} ${tag}`)
      }
      // UNB is at 0, UNH at 1 and position 1, BGM at 2 and position 2.
      expect(faults((list) => void list.splice(at, 0, "XXX+1'"))).toEqual([`segment.unknown ${at} XXX`])
      expect(faults((list) => void list.splice(2, 1))).toEqual(['segment.missing 1 BGM'])
      expect(faults((list) => void list.splice(2, 0, "BGM+1'"))).toEqual(['segment.too-many 3 BGM'])
      expect(faults((list) => void list.splice(2, 1, `BGM+:::${'x'.repeat(36)}'`))).toEqual(['element.too-long 2 BGM'])
      expect(faults((list) => void list.splice(2, 1, "BGM+1++++++x'"))).toEqual(['element.too-many 2 BGM'])
    }
  })

  it('are the same for the same seed and differ for another', () => {
    const make = (seed: number): string => generateInterchange({ type: 'CUSCAR', directory: 'D95B', seed, fill: 0.4 }).text
    expect(make(5)).toBe(make(5))
    expect(make(5)).not.toBe(make(6))
  })

  it('read the same in any chunks', () => {
    fc.assert(
      fc.property(edition, options, fc.integer({ min: 1, max: 70 }), (which, made, chunk) => {
        const bytes = bytesOf(generateInterchange({ ...which, ...made }).text)
        expect(readInterchanges(bytes, { chunk })).toEqual(readInterchanges(bytes))
      }),
      { numRuns: 60 },
    )
  })

  it('end in accepted, warned or quarantined after any change of bytes', () => {
    const change = fc.record({
      at: fc.nat(),
      byte: fc.integer({ min: 0, max: 255 }),
      kind: fc.constantFrom('set', 'insert', 'delete', 'cut'),
    })
    fc.assert(
      fc.property(edition, options, fc.array(change, { minLength: 1, maxLength: 12 }), (which, made, changes) => {
        const bytes = [...bytesOf(generateInterchange({ ...which, ...made }).text)]
        for (const { at, byte, kind } of changes) {
          const place = at % Math.max(1, bytes.length)
          if (kind === 'set') bytes[place] = byte
          else if (kind === 'insert') bytes.splice(place, 0, byte)
          else if (kind === 'delete') bytes.splice(place, 1)
          else if (at % 7 === 0) bytes.length = place
        }
        const read = readInterchanges(Uint8Array.from(bytes))
        expect(read.outcomes).toHaveLength(read.places.length)
        for (const received of read.received) {
          const reply = controlReply(received, ENVELOPE)
          if (reply === undefined) continue
          // The answer itself is a valid interchange, whatever came; what it repeats of the sender may be too long.
          const back = readInterchanges(Buffer.from(reply, 'utf8'))
          expect(back.places[0]?.every((place) => place !== undefined)).toBe(true)
          expect(back.faults.filter(({ code }) => !/^element\.too-(long|many)$/.test(code))).toEqual([])
          expect(back.received[0]?.isAnswer).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
