/**
 * Release messages of partner systems, as adapters make them from COREOR (release), COPARN (order), COPINO (pre-notification), CODECO and COARRI (moves).
 * Invariants: in = accepted + duplicate + waiting + refused, each with its place; a number that opens a gate elsewhere is kept only as "exists, read by, at".
 */
import { z } from 'zod'
import { refusalReason, rightName } from './shapes.ts'

const desk = z.string().max(120)
const at = z.iso.datetime({ offset: true })
const head = {
  ...rightName,
  /** The sender's own reference of the message: a repeat is known by it. */
  reference: z.string().min(1).max(70),
  /** Reference of the message this one rests on, with its sender where it is another; it waits until that one is here. */
  after: z.strictObject({ sender: desk.optional(), reference: z.string().min(1).max(70) }).optional(),
  at,
}

export const releaseMessage = z.discriminatedUnion('kind', [
  z.strictObject({ ...head, kind: z.literal('discharged'), line: desk.optional() }),
  z.strictObject({ ...head, kind: z.literal('moved') }),
  z.strictObject({ ...head, kind: z.literal('released'), to: desk }),
  z.strictObject({ ...head, kind: z.literal('transferred'), to: desk }),
  z.strictObject({ ...head, kind: z.literal('transport-ordered'), haulier: desk }),
  z.strictObject({
    ...head,
    kind: z.literal('pre-notified'),
    vehicle: z.string().min(2).max(20),
    /** Without it the gate stays shut until the haulier has named the driver. */
    driver: z.string().min(2).max(40).optional(),
    plannedAt: at,
  }),
  z.strictObject({ ...head, kind: z.literal('gated-out') }),
  z.strictObject({ ...head, kind: z.literal('revoked') }),
  /** A foreign system holds a collection number: never the number itself. */
  z.strictObject({
    ...head,
    kind: z.literal('foreign-code'),
    system: z.string().min(1).max(60),
    event: z.enum(['exists', 'read']),
    readBy: desk.optional(),
  }),
])
export type ReleaseMessage = z.infer<typeof releaseMessage>

/** `not-found`: nothing this partner has a link to; `form`: not a message of this form; `time`: it lies ahead. */
export const messageFault = z.enum(['not-found', 'form', 'time', 'port', 'reference-used', 'too-many-waiting', 'chain-broken'])

export const sendMessages = {
  id: 'alliance.sendMessages',
  method: 'post',
  path: 'alliance/messages',
  summary: 'Take in release messages of the own system, in any order; repeats change nothing',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.messages-received',
  input: z.strictObject({ messages: z.array(z.unknown()).min(1).max(500) }),
  ok: z.object({
    results: z.array(
      z.object({
        position: z.number().int(),
        reference: z.string().optional(),
        outcome: z.enum(['accepted', 'duplicate', 'waiting', 'refused']),
        because: z.union([refusalReason, messageFault]).optional(),
        problems: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
      }),
    ),
    accepted: z.number().int(),
    duplicate: z.number().int(),
    waiting: z.number().int(),
    refused: z.number().int(),
  }),
  errors: ['alliance.not-vetted', 'audit.backlog'],
} as const
