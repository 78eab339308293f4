/**
 * A second writer of the exchange, made from `docs/exchange.md` and nothing else: Node's cryptography, no part of `src`, no JOSE library. What takes
 * chance elsewhere (content keys, nonces, padding) is derived from labels here, so that the same vectors come out each time.
 */
import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type JsonWebKey,
  sign as signRaw,
} from 'node:crypto'

export type Json = Record<string, unknown>

export interface TestKey {
  readonly kid: string
  readonly use: 'steward' | 'node-sig' | 'seal' | 'enc' | 'log'
  /** With its private part: a test key. */
  readonly jwk: Json
}

export const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const b64u = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url')
export const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
/** RFC 8785 for what these vectors hold: members sorted, no blanks. */
export function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${jcs(inner)}`).join(',')}}`
}
export const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

/** Bytes that look like chance and are none. */
export function derived(label: string, size: number): Buffer {
  return Buffer.from(hkdfSync('sha256', 'breakwater conformance', '', label, size))
}

/** RFC 8410, section 7: what stands before the 32 bytes of a private key. */
const PKCS8 = { Ed25519: '302e020100300506032b657004220420', X25519: '302e020100300506032b656e04220420' } as const

function keyPair(label: string, curve: keyof typeof PKCS8): JsonWebKey {
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from(PKCS8[curve], 'hex'), derived(label, 32)]), format: 'der', type: 'pkcs8' })
  return key.export({ format: 'jwk' })
}

export function testKey(kid: string, use: TestKey['use']): TestKey {
  const { x, d } = keyPair(`key ${kid}`, use === 'enc' ? 'X25519' : 'Ed25519')
  return use === 'enc'
    ? { kid, use, jwk: { kty: 'OKP', crv: 'X25519', x, d, alg: 'ECDH-ES+A256KW' } }
    : { kid, use, jwk: { kty: 'OKP', crv: 'Ed25519', x, d, alg: 'Ed25519' } }
}

export function publicPart({ jwk }: TestKey): Json {
  const { d: _private, ...open } = jwk
  return open
}

export function ed25519(key: TestKey, bytes: Uint8Array): Buffer {
  return signRaw(null, bytes, createPrivateKey({ key: key.jwk as JsonWebKey, format: 'jwk' }))
}

/** Compact JWS. */
export function jws(typ: string, payload: Uint8Array, key: TestKey): string {
  return jwsWith({ alg: 'Ed25519', typ, kid: key.kid }, payload, key)
}

/** With whatever a vector wants as header; a text stands as it is. */
export function jwsWith(header: object | string, payload: Uint8Array, key: TestKey): string {
  const head = b64u(typeof header === 'string' ? header : json(header))
  const signed = `${head}.${b64u(payload)}`
  return `${signed}.${b64u(ed25519(key, Buffer.from(signed)))}`
}

export interface GeneralSignature {
  readonly protected: string
  readonly signature: string
}

export function oneOfMany(payload: Uint8Array, key: TestKey, typ = 'hx-directory+jws'): GeneralSignature {
  const [head = '', , signature = ''] = jws(typ, payload, key).split('.')
  return { protected: head, signature }
}

export function generalJws(payload: Uint8Array, keys: readonly TestKey[]): string {
  return JSON.stringify({ payload: b64u(payload), signatures: keys.map((key) => oneOfMany(payload, key)) })
}

/** NIST SP 800-56A, 5.8.1, as RFC 7518, 4.6.2 uses it: one round, both parties empty. */
function wrappingKey(shared: Uint8Array): Buffer {
  const algorithm = Buffer.from('ECDH-ES+A256KW')
  const number = (value: number) => Buffer.from([0, 0, Math.floor(value / 256), value % 256])
  return sha256(Buffer.concat([number(1), shared, number(algorithm.length), algorithm, number(0), number(0), number(256)]))
}

export interface JweRecipient {
  readonly kid: string
  readonly jwk: Json
}

export interface Jwe {
  protected: string
  iv: string
  ciphertext: string
  tag: string
  recipients: { header: Json; encrypted_key: string }[]
}

/** The ephemeral key of a sole recipient is protected; of several each has its own beside its key id. */
export function jwe(plain: Uint8Array, recipients: readonly JweRecipient[], label: string): Jwe {
  const content = derived(`content key ${label}`, 32)
  const wrapped = recipients.map(({ kid, jwk }) => {
    const own = keyPair(`ephemeral ${label} ${kid}`, 'X25519')
    const shared = diffieHellman({
      privateKey: createPrivateKey({ key: own, format: 'jwk' }),
      publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: String(jwk['x']) }, format: 'jwk' }),
    })
    const cipher = createCipheriv('id-aes256-wrap', wrappingKey(shared), Buffer.alloc(8, 0xa6))
    const key = Buffer.concat([cipher.update(content), cipher.final()])
    return { kid, epk: { kty: 'OKP', crv: 'X25519', x: own.x }, key }
  })
  const isSole = wrapped.length === 1
  const head = b64u(json(isSole ? { enc: 'A256GCM', epk: wrapped[0]?.epk } : { enc: 'A256GCM' }))
  const iv = derived(`nonce ${label}`, 12)
  const cipher = createCipheriv('aes-256-gcm', content, iv)
  cipher.setAAD(Buffer.from(head))
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  return {
    protected: head,
    iv: b64u(iv),
    ciphertext: b64u(ciphertext),
    tag: b64u(cipher.getAuthTag()),
    recipients: wrapped.map(({ kid, epk, key }) => ({
      header: { alg: 'ECDH-ES+A256KW', kid, ...(isSole ? {} : { epk }) },
      encrypted_key: b64u(key),
    })),
  }
}

/** RFC 6962, 2.1. */
const leaf = (bytes: Uint8Array) => sha256(Buffer.concat([Buffer.from([0]), bytes]))
const node = (left: Uint8Array, right: Uint8Array) => sha256(Buffer.concat([Buffer.from([1]), left, right]))

function split(size: number): number {
  let width = 1
  while (width * 2 < size) width *= 2
  return width
}

export function treeRoot(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves
  if (leaves.length === 1 && only !== undefined) return leaf(only)
  const middle = split(leaves.length)
  return node(treeRoot(leaves.slice(0, middle)), treeRoot(leaves.slice(middle)))
}

/** From the leaf's sibling upward. */
export function inclusion(leaves: readonly Uint8Array[], index: number): readonly Buffer[] {
  if (leaves.length === 1) return []
  const middle = split(leaves.length)
  return index < middle
    ? [...inclusion(leaves.slice(0, middle), index), treeRoot(leaves.slice(middle))]
    : [...inclusion(leaves.slice(middle), index - middle), treeRoot(leaves.slice(0, middle))]
}

/** RFC 9162, 2.1.4.1. */
export function consistency(leaves: readonly Uint8Array[], first: number, isWhole = true): readonly Buffer[] {
  if (first === leaves.length) return isWhole ? [] : [treeRoot(leaves)]
  const middle = split(leaves.length)
  return first <= middle
    ? [...consistency(leaves.slice(0, middle), first, isWhole), treeRoot(leaves.slice(middle))]
    : [...consistency(leaves.slice(middle), first - middle, false), treeRoot(leaves.slice(0, middle))]
}

/** One signature for all statements of a batch, and one token for each. */
export function evidenceTokens(statements: readonly unknown[], key: TestKey, more: Json = {}): readonly string[] {
  const leaves = statements.map(json)
  const root = { v: 1, root: b64u(treeRoot(leaves)), size: leaves.length, ...more }
  const signed = jws('hx-evidence+jws', json(root), key)
  return leaves.map((bytes, index) => [b64u(bytes), index, inclusion(leaves, index).map(b64u).join('.'), signed].join('~'))
}

export function logName(nodeId: string): string {
  return `breakwater.log/${nodeId}`
}

const rawPublic = ({ jwk }: TestKey) => Buffer.from(String(jwk['x']), 'base64url')
const noteKeyId = (name: string, type: number, key: TestKey) =>
  sha256(Buffer.concat([Buffer.from(name), Buffer.from([10, type]), rawPublic(key)])).subarray(0, 4)

export function checkpoint(name: string, leaves: readonly Uint8Array[]): string {
  return `${name}\n${leaves.length}\n${b64(treeRoot(leaves))}\n`
}

export function signedNote(text: string, name: string, key: TestKey): string {
  return `${text}\n— ${name} ${b64(Buffer.concat([noteKeyId(name, 1, key), ed25519(key, Buffer.from(text))]))}\n`
}

export function cosignature(text: string, witness: { readonly name: string; readonly key: TestKey; readonly seconds: number }): string {
  const { name, key, seconds } = witness
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(seconds))
  const signature = ed25519(key, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`))
  return `— ${name} ${b64(Buffer.concat([noteKeyId(name, 4, key), stamp, signature]))}\n`
}

export const contentDigest = (body: Uint8Array): string => `sha-256=:${b64(sha256(body))}:`

export interface HttpParameters {
  readonly created: number
  readonly expires: number
  readonly nonce: string
  readonly keyid: string
  readonly tag: string
}

/** RFC 9421, 2.5: each component on its line, then the parameters. */
export function signatureBase(
  components: readonly (readonly [string, string])[],
  parameters: HttpParameters,
): { base: string; input: string } {
  const { created, expires, nonce, keyid, tag } = parameters
  const list = components.map(([name]) => name).join(' ')
  const input = `(${list});created=${created};expires=${expires};nonce="${nonce}";keyid="${keyid}";tag="${tag}"`
  return { base: [...components.map(([name, value]) => `${name}: ${value}`), `"@signature-params": ${input}`].join('\n'), input }
}

/** AES-256 of one block under a key of the epoch and the requester. */
export function matchHandle(secretKey: Uint8Array, requester: string, entry: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, Buffer.alloc(0), `breakwater match handle|${requester}`, 32))
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.from(entry.replaceAll('-', ''), 'hex')), cipher.final()])
}

export function matchRow(output: Uint8Array, handle: Uint8Array): Buffer {
  return Buffer.concat([output.subarray(0, 16), handle.map((byte, at) => byte ^ (output[16 + at] ?? 0))])
}

export function matchFrame(slots: readonly Uint8Array[], proof: Uint8Array = Buffer.alloc(64)): Buffer {
  const frame = Buffer.alloc(2114)
  frame[0] = 1
  frame[1] = slots.length
  slots.forEach((slot, at) => frame.set(slot, 2 + at * 32))
  frame.set(proof, 2050)
  return frame
}
