/**
 * The broker as the NATS carrier wants it: a server without the known holes, with room for the largest envelope, and TLS unless it is on this machine.
 * The broker is trusted with nothing: it sees the ciphertext envelope and who is to get it.
 */
import {
  AuthorizationError,
  ConnectionError,
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
  nkeyAuthenticator,
} from '@nats-io/transport-node'
import { AppError } from '#platform/http/app-error.ts'
import { brokerServers } from './broker-servers.ts'
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

export interface BrokerSettings {
  readonly servers: string
  /** Text of a `.creds` file or of an nkey seed; empty for a broker that asks for neither. */
  readonly credentials: string
  /** PEM of the authority that the broker's certificate must come from; empty for the authorities of this machine. */
  readonly ca: string
}

/** As between nodes. The client hands it on to Node, its types do not know it. */
const TLS = { minVersion: 'TLSv1.3' }

export function brokerConnection({ servers, credentials, ca }: BrokerSettings): NodeConnectionOptions {
  const urls = brokerServers(servers)
  if (urls === undefined) throw new AppError(503, 'carrier.broker', `${servers} is no broker that may be used.`)
  const secret = new TextEncoder().encode(credentials.includes('BEGIN') ? credentials : credentials.trim())
  return {
    servers: [...urls],
    // With options for TLS the client refuses a server that does not offer it.
    ...(urls[0]?.startsWith('tls:') === true ? { tls: { ...TLS, ...(ca === '' ? {} : { ca }) } } : {}),
    ...(credentials === ''
      ? {}
      : { authenticator: credentials.includes('BEGIN NATS USER JWT') ? credsAuthenticator(secret) : nkeyAuthenticator(secret) }),
  }
}

export interface BrokerOptions {
  readonly connection: NodeConnectionOptions
  /** Only for tests: takes a server that is known to be unsafe. No setting and no command sets it. */
  readonly allowUnsafeServer?: boolean
}

const HANDSHAKE_WITHIN_MS = 5000
const PING_EVERY_MS = 20_000

/**
 * A connection that was looked at: `AppError` for a broker that answers and is not good enough, any other error for one that does not answer. It is
 * never made anew by the client library: who connects again looks again. Servers that the broker names are not used, only those of the settings.
 */
export async function connectBroker({ connection, allowUnsafeServer = false }: BrokerOptions): Promise<NatsConnection> {
  const broker = await connect({
    timeout: HANDSHAKE_WITHIN_MS,
    pingInterval: PING_EVERY_MS,
    ...connection,
    reconnect: false,
    ignoreClusterUpdates: true,
  }).catch((error: unknown) => {
    throw refusalOf(error) ?? error
  })
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

/** What waiting does not mend: credentials, and TLS that is missing or not of the authority. */
function refusalOf(error: unknown): AppError | undefined {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  const because =
    error instanceof AuthorizationError
      ? 'The broker refused the credentials.'
      : error instanceof ConnectionError && message?.includes("'tls'") === true
        ? 'The broker does not speak TLS.'
        : /CERT|TLS|SSL|VERIFY|ISSUER/.test(code ?? '')
          ? `The broker's certificate was refused: ${code ?? ''}.`
          : undefined
  return because === undefined ? undefined : new AppError(503, 'carrier.broker', because, { cause: error })
}
