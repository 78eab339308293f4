/**
 * The page of a record: all that is stated of it and of what is merged with it, as far as it is for the reader, now, as it was known on a day, or with its history.
 * A record of which the reader sees nothing is answered like one that does not exist.
 */
import { isValid } from '#kernel/record/as-of.ts'
import { canonicalOf } from '#kernel/record/identity.ts'
import { captionOf, commonSchema } from '#kernel/record/model.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { type RecordRow, showRecord } from '../contract.ts'
import { clusterOf } from './clusters.ts'
import { holdsOn } from './holds.ts'
import { fragmentsOf, type StoredFragment, statementViews } from './read-fragments.ts'
import { memberRows } from './record-rows.ts'
import { propertiesOf } from './search-doc.ts'
import type { StoredValue } from './tables.ts'

/** More make no page that somebody reads; how many are left out is said. */
const MOST_STATEMENTS = 5000
const MOST_FRAGMENTS = 10_000

export const showRecordRoute = handle(showRecord, async (input, context) => {
  const { tx, facts, clock, services } = context
  const recorded = { knownAt: input.knownAt === undefined ? undefined : new Date(input.knownAt), history: input.history === 'yes' }
  const cluster = await clusterOf(tx, facts, input.entity)
  const fragments = (await fragmentsOf(tx, facts.authority, cluster, { ...recorded, limit: MOST_FRAGMENTS })).filter(
    (each) => !each.isErased,
  )
  if (fragments.length === 0) throw notFound()
  const visible = cluster.filter((entity) => fragments.some((each) => each.entity === entity))
  const entity = canonicalOf(visible) ?? input.entity
  context.about({ kind: 'record', id: entity })
  const { validAt } = input
  const holds = validAt === undefined ? undefined : (value: StoredValue) => isValid(periodOf(value), validAt)
  const statements = await statementViews(tx, facts, fragments, { ...recorded, holds })
  const members = await membersOf(context, visible, fragments)
  const canonical = members.find((each) => each.entity === entity)
  const standing = await holdsOn(tx, facts, { entities: visible, at: clock.now() })
  return {
    entity,
    schema: members
      .map((each) => each.schema)
      .reduce((a, b) => commonSchema(a, b) ?? a, canonical?.schema ?? fragments[0]?.schema ?? 'Thing'),
    caption: canonical?.caption || (members.find((each) => each.caption !== '')?.caption ?? ''),
    members: [...members],
    statements: statements.slice(0, MOST_STATEMENTS),
    statementsLeftOut: Math.max(0, statements.length - MOST_STATEMENTS),
    restricted: fragments.some((each) => each.restricted),
    hold: standing.map(({ hold, caseRef, until }) => ({ hold, caseRef, until: until.toISOString() })),
    mayWrite: services.permissionsOf(facts).includes('records.write'),
  }
})

function periodOf([, , , from, to]: StoredValue): { readonly from?: string; readonly to?: string } {
  return { ...(from === undefined || from === null ? {} : { from }), ...(to === undefined || to === null ? {} : { to }) }
}

/** Each merged record by itself; one of which only the past is shown is named by what was known then. */
async function membersOf(
  { tx, facts }: CaseContext,
  visible: readonly string[],
  fragments: readonly StoredFragment[],
): Promise<readonly RecordRow[]> {
  const rows = await memberRows(tx, facts, visible)
  return visible.map(
    (entity) =>
      rows.get(entity) ??
      pastRow(
        entity,
        fragments.filter((each) => each.entity === entity),
      ),
  )
}

function pastRow(entity: string, fragments: readonly StoredFragment[]): RecordRow {
  const schema = fragments.map((each) => each.schema).reduce((a, b) => commonSchema(a, b) ?? a)
  const caption = fragments.map((each) => captionOf(each.schema, propertiesOf(each.values))).find((each) => each !== '') ?? ''
  const titles = new Map(fragments.map(({ collection, title }) => [collection, title]))
  return { entity, schema, caption, details: [], collections: [...titles].map(([collection, title]) => ({ collection, title })), merged: 1 }
}
