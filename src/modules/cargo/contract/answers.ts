/** Routes for the answers that were made for the senders of documents: which there are, what each says in words, the file to send, that it was sent. */
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const ordinal = z.coerce.number().int().min(1).max(1_000_000)

export const answerRow = z.object({
  document: sha256,
  documentName: z.string(),
  ordinal: z.number().int(),
  kind: z.enum(['CONTRL', 'APERAK']),
  partner: z.string().describe('Sender of the interchange, to whom the answer goes'),
  reference: z.string().describe('Control reference of the interchange, or number of the document, that is answered'),
  verdict: z.enum(['accepted', 'rejected']).describe('Rejected: at least one part of it'),
  faults: z.number().int().describe('Faults that the answer names'),
  madeAt: z.iso.datetime(),
  /** An officer said that it was sent: the node itself sends nothing. */
  sent: z.object({ at: z.iso.datetime(), by: z.string() }).optional(),
})
export type AnswerRow = z.infer<typeof answerRow>

export const answerFinding = z.object({
  code: z.string().describe('Code of service list 0085 in CONTRL, our own in APERAK'),
  at: z.string(),
  text: z.string(),
  /** Where the segment begins in the document, where that is known. */
  byte: z.number().int().optional(),
})
export type AnswerFinding = z.infer<typeof answerFinding>

export const answerFindings = z.object({
  told: z.array(answerFinding).describe('What the answer tells the sender'),
  toldLeftOut: z.number().int().describe('Told or counted beyond those listed'),
  untold: z.array(answerFinding).describe('Departures from a structure of another directory: not held against the sender'),
  untoldLeftOut: z.number().int(),
  notes: z
    .array(z.object({ text: z.string(), messages: z.number().int() }))
    .describe('Structures that messages were read by for want of their own'),
})
export type AnswerFindings = z.infer<typeof answerFindings>

export const listAnswers = {
  id: 'cargo.listAnswers',
  method: 'get',
  path: 'cargo/answers',
  summary: 'Answers (CONTRL, APERAK) made for senders, of one document or of all, newest document first, by page',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.answers-listed',
  input: z.strictObject({
    document: sha256.optional(),
    verdict: z.enum(['accepted', 'rejected']).optional(),
    state: z.enum(['sent', 'unsent']).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  ok: z.object({ items: z.array(answerRow), next: z.string().optional() }),
  errors: ['cargo.cursor'],
} as const

export const explainAnswer = {
  id: 'cargo.explainAnswer',
  method: 'get',
  path: 'cargo/documents/:document/answers/:ordinal/findings',
  summary: 'What one answer says in words, with places in the document, and what was found and not told',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.answer-explained',
  input: z.strictObject({ document: sha256, ordinal }),
  ok: z.object({ answer: answerRow, findings: answerFindings, text: z.string() }),
  errors: [],
} as const

export const showAnswer = {
  id: 'cargo.showAnswer',
  method: 'get',
  path: 'cargo/documents/:document/answers/:ordinal',
  summary: 'One answer as a file for its sender',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.answer-read',
  input: z.strictObject({ document: sha256, ordinal }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: [],
  download: true,
} as const

export const noteAnswerSent = {
  id: 'cargo.noteAnswerSent',
  method: 'post',
  path: 'cargo/documents/:document/answers/:ordinal/sendings',
  summary: 'Note that an officer sent an answer to its sender; a second note changes nothing and says who was first',
  permission: 'cargo.intake',
  purposeRequired: true,
  audit: 'cargo.answer-sent',
  input: z.strictObject({ document: sha256, ordinal }),
  ok: z.object({ at: z.iso.datetime(), by: z.string() }),
  errors: ['cargo.document-state'],
} as const
