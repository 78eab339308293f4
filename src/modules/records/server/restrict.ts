/**
 * Restriction of processing: what the own desk states of a record stays on its page, marked, and is found, compared, drawn and shared no more, until the restriction ends.
 * Directive (EU) 2016/680 Art 16(3). Invariant: restricting is a new fragment in the place of the old one, so that the history tells when it was in force.
 */
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { restrictRecord } from '../contract.ts'
import { clusterOf } from './clusters.ts'
import { ownFragments } from './own-fragments.ts'
import { portionsOf } from './read-fragments-portions.ts'
import { isVisible } from './record-visible.ts'
import { replaceFragments } from './replace-fragments.ts'
import { lockViewsOf } from './write-fragments-end.ts'

export const restrictRecordRoute = handle(restrictRecord, async ({ entity, restricted, reason, key }, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: restrictRecord.id, key }, async () => {
    if (!(await isVisible(tx, facts.authority, entity))) throw notFound()
    const own = await ownFragments(tx, facts, await clusterOf(tx, facts, entity))
    if (own.length === 0) throw new AppError(409, 'records.not-own', 'Nothing of this record is stated by the own desk.')
    const changing = own.filter((each) => each.restricted !== restricted)
    const ending = { reason: 'superseded', by: facts.officer, note: reason, at: clock.now() } as const
    // All at once: each portion for itself would lock views that come before those of the portions before.
    await lockViewsOf(
      tx,
      facts.authority,
      changing.map(({ fragment }) => fragment),
    )
    const readers = new Set<string>()
    for await (const { fragments: stored } of portionsOf(tx, facts.authority, changing)) {
      const { written } = await replaceFragments(tx, facts.authority, { stored, ending, change: { restricted } })
      for (const { marking } of written) for (const desk of marking.audience) readers.add(desk)
    }
    await services.announce(tx, 'records', [...readers])
    return { restricted }
  })
  context.about({ kind: 'record', id: entity })
  return answer
})
