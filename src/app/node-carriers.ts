/**
 * The carriers of a running node. It sends by all that it has: HTTPS, and the broker when one is set. It listens by HTTPS when that is its endpoint in
 * the directory, and on the broker whenever one is set, so that a change of endpoint finds it there before the others have heard of it.
 */
import { readFileSync } from 'node:fs'
import type { Clock } from '#platform/clock/clock.ts'
import { SETTINGS, type Settings } from '#platform/config/settings.ts'
import { AppError } from '#platform/http/app-error.ts'
import { routedCarrier } from '#platform/link/carrier-routes.ts'
import type { Directory } from '#platform/link/directory.ts'
import { listen } from '#platform/link/https-listener.ts'
import { httpsCarrier } from '#platform/link/https-sender.ts'
import type { Link } from '#platform/link/link.ts'
import type { Carrier } from '#platform/link/link-world.ts'
import { natsCarrier } from '#platform/link/nats-carrier.ts'
import { listenOnBroker } from '#platform/link/nats-listener.ts'
import { type BrokerOptions, brokerConnection } from '#platform/link/nats-server.ts'
import type { NodeKeys } from '#platform/link/node-keys.ts'
import type { Logger } from '#platform/log/logger.ts'

export interface CarrierWorld {
  readonly settings: Settings
  readonly keys: NodeKeys
  readonly clock: Clock
  readonly log: Logger
  readonly directory: () => Directory
  /** Only for tests, see `BrokerOptions`. */
  readonly allowUnsafeBroker?: boolean | undefined
}

export interface Listening {
  /** Where others reach this node. */
  readonly url: string
  stop(): Promise<void>
}

/** The broker that the settings name, if any. Refuses the start of a node that the others would look for on a broker it does not know. */
export function brokerOf({ settings, keys, directory, allowUnsafeBroker = false }: CarrierWorld): BrokerOptions | undefined {
  const { natsServers, natsCredentials, natsCa } = settings
  if (natsServers === '') {
    if (endpointOf(directory(), keys).startsWith('nats:'))
      throw new AppError(
        503,
        'carrier.no-broker',
        'The directory says that this node is reached by the broker: BREAKWATER_NATS_SERVERS must name it.',
      )
    return undefined
  }
  return {
    connection: brokerConnection({
      servers: natsServers,
      credentials: textOf(natsCredentials, SETTINGS.natsCredentials.env),
      ca: textOf(natsCa, SETTINGS.natsCa.env),
    }),
    allowUnsafeServer: allowUnsafeBroker,
  }
}

function textOf(file: string, setting: string): string {
  if (file === '') return ''
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new AppError(503, 'settings.value', `${setting} names a file that cannot be read.`, { cause: error })
  }
}

export async function openCarriers(world: CarrierWorld, broker: BrokerOptions | undefined): Promise<Carrier> {
  return routedCarrier(world.directory, {
    'https:': httpsCarrier(world),
    ...(broker === undefined ? {} : { 'nats:': await natsCarrier({ ...world, ...broker }) }),
  })
}

export async function listenForPeers(world: CarrierWorld, broker: BrokerOptions | undefined, take: Link['take']): Promise<Listening> {
  const { settings, keys, directory } = world
  const own = endpointOf(directory(), keys)
  const onBroker = broker === undefined ? undefined : await listenOnBroker({ ...world, ...broker, take })
  try {
    const https = own.startsWith('https:') ? await listen({ ...world, host: settings.linkHost, port: settings.linkPort, take }) : undefined
    return {
      url: https?.url ?? own,
      stop: async () => {
        await https?.stop()
        await onBroker?.stop()
      },
    }
  } catch (error) {
    await onBroker?.stop()
    throw error
  }
}

/** The endpoint of this node, as the directory has it. */
function endpointOf(directory: Directory, { nodeId }: NodeKeys): string {
  return directory.orgs.flatMap((org) => org.nodes).find((node) => node.id === nodeId)?.endpoint ?? ''
}
