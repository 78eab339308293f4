/**
 * Correcting and withdrawing one value: the fragment that states it ends, and one with the value replaced or without it takes its place, under the same source and marking.
 * Only the desk that made the statement does so. What was known before stays known for the days before.
 */
import { uuidv7 } from 'uuidv7'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { correctStatement, type ProblemRow } from '../contract.ts'
import type { DeskFacts } from './clusters.ts'
import { checkedValues } from './enter-record-values.ts'
import { insteadOf } from './instead-of.ts'
import { fragmentWith, type StoredFragment } from './read-fragments.ts'
import { isStatedBy } from './read-fragments-view.ts'
import type { StoredValue } from './tables.ts'
import { endFragments, writeFragments } from './write-fragments.ts'

export const correctStatementRoute = handle(correctStatement, async (input, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: correctStatement.id, key: input.key }, async () => {
    const stored = await statedFragment(tx, facts, input.fragment)
    const before = stored.values[input.ordinal]
    if (before?.[0] !== input.prop) throw notFound()
    const now = clock.now()
    const { value, from, to, prop } = input
    const corrected: { readonly values: readonly StoredValue[]; readonly problems: readonly ProblemRow[] } =
      value === undefined ? { values: [], problems: [] } : await checkedValues(context, stored.schema, [{ prop, value, from, to }])
    const values = [...stored.values.slice(0, input.ordinal), ...corrected.values, ...stored.values.slice(input.ordinal + 1)]
    const reason = value === undefined ? 'withdrawn' : 'corrected'
    const ended = await endFragments(tx, facts.authority, [stored.fragment], { reason, by: facts.officer, note: input.reason, at: now })
    // Somebody else was faster.
    if (ended.length === 0) throw hasEnded()
    const fragment = values.length === 0 ? stored.fragment : uuidv7()
    if (values.length > 0)
      await writeFragments(tx, facts.authority, [insteadOf(facts.authority, stored, { fragment, values, recordedFrom: now })])
    return { fragment, problems: [...corrected.problems] }
  })
  context.about({ kind: 'fragment', id: answer.fragment })
  await services.announce(tx, 'records', [facts.desk])
  return answer
})

/** A current one of the own desk. */
async function statedFragment(tx: Tx, facts: DeskFacts, fragment: string): Promise<StoredFragment> {
  const stored = await fragmentWith(tx, facts.authority, fragment)
  if (stored === undefined || stored.isErased) throw notFound()
  if (!isStatedBy(stored, facts)) throw new AppError(403, 'records.not-own', 'Only the desk that stated it may change it.')
  if (stored.recordedTo !== undefined) throw hasEnded()
  return stored
}

function hasEnded(): AppError {
  return new AppError(409, 'records.ended', 'The statement has ended already.')
}
