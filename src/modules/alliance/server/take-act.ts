/**
 * One act of a partner, taken or refused by the ledger. An act that is refused is an event too: the detectors look at it.
 * Invariant: a party without a link of its own gets no answer but that there is nothing, whether the container exists or not; what it tried is written
 * down in the same way for both (`reach.ts`).
 */
import { refusalOf } from '#kernel/release-right/decide.ts'
import type { Act, EventParty, Occurrence, Refusal } from '#kernel/release-right/event.ts'
import { ownLink, refusalTold } from '#kernel/release-right/own-link.ts'
import { append, brokenChain, type Chain, hasLink, type LedgerWork, lockChain } from './chain-store.ts'
import type { Keeper } from './keepers.ts'
import { noteReachLater } from './reach.ts'
import { type RightName, rightIdOf } from './right-name.ts'
import { isReceiverVetted } from './standing.ts'

export type ActAnswer =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly because: Refusal }
  /** No link: nothing to see here. */
  | { readonly outcome: 'nothing' }

/** A clock at a gate may run a little ahead of ours. */
const AHEAD_MS = 5 * 60_000

export const liesAhead = (at: Date, now: Date): boolean => at.getTime() > now.getTime() + AHEAD_MS

/** The right that is acted on, whether it exists or not. */
export interface Place {
  readonly keeper: Keeper
  readonly name: RightName
}

export async function takeAct(
  work: LedgerWork,
  { keeper, name }: Place,
  { by, act }: { readonly by: EventParty; readonly act: Act },
): Promise<ActAnswer> {
  const nothing = async (answer: ActAnswer = { outcome: 'nothing' }): Promise<ActAnswer> => {
    await noteReachLater(work, { keeper, name }, { by, tried: act })
    return answer
  }
  const now = work.services.clock.now()
  const isVetted = await isReceiverVetted(work.tx, keeper, { by, act, now })
  if (!(await hasLink(work.tx, keeper, { party: by.desk, right: rightIdOf(keeper, name) }))) {
    if (!begins(act, by)) return await nothing()
    // A receiver that is not vetted is the one thing that a line without a link may be told: it named it itself.
    if (!isVetted) return await nothing({ outcome: 'refused', because: 'party-not-vetted' })
  }
  const chain = await lockChain(work, keeper, name)
  const link = ownLink(chain.events, by.desk)
  if (chain.isBroken && link !== undefined) throw brokenChain()
  if (chain.isBroken) return await nothing()
  const because = refusalOf(chain.state, { by, act, now: now.toISOString() }) ?? (isVetted ? undefined : 'party-not-vetted')
  if (because === undefined) {
    await append(work, chain, { by, body: act })
    return { outcome: 'taken' }
  }
  const told = refusalTold(link, act, because)
  if (told === undefined) return await nothing()
  await append(work, chain, { by, body: { kind: 'refused', act, because } })
  return { outcome: 'refused', because: told }
}

/** Only a line or a terminal begins a chain: what anybody else says of a container that nobody knows leaves no trace in a ledger. */
function begins(act: Act, { role }: EventParty): boolean {
  return (act.kind === 'released' && role === 'line') || (act.kind === 'gated-out' && role === 'terminal')
}

/** Something that happened, as a terminal or a system reports it. A second terminal does not report what the first has. */
export async function takeOccurrence(
  work: LedgerWork,
  { keeper, name }: Place,
  { by, occurrence }: { readonly by: EventParty; readonly occurrence: Occurrence },
): Promise<ActAnswer> {
  const isTerminals = occurrence.kind === 'discharged' || occurrence.kind === 'moved'
  if (isTerminals && by.role !== 'terminal') return { outcome: 'nothing' }
  const right = rightIdOf(keeper, name)
  if (occurrence.kind !== 'discharged' && !(await hasLink(work.tx, keeper, { party: by.desk, right }))) return { outcome: 'nothing' }
  const chain = await lockChain(work, keeper, name)
  if (chain.isBroken) return brokenFor(chain, by)
  const { terminal } = chain.state
  if (isTerminals && terminal !== undefined && terminal !== by.desk) return { outcome: 'nothing' }
  // A move is of a box that the terminal has: taken from one that has it not, it would tell whether the box was released.
  if (occurrence.kind === 'moved' && terminal !== by.desk) return { outcome: 'nothing' }
  await append(work, chain, { by, body: occurrence })
  return { outcome: 'taken' }
}

/** A party of the chain is told that it must wait; nobody else learns that there is something. */
function brokenFor(chain: Chain, by: EventParty): ActAnswer {
  if (ownLink(chain.events, by.desk) !== undefined) throw brokenChain()
  return { outcome: 'nothing' }
}
