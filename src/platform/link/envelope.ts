/**
 * The envelope `hx/1`: outer JWS of the sending node over routing facts and the digest of the ciphertext, JWE for the recipient organisations,
 * inner JWS of the author organisation over content, recipients, purpose and handling. A recipient cannot pass it on as if it had been
 * addressed further; a relay cannot loosen a code; a gateway checks routing without reading.
 * Nothing is ever keyed on token text: duplicates are known by (sender organisation, id) and the digest of the decoded outer payload.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Greeting, greetingSchema } from '#platform/audit/witness.ts'
import { type Directory, findUnit } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { isInForce, keyInForce, orgOf } from './directory-store.ts'
import { handlingSchema } from './handling-schema.ts'
import { decrypt, encrypt, type JWK, sign, TokenRefused, verify } from './jose.ts'
import { MESSAGE_KINDS, type MessageContent } from './message.ts'
import type { NodeKeys } from './node-keys.ts'
import { parseStrictJson } from './strict-json.ts'

/** One envelope on the wire. */
export interface Envelope {
  readonly outer: string
  readonly jwe: string
}

const address = z.strictObject({ org: z.string().min(1).max(120), unit: z.string().min(1).max(120) })
const instant = z.iso.datetime()
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)

export const outerSchema = z.strictObject({
  v: z.literal(1),
  id: uuid,
  from: address.extend({ node: z.string().min(1).max(120) }),
  to: z.array(address).min(1).max(64),
  kind: z.enum([...MESSAGE_KINDS, 'evidence', 'resend', 'directory']),
  urgency: z.enum(['immediate', 'urgent', 'routine']),
  created: instant,
  expires: instant,
  ctx: z.string().min(1).max(120),
  replyTo: uuid.optional(),
  /** Digest of the envelope that this one answers: which request a response belongs to can be proved. */
  reqDigest: z.string().length(64).optional(),
  /** Position among the messages of this sender to this organisation, and the digest of the one before. */
  seq: z.number().int().min(1),
  prev: z.string().max(64),
  cipher: z.string().length(64),
  dirVersion: z.number().int().min(1),
  /** Head of the sender's log, for its peer to witness. */
  log: greetingSchema.optional(),
})
export type Outer = z.infer<typeof outerSchema>

const innerSchema = z.strictObject({
  id: uuid,
  author: z.string().min(1).max(120),
  recipients: z.array(address).min(1).max(64),
  purpose: z.string().min(1).max(80),
  legalBasis: z.strictObject({ act: z.string().min(1).max(200), art: z.string().min(1).max(100), ref: z.string().max(200).optional() }),
  case: z.string().max(80).optional(),
  handling: handlingSchema,
  evaluation: z.strictObject({ source: z.enum(['A', 'B', 'C', 'X']), info: z.number().int().min(1).max(4) }),
  personalData: z.strictObject({ yes: z.boolean(), categories: z.array(z.string().max(80)).max(20) }),
  retention: z.strictObject({ reviewAt: instant, deleteBy: instant }),
  body: z.strictObject({ type: z.string().min(1).max(80), data: z.unknown() }),
})
export type Inner = z.infer<typeof innerSchema>

export const MAX_OUTER = 64 * 1024
export const MAX_INNER = 1024 * 1024
const SKEW_MS = 5 * 60_000

export interface SealRequest extends MessageContent {
  readonly id: string
  readonly from: { readonly org: string; readonly unit: string }
  readonly to: readonly { readonly org: string; readonly unit: string }[]
  readonly kind: Outer['kind']
  readonly urgency: Outer['urgency']
  readonly context: string
  readonly inReplyTo?: string
  readonly requestDigest?: string
  readonly greeting?: Greeting
  readonly createdAt: string
  readonly expiresAt: string
  readonly seq: number
  readonly prev: string
}

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Digest by which a peer chains and tells repeats from conflicts: over the decoded outer payload, not over token text. */
export function outerDigest(outer: string): string {
  return sha256(Buffer.from(outer.split('.')[1] ?? '', 'base64url'))
}

/** Content and ciphertext of one message: what does not depend on its place in the sequence, so many can be made side by side. */
async function sealContent(request: WaitingRequest, keys: NodeKeys, directory: Directory): Promise<string> {
  const own = keys.orgs[request.from.org]
  if (own === undefined) throw new TokenRefused('seal.not-our-organisation')
  const inner: Inner = innerSchema.parse({
    id: request.id,
    author: request.from.org,
    recipients: request.to,
    purpose: request.purpose,
    legalBasis: request.legalBasis,
    ...(request.case === undefined ? {} : { case: request.case }),
    handling: request.handling,
    evaluation: request.evaluation,
    personalData: request.personalData,
    retention: request.retention,
    body: request.body,
  })
  const signed = await sign('hx-inner+jws', Buffer.from(JSON.stringify(inner)), own.seal)
  if (signed.length > MAX_INNER) throw new TokenRefused('seal.too-large')
  return await encrypt(Buffer.from(signed), recipientKeys(request, directory))
}

export type WaitingRequest = Omit<SealRequest, 'seq' | 'prev'>

export interface SealedEnvelope {
  readonly id: string
  readonly envelope: Envelope
  readonly digest: string
  readonly seq: number
}

type Unsealed = { readonly id: string; readonly refused: TokenRefused }
type Chained = Unsealed | (Omit<SealedEnvelope, 'envelope'> & { readonly payload: Uint8Array; readonly jwe: string })

export interface SealWorld {
  readonly keys: NodeKeys
  readonly directory: Directory
  /** The last message to this peer. */
  readonly after: { readonly seq: number; readonly digest: string }
}

/**
 * Seals messages to one peer in their order. Only the chain of digests is made one after the other: it needs the payloads, not the signatures.
 * A message that cannot be sealed takes no place in the sequence.
 */
export async function sealEnvelopes(
  requests: readonly WaitingRequest[],
  world: SealWorld,
): Promise<readonly (SealedEnvelope | Unsealed)[]> {
  const { keys, directory } = world
  const contents = await Promise.all(
    requests.map(async (request) => {
      try {
        return await sealContent(request, keys, directory)
      } catch (error) {
        if (error instanceof TokenRefused) return error
        if (error instanceof z.ZodError) return new TokenRefused('seal.form')
        throw error
      }
    }),
  )
  let { seq, digest: prev } = world.after
  const chained = requests.map((request, index): Chained => {
    const jwe = contents[index]
    if (jwe === undefined || typeof jwe !== 'string') return { id: request.id, refused: jwe ?? new TokenRefused('seal.form') }
    seq += 1
    const payload = Buffer.from(JSON.stringify(outerOf({ ...request, seq, prev }, { jwe, keys, directory })))
    prev = sha256(payload)
    return { id: request.id, payload, jwe, seq, digest: prev }
  })
  return await Promise.all(
    chained.map(async (each) => {
      if (!('payload' in each)) return each
      const { id, payload, jwe, seq: at, digest } = each
      return { id, envelope: { outer: await sign('hx-outer+jws', payload, keys.sig), jwe }, digest, seq: at }
    }),
  )
}

function outerOf(request: SealRequest, sealed: { readonly jwe: string; readonly keys: NodeKeys; readonly directory: Directory }): Outer {
  return {
    v: 1,
    id: request.id,
    from: { ...request.from, node: sealed.keys.nodeId },
    to: [...request.to],
    kind: request.kind,
    urgency: request.urgency,
    created: request.createdAt,
    expires: request.expiresAt,
    ctx: request.context,
    ...(request.inReplyTo === undefined ? {} : { replyTo: request.inReplyTo }),
    ...(request.requestDigest === undefined ? {} : { reqDigest: request.requestDigest }),
    seq: request.seq,
    prev: request.prev,
    cipher: sha256(sealed.jwe),
    dirVersion: sealed.directory.version,
    ...(request.greeting === undefined ? {} : { log: request.greeting }),
  }
}

/** One envelope at a given place of the sequence. */
export async function sealEnvelope({ seq, prev, ...request }: SealRequest, keys: NodeKeys, directory: Directory): Promise<Envelope> {
  const [sealed] = await sealEnvelopes([request], { keys, directory, after: { seq: seq - 1, digest: prev } })
  if (sealed === undefined || 'refused' in sealed) throw sealed?.refused ?? new TokenRefused('seal.form')
  return sealed.envelope
}

/** While keys are changed, to the old one and the new one: whichever the recipient's node works with, it opens. Never to one that is revoked. */
const OVERLAP = 2

function recipientKeys(request: WaitingRequest, directory: Directory): { kid: string; jwk: JWK }[] {
  // A message may have waited since before the recipient's key of now began.
  const at = new Date(Math.max(Date.parse(request.createdAt), Date.parse(directory.issued)))
  return [...new Set(request.to.map((each) => each.org))].flatMap((id) => {
    const org = orgOf(directory, id)
    const open = org === undefined ? [] : keyInForce(org, 'enc', at).filter((key) => key.revokedAt === undefined)
    if (open.length === 0) throw new TokenRefused('seal.no-key')
    return open.slice(-OVERLAP).map(({ kid, jwk }) => ({ kid, jwk }))
  })
}

export interface OpenWorld {
  readonly keys: NodeKeys
  readonly directory: Directory
  readonly now: Date
  /** Pin of the transport peer's certificate; null when it came by a carrier without transport identity (a file). */
  readonly peerSpki: string | null
}

/** Checks up to the point before anything of ours is touched: form, signature, peer, address, time. */
export async function openOuter(envelope: Envelope, world: OpenWorld): Promise<{ readonly outer: Outer; readonly digest: string }> {
  if (typeof envelope.outer !== 'string' || typeof envelope.jwe !== 'string') throw new TokenRefused('envelope.form')
  if (envelope.outer.length > MAX_OUTER || envelope.jwe.length > MAX_INNER * 2) throw new TokenRefused('envelope.size')
  const { directory, now } = world
  const index = indexOf(directory)
  // The signer is sought by its key id among the nodes of active organisations, then bound to what the payload says.
  const signerOf = (id: string) =>
    index.keys.get(id)?.find(({ org, key }) => key.use === 'node-sig' && org.status === 'active' && isInForce(key, now))?.key.jwk
  const { payload, kid } = await verify('hx-outer+jws', envelope.outer, signerOf)
  const outer = readWith(outerSchema, payload)
  const node = orgOf(directory, outer.from.org)?.nodes.find((each) => each.id === outer.from.node)
  // A node that serves several organisations signs with the one key listed under each of them.
  if (node === undefined || !node.keys.some((key) => key.kid === kid)) throw new TokenRefused('envelope.signer')
  if (world.peerSpki !== null && !node.tlsSpki.includes(world.peerSpki)) throw new TokenRefused('envelope.peer')
  if (findUnit(directory, outer.from.unit)?.org.id !== outer.from.org) throw new TokenRefused('envelope.unit')
  if (!outer.to.some((to) => world.keys.orgs[to.org] !== undefined)) throw new TokenRefused('envelope.not-for-us')
  const created = Date.parse(outer.created)
  if (created > now.getTime() + SKEW_MS) throw new TokenRefused('envelope.future')
  if (Date.parse(outer.expires) <= now.getTime() - SKEW_MS) throw new TokenRefused('envelope.expired')
  if (sha256(envelope.jwe) !== outer.cipher) throw new TokenRefused('envelope.cipher')
  return { outer, digest: sha256(payload) }
}

/** Decrypts and checks what the author organisation signed against what the node said outside. */
export async function openInner(envelope: Envelope, outer: Outer, world: OpenWorld): Promise<Inner> {
  const { directory, keys } = world
  const mine = outer.to.flatMap(({ org: id }) => {
    const own = keys.orgs[id]
    return own === undefined ? [] : [own.enc, ...(own.former ?? [])]
  })
  const signed = Buffer.from(await decrypt(envelope.jwe, mine)).toString('utf8')
  const org = orgOf(directory, outer.from.org)
  // In force when it was made, or now: what waited while its sender changed keys is sealed with the new one. Not revoked since in any case: a stolen
  // seal must not pass by naming an earlier day.
  const seals = [
    ...new Set([new Date(outer.created), world.now].flatMap((at) => (org === undefined ? [] : keyInForce(org, 'seal', at)))),
  ].filter((key) => key.revokedAt === undefined || world.now.getTime() < Date.parse(key.revokedAt))
  const { payload } = await verify('hx-inner+jws', signed, (id) => seals.find((key) => key.kid === id)?.jwk)
  const inner = readWith(innerSchema, payload)
  if (inner.id !== outer.id) throw new TokenRefused('envelope.id')
  if (inner.author !== outer.from.org) throw new TokenRefused('envelope.author')
  const flat = (list: Outer['to']) => JSON.stringify(list.map((each) => [each.org, each.unit]))
  if (flat(inner.recipients) !== flat(outer.to)) throw new TokenRefused('envelope.recipients')
  return inner
}

function readWith<T>(schema: z.ZodType<T>, payload: Uint8Array): T {
  let value: unknown
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    throw new TokenRefused('payload.json')
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new TokenRefused('payload.schema')
  return parsed.data
}
