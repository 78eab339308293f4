/** Two who change one record at once, each pair in both orders: what one has answered is not undone by the other, and nothing is written twice. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MarkingDraft } from '../contract.ts'
import { type Act, inOrder, routeAct, workerAct } from './at-once.fixture.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { enterRecordRoute } from './enter-record.ts'
import { eraseJob } from './erase.ts'
import { BATCH, runImport } from './import-run.ts'
import { type Entered, type ImportStore, personEntry, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'
import { answerReviewRoute } from './reviews.ts'
import { GHENT } from './search.fixture.ts'
import { withdrawCollectionRoute } from './withdraw-collection.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const enter = async (name: string, part?: Partial<MarkingDraft>) => await at.enter(personEntry(name, part))
/** Stated of a record that is there. */
const entry = (entity: string, name: string, part?: Partial<MarkingDraft>) => ({ ...personEntry(name, part), entity })
const restricting = ({ entity }: { readonly entity: string }, restricted = true) =>
  routeAct<{ restricted: boolean }>(at, restrictRecordRoute, { entity, restricted, reason: 'Contested', key: randomUUID() })
const correcting = ({ fragment }: Pick<Entered, 'fragment'>, value: string) =>
  routeAct<{ fragment: string }>(at, correctStatementRoute, {
    fragment,
    ordinal: 0,
    prop: 'name',
    value,
    reason: 'Misspelt',
    key: randomUUID(),
  })
const withdrawing = ({ fragment }: Pick<Entered, 'fragment'>) =>
  routeAct(at, correctStatementRoute, { fragment, ordinal: 0, prop: 'name', reason: 'Not him', key: randomUUID() })
const erasing = ({ fragment }: Pick<Entered, 'fragment'>) =>
  routeAct<{ done: number }>(at, answerReviewRoute, {
    fragments: [fragment],
    answer: 'erase',
    reason: 'No longer needed',
    key: randomUUID(),
  })
const line = (id: string, name: string) => JSON.stringify({ id, schema: 'Person', properties: { name: [name] } })

/** Reading a file, of which the only batch is held. */
async function reading(collection: string, lines: readonly string[]): Promise<Act<void>> {
  const { import: id } = await at.upload(collection, `${lines.join('\n')}\n`)
  await at.start(id)
  const job = at.store.asked.findLast(({ data }) => data['import'] === id)
  return workerAct(at, 2, async (services) => await runImport(job?.data ?? {}, services))
}

/** A person from a file. */
async function imported(name: string): Promise<Entered & { readonly collection: string }> {
  const collection = await at.collection({ category: 'suspect' })
  await at.bring(collection, line('p', name))
  const [{ entity, fragment } = {}] = await at.store.rows(
    `select entity, fragment from records.fragments where collection = '${collection}'`,
  )
  return { collection, entity: String(entity), fragment: String(fragment) }
}

/** What stands of a record: the first value of each fragment, in brackets where it is restricted. */
async function standing({ entity }: { readonly entity: string }): Promise<readonly string[]> {
  const rows = await at.store.rows(
    `select vals->0->>1 as name, restricted from records.fragments where entity = '${entity}' and recorded_to is null order by 1`,
  )
  return rows.map(({ name, restricted }) => (restricted === true ? `(${String(name)})` : String(name)))
}

const sizeOf = async (collection: string) =>
  (await at.store.rows(`select sum(records)::int as n from records.collection_sizes where collection = '${collection}'`))[0]?.['n']
const collectionOf = async ({ entity }: { readonly entity: string }) =>
  String((await at.store.rows(`select collection from records.fragments where entity = '${entity}'`))[0]?.['collection'])

describe('restricting', () => {
  it('happens once for each key, however often it is asked for', async () => {
    const one = await enter('Victor Twice')
    const asked = { entity: one.entity, restricted: true, reason: 'Contested', key: randomUUID() }
    const answers = await Promise.all([1, 2, 3].map(async () => await at.call(restrictRecordRoute, asked)))
    expect(answers).toEqual([1, 2, 3].map(() => ({ restricted: true })))
    expect(await standing(one)).toEqual(['(Victor Twice)'])
    await at.call(restrictRecordRoute, { ...asked, restricted: false, key: randomUUID() })
    expect(await at.call(restrictRecordRoute, asked)).toEqual({ restricted: true })
    expect(await standing(one)).toEqual(['Victor Twice'])
  })

  it('by two at once writes each statement once', async () => {
    const one = await enter('Walter Both')
    const { first, second } = await inOrder(at, restricting(one), restricting(one))
    expect([first.status, second.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(await standing(one)).toEqual(['(Walter Both)'])
    expect(await sizeOf(await collectionOf(one))).toBeGreaterThan(0)
  })

  it('does not undo a withdrawal', async () => {
    const one = await enter('Xavier Gone')
    const { first, second } = await inOrder(at, withdrawing(one), restricting(one))
    expect(first.status).toBe('fulfilled')
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'records.not-own' } })
    expect(await standing(one)).toEqual([])
  })

  it('takes what a correction has put in the place of what it read', async () => {
    const one = await enter('Yves Wrong')
    const { first, second } = await inOrder(at, correcting(one, 'Yves Right'), restricting(one))
    expect([first.status, second.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(await standing(one)).toEqual(['(Yves Right)'])
    const other = await enter('Zeno Wrong')
    const late = await inOrder(at, restricting(other), correcting(other, 'Zeno Right'))
    expect(late.second).toMatchObject({ status: 'rejected', reason: { code: 'records.ended' } })
    expect(await standing(other)).toEqual(['(Zeno Wrong)'])
  })

  it('takes what is being added', async () => {
    const one = await enter('Adam First')
    const adding = () => routeAct(at, enterRecordRoute, entry(one.entity, 'Adam Second'))
    await inOrder(at, adding(), restricting(one))
    expect(await standing(one)).toEqual(['(Adam First)', '(Adam Second)'])
    const other = await enter('Bob First')
    await inOrder(at, restricting(other), routeAct(at, enterRecordRoute, entry(other.entity, 'Bob Second')))
    expect(await standing(other)).toEqual(['(Bob First)', '(Bob Second)'])
  })

  it('does not bring back what was erased at a review, nor on its last day', async () => {
    const one = await enter('Carl Let Go')
    const { first, second } = await inOrder(at, erasing(one), restricting(one))
    expect(first).toMatchObject({ status: 'fulfilled', value: { done: 1 } })
    expect(second.status).toBe('rejected')
    expect(await standing(one)).toEqual([])
    const old = await enter('Dolf Last Day', { retentionDays: 10, reviewDays: 10 })
    at.store.advance(11 * 24 * 60)
    const job = workerAct(at, 1, async (services) => await eraseJob.run({}, services))
    expect((await inOrder(at, job, restricting(old))).second.status).toBe('rejected')
    const rows = await at.store.rows(`select vals from records.fragments where entity in ('${one.entity}', '${old.entity}')`)
    expect(rows).toEqual([{ vals: null }, { vals: null }])
  })

  it('is told truly to one who erases: nothing done, and what stands comes up for review again', async () => {
    const one = await enter('Ernst Restricted')
    const { second } = await inOrder(at, restricting(one), erasing(one))
    expect(second).toMatchObject({ status: 'fulfilled', value: { done: 0 } })
    expect(await standing(one)).toEqual(['(Ernst Restricted)'])
  })

  it('leaves nothing standing in a collection that is withdrawn', async () => {
    const one = await imported('Fons Withdrawn')
    const withdrawal = () => routeAct(at, withdrawCollectionRoute, { collection: one.collection, reason: 'Bad source', key: randomUUID() })
    const { first, second } = await inOrder(at, restricting(one), withdrawal())
    expect([first.status, second.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(await standing(one)).toEqual([])
  })
})

describe('a newer file', () => {
  it('is read as restricted beside the restricting of its record, whoever comes first', async () => {
    const one = await imported('Gust Eerste')
    const newer = await reading(one.collection, [line('p', 'Gust Tweede')])
    const { first, second } = await inOrder(at, restricting(one), newer)
    expect([first.status, second.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(await standing(one)).toEqual(['(Gust Tweede)'])
    const other = await imported('Hugo Eerste')
    await inOrder(at, await reading(other.collection, [line('p', 'Hugo Tweede')]), restricting(other))
    expect(await standing(other)).toEqual(['(Hugo Tweede)'])
    for (const { collection } of [one, other]) expect(await sizeOf(collection)).toBe(1)
  })

  it('leaves no free line beside a restricted one of the same record', async () => {
    const lines = (name: string) => [line('p', `${name} Eerste`), line('p', `${name} Tweede`)]
    const one = await imported('Ivan Eerste')
    await inOrder(at, restricting(one), await reading(one.collection, lines('Ivan')))
    expect(await standing(one)).toEqual(['(Ivan Eerste)', '(Ivan Tweede)'])
    const other = await imported('Jan Eerste')
    await inOrder(at, await reading(other.collection, lines('Jan')), restricting(other))
    expect(await standing(other)).toEqual(['(Jan Eerste)', '(Jan Tweede)'])
    for (const { collection } of [one, other]) expect(await sizeOf(collection)).toBe(1)
  })

  it('is restricted as the word that is left of its record, beside the restricting of it too', async () => {
    const withdrawn = async (name: string, readers: readonly string[] = []): Promise<Entered & { readonly collection: string }> => {
      const one = await imported(`${name} File`)
      await at.enter(entry(one.entity, `${name} Typed`, { readers: [...readers] }))
      await withdrawing(one)(async () => await Promise.resolve())
      return one
    }
    const read = async ({ collection }: { readonly collection: string }, name: string) => await reading(collection, [line('p', name)])
    const one = await withdrawn('Otto', [GHENT])
    await inOrder(at, restricting(one), await read(one, 'Otto Newer'))
    expect(await standing(one)).toEqual(['(Otto Newer)', '(Otto Typed)'])
    const other = await withdrawn('Piet')
    await inOrder(at, await read(other, 'Piet Newer'), restricting(other))
    expect(await standing(other)).toEqual(['(Piet Newer)', '(Piet Typed)'])
    for (const { collection } of [one, other]) expect(await sizeOf(collection)).toBe(1)
  })

  it('is restricted when all that its collection had said of the record is over', async () => {
    const one = await imported('Quinten File')
    await at.enter(entry(one.entity, 'Quinten Typed'))
    await restricting(one)(async () => await Promise.resolve())
    await at.store.rows(
      `update records.fragments set erase_at = now() - interval '1 day' where entity = '${one.entity}' and import is not null`,
    )
    await eraseJob.run({}, at.services)
    expect(await standing(one)).toEqual(['(Quinten Typed)'])
    await at.bring(one.collection, line('p', 'Quinten Newer'))
    expect(await standing(one)).toEqual(['(Quinten Newer)', '(Quinten Typed)'])
  })

  it('takes the place of a correction that is being made, and stands alone', async () => {
    const one = await imported('Kamiel Wrong')
    await inOrder(at, correcting(one, 'Kamiel Right'), await reading(one.collection, [line('p', 'Kamiel Newer')]))
    expect(await standing(one)).toEqual(['Kamiel Newer'])
    const other = await imported('Leon Wrong')
    const { second } = await inOrder(at, await reading(other.collection, [line('p', 'Leon Newer')]), correcting(other, 'Leon Right'))
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'records.ended' } })
    expect(await standing(other)).toEqual(['Leon Newer'])
  })

  it('does not take the place of what was withdrawn while it was read, nor count it', async () => {
    const one = await imported('Marc Wrong')
    await inOrder(at, withdrawing(one), await reading(one.collection, [line('p', 'Marc Newer')]))
    expect(await standing(one)).toEqual(['Marc Newer'])
    expect(await at.store.rows(`select supersedes from records.fragments where entity = '${one.entity}' and recorded_to is null`)).toEqual([
      { supersedes: null },
    ])
    expect(await sizeOf(one.collection)).toBe(1)
  })
})

describe('a long file', () => {
  it('leaves standing what one of its lines was corrected to while it was read, and says what another one says beside it', async () => {
    const one = await imported('Yoeri Wrong')
    const others = Array.from({ length: BATCH }, (_, index) => line(`o${index}`, `Other ${index}`))
    const { import: id } = await at.upload(one.collection, [line('p', 'Yoeri Wrong'), ...others, line('p', 'Yoeri Other')].join('\n'))
    await at.start(id)
    const { database } = at.services
    let transactions = 0
    const watched: typeof database = {
      ...database,
      asWorker: async (name, work) => {
        transactions += 1
        // The first line is read and written by now, the last one is not.
        if (transactions === 3) await correcting(one, 'Yoeri Right')(async () => await Promise.resolve())
        return await database.asWorker(name, work)
      },
    }
    await runImport(at.store.asked.findLast(({ data }) => data['import'] === id)?.data ?? {}, { ...at.services, database: watched })
    expect(await standing(one)).toEqual(['Yoeri Other', 'Yoeri Right'])
  })
})

describe('the number of records of a collection', () => {
  it('is right when the statements of one record are withdrawn at once, and when one is added meanwhile', async () => {
    const one = await enter('Nico First')
    const collection = await collectionOf(one)
    const before = Number(await sizeOf(collection)) - 1
    const two = await at.enter(entry(one.entity, 'Nico Second'))
    await inOrder(at, withdrawing(one), withdrawing(two))
    expect(await sizeOf(collection)).toBe(before)
    const other = await enter('Otto First')
    await inOrder(at, withdrawing(other), routeAct(at, enterRecordRoute, entry(other.entity, 'Otto Second')))
    expect([await standing(other), await sizeOf(collection)]).toEqual([['Otto Second'], before + 1])
    const third = await enter('Piet First')
    await inOrder(at, routeAct(at, enterRecordRoute, entry(third.entity, 'Piet Second')), withdrawing(third))
    expect([await standing(third), await sizeOf(collection)]).toEqual([['Piet Second'], before + 2])
  })
})
