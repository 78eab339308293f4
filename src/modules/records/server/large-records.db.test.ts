/** Records that have more sources than an answer holds, or larger ones: it is given, and says what it lacks, or it is refused; nothing is cut in silence and nothing read without an end. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison, RecordView } from '../contract.ts'
import { exportBoardRoute } from './board-export.ts'
import { saveBoardRoute } from './boards.ts'
import { compareRoute } from './compare.ts'
import { enterRecordRoute } from './enter-record.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { prepareShareRoute } from './prepare-share.ts'
import { deskOf, GHENT } from './search.fixture.ts'
import { showRecordRoute } from './show-record.ts'
import { showTimelineRoute } from './timeline.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const LENGTH = 60_000

interface Entered {
  readonly entity: string
  readonly fragment: string
}

const enter = async (schema: string, prop: string, value: string) =>
  await at.call<Entered>(enterRecordRoute, { schema, values: [{ prop, value }], marking: DRAFT, key: randomUUID() })

/** So many more sources that say the same, each a moment later than the one before. */
async function repeat({ fragment }: Entered, count: number): Promise<void> {
  await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, brief, marking, recorded_from, review_at, erase_at, purpose, audience)
      select org, gen_random_uuid(), entity, schema, collection, external_id, vals, brief, marking, recorded_from + n * interval '1 ms', review_at, erase_at, purpose, audience
      from records.fragments, generate_series(1, ${count}) as n where fragment = '${fragment}' returning 1`)
}

const show = async ({ entity }: Entered) => await at.call<RecordView>(showRecordRoute, { entity, knownAt: '2027-06-01T00:00:00Z' })

describe('the page of a record', () => {
  it('says how many sources it has no room for', async () => {
    const person = await enter('Person', 'name', 'Stated Often')
    await repeat(person, 12_000)
    const page = await show(person)
    expect(page.caption).toBe('Stated Often')
    expect(page.statements).toHaveLength(5000)
    expect(page.statementsLeftOut).toBe(5000)
    expect(page.sourcesLeftOut).toEqual({ total: 2001, isAtLeast: false })
    await repeat(person, 8000)
    expect((await show(person)).sourcesLeftOut).toEqual({ total: 10_000, isAtLeast: true })
  })

  it('holds no more than some MiB of what they say', async () => {
    const letter = await enter('Email', 'bodyText', 'word '.repeat(LENGTH / 5))
    await repeat(letter, 400)
    const { statements, statementsLeftOut, sourcesLeftOut } = await show(letter)
    expect(statements.length * LENGTH).toBeGreaterThan(15 * 1024 * 1024)
    expect(statements.length * LENGTH).toBeLessThan(18 * 1024 * 1024)
    expect(statementsLeftOut).toBe(0)
    expect(statements.length + sourcesLeftOut.total).toBe(401)
  })

  it('lacks nothing otherwise', async () => {
    expect((await show(await enter('Person', 'name', 'Stated Once'))).sourcesLeftOut).toEqual({ total: 0, isAtLeast: false })
  })
})

it('a comparison says so too, and counts nothing that is restricted', async () => {
  const [often, once] = [await enter('Person', 'name', 'Compared Often'), await enter('Person', 'name', 'Compared Once')]
  await repeat(often, 10_005)
  await at.store.rows(`update records.fragments set restricted = true where fragment in
    (select fragment from records.fragments where entity = '${often.entity}' and fragment <> '${often.fragment}' limit 3) returning 1`)
  const { properties, sourcesLeftOut } = await at.call<Comparison>(compareRoute, { left: once.entity, right: often.entity })
  expect(properties.map(({ left, right }) => [left.length, right.length])).toEqual([[1, 10_000]])
  expect(sourcesLeftOut).toEqual({ total: 3, isAtLeast: false })
})

describe('letters of many MiB', () => {
  const MILLION = 1_000_000
  const board = async (entity: string) => {
    const layout = { nodes: [{ entity, x: 0, y: 0 }] }
    return await at.call<{ board: string }>(saveBoardRoute, { title: 'Letters', layout, key: randomUUID() })
  }
  const letters = async (count: number, recipients: readonly string[] = []) => {
    const properties = { bodyText: ['word '.repeat(MILLION / 5)], date: ['2026-05-01'], recipients }
    const line = { id: randomUUID(), schema: 'Email', properties }
    await at.bring(await at.collection({ readers: [GHENT] }), JSON.stringify(line))
    const [letter] = (await at.store.rows(
      `select entity, fragment from records.fragments where external_id = '${line.id}'`,
    )) as unknown as readonly Entered[]
    if (letter === undefined) throw new Error('The letter was not read.')
    await repeat(letter, count - 1)
    return letter.entity
  }

  it('are on a timeline by their dates, as far as they are looked through', async () => {
    const entities = [await letters(90)]
    const timeline = await at.call<{ items: readonly object[]; sourcesLeftOut: object }>(showTimelineRoute, { entities })
    expect(timeline).toMatchObject({ items: [{ prop: 'date', from: '2026-05-01' }], sourcesLeftOut: { total: 22, isAtLeast: false } })
  })

  it('end an answer at one place for a reader, however many records they name that are not for that reader', async () => {
    const facts = deskOf(GHENT)
    const hidden = Array.from({ length: 3000 }, (_, index) => `nobody-${index}`)
    const seen = async (recipients: readonly string[]) => {
      const entity = await letters(90, recipients)
      const { sourcesLeftOut } = await at.call<{ sourcesLeftOut: object }>(showTimelineRoute, { entities: [entity] }, { facts })
      const page = await at.call<RecordView>(showRecordRoute, { entity, knownAt: '2027-06-01T00:00:00Z' }, { facts })
      const naming = page.statements.filter(({ prop }) => prop === 'recipients')
      return { timeline: sourcesLeftOut, page: page.sourcesLeftOut, statements: page.statements.length, naming: naming.length }
    }
    const plain = await seen([])
    expect(plain).toMatchObject({ timeline: { total: 22 }, page: { total: 73 }, naming: 0 })
    expect(await seen(hidden)).toEqual(plain)
  })

  it('are no file of a board, which is given whole or not at all, and its relations are', async () => {
    const { board: large } = await board(await letters(140))
    await expect(at.call(exportBoardRoute, { board: large, format: 'ftm' })).rejects.toMatchObject({ code: 'records.export-size' })
    expect(await at.call<{ text: string }>(exportBoardRoute, { board: large, format: 'csv' })).toMatchObject({ text: expect.any(String) })
    const { board: small } = await board(await letters(3))
    const { text } = await at.call<{ text: string }>(exportBoardRoute, { board: small, format: 'ftm' })
    expect(text.length).toBeGreaterThan(MILLION)
  })

  it('are not passed on', async () => {
    const { board: large } = await board(await letters(80))
    await expect(at.call(prepareShareRoute, { board: large })).rejects.toMatchObject({ code: 'records.share-size' })
  })
})
