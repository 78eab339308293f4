/** Messages of the own desk with their evidence, and the directory. Content is shown by the slices that own it. */
import { z } from 'zod'

export const messageRow = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  from: z.string(),
  to: z.array(z.string()),
  kind: z.string(),
  type: z.string(),
  urgency: z.string(),
  context: z.string(),
  createdAt: z.iso.datetime(),
  state: z.string(),
  /** What is evidenced of the desks it is for: how many hold it, how many opened it, and how many statements of failure stand. */
  reached: z.object({ desks: z.number(), delivered: z.number(), opened: z.number(), failed: z.number() }),
})
export type MessageRow = z.infer<typeof messageRow>

export const evidenceKinds = ['submission', 'relay', 'handling-accepted', 'delivery', 'retrieval', 'actioned', 'recalled'] as const
/** Standing of what a message is owed: not yet delivered to every desk; a failure that nothing overruled; delivered to all. */
export const standings = ['waiting', 'failed', 'delivered'] as const
export const evidenceRow = z.object({
  unit: z.string(),
  kind: z.enum(evidenceKinds),
  positive: z.boolean(),
  at: z.iso.datetime(),
  issuer: z.string(),
  code: z.string().optional(),
})
export type EvidenceRow = z.infer<typeof evidenceRow>

export const messageView = z.object({
  message: messageRow,
  evidence: z.array(evidenceRow),
  /** Until when evidence of a kind is waited for before this node states silence itself; own messages only. */
  terms: z.array(z.object({ kind: z.enum(evidenceKinds), by: z.iso.datetime() })),
  /** Digest of its envelope: what every evidence of it speaks of. */
  digest: z.string().optional(),
  /** The request it answers, and the digest of that request, which the answer carries. */
  answers: z.object({ message: z.string(), digest: z.string() }).optional(),
})
export type MessageView = z.infer<typeof messageView>

export const listMessages = {
  id: 'exchange.listMessages',
  method: 'get',
  path: 'messages',
  summary: 'Messages this desk sent or received, newest first, without their content',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.messages-listed',
  input: z.strictObject({
    direction: z.enum(['in', 'out']).optional(),
    standing: z.enum(standings).optional(),
    context: z.string().max(120).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({ items: z.array(messageRow), next: z.string().optional() }),
  errors: ['exchange.cursor'],
} as const

export const showMessage = {
  id: 'exchange.showMessage',
  method: 'get',
  path: 'messages/:message',
  summary: 'One message: routing, the timeline of its evidence, what is still waited for, and what it answers',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.message-read',
  input: z.strictObject({ message: z.string().max(60) }),
  ok: messageView,
  errors: [],
} as const

export const listDirectory = {
  id: 'exchange.listDirectory',
  method: 'get',
  path: 'directory-units',
  summary: 'Authorities and desks of the coalition, as the signed directory names them',
  permission: 'exchange.read',
  purposeRequired: false,
  audit: 'exchange.directory-read',
  input: z.strictObject({}),
  ok: z.object({
    version: z.number(),
    expires: z.iso.datetime(),
    units: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        authority: z.string(),
        country: z.string(),
        thirdCountry: z.boolean(),
        kind: z.string(),
        places: z.array(z.string()),
        takesAlerts: z.boolean(),
      }),
    ),
    groups: z.array(z.object({ id: z.string(), name: z.string(), units: z.array(z.string()) })),
  }),
  errors: [],
} as const
