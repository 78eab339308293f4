/** What the two bundle commands share: they work on the store of a node that may be running beside them, and the log keeps what was carried. */
import { setTimeout as pause } from 'node:timers/promises'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import { systemClock } from '#platform/clock/clock.ts'
import type { Settings } from '#platform/config/settings.ts'
import type { NodeServices } from '#platform/module/services.ts'
import { openNodeHome } from '../node-home.ts'

/** A running node that sends to a peer holds it, at most 40 seconds: the lease of the outbox. */
const TRIES = 45
const EVERY_MS = 1000

export async function patiently(isDone: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await isDone()) return true
    await pause(EVERY_MS)
  }
  return false
}

type BundleEntry = Pick<AuditEntry, 'event' | 'outcome' | 'reason' | 'detail'>

export async function recordBundle(node: Pick<NodeServices, 'database' | 'record'>, entry: BundleEntry): Promise<void> {
  await node.database.asWorker(
    'link.bundle',
    async (tx) => await node.record(tx, { ...entry, facts: null, by: 'command:bundle', subjects: [] }),
  )
}

/** Where no node was started. */
export async function recordAt(settings: Settings, entry: BundleEntry): Promise<void> {
  const home = await openNodeHome(settings, systemClock)
  try {
    await recordBundle(home, entry)
  } finally {
    await home.close()
  }
}
