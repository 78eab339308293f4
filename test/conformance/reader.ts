/**
 * A second reader of the exchange, written from `docs/exchange.md` and the pages below it, with Node's cryptography and nothing else: no part of `src`,
 * no JOSE library. That it agrees with the vectors shows that the pages are enough.
 */
import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type JsonWebKey,
  verify as verifyRaw,
} from 'node:crypto'
import * as shapes from './shapes.ts'
import { strictJson } from './strict-json.ts'

export type Json = Record<string, unknown>
export interface Key {
  readonly kid: string
  readonly jwk: Json
}

export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

function demand(holds: boolean, code: string): asserts holds {
  if (!holds) throw new Refused(code)
}

export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
export const digestOf = (bytes: string | Uint8Array): string => sha256(bytes).toString('hex')

/** One spelling. */
function bytesOf(part: unknown): Buffer {
  const bytes = Buffer.from(String(part), 'base64url')
  demand(typeof part === 'string' && bytes.toString('base64url') === part, 'token.spelling')
  return bytes
}

function parsed(bytes: string | Uint8Array, code: string): unknown {
  try {
    return strictJson(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new Refused(code)
  }
}

function payloadAs(shape: shapes.Shape, bytes: Uint8Array): Json {
  const value = parsed(bytes, 'payload.json')
  demand(shape(value), 'payload.schema')
  return value as Json
}

/** An object with no other members than these. */
function only(value: unknown, names: readonly string[], code: string): Json {
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), code)
  demand(
    Object.keys(value).every((name) => names.includes(name)),
    code,
  )
  return value as Json
}

function verifies(jwk: Json, bytes: Uint8Array, signature: Uint8Array): boolean {
  demand(jwk['kty'] === 'OKP' && jwk['crv'] === 'Ed25519', 'key.curve')
  demand(jwk['alg'] === undefined || jwk['alg'] === 'Ed25519', 'key.alg')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: String(jwk['x']) }, format: 'jwk' })
  return signature.length === 64 && verifyRaw(null, bytes, key, signature)
}

function kidIn(header: string, typ: string): string {
  const { alg, typ: stated, kid } = only(parsed(bytesOf(header), 'header.json'), ['alg', 'typ', 'kid'], 'header.members')
  demand(alg === 'Ed25519', 'header.alg')
  demand(stated === typ, 'header.typ')
  demand(typeof kid === 'string' && kid.length > 0 && kid.length <= 120, 'header.kid')
  return kid
}

type Resolve = (kid: string) => Json | undefined

export function readJws(typ: string, token: string, resolve: Resolve): { readonly payload: Buffer; readonly kid: string } {
  const parts = token.length > 4 * 1024 * 1024 ? [] : token.split('.')
  demand(parts.length === 3, 'token.form')
  const [, payload, signature] = parts.map(bytesOf) as [Buffer, Buffer, Buffer]
  const kid = kidIn(parts[0] ?? '', typ)
  const jwk = resolve(kid)
  demand(jwk !== undefined, 'key.unknown')
  demand(verifies(jwk, Buffer.from(`${parts[0]}.${parts[1]}`), signature), 'token.signature')
  return { payload, kid }
}

/** Payload, and the known keys whose signature holds. */
export function readGeneralJws(
  typ: string,
  text: string,
  resolve: Resolve,
): { readonly payload: Buffer; readonly signers: ReadonlySet<string> } {
  const { payload, signatures } = only(parsed(text, 'token.json'), ['payload', 'signatures'], 'token.form')
  demand(typeof payload === 'string' && Array.isArray(signatures) && signatures.length <= 64, 'token.form')
  const bytes = bytesOf(payload)
  const signers = new Set<string>()
  for (const each of signatures) {
    const { protected: header, signature } = only(each, ['protected', 'signature'], 'token.form')
    bytesOf(header)
    const made = bytesOf(signature)
    const kid = kidIn(String(header), typ)
    const jwk = resolve(kid)
    if (jwk !== undefined && verifies(jwk, Buffer.from(`${String(header)}.${payload}`), made)) signers.add(kid)
  }
  return { payload: bytes, signers }
}

function ephemeral(key: unknown): Json {
  const epk = only(key, ['kty', 'crv', 'x'], 'header.epk')
  demand(epk['kty'] === 'OKP' && epk['crv'] === 'X25519', 'header.epk')
  bytesOf(epk['x'])
  return epk
}

const number32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function wrappingKey(jwk: Json, epk: Json): Buffer {
  const shared = diffieHellman({
    privateKey: createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' }),
    publicKey: createPublicKey({ key: epk as JsonWebKey, format: 'jwk' }),
  })
  const algorithm = 'ECDH-ES+A256KW'
  return sha256(number32(1), shared, number32(algorithm.length), algorithm, number32(0), number32(0), number32(256))
}

/** Form first, member by member; then the one recipient that is ours. */
export function openJwe(text: string, keys: readonly Key[]): Buffer {
  const jwe = only(parsed(text, 'token.json'), ['protected', 'iv', 'ciphertext', 'tag', 'recipients'], 'token.form')
  const { recipients } = jwe
  demand(Array.isArray(recipients) && recipients.length > 0 && recipients.length <= 64, 'token.recipients')
  const [head, iv, ciphertext, tag] = ['protected', 'iv', 'ciphertext', 'tag'].map((name) => bytesOf(jwe[name])) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ]
  const isSole = recipients.length === 1
  const { enc, epk: shared } = only(parsed(head, 'header.json'), isSole ? ['enc', 'epk'] : ['enc'], 'header.enc')
  demand(enc === 'A256GCM', 'header.enc')
  if (isSole) ephemeral(shared)
  const named = recipients.map((each) => {
    const { header, encrypted_key: wrapped } = only(each, ['header', 'encrypted_key'], 'token.form')
    const key = bytesOf(wrapped)
    const { alg, kid, epk } = only(header, isSole ? ['alg', 'kid'] : ['alg', 'kid', 'epk'], 'header.members')
    demand(alg === 'ECDH-ES+A256KW', 'header.alg')
    demand(typeof kid === 'string', 'header.kid')
    return { kid, key, epk: ephemeral(isSole ? shared : epk) }
  })
  demand(new Set(named.map(({ kid }) => kid)).size === named.length, 'token.recipients')
  const own = keys.find(({ kid }) => named.some((each) => each.kid === kid))
  const mine = named.find(({ kid }) => kid === own?.kid)
  demand(own !== undefined && mine !== undefined, 'token.not-for-us')
  try {
    const unwrap = createDecipheriv('id-aes256-wrap', wrappingKey(own.jwk, mine.epk), Buffer.alloc(8, 0xa6))
    const content = Buffer.concat([unwrap.update(mine.key), unwrap.final()])
    const cipher = createDecipheriv('aes-256-gcm', content, iv, { authTagLength: 16 })
    cipher.setAAD(Buffer.from(String(jwe['protected'])))
    cipher.setAuthTag(tag)
    return Buffer.concat([cipher.update(ciphertext), cipher.final()])
  } catch {
    throw new Refused('token.ciphertext')
  }
}

interface DirectoryKey extends Key {
  readonly use: string
  readonly from: string
  readonly until: string
  readonly revokedAt?: string
}
interface Org {
  readonly id: string
  readonly status: string
  readonly statusFrom?: string
  readonly units: readonly { readonly id: string }[]
  readonly nodes: readonly { readonly id: string; readonly tlsSpki: readonly string[]; readonly keys: readonly DirectoryKey[] }[]
}
export interface Directory {
  readonly v: number
  readonly coalition: string
  readonly version: number
  readonly steering: readonly Key[]
  readonly threshold: number
  readonly successions?: readonly string[]
  readonly orgs: readonly Org[]
}
export interface Trust {
  readonly stewards: readonly Key[]
  readonly threshold: number
}

export function anchorDigest(coalition: string, { stewards, threshold }: Trust): string {
  const pairs = stewards.map(({ kid, jwk }) => [kid, jwk['x']]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return digestOf(JSON.stringify(['breakwater-anchor', coalition, threshold, pairs]))
}

function follow(pinned: Trust, coalition: string, steps: readonly string[]): Trust {
  let current = pinned
  let began = false
  for (const token of steps) {
    const next = parsed(bytesOf((parsed(token, 'token.json') as Json)['payload']), 'directory.succession') as Trust & {
      readonly before: string
    }
    if (next.before !== anchorDigest(coalition, current)) {
      demand(!began, 'directory.succession')
      continue
    }
    began = true
    for (const side of [current, next]) {
      const { signers } = readGeneralJws('hx-stewards+jws', token, (kid) => side.stewards.find((each) => each.kid === kid)?.jwk)
      demand(signers.size >= side.threshold, 'directory.succession')
    }
    current = { stewards: next.stewards, threshold: next.threshold }
  }
  return current
}

export function readDirectory(text: string, trust: Trust, held?: { readonly directory: Directory; readonly token: string }): Directory {
  const claimed = directoryIn(bytesOf((parsed(text, 'token.json') as Json)['payload']))
  const current = follow(trust, claimed.coalition, claimed.successions ?? [])
  const { payload, signers } = readGeneralJws('hx-directory+jws', text, (kid) => current.stewards.find((each) => each.kid === kid)?.jwk)
  demand(signers.size >= current.threshold, 'directory.threshold')
  const named = { stewards: claimed.steering, threshold: claimed.threshold }
  demand(anchorDigest(claimed.coalition, named) === anchorDigest(claimed.coalition, current), 'directory.succession')
  if (held !== undefined) {
    demand(claimed.version >= held.directory.version, 'directory.rollback')
    const before = bytesOf((JSON.parse(held.token) as Json)['payload'])
    demand(claimed.version !== held.directory.version || before.equals(payload), 'directory.fork')
  }
  return claimed
}

function directoryIn(payload: Uint8Array): Directory {
  const directory = parsed(payload, 'directory.form') as Directory
  demand(directory.v === 1 && Number.isInteger(directory.version), 'directory.form')
  const owners = new Map<string, string>()
  for (const node of directory.orgs.flatMap(({ nodes }) => nodes))
    for (const { kid, jwk } of node.keys) {
      const owner = `${node.id} ${String(jwk['x'])}`
      demand((owners.get(kid) ?? owner) === owner, 'directory.form')
      owners.set(kid, owner)
    }
  return directory
}

function isInForce({ from, until, revokedAt }: DirectoryKey, at: number): boolean {
  return at >= Date.parse(from) && at < Date.parse(until) && (revokedAt === undefined || at < Date.parse(revokedAt))
}

/** A node key in force now, of an active organisation. */
export function nodeKey(directory: Directory, kid: string, now: number) {
  for (const org of directory.orgs)
    for (const node of org.status === 'active' ? org.nodes : [])
      for (const key of node.keys) if (key.kid === kid && key.use === 'node-sig' && isInForce(key, now)) return { org, node, jwk: key.jwk }
  return undefined
}

export interface Receiver {
  readonly directory: Directory
  readonly now: number
  /** Encryption keys by organisation. */
  readonly keys: Readonly<Record<string, readonly Key[]>>
  readonly pin?: string
}
interface Address {
  readonly org: string
  readonly unit: string
}
type OuterPart = Json & {
  readonly id: string
  readonly from: Address & { readonly node: string }
  readonly to: readonly Address[]
  readonly created: string
  readonly expires: string
  readonly cipher: string
}

/** Steps 1 to 15 of the order of checks. */
export function openEnvelope(
  { outer: token, jwe }: { readonly outer: unknown; readonly jwe: unknown },
  { directory, now, keys, pin }: Receiver,
) {
  demand(typeof token === 'string' && typeof jwe === 'string', 'envelope.form')
  demand(token.length <= 65_536 && jwe.length <= 2_097_152, 'envelope.size')
  const signed = readJws('hx-outer+jws', token, (kid) => nodeKey(directory, kid, now)?.jwk)
  const outer = payloadAs(shapes.outer, signed.payload) as OuterPart
  const org = directory.orgs.find((each) => each.id === outer.from.org && each.status === 'active')
  const node = org?.nodes.find((each) => each.id === outer.from.node)
  demand(org !== undefined && node?.keys.some(({ kid }) => kid === signed.kid) === true, 'envelope.signer')
  demand(pin === undefined || node.tlsSpki.includes(pin), 'envelope.peer')
  demand(
    org.units.some(({ id }) => id === outer.from.unit),
    'envelope.unit',
  )
  const ours = outer.to.flatMap((to) => keys[to.org] ?? [])
  demand(
    outer.to.some((to) => keys[to.org] !== undefined),
    'envelope.not-for-us',
  )
  demand(Date.parse(outer.created) <= now + 300_000, 'envelope.future')
  demand(Date.parse(outer.expires) > now - 300_000, 'envelope.expired')
  demand(digestOf(jwe) === outer.cipher, 'envelope.cipher')
  const innerToken = openJwe(jwe, ours).toString('utf8')
  const seals = org.nodes
    .flatMap((each) => each.keys)
    .filter((key) => key.use === 'seal' && (isInForce(key, now) || isInForce(key, Date.parse(outer.created))))
    .filter(({ revokedAt }) => revokedAt === undefined || now < Date.parse(revokedAt))
  const { payload } = readJws('hx-inner+jws', innerToken, (kid) => seals.find((key) => key.kid === kid)?.jwk)
  const inner = payloadAs(shapes.inner, payload)
  demand(inner['id'] === outer.id, 'envelope.id')
  demand(inner['author'] === outer.from.org, 'envelope.author')
  const flat = (list: unknown) => JSON.stringify((list as readonly Address[]).map(({ org: id, unit }) => [id, unit]))
  demand(flat(inner['recipients']) === flat(outer.to), 'envelope.recipients')
  return { outer, inner, innerToken, digest: digestOf(signed.payload) }
}

/** The root of a tree from one leaf and its siblings (RFC 9162, 2.1.3.2); undefined for a path of another than the exact length. */
export function rootFrom(
  leaf: Uint8Array,
  place: { readonly index: number; readonly size: number },
  path: readonly Uint8Array[],
): Buffer | undefined {
  let hash = sha256(Uint8Array.of(0), leaf)
  let { index } = place
  let last = place.size - 1
  if (index > last) return undefined
  for (const sibling of path) {
    if (last === 0) return undefined
    if (index % 2 === 1 || index === last) {
      hash = sha256(Uint8Array.of(1), sibling, hash)
      while (index % 2 === 0 && index !== 0) {
        index = Math.floor(index / 2)
        last = Math.floor(last / 2)
      }
    } else hash = sha256(Uint8Array.of(1), hash, sibling)
    index = Math.floor(index / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : undefined
}

export function readEvidence(token: string, { directory, now }: { readonly directory: Directory; readonly now: number }) {
  const parts = token.split('~')
  demand(parts.length === 4 && /^\d{1,4}$/.test(parts[1] ?? ''), 'evidence.form')
  const [statement = '', index, path = '', signed = ''] = parts
  const { payload, kid } = readJws('hx-evidence+jws', signed, (each) => nodeKey(directory, each, now)?.jwk)
  const root = payloadAs(shapes.evidenceRoot, payload)
  const leaf = bytesOf(statement)
  const siblings = path === '' ? [] : path.split('.').map(bytesOf)
  const found = rootFrom(leaf, { index: Number(index), size: Number(root['size']) }, siblings)
  demand(found?.toString('base64url') === root['root'], 'evidence.path')
  const evidence = payloadAs(shapes.evidence, leaf)
  demand(nodeKey(directory, kid, now)?.node.id === evidence['issuer'], 'evidence.issuer')
  return { evidence, log: root['log'] }
}

export function readStatement(token: string, { directory, now }: { readonly directory: Directory; readonly now: number }): Json {
  const owned = directory.orgs.flatMap((org) => org.nodes.flatMap(({ keys }) => keys.map((key) => ({ org, key }))))
  const sealOf = (kid: string) => owned.find(({ key }) => key.kid === kid && key.use === 'seal')
  const { payload, kid } = readJws('hx-statement+jws', token, (each) => sealOf(each)?.key.jwk)
  const statement = payloadAs(shapes.statement, payload)
  const seal = sealOf(kid)
  const { origin, at } = statement as { readonly origin: Address; readonly at: string }
  demand(seal?.org.id === origin.org && seal.org.status === 'active' && isInForce(seal.key, Date.parse(at)), 'statement.signer')
  demand(seal.key.revokedAt === undefined || now < Date.parse(seal.key.revokedAt), 'statement.signer')
  return statement
}
