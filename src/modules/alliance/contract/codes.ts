/**
 * Codes of parties in messages. A line code, an EORI number or the number of a terminal is no desk: the desk that keeps the ledger says which vetted
 * partner a code means, and which machine channel is whose. One officer enters, another confirms; a code ends by itself at its last day.
 * Invariant: a partner never reads this table, and is told the same for a code that is not in it as for one that means somebody it may not name.
 */
import { z } from 'zod'
import { cursor, key, partyView } from './shapes.ts'

export const codeStates = ['entered', 'in-force', 'ahead', 'ended'] as const
/** The list of a code: 1131 and 3055 of its message with a colon between (`172:20`), or one of ours. */
export const CHANNEL_LIST = 'CHANNEL'
export const CODE_YEARS = 3

export const partyCode = z.object({
  code: z.string(),
  list: z.string(),
  value: z.string(),
  desk: z.string(),
  name: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  state: z.enum(codeStates),
  enteredBy: z.string(),
  enteredAt: z.iso.datetime(),
  confirmedBy: z.string().optional(),
  confirmedAt: z.iso.datetime().optional(),
  endedBy: z.string().optional(),
  endedAt: z.iso.datetime().optional(),
  reason: z.string().optional(),
  /** Steps the officer who asks may take. */
  open: z.array(z.enum(['confirm', 'end'])),
})
export type PartyCode = z.infer<typeof partyCode>

export const listCodes = {
  id: 'alliance.listCodes',
  method: 'get',
  path: 'alliance/codes',
  summary: 'Codes in messages and the partners they mean, those entered last on top',
  permission: 'alliance.read-partners',
  purposeRequired: true,
  audit: 'alliance.codes-listed',
  input: z.strictObject({
    state: z.enum(codeStates).optional(),
    value: z.string().max(70).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    cursor: cursor.optional(),
  }),
  ok: z.object({
    items: z.array(partyCode),
    next: z.string().optional(),
    /** What messages named since and nobody means, last named on top: at most fifty. */
    unknown: z.array(
      z.object({ list: z.string(), value: z.string(), sender: partyView, times: z.number().int(), lastAt: z.iso.datetime() }),
    ),
    /** Partners with a file at this desk: whom a code may mean. */
    candidates: z.array(z.object({ desk: z.string(), name: z.string() })),
  }),
  errors: ['alliance.cursor'],
} as const

export const enterCode = {
  id: 'alliance.enterCode',
  method: 'post',
  path: 'alliance/codes',
  summary: 'Say which vetted partner a code in messages means; nothing follows from it until a second officer confirms',
  permission: 'alliance.vet-partners',
  purposeRequired: true,
  audit: 'alliance.code-entered',
  input: z.strictObject({
    list: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z0-9]{0,17}(?::[A-Z0-9]{0,17})?$/),
    value: z.string().trim().min(1).max(70),
    desk: z.string().max(120),
    from: z.iso.datetime({ offset: true }),
    until: z.iso.datetime({ offset: true }),
    key,
  }),
  ok: z.object({ code: z.string(), state: z.enum(codeStates) }),
  errors: ['alliance.partner-unknown', 'alliance.code-time', 'audit.backlog'],
} as const

export const changeCode = {
  id: 'alliance.changeCode',
  method: 'post',
  path: 'alliance/codes/:code/changes',
  summary: 'Confirm a code as second officer, or end it at once',
  permission: 'alliance.vet-partners',
  purposeRequired: true,
  audit: 'alliance.code-changed',
  input: z.strictObject({ code: z.string().max(60), change: z.enum(['confirm', 'end']), reason: z.string().min(3).max(500) }),
  ok: z.object({ code: z.string(), state: z.enum(codeStates) }),
  errors: ['alliance.second-officer', 'alliance.code-taken', 'alliance.partner-state', 'audit.backlog'],
} as const
