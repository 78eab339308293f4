/** Into the outbox, in the caller's transaction: the message leaves after its commit or never. What is done with it then: `outbox.ts`. */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '#platform/store/database.ts'
import type { WaitingRequest } from './envelope.ts'
import type { LinkWorld } from './link-world.ts'
import type { MessageId, OutgoingMessage } from './message.ts'

export const WAKE_CHANNEL = 'breakwater_link'
export const RANK = { immediate: 0, urgent: 1, routine: 2 } as const

type InternalKind = 'evidence' | 'resend' | 'directory'
/** What the link says for itself is never evidenced and stands in no list of messages. */
export type Submission = Omit<OutgoingMessage, 'kind'> & { readonly kind: OutgoingMessage['kind'] | InternalKind }

export function isInternal(kind: string): boolean {
  return kind === 'evidence' || kind === 'resend' || kind === 'directory'
}

export async function submit(tx: Tx, world: Pick<LinkWorld, 'clock'>, message: Submission): Promise<MessageId> {
  const id = uuidv7()
  const createdAt = world.clock.now().toISOString()
  const requestDigest = message.kind === 'response' && message.inReplyTo !== undefined ? await digestOfReceived(tx, message) : undefined
  const request: WaitingRequest = {
    ...message,
    id,
    createdAt,
    ...(requestDigest === undefined ? {} : { requestDigest }),
  }
  const orgs = [...new Set(message.to.map((to) => to.org))]
  const { from, urgency, kind } = message
  // One round trip: an officer's request waits for it.
  await sql`
    with waiting as (
      insert into link.outbox (from_org, id, to_org, urgency_rank, context, request, created_at, expires_at, audience)
      select ${from.org}, ${id}, org, ${RANK[urgency]}::int, ${message.context}, ${JSON.stringify(request)}::jsonb, ${createdAt}::timestamptz, ${message.expiresAt}::timestamptz, ${[from.unit]}::text[] from unnest(${orgs}::text[]) as org),
    noted as (
      insert into link.messages (org, id, direction, from_unit, to_units, kind, type, urgency, context, created_at, state, peer, audience)
      select ${from.org}, ${id}, 'out', ${from.unit}, ${message.to.map((to) => to.unit)}::text[], ${kind}::text, ${message.body.type}, ${urgency}::text, ${message.context}, ${createdAt}::timestamptz, 'waiting',
        ${orgs.join(',')}, ${[from.unit]}::text[] where not ${isInternal(kind)}::boolean)
    select pg_notify(${WAKE_CHANNEL}, '')`.execute(tx)
  return id
}

/** Digest of the request a response answers, as this node received it. */
async function digestOfReceived(tx: Tx, { from, inReplyTo }: Submission): Promise<string | undefined> {
  const { rows } = await sql<{
    digest: string | null
  }>`select digest from link.messages where org = ${from.org} and id = ${inReplyTo ?? ''} and direction = 'in'`.execute(tx)
  return rows[0]?.digest ?? undefined
}
