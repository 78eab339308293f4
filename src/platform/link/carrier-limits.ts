/** What every carrier holds to, and the forms in which envelopes and answers travel. One place, so that no carrier takes what another refuses. */
import { z } from 'zod'
import { AppError } from '#platform/http/app-error.ts'
import { type Envelope, MAX_INNER, MAX_OUTER } from './envelope.ts'

export const MAX_BODY = 8 * 1024 * 1024
export const MAX_BATCH = 64
/** Encryption makes content a third longer and again a third longer as text. */
const MAX_JWE = MAX_INNER * 2
export const LARGEST_ENVELOPE = MAX_OUTER + MAX_JWE

export const envelopeSchema = z.strictObject({ outer: z.string().min(1).max(MAX_OUTER), jwe: z.string().min(1).max(MAX_JWE) })

export const answerSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('taken'), evidence: z.array(z.string().max(8192)).max(200) }),
  z.object({ state: z.literal('refused') }),
])

/** Refuses before anything travels: the recipient would refuse it too, after the cost of carrying it. */
export function requireCarriable(envelopes: readonly Envelope[], most: number = MAX_BATCH): void {
  if (envelopes.length === 0 || envelopes.length > most)
    throw new AppError(413, 'carrier.batch', `A batch holds 1 to ${most} envelopes, not ${envelopes.length}.`)
  if (envelopes.some((envelope) => envelope.outer.length > MAX_OUTER || envelope.jwe.length > MAX_JWE))
    throw new AppError(413, 'carrier.envelope-size', 'An envelope is larger than any carrier takes.')
}
