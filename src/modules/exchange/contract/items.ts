/**
 * Pieces of information between authorities: fields, each with its own handling, from one originator to named desks. What another desk sees of one
 * is decided field by field; what happens to it afterwards (passed on, used, recalled) is known to its originator.
 */
import { z } from 'zod'
import { CAPABILITIES } from '#kernel/handling/capability.ts'

export const handlingWire = z.strictObject({
  H: z.array(z.enum(['H0', 'H1', 'H2', 'H3'])).max(4),
  tlp: z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']),
  pap: z.enum(['RED', 'AMBER', 'GREEN', 'CLEAR']),
  conditions: z.array(z.string().min(1).max(300)).max(5),
  evidenceUse: z.enum(['permission', 'never']).optional(),
})
export const evaluationWire = z.strictObject({ source: z.enum(['A', 'B', 'C', 'X']), info: z.coerce.number().int().min(1).max(4) })

const slug = z.string().regex(/^[a-z][a-zA-Z0-9-]{0,39}$/)
const desk = z.string().min(3).max(120)
export const itemId = z.string().min(1).max(60)
export const key = z.uuid()

/** Text of whole characters: what is signed must have one spelling. */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^(?:[^\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])*$/, 'half a character')

export const itemField = z.strictObject({
  id: slug,
  label: text(80),
  value: text(8000),
  handling: handlingWire,
})
export type ItemField = z.infer<typeof itemField>

export const itemAttachment = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: text(120),
  size: z
    .number()
    .int()
    .min(1)
    .max(100 * 1024 * 1024),
  handling: handlingWire,
})
export type ItemAttachment = z.infer<typeof itemAttachment>

export const itemKinds = ['push', 'request', 'response'] as const
export const urgencies = ['immediate', 'urgent', 'routine'] as const
export const grounds = ['adequacy', 'safeguards', 'derogation'] as const

export const itemDraft = z.strictObject({
  title: text(120).min(3),
  kind: z.enum(itemKinds).default('push'),
  fields: z.array(itemField).min(1).max(30),
  attachments: z.array(itemAttachment).max(10).default([]),
  /** Named desks, and groups of the directory that are expanded now. */
  recipients: z.array(desk).max(30).default([]),
  groups: z.array(z.string().max(120)).max(5).default([]),
  urgency: z.enum(urgencies).default('routine'),
  evaluation: evaluationWire,
  legalBasis: z.strictObject({ act: z.string().min(3).max(200), art: z.string().min(1).max(100) }),
  personalData: z.strictObject({
    yes: z.boolean(),
    categories: z.array(z.string().max(80)).max(20),
  }),
  /** Case of the coalition or of the officer's authority; threads what belongs together. */
  case: z.string().max(80).optional(),
  /** The piece this one answers. */
  answers: itemId.optional(),
  derivedFrom: z.array(itemId).max(20).default([]),
  /** Ground of a transfer of personal data to a third country, recorded with it (Directive (EU) 2016/680 Arts 35–38). */
  transfer: z.strictObject({ ground: z.enum(grounds), justification: z.string().min(10).max(1000) }).optional(),
  retentionDays: z.coerce.number().int().min(1).max(1095).default(365),
})
export type ItemDraft = z.infer<typeof itemDraft>

export const releaseScreen = z.object({
  recipients: z.array(
    z.object({
      desk: z.string(),
      name: z.string(),
      authority: z.string(),
      country: z.string(),
      /** Labels of the fields and names of the attachments this desk will be able to see, and those kept back from it. */
      sees: z.array(z.string()),
      withheld: z.array(z.string()),
      obligations: z.array(z.string()),
      gate: z.object({ decision: z.enum(['pass', 'refuse']), because: z.string(), basis: z.string() }),
    }),
  ),
  /** Desks that asked to be told of this case, and do not stand among the recipients. */
  subscribed: z.array(z.string()),
  handling: handlingWire,
  /** Why a second person must release it; empty = the officer may. */
  fourEyes: z.array(z.string()),
  problems: z.array(z.object({ code: z.string(), at: z.string(), message: z.string() })),
})
export type ReleaseScreen = z.infer<typeof releaseScreen>

export const previewItem = {
  id: 'exchange.previewItem',
  method: 'post',
  path: 'item-previews',
  summary: 'Who will see what of a piece of information before it is released',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.item-previewed',
  input: itemDraft,
  ok: releaseScreen,
  errors: ['exchange.not-held'],
} as const

export const createItem = {
  id: 'exchange.createItem',
  method: 'post',
  path: 'items',
  summary: 'Release a piece of information to named desks, or lay it before a second person where four eyes are needed',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.item-created',
  input: z.strictObject({ draft: itemDraft, key }),
  ok: z.object({ item: z.string(), state: z.string() }),
  errors: ['exchange.item-invalid', 'exchange.gate', 'exchange.not-held', 'exchange.derive', 'audit.backlog'],
} as const

export const approveItem = {
  id: 'exchange.approveItem',
  method: 'post',
  path: 'items/:item/releases',
  summary: 'Release what a colleague laid before the second person, or send it back',
  permission: 'exchange.release',
  purposeRequired: true,
  audit: 'exchange.item-released',
  input: z.strictObject({ item: itemId, decision: z.enum(['release', 'send-back']), key }),
  ok: z.object({ state: z.string() }),
  errors: ['exchange.same-person', 'exchange.state', 'exchange.item-invalid', 'exchange.gate', 'audit.backlog'],
} as const

const itemRow = z.object({
  item: z.string(),
  title: z.string(),
  kind: z.string(),
  side: z.enum(['own', 'received']),
  origin: z.string(),
  state: z.string(),
  at: z.iso.datetime(),
  urgency: z.string(),
  tlp: z.string(),
  case: z.string().optional(),
})
export type ItemRow = z.infer<typeof itemRow>

export const listItems = {
  id: 'exchange.listItems',
  method: 'get',
  path: 'items',
  summary: 'Pieces of information this desk released or received, newest first',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.items-listed',
  input: z.strictObject({
    side: z.enum(['own', 'received']).optional(),
    state: z.string().max(40).optional(),
    case: z.string().max(80).optional(),
    cursor: z.string().max(400).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.object({ items: z.array(itemRow), next: z.string().optional() }),
  errors: ['exchange.cursor'],
} as const

export const holderView = z.object({
  desk: z.string(),
  authority: z.string(),
  /** Organisation that passed it on; absent = released by the originator. */
  via: z.string().optional(),
  fields: z.array(z.string()),
  releasedAt: z.iso.datetime(),
  state: z.enum(['holds', 'recall-sent', 'recalled', 'partly-used', 'refused', 'not-held']),
  reference: z.string().optional(),
  answeredAt: z.iso.datetime().optional(),
})

export const permissionRow = z.object({
  request: z.string(),
  item: z.string(),
  /** Title of the piece, where this desk may still see any of it. */
  title: z.string().optional(),
  direction: z.enum(['in', 'out']),
  by: z.string(),
  capability: z.enum(CAPABILITIES as readonly [string, ...string[]]),
  recipient: z.string().optional(),
  reason: z.string(),
  state: z.enum(['open', 'granted', 'denied']),
  /** The piece was taken back meanwhile: there is nothing left to grant. */
  recalled: z.boolean().optional(),
  at: z.iso.datetime(),
  until: z.iso.datetime(),
})
export type PermissionRow = z.infer<typeof permissionRow>

export const itemView = z.object({
  row: itemRow,
  fields: z.array(itemField),
  attachments: z.array(itemAttachment.extend({ here: z.boolean() })),
  handling: handlingWire,
  evaluation: evaluationWire,
  legalBasis: z.object({ act: z.string(), art: z.string() }),
  obligations: z.array(z.string()),
  /** What this desk may do with it now, grants included. */
  capabilities: z.array(z.string()),
  answers: z.string().optional(),
  thread: z.array(z.object({ item: z.string(), title: z.string(), kind: z.string(), at: z.iso.datetime() })),
  derivedFrom: z.array(z.string()),
  holders: z.array(holderView),
  permissions: z.array(permissionRow),
  statements: z.array(
    z.object({
      says: z.string(),
      at: z.iso.datetime(),
      about: z.string().optional(),
      reason: z.string().optional(),
      /** By when holders have to answer a recall. */
      answerBy: z.iso.datetime().optional(),
    }),
  ),
  feedback: z.array(z.object({ by: z.string(), kind: z.string(), note: z.string(), at: z.iso.datetime() })),
  screen: releaseScreen.optional(),
})
export type ItemView = z.infer<typeof itemView>

export const showItem = {
  id: 'exchange.showItem',
  method: 'get',
  path: 'items/:item',
  summary: 'One piece of information as the own desk may see it, with what happened to it',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.item-read',
  input: z.strictObject({ item: itemId }),
  ok: itemView,
  errors: [],
} as const

export const exportItem = {
  id: 'exchange.exportItem',
  method: 'get',
  path: 'items/:item/export',
  summary: 'The same view as a file, with its handling and obligations',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.item-exported',
  input: z.strictObject({ item: itemId }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: [],
  download: true,
} as const

export const uploadAttachment = {
  id: 'exchange.uploadAttachment',
  method: 'post',
  path: 'attachments',
  summary: 'Take in the bytes of an attachment; it is released only with a piece of information that names it',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.attachment-uploaded',
  input: z.strictObject({ name: z.string().min(1).max(120) }),
  ok: z.object({ sha256: z.string(), size: z.number() }),
  errors: [],
  upload: { maxBytes: 100 * 1024 * 1024 },
} as const

export const fetchAttachment = {
  id: 'exchange.fetchAttachment',
  method: 'post',
  path: 'items/:item/attachment-fetches',
  summary: 'Ask the originator for the bytes of an attachment that was released to this desk',
  permission: 'exchange.write',
  purposeRequired: true,
  audit: 'exchange.attachment-asked',
  input: z.strictObject({ item: itemId, sha256: z.string().length(64) }),
  ok: z.object({ state: z.enum(['here', 'asked']) }),
  errors: [],
} as const

export const readAttachment = {
  id: 'exchange.readAttachment',
  method: 'get',
  path: 'items/:item/attachment-pieces',
  summary: 'A piece of the bytes of an attachment, for whoever may see its parent',
  permission: 'exchange.read',
  purposeRequired: true,
  audit: 'exchange.attachment-read',
  input: z.strictObject({ item: itemId, sha256: z.string().length(64), start: z.coerce.number().int().min(0).default(0) }),
  /** Base64; `next` is absent after the last piece. */
  ok: z.object({ name: z.string(), size: z.number(), bytes: z.string(), next: z.number().optional() }),
  errors: [],
} as const
