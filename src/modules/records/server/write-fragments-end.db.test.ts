/** Ending very many statements at once locks in the order that everybody keeps, and reads no more of them at a time than there is room for. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isWaiting } from './at-once.fixture.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { AUTHORITY, GHENT } from './search.fixture.ts'
import { endFragments, lockViews } from './write-fragments.ts'
import { arrayOf } from './write-fragments-arrays.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const line = JSON.stringify({ id: 'p', schema: 'Person', properties: { name: ['One of many'] } })

/** A collection with one record more, and copies of it, whose ids begin as they are told to. */
async function many(
  readers: readonly string[],
): Promise<{ readonly view: string; copy(count: number, beginning: string): Promise<readonly string[]> }> {
  const collection = await at.collection({ readers: [...readers] })
  await at.bring(collection, line)
  const [{ view } = {}] = await at.store.rows(`select view from records.collection_sizes where collection = '${collection}'`)
  return {
    view: String(view),
    copy: async (count, beginning) => {
      const rows = await at.store.rows(`insert into records.fragments
          (org, fragment, entity, schema, collection, external_id, import, vals, marking, recorded_from, review_at, erase_at, purpose, audience)
        select org, ('${beginning}' || lpad(to_hex(n), 12, '0'))::uuid, 'r' || md5('${beginning}' || n), schema, collection, n::text, import, vals, marking, recorded_from, review_at, erase_at, purpose, audience
        from (select * from records.fragments where collection = '${collection}' limit 1) as f, generate_series(1, ${count}) as n returning fragment`)
      await at.store.rows('select records.refresh_statistics() is null as done')
      return rows.map(({ fragment }) => String(fragment))
    },
  }
}

it('locks the views of all of them before the first of them ends', async () => {
  const [first, second] = [await many([]), await many([GHENT])].sort((a, b) => (a.view < b.view ? -1 : 1))
  if (first === undefined || second === undefined) throw new Error('No collections.')
  // Those that come first are of the view that comes second.
  const ids = [...(await second.copy(5000, 'f0000000-0000-7000-8000-')), ...(await first.copy(1, 'f1000000-0000-7000-8000-'))]
  const begun = Promise.withResolvers<void>()
  const locking = at.services.database.asWorker('test', async (tx) => {
    const lock = async ({ view }: { readonly view: string }) =>
      await lockViews(tx, AUTHORITY, sql`select unnest(${arrayOf([view])}::text[])`)
    await lock(first)
    begun.resolve()
    while (!(await isWaiting(at))) await sleep(5)
    await lock(second)
  })
  await begun.promise
  const ending = at.services.database.asWorker('test', async (tx) => {
    await endFragments(tx, AUTHORITY, ids, { reason: 'withdrawn', by: 'test', at: at.services.clock.now() })
  })
  const ends = await Promise.allSettled([locking, ending])
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
})

it('keeps digests of many while it reads few at a time', async () => {
  const { copy } = await many([])
  const ids = await copy(120, 'f2000000-0000-7000-8000-')
  const now = at.services.clock.now()
  let most = 0
  await at.services.database.asWorker('test', async (tx) => {
    await endFragments(tx, AUTHORITY, ids, { reason: 'withdrawn', by: 'test', at: now })
    const counting = tx.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.rows.some((row) => 'vals' in row)) most = Math.max(most, result.rows.length)
        return await Promise.resolve(result)
      },
    })
    await endFragments(counting, AUTHORITY, ids, { reason: 'erased', by: 'test', at: now })
  })
  expect(most).toBe(50)
  const rows = await at.store.rows(
    `select count(*)::int as n, count(digest)::int as digests, count(vals)::int as vals from records.fragments where fragment::text like 'f2000000%'`,
  )
  expect(rows).toEqual([{ n: 120, digests: 120, vals: 0 }])
})
