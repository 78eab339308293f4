/**
 * Anonymous integrity reports. Three routes need no session; the code of the receipt is the only way back, and is kept as a hash.
 * Invariants: no address, account or browser is kept; text is encrypted at rest; only the integrity desk reads it. Codes travel in bodies, never in addresses.
 */
import { z } from 'zod'
import { cursor } from './shapes.ts'

export const integrityKinds = ['bribery', 'threat', 'access-sold', 'container-moved', 'data-sold', 'other'] as const
/** States as in PR-25. */
export const integrityStates = ['submitted', 'acknowledged', 'handed-over', 'unfounded', 'closed'] as const
export const INTEGRITY_TEXT_LIMIT = 8000
/** Five groups of five signs without those that are easily confused, 125 bits. */
export const receiptCode = z.string().max(60)

const text = z.string().min(20).max(INTEGRITY_TEXT_LIMIT)
const thread = z.array(z.object({ from: z.enum(['reporter', 'desk']), at: z.iso.date(), text: z.string() }))

export const integrityDesks = {
  id: 'alliance.integrityDesks',
  method: 'get',
  path: 'alliance/integrity-desks',
  summary: 'Desks of this node that take integrity reports, with the ports they answer for',
  permission: 'public',
  purposeRequired: false,
  audit: 'alliance.integrity-desks-read',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(z.object({ desk: z.string(), name: z.string(), places: z.array(z.string()) })) }),
  errors: ['rate-limited'],
} as const

export const submitIntegrityReport = {
  id: 'alliance.submitIntegrityReport',
  method: 'post',
  path: 'alliance/integrity-reports',
  summary: 'Report without a name; the answer is a receipt code that is shown once',
  permission: 'public',
  purposeRequired: false,
  audit: 'alliance.integrity-submitted',
  input: z.strictObject({ desk: z.string().max(120), kind: z.enum(integrityKinds), text }),
  ok: z.object({ receipt: receiptCode }),
  errors: ['rate-limited', 'alliance.desk-unknown', 'audit.backlog'],
  largestBody: 64 * 1024,
} as const

/** What somebody with the receipt sees. Days, not instants: an hour may give away a shift. */
export const receiptView = z.object({
  kind: z.enum(integrityKinds),
  state: z.enum(integrityStates),
  receivedOn: z.iso.date(),
  acknowledgeBy: z.iso.date(),
  feedbackBy: z.iso.date(),
  thread,
})
export type ReceiptView = z.infer<typeof receiptView>

export const readReceipt = {
  id: 'alliance.readReceipt',
  method: 'post',
  path: 'alliance/integrity-receipts',
  summary: 'Follow up an integrity report by its receipt code',
  permission: 'public',
  purposeRequired: false,
  audit: 'alliance.integrity-followed',
  input: z.strictObject({ receipt: receiptCode }),
  ok: receiptView,
  errors: ['rate-limited', 'not-found'],
} as const

export const addToReport = {
  id: 'alliance.addToReport',
  method: 'post',
  path: 'alliance/integrity-receipts/additions',
  summary: 'Add to an integrity report, or answer a question of the desk, by the receipt code',
  permission: 'public',
  purposeRequired: false,
  audit: 'alliance.integrity-added',
  input: z.strictObject({ receipt: receiptCode, text }),
  ok: receiptView,
  errors: ['rate-limited', 'not-found', 'alliance.thread-full', 'audit.backlog'],
  largestBody: 64 * 1024,
} as const

export const integrityReportView = receiptView.extend({ report: z.string(), version: z.number().int(), caseRef: z.string().optional() })
export type IntegrityReportView = z.infer<typeof integrityReportView>

export const listIntegrityReports = {
  id: 'alliance.listIntegrityReports',
  method: 'get',
  path: 'alliance/integrity-reports',
  summary: 'Integrity reports of this integrity desk, the least answered first; no text',
  permission: 'alliance.read-integrity',
  purposeRequired: true,
  audit: 'alliance.integrity-listed',
  input: z.strictObject({
    state: z.enum(integrityStates).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: cursor.optional(),
  }),
  ok: z.object({ items: z.array(integrityReportView.omit({ thread: true })), next: z.string().optional() }),
  errors: ['alliance.cursor'],
} as const

export const showIntegrityReport = {
  id: 'alliance.showIntegrityReport',
  method: 'get',
  path: 'alliance/integrity-reports/:report',
  summary: 'One integrity report with its thread, for the integrity desk alone',
  permission: 'alliance.read-integrity',
  purposeRequired: true,
  audit: 'alliance.integrity-read',
  input: z.strictObject({ report: z.string().max(60) }),
  ok: integrityReportView,
  errors: [],
} as const

export const answerIntegrityReport = {
  id: 'alliance.answerIntegrityReport',
  method: 'post',
  path: 'alliance/integrity-reports/:report/answers',
  summary: 'Answer the reporter in the thread, and acknowledge, hand over, close or note as unfounded',
  permission: 'alliance.answer-integrity',
  purposeRequired: true,
  audit: 'alliance.integrity-answered',
  input: z.strictObject({
    report: z.string().max(60),
    text: z.string().min(3).max(INTEGRITY_TEXT_LIMIT),
    state: z.enum(integrityStates).exclude(['submitted']),
    /** The case (PR-25) in which the report is followed up. */
    caseRef: z.string().max(60).optional(),
    version: z.number().int(),
  }),
  ok: z.object({ state: z.enum(integrityStates), version: z.number().int() }),
  errors: ['alliance.conflict', 'alliance.thread-full', 'audit.backlog'],
} as const
