/** Letting go at a review: all that the desk stated of the part of the record goes, with every version before, and no file brings it back. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Route } from '#platform/http/route.ts'
import type { MarkingDraft } from '../contract.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { eraseJob } from './erase.ts'
import { liftHoldRoute, placeHoldRoute } from './holds.ts'
import { type Entered, type ImportStore, personEntry, startImportStore } from './imports.fixture.ts'
import { restrictRecordRoute } from './restrict.ts'
import { answerReviewRoute } from './reviews.ts'
import { ANTWERP, deskOf, GHENT } from './search.fixture.ts'
import { showRecordRoute } from './show-record.ts'

const DAY = 24 * 60

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const call = async <T>(route: Route, input: Readonly<Record<string, unknown>>, facts: SessionFacts = deskOf(ANTWERP)): Promise<T> =>
  await at.call<T>(route, input, { facts })
const enter = async (name: string, part?: Partial<MarkingDraft>) => await at.enter(personEntry(name, part))
const correct = async ({ fragment }: Pick<Entered, 'fragment'>, value?: string) => {
  const asked = { fragment, ordinal: 0, prop: 'name', reason: 'Looked again', key: randomUUID() }
  return await call<{ fragment: string }>(correctStatementRoute, value === undefined ? asked : { ...asked, value })
}
const restrict = async ({ entity }: { readonly entity: string }, restricted = true) =>
  await call(restrictRecordRoute, { entity, restricted, reason: 'Contested', key: randomUUID() })
const answer = async (fragment: string) =>
  await call<{ done: number; held: number }>(answerReviewRoute, {
    fragments: [fragment],
    answer: 'erase',
    reason: 'No longer needed',
    key: randomUUID(),
  })
const erase = async () => await eraseJob.run({}, at.services)
const history = async (entity: string) =>
  (await call<{ statements: readonly { value: string }[] }>(showRecordRoute, { entity, history: 'yes' })).statements.map(
    ({ value }) => value,
  )
/** Names that are kept of a record, whether they stand or not. */
const kept = async (entity: string) =>
  (await at.store.rows(`select vals->0->>1 as name from records.fragments where entity = '${entity}' and vals is not null order by 1`)).map(
    ({ name }) => name,
  )
const current = async (collection: string, id = 'p') => {
  const [row] = await at.store.rows(
    `select fragment, entity from records.fragments where collection = '${collection}' and external_id = '${id}' and recorded_to is null`,
  )
  return { fragment: String(row?.['fragment']), entity: String(row?.['entity']) }
}
const line = (id: string, name: string, more: object = {}) =>
  JSON.stringify({ id, schema: 'Person', properties: { name: [name] }, ...more })
const fromFile = async (part?: Partial<MarkingDraft>) => await at.collection({ category: 'suspect', ...part })

describe('what is erased at a review', () => {
  it('goes with what it was corrected from, and none of it is in the history', async () => {
    const first = await enter('Quirijn Oldname')
    at.store.advance(60)
    const second = await correct(first, 'Quirijn Newname')
    at.store.advance(60)
    expect(await history(first.entity)).toHaveLength(2)
    expect(await answer(second.fragment)).toEqual({ done: 1, held: 0 })
    await erase()
    expect(await kept(first.entity)).toEqual([])
    await expect(history(first.entity)).rejects.toMatchObject({ status: 404 })
  })

  it('goes with the copies that restricting has left behind', async () => {
    const { entity } = await enter('Rutger Contested')
    await restrict({ entity })
    await restrict({ entity }, false)
    await restrict({ entity })
    const [row] = await at.store.rows(`select fragment from records.fragments where entity = '${entity}' and recorded_to is null`)
    expect(await answer(String(row?.['fragment']))).toEqual({ done: 1, held: 0 })
    await erase()
    expect(await kept(entity)).toEqual([])
  })

  it('goes with what earlier files said of it, and leaves the other lines of the record', async () => {
    const collection = await fromFile()
    await at.bring(collection, [line('p', 'Seppe One'), line('q', 'Tuur One')].join('\n'))
    await at.bring(collection, [line('p', 'Seppe Two'), line('q', 'Tuur Two')].join('\n'))
    const [one, other] = [await current(collection), await current(collection, 'q')]
    await answer(one.fragment)
    await erase()
    expect([await kept(one.entity), await kept(other.entity)]).toEqual([[], ['Tuur One', 'Tuur Two']])
  })

  it('stays whole while a case of any desk holds it', async () => {
    const first = await enter('Urbain Before', { readers: [GHENT] })
    const second = await correct(first, 'Urbain After')
    const place = async (desk: string) =>
      await call<{ hold: string }>(
        placeHoldRoute,
        { entity: first.entity, caseRef: 'AN-1', reason: 'Trial', days: 30, key: randomUUID() },
        deskOf(desk),
      )
    const own = await place(ANTWERP)
    await expect(answer(second.fragment)).rejects.toMatchObject({ code: 'records.held' })
    await call(liftHoldRoute, { hold: own.hold, reason: 'Over' })
    const other = await place(GHENT)
    expect(await answer(second.fragment)).toEqual({ done: 1, held: 0 })
    await erase()
    expect(await kept(first.entity)).toEqual(['Urbain After', 'Urbain Before'])
    await call(liftHoldRoute, { hold: other.hold, reason: 'Over' }, deskOf(GHENT))
    await erase()
    expect(await kept(first.entity)).toEqual([])
  })

  it('may be what was withdrawn before, and is never a version that another one has followed', async () => {
    const first = await enter('Valeer Wrong')
    const second = await correct(first, 'Valeer Right')
    expect(await answer(first.fragment)).toEqual({ done: 0, held: 0 })
    await erase()
    expect(await kept(first.entity)).toEqual(['Valeer Right', 'Valeer Wrong'])
    await correct(second)
    expect(await answer(second.fragment)).toEqual({ done: 1, held: 0 })
    await erase()
    expect(await kept(first.entity)).toEqual([])
  })
})

describe('a file that says what was erased at a review', () => {
  const told = (shown: Awaited<ReturnType<ImportStore['bring']>>) => shown.problemRows.map(({ line: row, code }) => `${row} ${code}`)

  it('does not bring it back, and says so of the line', async () => {
    const collection = await fromFile()
    const text = [line('p', 'Sjoerd Imported'), line('q', 'Sjoerd Neighbour')].join('\n')
    await at.bring(collection, text)
    const { fragment, entity } = await current(collection)
    await answer(fragment)
    // Until the job has come by, and afterwards.
    for (const isErased of [false, true]) {
      if (isErased) await erase()
      const checked = await at.bring(collection, text, { dryRun: true })
      const again = await at.bring(collection, text)
      expect(told(again)).toEqual(['1 record.erased'])
      expect(again.totals).toMatchObject({ in: 2, accepted: 1, warned: 1, quarantined: 0, entities: 1, statements: 0 })
      expect([checked.totals, told(checked)]).toEqual([again.totals, told(again)])
      await expect(call(showRecordRoute, { entity })).rejects.toMatchObject({ status: 404 })
    }
    expect(await kept(entity)).toEqual([])
  })

  it('is known by what it says: the next one with the same line, or an older one, brings nothing back, and one that says something else is new', async () => {
    const collection = await fromFile()
    await at.bring(collection, line('p', 'Theo One'))
    await at.bring(collection, line('p', 'Theo Two'))
    const { fragment, entity } = await current(collection)
    await restrict({ entity })
    await restrict({ entity }, false)
    await answer((await current(collection)).fragment)
    expect(fragment).not.toBe('')
    await erase()
    for (const text of [line('p', 'Theo One'), line('p', 'Theo Two'), line('p', 'Theo Two', { last_seen: '2026-12-01' })])
      expect(told(await at.bring(collection, text))).toEqual(['1 record.erased'])
    expect(await kept(entity)).toEqual([])
    expect(told(await at.bring(collection, line('p', 'Theo Three')))).toEqual([])
    expect(await kept(entity)).toEqual(['Theo Three'])
    expect(await at.store.rows(`select records from records.collection_sizes where collection = '${collection}'`)).toEqual([
      { records: '1' },
    ])
  })

  it('finds no word of it in the store', async () => {
    const collection = await fromFile()
    await at.bring(collection, line('p', 'Uwe Nowhere'))
    const { fragment, entity } = await current(collection)
    await answer(fragment)
    await erase()
    const rows = await at.store.rows(`select to_jsonb(f) as row from records.fragments f where entity = '${entity}'`)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain('Nowhere')
    expect(rows[0]).toMatchObject({ row: { vals: null, context: null, external_id: '', line: null } })
  })
})

describe('the last day', () => {
  it('lets a new reading bring in anew what merely ended, with days of its own, and not what was withdrawn by hand', async () => {
    const collection = await fromFile({ reviewDays: 10, retentionDays: 20 })
    const text = ['p', 'q', 'r'].map((id) => line(id, `Wannes ${id}`)).join('\n')
    await at.bring(collection, text)
    await correct(await current(collection, 'q'))
    await correct(await current(collection, 'r'), 'Wannes corrected')
    const { entity } = await current(collection)
    at.store.advance(21 * DAY)
    await erase()
    expect(await kept(entity)).toEqual([])
    const again = await at.bring(collection, text)
    expect(again.problemRows.map(({ line: row, code }) => `${row} ${code}`)).toEqual(['2 record.erased', '3 record.erased'])
    expect(again.totals).toMatchObject({ in: 3, accepted: 1, warned: 2, entities: 1, statements: 1 })
    const rows = await at.store.rows(
      `select external_id, erase_at from records.fragments where collection = '${collection}' and recorded_to is null`,
    )
    expect(rows).toEqual([{ external_id: 'p', erase_at: new Date(at.services.clock.now().getTime() + 20 * DAY * 60_000) }])
  })
})

describe('a file that says what was corrected', () => {
  it('finds the correction also after it was restricted', async () => {
    const collection = await fromFile()
    await at.bring(collection, line('p', 'Xander Wrong'))
    const { fragment, entity } = await current(collection)
    const { fragment: corrected } = await correct({ fragment }, 'Xander Right')
    await restrict({ entity })
    const again = await at.bring(collection, line('p', 'Xander Wrong'))
    expect([again.problemRows, again.totals.accepted, corrected === fragment]).toEqual([[], 1, false])
    expect(await kept(entity)).toEqual(['Xander Right', 'Xander Right', 'Xander Wrong'])
  })
})
