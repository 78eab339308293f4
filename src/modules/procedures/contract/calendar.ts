/** Calendar feeds: the deadlines of a desk for one officer's calendar, by a secret address and without any content. */
import { z } from 'zod'

const feed = z.object({
  feed: z.string(),
  madeAt: z.iso.datetime(),
  readAt: z.iso.datetime().optional(),
  expires: z.iso.datetime(),
})

export const listFeeds = {
  id: 'procedures.listFeeds',
  method: 'get',
  path: 'calendar-feeds',
  summary: 'Calendar feeds this officer made for this desk and has not revoked',
  permission: 'procedures.use-feed',
  purposeRequired: true,
  audit: 'procedures.feeds-listed',
  input: z.strictObject({}),
  ok: z.object({ items: z.array(feed) }),
  errors: [],
} as const

export const makeFeed = {
  id: 'procedures.makeFeed',
  method: 'post',
  path: 'calendar-feeds',
  summary: 'Make a calendar feed for this desk; its secret address is shown once',
  permission: 'procedures.use-feed',
  purposeRequired: true,
  audit: 'procedures.feed-made',
  input: z.strictObject({}),
  ok: z.object({ feed: z.string(), path: z.string().describe('Path of the feed on this node; whoever has it reads the feed') }),
  errors: ['procedures.feeds'],
} as const

export const revokeFeed = {
  id: 'procedures.revokeFeed',
  method: 'post',
  path: 'calendar-feed-revocations',
  summary: 'Revoke a calendar feed; its address answers nothing from then on',
  permission: 'procedures.use-feed',
  purposeRequired: true,
  audit: 'procedures.feed-revoked',
  input: z.strictObject({ feed: z.string().max(60) }),
  ok: z.object({ revoked: z.literal(true) }),
  errors: [],
} as const

/**
 * Open, because a calendar cannot sign in. The token in the path is the right to read: 256 random bits, stored as a digest, revocable, for a year at
 * most, bound to an officer, a desk and a purpose that are looked at again each time; guessing is limited and logged. Whatever is wrong with it, the
 * answer is the same.
 */
export const openFeed = {
  id: 'procedures.openFeed',
  method: 'get',
  path: 'calendar-feeds/:token',
  summary: 'The deadlines of a desk as a calendar: procedure, law or policy, instant; nothing of a case',
  permission: 'public',
  purposeRequired: false,
  audit: 'procedures.feed-read',
  input: z.strictObject({ token: z.string() }),
  ok: z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  errors: ['not-found', 'rate-limited'],
  download: true,
} as const
