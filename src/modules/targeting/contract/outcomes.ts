/** What came of each taken consignment: structured, quick, and owed by a day. "Not checked" and "not found in time" are outcomes, never negatives. */
import { z } from 'zod'
import { act, day, id, instant, key, page, port, text } from './shapes.ts'

export const outcomeKind = z.enum(['nothing', 'found', 'seal-broken', 'not-found-in-time', 'not-checked'])
export type OutcomeKind = z.infer<typeof outcomeKind>
/** How it was looked at; required for `nothing`, `found` and `seal-broken`. */
export const controlMeans = z.enum(['documents', 'scanned', 'opened'])
export const foundKind = z.enum(['cocaine', 'heroin', 'cannabis', 'synthetic', 'precursor', 'tobacco', 'weapons', 'cash', 'other'])
export const foundPlace = z.enum(['cargo', 'door-end', 'structure', 'reefer-unit', 'floor', 'roof', 'other'])
export const notCheckedReason = z.enum(['no-staff', 'no-equipment', 'already-gone', 'safety', 'withdrawn', 'other'])

export const outcomeDraft = z.strictObject({
  arrival: id,
  kind: outcomeKind,
  means: controlMeans.optional(),
  found: z
    .array(z.strictObject({ kind: foundKind, kilograms: z.number().positive().max(100_000), place: foundPlace }))
    .max(10)
    .default([]),
  reason: notCheckedReason.optional(),
  note: text(1, 500).optional(),
})
export type OutcomeDraft = z.infer<typeof outcomeDraft>

export const outcomeRow = z.object({
  arrival: id,
  container: z.string(),
  port,
  day,
  vessel: z.string().optional(),
  stratum: z.string(),
  taken: act,
  dueAt: instant,
  overdue: z.boolean(),
  /** How the due moment was computed, in words. */
  dueBasis: z.string(),
  recorded: act
    .extend({
      kind: outcomeKind,
      means: controlMeans.optional(),
      found: z.array(z.object({ kind: foundKind, kilograms: z.number(), place: foundPlace })),
      reason: notCheckedReason.optional(),
      note: z.string().optional(),
    })
    .optional(),
})
export type OutcomeRow = z.infer<typeof outcomeRow>

export const listOutcomes = {
  id: 'targeting.listOutcomes',
  method: 'get',
  path: 'targeting/outcomes',
  summary: 'Taken consignments with what is owed or recorded, the soonest due first',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.outcomes-listed',
  input: z.strictObject({ state: z.enum(['due', 'overdue', 'recorded']).default('due'), port: port.optional(), ...page }),
  ok: z.object({ items: z.array(outcomeRow), next: z.string().optional(), due: z.number().int(), overdue: z.number().int() }),
  errors: ['targeting.cursor'],
} as const

export const recordOutcome = {
  id: 'targeting.recordOutcome',
  method: 'post',
  path: 'targeting/outcomes',
  summary: 'Record what came of taken consignments; a later record corrects an earlier one and both are kept',
  permission: 'targeting.select',
  purposeRequired: true,
  audit: 'targeting.outcome-recorded',
  input: z.strictObject({ outcomes: z.array(outcomeDraft).min(1).max(200), key }),
  ok: z.object({ recorded: z.number().int() }),
  errors: ['targeting.outcome-invalid', 'targeting.not-taken'],
} as const
