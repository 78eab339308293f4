/** Wire shape and route of the life of a container: everything this desk holds about it in order of time, with gaps, contradictions and versions of filings. */
import { z } from 'zod'
import { pointer } from './intake.ts'

const lifeSource = z.object({ at: pointer, documentName: z.string() })

export const lifeEntry = z.object({
  kind: z.enum(['ordered', 'released', 'weighed', 'declared', 'planned', 'gate-in', 'loaded', 'discharged', 'gate-out', 'reported']),
  message: z.string(),
  /** Of the happening as stated; absent when the document gives none, and the receipt orders it. */
  at: z.iso.datetime().optional(),
  receivedAt: z.iso.datetime(),
  place: z.object({ code: z.string(), name: z.string().optional() }).optional(),
  loading: z.string().optional(),
  discharge: z.string().optional(),
  voyage: z.string().optional(),
  booking: z.string().optional(),
  bill: z.string().optional(),
  fullness: z.enum(['full', 'empty']).optional(),
  isoType: z.string().optional(),
  seals: z.array(z.string()),
  verifiedKg: z.number().optional(),
  declaredKg: z.number().optional(),
  /** Entries of one journey share a number, from 0. */
  journey: z.number(),
  sources: z.array(lifeSource),
})
export type LifeEntryView = z.infer<typeof lifeEntry>

export const lifeContradiction = z.object({
  code: z.enum(['impossible-journey', 'two-journeys', 'seals', 'type', 'weight', 'discharge', 'fullness']),
  /** Places in `entries`. */
  entries: z.tuple([z.number(), z.number()]),
})

export const lifeFiling = z.object({
  bill: z.string(),
  message: z.string(),
  versions: z.array(
    z.object({
      receivedAt: z.iso.datetime(),
      source: lifeSource,
      /** Against the version before; empty for the first. */
      differences: z.array(z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() })),
    }),
  ),
})

export const showLife = {
  id: 'cargo.showLife',
  method: 'get',
  path: 'cargo/containers/:container/life',
  summary: 'The life of one container as this desk may know it: timeline, gaps, contradictions, versions of filings',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.container-read',
  input: z.strictObject({ container: z.string().min(1).max(20) }),
  ok: z.object({
    container: z.string(),
    valid: z.boolean(),
    entries: z.array(lifeEntry),
    gaps: z.array(z.object({ after: z.number(), before: z.number(), expected: z.array(z.string()) })),
    contradictions: z.array(lifeContradiction),
    filings: z.array(lifeFiling),
    /** Statements beyond the newest 500 sightings and 200 consignments, which are not shown. */
    leftOut: z.object({ sightings: z.number(), consignments: z.number() }),
  }),
  errors: [],
} as const
export type LifeView = z.infer<(typeof showLife)['ok']>
