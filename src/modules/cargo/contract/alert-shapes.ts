/** Wire shapes of a cargo alert (PR-01): what is written, to whom it goes, its clocks. Field audiences are enforced by the release function, not by these schemas alone. */
import { z } from 'zod'
import { printAwbNumber } from '#kernel/identifiers/awb-number.ts'
import { pointer } from './intake.ts'

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
export const reasonCode = z.enum(Object.keys(reasonCodes) as [ReasonCode, ...ReasonCode[]])

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

export const subjectKinds = ['container', 'air-waybill', 'unit-load-device'] as const

/** The one thing that an alert is about. */
export const alertSubject = z.strictObject({
  kind: z.enum(subjectKinds),
  /** ISO 6346; airline, serial number and check digit; type, serial number and owner. In an alert that was issued: capitals, no separators. */
  number: z.string().min(1).max(20),
  /** The officer confirms that it stands so on the box or in the document although the check digit fails; recorded, and itself a signal. */
  asStated: z.boolean().default(false),
})
export type AlertSubject = z.infer<typeof alertSubject>
/** As a list names it. */
export const listedSubject = alertSubject.pick({ kind: true, number: true })
export type ListedSubject = z.infer<typeof listedSubject>

/** As people write it. */
export function subjectText({ kind, number }: ListedSubject): string {
  return kind === 'air-waybill' && /^[0-9]{11}$/.test(number) ? printAwbNumber(number) : number
}

export const alertLeg = z.strictObject({
  role: z.enum(['loading', 'transhipment', 'discharge']),
  /** UN/LOCODE, of the port or of the place of the airport. */
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

/** Members that a recipient can do without: the others make an alert what it is. */
export const markableFields = ['bill', 'booking', 'seals', 'vesselName', 'vesselImo', 'voyage', 'goods', 'narrative', 'sources'] as const
export type MarkableField = (typeof markableFields)[number]

/** Members that can have a handling of their own: what the alert says, not how it is said. */
export const handledFields = ['subject', 'legs', 'reasons', 'requested', ...markableFields] as const
export type HandledField = (typeof handledFields)[number]

export const alertDraft = z.strictObject({
  subject: alertSubject,
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
  /** Release marks: a member named here goes to the named desks alone, of those the itinerary gives. It adds no desk. */
  onlyFor: z.partialRecord(z.enum(markableFields), z.array(z.string().min(1).max(120)).max(20)).optional(),
  /** Handling of a member of its own, as strict as that of the alert in every part. It goes with the member to whoever gets the member, and to nobody else. */
  fieldHandling: z.partialRecord(z.enum(handledFields), handlingWire).optional(),
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
export const releasedAlert = alertDraft.extend({ seals, narrative, sources }).partial()

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
