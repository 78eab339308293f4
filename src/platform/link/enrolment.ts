/**
 * Enrolment: how an organisation's node gets into the directory without anybody typing a key. The applicant states its keys; the stewards answer with
 * a challenge, sealed to its encryption key; the applicant proves that it holds every key by signing what it decrypted; a member vouches for it with
 * its own seal. Only then is the entry made. The same way brings new keys of a member in (rotation), vouched for by its old seal.
 */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Directory, DirectoryKey, DirectoryOrg } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { isInForce } from './directory-store.ts'
import { decrypt, encrypt, sign, TokenRefused, verify } from './jose.ts'
import { directoryKeys, type NodeKeys } from './node-keys.ts'

const keySchema = z.strictObject({
  kid: z.string().min(1).max(120),
  use: z.enum(['node-sig', 'seal', 'enc', 'log']),
  jwk: z.record(z.string(), z.unknown()),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
})
const unitSchema = z.strictObject({
  id: z.string().min(3).max(120),
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
    id: z.string().min(2).max(120),
    name: z.string().min(1).max(120),
    kind: z.string().max(60),
    realm: z.enum(['law-enforcement', 'customs', 'partner', 'oversight']),
    country: z.string().length(2),
    thirdCountry: z.boolean(),
    units: z.array(unitSchema).min(1).max(200),
  }),
  node: z.strictObject({ id: z.string().max(120), endpoint: z.url(), tlsSpki: z.string().length(43) }),
  keys: z.array(keySchema).min(4).max(8),
})
export type Application = z.infer<typeof applicationSchema>

const challengeSchema = z.strictObject({ v: z.literal(1), application: applicationSchema, sealed: z.string().max(4000) })
export type Challenge = z.infer<typeof challengeSchema>
const proofSchema = z.strictObject({
  v: z.literal(1),
  application: applicationSchema,
  /** One token for each signing key, over the secret of the challenge and the application. */
  proofs: z.array(z.string().max(20_000)).max(8),
  voucher: z.string().max(20_000).optional(),
})
export type EnrolmentProof = z.infer<typeof proofSchema>

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
  const key = application.keys.find((each) => each.use === 'enc')
  if (key === undefined) throw new TokenRefused('enrolment.no-encryption-key')
  const secret = randomBytes(32).toString('base64url')
  return { challenge: { v: 1, application, sealed: await encrypt(Buffer.from(secret), [{ kid: key.kid, jwk: key.jwk }]) }, secret }
}

/** At the applicant: the secret, signed with each of its signing keys together with what it applied for. */
export async function answerChallenge(input: unknown, keys: NodeKeys): Promise<EnrolmentProof> {
  const { application, sealed } = challengeSchema.parse(input)
  const own = keys.orgs[application.org.id]
  if (own === undefined) throw new TokenRefused('enrolment.not-our-organisation')
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

/** At the stewards: the next directory, unsigned, with the applicant in it. Refuses whatever was not proved. */
export async function admit(
  directory: Directory,
  { proof: input, secret, now }: Admission,
): Promise<{ readonly directory: Directory; readonly sponsor: string }> {
  const { application, proofs, voucher } = proofSchema.parse(input)
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
  const taken = application.keys.find((key) => indexOf(directory).keys.get(key.kid) !== undefined)
  if (taken !== undefined) throw new TokenRefused('enrolment.key-id-taken')
  for (const unit of application.org.units) {
    const owner = indexOf(directory).units.get(unit.id)
    if (owner !== undefined && owner.org.id !== application.org.id) throw new TokenRefused('enrolment.desk-taken')
  }
  return { directory: { ...directory, orgs: withMember(directory.orgs, application) }, sponsor }
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
  // Ids are never reused: who is a member already is renewed by itself alone.
  if (indexOf(directory).orgs.has(application.org.id) && sponsor !== application.org.id) throw new TokenRefused('enrolment.member-exists')
  return sponsor
}

/** A new member, or new keys of one: the old ones stay listed until they run out, so that what is under way can be opened. */
function withMember(orgs: readonly DirectoryOrg[], { org, node, keys }: Application): readonly DirectoryOrg[] {
  const entry = { id: node.id, endpoint: node.endpoint, tlsSpki: [node.tlsSpki], keys: keys as readonly DirectoryKey[] }
  const held = orgs.find((each) => each.id === org.id)
  if (held === undefined)
    return [
      ...orgs,
      { ...org, kind: org.kind as DirectoryOrg['kind'], units: org.units as DirectoryOrg['units'], nodes: [entry], status: 'active' },
    ]
  const before = held.nodes.find((each) => each.id === node.id)
  const renewed =
    before === undefined
      ? entry
      : { ...entry, tlsSpki: [...new Set([...before.tlsSpki, node.tlsSpki])], keys: [...before.keys, ...entry.keys] }
  return orgs.map((each) =>
    each.id === org.id ? { ...each, nodes: [...each.nodes.filter((other) => other.id !== node.id), renewed] } : each,
  )
}
