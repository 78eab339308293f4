/**
 * Wire shapes and routes of the vessel page: vessels of which this desk holds stowage plans, their voyages, and the boxes of one plan by column.
 * Invariant: one plan is one message; plans are never merged, so that what changed between two of them can be seen.
 */
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** IMO number where the plan states one, else the name in capitals; `-` where it states neither. */
const vesselKey = z.string().min(1).max(200)

/** Boxes in one answer: more than any ship carries. What lies beyond is counted. */
export const MOST_BOXES = 30_000

export const vesselRow = z.object({
  vessel: vesselKey,
  name: z.string().optional(),
  imo: z.string().optional(),
  plans: z.number().int(),
  lastReceivedAt: z.iso.datetime(),
})
export type VesselRow = z.infer<typeof vesselRow>

export const listVessels = {
  id: 'cargo.listVessels',
  method: 'get',
  path: 'cargo/vessels',
  summary: 'Vessels of which this desk holds stowage plans, the last received first',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.vessels-listed',
  input: z.strictObject({
    text: z.string().max(60).optional().describe('Beginning of a name or IMO number'),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({ items: z.array(vesselRow), next: z.string().optional() }),
  errors: ['cargo.cursor'],
} as const

export const planRow = z.object({
  document: sha256,
  message: z.number().int(),
  documentName: z.string(),
  type: z.string(),
  voyage: z.string().optional(),
  /** Places of departure and of the next call, as stated. */
  from: z.string().optional(),
  next: z.string().optional(),
  departsAt: z.string().optional(),
  receivedAt: z.iso.datetime(),
})
export type PlanRow = z.infer<typeof planRow>

export const showVessel = {
  id: 'cargo.showVessel',
  method: 'get',
  path: 'cargo/vessels/:vessel',
  summary: 'One vessel with the stowage plans this desk holds of it, the last received first',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.vessel-read',
  input: z.strictObject({ vessel: vesselKey }),
  ok: z.object({
    vessel: vesselKey,
    name: z.string().optional(),
    imo: z.string().optional(),
    plans: z.array(planRow),
    /** Plans beyond the newest 200. */
    leftOut: z.number().int(),
  }),
  errors: [],
} as const
export type VesselView = z.infer<(typeof showVessel)['ok']>

/** Marks of one box as bits: a plan of a large ship is one answer. */
export const boxBit = { signal: 1, alert: 2, badCheckDigit: 4, notIso: 8, full: 16, empty: 32, reefer: 64 } as const
/** A weight class holds so many kilograms: class 3 is above 10 t up to 15 t. */
export const WEIGHT_CLASS_KG = 5000

const column = z.array(z.number().int())
export const showStowage = {
  id: 'cargo.showStowage',
  method: 'get',
  path: 'cargo/stowage-plans/:document/:message',
  summary: 'The boxes of one stowage plan by column: position, container, marks, ports, weight class',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.stowage-read',
  input: z.strictObject({ document: sha256, message: z.coerce.number().int().min(0) }),
  ok: z.object({
    plan: planRow,
    vessel: vesselKey,
    name: z.string().optional(),
    imo: z.string().optional(),
    /** What the columns of ports and types point into. */
    places: z.array(z.string()),
    isoTypes: z.array(z.string()),
    /** Columns of equal length, ordered by position. −1: not stated. */
    containers: z.array(z.string()),
    /** Bay × 10,000 + row × 100 + tier; −1 where the position stated is none, or there is none. */
    positions: column,
    loading: column,
    discharge: column,
    isoType: column,
    /** Sums of `boxBit`. */
    marks: column,
    /** Class n holds weights above (n − 1) × 5 t up to n × 5 t; 0: not stated. */
    weights: column,
    /** Positions stated that are none, by place in the columns. */
    unreadable: z.array(z.object({ box: z.number().int(), stated: z.string() })),
    leftOut: z.number().int(),
  }),
  errors: [],
} as const
export type StowageAnswer = z.infer<(typeof showStowage)['ok']>
