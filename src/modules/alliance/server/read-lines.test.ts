/** Files of messages as lines: the same however the bytes come, whole messages only, and never more than may be. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarri, codeco, coparn, copino, coreor, interchange } from './edifact.fixture.ts'
import { type LineEvent, readLines } from './read-lines.ts'

const BOX = { container: 'CSQU3054383', voyage: '123N', imo: '9839272', port: 'BEANR' }
const FILE = interchange(
  coarri(BOX),
  coreor(BOX, { number: 'R1', to: 'FWD1:160:87' }),
  coparn(BOX, { number: 'O1', haulier: 'HAUL:160:87', after: 'R1' }),
  copino(BOX, { number: 'P1', vehicle: '1ABC123', after: 'O1', by: 'FWD1:160:87' }),
  codeco(BOX, { at: '202611260800' }),
  ['BAPLIE', ['BGM++1', 'LOC+147+0010182', 'EQD+CN+CSQU3054383', 'EQD+CN+TGHU7654321']],
)

async function read(
  bytes: Uint8Array,
  { size = 65_536, most }: { readonly size?: number; readonly most?: number } = {},
): Promise<LineEvent[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    await Promise.resolve()
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
  }
  const events: LineEvent[] = []
  for await (const event of readLines(pieces(), 'd', most)) events.push(event)
  return events
}
const linesOf = (events: readonly LineEvent[]) => events.flatMap((event) => (event.kind === 'line' ? [event.line] : []))

describe('lines', () => {
  it('are one for each order and event, and one for a message that is not for the ledger', async () => {
    const events = await read(FILE)
    expect(linesOf(events).map(({ message, type, act, asked }) => `${message} ${type} ${act ?? asked.outcome}`)).toEqual([
      '1 COARRI discharged',
      '2 COREOR released',
      '3 COPARN transport-ordered',
      '4 COPINO pre-notified',
      '5 CODECO gated-out',
      '6 BAPLIE unused',
    ])
    expect(events.at(-1)).toEqual({ kind: 'end' })
  })

  it('are the same however the bytes are cut, and of a file that breaks off only its whole messages move anything', async () => {
    const whole = await read(FILE)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat({ max: FILE.length }), async (size, end) => {
        expect(await read(FILE, { size })).toEqual(whole)
        const acts = linesOf(await read(FILE.subarray(0, end))).filter(({ asked }) => asked.outcome === 'act')
        expect(acts).toEqual(linesOf(whole).slice(0, acts.length))
      }),
      { numRuns: 60 },
    )
  })

  it('never throw, whatever was done to the bytes, and end with one end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: FILE.length - 1 }), fc.nat({ max: 255 })), { maxLength: 12 }), async (changes) => {
        const bytes = Uint8Array.from(FILE)
        for (const [at, value] of changes) bytes[at] = value
        const events = await read(bytes)
        expect(events.filter(({ kind }) => kind === 'end')).toHaveLength(1)
        expect(events.at(-1)?.kind).toBe('end')
      }),
    )
  })

  it('are no more than a file may have: the rest is not read, and the end says where', async () => {
    const events = await read(FILE, { most: 2 })
    expect(linesOf(events)).toHaveLength(2)
    expect(events.at(-1)).toEqual({ kind: 'end', problem: { code: 'file.too-long', at: expect.stringMatching(/^message 3, segment/) } })
  })
})
