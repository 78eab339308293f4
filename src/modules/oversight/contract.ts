/** The isomorphic door of the slice: replay and verification of the log for the data-protection officer. */
import { z } from 'zod'

export const loggedEvent = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  event: z.string(),
  meaning: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  by: z.string(),
  officer: z.string().optional(),
  desk: z.string().optional(),
  purpose: z.string().optional(),
  caseId: z.string().optional(),
  subjects: z.array(z.object({ kind: z.string(), id: z.string() })),
  reason: z.string().optional(),
  /** Position in the log; absent while the entry waits to be sealed. */
  seal: z.number().optional(),
})
export type LoggedEvent = z.infer<typeof loggedEvent>

export const replayLog = {
  id: 'oversight.replayLog',
  method: 'get',
  path: 'audit-events',
  summary: 'Replay who read or did what, for which purpose, filtered by officer, subject, event or time',
  permission: 'oversight.replay',
  purposeRequired: true,
  audit: 'oversight.log-replayed',
  input: z.strictObject({
    officer: z.string().max(80).optional(),
    subject: z.string().max(120).optional(),
    event: z.string().max(80).optional(),
    outcome: z.enum(['done', 'refused', 'failed']).optional(),
    from: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    order: z.enum(['asc', 'desc']).default('desc'),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  ok: z.object({ items: z.array(loggedEvent), next: z.string().optional() }),
  errors: ['oversight.cursor'],
} as const

export const verifyLog = {
  id: 'oversight.verifyLog',
  method: 'post',
  path: 'audit-verifications',
  summary: 'Recompute the whole log against every signed checkpoint and say where it first breaks',
  permission: 'oversight.replay',
  purposeRequired: true,
  audit: 'oversight.log-verified',
  input: z.strictObject({}),
  ok: z.object({
    intact: z.boolean(),
    checked: z.number(),
    erased: z.number(),
    unsealed: z.number(),
    checkpoints: z.number(),
    head: z.string(),
    firstBad: z.number().optional(),
    because: z.string().optional(),
  }),
  errors: [],
} as const

export const proveLogged = {
  id: 'oversight.proveEntry',
  method: 'get',
  path: 'audit-events/:entry/proof',
  summary: 'A proof of one entry that is checked offline: entry, path, signed and witnessed checkpoint',
  permission: 'oversight.replay',
  purposeRequired: true,
  audit: 'oversight.entry-proved',
  input: z.strictObject({ entry: z.string().regex(/^\d{1,18}$/) }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: [],
  download: true,
} as const

export const logHeads = {
  id: 'oversight.logHeads',
  method: 'get',
  path: 'audit-checkpoints',
  summary: 'Newest checkpoints of the log with their witnesses, the logs of peers that this node watches, and their forks',
  permission: 'oversight.replay',
  purposeRequired: true,
  audit: 'oversight.heads-read',
  input: z.strictObject({}),
  ok: z.object({
    origin: z.string(),
    publicKey: z.string(),
    heads: z.array(
      z.object({
        size: z.number(),
        root: z.string(),
        at: z.iso.datetime(),
        /** Peers whose signature stands under it. */
        witnesses: z.array(z.string()),
        /** The signed note with those signatures, as it is checked elsewhere. */
        note: z.string(),
      }),
    ),
    peers: z.array(
      z.object({
        peer: z.string(),
        size: z.number(),
        at: z.iso.datetime(),
        /** Greetings since then that proved no growth; many in a row make a fork. */
        unproved: z.number(),
      }),
    ),
    /** Logs of peers that were not the ones seen before. */
    forks: z.array(z.object({ peer: z.string(), at: z.iso.datetime() })),
  }),
  errors: [],
} as const

export const permissions = {
  'oversight.replay': {
    meaning: 'Replay and verify the log of this node',
    roles: ['data-protection'],
    realms: ['oversight'],
  },
} as const

export const auditEvents = {
  'oversight.log-replayed': 'The log was replayed',
  'oversight.log-verified': 'The log was verified',
  'oversight.entry-proved': 'A proof of an entry was given out',
  'oversight.answers-erased': 'Answers to requests with a key were erased on their last day',
  'oversight.heads-read': 'The checkpoints of the log were read',
} as const

export const errors = { 'oversight.cursor': 'The page mark is not one this list gave out' } as const
