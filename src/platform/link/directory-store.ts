/**
 * The signed directory: k of n stewards, a version that only rises, an expiry after which nothing is sent or taken.
 * The stewards' keys and the threshold are pinned on the node and change only by successions that the pinned ones signed; what a document says of its
 * own stewards is compared with that, never believed.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Clock, systemClock } from '#platform/clock/clock.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { Directory, DirectoryKey, DirectoryOrg } from './directory.ts'
import { readDirectory } from './directory-form.ts'
import { indexOf } from './directory-index.ts'
import { type PrivateKey, type SharedType, signTogether } from './jose.ts'
import { anchorDigest, type DirectoryTrust, followSuccessions, signersOf } from './stewardship.ts'

export type { DirectoryTrust } from './stewardship.ts'

export async function signDirectory(directory: Directory, stewards: readonly PrivateKey[]): Promise<string> {
  return await signTogether(Buffer.from(JSON.stringify(directory)), stewards)
}

/** Adds a signature to a draft (plain JSON) or to a document that others have signed. The payload stays byte for byte what it was. */
export async function addSignature(
  text: string,
  key: PrivateKey,
  type: SharedType = 'hx-directory+jws',
): Promise<{ readonly token: string; readonly signers: readonly string[] }> {
  const held = JSON.parse(text) as { payload?: string; signatures?: { protected: string; signature: string }[] }
  const payload = held.payload === undefined ? Buffer.from(JSON.stringify(held)) : Buffer.from(held.payload, 'base64url')
  const own = JSON.parse(await signTogether(payload, [key], type)) as {
    payload: string
    signatures: { protected: string; signature: string }[]
  }
  const kidOf = (each: { protected: string }) =>
    String((JSON.parse(Buffer.from(each.protected, 'base64url').toString('utf8')) as { kid?: unknown }).kid)
  const others = (held.signatures ?? []).filter((each) => kidOf(each) !== key.kid)
  const signatures = [...others, ...own.signatures]
  return { token: JSON.stringify({ payload: own.payload, signatures }), signers: signatures.map(kidOf) }
}

/** What a signed document says, before anybody checked it: for making the next draft, never for trusting it. */
export function readUnverified(token: string): Directory {
  return readDirectory(payloadOf(token))
}

function payloadOf(token: string): Buffer {
  const { payload } = JSON.parse(token) as { payload?: unknown }
  if (typeof payload !== 'string') throw new AppError(400, 'directory.form', 'Not a signed directory.')
  return Buffer.from(payload, 'base64url')
}

/** Over what was signed, not over the token: however many stewards signed, it is the same directory. */
export const digestOf = (token: string) => createHash('sha256').update(payloadOf(token)).digest('hex')

/** Verifies a directory against the pinned stewards and, when one is held, against its predecessor. */
export async function verifyDirectory(token: string, trust: DirectoryTrust, held: Directory | undefined): Promise<Directory> {
  const claimed = readUnverified(token)
  const stewards = await followSuccessions(trust, claimed)
  const { payload, signers } = await signersOf(token, stewards)
  if (signers.size < stewards.threshold)
    throw new AppError(403, 'directory.threshold', `The directory has ${signers.size} of ${stewards.threshold} signatures.`)
  // Read once: what was claimed is what was signed, byte for byte.
  const directory = payloadOf(token).equals(payload) ? claimed : readDirectory(payload)
  if (
    anchorDigest(directory.coalition, { stewards: directory.steering, threshold: directory.threshold }) !==
    anchorDigest(directory.coalition, stewards)
  )
    throw new AppError(403, 'directory.succession', 'The directory names other stewards than those who signed it.')
  if (held !== undefined) requireFollows(directory, held)
  return directory
}

function requireFollows(directory: Directory, held: Directory): void {
  if (directory.version < held.version)
    throw new AppError(409, 'directory.rollback', `Version ${directory.version} is older than ${held.version}.`)
  if (directory.version === held.version && JSON.stringify(directory) !== JSON.stringify(held))
    throw new AppError(409, 'directory.fork', `There are two directories of version ${directory.version}.`)
  if (directory.coalition !== held.coalition)
    throw new AppError(409, 'directory.coalition', `This node belongs to ${held.coalition}, not to ${directory.coalition}.`)
  // Stewards who handed over cannot take it back by leaving the succession out.
  if ((held.successions ?? []).some((token, index) => directory.successions?.[index] !== token))
    throw new AppError(409, 'directory.succession', 'The directory leaves out a succession of stewards that was accepted before.')
}

export interface DirectoryStore {
  /** The directory in force; 503 when none is held or it has expired. */
  current(now: Date): Directory
  /** The last one taken in, also when it has expired; for saying so, never for working with it. */
  held(): Directory | undefined
  /** Takes a newer one in; refuses rollback, fork, and one that has expired already. */
  accept(token: string): Promise<Directory>
  /** The one in force, as it was signed. */
  token(): string
  /**
   * Takes in what was laid into the home meanwhile, if it is newer. What is refused is put aside as `directory.jws.refused`, and the one in force lies there
   * again: a node that starts anew finds what it had.
   */
  refresh(): Promise<void>
}

export async function openDirectoryStore(home: string, trust: DirectoryTrust, clock: Clock = systemClock): Promise<DirectoryStore> {
  const file = path.join(home, 'directory.jws')
  let text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  let held: Directory | undefined = text === '' ? undefined : await verifyDirectory(text, trust, undefined)
  const write = (token: string): void => {
    writeFileSync(`${file}.new`, token, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }
  const store: DirectoryStore = {
    current(now) {
      if (held === undefined) throw new AppError(503, 'directory.missing', 'This node has no directory yet.')
      if (now.getTime() >= Date.parse(held.expires))
        throw new AppError(503, 'directory.expired', 'The directory has expired: nothing is sent or taken until a new one is accepted.')
      return held
    },
    held: () => held,
    async accept(token) {
      const directory = await verifyDirectory(token, trust, held)
      // The same again changes nothing, not even the file.
      if (directory.version === held?.version) return held
      if (directory.version === (held?.version ?? 0) + 1 && held !== undefined && directory.prevDigest !== digestOf(text))
        throw new AppError(
          409,
          'directory.fork',
          `Version ${directory.version} was made from another version ${held.version} than the one held.`,
        )
      if (clock.now().getTime() >= Date.parse(directory.expires))
        throw new AppError(409, 'directory.expired', `The directory expired on ${directory.expires}: it would stop this node.`)
      write(token)
      held = directory
      text = token
      return directory
    },
    token: () => text,
    async refresh() {
      const laid = existsSync(file) ? readFileSync(file, 'utf8') : ''
      if (laid === '' || laid === text) return
      try {
        await store.accept(laid)
      } catch (error) {
        renameSync(file, `${file}.refused`)
        if (text !== '') write(text)
        throw error
      }
      // The same version, signed by other stewards: what is held stays as it was written.
      if (laid !== text) write(text)
    },
  }
  return store
}

export function orgOf(directory: Directory, id: string): DirectoryOrg | undefined {
  const org = indexOf(directory).orgs.get(id)
  return org?.status === 'active' ? org : undefined
}

/** Active at an instant: one that was suspended or left since has said what it said before. */
export function wasActive(org: DirectoryOrg, at: Date): boolean {
  return org.status === 'active' || (org.statusFrom !== undefined && at.getTime() < Date.parse(org.statusFrom))
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
