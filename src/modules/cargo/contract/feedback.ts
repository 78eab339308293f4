/** What became of alerts: those that are overdue by port, figures by sender and receiver and by indicator, and the monthly report to the desk that sends. */
import { z } from 'zod'
import { listedSubject, reasonCode } from './alert-shapes.ts'

const day = z.iso.date()
const month = z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/)

export const overdueKind = z.enum(['acknowledgement', 'action', 'outcome'])

export const overdueRow = z.object({
  alert: z.string(),
  subject: listedSubject,
  side: z.enum(['issued', 'received']),
  desk: z.string(),
  deskName: z.string(),
  place: z.string(),
  placeName: z.string(),
  state: z.string(),
  missing: overdueKind,
  since: z.iso.datetime(),
  eta: z.iso.datetime().optional(),
})
export type OverdueRow = z.infer<typeof overdueRow>

export const listOverdue = {
  id: 'cargo.listOverdue',
  method: 'get',
  path: 'cargo/alerts-overdue',
  summary: 'Alerts not acknowledged in time, without action a day before arrival, or without outcome after it, by port',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.overdue-listed',
  input: z.strictObject({ place: z.string().max(5).optional() }),
  ok: z.object({
    ports: z.array(z.object({ place: z.string(), name: z.string(), acknowledgement: z.number(), action: z.number(), outcome: z.number() })),
    items: z.array(overdueRow),
    /** Counted with their ports, not listed. */
    leftOut: z.number(),
  }),
  errors: [],
} as const

/** Counts of alerts, each once for each desk that received it. */
export const feedbackFigures = z.object({
  sent: z.number(),
  /** Taken back, or no longer for that desk, before an outcome: in no rate. */
  withdrawn: z.number(),
  /** Acknowledged before the clock of the acknowledgement rang on this node. */
  inTime: z.number(),
  checked: z.number(),
  found: z.number(),
  notChecked: z.number(),
  /** Found among checked, with its 95 % interval; absent where nothing was checked. */
  rate: z.object({ share: z.number(), low: z.number(), high: z.number() }).optional(),
})
export type FeedbackFigures = z.infer<typeof feedbackFigures>

const pairRow = feedbackFigures.extend({ sender: z.string(), senderName: z.string(), receiver: z.string(), receiverName: z.string() })
const indicatorRow = pairRow.extend({ reason: reasonCode })

export const alertFeedback = {
  id: 'cargo.alertFeedback',
  method: 'get',
  path: 'cargo/statistics/alert-feedback',
  summary: 'Alerts sent, acknowledged in time, checked and found, by sender and receiver and by indicator, of alerts this desk may see',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.feedback-read',
  input: z.strictObject({ from: day.optional(), until: day.optional() }),
  ok: z.object({ from: z.iso.datetime(), until: z.iso.datetime(), pairs: z.array(pairRow), indicators: z.array(indicatorRow) }),
  errors: ['cargo.period'],
} as const

export const alertReport = z.object({
  month,
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  total: feedbackFigures,
  pairs: z.array(pairRow),
  indicators: z.array(indicatorRow),
  alerts: z.array(z.object({ alert: z.string(), receiver: z.string(), state: z.string(), outcome: z.string().optional() })),
  /** Alerts counted above and not listed. */
  leftOut: z.number(),
})
export type AlertReport = z.infer<typeof alertReport>

export const listAlertReports = {
  id: 'cargo.listAlertReports',
  method: 'get',
  path: 'cargo/alert-reports',
  summary: 'Months for which this desk has a report on the alerts it sent',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.alert-reports-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(z.object({ month: z.string(), madeAt: z.iso.datetime(), sent: z.number() })) }),
  errors: [],
} as const

export const showAlertReport = {
  id: 'cargo.showAlertReport',
  method: 'get',
  path: 'cargo/alert-reports/:month',
  summary: 'What became of the alerts that this desk sent in one month',
  permission: 'cargo.read',
  purposeRequired: true,
  audit: 'cargo.alert-report-read',
  input: z.strictObject({ month }),
  ok: z.object({ report: alertReport, deskName: z.string(), madeAt: z.iso.datetime(), demonstration: z.boolean() }),
  errors: [],
} as const
