/** Routes for the answers that were made for the senders of a document. */
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const listAnswers = {
  id: 'cargo.listAnswers',
  method: 'get',
  path: 'cargo/documents/:document/answers',
  summary: 'Answers (CONTRL, APERAK) made for the senders of a document',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.answers-listed',
  input: z.strictObject({ document: sha256 }),
  ok: z.object({
    items: z.array(
      z.object({
        ordinal: z.number().int(),
        kind: z.enum(['CONTRL', 'APERAK']),
        reference: z.string().describe('Control reference of the interchange, or number of the document, that is answered'),
        verdict: z.enum(['accepted', 'rejected']).describe('Rejected: at least one part of it'),
        madeAt: z.iso.datetime(),
      }),
    ),
  }),
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
  input: z.strictObject({ document: sha256, ordinal: z.coerce.number().int().min(1).max(1_000_000) }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: [],
  download: true,
} as const
