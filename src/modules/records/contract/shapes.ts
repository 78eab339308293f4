/** What a record looks like on the wire: the statements that are for this reader, under a canonical id that tells of nothing else. */
import { z } from 'zod'
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { SUBJECT_CATEGORIES } from '#kernel/record/statement.ts'
import { evaluationWire, handlingWire } from '#modules/exchange/contract'

export const entityId = z.string().regex(ENTITY_ID)
export const id = z.uuid()
export const key = z.uuid()
export const desk = z.string().min(3).max(120)
/** A schema or property of the model; which ones there are, the model says. */
export const schemaName = z.string().regex(/^[A-Z][A-Za-z]{1,49}$/)
export const propertyName = z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/)
/** FtM date: a year, a month, a day or an instant. */
export const partialDate = z.string().regex(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?Z?)?)?)?$/)
export const MOST_VALUE = 65_536
export const caseRef = z.string().min(1).max(80)

/** How statements are marked when they are made; purpose and originator are those of the session. */
export const markingDraft = z.strictObject({
  evaluation: evaluationWire,
  handling: handlingWire,
  legalBasis: z.strictObject({ act: z.string().min(3).max(200), art: z.string().min(1).max(100) }),
  category: z.enum(SUBJECT_CATEGORIES),
  /** Days until somebody looks whether they are still needed, and until they are erased. */
  reviewDays: z.coerce.number().int().min(1).max(3650).default(365),
  retentionDays: z.coerce.number().int().min(1).max(3650).default(1095),
  /** Desks of the own authority, on this node, that may read them beside the own one. */
  readers: z.array(desk).max(30).default([]),
})
export type MarkingDraft = z.infer<typeof markingDraft>

export const markingView = z.object({
  origin: z.object({ org: z.string(), desk: z.string() }),
  evaluation: evaluationWire,
  handling: handlingWire,
  purpose: z.string(),
  legalBasis: z.object({ act: z.string(), art: z.string() }),
  category: z.enum(SUBJECT_CATEGORIES),
  reviewAt: z.iso.datetime(),
  eraseAt: z.iso.datetime(),
})

export const statementView = z.object({
  /** Fragment and ordinal: `<uuid>/3`. */
  statement: z.string(),
  entity: entityId,
  prop: z.string(),
  value: z.string(),
  /** Caption of the record that an entity value names; absent when it is none the reader may see: then the statement is not shown at all. */
  caption: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  lang: z.string().optional(),
  marking: markingView,
  source: z.object({
    collection: id,
    title: z.string(),
    externalId: z.string(),
    import: id.optional(),
    line: z.number().optional(),
    pointer: z.string().optional(),
  }),
  recordedFrom: z.iso.datetime(),
  recordedTo: z.iso.datetime().optional(),
  ended: z.object({ reason: z.string(), by: z.string(), note: z.string().optional() }).optional(),
  supersedes: id.optional(),
  /** Contested: kept, shown, and used no more (Directive (EU) 2016/680 Art 16(3)). */
  restricted: z.literal(true).optional(),
})
export type StatementView = z.infer<typeof statementView>

/** One line of a list of records. */
export const recordRow = z.object({
  entity: entityId,
  schema: z.string(),
  caption: z.string(),
  /** Values that tell records of one name apart: dates, countries, identifiers. */
  details: z.array(z.object({ prop: z.string(), value: z.string() })),
  collections: z.array(z.object({ collection: id, title: z.string() })),
  /** Records merged into it that this reader may see, itself among them. */
  merged: z.number().int(),
})
export type RecordRow = z.infer<typeof recordRow>

export const problemRow = z.object({
  line: z.number().int(),
  at: z.string(),
  code: z.string(),
  severity: z.enum(['warning', 'quarantined']),
  text: z.string(),
  /** What stood there, at most 2,000 signs of it. */
  raw: z.string().optional(),
})
export type ProblemRow = z.infer<typeof problemRow>

/** In a list that was cut short, how many there are: nothing is left out without saying so. */
export const counted = z.object({ total: z.number().int(), isAtLeast: z.boolean() })
