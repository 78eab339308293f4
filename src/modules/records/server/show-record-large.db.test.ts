/** The page of a record that has more sources than a page holds, or larger ones: it opens, and says what it lacks. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison, RecordView } from '../contract.ts'
import { compareRoute } from './compare.ts'
import { enterRecordRoute } from './enter-record.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { showRecordRoute } from './show-record.ts'

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
  await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, marking, recorded_from, review_at, erase_at, purpose, audience)
      select org, gen_random_uuid(), entity, schema, collection, external_id, vals, marking, recorded_from + n * interval '1 ms', review_at, erase_at, purpose, audience
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
