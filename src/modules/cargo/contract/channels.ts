/** Routes for machines that deliver documents for a desk: an officer opens, renews and closes a channel, the machine delivers with its token. */
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const CHANNEL_DAYS = 90
/** What one channel may deliver in a day. Policy of ours: a port's whole day of messages is far below it. */
export const CHANNEL_DOCUMENTS_A_DAY = 20_000
export const CHANNEL_BYTES_A_DAY = 8 * 1024 * 1024 * 1024

/** Why a delivery with a token of this channel was not taken. */
export const refusedDelivery = z.enum(['closed', 'expired', 'replaced', 'limit', 'empty', 'too-large'])
export type RefusedDelivery = z.infer<typeof refusedDelivery>

export const channelView = z.object({
  channel: z.string(),
  title: z.string(),
  openedBy: z.string(),
  openedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  closedAt: z.iso.datetime().optional(),
  /** Since when the present token holds, where it is not the first. */
  rotatedAt: z.iso.datetime().optional(),
  usedAt: z.iso.datetime().optional(),
  today: z.object({ documents: z.number().int(), bytes: z.number() }),
  /** Deliveries with a token of this channel that were not taken, since it was opened. */
  refused: z.object({ count: z.number().int(), at: z.iso.datetime(), why: refusedDelivery }).optional(),
  /** Open, past its day, or closed by an officer. */
  state: z.enum(['open', 'expired', 'closed']),
})
export type ChannelView = z.infer<typeof channelView>

export const openChannel = {
  id: 'cargo.openChannel',
  method: 'post',
  path: 'cargo/channels',
  summary: 'Open a way in for a machine of a partner; the token is shown once and kept as a hash',
  permission: 'cargo.manage-channels',
  purposeRequired: true,
  audit: 'cargo.channel-opened',
  input: z.strictObject({ title: z.string().trim().min(3).max(80), days: z.number().int().min(1).max(CHANNEL_DAYS) }),
  ok: z.object({ channel: z.string(), token: z.string(), expiresAt: z.iso.datetime() }),
  errors: ['cargo.channels-many'],
} as const

export const listChannels = {
  id: 'cargo.listChannels',
  method: 'get',
  path: 'cargo/channels',
  summary: 'Ways in for machines that this desk opened',
  permission: 'cargo.manage-channels',
  purposeRequired: true,
  audit: 'cargo.channels-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(channelView) }),
  errors: [],
} as const

export const rotateChannel = {
  id: 'cargo.rotateChannel',
  method: 'post',
  path: 'cargo/channels/:channel/tokens',
  summary: 'Give an open channel another token and another last day; the token before it delivers nothing any more, at once',
  permission: 'cargo.manage-channels',
  purposeRequired: true,
  audit: 'cargo.channel-rotated',
  input: z.strictObject({ channel: z.string().max(60), days: z.number().int().min(1).max(CHANNEL_DAYS) }),
  ok: z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
  errors: ['cargo.channel-over'],
} as const

export const closeChannel = {
  id: 'cargo.closeChannel',
  method: 'post',
  path: 'cargo/channels/:channel/closures',
  summary: 'Close a way in: its token delivers nothing any more, at once and for good',
  permission: 'cargo.manage-channels',
  purposeRequired: true,
  audit: 'cargo.channel-closed',
  input: z.strictObject({ channel: z.string().max(60) }),
  ok: z.object({ closedAt: z.iso.datetime() }),
  errors: [],
} as const

export const deliverDocument = {
  id: 'cargo.deliverDocument',
  method: 'post',
  path: 'cargo/deliveries',
  summary: 'For machines: deliver one document with the token of a channel (Authorization: Bearer); it is read in the background',
  permission: 'public',
  purposeRequired: false,
  audit: 'cargo.document-delivered',
  input: z.strictObject({ name: z.string().min(1).max(200) }),
  ok: z.object({ document: sha256, size: z.number(), known: z.boolean() }),
  errors: ['cargo.channel', 'cargo.channel-limit', 'cargo.document-too-large', 'cargo.document-empty'],
  upload: { maxBytes: 536_870_912 },
  status: 202,
} as const
