import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demonstrationVoyage } from '../generator/demonstration.ts'
import type { CargoMessage, SourcePointer } from '../model.ts'
import { collectMessages } from './collect-messages.ts'
import { decompress } from './decompress.ts'
import type { CargoEvent, FileSummary } from './events.ts'
import { readCargoFile } from './read-cargo-file.ts'
import { gather, inPieces, readBytes, readText } from './reading.fixture.ts'

const { files } = demonstrationVoyage({ seed: 11, containers: 25, departs: new Date('2026-09-01T12:00:00Z') })
const encoder = new TextEncoder()

async function summaryOf(source: AsyncIterable<Uint8Array>): Promise<FileSummary> {
  let summary: FileSummary | undefined
  for await (const event of readCargoFile(source)) if (event.kind === 'end') summary = event.summary
  if (summary === undefined) throw new Error('No summary came.')
  return summary
}

/** Every stated value of a message with its pointer, found by shape. */
function statedValues(node: unknown, found: { value: unknown; at: SourcePointer }[] = []): { value: unknown; at: SourcePointer }[] {
  if (typeof node !== 'object' || node === null) return found
  if ('value' in node && 'at' in node) found.push(node as { value: unknown; at: SourcePointer })
  else for (const child of Object.values(node)) statedValues(child, found)
  return found
}

describe('reading any cargo file', () => {
  it('tells the same events whatever the chunks', async () => {
    for (const { bytes } of files) {
      const all = async (size: number): Promise<CargoEvent[]> => await gather(readCargoFile(inPieces(bytes, size)))
      const whole = await all(bytes.length)
      expect(await all(7)).toEqual(whole)
      expect(await all(65_536)).toEqual(whole)
      expect(await all(1)).toEqual(whole)
    }
  })

  it('points from every value to its bytes', async () => {
    for (const { bytes, name } of files.filter((file) => file.name.endsWith('.edi'))) {
      const { messages } = await readBytes(bytes, { document: 'd'.repeat(64) })
      const values = messages.flatMap((message: CargoMessage) => statedValues([message.voyage, message.equipment, message.consignments]))
      expect(values.length, name).toBeGreaterThan(10)
      for (const { value, at } of values) {
        expect(at.document).toBe('d'.repeat(64))
        const there = new TextDecoder().decode(bytes.subarray(at.start, at.end))
        if (typeof value === 'string') expect(there.replaceAll('?', '')).toBe(value)
      }
    }
  })

  it('counts the segment of a pointer from the first of the document', async () => {
    const { messages } = await readText("UNB+UNOC:3+S+R+260901:0600+1'\nUNH+1+BAPLIE:D:13B:UN'\nEQD+CN+CSQU3054383'\nUNT+3+1'\nUNZ+1+1'")
    expect(messages[0]?.equipment[0]?.container.at).toMatchObject({ segment: 3, element: 2, component: 1, start: 60, end: 71 })
  })

  it('counts what it cannot read', async () => {
    const { messages } = await readText("UNH+1+WASDIS:D:00B:UN'EQD+CN+CSQU3054383'EQD+CN+CSQU3054384'EQD+CN'UNT+5+1'")
    expect(messages[0]).toMatchObject({ type: 'WASDIS', containers: 2, badCheckDigit: 1, equipment: [], outcome: 'warned' })
    expect(messages[0]?.warnings.map(({ code }) => code)).toEqual([
      'message.unknown-type',
      'container-number.check-digit',
      'equipment.no-number',
    ])
  })

  it('tells a thousand warnings of a message and counts the rest', async () => {
    const { messages, summary } = await readText(`UNH+1+BAPLIE:D:13B:UN'${"EQD+CN'".repeat(1500)}UNT+1502+1'`)
    expect(messages[0]?.warnings).toHaveLength(1001)
    expect(messages[0]?.warnings.at(-1)).toMatchObject({ code: 'warnings.more', text: expect.stringContaining('500') })
    expect(summary.warnings).toBe(1500)
  })

  it('decodes the character set that UNB names', async () => {
    const text = (syntax: string, name: string): Uint8Array =>
      Uint8Array.from(`UNB+${syntax}:3+S+R+260901:0600+1'UNH+1+CUSCAR:D:95B:UN'CNI+1+B1'NAD+CZ+++${name}'UNT+4+1'UNZ+1+1'`, (sign) =>
        sign.charCodeAt(0),
      )
    const nameIn = async (bytes: Uint8Array): Promise<string | undefined> =>
      (await readBytes(bytes)).messages[0]?.consignments[0]?.parties[0]?.name.value
    expect(await nameIn(text('UNOC', 'Caf\xe9'))).toBe('Café')
    expect(await nameIn(text('UNOE', '\xb8\xdc\xdf'))).toBe('Имп')
    expect(await nameIn(text('UNOW', 'Caf\xc3\xa9'))).toBe('Café')
    expect(await nameIn(text('UNOF', '\xc1'))).toBe('Α')
    expect(await nameIn(text('UNOA', 'Caf\xc3\xa9'))).toBe('Café')
  })

  it('does not process an interchange that was received before', async () => {
    const file = files.find(({ name }) => name.includes('stowage'))
    const { messages, warnings } = await readBytes(file?.bytes ?? new Uint8Array(0), { isKnown: ({ sender }) => sender === 'GENERATED' })
    expect(messages[0]?.outcome).toBe('quarantined')
    expect(warnings).toEqual([expect.objectContaining({ code: 'interchange.duplicate' })])
  })
})

describe('a source', () => {
  it.each([
    ['refused at once', 'noise'],
    ['read to its end', "UNB+UNOC:3+S+R+260901:0600+1'UNH+1+BAPLIE:D:13B:UN'UNT+2+1'UNZ+1+1'"],
    ['compressed', gzipSync('noise')],
    ['without a byte', ''],
  ])('%s is closed', async (_, content) => {
    let isOpen = true
    async function* source(): AsyncGenerator<Uint8Array> {
      await Promise.resolve()
      try {
        for (const bytes of [Buffer.from(content), Buffer.from('more')]) if (bytes.length > 0) yield bytes
      } finally {
        isOpen = false
      }
    }
    for await (const event of readCargoFile(source())) if (event.kind === 'end') expect(event.summary.bytes).toBeGreaterThan(0)
    expect(isOpen).toBe(false)
  })
})

describe('refusing', () => {
  it.each([
    ['', 'edifact.empty'],
    ['%PDF-1.7', 'edifact.not-edifact'],
    ['PK\x03\x04zip', 'edifact.not-edifact'],
    ['a,b,c\n1,2,3\n', 'csv.no-mapping'],
    ['a b c', 'edifact.not-edifact'],
    ["UNB+UNOC:3+S+R+260901:0600+1'UNZ+0+1'", 'edifact.no-message'],
    ["UNB+UNOX:3+S+R+260901:0600+1'UNH+1+BAPLIE:D:13B:UN'UNT+2+1'UNZ+1+1'", 'edifact.charset-not-supported'],
    ["UNA+++++'", 'edifact.service-characters'],
  ])('refuses %j', async (text, code) => {
    const { summary } = await readText(text)
    expect(summary.refused?.code).toBe(code)
  })

  it('keeps what came before the refusal, and quarantines the message it breaks', async () => {
    const { messages, summary } = await readText(
      `UNH+1+BAPLIE:D:13B:UN'UNT+2+1'UNH+2+BAPLIE:D:13B:UN'EQD+CN+CSQU3054383'LOC+9'FTX+${'x'.repeat(70_000)}'UNT+5+2'`,
    )
    expect(messages.map(({ outcome }) => outcome)).toEqual(['accepted', 'quarantined'])
    expect(messages[1]?.equipment).toHaveLength(1)
    expect(summary.refused).toMatchObject({ code: 'edifact.segment-too-long', at: expect.stringMatching(/^byte \d+$/) })
  })

  it('stops a gigabyte without terminator early', async () => {
    let given = 0
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield encoder.encode("UNB+UNOC:3+S+R+260901:0600+1'FTX+")
      for (; given < 16_384; given++) yield new Uint8Array(65_536).fill(0x41)
    }
    const summary = await summaryOf(endless())
    expect(summary.refused?.code).toBe('edifact.segment-too-long')
    expect(given).toBeLessThan(4)
  })

  it('never hangs or throws on mutated bytes, and every message has an outcome', async () => {
    const sources = files.map(({ bytes }) => bytes.subarray(0, 3000))
    const change = fc.record({
      at: fc.nat(2999),
      byte: fc.constantFrom(0, 0x0a, 0x22, 0x27, 0x2b, 0x2c, 0x3a, 0x3f, 0x41, 0xff),
      cut: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.nat(sources.length - 1), fc.array(change, { minLength: 1, maxLength: 12 }), async (which, changes) => {
        const bytes = Uint8Array.from(sources[which] as Uint8Array)
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte
        const end = changes[0]?.cut === true ? changes[0].at : bytes.length
        const { messages, summary } = await collectMessages(readCargoFile(inPieces(bytes.subarray(0, end), 500)))
        const { accepted, warned, quarantined } = summary.outcomes
        expect(accepted + warned + quarantined).toBe(messages.length)
        expect(messages.length > 0 || summary.refused !== undefined).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})

describe('compressed files', () => {
  const plan = files[2]?.bytes ?? new Uint8Array(0)

  it('reads gzip as the file within', async () => {
    const { messages } = await readBytes(gzipSync(plan), { size: 100 })
    expect(messages).toEqual((await readBytes(plan)).messages)
  })

  it('refuses what decompresses beyond the limit, and reads no further', async () => {
    const bomb = gzipSync(new Uint8Array(8_000_000).fill(0x20))
    const took: number[] = []
    const take = async (): Promise<void> => {
      for await (const chunk of decompress(inPieces(bomb), 1_000_000)) took.push(chunk.length)
    }
    await expect(take()).rejects.toMatchObject({ code: 'gzip.too-large', byte: 1_000_000 })
    expect(took.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(1_000_000)
  })

  it('refuses a damaged file after what could be read', async () => {
    const packed = gzipSync(plan)
    expect((await summaryOf(inPieces(packed.subarray(0, packed.length - 20)))).refused?.code).toBe('gzip.damaged')
    expect((await summaryOf(inPieces(Uint8Array.of(0x1f, 0x8b, 1, 2, 3)))).refused?.code).toBe('gzip.damaged')
  })

  it('passes other bytes through', async () => {
    for (const text of ['', 'U', 'UNB+']) {
      const chunks = await gather(decompress(inPieces(encoder.encode(text), 1)))
      expect(Buffer.concat(chunks).toString()).toBe(text)
    }
  })
})
