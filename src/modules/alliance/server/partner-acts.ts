/**
 * The routes by which partners act on a right. Each names container, voyage and port; who has no link of its own is answered 404, whether there is such
 * a container or not. The ledger is written in a transaction of its own, with its entry in the log: it stands even where the answer is a refusal.
 */
import { sql } from 'kysely'
import type { Act, EventParty, Refusal } from '#kernel/release-right/event.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { matchGate, orderTransport, preNotify, releaseRight, reportMove, revokeByLine, transferRight } from '../contract.ts'
import { type LedgerWork, lockChain } from './chain-store.ts'
import { keeperOf, partyView } from './keepers.ts'
import { inLedger } from './ledger-turn.ts'
import { REFUSAL_TEXT } from './refusal-text.ts'
import { plainName, type RightName, rightIdOf } from './right-name.ts'
import { requireVetted } from './standing.ts'
import { type ActAnswer, liesAhead, type Place, takeAct, takeOccurrence } from './take-act.ts'
import { tokenMaker, voyageScope } from './tokens.ts'

interface Asked extends RightName {
  readonly key: string
}

interface Taking {
  readonly kind: Act['kind'] | 'discharged' | 'moved'
  /** What takes back never waits for the log. */
  readonly needsLog: boolean
  readonly take: (work: LedgerWork, place: Place, by: EventParty) => Promise<ActAnswer>
}

/** Takes one act once: a repeat of its key gets the same answer. */
async function actOnce(
  context: CaseContext,
  asked: Asked,
  { kind, needsLog, take }: Taking,
): Promise<{ right: string; answer: ActAnswer; haulier: string | undefined }> {
  const { facts, tx, services, clock } = context
  const name = plainName(asked)
  const keeper = keeperOf(services, name.port)
  const role = await requireVetted(context, keeper)
  if (needsLog) await requireSealing(tx, clock.now())
  const right = rightIdOf(keeper, name)
  const once: Once = { authority: keeper.authority, desk: facts.desk, key: asked.key, right, kind }
  const { answer, haulier } = await inLedger(services, async (own) => {
    const work = { tx: own, services }
    // The lock is on the key, not on the right: whoever has no part in it must not wait for those who have.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`alliance.act ${once.authority} ${once.desk} ${once.key}`}, 0))`.execute(own)
    const repeated = await answerBefore(own, once)
    const answer = repeated ?? (await take(work, { keeper, name }, { desk: facts.desk, role }))
    if (repeated === undefined)
      await sql`insert into alliance.acts (authority, desk, key, right_id, kind, answer, at, audience)
        values (${once.authority}, ${once.desk}, ${once.key}, ${right}, ${kind}, ${JSON.stringify(answer)}, ${clock.now()}, ${[facts.desk]})`.execute(
        own,
      )
    const isYes = kind === 'gate-matched' && answer.outcome === 'taken'
    return { answer, haulier: isYes ? (await lockChain(work, keeper, name)).state.order?.haulier : undefined }
  })
  context.about({ kind: 'release-right', id: right })
  return { right, answer, haulier }
}

interface Once {
  readonly authority: string
  readonly desk: string
  readonly key: string
  readonly right: string
  readonly kind: string
}

async function answerBefore(tx: Tx, { authority, desk, key, right, kind }: Once): Promise<ActAnswer | undefined> {
  const { rows } = await sql<{ right_id: string; kind: string; answer: ActAnswer }>`
    select right_id, kind, answer from alliance.acts where authority = ${authority} and desk = ${desk} and key = ${key}`.execute(tx)
  const [before] = rows
  if (before === undefined) return undefined
  if (before.right_id !== right || before.kind !== kind) throw new AppError(409, 'alliance.conflict', 'The key was used for another act.')
  return before.answer
}

function done({ right, answer }: { readonly right: string; readonly answer: ActAnswer }): { right: string; accepted: true } {
  if (answer.outcome === 'taken') return { right, accepted: true }
  throw answer.outcome === 'nothing' ? notFound() : refused(answer.because)
}

export function refused(because: Refusal): AppError {
  return new AppError(422, 'alliance.refused', REFUSAL_TEXT[because], {
    problems: [{ code: because, at: 'act', message: REFUSAL_TEXT[because] }],
  })
}

const act =
  (make: Act): Taking['take'] =>
  async (work, place, by) =>
    await takeAct(work, place, { by, act: make })

export const releaseRightRoute = handle(releaseRight, async (input, context) =>
  done(await actOnce(context, input, { kind: 'released', needsLog: true, take: act({ kind: 'released', to: input.to }) })),
)

export const transferRightRoute = handle(transferRight, async (input, context) =>
  done(await actOnce(context, input, { kind: 'transferred', needsLog: true, take: act({ kind: 'transferred', to: input.to }) })),
)

export const orderTransportRoute = handle(orderTransport, async (input, context) =>
  done(
    await actOnce(context, input, {
      kind: 'transport-ordered',
      needsLog: true,
      take: act({ kind: 'transport-ordered', haulier: input.haulier }),
    }),
  ),
)

export const revokeByLineRoute = handle(revokeByLine, async (input, context) =>
  done(await actOnce(context, input, { kind: 'revoked', needsLog: false, take: act({ kind: 'revoked', power: 'line' }) })),
)

export const preNotifyRoute = handle(preNotify, async (input, context) => {
  const take: Taking['take'] = async (work, place, by) => {
    const tokens = await tokenMaker(work.tx, work.services, { keeper: place.keeper, scope: voyageScope(place.name) })
    const [vehicle, driver] = [tokens.token('vehicle', input.vehicle), tokens.token('driver', input.driver)]
    const plannedAt = new Date(input.plannedAt).toISOString()
    return await takeAct(work, place, { by, act: { kind: 'pre-notified', vehicle, driver, plannedAt } })
  }
  return done(await actOnce(context, input, { kind: 'pre-notified', needsLog: true, take }))
})

/** Yes or no. A no says nothing else, whatever it is for; a yes names the haulier, so that the gate can see whether the truck is that firm's. */
export const matchGateRoute = handle(matchGate, async (input, context) => {
  const take: Taking['take'] = async (work, place, by) => {
    const tokens = await tokenMaker(work.tx, work.services, { keeper: place.keeper, scope: voyageScope(place.name) })
    const [vehicle, driver] = [tokens.token('vehicle', input.vehicle), tokens.token('driver', input.driver)]
    return await takeAct(work, place, { by, act: { kind: 'gate-matched', vehicle, driver } })
  }
  const { answer, haulier } = await actOnce(context, input, { kind: 'gate-matched', needsLog: true, take })
  if (answer.outcome !== 'taken') return { yes: false }
  return { yes: true, ...(haulier === undefined ? {} : { holder: partyView(context.services, haulier) }) }
})

export const reportMoveRoute = handle(reportMove, async (input, context) => {
  const occurredAt = new Date(input.at)
  if (liesAhead(occurredAt, context.clock.now())) throw new AppError(422, 'alliance.time', 'The move lies ahead.')
  const at = occurredAt.toISOString()
  const take: Taking['take'] = async (work, place, by) => {
    if (input.move === 'gated-out') return await takeAct(work, place, { by, act: { kind: 'gated-out', occurredAt: at } })
    const line = input.move === 'discharged' && input.line !== undefined ? { line: input.line } : {}
    return await takeOccurrence(work, place, { by, occurrence: { kind: input.move, occurredAt: at, ...line } })
  }
  return done(await actOnce(context, input, { kind: input.move, needsLog: false, take }))
})
