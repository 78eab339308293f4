/**
 * Release messages of a partner's system, taken in whatever the order: a message waits for the one it rests on, a repeat changes nothing, and each answer
 * names its place in the list. Vehicle and driver are tokens before anything is kept.
 * Invariant: the answer to a message that rests on another partner's tells nothing of that one: without a link of its own, the sender reads "waiting".
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import { arrive, type MessageName, nameOf } from '#kernel/release-right/arrival.ts'
import { ownLink } from '#kernel/release-right/own-link.ts'
import { canonicalJson } from '#kernel/seal/canonical-json.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type ReleaseMessage, releaseMessage, sendMessages } from '../contract.ts'
import { type Chain, type LedgerWork, lockChain } from './chain-store.ts'
import { type Keeper, keeperOf } from './keepers.ts'
import { inLedger } from './ledger-turn.ts'
import { plainName, type RightName, sha256 } from './right-name.ts'
import { requireVettedAnywhere, vettedRole } from './standing.ts'
import { type ActAnswer, takeAct, takeOccurrence } from './take-act.ts'
import { tokenMaker, voyageScope } from './tokens.ts'

type Result = z.infer<typeof sendMessages.ok>['results'][number]
/** Messages of one sender that wait in one right; more is no honest order. */
const MOST_WAITING = 50
type Because = NonNullable<Result['because']>

/** Faults of one message, which end no batch. */
const OWN_FAULTS: Readonly<Record<string, Because>> = {
  'alliance.port': 'port',
  'alliance.name': 'form',
  'alliance.chain-broken': 'chain-broken',
}

interface Kept extends MessageName {
  readonly after?: MessageName
  readonly message: ReleaseMessage
}

export const sendMessagesRoute = handle(sendMessages, async (input, context) => {
  await requireVettedAnywhere(context)
  await requireSealing(context.tx, context.clock.now())
  const results: Result[] = []
  for (const [position, each] of input.messages.entries()) results.push({ position, ...(await takeMessage(context, each)) })
  const count = (outcome: Result['outcome']): number => results.filter((each) => each.outcome === outcome).length
  return { results, accepted: count('accepted'), duplicate: count('duplicate'), waiting: count('waiting'), refused: count('refused') }
})

async function takeMessage(context: CaseContext, raw: unknown): Promise<Omit<Result, 'position'>> {
  const read = releaseMessage.safeParse(raw)
  if (!read.success) {
    const problems = read.error.issues
      .slice(0, 20)
      .map(({ path, message }) => ({ at: path.join('.').slice(0, 100), message: message.slice(0, 200) }))
    return { outcome: 'refused', because: 'form', problems }
  }
  const message = read.data
  const { reference } = message
  try {
    const name = plainName(message)
    const keeper = keeperOf(context.services, name.port)
    return {
      reference,
      ...(await inLedger(
        context.services,
        async (tx) => await takeIn({ tx, services: context.services }, { keeper, name, message, sender: context.facts.desk }),
      )),
    }
  } catch (error) {
    const because = error instanceof AppError ? OWN_FAULTS[error.code] : undefined
    if (because === undefined) throw error
    return { reference, outcome: 'refused', because }
  }
}

interface Taken {
  readonly keeper: Keeper
  readonly name: RightName
  readonly message: ReleaseMessage
  readonly sender: string
}

async function takeIn(
  work: LedgerWork,
  { keeper, name, message: raw, sender }: Taken,
): Promise<{ outcome: Result['outcome']; because?: Because }> {
  const now = work.services.clock.now()
  if ((await vettedRole(work.tx, keeper, { desk: sender, now })) === undefined) return { outcome: 'refused', because: 'not-found' }
  let chain = await lockChain(work, keeper, name)
  const message = await withTokens(work, chain, raw)
  const after = message.after === undefined ? undefined : { sender: message.after.sender ?? sender, reference: message.after.reference }
  const digest = sha256(canonicalJson(message))
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
    const outcome = taken.answer.outcome === 'taken' ? 'accepted' : 'refused'
    if (isOwn) await keep(work, chain, { kept: due, outcome, digest })
    else await settle(work, chain, { name: due, outcome })
  }
  if (own.outcome === 'taken') return { outcome: 'accepted' }
  if (rests && ownLink(chain.events, sender) === undefined) return { outcome: 'waiting' }
  return { outcome: 'refused', because: own.outcome === 'refused' ? own.because : 'not-found' }
}

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
        act: { kind: 'pre-notified', vehicle, driver, plannedAt: new Date(message.plannedAt).toISOString() },
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
  return { ...message, vehicle: tokens.token('vehicle', message.vehicle), driver: tokens.token('driver', message.driver) }
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

async function settle(
  { tx }: LedgerWork,
  { keeper }: Chain,
  { name, outcome }: { readonly name: MessageName; readonly outcome: string },
): Promise<void> {
  await sql`update alliance.messages set outcome = ${outcome} where authority = ${keeper.authority} and sender = ${name.sender} and reference = ${name.reference}`.execute(
    tx,
  )
}
