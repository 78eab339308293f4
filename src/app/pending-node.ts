/**
 * Keys that wait to be admitted: of a node that is new, or of one that changes its keys. They are made on the machine that will use them and never leave
 * it; what leaves is an application with the public halves. Joining puts them in force, once the signed directory lists them.
 */
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import { requestCertificate } from '#platform/link/certificates.ts'
import type { Directory } from '#platform/link/directory.ts'
import { indexOf } from '#platform/link/directory-index.ts'
import { isInForce } from '#platform/link/directory-store.ts'
import {
  belongTogether,
  makeNodeKeys,
  type NodeKeys,
  readNodeKeys,
  renewNodeKeys,
  spkiOf,
  writeNodeKeys,
} from '#platform/link/node-keys.ts'

const FILE = 'pending.json'

export interface PendingNode {
  readonly title: string
  readonly orgs: readonly string[]
  readonly endpoint: string
  /** PKCS #10, PEM. */
  readonly certificateRequest: string
  /** With the TLS key; its certificate comes with the admission. */
  readonly keys: NodeKeys
}

const shape = z.looseObject({ title: z.string(), orgs: z.array(z.string()).min(1), endpoint: z.string(), certificateRequest: z.string() })

export function readPending(home: string): PendingNode | undefined {
  const file = path.join(home, FILE)
  if (!existsSync(file)) return undefined
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
  shape.parse(value)
  return value as PendingNode
}

export interface NewNode {
  readonly id: string
  readonly title: string
  readonly orgs: readonly string[]
  readonly endpoint: string
}

/** For a home that holds no node yet. */
export async function makePending(home: string, node: NewNode): Promise<PendingNode> {
  requireNone(home)
  if (existsSync(path.join(home, 'secrets.json')))
    throw new AppError(409, 'node.exists', `There is a node in ${home}: its keys are changed by \`node rotate\`.`)
  const { request, key } = await requestCertificate(node.id)
  const { id, title, orgs, endpoint } = node
  return write(home, { title, orgs, endpoint, certificateRequest: request, keys: makeNodeKeys(id, orgs, { key, cert: '', ca: '' }) })
}

/** For a node that is a member: new keys beside those in force. */
export async function makeRotation(home: string, about: Pick<NewNode, 'title' | 'endpoint'>): Promise<PendingNode> {
  requireNone(home)
  const held = readNodeKeys(home)
  const { request, key } = await requestCertificate(held.nodeId)
  const keys = renewNodeKeys(held, { key, cert: '', ca: held.tls.ca })
  return write(home, { ...about, orgs: Object.keys(held.orgs), certificateRequest: request, keys })
}

function requireNone(home: string): void {
  if (existsSync(path.join(home, FILE)))
    throw new AppError(409, 'node.pending', `Keys in ${home} wait to be admitted already. Nothing is overwritten.`)
}

function write(home: string, pending: PendingNode): PendingNode {
  mkdirSync(home, { recursive: true, mode: 0o711 })
  writeFileSync(path.join(home, FILE), JSON.stringify(pending, null, 2), { mode: 0o600, flag: 'wx' })
  return pending
}

export interface IssuedCertificate {
  readonly certificate: string
  readonly ca: string
}

/** The keys as they will be used; refuses a certificate for another key, and a directory that does not list every one of them. */
export function admittedKeys(
  pending: PendingNode,
  issued: IssuedCertificate,
  at: { readonly directory: Directory; readonly now: Date },
): NodeKeys {
  const { keys } = pending
  if (!belongTogether(keys.tls.key, issued.certificate))
    throw new AppError(409, 'node.certificate', 'The certificate is for another key than this node made.')
  if (!isIssuedBy(issued) || at.directory.authorities?.includes(spkiOf(issued.ca)) !== true)
    throw new AppError(409, 'node.certificate', 'The certificate is not from an authority that the signed directory names.')
  const pin = spkiOf(issued.certificate)
  for (const org of pending.orgs) {
    const own = keys.orgs[org]
    const node = indexOf(at.directory)
      .orgs.get(org)
      ?.nodes.find((each) => each.id === keys.nodeId)
    const listed = (key: { readonly kid: string; readonly jwk: { readonly x?: string } }) =>
      node?.keys.some((each) => each.kid === key.kid && each.jwk['x'] === key.jwk.x && isInForce(each, at.now)) === true
    if (own === undefined || node?.tlsSpki.includes(pin) !== true || ![keys.sig, keys.log, own.seal, own.enc].every(listed))
      throw new AppError(409, 'node.not-admitted', `The directory does not list every key of ${keys.nodeId} for ${org} yet.`)
  }
  return { ...keys, tls: { key: keys.tls.key, cert: issued.certificate, ca: issued.ca } }
}

function isIssuedBy({ certificate, ca }: IssuedCertificate): boolean {
  const [issued, issuer] = [new X509Certificate(certificate), new X509Certificate(ca)]
  return issued.checkIssued(issuer) && issued.verify(issuer.publicKey)
}

/** Puts them in force; the old ones are gone after this, but for what opens messages under way. */
export function promote(home: string, keys: NodeKeys): void {
  writeNodeKeys(home, keys)
  rmSync(path.join(home, FILE))
}
