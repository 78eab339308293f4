/** Watching the logs of peers: keys from the directory, a fork logged and reported, a greeting that proves nothing ignored. */
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { LogKey, LogPublicKey } from '#platform/audit/log-key.ts'
import { greetingFor, meet } from '#platform/audit/witness.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Directory } from './directory.ts'
import { isInForce, orgOf } from './directory-store.ts'
import type { LinkWorld } from './link-world.ts'
import { logOrigin } from './node-keys.ts'

export interface Watching {
  readonly own: LogKey
  readonly clock: Clock
  readonly log: Logger
  readonly directory: () => Directory
  readonly record: (tx: Tx, entry: AuditEntry) => Promise<void>
}

export function peerWitness({ own, clock, log, directory, record }: Watching): LinkWorld['witness'] {
  return {
    greet: async (tx, peer) => await greetingFor(tx, peer),
    meet: async (tx, peer, { greeting, stated }) => {
      const peerKey = logKeyOf(directory(), peer, clock.now())
      if (peerKey === undefined) return
      const result = await meet(tx, { peer, greeting, stated, peerKey, own, at: clock.now() })
      if (result !== 'fork') return
      log.error({ code: 'audit.fork', peer }, 'the log of a peer is not the one that was seen before')
      await record(tx, {
        event: 'exchange.log-fork',
        outcome: 'failed',
        facts: null,
        by: 'witness',
        subjects: [{ kind: 'authority', id: peer }],
      })
    },
  }
}

export function logKeyOf(directory: Directory, org: string, now: Date): LogPublicKey | undefined {
  for (const node of orgOf(directory, org)?.nodes ?? []) {
    const key = node.keys.find((each) => each.use === 'log' && isInForce(each, now))
    if (key !== undefined) return { name: logOrigin(node.id), publicKey: Buffer.from(String(key.jwk['x']), 'base64url') }
  }
  return undefined
}
