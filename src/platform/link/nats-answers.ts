/**
 * Answers on a broker. There is no connection whose other end is known, so the node that answers signs: otherwise anyone on the broker could tell a
 * sender that a message was refused. Bound to the envelopes by their digests.
 */
import { z } from 'zod'
import { answerSchema, MAX_BATCH } from './carrier-limits.ts'
import type { Directory } from './directory.ts'
import type { PrivateKey } from './jose.ts'
import type { Answer } from './link-world.ts'
import { type Signer, signatureOf, signBytes, signerOf, verifyBytes } from './node-signature.ts'

export interface DigestAnswer {
  readonly digest: string
  readonly answer: Answer
}

const wireSchema = z.strictObject({ kid: z.string().max(120), signature: z.string().max(100), answers: z.string() })
const answersSchema = z
  .array(z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), answer: answerSchema }))
  .min(1)
  .max(MAX_BATCH)

const statementOf = (answers: string) => Buffer.from(`hx-answers/1 ${answers}`)

export function sealAnswers(answers: readonly DigestAnswer[], key: PrivateKey): string {
  const text = JSON.stringify(answers)
  return JSON.stringify({ kid: key.kid, signature: signBytes(key, statementOf(text)).toString('base64url'), answers: text })
}

/** Undefined for whatever was not signed by a node of the directory. */
export function openAnswers(
  text: string,
  world: { readonly directory: Directory; readonly now: Date },
): { readonly signer: Signer; readonly answers: readonly DigestAnswer[] } | undefined {
  const wire = wireSchema.safeParse(safeJson(text))
  if (!wire.success) return undefined
  const signer = signerOf(world.directory, wire.data.kid, world.now)
  if (signer === undefined) return undefined
  const signature = signatureOf(wire.data.signature)
  if (signature === undefined || !verifyBytes(signer.jwk, statementOf(wire.data.answers), signature)) return undefined
  const answers = answersSchema.safeParse(safeJson(wire.data.answers))
  return answers.success ? { signer, answers: answers.data } : undefined
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
