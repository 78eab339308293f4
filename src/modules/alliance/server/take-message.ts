/**
 * One release message of a partner's system, taken in whatever the order: it waits for the one it rests on, a repeat changes nothing. Whichever way it
 * came, by the route or in a file, this is the one way into the ledger. Vehicle and driver are tokens before anything is kept.
 * Invariant: the answer to a message that rests on another partner's tells nothing of that one: without a link of its own, the sender reads "waiting".
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import { arrive, type MessageName, nameOf } from '#kernel/release-right/arrival.ts'
import { ownLink } from '#kernel/release-right/own-link.ts'
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import type { ReleaseMessage, sendMessages } from '../contract.ts'
import { type Chain, type LedgerWork, lockChain } from './chain-store.ts'
import type { Keeper } from './keepers.ts'
import { type RightName, sha256 } from './right-name.ts'
import { vettedRole } from './standing.ts'
import { type ActAnswer, liesAhead, takeAct, takeOccurrence } from './take-act.ts'
import { tokenMaker, voyageScope } from './tokens.ts'

type Result = z.infer<typeof sendMessages.ok>['results'][number]
export type MessageOutcome = Result['outcome']
export type MessageFault = NonNullable<Result['because']>

/** Messages of one sender that wait in one right; more is no honest order. */
const MOST_WAITING = 50

interface Kept extends MessageName {
  readonly after?: MessageName
  readonly message: ReleaseMessage
}

export interface ArrivingMessage {
  readonly keeper: Keeper
  readonly name: RightName
  readonly message: ReleaseMessage
  readonly sender: string
}

export async function takeMessage(
  work: LedgerWork,
  { keeper, name, message: raw, sender }: ArrivingMessage,
): Promise<{ outcome: MessageOutcome; because?: MessageFault }> {
  const now = work.services.clock.now()
  if (HAPPENED.has(raw.kind) && liesAhead(new Date(raw.at), now)) return { outcome: 'refused', because: 'time' }
  if ((await vettedRole(work.tx, keeper, { desk: sender, now })) === undefined) return { outcome: 'refused', because: 'not-found' }
  let chain = await lockChain(work, keeper, name)
  const message = await withTokens(work, chain, raw)
  const after = message.after === undefined ? undefined : { sender: message.after.sender ?? sender, reference: message.after.reference }
  const { at, ...asked } = message
  // When something was asked for says nothing; when it happened does.
  const digest = sha256(canonicalJson(HAPPENED.has(message.kind) ? { ...asked, at } : asked))
  const before = await messageBefore(work, keeper, { sender, reference: message.reference })
  if (before !== undefined)
    return before.digest === digest && before.right_id === chain.right
      ? { outcome: 'duplicate' }
      : { outcome: 'refused', because: 'reference-used' }
  const arriving: Kept = { sender, reference: message.reference, message, ...(after === undefined ? {} : { after }) }
  const room = await roomOf(work, chain)
  const arrival = arrive(room, arriving)
  const rests = after !== undefined && after.sender !== sender
  if (arrival.outcome === 'waiting') {
    if (room.waiting.filter((each) => each.sender === sender).length >= MOST_WAITING)
      return { outcome: 'refused', because: 'too-many-waiting' }
    await keep(work, chain, { kept: arriving, outcome: 'waiting', digest })
    return { outcome: 'waiting' }
  }
  let own: ActAnswer = { outcome: 'nothing' }
  for (const due of arrival.due) {
    const taken = await takeOne(work, chain, due)
    chain = taken.chain
    const isOwn = nameOf(due) === nameOf(arriving)
    if (isOwn) own = taken.answer
    if (isOwn) await keep(work, chain, { kept: due, outcome: toldOf(taken.answer).outcome, digest })
    else await settle(work, chain, { kept: due, ...toldOf(taken.answer) })
  }
  if (own.outcome !== 'taken' && rests && ownLink(chain.events, sender) === undefined) return { outcome: 'waiting' }
  return toldOf(own)
}

function toldOf(answer: ActAnswer): { outcome: 'accepted' | 'refused'; because?: MessageFault } {
  if (answer.outcome === 'taken') return { outcome: 'accepted' }
  return { outcome: 'refused', because: answer.outcome === 'refused' ? answer.because : 'not-found' }
}

/** What happened cannot lie ahead. */
const HAPPENED: ReadonlySet<ReleaseMessage['kind']> = new Set(['discharged', 'moved', 'gated-out'])

/** Acts as the sender of the message, in the role under which it is vetted now. */
async function takeOne(work: LedgerWork, chain: Chain, { sender, message }: Kept): Promise<{ answer: ActAnswer; chain: Chain }> {
  const role = await vettedRole(work.tx, chain.keeper, { desk: sender, now: work.services.clock.now() })
  if (role === undefined) return { answer: { outcome: 'nothing' }, chain }
  const by = { desk: sender, role }
  const at = new Date(message.at).toISOString()
  switch (message.kind) {
    case 'discharged':
      return await takeOccurrence(work, chain, {
        by,
        occurrence: { kind: 'discharged', occurredAt: at, ...(message.line === undefined ? {} : { line: message.line }) },
      })
    case 'moved':
      return await takeOccurrence(work, chain, { by, occurrence: { kind: 'moved', occurredAt: at } })
    case 'foreign-code': {
      const { system, event, readBy } = message
      return await takeOccurrence(work, chain, {
        by,
        occurrence: { kind: 'foreign-code', system, event, ...(readBy === undefined ? {} : { readBy }) },
      })
    }
    case 'released':
    case 'transferred':
      return await takeAct(work, chain, { by, act: { kind: message.kind, to: message.to } })
    case 'transport-ordered':
      return await takeAct(work, chain, { by, act: { kind: 'transport-ordered', haulier: message.haulier } })
    case 'pre-notified': {
      const { vehicle, driver } = message
      return await takeAct(work, chain, {
        by,
        act: {
          kind: 'pre-notified',
          vehicle,
          ...(driver === undefined ? {} : { driver }),
          plannedAt: new Date(message.plannedAt).toISOString(),
        },
      })
    }
    case 'gated-out':
      return await takeAct(work, chain, { by, act: { kind: 'gated-out', occurredAt: at } })
    case 'revoked':
      return await takeAct(work, chain, { by, act: { kind: 'revoked', power: 'line' } })
  }
}

async function withTokens({ tx, services }: LedgerWork, { keeper, name }: Chain, message: ReleaseMessage): Promise<ReleaseMessage> {
  if (message.kind !== 'pre-notified') return message
  const tokens = await tokenMaker(tx, services, { keeper, scope: voyageScope(name) })
  const driver = message.driver === undefined ? {} : { driver: tokens.token('driver', message.driver) }
  return { ...message, vehicle: tokens.token('vehicle', message.vehicle), ...driver }
}

async function messageBefore(
  { tx }: LedgerWork,
  keeper: Keeper,
  { sender, reference }: MessageName,
): Promise<{ digest: string; right_id: string } | undefined> {
  const { rows } = await sql<{ digest: string; right_id: string }>`
    select digest, right_id from alliance.messages where authority = ${keeper.authority} and sender = ${sender} and reference = ${reference}`.execute(
    tx,
  )
  return rows[0]
}

async function roomOf({ tx }: LedgerWork, { keeper, right }: Chain): Promise<{ known: ReadonlySet<string>; waiting: readonly Kept[] }> {
  const { rows } = await sql<{
    sender: string
    reference: string
    outcome: string
    after_sender: string | null
    after_reference: string | null
    message: ReleaseMessage
  }>`
    select sender, reference, outcome, after_sender, after_reference, message from alliance.messages where authority = ${keeper.authority} and right_id = ${right}`.execute(
    tx,
  )
  return {
    known: new Set(rows.filter(({ outcome }) => outcome !== 'waiting').map(nameOf)),
    waiting: rows
      .filter(({ outcome }) => outcome === 'waiting')
      .map(({ sender, reference, message, after_sender, after_reference }) => ({
        sender,
        reference,
        message,
        ...(after_sender === null || after_reference === null ? {} : { after: { sender: after_sender, reference: after_reference } }),
      })),
  }
}

async function keep(
  { tx, services }: LedgerWork,
  { keeper, right }: Chain,
  { kept, outcome, digest }: { readonly kept: Kept; readonly outcome: string; readonly digest: string },
): Promise<void> {
  const { sender, reference, after, message } = kept
  await sql`insert into alliance.messages (authority, sender, reference, right_id, keeper, outcome, after_sender, after_reference, digest, message, received_at, audience)
    values (${keeper.authority}, ${sender}, ${reference}, ${right}, ${keeper.desk}, ${outcome}, ${after?.sender ?? null}, ${after?.reference ?? null}, ${digest},
      ${JSON.stringify(message)}, ${services.clock.now()}, ${[sender]})`.execute(tx)
}

/**
 * A message that waited was decided: where it came in a file, its line says so from now on, except to a sender that would learn from it that a message
 * of another has come.
 */
async function settle(
  { tx }: LedgerWork,
  { keeper, events }: Chain,
  { kept, outcome, because }: { readonly kept: Kept; readonly outcome: 'accepted' | 'refused'; readonly because?: MessageFault },
): Promise<void> {
  const { sender, reference, after } = kept
  await sql`update alliance.messages set outcome = ${outcome} where authority = ${keeper.authority} and sender = ${sender} and reference = ${reference}`.execute(
    tx,
  )
  if (outcome === 'refused' && after?.sender !== sender && ownLink(events, sender) === undefined) return
  await sql`update alliance.file_lines set outcome = ${outcome}, because = ${because ?? null}
    where desk = ${sender} and keeper = ${keeper.desk} and reference = ${reference} and outcome = 'waiting'`.execute(tx)
}
