/**
 * One release message of a partner's system, taken in whatever the order: it waits for the one it rests on, a repeat changes nothing. Whichever way it
 * came, by the route or in a file, this is the one way into the ledger. Vehicle and driver are tokens before anything is kept.
 * Invariant: the answer to a message that rests on another partner's tells nothing of that one: without a link of its own, the sender reads "waiting".
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import { arrive, type MessageName, nameOf } from '#kernel/release-right/arrival.ts'
import type { Act, Occurrence } from '#kernel/release-right/event.ts'
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import type { ReleaseMessage, sendMessages } from '../contract.ts'
import { hasLink, type LedgerWork, lockRight } from './chain-store.ts'
import type { Keeper } from './keepers.ts'
import { noteReachLater } from './reach.ts'
import { rightIdOf, sha256 } from './right-name.ts'
import { vettedRole } from './standing.ts'
import { type ActAnswer, liesAhead, type Place, takeAct, takeOccurrence } from './take-act.ts'
import { boxScope, tokenMaker, voyageScope } from './tokens.ts'

type Result = z.infer<typeof sendMessages.ok>['results'][number]
export type MessageOutcome = Result['outcome']
export type MessageFault = NonNullable<Result['because']>

/** Messages of one sender that wait in one right; more is no honest order. */
const MOST_WAITING = 50

interface Kept extends MessageName {
  readonly after?: MessageName
  readonly message: ReleaseMessage
}

/** Where messages of one right are kept and wait. */
interface RoomKey {
  readonly keeper: Keeper
  readonly right: string
}

export interface ArrivingMessage extends Place {
  readonly message: ReleaseMessage
  /** The voyage in its sender's words, where another name of it was found. */
  readonly stated?: string
  readonly sender: string
}

export async function takeMessage(
  work: LedgerWork,
  { keeper, name, message: raw, stated, sender }: ArrivingMessage,
): Promise<{ outcome: MessageOutcome; because?: MessageFault }> {
  const now = work.services.clock.now()
  if (HAPPENED.has(raw.kind) && liesAhead(new Date(raw.at), now)) return { outcome: 'refused', because: 'time' }
  const role = await vettedRole(work.tx, keeper, { desk: sender, now })
  if (role === undefined) return { outcome: 'refused', because: 'not-found' }
  const place = { keeper, name }
  const right = rightIdOf(keeper, name)
  await lockRight(work.tx, keeper.authority, right)
  const message = await withTokens(work, place, raw)
  const after = message.after === undefined ? undefined : { sender: message.after.sender ?? sender, reference: message.after.reference }
  const { at, ...asked } = { ...raw, ...(stated === undefined ? {} : { voyage: stated }) }
  // In its sender's words: which right was found for it must not tell in a repeat. When something was asked for says nothing; when it happened does.
  const words = sha256(canonicalJson(HAPPENED.has(raw.kind) ? { ...asked, at } : asked))
  // Those words name a vehicle: without the salt they cannot be tried.
  const digest = (await tokenMaker(work.tx, work.services, { keeper, scope: boxScope(name) })).token('message', words)
  const before = await messageBefore(work, keeper, { sender, reference: message.reference })
  if (before !== undefined) return before === digest ? { outcome: 'duplicate' } : { outcome: 'refused', because: 'reference-used' }
  const arriving: Kept = { sender, reference: message.reference, message, ...(after === undefined ? {} : { after }) }
  const room = await roomOf(work, { keeper, right })
  // Whoever has no part in the right and rests on another's message is told that it waits, whether that one has come or not.
  const isInTheDark = restsOnOthers(room, arriving) && !(await hasLink(work.tx, keeper, { party: sender, right }))
  const unheard = room.all.filter((each) => each.sender === sender && (each.isWaiting || (isInTheDark && restsOnOthers(room, each))))
  const arrival = arrive(room, arriving)
  if ((arrival.outcome === 'waiting' || isInTheDark) && unheard.length >= MOST_WAITING)
    return { outcome: 'refused', because: 'too-many-waiting' }
  if (arrival.outcome === 'waiting') {
    await keep(work, { keeper, right }, { kept: arriving, outcome: 'waiting', digest })
    const tried = actOf(message)
    if (isInTheDark && tried !== undefined) await noteReachLater(work, place, { by: { desk: sender, role }, tried, waits: true })
    return { outcome: 'waiting' }
  }
  let own: ActAnswer = { outcome: 'nothing' }
  for (const due of arrival.due) {
    const answer = await takeOne(work, place, due)
    const isOwn = nameOf(due) === nameOf(arriving)
    if (isOwn) own = answer
    if (isOwn) await keep(work, { keeper, right }, { kept: due, outcome: toldOf(answer).outcome, digest })
    else await settle(work, { keeper, right }, { kept: due, isTold: !restsOnOthers(room, due), ...toldOf(answer) })
  }
  return own.outcome !== 'taken' && isInTheDark ? { outcome: 'waiting' } : toldOf(own)
}

function toldOf(answer: ActAnswer): { outcome: 'accepted' | 'refused'; because?: MessageFault } {
  if (answer.outcome === 'taken') return { outcome: 'accepted' }
  return { outcome: 'refused', because: answer.outcome === 'refused' ? answer.because : 'not-found' }
}

/** What happened cannot lie ahead. */
const HAPPENED: ReadonlySet<ReleaseMessage['kind']> = new Set(['discharged', 'moved', 'gated-out'])

/** Acts as the sender of the message, in the role under which it is vetted now. */
async function takeOne(work: LedgerWork, place: Place, { sender, message }: Kept): Promise<ActAnswer> {
  const role = await vettedRole(work.tx, place.keeper, { desk: sender, now: work.services.clock.now() })
  if (role === undefined) return { outcome: 'nothing' }
  const by = { desk: sender, role }
  const act = actOf(message)
  if (act !== undefined) return await takeAct(work, place, { by, act })
  const occurrence = occurrenceOf(message)
  return occurrence === undefined ? { outcome: 'nothing' } : await takeOccurrence(work, place, { by, occurrence })
}

/** What a message asks; undefined for one that only says what happened. */
export function actOf(message: ReleaseMessage): Act | undefined {
  switch (message.kind) {
    case 'released':
    case 'transferred':
      return { kind: message.kind, to: message.to }
    case 'transport-ordered':
      return { kind: 'transport-ordered', haulier: message.haulier }
    case 'pre-notified': {
      const { vehicle, driver } = message
      const plannedAt = new Date(message.plannedAt).toISOString()
      return { kind: 'pre-notified', vehicle, ...(driver === undefined ? {} : { driver }), plannedAt }
    }
    case 'gated-out':
      return { kind: 'gated-out', occurredAt: new Date(message.at).toISOString() }
    case 'revoked':
      return { kind: 'revoked', power: 'line' }
    default:
      return undefined
  }
}

function occurrenceOf(message: ReleaseMessage): Occurrence | undefined {
  const occurredAt = new Date(message.at).toISOString()
  switch (message.kind) {
    case 'discharged':
      return { kind: 'discharged', occurredAt, ...(message.line === undefined ? {} : { line: message.line }) }
    case 'moved':
      return { kind: 'moved', occurredAt }
    case 'foreign-code': {
      const { system, event, readBy } = message
      return { kind: 'foreign-code', system, event, ...(readBy === undefined ? {} : { readBy }) }
    }
    default:
      return undefined
  }
}

export async function withTokens({ tx, services }: LedgerWork, { keeper, name }: Place, message: ReleaseMessage): Promise<ReleaseMessage> {
  if (message.kind !== 'pre-notified') return message
  const tokens = await tokenMaker(tx, services, { keeper, scope: voyageScope(name) })
  const driver = message.driver === undefined ? {} : { driver: tokens.token('driver', message.driver) }
  return { ...message, vehicle: tokens.token('vehicle', message.vehicle), ...driver }
}

async function messageBefore({ tx }: LedgerWork, keeper: Keeper, { sender, reference }: MessageName): Promise<string | undefined> {
  const { rows } = await sql<{ digest: string }>`
    select digest from alliance.messages where authority = ${keeper.authority} and sender = ${sender} and reference = ${reference}`.execute(
    tx,
  )
  return rows[0]?.digest
}

interface RoomRow extends Kept {
  readonly isWaiting: boolean
}

interface Room {
  readonly known: ReadonlySet<string>
  readonly waiting: readonly Kept[]
  readonly all: readonly RoomRow[]
}

async function roomOf({ tx }: LedgerWork, { keeper, right }: RoomKey): Promise<Room> {
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
  const all = rows.map(({ sender, reference, outcome, message, after_sender, after_reference }) => ({
    sender,
    reference,
    message,
    isWaiting: outcome === 'waiting',
    ...(after_sender === null || after_reference === null ? {} : { after: { sender: after_sender, reference: after_reference } }),
  }))
  return {
    all,
    known: new Set(all.filter(({ isWaiting }) => !isWaiting).map(nameOf)),
    waiting: all.filter(({ isWaiting }) => isWaiting),
  }
}

/** Whether a message rests on one of another sender, at first hand or by way of its sender's own. */
function restsOnOthers({ all }: Room, message: Pick<Kept, 'sender' | 'after'>): boolean {
  const own = new Map(all.filter(({ sender }) => sender === message.sender).map((each) => [each.reference, each]))
  const seen = new Set<string>()
  for (let { after } = message; after !== undefined; after = own.get(after.reference)?.after) {
    if (after.sender !== message.sender) return true
    if (seen.has(after.reference)) return false
    seen.add(after.reference)
  }
  return false
}

async function keep(
  { tx, services }: LedgerWork,
  { keeper, right }: RoomKey,
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
  { keeper, right }: RoomKey,
  {
    kept,
    isTold,
    outcome,
    because,
  }: { readonly kept: Kept; readonly isTold: boolean; readonly outcome: 'accepted' | 'refused'; readonly because?: MessageFault },
): Promise<void> {
  const { sender, reference } = kept
  await sql`update alliance.messages set outcome = ${outcome} where authority = ${keeper.authority} and sender = ${sender} and reference = ${reference}`.execute(
    tx,
  )
  if (outcome === 'refused' && !isTold && !(await hasLink(tx, keeper, { party: sender, right }))) return
  await sql`update alliance.file_lines set outcome = ${outcome}, because = ${because ?? null}
    where desk = ${sender} and keeper = ${keeper.desk} and reference = ${reference} and outcome = 'waiting'`.execute(tx)
}
