/** What the two bundle commands share: they work on the store of a node that may be running beside them, and the log keeps what was carried. */
import { setTimeout as pause } from 'node:timers/promises'
import type { AuditEntry } from '#platform/audit/audit-event.ts'
import type { RunningNode } from '../node.ts'

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

export async function recordBundle(node: RunningNode, entry: Pick<AuditEntry, 'event' | 'outcome' | 'reason' | 'detail'>): Promise<void> {
  const { database, record } = node.services
  await database.asWorker('link.bundle', async (tx) => await record(tx, { ...entry, facts: null, by: 'command:bundle', subjects: [] }))
}
