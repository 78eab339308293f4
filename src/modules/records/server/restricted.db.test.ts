/** A record whose processing is restricted: on its own page and in what is held, and served by nothing else. Directive (EU) 2016/680 Art 16(3). */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '#platform/http/route.ts'
import { exportBoardRoute } from './board-export.ts'
import { saveBoardRoute } from './boards.ts'
import { compareRoute } from './compare.ts'
import { enterRecordRoute } from './enter-record.ts'
import { exportCollectionRoute } from './export-collection.ts'
import { showNeighbourCountsRoute } from './graph-counts.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { judgeRoute, revokeJudgementRoute } from './judge.ts'
import { findPathsRoute } from './paths.ts'
import { restrictRecordRoute } from './restrict.ts'
import { ANTWERP, deskOf } from './search.fixture.ts'
import { searchRecordsRoute } from './search.ts'
import { showRecordRoute } from './show-record.ts'
import { showTimelineRoute } from './timeline.ts'

const SECRET = 'Tjeerd Contested'
const BORN = '1980-02-03'

let at: ImportStore
let person: string
let company: string
let partner: string
let post: string
beforeAll(async () => {
  at = await startImportStore()
  person = await enter('Person', { name: SECRET, birthDate: BORN })
  company = await enter('Company', { name: 'Quay Cold Stores' })
  partner = await enter('Person', { name: 'Ulrich Partner' })
  post = await enter('Directorship', { director: person, organization: company, startDate: '2020-01-01' })
  await enter('Directorship', { director: partner, organization: company })
  await restrict(person, true)
})
afterAll(async () => await at.stop())

const call = async <T>(route: Route, input: Readonly<Record<string, unknown>>): Promise<T> =>
  await at.call<T>(route, input, { facts: deskOf(ANTWERP) })

async function enter(schema: string, values: Readonly<Record<string, string>>, entity?: string): Promise<string> {
  const asked = {
    schema,
    values: Object.entries(values).map(([prop, value]) => ({ prop, value })),
    marking: { ...DRAFT, category: 'suspect' },
    key: randomUUID(),
  }
  return (await call<{ entity: string }>(enterRecordRoute, entity === undefined ? asked : { ...asked, entity })).entity
}
const restrict = async (entity: string, restricted: boolean) =>
  await call(restrictRecordRoute, { entity, restricted, reason: 'Accuracy is contested', key: randomUUID() })
const found = async (q: string) => (await call<{ items: readonly { entity: string; caption: string }[] }>(searchRecordsRoute, { q })).items
const collectionOf = async (entity: string) =>
  String((await at.store.rows(`select collection from records.fragments where entity = '${entity}' limit 1`))[0]?.['collection'])

/** Everything that is answered about the records around it, as text. */
async function served(): Promise<string> {
  const { board } = await call<{ board: string }>(saveBoardRoute, {
    title: 'Cold',
    layout: { nodes: [person, company, partner].map((entity, x) => ({ entity, x, y: 0 })) },
    key: randomUUID(),
  })
  const answers = [
    await call(expandGraphRoute, { entities: [company, person], hops: 2 }),
    await call(findPathsRoute, { left: company, right: partner }),
    await call(showTimelineRoute, { entities: [person, company] }),
    await call(exportBoardRoute, { board, format: 'csv' }),
    await call(exportBoardRoute, { board, format: 'ftm' }),
    await call(showRecordRoute, { entity: company }),
    await call(showRecordRoute, { entity: post }),
    await call(showRecordRoute, { entity: post, history: 'yes' }),
    await call(showRecordRoute, { entity: post, knownAt: at.services.clock.now().toISOString() }),
    await at.exported(await collectionOf(person), 'ftm'),
    await at.exported(await collectionOf(person), 'csv'),
    await found(BORN),
    await found('Quay Cold Stores'),
  ]
  return JSON.stringify(answers)
}

describe('what is restricted', () => {
  it('is named nowhere but on its own page, now or as it was known before', async () => {
    at.store.advance(60)
    const answers = await served()
    expect(answers).not.toContain(SECRET)
    expect(answers).not.toContain(BORN)
    expect(answers).toContain('Ulrich Partner')
    expect(await call(showRecordRoute, { entity: person })).toMatchObject({ restricted: true, caption: SECRET })
    expect(await call(showNeighbourCountsRoute, { entity: person })).toEqual({ total: 0, kinds: [] })
    const { edges, nodes } = await call<{ edges: readonly unknown[]; nodes: readonly { entity: string }[] }>(expandGraphRoute, {
      entities: [company],
      hops: 1,
    })
    expect([edges.length, nodes.map(({ entity }) => entity).includes(person)]).toEqual([1, false])
  })

  it('goes out as statements, which say so, and is counted where it is left out', async () => {
    const collection = await collectionOf(person)
    const lines = await at.exported(collection, 'statements')
    const own = lines.filter((line) => line.includes(SECRET))
    expect(own).toHaveLength(1)
    expect(JSON.parse(own[0] ?? '')).toMatchObject({ restricted: true })
    const trailer = async (format: string) =>
      (await call<{ text: string }>(exportCollectionRoute, { collection, format })).text.trimEnd().split('\n').at(-1)
    expect(JSON.parse((await trailer('ftm')) ?? '')).toEqual({ export: { records: 4, restricted: 1 } })
    expect(await trailer('csv')).toContain('4 records; restricted, left out: 1')
    expect(JSON.parse((await trailer('statements')) ?? '')).toEqual({ export: { records: 5 } })
  })

  it('is not compared, and gives what it is merged with neither name nor number', async () => {
    const open = await enter('Person', { name: 'Aldert Plain', phone: '+32470111222' })
    const closed = await enter('Person', { name: 'Aldert Hidden', phone: '+32470999888' })
    await call(judgeRoute, { left: open, right: closed, verdict: 'same', reason: 'Told by himself', key: randomUUID() })
    expect((await found('Aldert Hidden')).length).toBe(1)
    await enter('Directorship', { director: closed, organization: company })
    expect(await call(showNeighbourCountsRoute, { entity: open })).toMatchObject({ total: 1 })
    // Each desk restricts what it stated of the record and of all it is merged with; here one part was restricted before.
    await at.store.rows(`update records.fragments set restricted = true where entity = '${closed}'`)
    const listed = JSON.stringify(await found('Aldert Plain'))
    expect(listed).toContain('Aldert Plain')
    for (const hidden of ['Aldert Hidden', '+32470999888']) expect(listed).not.toContain(hidden)
    await expect(call(compareRoute, { left: person, right: company, preset: 'balanced' })).rejects.toMatchObject({
      code: 'records.not-compared',
    })
    const other = await enter('Person', { name: 'Aldert Plane' })
    const compared = JSON.stringify(await call(compareRoute, { left: open, right: other, preset: 'balanced' }))
    for (const hidden of ['Aldert Hidden', '+32470999888']) expect(compared).not.toContain(hidden)
    const drawn = await call<{ nodes: readonly { entity: string; caption: string }[] }>(expandGraphRoute, { entities: [closed], hops: 1 })
    expect(drawn.nodes).toMatchObject([{ entity: open, caption: 'Aldert Plain' }])
    expect(await call(showNeighbourCountsRoute, { entity: open })).toEqual({ total: 0, kinds: [] })
  })

  it('stays so when its desk learns more of it, and serves again when the restriction ends', async () => {
    await enter('Person', { phone: '+32470777666' }, person)
    expect(await found('+32470777666')).toEqual([])
    await restrict(person, false)
    expect((await found('+32470777666')).map(({ entity }) => entity)).toEqual([person])
    expect(await served()).toContain(SECRET)
  })

  it('is on no page of whom it was taken for, as it was known before either', async () => {
    const [one, other] = [await enter('Person', { name: 'Berend Plain' }), await enter('Person', { name: 'Berend Mistaken' })]
    const asked = { left: one, right: other, verdict: 'same', reason: 'Same name', key: randomUUID() }
    const { judgement } = await call<{ judgement: string }>(judgeRoute, asked)
    const knownAt = at.services.clock.now().toISOString()
    at.store.advance(60)
    const page = async (entity: string) => JSON.stringify(await call(showRecordRoute, { entity, knownAt }))
    expect(await page(one)).toContain('Berend Mistaken')
    await restrict(other, true)
    expect(await page(one)).toContain('Berend Mistaken')
    await call(revokeJudgementRoute, { judgement, reason: 'Another man' })
    expect(await page(one)).not.toContain('Berend Mistaken')
    expect(JSON.parse(await page(other))).toMatchObject({ restricted: true, members: [{ caption: 'Berend Mistaken' }] })
    await restrict(other, false)
    expect(await page(one)).toContain('Berend Mistaken')
  })

  it('is told of as long as it lasts, and not of what the history has of it', async () => {
    const entity = await enter('Person', { name: 'Cor Contested' })
    const before = at.services.clock.now().toISOString()
    const isRestricted = async (more: Readonly<Record<string, string>>) =>
      (await call<{ restricted: boolean }>(showRecordRoute, { entity, ...more })).restricted
    at.store.advance(60)
    await restrict(entity, true)
    expect([await isRestricted({}), await isRestricted({ history: 'yes' }), await isRestricted({ knownAt: before })]).toEqual([
      true,
      true,
      true,
    ])
    const during = at.services.clock.now().toISOString()
    at.store.advance(60)
    await restrict(entity, false)
    expect([await isRestricted({}), await isRestricted({ history: 'yes' }), await isRestricted({ knownAt: before })]).toEqual([
      false,
      false,
      false,
    ])
    expect(await isRestricted({ knownAt: during })).toBe(true)
  })

  it('is all that its desk states of a record, however much that is, and stays so when it learns more', async () => {
    const entity = await enter('Person', { name: 'Dirk Often' })
    await at.store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, marking, recorded_from, review_at, erase_at, purpose, audience)
      select org, gen_random_uuid(), entity, schema, collection, external_id, vals, marking, recorded_from, review_at, erase_at, purpose, audience
      from records.fragments, generate_series(1, 20001) as n where entity = '${entity}' returning 1`)
    await at.store.rows('select records.refresh_statistics() is null as done')
    await restrict(entity, true)
    const standing = async () =>
      await at.store.rows(
        `select restricted, count(*)::int as n from records.fragments where entity = '${entity}' and recorded_to is null group by restricted`,
      )
    expect(await standing()).toEqual([{ restricted: true, n: 20_002 }])
    await enter('Person', { name: 'Dirk Again' }, entity)
    expect(await standing()).toEqual([{ restricted: true, n: 20_003 }])
  })
})
