/** The key of a node's log, and notes in the hands of Node's cryptography. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Hash } from '#kernel/merkle/hashing.ts'
import { type Base64, cosignedText, keyId, type Note, NoteRefused, printNote, readNote } from '#kernel/merkle/note.ts'

export const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest()

export const base64: Base64 = {
  encode: (bytes) => Buffer.from(bytes).toString('base64'),
  decode: (text) => Buffer.from(text, 'base64'),
}

/** Ed25519; `name` is the origin of the log. */
export interface LogKey {
  readonly name: string
  readonly privateKey: KeyObject
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

export interface LogPublicKey {
  readonly name: string
  readonly publicKey: Uint8Array
}

export function logKey(name: string, jwk: Readonly<Record<string, unknown>>): LogKey {
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  return { name, privateKey, publicKey: Buffer.from(String(jwk['x']), 'base64url') }
}

export function signNote(text: string, key: LogKey): string {
  const bytes = Buffer.concat([keyId({ ...key, type: 1 }, sha256), sign(null, Buffer.from(text), key.privateKey)])
  return printNote({ text, signatures: [{ name: key.name, bytes }] }, base64)
}

/** The line by which a witness says that it saw this head of the log, and saw it only grow. */
export function cosign(text: string, key: LogKey, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000)
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(seconds))
  const signature = sign(null, Buffer.from(cosignedText(text, seconds)), key.privateKey)
  return `— ${key.name} ${Buffer.concat([keyId({ ...key, type: 4 }, sha256), stamp, signature]).toString('base64')}\n`
}

/** Reads a note that this key must have signed. */
export function openNote(text: string, key: LogPublicKey): Note {
  const note = readNote(text, base64)
  if (!note.signatures.some((line) => line.name === key.name && isSigned(note.text, line.bytes, key)))
    throw new NoteRefused('note.signature')
  return note
}

function isSigned(text: string, bytes: Uint8Array, key: LogPublicKey): boolean {
  if (bytes.length !== 68 || !Buffer.from(bytes.subarray(0, 4)).equals(keyId({ ...key, type: 1 }, sha256))) return false
  return verify(null, Buffer.from(text), publicKeyOf(key), bytes.subarray(4))
}

/** The instant of a witness's signature under the note; undefined when this witness did not sign it. */
export function cosignedAt(note: Note, witness: LogPublicKey): Date | undefined {
  const id = Buffer.from(keyId({ ...witness, type: 4 }, sha256))
  for (const { name, bytes } of note.signatures) {
    if (name !== witness.name || bytes.length !== 76 || !id.equals(bytes.subarray(0, 4))) continue
    const seconds = Number(Buffer.from(bytes.subarray(4, 12)).readBigUInt64BE())
    if (verify(null, Buffer.from(cosignedText(note.text, seconds)), publicKeyOf(witness), bytes.subarray(12)))
      return new Date(seconds * 1000)
  }
  return undefined
}

function publicKeyOf({ publicKey }: LogPublicKey): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' })
}
