/**
 * The strict wrapper around `jose`, its only importer beside the test of the public vectors. One algorithm for each use, passed explicitly;
 * one spelling of every token; nothing in a token ever names or brings its own key.
 * Sources: RFC 7515, 7516, 7518, 8037; Ed25519 as algorithm name: RFC 9864.
 */
import {
  CompactSign,
  type CryptoKey,
  compactVerify,
  GeneralEncrypt,
  GeneralSign,
  generalDecrypt,
  generalVerify,
  importJWK,
  type JWK,
} from 'jose'
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
const WRAP = 'ECDH-ES+A256KW'
const CONTENT = 'A256GCM'
const MAX_RECIPIENTS = 64
const MAX_TOKEN = 4 * 1024 * 1024
/** A directory of some thousand organisations. */
const MAX_DOCUMENT = 32 * 1024 * 1024
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const imported = new Map<string, Promise<CryptoKey>>()

/** Imports once: a key is used thousands of times. Refuses a key whose own declaration says another use. */
async function keyOf(jwk: JWK, alg: string): Promise<CryptoKey> {
  const curve = alg === SIGN ? 'Ed25519' : 'X25519'
  if (jwk.kty !== 'OKP' || jwk.crv !== curve) throw new TokenRefused('key.curve')
  requireDeclared(jwk, alg)
  const id = `${alg} ${jwk.crv} ${jwk.x ?? ''} ${jwk.d ?? ''}`
  let key = imported.get(id)
  if (key === undefined) {
    key = importJWK({ ...jwk, alg }, alg) as Promise<CryptoKey>
    imported.set(id, key)
  }
  return await key
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
  return await new CompactSign(payload).setProtectedHeader({ alg: SIGN, typ: type, kid: key.kid }).sign(await keyOf(key.jwk, SIGN))
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
  for (const part of parts) requireCanonical(part)
  const { kid } = readHeader(header, { alg: SIGN, typ: type })
  const jwk = resolve(kid)
  if (jwk === undefined) throw new TokenRefused('key.unknown')
  try {
    const verified = await compactVerify(token, await keyOf(jwk, SIGN), { algorithms: [SIGN] })
    return { payload: verified.payload, kid }
  } catch (error) {
    throw error instanceof TokenRefused ? error : new TokenRefused('token.signature')
  }
}

export interface EncryptionKey {
  readonly kid: string
  readonly jwk: JWK
}

export async function encrypt(plain: Uint8Array, recipients: readonly EncryptionKey[]): Promise<string> {
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) throw new TokenRefused('token.recipients')
  const jwe = new GeneralEncrypt(plain).setProtectedHeader({ enc: CONTENT })
  for (const { kid, jwk } of recipients) jwe.addRecipient(await keyOf(jwk, WRAP)).setUnprotectedHeader({ alg: WRAP, kid })
  return JSON.stringify(await jwe.encrypt())
}

/** Decrypts for one of our keys. The form is checked member by member before any cryptography. */
export async function decrypt(text: string, keys: readonly PrivateKey[]): Promise<Uint8Array> {
  const jwe = readJwe(text)
  const mine = keys.find((key) => jwe.recipients.some((recipient) => recipient.header.kid === key.kid))
  if (mine === undefined) throw new TokenRefused('token.not-for-us')
  const own = { ...jwe, recipients: jwe.recipients.filter((recipient) => recipient.header.kid === mine.kid) }
  try {
    const { plaintext } = await generalDecrypt(own, await keyOf(mine.jwk, WRAP), {
      keyManagementAlgorithms: [WRAP],
      contentEncryptionAlgorithms: [CONTENT],
    })
    return plaintext
  } catch (error) {
    throw error instanceof TokenRefused ? error : new TokenRefused('token.ciphertext')
  }
}

/** A document signed by several stewards: the directory, or who its stewards are from now on. */
export async function signTogether(
  payload: Uint8Array,
  keys: readonly PrivateKey[],
  type: SharedType = 'hx-directory+jws',
): Promise<string> {
  const jws = new GeneralSign(payload)
  for (const key of keys) jws.addSignature(await keyOf(key.jwk, SIGN)).setProtectedHeader({ alg: SIGN, typ: type, kid: key.kid })
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
    const isGood = await generalVerify(single, await keyOf(jwk, SIGN), { algorithms: [SIGN] }).then(
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

interface GeneralJwe {
  readonly protected: string
  readonly iv: string
  readonly ciphertext: string
  readonly tag: string
  readonly recipients: {
    readonly header: { readonly alg: string; readonly kid: string; readonly epk?: JWK }
    readonly encrypted_key: string
  }[]
}

/** One form for each number of recipients, as the library writes it: the ephemeral key of a sole recipient is protected, of several each has its own. */
function readJwe(text: string): GeneralJwe {
  const jwe = readMembers(readJson(text, 'token.json'), {
    names: ['protected', 'iv', 'ciphertext', 'tag', 'recipients'],
    code: 'token.form',
  }) as unknown as GeneralJwe
  if (!Array.isArray(jwe.recipients) || jwe.recipients.length === 0 || jwe.recipients.length > MAX_RECIPIENTS)
    throw new TokenRefused('token.recipients')
  for (const part of [jwe.protected, jwe.iv, jwe.ciphertext, jwe.tag]) requireCanonical(part)
  const isSole = jwe.recipients.length === 1
  const { enc, epk } = readMembers(readPart(jwe.protected), { names: isSole ? ['enc', 'epk'] : ['enc'], code: 'header.enc' })
  if (enc !== CONTENT) throw new TokenRefused('header.enc')
  if (isSole) requireEphemeralKey(epk)
  const kids = new Set<string>()
  for (const recipient of jwe.recipients) {
    readMembers(recipient, { names: ['header', 'encrypted_key'], code: 'token.form' })
    requireCanonical(recipient.encrypted_key)
    const header = readMembers(recipient.header, { names: isSole ? ['alg', 'kid'] : ['alg', 'kid', 'epk'], code: 'header.members' })
    if (header['alg'] !== WRAP) throw new TokenRefused('header.alg')
    if (typeof header['kid'] !== 'string') throw new TokenRefused('header.kid')
    if (!isSole) requireEphemeralKey(header['epk'])
    kids.add(header['kid'])
  }
  // Two entries for one key could hold two content keys, and which one opens would depend on the reader.
  if (kids.size !== jwe.recipients.length) throw new TokenRefused('token.recipients')
  return jwe
}

function requireEphemeralKey(key: unknown): void {
  const { kty, crv, x } = readMembers(key, { names: ['kty', 'crv', 'x'], code: 'header.epk' })
  if (kty !== 'OKP' || crv !== 'X25519') throw new TokenRefused('header.epk')
  requireCanonical(x)
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

/** Base64url in its one canonical spelling: no padding, no blanks, no stray bits in the last sign. */
function requireCanonical(part: unknown): asserts part is string {
  if (typeof part !== 'string' || !/^[A-Za-z0-9_-]*$/.test(part) || Buffer.from(part, 'base64url').toString('base64url') !== part)
    throw new TokenRefused('token.spelling')
}
