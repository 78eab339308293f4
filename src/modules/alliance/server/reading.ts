/** Readings of a right are events of its ledger: a party with a link reads its chain, and the reading is chained with the answer. */
import type { PartnerRole } from '#kernel/release-right/event.ts'
import { append, type Chain, type LedgerWork } from './chain-store.ts'

/** A repeat by the same account within this time is the same reading: the log has each of them. */
const SAME_READING_MS = 60_000

export interface Reader {
  readonly desk: string
  readonly role: PartnerRole | 'customs'
  /** Token of the account. */
  readonly account: string
}

export async function noteReading(work: LedgerWork, chain: Chain, { desk, role, account }: Reader): Promise<void> {
  if (!isSameReading(chain, { desk, account, now: work.services.clock.now() }))
    await append(work, chain, { by: { desk, role }, body: { kind: 'read', account } })
}

export function isSameReading(
  { events }: Chain,
  { desk, account, now }: { readonly desk: string; readonly account: string; readonly now: Date },
): boolean {
  const since = now.getTime() - SAME_READING_MS
  return events.some(({ body, by, at }) => body.kind === 'read' && body.account === account && by.desk === desk && Date.parse(at) > since)
}
