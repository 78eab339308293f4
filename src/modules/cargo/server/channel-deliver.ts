/**
 * A machine delivers a document for a desk with the token of a channel. It learns the digest of what it sent and nothing else of the desk.
 * Invariants: without a live token no byte of a document is kept; closed, expired, replaced and unknown tokens are answered alike; limits hold
 * for each address, each channel and each day; the desk of a channel must still be one of this node. A refusal is counted for the channel
 * whose token it was.
 */
import { sql } from 'kysely'
import { AppError } from '#platform/http/app-error.ts'
import type { OpenContext } from '#platform/http/case-context.ts'
import { type RateLimit, rateLimit } from '#platform/http/limits.ts'
import { handleOpen } from '#platform/http/route.ts'
import { findUnit } from '#platform/link/directory.ts'
import type { NodeServices } from '#platform/module/services.ts'
import type { Tx } from '#platform/store/database.ts'
import { CHANNEL_BYTES_A_DAY, CHANNEL_DOCUMENTS_A_DAY, deliverDocument, type RefusedDelivery } from '../contract/channels.ts'
import { takeIn } from './channel-take-in.ts'
import { bearerToken, tokenHash } from './channel-tokens.ts'
import { noteDelivery } from './deliveries.ts'

interface Channel {
  readonly authority: string
  readonly desk: string
  readonly channel: string
  readonly purpose: string
  /** Of today, before this delivery. */
  readonly documents: number
  readonly bytes: string
  /** Why its token delivers nothing; null for a live one. */
  readonly over: 'closed' | 'expired' | 'replaced' | null
}

const limits = new WeakMap<NodeServices, { readonly perAddress: RateLimit; readonly perChannel: RateLimit }>()

function limitsAt(services: NodeServices) {
  let own = limits.get(services)
  if (own === undefined) {
    own = { perAddress: rateLimit(600, 60), perChannel: rateLimit(600, 60) }
    limits.set(services, own)
  }
  return own
}

export const deliverDocumentRoute = handleOpen(deliverDocument, async (input, context) => await deliver(input, context))

export async function deliver(
  { name }: { readonly name: string },
  context: OpenContext,
): Promise<{ document: string; size: number; known: boolean }> {
  const { services } = context
  const { perAddress, perChannel } = limitsAt(services)
  await perAddress.spend(context.remoteAddress)
  const token = bearerToken(context.authorization)
  const channel = token === undefined ? undefined : await channelOf(services, token)
  if (channel === undefined || channel.over !== null || !isOwnDesk(services, channel))
    throw await refused(services, 'the token opens no channel', channel)
  await perChannel.spend(channel.channel)
  // Asked before a byte is kept, and decided again where it is counted.
  if (channel.documents >= CHANNEL_DOCUMENTS_A_DAY || Number(channel.bytes) >= CHANNEL_BYTES_A_DAY)
    throw await counted(services, channel, spentForToday())
  if (context.upload === undefined) throw await counted(services, channel, emptyDocument())
  const { sha256, size } = await counting(services, channel, services.content.put(context.upload, deliverDocument.upload.maxBytes))
  if (size === 0) throw await counted(services, channel, emptyDocument())
  const taking = services.database.asWorker('cargo.deliver', async (tx) => {
    // The channel may have been closed while the bytes came in, and two deliveries may come at once: counted where it is decided.
    const now = services.clock.now()
    const { rows } = await sql<{ day_documents: number; day_bytes: string }>`
      update cargo.channels set used_at = ${now}, day = ${now}::date,
        day_documents = case when day = ${now}::date then day_documents else 0 end + 1,
        day_bytes = case when day = ${now}::date then day_bytes else 0 end + ${size}
      where authority = ${channel.authority} and desk = ${channel.desk} and channel = ${channel.channel} and token_hash = ${tokenHash(token ?? '')}
        and closed_at is null and expires_at > ${now}
      returning day_documents, day_bytes`.execute(tx)
    const [spent] = rows
    if (spent === undefined) return 'over'
    if (spent.day_documents > CHANNEL_DOCUMENTS_A_DAY || Number(spent.day_bytes) > CHANNEL_BYTES_A_DAY) throw spentForToday()
    await noteDelivery(tx, { ...channel, document: sha256, name, size, at: now })
    const isKnown = await takeIn(tx, services, { ...owned(channel), document: sha256, name, size, way: 'machine' })
    await services.record(tx, {
      event: deliverDocument.audit,
      outcome: 'done',
      facts: null,
      by: 'route:cargo.deliverDocument',
      subjects: [
        { kind: 'channel', id: channel.channel },
        { kind: 'document', id: sha256 },
      ],
      detail: { size },
    })
    return isKnown
  })
  const known = await counting(services, channel, taking)
  if (known === 'over') throw await refused(services, 'the channel was closed meanwhile', channel)
  return { document: sha256, size, known }
}

function spentForToday(): AppError {
  return new AppError(429, 'cargo.channel-limit', 'The channel has delivered what it may deliver in a day.')
}

function emptyDocument(): AppError {
  return new AppError(400, 'cargo.document-empty', 'The document has no bytes.')
}

function owned({ authority, desk, purpose }: Channel): Pick<Channel, 'authority' | 'desk' | 'purpose'> {
  return { authority, desk, purpose }
}

/** The channel whose token it is, or was before the present one. */
async function channelOf(services: NodeServices, token: string): Promise<Channel | undefined> {
  const now = services.clock.now()
  const hash = tokenHash(token)
  return await services.database.asWorker('cargo.deliver', async (tx) => {
    const { rows } = await sql<Channel>`
      select authority, desk, channel, purpose, case when day = ${now}::date then day_documents else 0 end as documents,
        case when day = ${now}::date then day_bytes else 0 end as bytes,
        case when closed_at is not null then 'closed' when token_hash <> ${hash} then 'replaced' when expires_at <= ${now} then 'expired' end as over
      from cargo.channels where token_hash = ${hash} or prior_hash = ${hash}`.execute(tx)
    return rows[0]
  })
}

/** The directory decides whom a desk belongs to; a channel does not outlive its desk. */
function isOwnDesk(services: NodeServices, { authority, desk }: Channel): boolean {
  return services.authorities.includes(authority) && findUnit(services.directory(), desk)?.org.id === authority
}

const WHY: Readonly<Record<string, RefusedDelivery>> = {
  'cargo.channel-limit': 'limit',
  'cargo.document-empty': 'empty',
  'cargo.document-too-large': 'too-large',
}

/** The refusal, once it is counted for whoever looks after the channel. */
async function counted(services: NodeServices, channel: Channel, error: AppError): Promise<AppError> {
  const why = WHY[error.code]
  if (why !== undefined) await services.database.asWorker('cargo.deliver', async (tx) => await count(tx, services, { channel, why }))
  return error
}

async function counting<T>(services: NodeServices, channel: Channel, work: Promise<T>): Promise<T> {
  return await work.catch(async (error: unknown) => {
    throw error instanceof AppError ? await counted(services, channel, error) : error
  })
}

async function count(
  tx: Tx,
  services: NodeServices,
  { channel, why }: { readonly channel: Channel; readonly why: RefusedDelivery },
): Promise<void> {
  await sql`update cargo.channels set refused = least(refused, 2000000000) + 1, refused_at = ${services.clock.now()}, refused_why = ${why}
    where authority = ${channel.authority} and desk = ${channel.desk} and channel = ${channel.channel}`.execute(tx)
}

async function refused(services: NodeServices, reason: string, channel: Channel | undefined): Promise<AppError> {
  await services.database.asWorker('cargo.deliver', async (tx) => {
    if (channel !== undefined) await count(tx, services, { channel, why: channel.over ?? 'closed' })
    await services.record(tx, {
      event: deliverDocument.audit,
      outcome: 'refused',
      facts: null,
      by: 'route:cargo.deliverDocument',
      subjects: channel === undefined ? [] : [{ kind: 'channel', id: channel.channel }],
      reason,
    })
  })
  return new AppError(401, 'cargo.channel', 'The token opens no channel.')
}
