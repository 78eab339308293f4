/**
 * Evidence: what happened to a message, signed by the node that says so, bound to the digest of the envelope. Kinds and their order follow the
 * chain of registered electronic delivery: submission, relay, handling accepted, delivery, retrieval; then what became of it: actioned,
 * recalled. Each is positive or negative. A later positive overrules a negative that a timeout issued; both stay visible.
 * Statements made together are signed together: one signature over the root of a small tree, and in each token the path from the statement to it,
 * so that each proves itself alone and tells nothing of the others.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { batchOf, rootOf } from '#kernel/merkle/batch.ts'
import { type Greeting, greetingSchema } from '#platform/audit/witness.ts'
import type { Directory } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { isInForce, wasActive } from './directory-store.ts'
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

const rootSchema = z.strictObject({
  v: z.literal(1),
  root: z.string().length(43),
  size: z.number().int().min(1).max(4096),
  log: greetingSchema.optional(),
})

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const text64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** Signs statements together, with the head of the node's log for the peer to witness; one token for each, in their order: `statement~index~path~signature`. */
export async function signEvidence(evidence: readonly Evidence[], key: PrivateKey, greeting?: Greeting): Promise<readonly string[]> {
  if (evidence.length === 0) return []
  const statements = evidence.map((each) => Buffer.from(JSON.stringify(evidenceSchema.parse(each))))
  const { root, paths } = batchOf(statements, sha256)
  const signed = await sign(
    'hx-evidence+jws',
    Buffer.from(
      JSON.stringify({ v: 1, root: text64(root), size: statements.length, ...(greeting === undefined ? {} : { log: greeting }) }),
    ),
    key,
  )
  return statements.map((statement, index) => [text64(statement), index, (paths[index] ?? []).map(text64).join('.'), signed].join('~'))
}

export interface EvidenceReader {
  /** Verifies by a node key of the issuer that the directory lists. */
  read(token: string): Promise<Evidence>
  /** Heads of logs that came with what was read, each once, with the organisation that the evidence speaks for and the instant of that statement. */
  greetings(): readonly { readonly org: string; readonly greeting: Greeting; readonly stated: Date }[]
}

/**
 * Reads many tokens and verifies each signature they share once. `now` is the instant by which the evidence is known to have existed: the present for
 * what just came; for what was kept, the instant it was taken in, as the log shows it. So a key revoked since, or an organisation suspended since,
 * unmakes nothing that was stated before.
 */
export function evidenceReader(directory: Directory, now: Date): EvidenceReader {
  const roots = new Map<
    string,
    Promise<{ readonly kid: string; readonly root: string; readonly size: number; readonly log?: Greeting | undefined }>
  >()
  const greetings = new Map<Greeting, { readonly org: string; readonly stated: Date }>()
  const rootIn = async (signed: string) => {
    const { payload, kid } = await verify(
      'hx-evidence+jws',
      signed,
      (id) =>
        indexOf(directory)
          .keys.get(id)
          ?.find(({ org, key }) => key.use === 'node-sig' && wasActive(org, now) && isInForce(key, now))?.key.jwk,
    )
    return { kid, ...parsed(rootSchema, payload) }
  }
  return {
    greetings: () => [...greetings].map(([greeting, of]) => ({ ...of, greeting })),
    async read(token) {
      const [statement = '', place = '', path = '', signed = '', ...rest] = token.split('~')
      if (rest.length > 0 || signed === '' || !/^\d{1,4}$/.test(place)) throw new TokenRefused('evidence.form')
      let root = roots.get(signed)
      if (root === undefined) {
        root = rootIn(signed)
        roots.set(signed, root)
      }
      const { kid, ...stated } = await root
      const leaf = bytesOf(statement)
      const found = rootOf({ leaf, index: Number(place), size: stated.size, path: path === '' ? [] : path.split('.').map(bytesOf) }, sha256)
      if (found === undefined || text64(found) !== stated.root) throw new TokenRefused('evidence.path')
      const evidence = parsed(evidenceSchema, leaf)
      if (
        indexOf(directory)
          .keys.get(kid)
          ?.some(({ node }) => node.id === evidence.issuer) !== true
      )
        throw new TokenRefused('evidence.issuer')
      if (stated.log !== undefined) greetings.set(stated.log, { org: evidence.to.org, stated: new Date(evidence.at) })
      return evidence
    },
  }
}

/** One spelling of every part, as in every other token. */
function bytesOf(part: string): Uint8Array {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) throw new TokenRefused('token.spelling')
  return bytes
}

function parsed<T>(schema: z.ZodType<T>, payload: Uint8Array): T {
  let value: unknown
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    throw new TokenRefused('payload.json')
  }
  const result = schema.safeParse(value)
  if (!result.success) throw new TokenRefused('payload.schema')
  return result.data
}
