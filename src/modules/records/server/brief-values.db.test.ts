/** Lists, names and comparisons of records of which much is stated: by what the reader is shown, and by nothing that the reader is not. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENTITY_ID } from '#kernel/record/identity.ts'
import { briefMigration } from '../brief-migration.ts'
import type { Comparison, RecordRow } from '../contract.ts'
import { compareRoute } from './compare.ts'
import { runCrossref } from './crossref-run.ts'
import { showCrossrefRoute, startCrossrefRoute } from './crossrefs.ts'
import { listDuplicatesRoute } from './duplicates.ts'
import { enterRecordRoute } from './enter-record.ts'
import { type ImportStore, personEntry, startImportStore } from './imports.fixture.ts'
import { recordRows } from './record-rows.ts'
import { deskOf, GHENT } from './search.fixture.ts'

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const ghent = deskOf(GHENT)
const line = (schema: string, properties: Readonly<Record<string, readonly string[]>>) => ({ id: randomUUID(), schema, properties })

/** Ids of the records, in the order of their lines. */
async function bring(collection: string, lines: readonly ReturnType<typeof line>[]): Promise<readonly string[]> {
  await at.bring(collection, lines.map((each) => JSON.stringify(each)).join('\n'))
  const rows = await at.store.rows(`select entity, external_id from records.fragments where collection = '${collection}'`)
  return lines.map(({ id }) => String(rows.find((row) => row['external_id'] === id)?.['entity']))
}

const rowOf = async (entity: string): Promise<RecordRow | undefined> =>
  await at.services.database.asOfficer(ghent, async (tx) => (await recordRows(tx, ghent, [entity])).get(entity))

/** But for records that they name. */
const briefs = async () => {
  const rows = await at.store.rows('select fragment, brief from records.fragments where brief is not null order by fragment')
  return rows.map(({ fragment, brief }) => [fragment, (brief as string[][]).filter(([, value]) => !ENTITY_ID.test(value ?? ''))])
}

it('a list has the date and the countries of a letter of some MiB', async () => {
  const properties = { subject: ['Cranes'], date: ['2026-05-01'], country: ['be'], bodyText: ['word '.repeat(300_000)] }
  const [letter = ''] = await bring(await at.collection({ readers: [GHENT] }), [line('Email', properties)])
  expect(await rowOf(letter)).toMatchObject({
    details: expect.arrayContaining([
      { prop: 'date', value: '2026-05-01' },
      { prop: 'country', value: 'be' },
    ]),
  })
})

describe('a record that names thousands of others which are not for the reader', () => {
  const SAID = { name: ['Adalbert Quistorp'], birthDate: ['1970-02-03'], passportNumber: ['XK1234567'], nationality: ['be'] }
  const hidden = Array.from({ length: 3000 }, (_, index) => `nobody-${index}`)

  it('is read of as many sources as without them', async () => {
    const collection = await at.collection({ readers: [GHENT] })
    const some = hidden.slice(0, 200)
    const early = { name: ['Adalbert Quistorp'] }
    const [plain = '', naming = ''] = await bring(collection, [line('Person', early), line('Person', { addressEntity: some, ...early })])
    await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, brief, marking, recorded_from, review_at, erase_at, purpose, audience)
      select org, gen_random_uuid(), entity, schema, collection, external_id, vals, brief, marking, recorded_from - n * interval '1 ms', review_at, erase_at, purpose, audience
      from records.fragments, generate_series(1, 1100) as n where entity in ('${plain}', '${naming}') returning 1`)
    // The latest source says one thing more: it is beyond what is read, of either.
    await at.store.rows(`update records.fragments set vals = vals || '[["birthDate", "1970-02-03"]]', brief = brief || '[["birthDate", "1970-02-03"]]'
      where entity in ('${plain}', '${naming}') and external_id <> '' and recorded_from = (select max(e.recorded_from) from records.fragments e where e.entity = fragments.entity) returning 1`)
    expect(await rowOf(naming)).toEqual({ ...(await rowOf(plain)), entity: naming })
    expect((await rowOf(plain))?.details).toEqual([])
  })

  it('is in a list, a comparison and a cross-reference what it would be without them, however many sources say so', async () => {
    const collection = await at.collection({ readers: [GHENT] })
    const [plain = '', naming = ''] = await bring(collection, [line('Person', SAID), line('Person', { addressEntity: hidden, ...SAID })])
    // Another twenty of each: together they are more than is read of one record.
    await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, brief, marking, recorded_from, review_at, erase_at, purpose, audience)
      select org, gen_random_uuid(), entity, schema, collection, external_id, vals, brief, marking, recorded_from - n * interval '1 ms', review_at, erase_at, purpose, audience
      from records.fragments, generate_series(1, 20) as n where entity in ('${plain}', '${naming}') returning 1`)
    expect(await rowOf(naming)).toEqual({ ...(await rowOf(plain)), entity: naming })
    expect((await rowOf(plain))?.details).not.toEqual([])

    const mine = await at.call<{ entity: string }>(enterRecordRoute, personEntry('Adalbert Qvistorp'), { facts: ghent })
    const matchWith = async (right: string) =>
      (await at.call<Comparison>(compareRoute, { left: mine.entity, right }, { facts: ghent })).match
    expect(await matchWith(naming)).toEqual(await matchWith(plain))
    const { items } = await at.call<{ items: readonly { entity: string; match: object }[] }>(
      listDuplicatesRoute,
      { entity: mine.entity },
      { facts: ghent },
    )
    const found = (entity: string) => items.find((each) => each.entity === entity)?.match
    expect(found(plain)).toBeDefined()
    expect(found(naming)).toEqual(found(plain))

    const list = await at.collection({ readers: [GHENT] })
    const [wanted = ''] = await bring(list, [line('Person', { name: ['Adalbert Qvistorp'], birthDate: ['1970-02-03'] })])
    const { crossref } = await at.call<{ crossref: string }>(
      startCrossrefRoute,
      { left: list, right: collection, key: randomUUID() },
      { facts: ghent },
    )
    await runCrossref(at.services, { org: ghent.authority, crossref })
    const shown = await at.call<{ items: readonly { left: RecordRow; right: RecordRow; score: number }[] }>(
      showCrossrefRoute,
      { crossref },
      { facts: ghent },
    )
    const scores = shown.items.filter(({ left }) => left.entity === wanted).map(({ right, score }) => [right.entity, score])
    expect(new Set(scores.map(([entity]) => entity))).toEqual(new Set([plain, naming]))
    expect(new Set(scores.map(([, score]) => score)).size).toBe(1)
  })
})

it('what stood before briefs were made has one as well, with the ends of a relation', async () => {
  const collection = await at.collection({ readers: [GHENT] })
  const [owner, asset] = [line('Person', { name: ['Owner One'] }), line('Company', { name: ['Asset NV'] })]
  const more = Array.from({ length: 120 }, (_, index) => `asset-${index}`)
  const [, , relation = ''] = await bring(collection, [
    owner,
    asset,
    line('Ownership', { owner: [owner.id], asset: [asset.id, ...more], role: ['nominee'] }),
  ])
  expect((await rowOf(relation))?.caption).toBe('Owner One → Asset NV')
  const before = await briefs()
  expect(before.length).toBeGreaterThan(2)
  await at.store.rows('update records.fragments set brief = null returning 1')
  const [update = ''] = briefMigration.statements.filter((each) => each.startsWith('update'))
  await at.store.rows(`${update} returning 1`)
  expect(await briefs()).toEqual(before)
  expect((await rowOf(relation))?.caption).toBe('Owner One → Asset NV')
})
