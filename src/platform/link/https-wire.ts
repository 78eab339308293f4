/** What the two ends of the HTTPS carrier agree on. A batch travels as one POST and is answered in order. */
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { answerSchema, envelopeSchema, MAX_BATCH, MAX_BODY } from './carrier-limits.ts'
import type { Headers } from './http-signature.ts'

export const PATH = '/hx/1/messages'
export const ANSWER_WITHIN_MS = 30_000

export const batchSchema = z.strictObject({ envelopes: z.array(envelopeSchema).min(1).max(MAX_BATCH) })
export const answersSchema = z.object({ answers: z.array(answerSchema).max(MAX_BATCH) })

/** Undefined when the body is larger than the limit. The bytes are kept as they came: the digest is over them. */
export async function readBody(stream: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The fields of a message as a signature sees them. Node joins what came twice with a comma, so that a second copy changes the text. */
export function headersOf(message: IncomingMessage): Headers {
  const entries = Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')])
  return Object.fromEntries(entries) as Headers
}

export function safeJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
