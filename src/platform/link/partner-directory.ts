/**
 * Directories of other coalitions. Each is verified against its own anchor, which two persons confirmed, and held apart: nothing of the link reads it, so it
 * can address, sign and decrypt nothing here. It may not name what is named here or in another of them.
 */
import { createHash } from 'node:crypto'
import { AppError } from '#platform/http/app-error.ts'
import type { Directory, DirectoryOrg } from './directory.ts'
import { digestOf, verifyDirectory } from './directory-store.ts'
import { TokenRefused } from './jose.ts'
import type { Anchor } from './stewardship.ts'

export interface Taking {
  readonly anchor: Anchor
  /** The last one that was taken under this anchor, as it was signed. */
  readonly held: string | undefined
  readonly now: Date
}

/** The directory in a token, when the anchor's stewards signed it and it goes on from the one held. */
export async function verifyPartner(token: string, { anchor, held, now }: Taking): Promise<Directory> {
  const trust = { stewards: anchor.stewards, threshold: anchor.threshold }
  const before = held === undefined ? undefined : await verifyDirectory(held, trust, undefined)
  let directory: Directory
  try {
    directory = await verifyDirectory(token, trust, before)
  } catch (error) {
    if (error instanceof TokenRefused || error instanceof SyntaxError || error instanceof TypeError)
      throw new AppError(400, 'directory.form', 'Not a signed directory.', { cause: error })
    throw error
  }
  if (directory.coalition !== anchor.coalition)
    throw new AppError(409, 'directory.coalition', `The directory is of ${directory.coalition}, the anchor of ${anchor.coalition}.`)
  if (held !== undefined && before?.version === directory.version - 1 && directory.prevDigest !== digestOf(held))
    throw new AppError(409, 'directory.fork', 'It was made from another version than the one held.')
  if (now.getTime() >= Date.parse(directory.expires))
    throw new AppError(409, 'directory.expired', `The directory expired on ${directory.expires}.`)
  return directory
}

/**
 * True when a directory names an authority, desk, node or key that is named here, or bears the name of this coalition. `ours` is what the asking authority
 * may see: a collision must not tell of a member that it may not know. That such a name is shown as a partner's changes nothing: nothing is addressed by it.
 */
export function collides(partner: Directory, ours: readonly Directory[]): boolean {
  const names = namesOf(partner)
  return ours.some((each) => each.coalition === partner.coalition || [...namesOf(each)].some((name) => names.has(name)))
}

const made = new WeakMap<Directory, ReadonlySet<string>>()

function namesOf(directory: Directory): ReadonlySet<string> {
  const there = made.get(directory)
  if (there !== undefined) return there
  const names = new Set(directory.orgs.flatMap(namesOfOrg))
  made.set(directory, names)
  return names
}

const namesOfOrg = (org: DirectoryOrg) => [
  `party ${org.id}`,
  // A desk named like an authority would read like it.
  ...org.units.map(({ id }) => `party ${id}`),
  ...org.nodes.flatMap((node) => [`node ${node.id}`, ...node.keys.flatMap((key) => [`kid ${key.kid}`, `key ${String(key.jwk['x'])}`])]),
]

/** RFC 7638, of an OKP key (RFC 8037 section 2): how a person tells one key from another. */
export function thumbprint(jwk: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: jwk['crv'], kty: jwk['kty'], x: jwk['x'] }))
    .digest('base64url')
}
