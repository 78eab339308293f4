/**
 * Watch entries: what this desk waits for, after the shape of the ICS2 risk parameters (IE4Q07). Every entry has a last day, an owner, a legal basis and a case.
 * A hit is a mandatory selection, which still an officer decides.
 */
import { z } from 'zod'
import { act, day, id, instant, key, legalBasis, page, reason, text } from './shapes.ts'

/** Longest validity, in days: policy of the coalition. */
export const MOST_WATCH_DAYS = 180
export const MOST_TERMS = 100

/** Exact identifiers; `words` looks for words in goods descriptions; `company` compares names of legal persons by the shared matcher. */
export const watchKind = z.enum(['container', 'seal', 'bill', 'booking', 'vessel', 'company-number', 'company-phone', 'words', 'company'])
export type WatchKind = z.infer<typeof watchKind>

export const watchTerm = z.strictObject({ kind: watchKind, value: text(2, 200) })
export const watchState = z.enum(['running', 'expired', 'ended', 'not-yet'])

export const watchRow = z.object({
  watch: id,
  title: z.string(),
  state: watchState,
  terms: z.array(watchTerm),
  validFrom: day,
  validUntil: day,
  case: z.string(),
  hits: z.number().int(),
  entered: act,
})
export type WatchRow = z.infer<typeof watchRow>

export const watchHit = z.object({
  arrival: id,
  container: z.string(),
  port: z.string(),
  day,
  term: watchTerm,
  /** What stood in the document. */
  value: z.string(),
  field: z.string(),
  /** Of a compared name, 0 to 1; 1 for an exact identifier. */
  strength: z.number(),
  at: instant,
})

export const listWatches = {
  id: 'targeting.listWatches',
  method: 'get',
  path: 'targeting/watches',
  summary: 'Watch entries of this desk, those that end soonest first',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.watches-listed',
  input: z.strictObject({ state: watchState.optional(), ...page }),
  ok: z.object({ items: z.array(watchRow), next: z.string().optional(), endingSoon: z.number().int() }),
  errors: ['targeting.cursor'],
} as const

export const showWatch = {
  id: 'targeting.showWatch',
  method: 'get',
  path: 'targeting/watches/:watch',
  summary: 'One watch entry with its latest 200 hits',
  permission: 'targeting.read',
  purposeRequired: true,
  audit: 'targeting.watch-read',
  input: z.strictObject({ watch: id }),
  ok: z.object({
    watch: watchRow.extend({
      why: z.string(),
      legalBasis,
      purpose: z.string(),
      desk: z.string(),
      ended: act.extend({ reason: z.string() }).optional(),
      renews: id.optional(),
    }),
    hits: z.array(watchHit),
  }),
  errors: [],
} as const

export const enterWatch = {
  id: 'targeting.enterWatch',
  method: 'post',
  path: 'targeting/watches',
  summary: 'Enter what to watch for, until a day; arrivals that are here already are compared too',
  permission: 'targeting.write-watches',
  purposeRequired: true,
  audit: 'targeting.watch-entered',
  input: z.strictObject({
    title: text(3, 120),
    why: text(3, 2000),
    terms: z.array(watchTerm).min(1).max(MOST_TERMS),
    validFrom: day,
    validUntil: day,
    legalBasis,
    case: text(1, 80),
    /** The entry this one goes on from: an entry is never extended. */
    renews: id.optional(),
    key,
  }),
  ok: z.object({ watch: id, problems: z.array(z.object({ code: z.string(), at: z.string(), text: z.string() })) }),
  errors: ['targeting.watch-dates', 'targeting.watch-terms'],
} as const

export const endWatch = {
  id: 'targeting.endWatch',
  method: 'post',
  path: 'targeting/watches/:watch/endings',
  summary: 'End a watch entry before its last day',
  permission: 'targeting.write-watches',
  purposeRequired: true,
  audit: 'targeting.watch-ended',
  input: z.strictObject({ watch: id, reason }),
  ok: z.object({ watch: id }),
  errors: ['targeting.watch-state'],
} as const
