/** Wire shapes and routes of cargo alerts (PR-01). Field audiences are enforced by the release function, not by these schemas alone. */
import { z } from 'zod'
import { pointer, signalView } from './intake.ts'

/** Why a consignment is thought suspicious. Things and events only; no reason speaks of a person. */
export const reasonCodes = {
  'seal-anomaly': 'Seal differs, is missing, or looks tampered with',
  'weight-anomaly': 'Weight does not fit the goods or the booking',
  'identity-anomaly': 'Container number is wrong, cloned or painted over',
  'route-anomaly': 'Route is new or makes no commercial sense',
  'document-anomaly': 'Documents disagree or were changed late',
  'description-anomaly': 'Description of the goods is empty or does not fit',
  'first-time-party': 'Company ships for the first time',
  'reefer-anomaly': 'Reefer setting does not fit the goods, or the unit was opened',
  'scan-anomaly': 'Scan image shows something that does not fit',
  'yard-anomaly': 'Moved, opened or asked about in the yard without reason',
  'human-source': 'Information from a source, graded separately',
  'returned-cargo': 'Cargo rejected or returned',
} as const
export type ReasonCode = keyof typeof reasonCodes
const reasonCode = z.enum(Object.keys(reasonCodes) as [ReasonCode, ...ReasonCode[]])

export const handlingWire = z.strictObject({
  H: z.array(z.enum(['H0', 'H1', 'H2', 'H3'])).max(4),
  tlp: z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']),
  pap: z.enum(['RED', 'AMBER', 'GREEN', 'CLEAR']),
  conditions: z.array(z.string().min(1).max(300)).max(5),
})
export const evaluationWire = z.strictObject({
  source: z.enum(['A', 'B', 'C', 'X']),
  info: z.coerce.number().int().min(1).max(4),
})

export const alertLeg = z.strictObject({
  role: z.enum(['loading', 'transhipment', 'discharge']),
  /** UN/LOCODE. */
  place: z.string().min(5).max(5),
  /** Expected arrival; required for every future port. */
  eta: z.iso.datetime({ offset: true }).optional(),
})

const seals = z.array(z.string().min(1).max(20)).max(10)
const narrative = z.string().max(2000)
/** Fields the source document states, for the receiving desk to see where a value comes from. */
const sources = z
  .array(z.strictObject({ field: z.string().max(40), documentName: z.string().max(200), segment: z.number(), pointer }))
  .max(40)

export const alertDraft = z.strictObject({
  container: z.string().min(1).max(20),
  /** The officer confirms that the box is painted so although the check digit fails; recorded, and itself a signal. */
  paintedSo: z.boolean().default(false),
  bill: z.string().max(40).optional(),
  booking: z.string().max(40).optional(),
  seals: seals.default([]),
  vesselName: z.string().max(60).optional(),
  vesselImo: z.string().max(10).optional(),
  voyage: z.string().max(20).optional(),
  goods: z.string().max(300).optional(),
  legs: z.array(alertLeg).min(1).max(8),
  reasons: z.array(reasonCode).min(1).max(6),
  /** What the officer saw; for the receiving desks only, never for private partners. No names of persons are needed here. */
  narrative: narrative.default(''),
  requested: z.enum(['monitor', 'document-check', 'scan', 'physical-control', 'do-not-load-advice']),
  evaluation: evaluationWire,
  handling: handlingWire,
  sources: sources.default([]),
  /** Third-country-source gate: where the information came from. */
  source: z.strictObject({
    origin: z.enum(['own-control', 'own-analysis', 'carrier', 'human-source', 'foreign-authority']),
    /** Required when the origin is a foreign authority: it must have agreed to the transfer (LED Art 35(1)(c), (e)). */
    originatorAgreed: z.boolean().default(false),
    personalData: z.boolean().default(false),
  }),
})
export type AlertDraft = z.infer<typeof alertDraft>
export type AlertDraftInput = z.input<typeof alertDraft>

/** The draft as released to somebody: a member that was not released is absent, and no default stands in for it. */
export const releasedAlert = alertDraft.extend({ paintedSo: z.boolean(), seals, narrative, sources }).partial()

export const fieldProblem = z.object({
  code: z.string(),
  at: z.string(),
  message: z.string(),
  suggestion: z.string().optional(),
})

export const alertRecipient = z.object({
  desk: z.string(),
  deskName: z.string(),
  authority: z.string(),
  country: z.string(),
  role: z.enum(['responsible', 'involved']),
  place: z.string(),
  eta: z.iso.datetime(),
  /** Why this desk: first port in the customs territory, or a later port of the itinerary. */
  because: z.string(),
})
export type AlertRecipient = z.infer<typeof alertRecipient>

export const clockView = z.object({
  id: z.string(),
  label: z.string(),
  safe: z.iso.datetime(),
  legalLatest: z.iso.datetime(),
  state: z.enum(['running', 'suspended', 'met', 'missed', 'stopped']),
  kind: z.enum(['law', 'policy']),
  basis: z.string(),
  explain: z.string(),
})
export type ClockWire = z.infer<typeof clockView>

export const previewAlert = {
  id: 'cargo.previewAlert',
  method: 'post',
  path: 'cargo/alert-previews',
  summary: 'Check a draft: problems with the right digit, derived recipients, gate, and who will see what',
  permission: 'cargo.issue-alert',
  purposeRequired: true,
  audit: 'cargo.alert-previewed',
  input: alertDraft,
  ok: z.object({
    problems: z.array(fieldProblem),
    warnings: z.array(fieldProblem),
    recipients: z.array(alertRecipient),
    /** Ports of the itinerary for which no desk of the coalition answers. */
    uncovered: z.array(z.object({ place: z.string(), because: z.string() })),
    gate: z.object({
      decision: z.enum(['pass', 'refuse']),
      because: z.string(),
      basis: z.string(),
    }),
    whoSeesWhat: z.array(z.object({ audience: z.string(), fields: z.array(z.string()) })),
  }),
  errors: [],
} as const

export const issueAlert = {
  id: 'cargo.issueAlert',
  method: 'post',
  path: 'cargo/alerts',
  summary: 'Issue a cargo alert to the desks derived from the itinerary',
  permission: 'cargo.issue-alert',
  purposeRequired: true,
  audit: 'cargo.alert-issued',
  input: z.strictObject({
    draft: alertDraft,
    /** Repeating the same key issues nothing twice. */ key: z.string().min(8).max(60),
  }),
  ok: z.object({ alert: z.string(), recipients: z.array(alertRecipient) }),
  errors: ['cargo.alert-invalid', 'cargo.alert-gate', 'cargo.alert-no-recipient'],
} as const

export const alertState = z.enum([
  'issued',
  'acknowledged',
  'targeted',
  'declined',
  'controlled',
  'positive',
  'negative',
  'notControlled',
  'closed',
  'superseded',
  'recalled',
  'expired',
])
export const alertRow = z.object({
  alert: z.string(),
  container: z.string(),
  side: z.enum(['issued', 'received']),
  state: alertState,
  reasons: z.array(reasonCode),
  originator: z.string(),
  nextPort: z.string().optional(),
  eta: z.iso.datetime().optional(),
  issuedAt: z.iso.datetime(),
  due: z.iso.datetime().optional(),
})
export type AlertRow = z.infer<typeof alertRow>

const listInput = {
  text: z.string().max(40).optional().describe('Beginning of a container or bill of lading number'),
  state: alertState.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

export const listAlerts = {
  id: 'cargo.listAlerts',
  method: 'get',
  path: 'cargo/alerts',
  summary: 'Alerts this desk issued or received',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.alerts-listed',
  input: z.strictObject(listInput),
  ok: z.object({
    items: z.array(alertRow),
    next: z.string().optional(),
    counts: z.record(z.string(), z.number()),
  }),
  errors: ['cargo.cursor'],
} as const

export const exportAlerts = {
  id: 'cargo.exportAlerts',
  method: 'get',
  path: 'cargo/alert-exports',
  summary: 'The same list as CSV',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.alerts-exported',
  input: z.strictObject({ text: listInput.text, state: listInput.state }),
  ok: z.object({
    fileName: z.string(),
    mediaType: z.string(),
    text: z.string(),
  }),
  errors: [],
  download: true,
} as const

export const evidenceStep = z.object({
  kind: z.enum(['submission', 'relay', 'delivery', 'retrieval']),
  positive: z.boolean(),
  at: z.iso.datetime(),
  issuer: z.string(),
})

export const declineCodes = ['alreadyControlled', 'noLegalBasis', 'capacity', 'notArriving', 'insufficientData', 'other'] as const
export const controlKinds = ['document-check', 'scan', 'physical-control', 'dog', 'sampling'] as const
export const notControlledReasons = ['capacity', 'notFound', 'alreadyGone', 'equipmentFailure', 'decidedOtherwise', 'other'] as const
export const foundKinds = ['cocaine', 'heroin', 'cannabis', 'synthetic-drug', 'precursor', 'weapon', 'cash', 'cigarettes', 'other'] as const
export const foundPlaces = ['with-goods', 'near-doors', 'reefer-unit', 'structure', 'outside', 'other'] as const

export const partyView = z.object({
  caseId: z.string(),
  desk: z.string(),
  deskName: z.string(),
  role: z.enum(['responsible', 'involved']),
  place: z.string(),
  eta: z.iso.datetime().optional(),
  state: alertState,
  version: z.number(),
  clocks: z.array(clockView),
  evidence: z.array(evidenceStep),
  history: z.array(
    z.object({
      transition: z.string(),
      to: z.string(),
      at: z.iso.datetime(),
      by: z.string(),
      fields: z.record(z.string(), z.unknown()),
    }),
  ),
  /** What this viewer may do now. */
  open: z.array(z.string()),
})
export type PartyView = z.infer<typeof partyView>

export const showAlert = {
  id: 'cargo.showAlert',
  method: 'get',
  path: 'cargo/alerts/:alert',
  summary: 'One alert as this desk may see it, with clocks, evidence, signals and local matches',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.alert-read',
  input: z.strictObject({ alert: z.string().max(60) }),
  ok: z.object({
    alert: z.string(),
    side: z.enum(['issued', 'received']),
    state: alertState,
    issuedAt: z.iso.datetime(),
    originator: z.object({
      desk: z.string(),
      deskName: z.string(),
      authority: z.string(),
      country: z.string(),
    }),
    /** The released view: members the viewer may not see are absent. */
    content: releasedAlert,
    /** Set when the originator withdrew the desk or recalled the alert; content is then empty. */
    notice: z.string().optional(),
    places: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        country: z.string(),
        role: z.string(),
        eta: z.iso.datetime().optional(),
        latitude: z.number().optional(),
        longitude: z.number().optional(),
      }),
    ),
    parties: z.array(partyView),
    signals: z.array(signalView),
    notComputable: z.array(
      z.object({
        detector: z.string(),
        title: z.string(),
        missing: z.array(z.string()),
      }),
    ),
    /** Match against this node's own declarations; computed here, kept here. Absent on the originator's side. */
    localMatch: z
      .object({
        checkedAt: z.iso.datetime(),
        compared: z.number(),
        hits: z.array(
          z.object({
            on: z.enum(['container', 'bill', 'booking', 'seal']),
            value: z.string(),
            bill: z.string(),
            consignee: z.string().optional(),
            goods: z.string().optional(),
            at: pointer,
          }),
        ),
      })
      .optional(),
    outcomes: z.array(
      z.object({
        desk: z.string(),
        kind: z.string(),
        at: z.iso.datetime(),
        fields: z.record(z.string(), z.unknown()),
      }),
    ),
    portActions: z.array(
      z.object({
        action: z.string(),
        kind: z.string(),
        state: z.string(),
        partner: z.string(),
      }),
    ),
    /** Partner desks to which a port action may be addressed from here. */
    partners: z.array(
      z.object({
        desk: z.string(),
        name: z.string(),
        places: z.array(z.string()),
      }),
    ),
    mayUpdate: z.boolean(),
    mayRecall: z.boolean(),
  }),
  errors: [],
} as const

export const moveAlert = {
  id: 'cargo.moveAlert',
  method: 'post',
  path: 'cargo/alerts/:alert/transitions',
  summary: 'Acknowledge, target, decline, record the control or the outcome, for the own desk',
  permission: 'cargo.handle-alert',
  purposeRequired: true,
  audit: 'cargo.alert-moved',
  input: z.strictObject({
    alert: z.string().max(60),
    caseId: z.string().max(60),
    transition: z.enum(['ack', 'target', 'decline', 'control', 'recordOutcome', 'close']),
    fields: z.record(z.string().max(40), z.unknown()).default({}),
    version: z.number().int(),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ state: alertState, version: z.number() }),
  errors: ['procedures.refused', 'procedures.conflict', 'procedures.fields'],
} as const

export const updateAlert = {
  id: 'cargo.updateAlert',
  method: 'post',
  path: 'cargo/alerts/:alert/updates',
  summary: 'Change the itinerary; recipients are derived again and dropped desks lose access',
  permission: 'cargo.issue-alert',
  purposeRequired: true,
  audit: 'cargo.alert-updated',
  input: z.strictObject({
    alert: z.string().max(60),
    legs: z.array(alertLeg).min(1).max(8),
    reason: z.string().min(3).max(300),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({
    recipients: z.array(alertRecipient),
    dropped: z.array(z.string()),
    added: z.array(z.string()),
  }),
  errors: ['cargo.alert-invalid', 'cargo.alert-no-recipient', 'procedures.refused'],
} as const

export const recallAlert = {
  id: 'cargo.recallAlert',
  method: 'post',
  path: 'cargo/alerts/:alert/recalls',
  summary: 'Take the alert back; every recipient is told and loses the content',
  permission: 'cargo.issue-alert',
  purposeRequired: true,
  audit: 'cargo.alert-recalled',
  input: z.strictObject({
    alert: z.string().max(60),
    reason: z.string().min(3).max(300),
    key: z.string().min(8).max(60),
  }),
  ok: z.object({ recalled: z.number() }),
  errors: ['procedures.refused'],
} as const

export const hitRates = {
  id: 'cargo.hitRates',
  method: 'get',
  path: 'cargo/statistics/hit-rates',
  summary: 'Hit rate by reason code with interval; the denominator is controlled alerts only',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.statistics-read',
  input: z.strictObject({}),
  ok: z.object({
    denominator: z.string(),
    smallCell: z.number(),
    rows: z.array(
      z.object({
        reason: reasonCode,
        meaning: z.string(),
        controlled: z.number().optional(),
        positive: z.number().optional(),
        notControlled: z.number().optional(),
        rate: z.number().optional(),
        low: z.number().optional(),
        high: z.number().optional(),
        suppressed: z.boolean(),
      }),
    ),
  }),
  errors: [],
} as const
