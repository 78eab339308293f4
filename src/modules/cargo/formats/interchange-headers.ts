/** Which interchanges a document holds, without reading what is in them: so that repeated ones are known before reading begins. */
import { Envelope, type InterchangeHeader } from '#kernel/edifact/envelope.ts'
import { Scanner } from '#kernel/edifact/scanner.ts'
import { decompress } from './decompress.ts'

/** Each counts with sender, recipient and reference; a document with more is read, and the rest compared within itself only. */
export const HEADERS_READ = 100_000

/** Nothing for what is no EDIFACT: the scanner says so at the first segment. */
export async function interchangeHeaders(source: AsyncIterable<Uint8Array>): Promise<InterchangeHeader[]> {
  const headers: InterchangeHeader[] = []
  const envelope = new Envelope({
    interchangeStarted: (header) => {
      if (isComparable(header) && headers.length < HEADERS_READ) headers.push(header)
    },
    messageStarted: () => undefined,
    segment: () => undefined,
    messageEnded: () => undefined,
    problem: () => undefined,
  })
  const scanner = new Scanner({ segment: (segment) => envelope.segment(segment), stray: () => undefined })
  try {
    for await (const chunk of decompress(source)) {
      scanner.push(chunk)
      if (scanner.refusal !== undefined) break
    }
  } catch {
    // A damaged file is read as far as it goes, here as there; the reader says why.
  }
  return headers
}

/** ISO 9735 gives a party 35 signs and a reference 14; what is far longer, or holds a NUL, is no name to compare by. */
export function isComparable({ sender, recipient, prepared, reference }: InterchangeHeader): boolean {
  return [sender, recipient, prepared, reference].every((text) => text !== '' && text.length <= 100 && !text.includes('\0'))
}

/** What makes an interchange the same as another. */
export type InterchangeName = Pick<InterchangeHeader, 'sender' | 'recipient' | 'prepared' | 'reference'>

export function interchangeKey({ sender, recipient, prepared, reference }: InterchangeName): string {
  return JSON.stringify([sender, recipient, prepared, reference])
}
