/** An alert as a file for a recipient that has no node: what that desk may see and nothing else; and what each recipient saw. */
import { z } from 'zod'
import { releasedAlert } from './alert-shapes.ts'

export const exportForm = z.enum(['ics2', 'csv', 'signed'])

export const exportAlert = {
  id: 'cargo.exportAlert',
  method: 'get',
  path: 'cargo/alerts/:alert/exports',
  summary: 'An issued alert as one of its recipients may see it: as ICS2 risk analysis result, as CSV, or sealed by the authority',
  permission: 'cargo.issue-alert',
  purposeRequired: true,
  audit: 'cargo.alert-file-made',
  input: z.strictObject({ alert: z.string().max(60), recipient: z.string().max(120), form: exportForm }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: ['cargo.export-form', 'audit.backlog'],
  download: true,
} as const

export const listAlertViews = {
  id: 'cargo.listAlertViews',
  method: 'get',
  path: 'cargo/alerts/:alert/views',
  summary: 'What each recipient of an alert of this desk was sent, as it was sent, with its digest',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.alert-views-read',
  input: z.strictObject({ alert: z.string().max(60) }),
  ok: z.object({
    items: z.array(
      z.object({
        recipient: z.string(),
        recipientName: z.string(),
        ordinal: z.number(),
        because: z.enum(['issued', 'updated', 'file']),
        sentAt: z.iso.datetime(),
        digest: z.string(),
        /** Members of the alert that this recipient did not get. */
        withheld: z.array(z.string()),
        view: releasedAlert,
      }),
    ),
  }),
  errors: [],
} as const
