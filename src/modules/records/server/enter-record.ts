/**
 * Records and statements that an officer writes by hand. They go into the desk's own collection for what is typed in, one for each marking, so that its readers
 * are those of its statements. Statements on a record of another source are that desk's own and leave the others as they are.
 */
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { schemaOf } from '#kernel/record/model.ts'
import { once } from '#platform/http/answer-once.ts'
import { AppError, notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { enterRecord } from '../contract.ts'
import { type AskedMarking, askedMarking, daysAfter } from './collections-marking.ts'
import { type CheckedValues, checkedValues } from './enter-record-values.ts'
import { recordId } from './import-unit.ts'
import { ownFragments } from './own-fragments.ts'
import { isStated } from './record-visible.ts'
import type { RecordTables } from './tables.ts'
import { writeFragments } from './write-fragments.ts'

export const enterRecordRoute = handle(enterRecord, async (input, context) => {
  const { tx, facts, clock } = context
  const answer = await once(context, { route: enterRecord.id, key: input.key }, async () => {
    const schema = schemaOf(input.schema)
    if (schema === undefined || schema.isAbstract)
      throw new AppError(422, 'records.schema', 'The model has no such schema that a record can be of.')
    if (input.entity !== undefined && !(await isStated(tx, facts.authority, input.entity))) throw notFound()
    const checked: CheckedValues = await checkedValues(context, schema.name, input.values)
    const asked = await askedMarking(context, input.marking)
    const collection = await entryCollection(context, asked)
    // What the desk has restricted of a record stays so when it learns more of it, also of both at once.
    const own = input.entity === undefined ? [] : await ownFragments(tx, facts, [input.entity])
    // The record is its own source; statements on another one carry its id.
    const externalId = input.entity ?? uuidv7()
    const entity = input.entity ?? recordId(collection, externalId)
    const fragment = uuidv7()
    const now = clock.now()
    await writeFragments(tx, facts.authority, [
      {
        fragment,
        entity,
        schema: schema.name,
        collection,
        externalId,
        values: checked.values,
        marking: asked.marking,
        recordedFrom: now,
        reviewAt: daysAfter(now, asked.reviewDays),
        eraseAt: daysAfter(now, asked.retentionDays),
        restricted: own.some((each) => each.restricted),
      },
    ])
    return { entity, fragment, problems: [...checked.problems] }
  })
  context.about({ kind: 'record', id: answer.entity })
  await context.services.announce(tx, 'records', [facts.desk])
  return answer
})

/** The desk's collection for what is typed in under this marking; nobody withdraws it until the transaction ends. */
async function entryCollection(
  { tx, facts, clock }: CaseContext,
  { marking, readers, reviewDays, retentionDays }: AskedMarking,
): Promise<string> {
  // Two officers who type at once open one.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`records.entry ${facts.authority} ${facts.desk} ${marking.marking}`}, 0))`.execute(
    tx,
  )
  const db = tx.withTables<RecordTables>()
  const known = await db
    .selectFrom('records.collections')
    .select('collection')
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('kind', '=', 'entry')
    .where('marking', '=', marking.marking)
    .where('state', '=', 'open')
    .forShare()
    .executeTakeFirst()
  if (known !== undefined) return known.collection
  const collection = uuidv7()
  await db
    .insertInto('records.collections')
    .values({
      org: facts.authority,
      desk: facts.desk,
      collection,
      title: `Written by ${facts.desk}`,
      kind: 'entry',
      marking: marking.marking,
      readers: [...readers],
      review_days: reviewDays,
      retention_days: retentionDays,
      item: null,
      sha256: null,
      state: 'open',
      at: clock.now(),
      purpose: marking.purpose,
      audience: [...marking.audience],
    })
    .execute()
  return collection
}
