/**
 * HTTP message signatures between nodes: RFC 9421 in one fixed profile, with Content-Digest of RFC 9530. One signature, one list of components,
 * five parameters, `tag="hx"`, Ed25519. The outcome is accept with the signer, or reject with a code; nothing in between. The library gives `null`
 * for an unsigned message, takes one good signature among several, and reads times with the machine's clock: none of that leaves this file.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { httpbis } from 'http-message-signatures'
import {
  type BareItem,
  type InnerList,
  type Item,
  isInnerList,
  parseDictionary,
  serializeDictionary,
  serializeItem,
} from 'structured-headers'
import type { Directory } from './directory.ts'
import type { PrivateKey } from './jose.ts'
import { type Signer, signBytes, signerOf, verifyBytes } from './node-signature.ts'
import type { NonceWindow } from './nonce-window.ts'

/** Names in small letters. */
export type Headers = Record<string, string>

export interface RequestMessage {
  readonly method: string
  /** As the recipient knows itself from the directory, never from the Host field. */
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array
}

export interface ResponseMessage {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

export type Verdict =
  | { readonly kind: 'accept'; readonly signer: Signer; readonly nonce: string }
  | { readonly kind: 'reject'; readonly code: string }

const LABEL = 'hx'
const TAG = 'hx'
const REQUEST_COVERS = ['"@method"', '"@target-uri"', '"content-digest"']
const RESPONSE_COVERS = ['"@status"', '"content-digest"', ...REQUEST_COVERS.map((component) => `${component};req`)]
const PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'tag']
const SKEW_S = 300
const LIFETIME_S = 300
/** The library compares with the clock of the machine; ours decides, so its own comparison must never bite. */
const NO_CLOCK = 1e12
const DIGESTS: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' }

export interface Signing {
  readonly key: PrivateKey
  readonly now: Date
}

export async function signRequest(request: RequestMessage, { key, now }: Signing): Promise<RequestMessage> {
  const digested = withDigest(request)
  const nonce = randomBytes(16).toString('base64url')
  return withSmallNames(await httpbis.signMessage(config({ key, now, nonce, fields: REQUEST_COVERS }), digested), digested)
}

/** Bound to its request twice: by the components of the request that it covers, and by the request's nonce. */
export async function signResponse(
  response: ResponseMessage,
  to: { readonly request: RequestMessage; readonly nonce: string },
  { key, now }: Signing,
): Promise<ResponseMessage> {
  const digested = withDigest(response)
  const signed = await httpbis.signMessage(config({ key, now, nonce: to.nonce, fields: RESPONSE_COVERS }), digested, to.request)
  return withSmallNames(signed, digested)
}

export interface Verifying {
  readonly directory: Directory
  readonly now: Date
}

export async function verifyRequest(request: RequestMessage, world: Verifying & { readonly nonces: NonceWindow }): Promise<Verdict> {
  const { verdict, until } = await verify({ message: request, covers: REQUEST_COVERS }, world)
  if (verdict.kind === 'reject') return verdict
  // Last of all: a stranger must not be able to use up nonces of others.
  const noted = world.nonces.note({ keyid: verdict.signer.kid, nonce: verdict.nonce, until }, world.now)
  return noted === 'new' ? verdict : { kind: 'reject', code: noted === 'seen' ? 'signature.replay' : 'signature.busy' }
}

export async function verifyResponse(response: ResponseMessage, request: RequestMessage, world: Verifying): Promise<Verdict> {
  const { verdict } = await verify({ message: response, covers: RESPONSE_COVERS, request }, world)
  if (verdict.kind === 'reject') return verdict
  return verdict.nonce === nonceOf(request) ? verdict : { kind: 'reject', code: 'signature.other-request' }
}

export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

function withDigest<T extends { readonly headers: Headers; readonly body: Uint8Array }>(message: T): T {
  return { ...message, headers: { ...message.headers, 'content-digest': contentDigest(message.body) } }
}

/** The library writes capitals into field names; a signature covers them in small letters. */
function withSmallNames<T extends { readonly headers: Headers }>(signed: { readonly headers: object }, message: T): T {
  const headers = Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return { ...message, headers: Object.fromEntries(headers) as Headers }
}

function config(made: Signing & { readonly nonce: string; readonly fields: readonly string[] }) {
  const { key, now, nonce, fields } = made
  return {
    name: LABEL,
    fields: [...fields],
    params: PARAMETERS,
    paramValues: { created: now, expires: new Date(now.getTime() + LIFETIME_S * 1000), nonce, keyid: key.kid, tag: TAG },
    key: { sign: async (base: Buffer) => signBytes(key, base) },
  }
}

class Rejected extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.name = 'Rejected'
    this.code = code
  }
}

interface Checked {
  readonly message: RequestMessage | ResponseMessage
  readonly covers: readonly string[]
  readonly request?: RequestMessage
}

async function verify(checked: Checked, world: Verifying): Promise<{ readonly verdict: Verdict; readonly until: Date }> {
  try {
    const { headers, body } = checked.message
    const { keyid, nonce, expires } = readParameters(headers, checked.covers, world.now)
    const signer = signerOf(world.directory, keyid, world.now)
    if (signer === undefined) throw new Rejected('signature.key')
    requireDigest(headers['content-digest'], body)
    const isGood = await holds(checked, signer)
    return {
      verdict: isGood ? { kind: 'accept', signer, nonce } : { kind: 'reject', code: 'signature.wrong' },
      until: new Date(expires * 1000),
    }
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    return { verdict: { kind: 'reject', code: error.code }, until: world.now }
  }
}

/** True only for the library's plain `true`: it answers `null` for unsigned messages and throws on missing components. */
async function holds({ message, request }: Checked, signer: Signer): Promise<boolean> {
  const verifying = {
    all: true,
    tolerance: NO_CLOCK,
    keyLookup: async () => ({
      algs: ['ed25519'],
      verify: async (base: Buffer, signature: Buffer) => verifyBytes(signer.jwk, base, signature),
    }),
  }
  try {
    const verified =
      'status' in message ? await httpbis.verifyMessage(verifying, message, request) : await httpbis.verifyMessage(verifying, message)
    return verified === true
  } catch {
    return false
  }
}

interface Parameters {
  readonly keyid: string
  readonly nonce: string
  readonly expires: number
}

/** Reads the one signature that the profile knows; every other form is refused before a key is looked up. */
function readParameters(headers: Headers, covers: readonly string[], now: Date): Parameters {
  if (headers['signature'] === undefined && headers['signature-input'] === undefined) throw new Rejected('signature.missing')
  const [label, input] = readOnly(headers['signature-input'])
  const [signatureLabel, signature] = readOnly(headers['signature'])
  if (label !== signatureLabel) throw new Rejected('signature.labels')
  if (!isInnerList(input) || isInnerList(signature) || !(signature[0] instanceof ArrayBuffer) || signature[1].size > 0)
    throw new Rejected('signature.form')
  const [components, parameters] = input
  const covered = components.map((component) => serializeItem(component))
  if (covers.some((component) => !covered.includes(component))) throw new Rejected('signature.component-missing')
  if (covered.join() !== covers.join()) throw new Rejected('signature.components')
  if ([...parameters.keys()].toSorted().join() !== PARAMETERS.toSorted().join()) throw new Rejected('signature.parameters')
  const [created, expires] = [seconds(parameters.get('created')), seconds(parameters.get('expires'))]
  const [nonce, keyid] = [text(parameters.get('nonce')), text(parameters.get('keyid'))]
  if (text(parameters.get('tag')) !== TAG) throw new Rejected('signature.tag')
  const at = now.getTime() / 1000
  if (created > at + SKEW_S) throw new Rejected('signature.future')
  if (expires <= at) throw new Rejected('signature.expired')
  if (expires <= created || expires - created > LIFETIME_S) throw new Rejected('signature.lifetime')
  return { keyid, nonce, expires }
}

function readOnly(field: string | undefined): readonly [string, Item | InnerList] {
  if (field === undefined) throw new Rejected('signature.missing')
  if (field.length > 4096) throw new Rejected('signature.form')
  const members = readDictionary(field, 'signature.form')
  // A parser keeps the last of two members with one name. Written again the text is shorter: so a doubled label shows, and any second spelling.
  if (members.size !== 1 || serializeDictionary(members) !== field) throw new Rejected('signature.labels')
  return [...members][0] as [string, Item | InnerList]
}

function readDictionary(field: string, code: string) {
  try {
    return parseDictionary(field)
  } catch {
    throw new Rejected(code)
  }
}

function seconds(value: BareItem | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Rejected('signature.parameters')
  return value
}

function text(value: BareItem | undefined): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 200) throw new Rejected('signature.parameters')
  return value
}

/** Every digest that is stated must be one we know and must be right (RFC 9530 section 2 asks for at least one). */
function requireDigest(field: string | undefined, body: Uint8Array): void {
  if (field === undefined || field.length > 400) throw new Rejected('digest.form')
  const members = readDictionary(field, 'digest.form')
  if (members.size === 0 || serializeDictionary(members) !== field) throw new Rejected('digest.form')
  for (const [name, member] of members) {
    const hash = DIGESTS[name]
    if (hash === undefined) throw new Rejected('digest.algorithm')
    if (isInnerList(member) || !(member[0] instanceof ArrayBuffer)) throw new Rejected('digest.form')
    const [stated, real] = [Buffer.from(member[0]), createHash(hash).update(body).digest()]
    if (stated.length !== real.length || !timingSafeEqual(stated, real)) throw new Rejected('digest.mismatch')
  }
}

/** Of a request that we signed ourselves. */
function nonceOf(request: RequestMessage): string | undefined {
  const input = parseDictionary(request.headers['signature-input'] ?? '').get(LABEL)
  const nonce = input?.[1].get('nonce')
  return typeof nonce === 'string' ? nonce : undefined
}
