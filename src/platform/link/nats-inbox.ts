/**
 * What lies on the broker, and its names. Each organisation has one stream, in its own account, which its own node makes: others may only publish into
 * it, on the subjects that its account exports to them. An envelope lies in the stream until the node has acknowledged it.
 */
import {
  AckPolicy,
  type Consumer,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { AppError } from '#platform/http/app-error.ts'

const DAY_NS = 24 * 3600 * 1e9
/** What is full is refused and goes on waiting at its sender. A sender has at most two batches of 4 MiB here: the next is sealed when one is answered. */
const MOST_BYTES = 1024 ** 3
const DURABLE = 'node'
/** Far longer than a batch takes. What is brought again although it was taken is known to the inbox. */
const ACK_WITHIN_NS = 15 * 1e9

/** One token of a subject. Ids of organisations hold no underscore, so no two become the same, and no wildcard. */
export function subjectToken(org: string): string {
  if (!/^[a-z0-9][a-z0-9.-]{0,119}$/.test(org)) throw new Error(`${org} cannot be addressed on a broker.`)
  return org.replaceAll('.', '_')
}

export const envelopeSubject = (org: string, urgency: string) => `hx.${subjectToken(org)}.${urgency}`
/** Not in the stream: who is not there to hear it loses nothing, because the envelope itself waits in the stream or was taken. */
export const againSubject = (org: string) => `hx.${subjectToken(org)}.again`
/** To the organisation that sent, in no stream either: an answer that is lost is asked for again. */
export const answerSubject = (org: string) => `hx.${subjectToken(org)}.answer`

const urgencies = (org: string) => ['routine', 'urgent', 'immediate'].map((urgency) => envelopeSubject(org, urgency))
const streamName = (org: string) => `HX_${subjectToken(org)}`

/** The stream as it is when there is one: its owner may have made it with replicas or other limits. */
async function requireStream(manager: JetStreamManager, org: string): Promise<void> {
  const name = streamName(org)
  const subjects = urgencies(org)
  const found = await manager.streams.info(name).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return undefined
    throw error
  })
  const { config } =
    found ??
    (await manager.streams.add({
      name,
      subjects,
      retention: RetentionPolicy.Workqueue,
      storage: StorageType.File,
      max_age: 30 * DAY_NS,
      max_bytes: MOST_BYTES,
      discard: DiscardPolicy.New,
      duplicate_window: DAY_NS,
    }))
  if (config.retention !== RetentionPolicy.Workqueue || subjects.some((subject) => !config.subjects.includes(subject)))
    throw new AppError(503, 'carrier.broker', `The stream ${name} must be a work queue of ${subjects.join(', ')}.`)
}

/** The durable consumer of one organisation, over all of its stream. At most `most` envelopes are on their way to the node and not acknowledged. */
export async function requireInbox(broker: NatsConnection, org: string, most: number): Promise<Consumer> {
  const manager = await jetstreamManager(broker)
  await requireStream(manager, org)
  await manager.consumers.add(streamName(org), {
    durable_name: DURABLE,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WITHIN_NS,
    max_ack_pending: most,
  })
  return await manager.jetstream().consumers.get(streamName(org), DURABLE)
}
