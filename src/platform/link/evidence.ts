/**
 * Evidence: what happened to a message, signed by the node that says so, bound to the digest of the envelope. Kinds and their order follow the
 * chain of registered electronic delivery: submission, relay, handling accepted, delivery, retrieval; then what became of it: actioned,
 * recalled. Each is positive or negative. A later positive overrules a negative that a timeout issued; both stay visible.
 */
import { z } from 'zod'
import type { Directory } from './directory.ts'
import { keyInForce } from './directory-store.ts'
import { type PrivateKey, sign, TokenRefused, verify } from './jose.ts'
import { parseStrictJson } from './strict-json.ts'

export const EVIDENCE_KINDS = ['submission', 'relay', 'handling-accepted', 'delivery', 'retrieval', 'actioned', 'recalled'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

export const evidenceSchema = z.strictObject({
  v: z.literal(1),
  message: z.string().max(60),
  digest: z.string().length(64),
  /** Organisation and desk the statement is about. */
  to: z.strictObject({ org: z.string().max(120), unit: z.string().max(120) }),
  kind: z.enum(EVIDENCE_KINDS),
  positive: z.boolean(),
  at: z.iso.datetime(),
  issuer: z.string().max(120),
  /** Machine code of a negative statement; the same few for every cause that must stay inside. */
  code: z.enum(['refused', 'expired', 'unprocessable', 'unhonoured', 'timeout']).optional(),
})
export type Evidence = z.infer<typeof evidenceSchema>

export async function signEvidence(evidence: Evidence, key: PrivateKey): Promise<string> {
  return await sign('hx-evidence+jws', Buffer.from(JSON.stringify(evidenceSchema.parse(evidence))), key)
}

/** Verifies by a node key of the issuer that the directory lists. */
export async function verifyEvidence(token: string, directory: Directory, now: Date): Promise<Evidence> {
  const keys = new Map(
    directory.orgs.flatMap((org) => keyInForce(org, 'node-sig', now).map((key) => [key.kid, { key, nodes: org.nodes }] as const)),
  )
  const { payload, kid } = await verify('hx-evidence+jws', token, (id) => keys.get(id)?.key.jwk)
  const parsed = evidenceSchema.safeParse(parseStrictJson(Buffer.from(payload).toString('utf8')))
  if (!parsed.success) throw new TokenRefused('payload.schema')
  const isIssuer = keys.get(kid)?.nodes.some((node) => node.id === parsed.data.issuer && node.keys.some((key) => key.kid === kid))
  if (isIssuer !== true) throw new TokenRefused('evidence.issuer')
  return parsed.data
}
