/** Withdrawing a collection beside others who change it: nobody is stopped because of it, and nothing is left standing in it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '#platform/store/database.ts'
import { type Act, inOrder, isWaiting, routeAct } from './at-once.fixture.ts'
import { enterRecordRoute } from './enter-record.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'
import { AUTHORITY } from './search.fixture.ts'
import { withdrawCollectionRoute } from './withdraw-collection.ts'
import { endFragments, lockCurrent } from './write-fragments.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const line = (id: string, name: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [name] } })
const withdrawing = (collection: string): Act<{ fragments: number }> =>
  routeAct(at, withdrawCollectionRoute, { collection, reason: 'Bad source', key: randomUUID() })
const entering = (name: string, entity?: string): Act<{ entity: string }> =>
  routeAct(at, enterRecordRoute, {
    schema: 'Person',
    values: [{ prop: 'name', value: name }],
    marking: DRAFT,
    key: randomUUID(),
    ...(entity === undefined ? {} : { entity }),
  })
const standsIn = async (collection: string) =>
  (await at.store.rows(`select count(*)::int as n from records.fragments where collection = '${collection}' and recorded_to is null`))[0]?.[
    'n'
  ]
const collectionOf = async ({ entity }: { readonly entity: string }) =>
  String(
    (await at.store.rows(`select collection from records.fragments where entity = '${entity}' order by fragment desc limit 1`))[0]?.[
      'collection'
    ],
  )

/** Withdraws while another transaction has done the first part of its work, and does the second when the withdrawal waits for it. */
async function beside(
  collection: string,
  other: { readonly first: (tx: Tx) => Promise<unknown>; readonly second: (tx: Tx) => Promise<unknown> },
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const begun = Promise.withResolvers<void>()
  let isOver = false
  const theirs = at.services.database.asWorker('test', async (tx) => {
    await other.first(tx)
    begun.resolve()
    while (!isOver && !(await isWaiting(at))) await sleep(5)
    await other.second(tx)
  })
  await Promise.race([begun.promise, theirs])
  const own = withdrawing(collection)(async () => await Promise.resolve()).finally(() => {
    isOver = true
  })
  return await Promise.allSettled([own, theirs])
}

describe('withdrawing a collection', () => {
  it('of more records than are ended at once waits for who changes one of them, and stops nobody', async () => {
    const collection = await at.collection()
    await at.bring(collection, line('p', 'First of many'))
    await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, marking, recorded_from, review_at, erase_at, purpose, audience)
      select org, ('ffffffff-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'r' || md5(n::text), schema, collection, n::text, vals, marking, recorded_from, review_at, erase_at, purpose, audience
      from records.fragments, generate_series(1, 20001) as n where collection = '${collection}' returning 1`)
    await at.store.rows('select records.refresh_statistics() is null as done')
    const last = `ffffffff-0000-7000-8000-${(20_001).toString(16).padStart(12, '0')}`
    const ending = { reason: 'superseded', by: 'test', at: at.services.clock.now() } as const
    const ends = await beside(collection, {
      first: async (tx) => await lockCurrent(tx, AUTHORITY, [last]),
      second: async (tx) => await endFragments(tx, AUTHORITY, [last], ending),
    })
    expect(ends).toMatchObject([{ status: 'fulfilled', value: { fragments: 20_001 } }, { status: 'fulfilled' }])
    expect(await standsIn(collection)).toBe(0)
  })

  it('waits for a run over one of its files, which has its file before it takes the collection', async () => {
    const collection = await at.collection()
    const { import: id } = await at.upload(collection, line('p', 'Never read'))
    await at.start(id)
    const ends = await beside(collection, {
      first: async (tx) => await sql`select 1 from records.imports where import = ${id}::uuid for update`.execute(tx),
      second: async (tx) => await sql`select 1 from records.collections where collection = ${collection}::uuid for update`.execute(tx),
    })
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect((await at.show(id)).state).toBe('cancelled')
    await at.work()
    expect(await standsIn(collection)).toBe(0)
  })

  it('of what is typed in takes what is being written, and what is written after it goes into another', async () => {
    const first = await entering('Tist First')(async () => await Promise.resolve())
    const collection = await collectionOf(first)
    const { first: entered, second: withdrawn } = await inOrder(at, entering('Tist Second'), withdrawing(collection))
    expect([entered.status, withdrawn]).toMatchObject(['fulfilled', { status: 'fulfilled', value: { fragments: 2 } }])
    expect(await standsIn(collection)).toBe(0)
    const next = await entering('Tist Third')(async () => await Promise.resolve())
    const second = await collectionOf(next)
    const late = await inOrder(at, withdrawing(second), entering('Tist Fourth'))
    expect(late).toMatchObject({ first: { status: 'fulfilled' }, second: { status: 'fulfilled' } })
    expect(await standsIn(second)).toBe(0)
    const own = late.second.status === 'fulfilled' ? await collectionOf(late.second.value) : ''
    expect([own === second, await standsIn(own)]).toEqual([false, 1])
  })

  it('and adding to one of its records stop neither, whoever comes first', async () => {
    const one = await entering('Urbain First')(async () => await Promise.resolve())
    const collection = await collectionOf(one)
    const added = await inOrder(at, entering('Urbain Second', one.entity), withdrawing(collection))
    expect([added.first.status, added.second.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(await standsIn(collection)).toBe(0)
    const other = await entering('Victor First')(async () => await Promise.resolve())
    const second = await collectionOf(other)
    const restricting = routeAct(at, restrictRecordRoute, {
      entity: other.entity,
      restricted: true,
      reason: 'Contested',
      key: randomUUID(),
    })
    const { first } = await inOrder(at, withdrawing(second), restricting)
    expect(first.status).toBe('fulfilled')
    expect(await standsIn(second)).toBe(0)
  })

  it('that another authority shared is refused, since nothing of it would end', async () => {
    const collection = await at.collection({ category: 'suspect' })
    await at.bring(collection, line('p', 'Word of another'))
    await at.store.rows(`with shared as (update records.collections set kind = 'received' where collection = '${collection}')
      update records.markings set origin_org = 'nl.customs' where marking in (select marking from records.fragments where collection = '${collection}') returning 1`)
    await expect(withdrawing(collection)(async () => await Promise.resolve())).rejects.toMatchObject({ code: 'records.not-own' })
    const [kept] = await at.store.rows(`select state from records.collections where collection = '${collection}'`)
    expect([kept, await standsIn(collection)]).toEqual([{ state: 'open' }, 1])
  })
})
