/**
 * The page of a record: all that is stated of it and of what is merged with it, as far as it is for the reader, now, as it was known on a day, or with its history.
 * On a day the names and what was held to be one are of that day too: nobody is shown as somebody whom nobody then held that person to be. What is restricted now is on no page of somebody whom it was
 * taken for before.
 * A record of which the reader sees nothing is answered like one that does not exist.
 */
import { isValid } from '#kernel/record/as-of.ts'
import { canonicalOf } from '#kernel/record/identity.ts'
import { commonSchema } from '#kernel/record/model.ts'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import { showRecord } from '../contract.ts'
import { clusterOf } from './clusters.ts'
import { clusterAt } from './clusters-past.ts'
import { holdsOn } from './holds.ts'
import { statementViews } from './read-fragments.ts'
import { fragmentsInRoom } from './read-fragments-room.ts'
import { memberRows } from './record-rows.ts'
import { restrictedAmong } from './record-rows-captions.ts'
import type { StoredValue } from './tables.ts'

/** More make no page that somebody reads; how many are left out is said. */
const MOST_STATEMENTS = 5000
const MOST_FRAGMENTS = 10_000

export const showRecordRoute = handle(showRecord, async (input, context) => {
  const { tx, facts, clock, services } = context
  const knownAt = input.knownAt === undefined ? undefined : new Date(input.knownAt)
  const recorded = { knownAt, history: input.history === 'yes' }
  const present = await clusterOf(tx, facts, input.entity)
  const cluster = knownAt === undefined ? present : await clusterAt(tx, facts, input.entity, knownAt)
  const isContested = await restrictedAmong(tx, facts.authority, cluster)
  const read = await fragmentsInRoom(tx, facts, { entities: cluster, ...recorded, mostRead: MOST_FRAGMENTS })
  const fragments = read.fragments.filter((each) => present.includes(each.entity) || !isContested(each))
  if (fragments.length === 0) throw notFound()
  const visible = cluster.filter((entity) => fragments.some((each) => each.entity === entity))
  const entity = canonicalOf(visible) ?? input.entity
  context.about({ kind: 'record', id: entity })
  const { validAt } = input
  const holds = validAt === undefined ? undefined : (value: StoredValue) => isValid(periodOf(value), validAt)
  const statements = await statementViews(tx, facts, fragments, { ...recorded, holds })
  const rows = await memberRows(tx, facts, fragments, recorded)
  const members = visible.flatMap((each) => rows.get(each) ?? [])
  const canonical = members.find((each) => each.entity === entity)
  const standing = await holdsOn(tx, facts, { entities: visible, at: clock.now() })
  return {
    entity,
    schema: members
      .map((each) => each.schema)
      .reduce((a, b) => commonSchema(a, b) ?? a, canonical?.schema ?? fragments[0]?.schema ?? 'Thing'),
    caption: canonical?.caption || (members.find((each) => each.caption !== '')?.caption ?? ''),
    members,
    statements: statements.slice(0, MOST_STATEMENTS),
    statementsLeftOut: Math.max(0, statements.length - MOST_STATEMENTS),
    sourcesLeftOut: read.leftOut,
    restricted: fragments.some((each) => isContested(each) || (knownAt !== undefined && each.restricted)),
    hold: standing.map(({ hold, caseRef, until }) => ({ hold, caseRef, until: until.toISOString() })),
    mayWrite: services.permissionsOf(facts).includes('records.write'),
  }
})

function periodOf([, , , from, to]: StoredValue): { readonly from?: string; readonly to?: string } {
  return { ...(from === undefined || from === null ? {} : { from }), ...(to === undefined || to === null ? {} : { to }) }
}
