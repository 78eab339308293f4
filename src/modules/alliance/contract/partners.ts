/**
 * The register of partners. An officer of the authority invites, another confirms; vetting ends by itself after at most three years.
 * Invariants: who invited never confirms; expired, suspended and withdrawn end access at once; a partner reads its standing, never its file.
 */
import { z } from 'zod'
import { cursor, key, partnerKind } from './shapes.ts'

export const VETTING_YEARS = 3
export const partnerStates = ['invited', 'active', 'suspended', 'withdrawn', 'expired'] as const
/** What was checked. Policy of the coalition; an authority states beside it the basis of its own law. */
export const vettingCriteria = [
  'register-entry',
  'aeo-or-equivalent',
  'isps-facility',
  'ownership-known',
  'staff-screening',
  'access-control-of-systems',
  'named-contact',
  'no-open-integrity-finding',
] as const

export const partnerStanding = z.object({
  desk: z.string(),
  name: z.string(),
  kind: partnerKind,
  /** Authority that vetted. */
  authority: z.string(),
  state: z.enum(partnerStates),
  expiresAt: z.iso.datetime(),
  criteria: z.array(z.enum(vettingCriteria)),
})
export type PartnerStanding = z.infer<typeof partnerStanding>

export const partnerFile = partnerStanding.extend({
  basis: z.string(),
  evidence: z.string(),
  invitedBy: z.string(),
  invitedAt: z.iso.datetime(),
  confirmedBy: z.string().optional(),
  confirmedAt: z.iso.datetime().optional(),
  /** Steps after that, newest last. */
  changes: z.array(
    z.object({
      change: z.enum(['invite', 'confirm', 'suspend', 'resume', 'withdraw']),
      by: z.string(),
      at: z.iso.datetime(),
      reason: z.string(),
    }),
  ),
  version: z.number().int(),
  /** Steps the officer who asks may take. */
  open: z.array(z.enum(['invite', 'confirm', 'suspend', 'resume', 'withdraw'])),
})
export type PartnerFile = z.infer<typeof partnerFile>

export const listPartners = {
  id: 'alliance.listPartners',
  method: 'get',
  path: 'alliance/partners',
  summary: 'Partners this authority has invited or vetted, those that expire first on top',
  permission: 'alliance.read-partners',
  purposeRequired: true,
  audit: 'alliance.partners-listed',
  input: z.strictObject({
    kind: partnerKind.optional(),
    state: z.enum(partnerStates).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    cursor: cursor.optional(),
  }),
  ok: z.object({
    items: z.array(partnerFile),
    next: z.string().optional(),
    /** Desks of the directory in the partner realm that may be invited. */
    candidates: z.array(z.object({ desk: z.string(), name: z.string() })),
  }),
  errors: ['alliance.cursor'],
} as const

export const invitePartner = {
  id: 'alliance.invitePartner',
  method: 'post',
  path: 'alliance/partners',
  summary: 'Invite a partner, or vet it anew; nothing opens until a second officer confirms',
  permission: 'alliance.vet-partners',
  purposeRequired: true,
  audit: 'alliance.partner-invited',
  input: z.strictObject({
    desk: z.string().max(120),
    kind: partnerKind,
    criteria: z.array(z.enum(vettingCriteria)).min(1).max(vettingCriteria.length),
    /** Legal or contractual basis. */
    basis: z.string().min(3).max(300),
    evidence: z.string().min(3).max(2000),
    expiresAt: z.iso.datetime({ offset: true }),
    key,
  }),
  ok: z.object({ desk: z.string(), state: z.enum(partnerStates), version: z.number().int() }),
  errors: ['alliance.partner-unknown', 'alliance.expiry', 'alliance.partner-state', 'audit.backlog'],
} as const

export const changePartner = {
  id: 'alliance.changePartner',
  method: 'post',
  path: 'alliance/partners/:desk/changes',
  summary: 'Confirm as second officer, suspend, resume or withdraw a partner',
  permission: 'alliance.vet-partners',
  purposeRequired: true,
  audit: 'alliance.partner-changed',
  input: z.strictObject({
    desk: z.string().max(120),
    change: z.enum(['confirm', 'suspend', 'resume', 'withdraw']),
    reason: z.string().min(3).max(500),
    version: z.number().int(),
  }),
  ok: z.object({ desk: z.string(), state: z.enum(partnerStates), version: z.number().int() }),
  errors: ['alliance.second-officer', 'alliance.partner-state', 'alliance.conflict', 'audit.backlog'],
} as const

export const showStanding = {
  id: 'alliance.showStanding',
  method: 'get',
  path: 'alliance/standing',
  summary: 'The own standing with each authority that vetted this partner; open to a partner whose vetting has ended',
  permission: 'alliance.read-standing',
  purposeRequired: true,
  audit: 'alliance.standing-read',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(partnerStanding) }),
  errors: [],
} as const
