/**
 * Checkpoints and signed notes as texts. A checkpoint names its log (origin), its size and its root; a note is a text with signature lines, each
 * with a name and four bytes that tell its key. Formats: C2SP tlog-checkpoint, signed-note, tlog-cosignature, tlog-proof.
 * Cryptography is a parameter; base64 is the caller's as well, because the kernel knows no platform.
 */
import type { Hash } from './hashing.ts'

export interface Base64 {
  readonly encode: (bytes: Uint8Array) => string
  /** Throws, or answers other bytes than the text stands for, when the text is not canonical: the caller compares. */
  readonly decode: (text: string) => Uint8Array
}

export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

export interface SignatureLine {
  readonly name: string
  /** Four bytes of key id, then the signature. */
  readonly bytes: Uint8Array
}

export interface Note {
  /** With its final newline: exactly what is signed. */
  readonly text: string
  readonly signatures: readonly SignatureLine[]
}

/** Algorithm bytes of the key id: 1 Ed25519 of a log, 4 cosignature/v1. */
export type KeyType = 1 | 4

export class NoteRefused extends Error {
  override readonly name = 'NoteRefused'
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export function keyId(key: { readonly name: string; readonly type: KeyType; readonly publicKey: Uint8Array }, hash: Hash): Uint8Array {
  const name = Uint8Array.from(key.name, (sign) => {
    const code = sign.codePointAt(0) ?? 0
    if (code > 127) throw new NoteRefused('key.name')
    return code
  })
  const bytes = new Uint8Array(name.length + 2 + key.publicKey.length)
  bytes.set(name)
  bytes.set([10, key.type], name.length)
  bytes.set(key.publicKey, name.length + 2)
  return hash(bytes).slice(0, 4)
}

export function printCheckpoint({ origin, size, root }: Checkpoint, base64: Base64): string {
  return `${origin}\n${size}\n${base64.encode(root)}\n`
}

export function readCheckpoint(text: string, base64: Base64): Checkpoint {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n')
  if (rest.length === 0 || rest.at(-1) !== '' || rest.slice(0, -1).includes('')) throw new NoteRefused('checkpoint.form')
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size)) throw new NoteRefused('checkpoint.form')
  const bytes = decoded(root, base64)
  if (bytes.length !== 32) throw new NoteRefused('checkpoint.root')
  return { origin, size: Number(size), root: bytes }
}

export function printNote({ text, signatures }: Note, base64: Base64): string {
  return `${text}\n${signatures.map(({ name, bytes }) => `— ${name} ${base64.encode(bytes)}\n`).join('')}`
}

export function readNote(note: string, base64: Base64): Note {
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0 || !note.endsWith('\n') || note.length > 1_000_000) throw new NoteRefused('note.form')
  const lines = note.slice(cut + 2, -1).split('\n')
  const signatures = lines.map((line) => {
    const [, name, bytes] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    if (name === undefined || bytes === undefined) throw new NoteRefused('note.signature-line')
    return { name, bytes: decoded(bytes, base64) }
  })
  if (signatures.some(({ bytes }) => bytes.length < 5)) throw new NoteRefused('note.signature-line')
  return { text: note.slice(0, cut + 1), signatures }
}

/** What a witness signs: that at this time the log had exactly this head. */
export function cosignedText(text: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`
}

export interface ProofFile {
  readonly index: number
  readonly path: readonly Uint8Array[]
  /** Whatever makes the leaf, for the application to check. */
  readonly extra?: Uint8Array
  readonly note: string
}

const HEADER = 'c2sp.org/tlog-proof@v1'

export function printProof({ index, path, extra, note }: ProofFile, base64: Base64): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${base64.encode(extra)}`]),
    `index ${index}`,
    ...path.map((each) => base64.encode(each)),
  ]
  return `${lines.join('\n')}\n\n${note}`
}

export function readProof(text: string, base64: Base64): ProofFile {
  const cut = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, Math.max(cut, 0)).split('\n')
  if (cut < 0 || header !== HEADER) throw new NoteRefused('proof.form')
  const extra = lines[0]?.startsWith('extra ') === true ? decoded(lines.shift()?.slice(6) ?? '', base64) : undefined
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? []
  if (index === undefined || lines.length > 64) throw new NoteRefused('proof.form')
  const path = lines.map((line) => decoded(line, base64))
  if (path.some((each) => each.length !== 32)) throw new NoteRefused('proof.hash')
  return { index: Number(index), path, ...(extra === undefined ? {} : { extra }), note: text.slice(cut + 2) }
}

/** One spelling of every value. */
function decoded(text: string, base64: Base64): Uint8Array {
  const bytes = base64.decode(text)
  if (base64.encode(bytes) !== text) throw new NoteRefused('base64')
  return bytes
}
