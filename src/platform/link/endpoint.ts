/**
 * How a node is reached, as its entry in the signed directory says: `https://HOST:PORT` directly, `nats://HUB` by the coalition's broker, where each
 * node connects as its own settings say, `bundle:` by hand.
 */
import { z } from 'zod'

export const endpointSchema = z.url({ protocol: /^(https|nats|bundle)$/ })

/** Endpoints of nodes that no network reaches. */
export const BY_HAND = 'bundle:'

/** Names for the certificate of a node. A broker's name belongs to the broker: a node that is reached by one has no name of its own. */
export function hostsOf(endpoint: string): readonly string[] {
  const { protocol, hostname } = new URL(endpoint)
  return protocol === 'https:' ? [hostname] : []
}
