/** Wire shapes that several routes of the slice share: identifiers, days, pages, intervals, and who did something when. */
import { z } from 'zod'

export const id = z.uuid()
/** Chosen by the asking side: a repeat with the same key answers the first result. Keys are per desk. */
export const key = z.uuid()
export const instant = z.iso.datetime()
/** Calendar day in the zone of the desk, `2027-03-09`. */
export const day = z.iso.date()
/** Calendar month, `2027-03`. */
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
/** UN/LOCODE. */
export const port = z.string().regex(/^[A-Z]{2}[A-Z2-9]{3}$/)
/** What people write and what documents state: no control characters but line breaks, no half of a sign. The store takes nothing else. */
// oxlint-disable-next-line no-control-regex -- control characters are what is refused
const WRITTEN = /^[^\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u
export const written = (most: number) => z.string().max(most).regex(WRITTEN)
export const text = (least: number, most: number) => z.string().trim().min(least).max(most).regex(WRITTEN)
export const reason = text(3, 500)
export const page = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

/** A named officer and the moment. */
export const act = z.object({ officer: z.string(), name: z.string(), at: instant })
export type Act = z.infer<typeof act>

export const legalBasis = z.strictObject({ act: text(3, 200), article: text(1, 100) })

/** A share with its 95 % interval. `n` is what it rests on; nothing is ranked below 30. */
export const estimate = z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.number().int() })
export type EstimateView = z.infer<typeof estimate>

/** Why an input cannot be taken, with its place: `expression.args.1.value`. */
export const problem = z.object({ code: z.string(), at: z.string(), text: z.string() })
