/**
 * Rules of the egress guard: a file of its own, signed by two persons, read by a worker that knows nothing of sessions, policies or the release
 * function. What the rules do not name is denied.
 */
import { z } from 'zod'

const pattern = z.string().regex(/^[a-z0-9*][a-z0-9.*-]{0,119}$/)

export const rulesSchema = z.strictObject({
  v: z.literal(1),
  /** Only rises; an older file is not taken in again. */
  version: z.number().int().min(1),
  /** The first route that fits sender and recipient decides which types may travel it. `*` stands for any part. */
  routes: z
    .array(z.strictObject({ from: pattern, to: pattern, types: z.array(z.string().regex(/^[a-z*][a-z.*-]{0,79}$/)).max(100) }))
    .min(1)
    .max(1000),
  kinds: z.array(z.string().max(40)).max(40),
  markings: z.strictObject({
    tlp: z.array(z.string().max(20)).max(10),
    pap: z.array(z.string().max(20)).max(10),
    codes: z.array(z.string().max(10)).max(10),
  }),
  /** Names of members that may not appear at any depth. */
  forbiddenMembers: z.array(z.string().max(60)).max(200),
  /** Names of members that say that personal data are within. */
  personalMembers: z.array(z.string().max(60)).max(200),
  limits: z.strictObject({
    bytes: z.number().int().min(1),
    depth: z.number().int().min(1),
    members: z.number().int().min(1),
    recipients: z.number().int().min(1),
    retentionDays: z.number().int().min(1),
  }),
})
export type GuardRules = z.infer<typeof rulesSchema>

/** In force until the node's owner has signed rules of its own: every kind this version knows, between members, within limits. */
export const SHIPPED_RULES: GuardRules = {
  v: 1,
  version: 1,
  routes: [
    // A private partner gets and gives port actions and what the link itself needs, nothing else.
    { from: '*', to: '*.terminal.*', types: ['cargo.port-action', 'cargo.port-action-progress', 'link.*'] },
    { from: '*.terminal.*', to: '*', types: ['cargo.port-action-progress', 'link.*'] },
    { from: '*', to: '*', types: ['*'] },
  ],
  kinds: [
    'push',
    'request',
    'response',
    'subscribe',
    'unsubscribe',
    'feedback',
    'update',
    'recall',
    'permission-request',
    'permission-grant',
    'permission-deny',
    'match',
    'evidence',
    'resend',
    'directory',
  ],
  markings: {
    tlp: ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'],
    pap: ['CLEAR', 'GREEN', 'AMBER', 'RED'],
    codes: ['H0', 'H1', 'H2', 'H3'],
  },
  // Never a feature, never a field: whatever slice puts it there.
  forbiddenMembers: ['nationality', 'ethnicity', 'religion', 'password', 'privateKey', 'sessionToken'],
  personalMembers: ['dateOfBirth', 'passport', 'identityDocument', 'homeAddress'],
  limits: { bytes: 1_048_576, depth: 16, members: 20_000, recipients: 64, retentionDays: 1830 },
}
