/**
 * Tokens of the exchange, strictly: one algorithm for each use, one spelling of every token, and nothing in a token ever names or brings its own
 * key. What every message needs is done with Node's own signatures and ciphers: `jose` reaches the same through WebCrypto at a multiple of their
 * cost (ADR 20). It signs what many sign together, and tests hold it beside everything else. No other file imports it but the tests of vectors.
 * Sources: RFC 7515, 7516, 7518, 8037; Ed25519 as algorithm name: RFC 9864.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto'
import { type CryptoKey, GeneralSign, generalVerify, importJWK, type JWK } from 'jose'
import {
  CONTENT,
  type EphemeralKey,
  newContentKey,
  openContent,
  type Sealed,
  sealContent,
  unwrapKey,
  WRAP,
  type WrappedKey,
  wrapKey,
} from './jwe.ts'
import { parseStrictJson } from './strict-json.ts'

export type { JWK }
export type TokenType =
  | 'hx-outer+jws'
  | 'hx-inner+jws'
  | 'hx-evidence+jws'
  | 'hx-directory+jws'
  | 'hx-stewards+jws'
  | 'hx-statement+jws'
  | 'hx-enrolment+jws'
  | 'hx-guard+jws'
/** Documents of several signers. */
export type SharedType = 'hx-directory+jws' | 'hx-stewards+jws' | 'hx-guard+jws'

export interface PrivateKey {
  readonly kid: string
  readonly jwk: JWK
}

/** Why a token was refused; internal, never shown to its sender. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const SIGN = 'Ed25519'
const SIGNATURE_BYTES = 64
const MAX_RECIPIENTS = 64
const MAX_TOKEN = 4 * 1024 * 1024
/** A directory of some thousand organisations. */
const MAX_DOCUMENT = 32 * 1024 * 1024
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const MOST_KEYS = 4096
const imported = new Map<string, KeyObject>()

/** Imports once: a key is used thousands of times. Refuses a key whose own declaration says another use. */
function keyOf(jwk: JWK, alg: string, kind: 'private' | 'public'): KeyObject {
  const { kty, crv, x = '', d = '' } = jwk
  if (kty !== 'OKP' || crv !== (alg === SIGN ? 'Ed25519' : 'X25519')) throw new TokenRefused('key.curve')
  requireDeclared(jwk, alg)
  const id = `${crv} ${x} ${kind === 'private' ? d : ''}`
  let key = imported.get(id)
  if (key === undefined) {
    if (imported.size >= MOST_KEYS) imported.clear()
    const open = { kty, crv, x }
    try {
      key = kind === 'private' ? createPrivateKey({ key: { ...open, d }, format: 'jwk' }) : createPublicKey({ key: open, format: 'jwk' })
    } catch {
      throw new TokenRefused('key.form')
    }
    imported.set(id, key)
  }
  return key
}

/** For the library, where it is used. */
async function libraryKey(jwk: JWK): Promise<CryptoKey> {
  keyOf(jwk, SIGN, 'public')
  return (await importJWK({ ...jwk, alg: SIGN }, SIGN)) as CryptoKey
}

/** What a key says of itself binds us, also where the library would look past it. `enc` is no registered member, but some issuers write it. */
function requireDeclared(jwk: JWK, alg: string): void {
  const isSignature = alg === SIGN
  if (jwk.alg !== undefined && jwk.alg !== alg) throw new TokenRefused('key.alg')
  const { enc } = jwk as { readonly enc?: unknown }
  if (enc !== undefined && (isSignature || enc !== CONTENT)) throw new TokenRefused('key.enc')
  if (jwk.use !== undefined && jwk.use !== (isSignature ? 'sig' : 'enc')) throw new TokenRefused('key.use')
  const operations = isSignature ? ['sign', 'verify'] : ['deriveKey', 'deriveBits']
  if (jwk.key_ops !== undefined && !operations.some((each) => jwk.key_ops?.includes(each))) throw new TokenRefused('key.use')
}

export async function sign(type: TokenType, payload: Uint8Array, key: PrivateKey): Promise<string> {
  const header = Buffer.from(JSON.stringify({ alg: SIGN, typ: type, kid: key.kid })).toString('base64url')
  const signed = `${header}.${Buffer.from(payload).toString('base64url')}`
  return `${signed}.${signBytes(null, Buffer.from(signed), keyOf(key.jwk, SIGN, 'private')).toString('base64url')}`
}

export interface Verified {
  readonly payload: Uint8Array
  readonly kid: string
}

/** Verifies a compact token. `resolve` answers the public key that may have signed, or undefined: unknown, expired and revoked alike. */
export async function verify(type: TokenType, token: string, resolve: (kid: string) => JWK | undefined): Promise<Verified> {
  const parts = token.length > MAX_TOKEN ? [] : token.split('.')
  const [header, payload, signature] = parts
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) throw new TokenRefused('token.form')
  const [, content, bytes] = [canonical(header), canonical(payload), canonical(signature)]
  const { kid } = readHeader(header, { alg: SIGN, typ: type })
  const jwk = resolve(kid)
  if (jwk === undefined) throw new TokenRefused('key.unknown')
  const isGood =
    bytes.length === SIGNATURE_BYTES && verifyBytes(null, Buffer.from(`${header}.${payload}`), keyOf(jwk, SIGN, 'public'), bytes)
  if (!isGood) throw new TokenRefused('token.signature')
  return { payload: content, kid }
}

export interface EncryptionKey {
  readonly kid: string
  readonly jwk: JWK
}

export async function encrypt(plain: Uint8Array, recipients: readonly EncryptionKey[]): Promise<string> {
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) throw new TokenRefused('token.recipients')
  const contentKey = newContentKey()
  const wrapped = recipients.map(({ kid, jwk }) => ({ kid, ...wrapKey(contentKey, keyOf(jwk, WRAP, 'public')) }))
  // The ephemeral key of a sole recipient is protected; of several, each has its own.
  const [sole] = wrapped.length === 1 ? wrapped : []
  const header = text64(Buffer.from(JSON.stringify({ enc: CONTENT, ...(sole === undefined ? {} : { epk: sole.epk }) })))
  const { iv, ciphertext, tag } = sealContent(plain, contentKey, header)
  return JSON.stringify({
    protected: header,
    iv: text64(iv),
    ciphertext: text64(ciphertext),
    tag: text64(tag),
    recipients: wrapped.map(({ kid, epk, encryptedKey }) => ({
      header: { alg: WRAP, kid, ...(sole === undefined ? { epk } : {}) },
      encrypted_key: text64(encryptedKey),
    })),
  })
}

const text64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** Decrypts for one of our keys. The form is checked member by member before any cryptography. */
export async function decrypt(text: string, keys: readonly PrivateKey[]): Promise<Uint8Array> {
  const jwe = readJwe(text)
  for (const { kid, jwk } of keys) {
    const entry = jwe.entries.find((each) => each.kid === kid)
    if (entry === undefined) continue
    const own = keyOf(jwk, WRAP, 'private')
    try {
      return openContent(jwe, unwrapKey(entry, own), jwe.header)
    } catch {
      throw new TokenRefused('token.ciphertext')
    }
  }
  throw new TokenRefused('token.not-for-us')
}

/** A document signed by several stewards: the directory, or who its stewards are from now on. */
export async function signTogether(
  payload: Uint8Array,
  keys: readonly PrivateKey[],
  type: SharedType = 'hx-directory+jws',
): Promise<string> {
  const jws = new GeneralSign(payload)
  for (const key of keys) jws.addSignature(await libraryKey(key.jwk)).setProtectedHeader({ alg: SIGN, typ: type, kid: key.kid })
  return JSON.stringify(await jws.sign())
}

/** The payload and the ids of the known keys that signed it, each counted once however often it signed. */
export async function verifyTogether(
  text: string,
  resolve: (kid: string) => JWK | undefined,
  type: SharedType = 'hx-directory+jws',
): Promise<{ readonly payload: Uint8Array; readonly signers: ReadonlySet<string> }> {
  const { payload, signatures } = readMembers(readJson(text, 'token.json', MAX_DOCUMENT), {
    names: ['payload', 'signatures'],
    code: 'token.form',
  })
  if (typeof payload !== 'string' || !Array.isArray(signatures) || signatures.length > MAX_RECIPIENTS) throw new TokenRefused('token.form')
  requireCanonical(payload)
  const signers = new Set<string>()
  for (const one of signatures) {
    const { protected: header, signature } = readMembers(one, { names: ['protected', 'signature'], code: 'token.form' })
    requireCanonical(header)
    requireCanonical(signature)
    const { kid } = readHeader(header, { alg: SIGN, typ: type })
    const jwk = resolve(kid)
    if (jwk === undefined) continue
    const single = { payload, signatures: [{ protected: header, signature }] }
    const isGood = await generalVerify(single, await libraryKey(jwk), { algorithms: [SIGN] }).then(
      () => true,
      () => false,
    )
    if (isGood) signers.add(kid)
  }
  return { payload: Buffer.from(payload, 'base64url'), signers }
}

/** The header has exactly these members: so `crit`, `b64`, `jwk`, `jku`, `x5u`, `zip` and every future surprise are refused. */
function readHeader(part: string, expected: { readonly alg: string; readonly typ: TokenType }): { readonly kid: string } {
  const { alg, typ, kid } = readMembers(readPart(part), { names: ['alg', 'typ', 'kid'], code: 'header.members' })
  if (alg !== expected.alg) throw new TokenRefused('header.alg')
  if (typ !== expected.typ) throw new TokenRefused('header.typ')
  if (typeof kid !== 'string' || kid.length === 0 || kid.length > 120) throw new TokenRefused('header.kid')
  return { kid }
}

interface Entry extends WrappedKey {
  readonly kid: string
}

interface GeneralJwe extends Sealed {
  /** The protected header as it is written. */
  readonly header: string
  readonly entries: readonly Entry[]
}

/** One form for each number of recipients: the ephemeral key of a sole recipient is protected, of several each has its own. */
function readJwe(text: string): GeneralJwe {
  const {
    protected: header,
    iv,
    ciphertext,
    tag,
    recipients,
  } = readMembers(readJson(text, 'token.json'), {
    names: ['protected', 'iv', 'ciphertext', 'tag', 'recipients'],
    code: 'token.form',
  })
  if (!Array.isArray(recipients) || recipients.length === 0 || recipients.length > MAX_RECIPIENTS)
    throw new TokenRefused('token.recipients')
  requireCanonical(header)
  const content = { iv: canonical(iv), ciphertext: canonical(ciphertext), tag: canonical(tag) }
  const isSole = recipients.length === 1
  const { enc, epk } = readMembers(readPart(header), { names: isSole ? ['enc', 'epk'] : ['enc'], code: 'header.enc' })
  if (enc !== CONTENT) throw new TokenRefused('header.enc')
  const sole = isSole ? ephemeralKey(epk) : undefined
  const entries = recipients.map((recipient): Entry => {
    const entry = readMembers(recipient, { names: ['header', 'encrypted_key'], code: 'token.form' })
    const encryptedKey = canonical(entry['encrypted_key'])
    const own = readMembers(entry['header'], { names: isSole ? ['alg', 'kid'] : ['alg', 'kid', 'epk'], code: 'header.members' })
    if (own['alg'] !== WRAP) throw new TokenRefused('header.alg')
    if (typeof own['kid'] !== 'string') throw new TokenRefused('header.kid')
    return { kid: own['kid'], epk: sole ?? ephemeralKey(own['epk']), encryptedKey }
  })
  // Two entries for one key could hold two content keys, and which one opens would depend on the reader.
  if (new Set(entries.map(({ kid }) => kid)).size !== entries.length) throw new TokenRefused('token.recipients')
  return { header, ...content, entries }
}

function ephemeralKey(key: unknown): EphemeralKey {
  const { kty, crv, x } = readMembers(key, { names: ['kty', 'crv', 'x'], code: 'header.epk' })
  if (kty !== 'OKP' || crv !== 'X25519') throw new TokenRefused('header.epk')
  requireCanonical(x)
  return { kty, crv, x }
}

function readPart(part: string): unknown {
  return readJson(Buffer.from(part, 'base64url'), 'header.json')
}

function readJson(source: string | Uint8Array, code: string, most: number = MAX_TOKEN): unknown {
  if (source.length > most) throw new TokenRefused('token.size')
  try {
    return parseStrictJson(typeof source === 'string' ? source : UTF8.decode(source))
  } catch {
    throw new TokenRefused(code)
  }
}

/** An object with no other members than these. Everything else JSON can say (`null`, a list, a bare text) is refused with the code. */
function readMembers(
  value: unknown,
  { names, code }: { readonly names: readonly string[]; readonly code: string },
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TokenRefused(code)
  if (Object.keys(value).some((member) => !names.includes(member))) throw new TokenRefused(code)
  return value as Record<string, unknown>
}

/** Base64url in its one canonical spelling: no padding, no blanks, no stray bits in the last sign. Reading is lax, so it is written again and compared. */
function canonical(part: unknown): Buffer {
  const bytes = typeof part === 'string' ? Buffer.from(part, 'base64url') : undefined
  if (bytes === undefined || bytes.toString('base64url') !== part) throw new TokenRefused('token.spelling')
  return bytes
}

function requireCanonical(part: unknown): asserts part is string {
  canonical(part)
}
