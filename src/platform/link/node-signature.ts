/**
 * Raw Ed25519 signatures (RFC 8032) with a node's signing key, for what is no token: HTTP messages, answers by a broker, bundle files.
 * What is signed begins with words of its own kind, so that no signature of one kind passes for another. Who signed says the directory alone.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Directory, DirectoryNode } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { isInForce } from './directory-store.ts'
import type { JWK, PrivateKey } from './jose.ts'

export interface Signer {
  readonly node: DirectoryNode
  readonly kid: string
  readonly jwk: JWK
}

/** The node whose signing key of this name is in force; suspended organisations and revoked keys have none. */
export function signerOf(directory: Directory, kid: string, now: Date): Signer | undefined {
  const owner = (indexOf(directory).keys.get(kid) ?? []).find(
    ({ org, key }) => org.status === 'active' && key.use === 'node-sig' && isInForce(key, now),
  )
  return owner === undefined ? undefined : { node: owner.node, kid, jwk: owner.key.jwk }
}

export function signBytes(key: PrivateKey, bytes: Uint8Array): Buffer {
  return sign(null, bytes, keyObject(key.jwk, 'private'))
}

/** False also for a key that is none of ours to use. */
export function verifyBytes(jwk: JWK, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || (jwk.alg !== undefined && jwk.alg !== 'Ed25519')) return false
  return signature.length === 64 && verify(null, bytes, keyObject(jwk, 'public'), signature)
}

/** Base64url in its one spelling: the last sign of 64 bytes holds four bits that mean nothing, and must be zero. Undefined for any other. */
export function signatureOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.length === 64 && bytes.toString('base64url') === text ? bytes : undefined
}

const MOST_KEYS = 4096
const imported = new Map<string, KeyObject>()

/** Importing a key costs as much as using it, so imported ones are kept, within a bound. */
function keyObject(jwk: JWK, kind: 'private' | 'public'): KeyObject {
  const id = `${kind} ${jwk.x ?? ''} ${jwk.d ?? ''}`
  let key = imported.get(id)
  if (key === undefined) {
    if (imported.size >= MOST_KEYS) imported.clear()
    const open = { kty: 'OKP', crv: 'Ed25519', x: jwk.x ?? '' }
    key =
      kind === 'private'
        ? createPrivateKey({ key: { ...open, d: jwk.d ?? '' }, format: 'jwk' })
        : createPublicKey({ key: open, format: 'jwk' })
    imported.set(id, key)
  }
  return key
}
