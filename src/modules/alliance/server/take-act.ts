/**
 * One act of a partner, taken or refused by the ledger. An act that is refused is an event too: the detectors look at it.
 * Invariant: a party without a link of its own gets no answer but that there is nothing, whether the container exists or not.
 */
import { refusalOf } from '#kernel/release-right/decide.ts'
import type { Act, EventParty, Occurrence, Refusal } from '#kernel/release-right/event.ts'
import { ownLink, refusalTold } from '#kernel/release-right/own-link.ts'
import { append, brokenChain, type Chain, type LedgerWork } from './chain-store.ts'
import { vettedRole } from './standing.ts'

export type ActAnswer =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly because: Refusal }
  /** No link: nothing to see here. */
  | { readonly outcome: 'nothing' }

/** A clock at a gate may run a little ahead of ours. */
const AHEAD_MS = 5 * 60_000

export const liesAhead = (at: Date, now: Date): boolean => at.getTime() > now.getTime() + AHEAD_MS

export interface TakenAct {
  readonly answer: ActAnswer
  readonly chain: Chain
}

export async function takeAct(
  work: LedgerWork,
  chain: Chain,
  { by, act }: { readonly by: EventParty; readonly act: Act },
): Promise<TakenAct> {
  const { services } = work
  if (chain.isBroken) return { answer: brokenFor(chain, by), chain }
  const opens = act.kind === 'released' || act.kind === 'gated-out'
  // Only a line or a terminal begins a chain: what anybody else says of a container that nobody knows leaves no trace in a ledger.
  if (chain.events.length === 0 && !(opens && (by.role === 'line' || by.role === 'terminal')))
    return { answer: { outcome: 'nothing' }, chain }
  const because =
    refusalOf(chain.state, { by, act, now: services.clock.now().toISOString() }) ??
    ((await isReceiverVetted(work, chain, { by, act })) ? undefined : 'party-not-vetted')
  if (because === undefined) return { answer: { outcome: 'taken' }, chain: await append(work, chain, { by, body: act }) }
  const told = refusalTold(ownLink(chain.events, by.desk), act, because)
  // A chain does not begin with a refusal.
  const after = chain.events.length === 0 ? chain : await append(work, chain, { by, body: { kind: 'refused', act, because } })
  if (told !== undefined) return { answer: { outcome: 'refused', because: told }, chain: after }
  // A receiver that is not vetted is the one thing that a line without a link may be told: it named it itself.
  return {
    answer: because === 'party-not-vetted' && act.kind === 'released' ? { outcome: 'refused', because } : { outcome: 'nothing' },
    chain: after,
  }
}

const RECEIVERS: Readonly<Record<'released' | 'transferred' | 'transport-ordered', readonly string[]>> = {
  released: ['forwarder', 'haulier'],
  transferred: ['forwarder', 'haulier'],
  'transport-ordered': ['haulier'],
}

/** A right goes only to a partner whose vetting with this keeper is in force, and a transport only to a haulier; a holder may drive itself. */
async function isReceiverVetted(
  { tx, services }: LedgerWork,
  { keeper }: Chain,
  { by, act }: { readonly by: EventParty; readonly act: Act },
): Promise<boolean> {
  if (act.kind !== 'released' && act.kind !== 'transferred' && act.kind !== 'transport-ordered') return true
  const receiver = act.kind === 'transport-ordered' ? act.haulier : act.to
  if (receiver === by.desk) return true
  const role = await vettedRole(tx, keeper, { desk: receiver, now: services.clock.now() })
  return role !== undefined && RECEIVERS[act.kind].includes(role)
}

/** Something that happened, as a terminal or a system reports it. A second terminal does not report what the first has. */
export async function takeOccurrence(
  work: LedgerWork,
  chain: Chain,
  { by, occurrence }: { readonly by: EventParty; readonly occurrence: Occurrence },
): Promise<TakenAct> {
  if (chain.isBroken) return { answer: brokenFor(chain, by), chain }
  const { terminal } = chain.state
  const isTerminals = occurrence.kind === 'discharged' || occurrence.kind === 'moved'
  if (isTerminals && (by.role !== 'terminal' || (terminal !== undefined && terminal !== by.desk)))
    return { answer: { outcome: 'nothing' }, chain }
  // A move is of a box that the terminal has: taken from one that has it not, it would tell whether the box was released.
  if (occurrence.kind === 'moved' && terminal !== by.desk) return { answer: { outcome: 'nothing' }, chain }
  if (chain.events.length === 0 && occurrence.kind !== 'discharged') return { answer: { outcome: 'nothing' }, chain }
  if (occurrence.kind === 'foreign-code' && ownLink(chain.events, by.desk) === undefined) return { answer: { outcome: 'nothing' }, chain }
  return { answer: { outcome: 'taken' }, chain: await append(work, chain, { by, body: occurrence }) }
}

/** A party of the chain is told that it must wait; nobody else learns that there is something. */
function brokenFor(chain: Chain, by: EventParty): ActAnswer {
  if (ownLink(chain.events, by.desk) !== undefined) throw brokenChain()
  return { outcome: 'nothing' }
}
