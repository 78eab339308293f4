/**
 * Readings of a right are events of its ledger. A party with a link reads its chain, and the reading is chained with the answer. Whoever has none is
 * answered before anybody looks whether there is a chain: the look is written by a job that is asked for either way, so that neither what the answer
 * costs nor what it writes tells whether the container exists.
 */
import type { PartnerRole } from '#kernel/release-right/event.ts'
import type { Job } from '#platform/module/define-module.ts'
import { append, type Chain, type LedgerWork, lockChain } from './chain-store.ts'
import type { Keeper } from './keepers.ts'
import type { RightName } from './right-name.ts'

const NOTE_READING = 'alliance.note-reading'
/** A repeat by the same account within this time is the same reading: the log has each of them. */
const SAME_READING_MS = 60_000

export interface Reader {
  readonly desk: string
  readonly role: PartnerRole | 'customs'
  /** Token of the account. */
  readonly account: string
}

export async function noteReading(work: LedgerWork, chain: Chain, { desk, role, account }: Reader): Promise<void> {
  const since = work.services.clock.now().getTime() - SAME_READING_MS
  const isRepeat = chain.events.some(
    ({ body, by, at }) => body.kind === 'read' && body.account === account && by.desk === desk && Date.parse(at) > since,
  )
  if (!isRepeat) await append(work, chain, { by: { desk, role }, body: { kind: 'read', account } })
}

export async function noteReadingLater(
  { tx, services }: LedgerWork,
  keeper: Keeper,
  reading: { readonly name: RightName; readonly by: Reader },
): Promise<void> {
  await services.enqueue(tx, { name: NOTE_READING, data: { keeper, ...reading } })
}

export const noteReadingJob: Job = {
  name: NOTE_READING,
  meaning: 'Chains the look of somebody without a part in a right to its ledger, if there is one',
  timeoutSeconds: 60,
  retries: 5,
  run: async (data, services) => {
    const { keeper, name, by } = data as unknown as { keeper: Keeper; name: RightName; by: Reader }
    await services.database.asWorker(NOTE_READING, async (tx) => {
      const chain = await lockChain({ tx }, keeper, name)
      if (chain.events.length > 0 && !chain.isBroken) await noteReading({ tx, services }, chain, by)
    })
  },
}
