/** Collections: each has one marking, that of everything in it, and is written by the desk that opened it. */
import { type Selectable, sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { once } from '#platform/http/answer-once.ts'
import { notFound } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { readMark, writeMark } from '#platform/http/page-mark.ts'
import { handle } from '#platform/http/route.ts'
import type { Tx } from '#platform/store/database.ts'
import { type CollectionView, createCollection, listCollections } from '../contract.ts'
import { askedMarking, daysAfter } from './collections-marking.ts'
import type { CollectionTable, RecordTables } from './tables.ts'
import type { MarkingBody } from './write-fragments-marking.ts'

export const createCollectionRoute = handle(createCollection, async (input, context) => {
  const { facts, clock, tx } = context
  const answer = await once(context, { route: createCollection.id, key: input.key }, async () => {
    const asked = await askedMarking(context, input.marking)
    const collection = uuidv7()
    await tx
      .withTables<RecordTables>()
      .insertInto('records.collections')
      .values({
        org: facts.authority,
        desk: facts.desk,
        collection,
        title: input.title,
        kind: 'import',
        marking: asked.marking.marking,
        readers: [...asked.readers],
        review_days: asked.reviewDays,
        retention_days: asked.retentionDays,
        item: null,
        sha256: null,
        state: 'open',
        at: clock.now(),
        purpose: asked.marking.purpose,
        audience: [...asked.marking.audience],
      })
      .execute()
    return { collection }
  })
  context.about({ kind: 'collection', id: answer.collection })
  return answer
})

interface ListedCollection extends Selectable<CollectionTable> {
  readonly body: MarkingBody
  readonly records: string
}

export const listCollectionsRoute = handle(listCollections, async (input, context) => {
  const mark = readMark(input.cursor, { parts: ['instant', 'text'], code: 'records.cursor' })
  const before =
    mark === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(c.at, c.collection::text) < (${new Date(String(mark[0]))}::timestamptz, ${String(mark[1])})`
  const { rows } =
    await sql<ListedCollection>`select c.*, m.body, (select coalesce(sum(s.records), 0) from records.collection_sizes s where s.org = c.org and s.collection = c.collection) as records
    from records.collections c join records.markings m on m.org = c.org and m.marking = c.marking where c.org = ${context.facts.authority} and ${before}
    order by c.at desc, c.collection::text desc limit ${input.limit + 1}`.execute(context.tx)
  const shown = rows.slice(0, input.limit)
  const last = shown.at(-1)
  return {
    items: shown.map(collectionView),
    ...(rows.length > input.limit && last ? { next: writeMark([last.at.toISOString(), last.collection]) } : {}),
  }
})

function collectionView(row: ListedCollection): CollectionView {
  const { body } = row
  return {
    collection: row.collection,
    title: row.title,
    kind: row.kind as CollectionView['kind'],
    desk: row.desk,
    marking: {
      origin: body.origin,
      evaluation: body.evaluation,
      handling: { ...body.handling, H: [...body.handling.H], conditions: [...body.handling.conditions] },
      purpose: body.purpose,
      legalBasis: body.legalBasis,
      category: body.category,
      reviewAt: daysAfter(row.at, row.review_days).toISOString(),
      eraseAt: daysAfter(row.at, row.retention_days).toISOString(),
    },
    readers: row.readers,
    records: Number(row.records),
    at: row.at.toISOString(),
  }
}

export async function visibleCollection(tx: Tx, org: string, collection: string): Promise<Selectable<CollectionTable>> {
  const row = await tx
    .withTables<RecordTables>()
    .selectFrom('records.collections')
    .selectAll()
    .where('org', '=', org)
    .where('collection', '=', collection)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** One of the own desk, locked against another writer until the transaction ends. Another desk's is none for whoever would write. */
export async function ownCollection({ tx, facts }: CaseContext, collection: string): Promise<Selectable<CollectionTable>> {
  const row = await tx
    .withTables<RecordTables>()
    .selectFrom('records.collections')
    .selectAll()
    .where('org', '=', facts.authority)
    .where('desk', '=', facts.desk)
    .where('collection', '=', collection)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
