/** Routes of the customs desk that answers for the port: chains whole, with signals and the check that nothing was altered. */
import { z } from 'zod'
import { cursor, key, partnerKind, partyView, refusalReason, rightId, rightName } from './shapes.ts'

export const chainStages = ['announced', 'released', 'ordered', 'pre-notified', 'gate-matched', 'gated-out', 'revoked'] as const
export const customsStates = ['none', 'hold', 'clear'] as const

export const chainRow = z.object({
  right: rightId,
  container: z.string(),
  voyage: z.string(),
  port: z.string(),
  stage: z.enum(chainStages),
  discharged: z.boolean(),
  customs: z.enum(customsStates),
  holder: partyView.optional(),
  haulier: partyView.optional(),
  events: z.number().int(),
  /** Signals by their detector, `L1` to `L8`. */
  signals: z.array(z.string()),
  changedAt: z.iso.datetime(),
})
export type ChainRow = z.infer<typeof chainRow>

export const listChains = {
  id: 'alliance.listChains',
  method: 'get',
  path: 'alliance/chains',
  summary: 'Chains of release rights of the ports this desk answers for, last changed first',
  permission: 'alliance.read-chains',
  purposeRequired: true,
  audit: 'alliance.chains-listed',
  input: z.strictObject({
    port: rightName.port.optional(),
    stage: z.enum(chainStages).optional(),
    container: z.string().max(20).optional(),
    signalled: z.enum(['yes', 'all']).default('all'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  ok: z.object({ items: z.array(chainRow), next: z.string().optional() }),
  errors: ['alliance.cursor'],
} as const

export const chainEvent = z.object({
  hash: z.string(),
  previous: z.string(),
  at: z.iso.datetime(),
  kind: z.string(),
  by: partyView.extend({ role: z.union([partnerKind, z.enum(['customs', 'system', 'outside'])]) }),
  /** The other party of the event: receiver, haulier. */
  to: partyView.optional(),
  /** What else the event says, as name and value; tokens of vehicle and driver are cut to their first eight signs. */
  facts: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) })),
  refused: refusalReason.optional(),
})
export type ChainEvent = z.infer<typeof chainEvent>

export const allianceSignal = z.object({
  signal: z.string(),
  detector: z.string(),
  version: z.string(),
  title: z.string(),
  raisedAt: z.iso.datetime(),
  right: rightId,
  container: z.string(),
  voyage: z.string(),
  port: z.string(),
  explanation: z.string(),
  /** `event` is the hash of the ledger event the fact stands in. */
  facts: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]), event: z.string().optional() })),
  innocentAlternatives: z.array(z.string()),
  knownLimits: z.string(),
  legalBasis: z.string(),
})
export type AllianceSignal = z.infer<typeof allianceSignal>

export const chainView = chainRow.extend({
  links: z.array(
    z.object({
      party: partyView,
      as: partnerKind,
      from: partyView.optional(),
      givenAt: z.iso.datetime().optional(),
      to: partyView.optional(),
      passedAt: z.iso.datetime().optional(),
    }),
  ),
  history: z.array(chainEvent),
  /** Reads are events too; they come apart because they are many. Newest first, at most 200, `readsTotal` says how many there are. */
  reads: z.array(z.object({ at: z.iso.datetime(), by: partyView, inChain: z.boolean(), account: z.string() })),
  readsTotal: z.number().int(),
  hold: z
    .object({
      since: z.iso.datetime(),
      until: z.iso.datetime().optional(),
      /** The port action (PR-09) that asked the terminal; its page measures time-to-hold. */
      portAction: z.string().optional(),
    })
    .optional(),
  /** Since when it is chosen for inspection. */
  selectedSince: z.iso.datetime().optional(),
  /** Whether the events still hash to what they were; `broken` names the first that does not. */
  verification: z.object({
    intact: z.boolean(),
    events: z.number().int(),
    head: z.string(),
    broken: z.string().optional(),
    because: z.string().optional(),
  }),
  signalDetails: z.array(allianceSignal),
  /** What could not be evaluated, by detector, and which facts are missing. */
  notComputable: z.array(z.object({ detector: z.string(), missing: z.array(z.string()) })),
  mayRevoke: z.boolean(),
  maySetCustoms: z.boolean(),
})
export type ChainView = z.infer<typeof chainView>

export const showChain = {
  id: 'alliance.showChain',
  method: 'get',
  path: 'alliance/chains/:right',
  summary: 'One chain whole: links, events, reads, holds, signals, and whether anything was altered',
  permission: 'alliance.read-chains',
  purposeRequired: true,
  audit: 'alliance.chain-read',
  input: z.strictObject({ right: rightId }),
  ok: chainView,
  errors: [],
} as const

export const listAllianceSignals = {
  id: 'alliance.listSignals',
  method: 'get',
  path: 'alliance/signals',
  summary: 'Signals of the ledger for the ports of this desk, newest first',
  permission: 'alliance.read-chains',
  purposeRequired: true,
  audit: 'alliance.signals-listed',
  input: z.strictObject({
    detector: z.string().max(10).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  ok: z.object({ items: z.array(allianceSignal), next: z.string().optional() }),
  errors: ['alliance.cursor'],
} as const

export const setCustomsState = {
  id: 'alliance.setCustomsState',
  method: 'post',
  path: 'alliance/chains/customs-states',
  summary: 'Hold or clear a container; a hold ends by itself at its end',
  permission: 'alliance.decide',
  purposeRequired: true,
  audit: 'alliance.customs-state-set',
  input: z.strictObject({
    ...rightName,
    state: z.enum(['hold', 'clear', 'selected']),
    /** For a hold: when it ends by itself, at most 14 days ahead. */
    until: z.iso.datetime({ offset: true }).optional(),
    /** The port action that asked the terminal to hold. */
    portAction: z.string().max(60).optional(),
    key,
  }),
  ok: z.object({ right: rightId }),
  errors: ['alliance.port', 'alliance.name', 'alliance.until', 'alliance.conflict', 'alliance.chain-broken', 'audit.backlog'],
} as const

export const revokeByAuthority = {
  id: 'alliance.revokeByAuthority',
  method: 'post',
  path: 'alliance/chains/revocations',
  summary: 'Customs revokes a right, on its own power or by the order of a court',
  permission: 'alliance.decide',
  purposeRequired: true,
  audit: 'alliance.right-revoked',
  input: z.strictObject({
    right: rightId,
    by: z.enum(['customs', 'court']),
    /** Power or order it rests on; never shown to a partner. */
    legalBasisText: z.string().min(3).max(300),
    key,
  }),
  ok: z.object({ right: rightId }),
  errors: ['alliance.refused', 'alliance.conflict', 'alliance.chain-broken', 'audit.backlog'],
} as const
