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
import { isVisible } from './record-visible.ts'
import { replaceFragments } from './replace-fragments.ts'

export const restrictRecordRoute = handle(restrictRecord, async ({ entity, restricted, reason, key }, context) => {
  const { tx, facts, clock, services } = context
  const answer = await once(context, { route: restrictRecord.id, key }, async () => {
    if (!(await isVisible(tx, facts.authority, entity))) throw notFound()
    const own = await ownFragments(tx, facts, await clusterOf(tx, facts, entity))
    if (own.length === 0) throw new AppError(409, 'records.not-own', 'Nothing of this record is stated by the own desk.')
    const { written } = await replaceFragments(tx, facts.authority, {
      stored: own.filter((each) => each.restricted !== restricted),
      ending: { reason: 'superseded', by: facts.officer, note: reason, at: clock.now() },
      change: { restricted },
    })
    await services.announce(tx, 'records', [...new Set(written.flatMap(({ marking }) => marking.audience))])
    return { restricted }
  })
  context.about({ kind: 'record', id: entity })
  return answer
})
