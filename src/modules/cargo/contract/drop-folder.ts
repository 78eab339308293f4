/** Route for the drop folder of the own desk: what waits, what is being read, what was refused and why. */
import { z } from 'zod'

export const DROP_SHOWN = 50

export const showDropFolder = {
  id: 'cargo.showDropFolder',
  method: 'get',
  path: 'cargo/drop-folder',
  summary: 'State of the drop folder of this desk: files that wait, are being read, were read and were refused',
  permission: 'cargo.intake',
  purposeRequired: true,
  audit: 'cargo.drop-folder-read',
  input: z.strictObject({}),
  ok: z.object({
    /**
     * `unset`: the node watches no folder; `missing`: there is none for this desk; `blocked`: a folder of it is no plain folder, so the desk is
     * left out; `other-purpose`: what comes that way is read for another purpose than the one of this session.
     */
    state: z.enum(['unset', 'missing', 'blocked', 'other-purpose', 'watched']),
    folder: z.string().describe('Name of the folder of this desk within the drop folder of the node'),
    purpose: z.string(),
    waiting: z.array(z.object({ name: z.string(), size: z.number(), changedAt: z.iso.datetime(), isFolder: z.boolean() })),
    refused: z.array(
      z.object({
        file: z.string(),
        at: z.iso.datetime(),
        code: z.string(),
        text: z.string(),
        /** Present when it was read; then its page says more. */
        document: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    ),
    /** Files in each folder; those beyond 10,000 are not counted, and `isMore` says so. */
    counts: z.record(z.enum(['waiting', 'reading', 'done', 'refused']), z.object({ files: z.number().int(), isMore: z.boolean() })),
  }),
  errors: [],
} as const
