/** Ends every statement of a collection of the own desk: a file that should not have been brought in, a source that took its word back. Nothing more goes into it. */
import { sql } from 'kysely'
import { once } from '#platform/http/answer-once.ts'
import { AppError } from '#platform/http/app-error.ts'
import type { CaseContext } from '#platform/http/case-context.ts'
import { handle } from '#platform/http/route.ts'
import { withdrawCollection } from '../contract.ts'
import { ownCollection, visibleCollection } from './collections.ts'
import { destroyFiles } from './import-file.ts'
import type { RecordTables } from './tables.ts'
import { endFragments, lockViews } from './write-fragments.ts'

const MANY = 20_000
const FIRST = '00000000-0000-0000-0000-000000000000'

export const withdrawCollectionRoute = handle(withdrawCollection, async (input, context) => {
  const { tx, facts, services } = context
  const { desk, kind } = await visibleCollection(tx, facts.authority, input.collection)
  if (desk !== facts.desk) throw new AppError(403, 'records.not-own', 'Only the desk that opened a collection may withdraw it.')
  if (kind === 'received')
    throw new AppError(
      403,
      'records.not-own',
      'What another authority shared is its word: it goes when that authority takes it back, and on its last day.',
    )
  context.about({ kind: 'collection', id: input.collection })
  const answer = await once(context, { route: withdrawCollection.id, key: input.key }, async () => await withdraw(context, input))
  await services.announce(tx, 'records', [facts.desk])
  return answer
})

async function withdraw(
  context: CaseContext,
  { collection, reason }: { readonly collection: string; readonly reason: string },
): Promise<{ fragments: number }> {
  const { tx, facts, clock } = context
  await lockRuns(context, collection)
  await ownCollection(context, collection)
  const now = clock.now()
  const { rows: held } =
    await sql`select 1 from records.holds h join records.fragments f on f.org = h.org and f.entity = h.entity where h.org = ${facts.authority} and h.lifted_at is null
    and h.until > ${now} and f.collection = ${collection}::uuid and f.recorded_to is null limit 1`.execute(tx)
  if (held.length > 0) throw new AppError(409, 'records.held', 'A case needs records of the collection: a hold stands.')
  await tx
    .withTables<RecordTables>()
    .updateTable('records.collections')
    .set({ state: 'withdrawn' })
    .where('org', '=', facts.authority)
    .where('collection', '=', collection)
    .execute()
  // A run that is at work finds it closed at its next batch.
  await tx
    .withTables<RecordTables>()
    .updateTable('records.imports')
    .set({ state: 'cancelled', finished_at: now })
    .where('org', '=', facts.authority)
    .where('collection', '=', collection)
    .where('state', 'in', ['checking', 'importing'])
    .execute()
  await destroyFiles(tx, { which: sql`i.org = ${facts.authority} and i.collection = ${collection}::uuid`, at: now })
  await lockAll(context, collection)
  let fragments = 0
  // Until none is left: what another one was just then putting in the place of one that was read is found in the next round.
  for (;;) {
    const { rows } = await sql<Own>`${ownOf(context, collection)} order by f.fragment limit ${MANY}`.execute(tx)
    if (rows.length === 0) break
    const ids = rows.map(({ fragment }) => fragment)
    fragments += (await endFragments(tx, facts.authority, ids, { reason: 'withdrawn', by: facts.officer, note: reason, at: now })).length
  }
  return { fragments }
}

/** Of its files, before the collection: in the order in which a run locks the two. */
async function lockRuns({ tx, facts }: CaseContext, collection: string): Promise<void> {
  await tx
    .withTables<RecordTables>()
    .selectFrom('records.imports')
    .select('import')
    .where('org', '=', facts.authority)
    .where('collection', '=', collection)
    .where('state', 'in', ['checking', 'importing'])
    .orderBy('import')
    .forUpdate()
    .execute()
}

interface Own {
  readonly fragment: string
}

const ownOf = (
  { facts }: CaseContext,
  collection: string,
) => sql`select f.fragment from records.fragments f join records.markings m on m.org = f.org and m.marking = f.marking
  where f.org = ${facts.authority} and f.collection = ${collection}::uuid and f.recorded_to is null and m.origin_org = ${facts.authority} and m.origin_desk = ${facts.desk}`

/** Every statement, then every view, before the first of them ends: who has a statement and waits for its view would otherwise wait for this, and this for the statement. */
async function lockAll(context: CaseContext, collection: string): Promise<void> {
  const { tx, facts } = context
  let after: string | undefined = FIRST
  while (after !== undefined) {
    const { rows }: { readonly rows: readonly Own[] } =
      await sql<Own>`${ownOf(context, collection)} and f.fragment > ${after}::uuid order by f.fragment limit ${MANY} for update of f`.execute(
        tx,
      )
    after = rows.at(-1)?.fragment
  }
  const views = sql`select s.view from records.collection_sizes s where s.org = ${facts.authority} and s.collection = ${collection}::uuid`
  await lockViews(tx, facts.authority, views)
}
