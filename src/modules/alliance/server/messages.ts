/**
 * Release messages of a partner's system as JSON, any number in any order. Each answer names its place in the list.
 * Invariant: in = accepted + duplicate + waiting + refused; a fault of one message ends no batch.
 */
import type { z } from 'zod'
import { requireSealing } from '#platform/audit/audit-log.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { releaseMessage, sendMessages } from '../contract.ts'
import { keeperOf } from './keepers.ts'
import { inLedger } from './ledger-turn.ts'
import { plainName } from './right-name.ts'
import { requireVettedAnywhere } from './standing.ts'
import { type MessageFault, takeMessage } from './take-message.ts'

type Result = z.infer<typeof sendMessages.ok>['results'][number]

/** Faults of one message, which end no batch. */
export const OWN_FAULTS: Readonly<Record<string, MessageFault>> = {
  'alliance.port': 'port',
  'alliance.name': 'form',
  'alliance.chain-broken': 'chain-broken',
}

export const sendMessagesRoute = handle(sendMessages, async (input, context) => {
  await requireVettedAnywhere(context)
  await requireSealing(context.tx, context.clock.now())
  const results: Result[] = []
  for (const [position, each] of input.messages.entries()) results.push({ position, ...(await takeOne(context, each)) })
  const count = (outcome: Result['outcome']): number => results.filter((each) => each.outcome === outcome).length
  return { results, accepted: count('accepted'), duplicate: count('duplicate'), waiting: count('waiting'), refused: count('refused') }
})

async function takeOne(context: CaseContext, raw: unknown): Promise<Omit<Result, 'position'>> {
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
        async (tx) => await takeMessage({ tx, services: context.services }, { keeper, name, message, sender: context.facts.desk }),
      )),
    }
  } catch (error) {
    const because = error instanceof AppError ? OWN_FAULTS[error.code] : undefined
    if (because === undefined) throw error
    return { reference, outcome: 'refused', because }
  }
}
