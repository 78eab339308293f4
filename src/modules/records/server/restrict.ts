/**
 * Restriction of processing: what the own desk states of a record stays on its page, marked, and is found, compared, drawn and shared no more, until the restriction ends.
 * Directive (EU) 2016/680 Art 16(3). Invariant: restricting is a new fragment in the place of the old one, so that the history tells when it was in force.
 */
import { uuidv7 } from 'uuidv7'
import { AppError, notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { restrictRecord } from '../contract.ts'
import { clusterOf } from './clusters.ts'
import { insteadOf } from './instead-of.ts'
import { fragmentsOf } from './read-fragments.ts'
import { isStatedBy } from './read-fragments-view.ts'
import { isVisible } from './record-visible.ts'
import { endFragments, writeFragments } from './write-fragments.ts'

export const restrictRecordRoute = handle(restrictRecord, async ({ entity, restricted, reason }, context) => {
  const { tx, facts, clock } = context
  if (!(await isVisible(tx, facts.authority, entity))) throw notFound()
  const current = await fragmentsOf(tx, facts.authority, await clusterOf(tx, facts, entity))
  const own = current.filter((each) => isStatedBy(each, facts))
  if (own.length === 0) throw new AppError(409, 'records.not-own', 'Nothing of this record is stated by the own desk.')
  const changed = own.filter((each) => each.restricted !== restricted)
  const now = clock.now()
  await endFragments(
    tx,
    facts.authority,
    changed.map(({ fragment }) => fragment),
    { reason: 'superseded', by: facts.officer, note: reason, at: now },
  )
  await writeFragments(
    tx,
    facts.authority,
    changed.map((each) => insteadOf(facts.authority, each, { fragment: uuidv7(), recordedFrom: now, restricted })),
  )
  context.about({ kind: 'record', id: entity })
  await context.services.announce(tx, 'records', [...new Set(changed.flatMap(({ audience }) => audience))])
  return { restricted }
})
