/**
 * Character sets of an interchange, as UNB names them. ASCII, Latin-1 read as Windows-1252, and UTF-8 are decoded here, because the
 * kernel has no TextDecoder; the other parts of ISO 8859 go to the decoder that the caller gives.
 * Source: ISO 9735-1, annex A (UNOA to UNOY); code points of Windows-1252: WHATWG Encoding, index windows-1252.
 * Departs: real senders write Windows-1252 under UNOC and UTF-8 under UNOA, so bytes decide where the declared set has no such byte.
 */
export type Charset = 'ascii' | 'windows-1252' | 'utf-8' | 'guess' | `iso-8859-${2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 15}`

/** Decodes bytes of a set that the kernel does not know, named as the WHATWG Encoding standard names it. */
export type ForeignDecoder = (bytes: Uint8Array, charset: Charset) => string

const BY_SYNTAX: ReadonlyMap<string, Charset> = new Map(
  Object.entries<Charset>({
    UNOA: 'guess',
    UNOB: 'guess',
    UNOC: 'windows-1252',
    UNOD: 'iso-8859-2',
    UNOE: 'iso-8859-5',
    UNOF: 'iso-8859-7',
    UNOG: 'iso-8859-3',
    UNOH: 'iso-8859-4',
    UNOI: 'iso-8859-6',
    UNOJ: 'iso-8859-8',
    UNOK: 'iso-8859-9',
    UNOL: 'iso-8859-15',
    UNOW: 'utf-8',
    UNOY: 'utf-8',
  }),
)

export type DeclaredCharset =
  | { readonly kind: 'known'; readonly charset: Charset }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused' }

export function charsetOfSyntax(identifier: string): DeclaredCharset {
  // UNOX switches sets by escape sequences in mid-text (ISO 2022): a byte scanner cannot know where a separator is one.
  if (identifier === 'UNOX') return { kind: 'refused' }
  const charset = BY_SYNTAX.get(identifier)
  return charset === undefined ? { kind: 'unknown' } : { kind: 'known', charset }
}

/** Bytes 0x80 to 0x9f of Windows-1252. */
const C1 = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019,
  0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
]
/** Longest run of code units handed to one call; more would spread too many arguments on the stack. */
const RUN = 4096

export function decodeBytes(bytes: Uint8Array, start: number, end: number, charset: Charset, foreign?: ForeignDecoder): string {
  switch (charset) {
    case 'ascii':
      return fromUnits(bytes, start, end)
    case 'windows-1252':
      return fromUnits(bytes.subarray(start, end), 0, end - start, C1)
    case 'utf-8':
      return decodeUtf8(bytes, start, end, true) ?? ''
    case 'guess':
      return decodeUtf8(bytes, start, end, false) ?? decodeBytes(bytes, start, end, 'windows-1252')
    default:
      return foreign === undefined ? decodeBytes(bytes, start, end, 'windows-1252') : foreign(bytes.subarray(start, end), charset)
  }
}

/** Bytes known to be ASCII. */
export function decodeAscii(bytes: Uint8Array, start: number, end: number): string {
  return fromUnits(bytes, start, end)
}

/** True when Windows-1252 has to stand in for Latin-1: the bytes hold what Latin-1 leaves to control functions. */
export function holdsC1(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] as number) >= 0x80 && (bytes[at] as number) < 0xa0) return true
  return false
}

function fromUnits(bytes: Uint8Array, start: number, end: number, c1?: readonly number[]): string {
  if (end - start === 1 && c1 === undefined) return String.fromCharCode(bytes[start] as number)
  let text = ''
  for (let from = start; from < end; from += RUN) {
    const run: ArrayLike<number> = bytes.subarray(from, Math.min(end, from + RUN))
    const units = c1 === undefined ? run : Array.from(run, (unit) => (unit >= 0x80 && unit < 0xa0 ? (c1[unit - 0x80] as number) : unit))
    text += String.fromCharCode.apply(null, units as number[])
  }
  return text
}

/** Strict UTF-8: undefined at the first ill-formed sequence, or with `replace` U+FFFD in its place. */
function decodeUtf8(bytes: Uint8Array, start: number, end: number, replace: boolean): string | undefined {
  const points: string[] = []
  let at = start
  while (at < end) {
    const lead = bytes[at] as number
    const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0
    let point = length === 1 ? lead : lead & (0x7f >> length)
    let read = 1
    while (read < length && at + read < end && ((bytes[at + read] as number) & 0xc0) === 0x80)
      point = (point << 6) | ((bytes[at + read++] as number) & 0x3f)
    const isOverlong = (length === 3 && point < 0x800) || (length === 4 && (point < 0x10000 || point > 0x10ffff))
    if (length === 0 || read < length || isOverlong || (point >= 0xd800 && point < 0xe000)) {
      if (!replace) return undefined
      points.push('\ufffd')
    } else points.push(String.fromCodePoint(point))
    at += read
  }
  return points.join('')
}
