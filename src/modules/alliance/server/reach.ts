/**
 * What somebody without a part in a right tries on it: a look, or an act. It is answered before anybody looks whether there is such a right; a job that is
 * asked for either way writes it down, as an event of the chain if there is one.
 * Invariant: neither the answer, nor what is written before it, nor how many entries the log has of it after, tells whether the right exists.
 */
import { sql } from 'kysely'
import { refusalOf } from '#kernel/release-right/decide.ts'
import type { Act, EventBody, EventParty } from '#kernel/release-right/event.ts'
import { ownLink } from '#kernel/release-right/own-link.ts'
import type { AuditSubject } from '#platform/audit/audit-event.ts'
import type { Job } from '#platform/module/define-module.ts'
import { type Chain, chainOn, type LedgerWork, lockChain } from './chain-store.ts'
import type { Keeper } from './keepers.ts'
import { isSameReading } from './reading.ts'
import type { RightName } from './right-name.ts'
import { isReceiverVetted } from './standing.ts'

const NOTE_REACH = 'alliance.note-reach'

export interface Reach {
  readonly by: EventParty
  readonly tried: Act | { readonly kind: 'read'; readonly account: string }
  /** It waits for a message of another: nothing was refused yet, and the log has the same entry as if it had been. */
  readonly waits?: boolean
}

/** A message need not name the voyage: then the newest right to the box that is not over is meant. */
export type ReachedName = Omit<RightName, 'voyage'> & { readonly voyage?: string }

export async function noteReachLater(
  { tx, services }: LedgerWork,
  { keeper, name }: { readonly keeper: Keeper; readonly name: ReachedName },
  reach: Reach,
): Promise<void> {
  await services.enqueue(tx, { name: NOTE_REACH, data: { keeper, name, ...reach } })
}

export const noteReachJob: Job = {
  name: NOTE_REACH,
  meaning: 'Writes down what somebody without a part in a right tried on it, in its ledger if there is one',
  timeoutSeconds: 60,
  retries: 5,
  run: async (data, services) => {
    const { keeper, name, ...reach } = data as unknown as Reach & { readonly keeper: Keeper; readonly name: ReachedName }
    await services.database.asWorker(NOTE_REACH, async (tx) => {
      const work = { tx, services }
      const meant = await meantBy(work, keeper, name)
      const chain = meant === undefined ? undefined : await lockChain(work, keeper, meant)
      await services.record(tx, {
        event: 'alliance.reach-noted',
        outcome: 'refused',
        facts: null,
        by: `job:${NOTE_REACH}`,
        subjects: chain === undefined ? [] : [{ kind: 'release-right', id: chain.right }, ...(await chained(work, chain, reach))],
      })
    })
  },
}

async function meantBy({ tx }: LedgerWork, keeper: Keeper, { voyage, ...box }: ReachedName): Promise<RightName | undefined> {
  if (voyage !== undefined) return { ...box, voyage }
  const { rows } = await sql<{ voyage: string }>`
    select voyage from alliance.chains where authority = ${keeper.authority} and keeper = ${keeper.desk} and container = ${box.container} and port = ${box.port}
      and stage <> 'gated-out' order by changed_at desc, right_id limit 1`.execute(tx)
  return rows[0] === undefined ? undefined : { ...box, voyage: rows[0].voyage }
}

/** The event and the signals it raised, if there is a chain to hold them. The entry in the log names them all. */
async function chained(work: LedgerWork, chain: Chain, { by, tried, waits }: Reach): Promise<readonly AuditSubject[]> {
  if (waits === true || chain.events.length === 0 || chain.isBroken) return []
  const body = await bodyOf(work, chain, { by, tried })
  if (body === undefined) return []
  const { event, signals } = await chainOn(work, chain, { by, body })
  return [{ kind: 'release-event', id: event.hash }, ...signals.map(({ id }) => ({ kind: 'signal', id }))]
}

async function bodyOf(work: LedgerWork, chain: Chain, { by, tried }: Reach): Promise<EventBody | undefined> {
  const now = work.services.clock.now()
  if (tried.kind === 'read') return isSameReading(chain, { desk: by.desk, account: tried.account, now }) ? undefined : tried
  // Who was given a part since is refused nothing: what it tried before was not this right.
  if (ownLink(chain.events, by.desk) !== undefined) return undefined
  const because = refusalOf(chain.state, { by, act: tried, now: now.toISOString() })
  if (because !== undefined) return { kind: 'refused', act: tried, because }
  return (await isReceiverVetted(work.tx, chain.keeper, { by, act: tried, now }))
    ? undefined
    : { kind: 'refused', act: tried, because: 'party-not-vetted' }
}
