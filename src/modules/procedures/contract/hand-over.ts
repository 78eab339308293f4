/** Shift hand-over: what stands at a desk, what happened in the shift, notes of the officer who leaves, receipt by the one who comes. */
import { z } from 'zod'
import { workCounts, workItem } from './queue.ts'

const group = z.object({ items: z.array(workItem), hasMore: z.boolean() })

const happening = z.object({
  at: z.iso.datetime(),
  case: z.string(),
  label: z.string(),
  link: z.string(),
  procedure: z.string(),
  step: z.string(),
  by: z.string().describe('The officer for steps taken on this node, the desk for steps of another, empty for the system'),
})

const hours = z.coerce.number().int().min(1).max(168)
const since = z.iso.datetime().describe('When the shift began')

export const sheet = z.object({
  desk: z.object({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
  since: z.iso.datetime(),
  hours: z.number(),
  overdue: group,
  /** Due in the next hours, of what is not overdue. */
  due: group,
  /** This desk must act, without an end in those hours. */
  open: group,
  suspended: group,
  waiting: group,
  happened: z.object({ items: z.array(happening), hasMore: z.boolean() }),
  counts: workCounts,
})
export type Sheet = z.infer<typeof sheet>

const handOver = z.object({
  handOver: z.string(),
  from: z.string().describe('Officer who left'),
  isOwn: z.boolean(),
  since: z.iso.datetime(),
  at: z.iso.datetime(),
  notes: z.string(),
  counts: workCounts,
  received: z.object({ by: z.string(), at: z.iso.datetime() }).optional(),
})
export type HandOver = z.infer<typeof handOver>

export const showSheet = {
  id: 'procedures.showSheet',
  method: 'get',
  path: 'hand-over-sheets/current',
  summary: 'The hand-over sheet of this desk as it stands now',
  permission: 'procedures.hand-over',
  purposeRequired: true,
  audit: 'procedures.sheet-read',
  input: z.strictObject({ since, hours: hours.default(12) }),
  ok: sheet,
  errors: ['procedures.shift'],
} as const

export const listHandOvers = {
  id: 'procedures.listHandOvers',
  method: 'get',
  path: 'hand-overs',
  summary: 'The latest hand-overs of this desk with their notes and receipts',
  permission: 'procedures.hand-over',
  purposeRequired: true,
  audit: 'procedures.hand-overs-listed',
  input: z.strictObject({ cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(50).default(10) }),
  ok: z.object({ items: z.array(handOver), next: z.string().optional() }),
  errors: ['procedures.cursor'],
} as const

export const makeHandOver = {
  id: 'procedures.makeHandOver',
  method: 'post',
  path: 'hand-overs',
  summary: 'Hand the shift over with notes; they stay as they were written',
  permission: 'procedures.hand-over',
  purposeRequired: true,
  audit: 'procedures.handed-over',
  input: z.strictObject({ since, notes: z.string().trim().max(8000), key: z.string().min(8).max(60) }),
  ok: z.object({ handOver: z.string() }),
  errors: ['procedures.shift'],
} as const

export const receiveHandOver = {
  id: 'procedures.receiveHandOver',
  method: 'post',
  path: 'hand-over-receipts',
  summary: 'Receive a shift that another officer of this desk handed over',
  permission: 'procedures.hand-over',
  purposeRequired: true,
  audit: 'procedures.hand-over-received',
  input: z.strictObject({ handOver: z.string().max(60) }),
  ok: z.object({ received: z.literal(true) }),
  errors: ['procedures.own-hand-over', 'procedures.conflict'],
} as const
