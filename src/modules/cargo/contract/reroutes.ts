/** Changed routes of alerts: what a document states against the itinerary, the update prepared from it, and the decision of a person. */
import { z } from 'zod'
import { alertLeg, alertRecipient, listedSubject } from './alert-shapes.ts'
import { pointer } from './intake.ts'

const id = z.string().min(1).max(64)

/** `told`: the receiving desk told the originator. `overtaken`: the itinerary changed otherwise, or the document was contradicted by a newer one. */
export const rerouteState = z.enum(['open', 'confirmed', 'dismissed', 'told', 'overtaken'])

export const rerouteRow = z.object({
  alert: z.string(),
  reroute: z.string(),
  subject: listedSubject,
  side: z.enum(['issued', 'received']),
  rule: z.enum(['discharge', 'first-entry', 'omitted']),
  /** The port that the itinerary no longer has, and the one that it has instead. */
  leaves: z.string().optional(),
  comes: z.string().optional(),
  /** The update as prepared. */
  legs: z.array(alertLeg),
  etaBasis: z.enum(['stated', 'carried-over', 'unknown']),
  messageType: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.string(), at: pointer })),
  /** The receiving desk that told of it; its document stays there. */
  toldBy: z.string().optional(),
  state: rerouteState,
  noticedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().optional(),
  decidedBy: z.string().optional(),
})
export type RerouteRow = z.infer<typeof rerouteRow>

export const listReroutes = {
  id: 'cargo.listReroutes',
  method: 'get',
  path: 'cargo/reroutes',
  summary: 'Alerts of this desk whose itinerary a document contradicts',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.reroutes-listed',
  input: z.strictObject({ alert: z.string().max(60).optional(), state: rerouteState.optional() }),
  ok: z.object({ items: z.array(rerouteRow), leftOut: z.number() }),
  errors: [],
} as const

export const confirmReroute = {
  id: 'cargo.confirmReroute',
  method: 'post',
  path: 'cargo/alerts/:alert/reroutes/:reroute/confirmations',
  summary: 'The originator changes the itinerary as prepared or as corrected: new desks get the alert, dropped desks lose it',
  permission: 'cargo.issue-alert',
  purposeRequired: true,
  audit: 'cargo.reroute-confirmed',
  input: z.strictObject({
    alert: z.string().max(60),
    reroute: id,
    legs: z.array(alertLeg).min(1).max(8),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ recipients: z.array(alertRecipient), dropped: z.array(z.string()), added: z.array(z.string()) }),
  errors: ['cargo.reroute-decided', 'cargo.alert-invalid', 'cargo.alert-no-recipient', 'procedures.refused', 'audit.backlog'],
} as const

export const dismissReroute = {
  id: 'cargo.dismissReroute',
  method: 'post',
  path: 'cargo/alerts/:alert/reroutes/:reroute/dismissals',
  summary: 'The itinerary stays as it is; the same statement does not ask again',
  permission: 'cargo.handle-alert',
  purposeRequired: true,
  audit: 'cargo.reroute-dismissed',
  input: z.strictObject({ alert: z.string().max(60), reroute: id, reason: z.string().min(3).max(300) }),
  ok: z.object({ state: z.literal('dismissed') }),
  errors: ['cargo.reroute-decided'],
} as const

export const tellReroute = {
  id: 'cargo.tellReroute',
  method: 'post',
  path: 'cargo/alerts/:alert/reroutes/:reroute/notices',
  summary: 'A receiving desk tells the originator which ports changed; its document stays where it is',
  permission: 'cargo.handle-alert',
  purposeRequired: true,
  audit: 'cargo.reroute-told',
  input: z.strictObject({ alert: z.string().max(60), reroute: id }),
  ok: z.object({ state: z.literal('told') }),
  errors: ['cargo.reroute-decided', 'audit.backlog'],
} as const
