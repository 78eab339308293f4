/**
 * The broker as the NATS carrier wants it: a server without the known holes, room for the largest envelope, one stream for the coalition, and names.
 * The broker is trusted with nothing: it sees the ciphertext envelope and who is to get it.
 */
import { type JetStreamManager, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream'
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node'
import { AppError } from '#platform/http/app-error.ts'
import { LARGEST_ENVELOPE } from './carrier-limits.ts'

/**
 * Lines of the server with every published advisory closed (2026-11): from this version, and below that one. Lines in between get no fixes any more.
 * Before 2.9.23 a server could take in clients without any credentials (CVE-2023-47090); before these, among others, CVE-2025-30215.
 */
export const SAFE_SERVERS: readonly { readonly from: string; readonly below?: string }[] = [
  { from: '2.12.12', below: '2.13.0' },
  { from: '2.14.3' },
]

/** False also for what is no version at all. A version before its release (`2.14.3-RC.1`) counts as older than the release. */
export function isSafeServer(version: string): boolean {
  const own = parts(version)
  return own !== undefined && SAFE_SERVERS.some(({ from, below }) => !isOlder(own, from) && (below === undefined || isOlder(own, below)))
}

interface Version {
  readonly numbers: readonly number[]
  readonly isReleased: boolean
}

function parts(version: string): Version | undefined {
  const match = /^v?(\d{1,5})\.(\d{1,5})\.(\d{1,5})(-[0-9A-Za-z.-]+)?$/.exec(version)
  if (match === null) return undefined
  return { numbers: match.slice(1, 4).map(Number), isReleased: match[4] === undefined }
}

function isOlder(own: Version, than: string): boolean {
  const other = parts(than)?.numbers ?? []
  const differing = own.numbers.findIndex((number, index) => number !== other[index])
  if (differing === -1) return !own.isReleased
  return (own.numbers[differing] ?? 0) < (other[differing] ?? 0)
}

export interface BrokerOptions {
  /** Servers, credentials and TLS as the client library takes them. */
  readonly connection: NodeConnectionOptions
  /** Only for tests: takes a server that is known to be unsafe. */
  readonly allowUnsafeServer?: boolean
}

export async function connectBroker({ connection, allowUnsafeServer = false }: BrokerOptions): Promise<NatsConnection> {
  const broker = await connect({ maxReconnectAttempts: -1, ...connection })
  const { version = '', max_payload: room = 0 } = broker.info ?? {}
  const because = !(allowUnsafeServer || isSafeServer(version))
    ? `The broker runs NATS ${version}, which has known holes; it needs 2.12.12 or newer of its line, or 2.14.3.`
    : room < LARGEST_ENVELOPE + 1024
      ? `The broker takes messages of ${room} bytes; max_payload must be at least ${LARGEST_ENVELOPE + 1024}.`
      : undefined
  if (because === undefined) return broker
  await broker.close()
  throw new AppError(503, 'carrier.broker', because)
}

const STREAM = 'HX'
const DAY_NS = 86_400 * 1e9

/** Identifiers of organisations hold dots, which part a subject; they never hold underscores. */
const token = (org: string) => org.replaceAll('.', '_')

export const envelopeSubject = (org: string, urgency: string) => `hx.${token(org)}.${urgency}`
/** Not in the stream: who is not there to hear it loses nothing, because the envelope itself waits in the stream. */
export const againSubject = (org: string) => `hx-again.${token(org)}`
export const REPLY_HEADER = 'Hx-Reply'

/**
 * Both sides make the stream, whoever comes first: with the same settings that is no conflict. An envelope lies in it until the recipient has
 * acknowledged it, at most a month.
 */
export async function requireStream(broker: NatsConnection): Promise<JetStreamManager> {
  const manager = await jetstreamManager(broker)
  const names = await manager.streams.names().next()
  if (names.includes(STREAM)) return manager
  await manager.streams.add({
    name: STREAM,
    subjects: ['hx.*.*'],
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    max_age: 30 * DAY_NS,
    duplicate_window: DAY_NS / 24,
  })
  return manager
}

/** The durable consumer of one organisation; it names its own subjects and no others. */
export async function requireConsumer(broker: NatsConnection, org: string, most: number) {
  const manager = await requireStream(broker)
  await manager.consumers.add(STREAM, {
    durable_name: token(org),
    filter_subject: `hx.${token(org)}.*`,
    ack_policy: 'explicit',
    ack_wait: 60 * 1e9,
    max_ack_pending: most,
  })
  return await manager.jetstream().consumers.get(STREAM, token(org))
}
