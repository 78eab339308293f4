/**
 * Who signs a directory. A node pins stewards and a threshold once, compared by two persons; from there it follows successions: a statement of the
 * next stewards, signed by enough of those before (they hand over) and enough of those after (they hold their keys). The directory carries every
 * succession, so a node that slept through several of them still gets from what it pinned to who signs now.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import { stewardsSchema } from './directory-form.ts'
import { type JWK, TokenRefused, verifyTogether } from './jose.ts'
import { parseStrictJson } from './strict-json.ts'

/** What a node trusts. */
export interface DirectoryTrust {
  readonly stewards: readonly { readonly kid: string; readonly jwk: JWK }[]
  readonly threshold: number
}

/** What two persons compare: a coalition, its stewards, how many must sign. */
export const anchorSchema = z.strictObject({
  v: z.literal(1),
  coalition: z.string().min(1).max(80),
  stewards: stewardsSchema,
  threshold: z.number().int().min(1).max(32),
})
export type Anchor = z.infer<typeof anchorSchema>

export const successionSchema = anchorSchema.extend({
  /** Digest of the anchor that it takes over from. */
  before: z.string().length(64),
  at: z.iso.datetime(),
})
export type Succession = z.infer<typeof successionSchema>

/** SHA-256 over name, keys and threshold alone: the same however the file was written. Hexadecimal. */
export function anchorDigest(coalition: string, { stewards, threshold }: DirectoryTrust): string {
  const keys = stewards.map(({ kid, jwk }) => [kid, String(jwk.x)]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify(['breakwater-anchor', coalition, threshold, keys]))
    .digest('hex')
}

/** For reading aloud: groups of four. */
export function inGroups(digest: string): string {
  return digest.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** Refuses an anchor that could not hold: a key id that names two keys, one key under two names, a threshold out of reach. */
export function readAnchor(value: unknown): Anchor {
  const parsed = anchorSchema.safeParse(value)
  if (!parsed.success) throw new AppError(400, 'directory.anchor', 'Not an anchor of a directory.')
  const { stewards, threshold } = parsed.data
  const isSound =
    threshold <= stewards.length &&
    new Set(stewards.map(({ kid }) => kid)).size === stewards.length &&
    new Set(stewards.map(({ jwk }) => jwk.x)).size === stewards.length &&
    stewards.every(({ jwk }) => jwk.crv === 'Ed25519' && jwk['d'] === undefined)
  if (!isSound) throw new AppError(400, 'directory.anchor', 'The anchor names its stewards ambiguously, or more must sign than there are.')
  return parsed.data
}

/** Stewards who signed, of those trusted. */
export async function signersOf(
  token: string,
  { stewards }: DirectoryTrust,
  type?: 'hx-stewards+jws',
): Promise<{ readonly payload: Uint8Array; readonly signers: ReadonlySet<string> }> {
  return await verifyTogether(token, (kid) => stewards.find((each) => each.kid === kid)?.jwk, type)
}

/** Who may sign now, from what is pinned along the successions that lead on from it. A step that the ones before did not sign leads nowhere. */
export async function followSuccessions(
  pinned: DirectoryTrust,
  { coalition, successions = [] }: { readonly coalition: string; readonly successions?: readonly string[] },
): Promise<DirectoryTrust> {
  let current = pinned
  let began = false
  for (const token of successions) {
    const next = readSuccession(token)
    // Steps from before this node pinned are not its to judge.
    if (next.before !== anchorDigest(coalition, current)) {
      if (began) throw refused('the successions do not follow one another')
      continue
    }
    began = true
    if (next.coalition !== coalition) throw refused('a succession is of another coalition')
    const before = await signersOf(token, current, 'hx-stewards+jws')
    const after = await signersOf(token, next, 'hx-stewards+jws')
    if (before.signers.size < current.threshold) throw refused(`${before.signers.size} of ${current.threshold} outgoing stewards signed`)
    if (after.signers.size < next.threshold) throw refused(`${after.signers.size} of ${next.threshold} incoming stewards signed`)
    current = { stewards: next.stewards, threshold: next.threshold }
  }
  return current
}

export function readSuccession(token: string): Succession {
  try {
    const { payload } = JSON.parse(token) as { payload: string }
    const succession = successionSchema.parse(parseStrictJson(Buffer.from(payload, 'base64url').toString('utf8')))
    const { before: _before, at: _at, ...anchor } = succession
    readAnchor(anchor)
    return succession
  } catch (error) {
    if (error instanceof AppError || error instanceof TokenRefused) throw error
    throw refused('a succession cannot be read')
  }
}

function refused(because: string): AppError {
  return new AppError(403, 'directory.succession', `The stewards of this directory are not those who are trusted: ${because}.`)
}
