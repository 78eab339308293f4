/**
 * The signed directory: k of n stewards, a version that only rises, an expiry after which nothing is sent or taken.
 * The stewards' keys and the threshold are pinned on the node; what a document says of its own stewards is not believed.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#platform/http/app-error.ts'
import type { Directory, DirectoryKey, DirectoryOrg } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { type JWK, type PrivateKey, signTogether, verifyTogether } from './jose.ts'
import { parseStrictJson } from './strict-json.ts'

/** What a node trusts, fixed at `node init` by two persons comparing it out of band. */
export interface DirectoryTrust {
  readonly stewards: readonly { readonly kid: string; readonly jwk: JWK }[]
  readonly threshold: number
}

export async function signDirectory(directory: Directory, stewards: readonly PrivateKey[]): Promise<string> {
  return await signTogether(Buffer.from(JSON.stringify(directory)), stewards)
}

/** Adds a signature to a draft (plain JSON) or to a document that others have signed. The payload stays byte for byte what it was. */
export async function addSignature(
  text: string,
  key: PrivateKey,
): Promise<{ readonly token: string; readonly signers: readonly string[] }> {
  const held = JSON.parse(text) as { payload?: string; signatures?: { protected: string; signature: string }[] }
  const payload = held.payload === undefined ? Buffer.from(JSON.stringify(held)) : Buffer.from(held.payload, 'base64url')
  const own = JSON.parse(await signTogether(payload, [key])) as { payload: string; signatures: { protected: string; signature: string }[] }
  const kidOf = (each: { protected: string }) =>
    String((JSON.parse(Buffer.from(each.protected, 'base64url').toString('utf8')) as { kid?: unknown }).kid)
  const others = (held.signatures ?? []).filter((each) => kidOf(each) !== key.kid)
  const signatures = [...others, ...own.signatures]
  return { token: JSON.stringify({ payload: own.payload, signatures }), signers: signatures.map(kidOf) }
}

/** What a signed document says, before anybody checked it: for making the next draft, never for trusting it. */
export function readUnverified(token: string): Directory {
  const { payload } = JSON.parse(token) as { payload: string }
  return parseStrictJson(Buffer.from(payload, 'base64url').toString('utf8')) as unknown as Directory
}

export const digestOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Verifies a directory against the pinned stewards and, when one is held, against its predecessor. */
export async function verifyDirectory(token: string, trust: DirectoryTrust, held: Directory | undefined): Promise<Directory> {
  const { payload, signers } = await verifyTogether(token, (kid) => trust.stewards.find((steward) => steward.kid === kid)?.jwk)
  if (signers.size < trust.threshold)
    throw new AppError(403, 'directory.threshold', `The directory has ${signers.size} of ${trust.threshold} signatures.`)
  const directory = parseStrictJson(Buffer.from(payload).toString('utf8')) as unknown as Directory
  if (directory.v !== 1 || !Number.isInteger(directory.version)) throw new AppError(400, 'directory.form', 'Not a directory of version 1.')
  const kids = new Map<string, string>()
  for (const key of directory.orgs.flatMap((org) => org.nodes.flatMap((node) => node.keys))) {
    const x = String(key.jwk['x'])
    if (kids.has(key.kid) && kids.get(key.kid) !== x) throw new AppError(400, 'directory.form', `The key id ${key.kid} names two keys.`)
    kids.set(key.kid, x)
  }
  if (held !== undefined && directory.version < held.version)
    throw new AppError(409, 'directory.rollback', `Version ${directory.version} is older than ${held.version}.`)
  if (held !== undefined && directory.version === held.version && JSON.stringify(directory) !== JSON.stringify(held))
    throw new AppError(409, 'directory.fork', `There are two directories of version ${directory.version}.`)
  return directory
}

export interface DirectoryStore {
  /** The directory in force; 503 when none is held or it has expired. */
  current(now: Date): Directory
  /** Takes a newer one in; refuses rollback and fork. */
  accept(token: string): Promise<Directory>
  /** The one in force, as it was signed. */
  token(): string
  /** Takes in what was laid into the home meanwhile, if it is newer. */
  refresh(): Promise<void>
}

export async function openDirectoryStore(home: string, trust: DirectoryTrust): Promise<DirectoryStore> {
  const file = path.join(home, 'directory.jws')
  let text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  let held: Directory | undefined = text === '' ? undefined : await verifyDirectory(text, trust, undefined)
  const store: DirectoryStore = {
    current(now) {
      if (held === undefined) throw new AppError(503, 'directory.missing', 'This node has no directory yet.')
      if (now.getTime() >= Date.parse(held.expires))
        throw new AppError(503, 'directory.expired', 'The directory has expired: nothing is sent or taken until a new one is accepted.')
      return held
    },
    async accept(token) {
      const directory = await verifyDirectory(token, trust, held)
      // The same again changes nothing, not even the file.
      if (directory.version === held?.version) return held
      writeFileSync(`${file}.new`, token, { mode: 0o600 })
      renameSync(`${file}.new`, file)
      held = directory
      text = token
      return directory
    },
    token: () => text,
    async refresh() {
      const laid = existsSync(file) ? readFileSync(file, 'utf8') : ''
      if (laid !== '' && laid !== text) await store.accept(laid)
    },
  }
  return store
}

export function orgOf(directory: Directory, id: string): DirectoryOrg | undefined {
  const org = indexOf(directory).orgs.get(id)
  return org?.status === 'active' ? org : undefined
}

/** A key in force: within its validity and not revoked at the instant. */
export function keyInForce(org: DirectoryOrg, use: DirectoryKey['use'], at: Date): readonly DirectoryKey[] {
  return org.nodes.flatMap((node) => node.keys).filter((key) => key.use === use && isInForce(key, at))
}

/** Within its validity and not revoked at the instant. */
export function isInForce(key: DirectoryKey, at: Date): boolean {
  const instant = at.getTime()
  return (
    instant >= Date.parse(key.from) &&
    instant < Date.parse(key.until) &&
    (key.revokedAt === undefined || instant < Date.parse(key.revokedAt))
  )
}
