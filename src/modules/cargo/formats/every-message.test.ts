/** Every message type that is read, from interchanges made of its table: nothing is lost, whatever the chunks, and whatever becomes of the bytes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateInterchange } from '#kernel/edifact/generate-interchange.ts'
import { collectMessages } from './collect-messages.ts'
import { controlPass } from './control-pass.ts'
import { readCargoFile } from './read-cargo-file.ts'
import { gather, inPieces, readBytes } from './reading.fixture.ts'

const TYPES = [
  ['CUSCAR', 'D03B'],
  ['CUSREP', 'D95B'],
  ['CUSRES', 'D99B'],
  ['IFTMIN', 'D96A'],
  ['IFTMBF', 'D23A'],
  ['IFTMBC', 'D95B'],
  ['IFTMCS', 'D03A'],
  ['IFCSUM', 'D01B'],
  ['IFTSTA', 'D00B'],
  ['IFTSAI', 'D99B'],
  ['BAPLIE', 'D95B'],
  ['BAPLIE', 'D15A'],
  ['MOVINS', 'D23A'],
  ['COARRI', 'D95B'],
  ['CODECO', 'D00B'],
  ['COPARN', 'D02A'],
  ['COPINO', 'D95B'],
  ['COPRAR', 'D00B'],
  ['COREOR', 'D08B'],
  ['VERMAS', 'D16A'],
  ['CALINF', 'D95B'],
  ['BERMAN', 'D23A'],
  ['APERAK', 'D96A'],
  ['CONTRL', 'D3'],
] as const
const bytesOf = (type: string, directory: string, seed: number): Uint8Array =>
  new TextEncoder().encode(generateInterchange({ type, directory, seed, messages: 2, fill: 0.4, segments: 150 }).text)

describe.each(TYPES)('%s %s', (type, directory) => {
  it('is read without loss, with pointers to the bytes of every value', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const bytes = bytesOf(type, directory, seed)
      const { messages, summary } = await readBytes(bytes)
      expect(messages.map((message) => message.type)).toEqual([type, type])
      expect(summary.outcomes.quarantined, `seed ${seed}`).toBe(0)
      const codes = messages.flatMap(({ warnings }) => warnings.map(({ code }) => code))
      expect(codes.filter((code) => /^(?:message|segment|interchange)\./.test(code) && code !== 'message.equipment-count')).toEqual([])
      const text = Buffer.from(bytes).toString('latin1')
      const events = JSON.stringify(await gather(readCargoFile(inPieces(bytes))))
      for (const [, value = '', start, end] of events.matchAll(/"value":"([A-Za-z0-9 .-]*)","at":\{[^}]*"start":(\d+),"end":(\d+)\}/g))
        expect(text.slice(Number(start), Number(end)).replaceAll(/[:+?]/g, ' ')).toContain(value.split(' ')[0])
    }
  })

  it('tells the same events whatever the chunks', async () => {
    const bytes = bytesOf(type, directory, 11)
    const whole = await gather(readCargoFile(inPieces(bytes)))
    for (const size of [1, 7]) expect(await gather(readCargoFile(inPieces(bytes, size)))).toEqual(whole)
  })

  it('gives every message one outcome when bytes are changed, lost or doubled', async () => {
    const original = bytesOf(type, directory, 17)
    const change = fc.record({ at: fc.nat(original.length - 1), byte: fc.nat(255), kind: fc.constantFrom('set', 'cut', 'double') })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        let bytes = original
        for (const { at, byte, kind } of changes) {
          const head = bytes.subarray(0, at)
          const tail = bytes.subarray(kind === 'double' ? at : at + 1)
          bytes = Uint8Array.from(
            kind === 'set'
              ? [...head, byte, ...tail]
              : kind === 'cut'
                ? [...head, ...tail]
                : [...head, ...bytes.subarray(at, at + 40), ...tail],
          )
        }
        const { messages, summary } = await collectMessages(readCargoFile(inPieces(bytes)))
        const { accepted, warned, quarantined } = summary.outcomes
        expect(accepted + warned + quarantined).toBe(messages.length)
        await controlPass(inPieces(bytes))
      }),
      { numRuns: 25 },
    )
  })
})
