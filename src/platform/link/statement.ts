/**
 * What only the originator may say about a piece of information it released: what a part of it says and how it is handled, that it is taken back or
 * handled otherwise from now on, that a holder may do what the codes withhold, or may not. A statement is signed by the originator's seal and travels through any chain of holders: whoever
 * brings it, it binds by its signature alone.
 */
import { z } from 'zod'
import type { Directory } from './directory.ts'
import { indexOf } from './directory-index.ts'
import { isInForce } from './directory-store.ts'
import { handlingSchema } from './handling-schema.ts'
import { sign, TokenRefused, verify } from './jose.ts'
import type { NodeKeys } from './node-keys.ts'
import { parseStrictJson } from './strict-json.ts'

const id = z.string().min(1).max(120)
const about = {
  v: z.literal(1),
  /** The piece of information, by the id its originator gave it. */
  item: id,
  origin: z.strictObject({ org: id, unit: id }),
  at: z.iso.datetime(),
}

export const statementSchema = z.discriminatedUnion('says', [
  z.strictObject({
    ...about,
    says: z.literal('recall'),
    /** One field or one attachment; absent = all of it. */
    field: id.optional(),
    attachment: z.string().length(64).optional(),
    reason: z.enum(['incorrect', 'unlawful', 'superseded', 'safety', 'other']),
    basis: z.string().min(1).max(200),
    /** Holders answer until then. */
    answerBy: z.iso.datetime(),
  }),
  z.strictObject({ ...about, says: z.literal('marking'), handling: handlingSchema, fields: z.record(id, handlingSchema) }),
  z.strictObject({
    ...about,
    says: z.literal('grant'),
    request: id,
    capability: z.enum(['store', 'derive', 'disseminate', 'use-in-proceedings', 'act-on', 'cross-match', 'share-private']),
    holder: id,
    recipient: id.optional(),
    until: z.iso.datetime(),
  }),
  z.strictObject({ ...about, says: z.literal('denial'), request: id }),
  /** What one part says and how it is handled; `*` is the head of the whole. Travels with the part through any chain of holders. */
  z.strictObject({
    ...about,
    says: z.literal('part'),
    part: id,
    /** SHA-256 over the canonical JSON of the part without its handling, hexadecimal. */
    digest: z.string().length(64),
    handling: handlingSchema,
    purpose: z.string().min(1).max(80),
    eraseAt: z.iso.datetime(),
    evaluation: z.strictObject({ source: z.enum(['A', 'B', 'C', 'X']), info: z.number().int().min(1).max(4) }),
    legalBasis: z.strictObject({ act: z.string().min(1).max(200), art: z.string().min(1).max(100) }),
  }),
])
export type Statement = z.infer<typeof statementSchema>
/** A statement before its issuer and instant are filled in. */
export type Saying = Statement extends infer Each ? (Each extends Statement ? Omit<Each, 'v' | 'at'> : never) : never

export async function signStatement(statement: Statement, keys: NodeKeys): Promise<string> {
  const own = keys.orgs[statement.origin.org]
  if (own === undefined) throw new TokenRefused('statement.not-our-organisation')
  return await sign('hx-statement+jws', Buffer.from(JSON.stringify(statementSchema.parse(statement))), own.seal)
}

/**
 * The statement, when a seal of the organisation it names as origin signed it, that seal was in force when it says it was made, and is not revoked
 * since: a stolen seal must not pass by naming an earlier day.
 */
export async function readStatement(token: string, directory: Directory, now: Date): Promise<Statement> {
  const sealOf = (id: string) =>
    indexOf(directory)
      .keys.get(id)
      ?.find(({ key }) => key.use === 'seal')
  const { payload, kid } = await verify('hx-statement+jws', token, (each) => sealOf(each)?.key.jwk)
  let value: unknown
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    throw new TokenRefused('payload.json')
  }
  const parsed = statementSchema.safeParse(value)
  if (!parsed.success) throw new TokenRefused('payload.schema')
  const seal = sealOf(kid)
  const { origin, at } = parsed.data
  const isTheirs = seal?.org.id === origin.org && seal.org.status === 'active'
  if (
    !isTheirs ||
    !isInForce(seal.key, new Date(at)) ||
    (seal.key.revokedAt !== undefined && now.getTime() >= Date.parse(seal.key.revokedAt))
  )
    throw new TokenRefused('statement.signer')
  return parsed.data
}
