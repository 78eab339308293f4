/** A carrier between nodes of one process, for tests: same contract as HTTPS, with faults to inject. */
import { requireCarriable } from './carrier-limits.ts'
import type { Envelope } from './envelope.ts'
import type { Answer, Carrier } from './link-world.ts'

type Take = (envelopes: readonly Envelope[], peerSpki: string) => Promise<readonly Answer[]>

export interface MemoryNetwork {
  /** Registers the receiving side of the organisations of one node. */
  attach(orgs: readonly string[], take: Take): void
  /** The sending side of a node with this pin. */
  carrier(spki: string): Carrier
  /** Called before each delivery; throwing is a lost request. After it returns 'lose-answer', the answer is lost on its way back. */
  fault?: ((org: string) => 'lose-answer' | undefined) | undefined
}

export function memoryNetwork(): MemoryNetwork {
  const nodes = new Map<string, Take>()
  const network: MemoryNetwork = {
    attach(orgs, take) {
      for (const org of orgs) nodes.set(org, take)
    },
    carrier: (spki) => ({
      async deliver(org, envelopes) {
        requireCarriable(envelopes)
        const fault = network.fault?.(org)
        const take = nodes.get(org)
        if (take === undefined) throw new Error(`${org} cannot be reached.`)
        const answers = await take(structuredClone(envelopes), spki)
        if (fault === 'lose-answer') throw new Error('The answer was lost.')
        return answers
      },
      stop: async () => undefined,
    }),
  }
  return network
}
