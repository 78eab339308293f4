/** Keys of a node: made at `node init`, kept in one file only the node can read, and proved at enrolment. */
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { DirectoryKey } from './directory.ts'
import type { JWK, PrivateKey } from './jose.ts'

export interface OrgKeys {
  readonly seal: PrivateKey
  readonly enc: PrivateKey
  /** Encryption keys from before a rotation: they open what was sealed to them, and nothing is sealed to them any more. */
  readonly former?: readonly PrivateKey[]
}

export interface NodeKeys {
  readonly nodeId: string
  readonly sig: PrivateKey
  /** Signs the checkpoints of the node's log, and those of peers as their witness. */
  readonly log: PrivateKey
  readonly orgs: Readonly<Record<string, OrgKeys>>
  readonly tls: { readonly key: string; readonly cert: string; readonly ca: string }
  /** Key of the content store, base64url, 32 bytes. */
  readonly content: string
}

const FILE = 'secrets.json'

export function makeSigningKey(kid: string): PrivateKey {
  return { kid, jwk: { ...(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as JWK), alg: 'Ed25519' } }
}

export function makeEncryptionKey(kid: string): PrivateKey {
  return { kid, jwk: { ...(generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' }) as JWK), alg: 'ECDH-ES+A256KW' } }
}

export function makeNodeKeys(nodeId: string, orgs: readonly string[], tls: NodeKeys['tls']): NodeKeys {
  const serial = randomBytes(4).toString('hex')
  return {
    nodeId,
    sig: makeSigningKey(`${nodeId}#sig-${serial}`),
    log: makeSigningKey(`${nodeId}#log-${serial}`),
    orgs: Object.fromEntries(
      orgs.map((org) => [org, { seal: makeSigningKey(`${org}#seal-${serial}`), enc: makeEncryptionKey(`${org}#enc-${serial}`) }]),
    ),
    tls,
    content: randomBytes(32).toString('base64url'),
  }
}

/**
 * New keys for a node that has some. The log keeps its key: it is the name that peers witnessed the log under. The content key stays, or nothing stored
 * could be read; former encryption keys stay for what is under way.
 */
export function renewNodeKeys(held: NodeKeys, tls: NodeKeys['tls']): NodeKeys {
  const fresh = makeNodeKeys(held.nodeId, Object.keys(held.orgs), tls)
  const orgs = Object.entries(fresh.orgs).map(([org, keys]) => {
    const before = held.orgs[org]
    return [org, before === undefined ? keys : { ...keys, former: [before.enc, ...(before.former ?? [])] }]
  })
  return { ...fresh, log: held.log, content: held.content, orgs: Object.fromEntries(orgs) as NodeKeys['orgs'] }
}

/** Whole or not at all: a node whose keys were half written could not go on. */
export function writeNodeKeys(home: string, keys: NodeKeys): void {
  const file = path.join(home, FILE)
  writeFileSync(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
}

export function readNodeKeys(home: string): NodeKeys {
  const read = JSON.parse(readFileSync(path.join(home, FILE), 'utf8')) as Omit<NodeKeys, 'log'> & { readonly log?: PrivateKey }
  if (read.log !== undefined) return { ...read, log: read.log }
  // A home from before logs were signed: it gets its key now; peers know it with the next directory.
  const keys = { ...read, log: makeSigningKey(`${read.nodeId}#log-${randomBytes(4).toString('hex')}`) }
  writeNodeKeys(home, keys)
  return keys
}

/** Name of a node's log in its checkpoints. */
export function logOrigin(nodeId: string): string {
  return `breakwater.log/${nodeId}`
}

export function publicJwk({ jwk }: PrivateKey): JWK {
  const { d: _private, ...open } = jwk
  return open
}

/** Directory entries of a node's keys. */
export function directoryKeys(
  keys: NodeKeys,
  org: string,
  validity: { readonly from: string; readonly until: string },
): readonly DirectoryKey[] {
  const own = keys.orgs[org]
  if (own === undefined) throw new Error(`The node ${keys.nodeId} holds no keys of ${org}.`)
  const entry = (key: PrivateKey, use: DirectoryKey['use']): DirectoryKey => ({
    kid: key.kid,
    use,
    jwk: publicJwk(key),
    ...validity,
  })
  return [entry(keys.sig, 'node-sig'), entry(own.seal, 'seal'), entry(own.enc, 'enc'), entry(keys.log, 'log')]
}

/** SHA-256 of a certificate's public key info, base64url: what the directory pins. */
export function spkiOf(certificate: string | Buffer): string {
  const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64url')
}

/** True when a private key belongs to a certificate: checked before either is used. */
export function belongTogether(key: string, certificate: string): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
}
