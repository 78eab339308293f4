/**
 * What customs decides in the ledger: hold, clear, choose for inspection, revoke. A person decides each; a signal changes nothing. A hold ends by itself
 * at its end. Asking the terminal to hold the box is a port action (PR-09), which measures time-to-hold; the hold here names it.
 */
import { sql } from 'kysely'
import { refusalOf } from '#kernel/release-right/decide.ts'
import type { EventBody } from '#kernel/release-right/event.ts'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { revokeByAuthority, setCustomsState } from '../contract.ts'
import { append, type Chain, type LedgerWork, lockChain } from './chain-store.ts'
import { storedChain } from './chains.ts'
import { type Keeper, keeperOf } from './keepers.ts'
import { inLedger } from './ledger-turn.ts'
import { refused } from './partner-acts.ts'
import { plainName, type RightName } from './right-name.ts'

const DAY_MS = 86_400_000
/** As long as a port action may last. */
const LONGEST_HOLD_DAYS = 14

export const setCustomsStateRoute = handle(setCustomsState, async (input, context) => {
  const { facts, tx, services, clock } = context
  const name = plainName(input)
  const keeper = keeperOf(services, name.port)
  if (keeper.desk !== facts.desk) throw new AppError(422, 'alliance.port', 'Another desk answers for that port.')
  const now = clock.now().getTime()
  const until = input.until === undefined ? undefined : new Date(input.until)
  const isHold = input.state === 'hold'
  if (
    isHold !== (until !== undefined) ||
    (until !== undefined && (until.getTime() <= now || until.getTime() > now + LONGEST_HOLD_DAYS * DAY_MS))
  )
    throw new AppError(422, 'alliance.until', `A hold, and nothing else, has an end; it lies ahead, at most ${LONGEST_HOLD_DAYS} days.`)
  // A clearance lets a box go and waits for the log; a hold never waits.
  if (input.state === 'clear') await requireSealing(tx, clock.now())
  const body: EventBody = {
    kind: 'customs',
    state: input.state,
    ...(until === undefined ? {} : { until: until.toISOString() }),
    ...(isHold && input.portAction !== undefined ? { portAction: input.portAction } : {}),
  }
  return {
    right: await decideOnce(
      context,
      { keeper, name, key: input.key, kind: `customs-${input.state}` },
      async (work, chain) => void (await append(work, chain, { by: { desk: facts.desk, role: 'customs' }, body })),
    ),
  }
})

export const revokeByAuthorityRoute = handle(revokeByAuthority, async (input, context) => {
  const { facts, services, clock } = context
  const stored = await storedChain(context, input.right)
  const keeper = keeperOf(services, stored.port)
  if (keeper.desk !== facts.desk) throw new AppError(422, 'alliance.port', 'Another desk answers for that port.')
  const by = { desk: facts.desk, role: 'customs' } as const
  const body = { kind: 'revoked', power: input.by } as const
  const right = await decideOnce(context, { keeper, name: stored, key: input.key, kind: 'revoked' }, async (work, chain) => {
    const because = refusalOf(chain.state, { by, act: body, now: clock.now().toISOString() })
    if (because !== undefined) throw refused(because)
    await append(work, chain, { by, body })
    await sql`insert into alliance.revocations (authority, right_id, by_officer, power, legal_basis_text, at, audience)
      values (${keeper.authority}, ${chain.right}, ${facts.officer}, ${input.by}, ${input.legalBasisText}, ${clock.now()}, ${[keeper.desk]})`.execute(
      work.tx,
    )
  })
  return { right }
})

interface Decision {
  readonly keeper: Keeper
  readonly name: RightName
  readonly key: string
  readonly kind: string
}

async function decideOnce(
  context: CaseContext,
  { keeper, name, key, kind }: Decision,
  take: (work: LedgerWork, chain: Chain) => Promise<void>,
): Promise<string> {
  const { facts, services, clock } = context
  const right = await inLedger(services, async (tx) => {
    const work = { tx, services }
    const chain = await lockChain(work, keeper, name)
    const { rows } = await sql<{ right_id: string; kind: string }>`
      select right_id, kind from alliance.acts where authority = ${keeper.authority} and desk = ${facts.desk} and key = ${key}`.execute(tx)
    const [before] = rows
    if (before !== undefined) {
      if (before.right_id !== chain.right || before.kind !== kind)
        throw new AppError(409, 'alliance.conflict', 'The key was used for another act.')
      return chain.right
    }
    await take(work, chain)
    await sql`insert into alliance.acts (authority, desk, key, right_id, kind, answer, at, audience)
      values (${keeper.authority}, ${facts.desk}, ${key}, ${chain.right}, ${kind}, '{"outcome":"taken"}', ${clock.now()}, ${[facts.desk]})`.execute(
      tx,
    )
    return chain.right
  })
  context.about({ kind: 'release-right', id: right })
  return right
}
