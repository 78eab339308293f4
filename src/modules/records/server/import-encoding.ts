/**
 * In which characters a file is written: by its mark where it has one; else UTF-16 where zeros stand where that has them; else UTF-8 when any line of it can only be that; else
 * Windows-1252, in which every byte is something. And by which sign its lines end: the old one of the Macintosh, which spreadsheets still offer, where no other stands between them.
 * A line that is not UTF-8 in a file that is otherwise is read as Windows-1252 with a warning, so that one foreign line costs nobody the file; and a line that can only be
 * UTF-8 as that, in a file whose beginning was Windows-1252.
 * Sources: Unicode 16, 23.8 (byte order mark); WHATWG Encoding Standard.
 */
import { isAscii, isUtf8 } from 'node:buffer'

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be'

export interface Written {
  readonly encoding: Encoding
  /** Bytes of the mark, before the first sign. */
  readonly skip: number
  /** Bytes of a line end. */
  readonly width: 1 | 2
  /** The last sign of a line end. */
  readonly lineEnd: typeof LINE_FEED | typeof RETURN
  /** The encoding is none that the file says, nor the common one. */
  readonly isGuessed: boolean
}

export const LINE_FEED = 10
export const RETURN = 13
const QUOTE = 34

/** `head`: the first bytes, at least a few thousand where the file has them. Undefined for what is no text. */
export function writtenIn(head: Uint8Array): Written | undefined {
  const [a, b, c] = head
  if (a === 0xff && b === 0xfe) return written(head, { encoding: 'utf-16le', skip: 2 })
  if (a === 0xfe && b === 0xff) return written(head, { encoding: 'utf-16be', skip: 2 })
  if (head.includes(0)) {
    const encoding = unmarkedUtf16(head)
    return encoding === undefined ? undefined : written(head, { encoding, skip: 0 })
  }
  const skip = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0
  return written(head, { encoding: skip === 3 || !isForeignThroughout(head) ? 'utf-8' : 'windows-1252', skip })
}

function written(head: Uint8Array, { encoding, skip }: Pick<Written, 'encoding' | 'skip'>): Written {
  const width = encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1
  const isGuessed = skip === 0 && encoding !== 'utf-8'
  return { encoding, skip, width, lineEnd: lineEndIn(head.subarray(skip), encoding, width), isGuessed }
}

/** Lines end with a return alone where no line feed stands outside of quotes; in a quoted cell spreadsheets put the other one of the two. */
function lineEndIn(head: Uint8Array, encoding: Encoding, width: number): Written['lineEnd'] {
  const [low, high] = encoding === 'utf-16be' ? [1, 0] : [0, 1]
  let isQuoted = false
  let hasReturn = false
  for (let at = 0; at + width <= head.length; at += width) {
    if (width === 2 && head[at + high] !== 0) continue
    const sign = head[at + low]
    if (sign === QUOTE) isQuoted = !isQuoted
    else if (sign === LINE_FEED && !isQuoted) return LINE_FEED
    else if (sign === RETURN && !isQuoted) hasReturn = true
  }
  return hasReturn ? RETURN : LINE_FEED
}

/** Of signs of ASCII, which any table or line has, one byte of two is zero; of the other bytes few are. */
const FEWEST_PLAIN = 0.2
const MOST_ODD = 0.1
const CONTROLS = /(?![\t\n\r])[\p{Cc}\ufffd]/u

function unmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros: [number, number] = [0, 0]
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at % 2 === 0 ? 0 : 1] += 1
  const [first, second] = zeros
  if (Math.max(first, second) < (FEWEST_PLAIN * head.length) / 2 || Math.min(first, second) > MOST_ODD * Math.max(first, second))
    return undefined
  const encoding = second > first ? 'utf-16le' : 'utf-16be'
  // The last sign may be cut off.
  return CONTROLS.test(textOf(head.subarray(0, head.length & ~1), encoding).slice(0, -1)) ? undefined : encoding
}

/** Some line is not UTF-8, and none shows that others are. */
function isForeignThroughout(head: Uint8Array): boolean {
  let isForeign = false
  for (let start = 0; start < head.length; ) {
    const next = head.indexOf(10, start)
    const end = next < 0 ? head.length : next
    // The head may end in the middle of a sign.
    const line = next < 0 ? wholeSigns(head.subarray(start, end)) : head.subarray(start, end)
    if (!isAscii(line)) {
      if (isUtf8(line)) return false
      isForeign = true
    }
    start = end + 1
  }
  return isForeign
}

function wholeSigns(head: Uint8Array): Uint8Array {
  let end = head.length
  while (end > 0 && end > head.length - 4 && ((head[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1
  const isCut = end > 0 && (head[end - 1] ?? 0) >= 0xc0
  return isCut ? head.subarray(0, end - 1) : head
}

const decoders = new Map<Encoding, InstanceType<typeof TextDecoder>>()

export interface DecodedLine {
  readonly text: string
  /** What the line was read as, where that is not the encoding of its file. */
  readonly foreign?: 'utf-8' | 'windows-1252'
}

/** Without a mark that stands before it, as where files were put together. */
export function decodeLine(bytes: Uint8Array, encoding: Encoding): DecodedLine {
  const decoded = decode(bytes, encoding)
  return decoded.text.startsWith('\ufeff') ? { ...decoded, text: decoded.text.slice(1) } : decoded
}

function decode(bytes: Uint8Array, encoding: Encoding): DecodedLine {
  if (encoding === 'utf-8')
    return isUtf8(bytes) ? { text: utf8Of(bytes) } : { text: textOf(bytes, 'windows-1252'), foreign: 'windows-1252' }
  if (encoding !== 'windows-1252' || isAscii(bytes) || !isUtf8(bytes)) return { text: textOf(bytes, encoding) }
  return { text: utf8Of(bytes), foreign: 'utf-8' }
}

function utf8Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}

function textOf(bytes: Uint8Array, encoding: Encoding): string {
  return decoderOf(encoding).decode(bytes)
}

function decoderOf(encoding: Encoding): InstanceType<typeof TextDecoder> {
  const decoder = decoders.get(encoding) ?? new TextDecoder(encoding, { ignoreBOM: true })
  decoders.set(encoding, decoder)
  return decoder
}
