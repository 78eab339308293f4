/** Wire shapes and routes of intake: documents, containers, consignments, identifiers, places. */
import { z } from 'zod'

export const pointer = z.object({
  document: z.string().describe('SHA-256 of the raw document'),
  segment: z.number(),
  element: z.number(),
  component: z.number(),
  start: z.number(),
  end: z.number(),
})
export type Pointer = z.infer<typeof pointer>

export const intakeProblem = z.object({
  code: z.string(),
  at: z.string(),
  text: z.string(),
})

const page = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
}
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const documentState = z.enum(['waiting', 'reading', 'read', 'refused'])
export const documentRow = z.object({
  document: sha256,
  name: z.string(),
  size: z.number(),
  kind: z.enum(['edifact', 'declarations', 'air', 'json', 'xml', 'unknown']),
  state: documentState,
  /** Share of the bytes read so far, 0 to 1. */
  progress: z.number(),
  receivedAt: z.iso.datetime(),
  messages: z.object({
    accepted: z.number(),
    warned: z.number(),
    quarantined: z.number(),
  }),
  types: z.array(z.string()),
  containers: z.number(),
  consignments: z.number(),
  warnings: z.number(),
  refused: intakeProblem.optional(),
  vessel: z.string().optional(),
  voyage: z.string().optional(),
  generated: z.boolean().describe('True when the document says of itself that it is generated'),
})
export type DocumentRow = z.infer<typeof documentRow>

export const uploadDocument = {
  id: 'cargo.uploadDocument',
  method: 'post',
  path: 'cargo/documents',
  summary: 'Take in one message file or declaration list; it is read in the background',
  permission: 'cargo.intake',
  purposeRequired: true,
  audit: 'cargo.document-received',
  input: z.strictObject({ name: z.string().min(1).max(200) }),
  ok: z.object({ document: sha256, size: z.number(), known: z.boolean() }),
  errors: ['cargo.document-too-large', 'cargo.document-empty'],
  upload: { maxBytes: 536_870_912 },
} as const

export const listDocuments = {
  id: 'cargo.listDocuments',
  method: 'get',
  path: 'cargo/documents',
  summary: 'Documents this desk has taken in, newest first',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.documents-listed',
  input: z.strictObject({ state: documentState.optional(), ...page }),
  ok: z.object({ items: z.array(documentRow), next: z.string().optional() }),
  errors: [],
} as const

export const showDocument = {
  id: 'cargo.showDocument',
  method: 'get',
  path: 'cargo/documents/:document',
  summary: 'One document with its messages and warnings',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.document-read',
  input: z.strictObject({ document: sha256 }),
  ok: z.object({
    document: documentRow,
    messages: z.array(
      z.object({
        ordinal: z.number(),
        type: z.string(),
        directory: z.string(),
        reference: z.string(),
        segments: z.number(),
        outcome: z.enum(['accepted', 'warned', 'quarantined']),
      }),
    ),
    warnings: z.array(intakeProblem.extend({ message: z.number() })),
    /** Warnings beyond the first 1,000 are counted in `document.warnings` and named here. */
    warningsLeftOut: z.number(),
  }),
  errors: [],
} as const

export const showSource = {
  id: 'cargo.showSource',
  method: 'get',
  path: 'cargo/documents/:document/source',
  summary: 'The bytes of a document around a pointer, as text',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.source-read',
  input: z.strictObject({
    document: sha256,
    start: z.coerce.number().int().min(0),
    end: z.coerce.number().int().min(0),
  }),
  ok: z.object({ before: z.string(), text: z.string(), after: z.string() }),
  errors: ['cargo.range'],
} as const

export const equipmentFlag = z.enum(['bad-check-digit', 'not-iso', 'signal', 'alert'])
export const equipmentRow = z.object({
  id: z.string(),
  container: z.string(),
  isoType: z.string().optional(),
  fullness: z.enum(['full', 'empty']).optional(),
  stowage: z.string().optional(),
  loading: z.string().optional(),
  discharge: z.string().optional(),
  finalPlace: z.string().optional(),
  weight: z.number().optional(),
  verifiedWeight: z.boolean(),
  temperature: z.number().optional(),
  operator: z.string().optional(),
  booking: z.string().optional(),
  bill: z.string().optional(),
  seals: z.array(z.string()),
  goods: z.string().optional(),
  message: z.string(),
  document: sha256,
  flags: z.array(equipmentFlag),
})
export type EquipmentRow = z.infer<typeof equipmentRow>

export const equipmentSort = z.enum(['container', 'stowage', 'loading', 'discharge', 'weight'])

export const listEquipment = {
  id: 'cargo.listEquipment',
  method: 'get',
  path: 'cargo/equipment',
  summary: 'Containers as the documents of this desk state them, filtered and sorted, by page',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.equipment-listed',
  input: z.strictObject({
    document: sha256.optional(),
    container: z.string().max(20).optional().describe('Beginning of a container number'),
    loading: z.string().max(10).optional(),
    discharge: z.string().max(10).optional(),
    fullness: z.enum(['full', 'empty']).optional(),
    flag: equipmentFlag.optional(),
    sort: equipmentSort.default('container'),
    order: z.enum(['asc', 'desc']).default('asc'),
    ...page,
  }),
  ok: z.object({
    items: z.array(equipmentRow),
    next: z.string().optional(),
    /** Exact when cheap to know (one document, no filter), otherwise absent: nothing is guessed. */
    total: z.number().optional(),
  }),
  errors: ['cargo.cursor'],
} as const

export const consignmentRow = z.object({
  id: z.string(),
  bill: z.string(),
  declaration: z.boolean(),
  consignor: z.string().optional(),
  consignee: z.string().optional(),
  notify: z.string().optional(),
  loading: z.string().optional(),
  discharge: z.string().optional(),
  goods: z.string().optional(),
  hs: z.string().optional(),
  gross: z.number().optional(),
  packages: z.number().optional(),
  containers: z.array(z.string()),
  document: sha256,
})
export type ConsignmentRow = z.infer<typeof consignmentRow>

export const listConsignments = {
  id: 'cargo.listConsignments',
  method: 'get',
  path: 'cargo/consignments',
  summary: 'Transport documents and declarations as this desk holds them, by page',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.consignments-listed',
  input: z.strictObject({
    document: sha256.optional(),
    bill: z.string().max(40).optional().describe('Beginning of a bill of lading number'),
    container: z.string().max(20).optional(),
    ...page,
  }),
  ok: z.object({ items: z.array(consignmentRow), next: z.string().optional() }),
  errors: ['cargo.cursor'],
} as const

export const signalFact = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  at: pointer.optional(),
})
export const signalView = z.object({
  id: z.string(),
  detector: z.object({
    id: z.string(),
    version: z.string(),
    title: z.string(),
  }),
  explanation: z.string(),
  facts: z.array(signalFact),
  innocentAlternatives: z.array(z.string()),
  knownLimits: z.string(),
  legalBasis: z.string(),
  raisedAt: z.iso.datetime(),
})
export type SignalView = z.infer<typeof signalView>

/** A signal that held once: what it said, from when to when, and why it holds no more. */
export const withdrawnSignal = signalView.pick({ id: true, detector: true, explanation: true, raisedAt: true }).extend({
  withdrawnAt: z.iso.datetime(),
  reason: z.enum(['restated', 'cannot-say', 'no-longer-holds', 'compared-anew']),
  document: sha256.optional().describe('The document that gave the occasion'),
})
export type WithdrawnSignal = z.infer<typeof withdrawnSignal>

export const sightingView = z.object({
  at: z.iso.datetime().describe('When it happened as stated, else when its message was prepared, else when the document came in'),
  stated: z.boolean().describe('True when the document states the instant'),
  message: z.string(),
  document: sha256,
  documentName: z.string(),
  lines: z.array(z.object({ label: z.string(), value: z.string(), at: pointer.optional() })),
})

export const showContainer = {
  id: 'cargo.showContainer',
  method: 'get',
  path: 'cargo/containers/:container',
  summary: 'Everything this desk may see about one container: timeline, consignments, signals, alerts',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.container-read',
  input: z.strictObject({ container: z.string().min(1).max(20) }),
  ok: z.object({
    container: z.string(),
    valid: z.boolean(),
    suggestion: z.string().optional(),
    sightings: z.array(sightingView),
    consignments: z.array(consignmentRow),
    signals: z.array(signalView),
    withdrawn: z.array(withdrawnSignal).describe('The newest 50 that hold no more'),
    notComputable: z.array(
      z.object({
        detector: z.string(),
        title: z.string(),
        missing: z.array(z.string()),
      }),
    ),
    alerts: z.array(
      z.object({
        alert: z.string(),
        state: z.string(),
        issuedAt: z.iso.datetime(),
      }),
    ),
    leftOut: z
      .object({ sightings: z.number(), consignments: z.number(), alerts: z.number() })
      .describe('Beyond the newest 200 sightings, 50 consignments and 20 alerts, which alone are listed'),
    /** Prefill of an alert from what the newest documents state. */
    prefill: z.object({
      bill: z.string().optional(),
      booking: z.string().optional(),
      seals: z.array(z.string()),
      vesselName: z.string().optional(),
      vesselImo: z.string().optional(),
      voyage: z.string().optional(),
      goods: z.string().optional(),
      legs: z.array(
        z.object({
          role: z.enum(['loading', 'transhipment', 'discharge']),
          place: z.string(),
          eta: z.iso.datetime().optional(),
        }),
      ),
    }),
  }),
  errors: [],
} as const

export const checkIdentifier = {
  id: 'cargo.checkIdentifier',
  method: 'post',
  path: 'cargo/identifier-checks',
  summary: 'Check a container number, IMO number, UN/LOCODE or HS code and offer the right digit',
  permission: 'cargo.read',
  purposeRequired: false,
  audit: 'cargo.identifier-checked',
  input: z.strictObject({
    kind: z.enum(['container', 'imo', 'unlocode', 'hs']),
    value: z.string().max(40),
  }),
  ok: z.object({
    kind: z.string(),
    value: z.string(),
    valid: z.boolean(),
    suggestion: z.string().optional(),
    reason: z.string().optional(),
    name: z.string().optional(),
  }),
  errors: [],
} as const

export const searchPlaces = {
  id: 'cargo.searchPlaces',
  method: 'get',
  path: 'cargo/places',
  summary: 'Ports and places of the public UN/LOCODE list by code or name',
  permission: 'cargo.read',
  purposeRequired: false,
  audit: 'cargo.places-searched',
  input: z.strictObject({ text: z.string().min(1).max(60) }),
  ok: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        country: z.string(),
        latitude: z.number().optional(),
        longitude: z.number().optional(),
      }),
    ),
  }),
  errors: [],
} as const
