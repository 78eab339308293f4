/**
 * Wire shapes and routes of port action requests (PR-09): a narrow request to a private partner.
 * Invariant: no shape a partner can read has a field for the reason, the alert, its parties or its originator.
 */
import { z } from 'zod'
import { clockView } from './alert-shapes.ts'

export const portActionKinds = ['hold', 'scan', 'reposition', 'preserve', 'notify-if-accessed'] as const
export const impossibleCodes = ['notHere', 'alreadyGone', 'safety', 'technical', 'noPower'] as const
export const portActionState = z.enum(['authorised', 'sent', 'confirmed', 'impossible', 'performed', 'released', 'expired'])

export const requestPortAction = {
  id: 'cargo.requestPortAction',
  method: 'post',
  path: 'cargo/port-actions',
  summary: 'Ask a vetted partner in the port to hold, scan, reposition or preserve; the partner never sees why',
  permission: 'cargo.request-port-action',
  purposeRequired: true,
  audit: 'cargo.port-action-requested',
  input: z.strictObject({
    /** Kept on the authority's side only. */
    alert: z.string().max(60).optional(),
    partner: z.string().max(80),
    container: z.string().min(1).max(20),
    action: z.enum(portActionKinds),
    until: z.iso.datetime({ offset: true }),
    legalBasisText: z.string().min(3).max(300),
    contact: z.string().min(3).max(200),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ action: z.string() }),
  errors: ['cargo.partner-unknown', 'cargo.until', 'procedures.refused', 'audit.backlog'],
} as const

export const portActionView = z.object({
  action: z.string(),
  caseId: z.string(),
  kind: z.enum(portActionKinds),
  container: z.string(),
  until: z.iso.datetime(),
  legalBasisText: z.string(),
  contact: z.string(),
  requestedBy: z.string(),
  partner: z.string(),
  partnerName: z.string(),
  state: portActionState,
  version: z.number(),
  requestedAt: z.iso.datetime(),
  confirmedAt: z.iso.datetime().optional(),
  /** Minutes from request to confirmation. */
  timeToHold: z.number().optional(),
  clocks: z.array(clockView),
  open: z.array(z.string()),
  /** The alert behind it: present for the authority's own desk, absent for every partner. */
  alert: z.string().optional(),
})
export type PortActionView = z.infer<typeof portActionView>

export const listPortActions = {
  id: 'cargo.listPortActions',
  method: 'get',
  path: 'cargo/port-actions',
  summary: 'Port actions this desk asked for or was asked for: open ones first, then the newest',
  permission: 'cargo.read-port-actions',
  purposeRequired: true,
  audit: 'cargo.port-actions-listed',
  input: z.strictObject({ open: z.enum(['yes', 'no', 'all']).default('all') }),
  ok: z.object({ items: z.array(portActionView), leftOut: z.number().describe('Further ones that are not listed') }),
  errors: [],
} as const

export const showPortAction = {
  id: 'cargo.showPortAction',
  method: 'get',
  path: 'cargo/port-actions/:action',
  summary: 'One port action as this desk may see it',
  permission: 'cargo.read-port-actions',
  purposeRequired: true,
  audit: 'cargo.port-action-read',
  input: z.strictObject({ action: z.string().max(60) }),
  ok: portActionView,
  errors: [],
} as const

export const movePortAction = {
  id: 'cargo.movePortAction',
  method: 'post',
  path: 'cargo/port-actions/:action/transitions',
  summary: 'Confirm, say impossible, perform (partner) or release (authority)',
  permission: 'cargo.answer-port-action',
  purposeRequired: true,
  audit: 'cargo.port-action-moved',
  input: z.strictObject({
    action: z.string().max(60),
    transition: z.enum(['confirm', 'impossible', 'perform', 'release']),
    fields: z.record(z.string().max(40), z.unknown()).default({}),
    version: z.number().int(),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ state: portActionState, version: z.number() }),
  errors: ['procedures.refused', 'procedures.conflict', 'procedures.fields'],
} as const
