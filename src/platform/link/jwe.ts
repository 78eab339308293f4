/**
 * Ciphertext for organisations: ECDH-ES+A256KW on X25519, A256GCM, put together on Node's own primitives. `jose` gives the same through WebCrypto,
 * where each of seven steps waits for a thread; the test holds both beside each other, in both directions (ADR 20).
 * The form was checked member by member before (`jose.ts`). Every function throws on any fault; which one, nobody outside learns.
 * Sources: RFC 7516 section 5, RFC 7518 sections 4.6 and 5.3, RFC 3394, RFC 7748; key agreement for OKP: RFC 8037 section 3.2.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

export const WRAP = 'ECDH-ES+A256KW'
export const CONTENT = 'A256GCM'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
/** RFC 3394 section 2.2.3.1: what a wrapped key begins with when nothing was changed. */
const WRAP_IV = Buffer.alloc(8, 0xa6)

export interface EphemeralKey {
  readonly kty: 'OKP'
  readonly crv: 'X25519'
  readonly x: string
}

export interface WrappedKey {
  readonly epk: EphemeralKey
  readonly encryptedKey: Buffer
}

export function newContentKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

export function wrapKey(contentKey: Uint8Array, recipient: KeyObject): WrappedKey {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const cipher = createCipheriv('id-aes256-wrap', agreedKey(privateKey, recipient), WRAP_IV)
  const { x } = publicKey.export({ format: 'jwk' })
  return { epk: { kty: 'OKP', crv: 'X25519', x: x ?? '' }, encryptedKey: Buffer.concat([cipher.update(contentKey), cipher.final()]) }
}

export function unwrapKey({ epk, encryptedKey }: WrappedKey, own: KeyObject): Buffer {
  const theirs = createPublicKey({ key: { kty: epk.kty, crv: epk.crv, x: epk.x }, format: 'jwk' })
  const decipher = createDecipheriv('id-aes256-wrap', agreedKey(own, theirs), WRAP_IV)
  const contentKey = Buffer.concat([decipher.update(encryptedKey), decipher.final()])
  if (contentKey.length !== KEY_BYTES) throw new RangeError('A content key has 32 bytes.')
  return contentKey
}

/** The one round of the Concat KDF (NIST SP 800-56A section 5.8.1) that 32 bytes take; no party names. X25519 refuses a shared secret of zeros. */
function agreedKey(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const algorithm = Buffer.from(WRAP)
  return createHash('sha256')
    .update(uint32(1))
    .update(diffieHellman({ privateKey, publicKey }))
    .update(uint32(algorithm.length))
    .update(algorithm)
    .update(uint32(0))
    .update(uint32(0))
    .update(uint32(KEY_BYTES * 8))
    .digest()
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export interface Sealed {
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

/** `header` is the protected header as it is written: it is bound to the ciphertext. */
export function sealContent(plain: Uint8Array, contentKey: Uint8Array, header: string): Sealed {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(header))
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  return { iv, ciphertext, tag: cipher.getAuthTag() }
}

export function openContent({ iv, ciphertext, tag }: Sealed, contentKey: Uint8Array, header: string): Buffer {
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) throw new RangeError('An initial value has 12 bytes, a tag 16.')
  const decipher = createDecipheriv('aes-256-gcm', contentKey, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(header))
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(ciphertext), decipher.final()])
}
