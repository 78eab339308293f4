/** What this slice puts into message bodies. A receiving node trusts none of it beyond what these schemas and the originator's statements say. */
import { z } from 'zod'
import { evaluationWire, itemAttachment, itemField, itemId, itemKinds } from '../contract.ts'

const address = z.strictObject({ org: z.string().max(120), unit: z.string().max(120) })

const token = z.string().max(8192)

export const itemMessage = z.strictObject({
  item: itemId,
  origin: address,
  kind: z.enum(itemKinds),
  title: z.string().max(120),
  fields: z.array(itemField).max(30),
  attachments: z.array(itemAttachment).max(10),
  evaluation: evaluationWire,
  legalBasis: z.strictObject({ act: z.string().max(200), art: z.string().max(100) }),
  answers: itemId.optional(),
  /** The originator's word for each part, and for the head where the whole goes. */
  parts: z.array(token).max(41),
  /** Grants of the originator, when a holder passes it on. */
  grants: z.array(token).max(20),
})
export type ItemMessage = z.infer<typeof itemMessage>

/** With a marking go the parts as they are handled from now on, so that a holder can still show the originator's word for each. */
export const statementMessage = z.strictObject({ token, parts: z.array(token).max(41).default([]) })

export const recallAnswerMessage = z.strictObject({
  item: itemId,
  answer: z.enum(['recalled', 'partly-used', 'refused', 'not-held']),
  reference: z.string().max(200).optional(),
})

export const permissionMessage = z.strictObject({
  request: itemId,
  item: itemId,
  capability: z.string().max(40),
  recipient: z.string().max(120).optional(),
  reason: z.string().max(1000),
  until: z.iso.datetime(),
})

export const feedbackMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['used', 'seen-too', 'wrong', 'used-in-proceedings']),
    item: itemId,
    feedback: itemId,
    note: z.string().max(1000),
  }),
  /** Passed on, with the originator's leave, to whom: ids of fields and digests of attachments. */
  z.strictObject({
    kind: z.literal('passed-on'),
    item: itemId,
    to: address,
    fields: z.array(z.string().max(64)).max(40),
    at: z.iso.datetime(),
  }),
])

export const subscriptionMessage = z.strictObject({ subscription: itemId, case: z.string().min(1).max(80), end: z.boolean() })

export const attachmentWantedMessage = z.strictObject({ item: itemId, sha256: z.string().length(64), start: z.number().int().min(0) })
export const attachmentPartMessage = z.strictObject({
  item: itemId,
  sha256: z.string().length(64),
  start: z.number().int().min(0),
  /** Base64. */
  bytes: z.string().max(700_000),
})
