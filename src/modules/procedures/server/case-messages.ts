/** What travels between the parties of a case: the case as it stands for whoever is brought in, then each step as far as it is for each. */
import { z } from 'zod'
import type { CaseBase } from '#kernel/procedure/fold.ts'

const id = z.string().min(1).max(120)
const values = z.record(z.string().max(120), z.unknown())
const instantMs = z.number().int().min(0).max(8_640_000_000_000_000)

const party = z.strictObject({
  org: id,
  desk: id,
  country: z.string().length(2),
  kind: z.string().max(60),
  realm: z.string().max(40),
  zone: z.string().max(60),
  calendar: z.string().max(20),
})

const unit = z.enum(['hour', 'calendarDay', 'workingDay', 'week', 'month'])
const ledgerEvent = z.union([
  z.strictObject({ kind: z.enum(['suspend', 'resume', 'stop']), at: instantMs, reason: z.string().max(200) }),
  z.strictObject({
    kind: z.literal('extend'),
    at: instantMs,
    by: z.strictObject({ n: z.number().min(1).max(10_000), unit }),
    reason: z.string().max(200),
  }),
])

const base = z.strictObject({
  version: z.string().max(20),
  state: id,
  before: z.array(id).max(500),
  order: z.number().int().min(0).max(1_000_000),
  values,
  parties: z.record(id, z.array(party).max(64)),
  clocks: z
    .array(z.strictObject({ id, clock: id, startedAt: instantMs, ledger: z.array(ledgerEvent).max(500), obligated: party.optional() }))
    .max(500),
  done: z.array(id).max(500),
  locked: z.array(id).max(500),
  purged: z.array(id).max(500),
  reached: z.array(id).max(200),
  seen: z.array(z.string().max(200)).max(10_000),
})

export const caseMessage = z.strictObject({
  reference: z.string().max(60),
  procedure: z.string().max(60),
  base: base as unknown as z.ZodType<CaseBase>,
  openedAt: z.iso.datetime(),
})
export type CaseMessage = z.infer<typeof caseMessage>

export const stepMessage = z.strictObject({
  reference: z.string().max(60),
  procedure: z.string().max(60),
  step: z.strictObject({
    id: z.string().max(200),
    order: z.number().int().min(1).max(1_000_000),
    at: instantMs,
    transition: z.string().max(60),
    role: id.nullable(),
    /** Desk that took it: another than the sender where the sender passes it on to whom it brought in. */
    desk: id.optional(),
    fields: values,
  }),
})
export type StepMessage = z.infer<typeof stepMessage>
