/**
 * Holds: what a case needs is not erased while it stands. A hold keeps what its desk could read for its purpose, of all records that were one with the named
 * one when it was placed; it shows nothing to anybody who could not read that before. Invariant: a hold ends by itself on its day.
 */
import { type SqlBool, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { once } from '#platform/http/answer-once.ts'
import { notFound } from '#platform/http/app-error.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { liftHold, placeHold } from '../contract.ts'
import { clusterOf, type DeskFacts } from './clusters.ts'
import { isVisible } from './record-visible.ts'
import type { RecordTables } from './tables.ts'

const DAY = 86_400_000

export const placeHoldRoute = handle(placeHold, async (input, context) => {
  const { tx, facts, clock } = context
  const answer = await once(context, { route: placeHold.id, key: input.key }, async () => {
    if (!(await isVisible(tx, facts.authority, input.entity))) throw notFound()
    const hold = uuidv7()
    const now = clock.now()
    const entities = await clusterOf(tx, facts, input.entity)
    await tx
      .withTables<RecordTables>()
      .insertInto('records.holds')
      .values(
        entities.map((entity) => ({
          org: facts.authority,
          desk: facts.desk,
          hold,
          entity,
          case_ref: input.caseRef,
          reason: input.reason,
          officer: facts.officer,
          at: now,
          until: new Date(now.getTime() + input.days * DAY),
          lifted_at: null,
          lift_reason: null,
          purpose: facts.purpose ?? '',
          audience: [facts.desk],
        })),
      )
      .execute()
    return { hold }
  })
  context.about({ kind: 'record', id: input.entity })
  return answer
})

export const liftHoldRoute = handle(liftHold, async ({ hold, reason }, context) => {
  const { tx, facts, clock } = context
  const lifted = await tx
    .withTables<RecordTables>()
    .updateTable('records.holds')
    .set({ lifted_at: clock.now(), lift_reason: reason })
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('hold', '=', hold)
    .where('lifted_at', 'is', null)
    .returning('entity')
    .execute()
  if (lifted.length === 0) throw notFound()
  context.about({ kind: 'hold', id: hold })
  return { lifted: true }
})

export interface StandingHold {
  readonly hold: string
  readonly entity: string
  readonly caseRef: string
  readonly until: Date
}

/** Holds of the own desk that stand on any of these records. */
export async function holdsOn(
  tx: Tx,
  facts: DeskFacts,
  { entities, at }: { readonly entities: readonly string[]; readonly at: Date },
): Promise<readonly StandingHold[]> {
  const rows = await tx
    .withTables<RecordTables>()
    .selectFrom('records.holds')
    .select(['hold', 'entity', 'case_ref', 'until'])
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where(sql<SqlBool>`entity = any(${[...entities]}::text[])`)
    .where('lifted_at', 'is', null)
    .where('until', '>', at)
    .orderBy('until')
    .execute()
  return rows.map(({ hold, entity, case_ref: caseRef, until }) => ({ hold, entity, caseRef, until }))
}

/** Of a hold `h` and a row `f` of fragments. As worker it sees the holds of all desks; as officer those of the own. */
const holds = (at: Date) =>
  sql`h.org = f.org and h.entity = f.entity and h.lifted_at is null and h.until > ${at} and h.purpose = f.purpose and h.desk = any(f.audience)`

/** True of a row `f` of fragments while some desk that may read it for its purpose holds its record. */
export const isHeld = (at: Date) => sql<boolean>`exists (select 1 from records.holds h where ${holds(at)})`

/** Those desks. */
export const holdersOf = (at: Date) => sql<string[]>`array(select distinct h.desk from records.holds h where ${holds(at)} order by h.desk)`
