/** Routes of cargo alerts (PR-01), with the shapes only they give. */
import { z } from 'zod'
import { evidenceKinds } from '#modules/exchange/contract'
import {
  alertDraft,
  alertLeg,
  alertRecipient,
  clockView,
  fieldProblem,
  listedSubject,
  reasonCode,
  releasedAlert,
  subjectKinds,
} from './alert-shapes.ts'
import { pointer, signalView } from './intake.ts'

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
  errors: ['cargo.alert-invalid', 'cargo.alert-gate', 'cargo.alert-no-recipient', 'audit.backlog'],
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
  /** Absent when the content is gone. */
  subject: listedSubject.optional(),
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
  text: z.string().max(40).optional().describe('Beginning of the number of a container, air waybill, unit load device or bill of lading'),
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

/** Where a consignment that the desk holds meets an alert. */
export const matchedOn = [...subjectKinds, 'bill', 'booking', 'seal'] as const

export const evidenceStep = z.object({
  kind: z.enum(evidenceKinds),
  positive: z.boolean(),
  at: z.iso.datetime(),
  issuer: z.string(),
})

export const declineCodes = ['alreadyControlled', 'noLegalBasis', 'capacity', 'notArriving', 'insufficientData', 'other'] as const
export const controlKinds = ['document-check', 'scan', 'physical-control', 'dog', 'sampling'] as const
export const notControlledReasons = ['capacity', 'notFound', 'alreadyGone', 'equipmentFailure', 'decidedOtherwise', 'other'] as const
/** Of these, the reasons that others could help with. */
export const lackOfMeans = ['capacity', 'equipmentFailure'] as const satisfies readonly (typeof notControlledReasons)[number][]
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
  /** Cases that came of it at this desk, for example a request for assistance. */
  followed: z.array(z.object({ caseId: z.string(), title: z.string(), state: z.string(), link: z.string() })),
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
            on: z.enum(matchedOn),
            value: z.string(),
            bill: z.string(),
            consignee: z.string().optional(),
            goods: z.string().optional(),
            at: pointer,
          }),
        ),
        /** Members that the originator lets nobody compare: their handling leaves no `cross-match`. */
        notCompared: z.array(z.string()),
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
  summary: 'Acknowledge, target, decline, record the control or the outcome, ask for the means, for the own desk',
  permission: 'cargo.handle-alert',
  purposeRequired: true,
  audit: 'cargo.alert-moved',
  input: z.strictObject({
    alert: z.string().max(60),
    caseId: z.string().max(60),
    transition: z.enum(['ack', 'target', 'decline', 'control', 'recordOutcome', 'askAssistance', 'close']),
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
  errors: ['cargo.alert-invalid', 'cargo.alert-no-recipient', 'procedures.refused', 'audit.backlog'],
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
