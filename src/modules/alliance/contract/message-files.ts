/**
 * Files of messages as systems write them (COREOR, COPARN, COPINO, CODECO, COARRI, DCSA track and trace), for the ledger of release rights.
 * Invariant: every order, box and event of a file has one line: accepted, duplicate, waiting, unused, refused or quarantined, with its place and reason.
 */
import { z } from 'zod'
import { messageFault } from './messages.ts'
import { cursor, refusalReason } from './shapes.ts'

export const FILE_BYTES = 16 * 1024 * 1024

export const lineOutcomes = ['accepted', 'duplicate', 'waiting', 'unused', 'refused', 'quarantined'] as const
/**
 * Why a line is no act of the ledger. `code`: a party is named by no code the desk of the port has for whom it may be; `no-…`: what an act needs is not
 * stated; `not-pick-up`: about another leg than the collection of a full import box; `unreadable`: the message could not be read whole.
 */
export const lineFaults = [
  'code',
  'no-container',
  'no-voyage',
  'no-port',
  'no-party',
  'no-time',
  'no-vehicle',
  'function',
  'not-pick-up',
  'not-for-ledger',
  'unreadable',
  'too-long',
] as const

export const fileLine = z.object({
  line: z.number().int(),
  /** Ordinal of the message in the file. */
  message: z.number().int(),
  type: z.string(),
  /** `segment 12, element 2` or `byte 481`. */
  place: z.string(),
  container: z.string().optional(),
  act: z.string().optional(),
  outcome: z.enum(lineOutcomes),
  because: z.union([refusalReason, messageFault, z.enum(lineFaults)]).optional(),
})
export type FileLine = z.infer<typeof fileLine>

const counts = z.object({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  waiting: z.number().int(),
  unused: z.number().int(),
  refused: z.number().int(),
  quarantined: z.number().int(),
})

export const messageFile = z.object({
  file: z.string(),
  name: z.string(),
  size: z.number(),
  way: z.enum(['upload', 'machine']),
  receivedAt: z.iso.datetime(),
  state: z.enum(['waiting', 'read', 'refused']),
  /** Why the file as a whole could not be read to its end. */
  problem: z.object({ code: z.string(), at: z.string() }).optional(),
  counts,
})
export type MessageFile = z.infer<typeof messageFile>

export const uploadMessageFile = {
  id: 'alliance.uploadMessageFile',
  method: 'post',
  path: 'alliance/message-files',
  summary: 'Bring a file of messages; each order and event in it is carried out as this partner could itself, in the background',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.file-received',
  input: z.strictObject({ name: z.string().min(1).max(200) }),
  ok: z.object({ file: z.string(), size: z.number() }),
  errors: ['alliance.not-vetted', 'alliance.file-empty'],
  upload: { maxBytes: FILE_BYTES },
  status: 202,
} as const

export const listMessageFiles = {
  id: 'alliance.listMessageFiles',
  method: 'get',
  path: 'alliance/message-files',
  summary: 'Files of messages of this desk, newest first',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.files-listed',
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: cursor.optional() }),
  ok: z.object({ items: z.array(messageFile), next: z.string().optional() }),
  errors: ['alliance.cursor'],
} as const

export const showMessageFile = {
  id: 'alliance.showMessageFile',
  method: 'get',
  path: 'alliance/message-files/:file',
  summary: 'What became of each order and event of one file, with its place and the reason',
  permission: 'alliance.use-rights',
  purposeRequired: true,
  audit: 'alliance.file-read',
  input: z.strictObject({
    file: z.string().max(60),
    outcome: z.enum(lineOutcomes).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(200),
    cursor: cursor.optional(),
  }),
  ok: z.object({ file: messageFile, items: z.array(fileLine), next: z.string().optional() }),
  errors: ['alliance.cursor'],
} as const
