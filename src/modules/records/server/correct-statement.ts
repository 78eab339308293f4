/**
 * Correcting and withdrawing one value: the fragment that states it ends, and one with the value replaced or without it takes its place, under the same source and marking.
 * Only the desk that made the statement does so. What was known before stays known for the days before.
 */
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { correctStatement, type ProblemRow } from '../contract.ts'
import type { DeskFacts } from './clusters.ts'
import { checkedValues } from './enter-record-values.ts'
import { fragmentWith, type StoredFragment } from './read-fragments.ts'
import { isStatedBy } from './read-fragments-readable.ts'
import { numbered } from './read-fragments-view.ts'
import { replaceFragments } from './replace-fragments.ts'
import type { StoredValue } from './tables.ts'

export const correctStatementRoute = handle(correctStatement, async (input, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: correctStatement.id, key: input.key }, async () => {
    const stored = await statedFragment(tx, facts, input.fragment)
    const before = [...numbered(stored.schema, stored.values)][input.ordinal]?.[1]
    if (before?.[0] !== input.prop) throw notFound()
    const place = stored.values.indexOf(before)
    const now = clock.now()
    const { value, from, to, prop } = input
    const corrected: { readonly values: readonly StoredValue[]; readonly problems: readonly ProblemRow[] } =
      value === undefined ? { values: [], problems: [] } : await checkedValues(context, stored.schema, [{ prop, value, from, to }])
    const values = stored.values.toSpliced(place, 1, ...corrected.values)
    const reason = value === undefined ? 'withdrawn' : 'corrected'
    const { ended, written } = await replaceFragments(tx, facts.authority, {
      stored: [stored],
      ending: { reason, by: facts.officer, note: input.reason, at: now },
      change: values.length === 0 ? undefined : { values },
    })
    // Somebody else was faster.
    if (ended.length === 0) throw hasEnded()
    const fragment = written[0]?.fragment ?? stored.fragment
    return { fragment, problems: [...corrected.problems] }
  })
  context.about({ kind: 'fragment', id: answer.fragment })
  await services.announce(tx, 'records', [facts.desk])
  return answer
})

/** A current one of the own desk. */
async function statedFragment(tx: Tx, facts: DeskFacts, fragment: string): Promise<StoredFragment> {
  const stored = await fragmentWith(tx, facts.authority, fragment)
  if (stored === undefined) throw notFound()
  if (!isStatedBy(stored, facts)) throw new AppError(403, 'records.not-own', 'Only the desk that stated it may change it.')
  if (stored.recordedTo !== undefined) throw hasEnded()
  return stored
}

function hasEnded(): AppError {
  return new AppError(409, 'records.ended', 'The statement has ended already.')
}
