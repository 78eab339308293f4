/**
 * Enrolment: how an organisation's node gets into the directory without anybody typing a key and without a private key leaving its machine. The applicant
 * states its keys and asks for a certificate; the stewards answer with a challenge, sealed to its encryption key; the applicant proves that it holds every
 * key by signing what it decrypted; a member vouches for it with its own seal. Only then is the entry made. The same way brings new keys of a member in
 * (rotation), vouched for by its old seal.
 */

import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { REALMS } from '#platform/access/session-facts.ts'
import { pinOfRequest } from './certificates.ts'
import type { Directory, DirectoryKey, DirectoryOrg } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { isInForce } from './directory-store.ts'
import { endpointSchema } from './endpoint.ts'
import { decrypt, encrypt, sign, TokenRefused, verify } from './jose.ts'
import { directoryKeys, type NodeKeys } from './node-keys.ts'

const keySchema = z.strictObject({
  kid: z.string().min(1).max(120),
  use: z.enum(['node-sig', 'seal', 'enc', 'log']),
  jwk: z.record(z.string(), z.unknown()),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
})
const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,119}$/, 'small letters, digits, dots and hyphens')
const unitSchema = z.strictObject({
  id,
  name: z.string().min(1).max(120),
  services: z.array(z.string().max(80)).max(40),
  places: z.array(z.string().length(5)).max(200),
  purposes: z.array(z.string().max(80)).max(20),
  backup: z.string().max(120).optional(),
  zone: z.string().max(60),
  calendar: z.string().max(20),
})

export const applicationSchema = z.strictObject({
  v: z.literal(1),
  org: z.strictObject({
    id,
    name: z.string().min(1).max(120),
    kind: z.string().min(1).max(60),
    realm: z.enum(REALMS),
    country: z.string().length(2),
    thirdCountry: z.boolean(),
    units: z.array(unitSchema).min(1).max(200),
  }),
  node: z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
    endpoint: endpointSchema,
    tlsSpki: z.string().length(43),
    /** PKCS #10 request for the link's certificate, in PEM. */
    certificateRequest: z.string().max(4000),
  }),
  keys: z.array(keySchema).length(4),
})
export type Application = z.infer<typeof applicationSchema>

const challengeSchema = z.strictObject({ v: z.literal(1), application: applicationSchema, sealed: z.string().max(4000) })
export type Challenge = z.infer<typeof challengeSchema>
const proofSchema = z.strictObject({
  v: z.literal(1),
  application: applicationSchema,
  /** One token for each signing key, over the secret of the challenge and the application. */
  proofs: z.array(z.string().max(400_000)).max(8),
  voucher: z.string().max(400_000).optional(),
})
export type EnrolmentProof = z.infer<typeof proofSchema>

const USES = ['enc', 'log', 'node-sig', 'seal']
const SKEW_MS = 5 * 60_000
const LONGEST_MS = 400 * 86_400_000

export function applicationOf(
  keys: NodeKeys,
  about: Pick<Application, 'org' | 'node'>,
  validity: { readonly from: string; readonly until: string },
): Application {
  return applicationSchema.parse({ v: 1, ...about, keys: directoryKeys(keys, about.org.id, validity) })
}

/** At the stewards: a secret only the holder of the encryption key can read. */
export async function challengeFor(input: unknown): Promise<{ readonly challenge: Challenge; readonly secret: string }> {
  const application = applicationSchema.parse(input)
  await requireSound(application)
  const key = application.keys.find((each) => each.use === 'enc')
  if (key === undefined) throw new TokenRefused('enrolment.keys')
  const secret = randomBytes(32).toString('base64url')
  return { challenge: { v: 1, application, sealed: await encrypt(Buffer.from(secret), [{ kid: key.kid, jwk: key.jwk }]) }, secret }
}

/** One key of each use, public only, and a certificate request for the very key that will be pinned. */
async function requireSound({ keys, node }: Application): Promise<void> {
  const uses = keys.map(({ use }) => use).sort()
  const names = new Set(keys.map(({ kid }) => kid))
  if (uses.join() !== USES.join() || names.size !== keys.length || keys.some(({ jwk }) => 'd' in jwk))
    throw new TokenRefused('enrolment.keys')
  if ((await pinOfRequest(node.certificateRequest)) !== node.tlsSpki) throw new TokenRefused('enrolment.certificate-request')
}

/** At the applicant: the secret, signed with each of its signing keys together with what it applied for. */
export async function answerChallenge(input: unknown, keys: NodeKeys): Promise<EnrolmentProof> {
  const { application, sealed } = challengeSchema.parse(input)
  const own = keys.orgs[application.org.id]
  if (own === undefined) throw new TokenRefused('enrolment.not-our-organisation')
  // Whoever changed the application on its way gets no signature over it.
  const ours = new Map([keys.sig, own.seal, own.enc, keys.log].map(({ kid, jwk }) => [kid, jwk.x]))
  if (application.node.id !== keys.nodeId || application.keys.some(({ kid, jwk }) => ours.get(kid) !== jwk['x']))
    throw new TokenRefused('enrolment.not-our-application')
  const secret = Buffer.from(await decrypt(sealed, [own.enc])).toString('utf8')
  const payload = Buffer.from(JSON.stringify({ secret, application }))
  const proofs = await Promise.all([keys.sig, own.seal, keys.log].map(async (key) => await sign('hx-enrolment+jws', payload, key)))
  return { v: 1, application, proofs }
}

/** At a member: vouches with its seal. For a rotation the member is the applicant itself, with the seal it has in the directory. */
export async function vouch(input: unknown, keys: NodeKeys, org: string): Promise<EnrolmentProof> {
  const proof = proofSchema.parse(input)
  const own = keys.orgs[org]
  if (own === undefined) throw new TokenRefused('enrolment.not-our-organisation')
  return { ...proof, voucher: await sign('hx-enrolment+jws', Buffer.from(JSON.stringify({ vouches: proof.application })), own.seal) }
}

export interface Admission {
  readonly proof: unknown
  /** What the stewards kept when they made the challenge. */
  readonly secret: string
  readonly now: Date
}

export interface Admitted {
  readonly directory: Directory
  readonly application: Application
  readonly sponsor: string
}

/** At the stewards: the next directory, unsigned, with the applicant in it. Refuses whatever was not proved. */
export async function admit(directory: Directory, { proof: input, secret, now }: Admission): Promise<Admitted> {
  const { application, proofs, voucher } = proofSchema.parse(input)
  await requireSound(application)
  requireValidity(application, now)
  const expected = JSON.stringify({ secret, application })
  const proved = new Set<string>()
  for (const token of proofs) {
    const { payload, kid } = await verify(
      'hx-enrolment+jws',
      token,
      (id) => application.keys.find((key) => key.kid === id && key.use !== 'enc')?.jwk,
    )
    if (Buffer.from(payload).toString('utf8') !== expected) throw new TokenRefused('enrolment.other-challenge')
    proved.add(kid)
  }
  // The encryption key is proved by the secret itself: nobody else could have read it.
  if (application.keys.some((key) => key.use !== 'enc' && !proved.has(key.kid))) throw new TokenRefused('enrolment.key-not-proved')
  const sponsor = await sponsorOf(directory, { application, voucher, now })
  requireFree(directory, application)
  return { directory: { ...directory, orgs: withMember(directory.orgs, application) }, application, sponsor }
}

function requireValidity({ keys }: Application, now: Date): void {
  const isSane = keys.every(
    ({ from, until }) =>
      Date.parse(from) <= now.getTime() + SKEW_MS && Date.parse(until) > now.getTime() && Date.parse(until) <= now.getTime() + LONGEST_MS,
  )
  if (!isSane) throw new TokenRefused('enrolment.validity')
}

/** Nothing that is somebody's is claimed: desks, node names, key names. A node brings its own keys again where it stands already, and proved them. */
function requireFree(directory: Directory, { org, node, keys }: Application): void {
  const index = indexOf(directory)
  for (const unit of org.units) {
    const owner = index.units.get(unit.id)
    if (owner !== undefined && owner.org.id !== org.id) throw new TokenRefused('enrolment.desk-taken')
  }
  const proved = new Map(keys.map(({ kid, jwk }) => [kid, jwk['x']]))
  for (const { kid, use } of keys)
    for (const owner of index.keys.get(kid) ?? []) {
      const isSame = owner.node.id === node.id && owner.key.use === use && owner.key.jwk['x'] === proved.get(kid)
      // A key that was revoked comes back under no name.
      if (!isSame || owner.key.revokedAt !== undefined) throw new TokenRefused('enrolment.key-id-taken')
    }
  for (const other of directory.orgs) {
    if (other.id === org.id) continue
    const namesake = other.nodes.find((each) => each.id === node.id)
    // One node for several organisations signs with one key; without it, it is another node under the same name.
    if (namesake !== undefined && !namesake.keys.some((key) => key.use === 'node-sig' && proved.get(key.kid) === key.jwk['x']))
      throw new TokenRefused('enrolment.node-taken')
  }
}

async function sponsorOf(
  directory: Directory,
  given: { readonly application: Application; readonly voucher: string | undefined; readonly now: Date },
): Promise<string> {
  const { application, voucher, now } = given
  if (voucher === undefined) throw new TokenRefused('enrolment.no-sponsor')
  const sealOf = (id: string) =>
    indexOf(directory)
      .keys.get(id)
      ?.find(({ org, key }) => key.use === 'seal' && org.status === 'active' && isInForce(key, now))
  const { payload, kid } = await verify('hx-enrolment+jws', voucher, (id) => sealOf(id)?.key.jwk)
  if (Buffer.from(payload).toString('utf8') !== JSON.stringify({ vouches: application })) throw new TokenRefused('enrolment.other-voucher')
  const sponsor = sealOf(kid)?.org.id ?? ''
  // Ids are never reused: who is a member already is renewed by itself alone. One that is listed without a node yet may be brought in by another.
  const held = indexOf(directory).orgs.get(application.org.id)
  if (held !== undefined && (held.nodes.length > 0 || held.status !== 'active') && sponsor !== application.org.id)
    throw new TokenRefused('enrolment.member-exists')
  return sponsor
}

/** Pins of a node that stay beside a new one: what is open goes on, and nothing is kept for ever. */
const KEPT_PINS = 2

/** A new member, or a member as it states itself now, with new keys: the old ones stay listed, so that what is under way can be opened and verified. */
function withMember(orgs: readonly DirectoryOrg[], { org, node, keys }: Application): readonly DirectoryOrg[] {
  const held = orgs.find((each) => each.id === org.id)
  const stated = { ...org, kind: org.kind as DirectoryOrg['kind'], units: org.units as DirectoryOrg['units'] }
  const before = held?.nodes.find((each) => each.id === node.id)
  const old = before?.keys.filter(({ kid }) => !keys.some((key) => key.kid === kid)) ?? []
  const pins = [...new Set([...(before?.tlsSpki ?? []), node.tlsSpki])].slice(-KEPT_PINS)
  const entry = { id: node.id, endpoint: node.endpoint, tlsSpki: pins, keys: [...old, ...(keys as readonly DirectoryKey[])] }
  if (held === undefined) return [...orgs, { ...stated, nodes: [entry], status: 'active' }]
  return orgs.map((each) =>
    each.id === org.id ? { ...each, ...stated, nodes: [...each.nodes.filter((other) => other.id !== node.id), entry] } : each,
  )
}
