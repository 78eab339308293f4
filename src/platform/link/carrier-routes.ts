/**
 * One carrier for a node. How an organisation is reached says the scheme of its node's endpoint in the signed directory, which all members share: so
 * nobody sends where nobody listens.
 */
import type { Directory } from './directory.ts'
import { orgOf } from './directory-store.ts'
import { BY_HAND } from './endpoint.ts'
import type { Carrier } from './link-world.ts'

export function routedCarrier(directory: () => Directory, carriers: Readonly<Record<string, Carrier>>): Carrier {
  const schemeOf = (org: string): string | undefined => {
    const endpoint = orgOf(directory(), org)?.nodes[0]?.endpoint
    return endpoint === undefined ? undefined : new URL(endpoint).protocol
  }
  return {
    reaches: (org) => schemeOf(org) !== BY_HAND,
    async deliver(org, envelopes) {
      const scheme = schemeOf(org)
      if (scheme === undefined) throw new Error(`${org} has no node in the directory.`)
      const carrier = carriers[scheme]
      if (carrier === undefined) throw new Error(`${org} is reached by ${scheme} and this node has no such carrier.`)
      return await carrier.deliver(org, envelopes)
    },
    stop: async () => {
      for (const carrier of Object.values(carriers)) await carrier.stop()
    },
  }
}
