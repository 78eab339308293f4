/** What this slice puts into message bodies, and how it is sent. A receiver trusts none of it beyond what the schemas and the proofs say. */
import { z } from 'zod'
import type { Address } from '#platform/link/message.ts'
import type { WorkContext } from '#platform/module/define-module.ts'
import { caseRef, classes, id } from '../contract.ts'
import { FRAME_BYTES } from './frame.ts'

const DAY = 86_400_000
const purpose = z.string().min(1).max(60)
const epoch = z.number().int().min(1)
const frame = z.base64().length(Math.ceil(FRAME_BYTES / 3) * 4)

export const tagsMessage = z.strictObject({
  purpose,
  class: classes,
  epoch,
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  quota: z.number().int().min(1),
  part: z.number().int().min(0),
  parts: z.number().int().min(1).max(512),
  bytes: z.base64().max(400_000),
})

export const queryMessage = z.strictObject({ query: id, purpose, class: classes, epoch, caseRef, approved: z.boolean(), frame })
export const answerMessage = z.strictObject({ query: id, class: classes, frame })
export const lookupMessage = z.strictObject({ query: id, class: classes, frame })
export const noticeMessage = z.strictObject({ purpose, class: classes, epoch, caseRef, handle: z.string().regex(/^[0-9a-f]{32}$/) })
export const noticeAnswerMessage = z.strictObject({ handle: z.string().regex(/^[0-9a-f]{32}$/), state: z.enum(['confirmed', 'rejected']) })
export const anomalyMessage = z.strictObject({ what: z.enum(['near-quota', 'over-quota', 'over-cap']), class: classes, purpose, query: id })

export interface MatchMessage {
  readonly from: Address
  readonly to: Address
  readonly type: `match.${string}`
  readonly purpose: string
  /** Thread: the query, or the epoch of a set. */
  readonly context: string
  readonly caseRef?: string
  readonly data: unknown
}

export async function send(work: WorkContext, message: MatchMessage): Promise<void> {
  const now = work.services.clock.now().getTime()
  await work.services.submit(work.tx, {
    from: message.from,
    to: [message.to],
    kind: 'match',
    urgency: message.type === 'match.tags' ? 'routine' : 'urgent',
    context: message.context,
    // A set that comes late is no harm; an answer to a case that moved on is none either.
    expiresAt: new Date(now + 7 * DAY).toISOString(),
    purpose: message.purpose,
    legalBasis: { act: 'Directive (EU) 2016/680', art: '4(1), 6, 8' },
    ...(message.caseRef === undefined ? {} : { case: message.caseRef }),
    handling: { H: ['H2'], tlp: 'AMBER+STRICT', pap: 'AMBER', conditions: [] },
    evaluation: { source: 'A', info: 1 },
    personalData: { yes: true, categories: ['match keys, concealed'] },
    retention: { reviewAt: new Date(now + 30 * DAY).toISOString(), deleteBy: new Date(now + 90 * DAY).toISOString() },
    body: { type: message.type, data: message.data },
  })
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64')
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
