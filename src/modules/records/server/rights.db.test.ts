/** What the law gives to persons in records: days on which somebody looks and on which they go, holds, restriction, and the list of all that is held. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Route } from '#platform/http/route.ts'
import type { MarkingDraft } from '../contract.ts'
import { compareRoute } from './compare.ts'
import { enterRecordRoute } from './enter-record.ts'
import { eraseJob } from './erase.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { liftHoldRoute, placeHoldRoute } from './holds.ts'
import { DRAFT, type ImportStore, startImportStore } from './imports.fixture.ts'
import { showInventoryRoute } from './inventory.ts'
import { judgeRoute } from './judge.ts'
import { restrictRecordRoute } from './restrict.ts'
import { answerReviewRoute, listReviewsRoute } from './reviews.ts'
import { ANTWERP, deskOf, GHENT } from './search.fixture.ts'
import { searchRecordsRoute } from './search.ts'
import { showRecordRoute } from './show-record.ts'

const DAY = 24 * 60

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const call = async <T>(route: Route, input: Readonly<Record<string, unknown>>, facts: SessionFacts = deskOf(ANTWERP)): Promise<T> =>
  await at.call<T>(route, input, { facts })

async function enter(name: string, part: Partial<MarkingDraft> = {}): Promise<{ entity: string; fragment: string }> {
  return await call(enterRecordRoute, {
    schema: 'Person',
    values: [
      { prop: 'name', value: name },
      { prop: 'birthDate', value: '1980-02-03' },
    ],
    marking: { ...DRAFT, category: 'suspect', reviewDays: 365, retentionDays: 3650, ...part },
    key: randomUUID(),
  })
}

interface Reviews {
  readonly items: readonly {
    readonly fragment: string
    readonly entity: string
    readonly reviewAt: string
    readonly eraseAt: string
    readonly held: boolean
  }[]
  readonly total: { readonly total: number }
}
const reviews = async (before?: string, facts?: SessionFacts) =>
  await call<Reviews>(listReviewsRoute, before === undefined ? {} : { before }, facts)
const answer = async (fragments: readonly string[], verdict: 'keep' | 'erase', facts?: SessionFacts) =>
  await call<{ done: number; held: number }>(
    answerReviewRoute,
    { fragments, answer: verdict, reason: 'Looked at the case', key: randomUUID() },
    facts,
  )
const names = async (q: string, facts?: SessionFacts) =>
  (await call<{ items: readonly { entity: string }[] }>(searchRecordsRoute, { q }, facts)).items.map(({ entity }) => entity)
const values = async (fragment: string) =>
  (await at.store.rows(`select vals from records.fragments where fragment = '${fragment}'`))[0]?.['vals']
const erase = async () => await eraseJob.run({}, at.services)
const hold = async (entity: string, facts?: SessionFacts, key = randomUUID()) =>
  (await call<{ hold: string }>(placeHoldRoute, { entity, caseRef: 'AN-26-118', reason: 'Trial in March', days: 900, key }, facts)).hold

describe('a day of review', () => {
  it('is no later than the category allows, however long was asked for', async () => {
    const { fragment } = await enter('Arnout Lemmens')
    const [row] = (await reviews('2036-01-01')).items.filter((each) => each.fragment === fragment)
    expect(Date.parse(row?.reviewAt ?? '') - at.services.clock.now().getTime()).toBe(365 * DAY * 60_000)
    expect(Date.parse(row?.eraseAt ?? '') - at.services.clock.now().getTime()).toBe(1095 * DAY * 60_000)
  })

  it('is the day of the desk that stated it, and of nobody else', async () => {
    const { fragment } = await enter('Bram Hoste', { readers: [GHENT] })
    const due = async (facts?: SessionFacts) => (await reviews('2036-01-01', facts)).items.some((each) => each.fragment === fragment)
    expect(await due()).toBe(true)
    expect(await due(deskOf(GHENT))).toBe(false)
    expect(await answer([fragment], 'erase', deskOf(GHENT))).toEqual({ done: 0, held: 0 })
    expect(await values(fragment)).toBeDefined()
    expect((await reviews()).items.some((each) => each.fragment === fragment)).toBe(false)
  })

  it('moves on with a reason, never beyond the last day', async () => {
    const { fragment } = await enter('Cedric Maes', { category: 'minor', reviewDays: 100, retentionDays: 200 })
    at.store.advance(101 * DAY)
    expect((await reviews()).items.map((each) => each.fragment)).toContain(fragment)
    expect(await answer([fragment], 'keep')).toEqual({ done: 1, held: 0 })
    const [row] = (await reviews('2036-01-01')).items.filter((each) => each.fragment === fragment)
    expect(row?.reviewAt).toBe(row?.eraseAt)
    expect((await reviews()).items.map((each) => each.fragment)).not.toContain(fragment)
  })

  it('lets go: out of sight at once, erased by the job, and a repeat of the request changes nothing', async () => {
    const { entity, fragment } = await enter('Dirk Van Acker')
    const asked = { fragments: [fragment], answer: 'erase', reason: 'No longer needed', key: randomUUID() }
    expect(await call(answerReviewRoute, asked)).toEqual({ done: 1, held: 0 })
    expect(await call(answerReviewRoute, asked)).toEqual({ done: 1, held: 0 })
    expect(await names('Dirk Van Acker')).toEqual([])
    await expect(call(showRecordRoute, { entity })).rejects.toMatchObject({ status: 404 })
    // The job that is asked for takes what was let go of: what of others has come to its day waits for its hour.
    const { fragment: due } = await enter('Dirk Van Acker the Elder', { retentionDays: 10, reviewDays: 10, readers: [GHENT] })
    at.store.advance(11 * DAY)
    for (const { data } of at.store.asked.filter(({ name }) => name === 'records.erase')) await eraseJob.run(data, at.services)
    expect(await values(fragment)).toBeNull()
    expect(await values(due)).not.toBeNull()
    await erase()
    expect(await values(due)).toBeNull()
    await expect(call(showRecordRoute, { entity, history: 'yes' })).rejects.toMatchObject({ status: 404 })
  })
})

describe('the last day', () => {
  it('takes the values and all that was made of them, and leaves that there was something', async () => {
    const { entity, fragment } = await enter('Evert Claes', { retentionDays: 30, reviewDays: 30 })
    const { entity: other } = await enter('Evert Klaas', { retentionDays: 3650 })
    await call(judgeRoute, { left: entity, right: other, verdict: 'unsure', reason: 'Evert Claes says so', key: randomUUID() })
    at.store.advance(29 * DAY)
    await erase()
    expect(await values(fragment)).not.toBeNull()
    at.store.advance(2 * DAY)
    await erase()
    expect(await values(fragment)).toBeNull()
    const left = JSON.stringify(
      await at.store.rows(
        `select (select json_agg(d) from records.search_docs d where entity = '${entity}') as docs, (select json_agg(e) from records.edges e where src = '${entity}' or dst = '${entity}') as edges,
          (select json_agg(j) from records.judgements j where left_entity = '${entity}' or right_entity = '${entity}') as judgements, (select json_agg(f) from records.fragments f where entity = '${entity}') as fragments`,
      ),
    )
    expect(left).not.toContain('Claes')
    expect(left).toContain(fragment)
  })

  it('comes for all but the desk that holds, and for that one when its hold ends', async () => {
    const { entity, fragment } = await enter('Filip Desmet', { retentionDays: 40, reviewDays: 40, readers: [GHENT] })
    const key = randomUUID()
    const standing = await hold(entity, deskOf(GHENT), key)
    expect(await hold(entity, deskOf(GHENT), key)).toBe(standing)
    at.store.advance(41 * DAY)
    await erase()
    expect(await values(fragment)).toBeNull()
    expect([await names('Filip Desmet'), await names('Filip Desmet', deskOf(GHENT))]).toEqual([[], [entity]])
    expect((await reviews()).items.some((each) => each.fragment === fragment)).toBe(false)
    await expect(call(liftHoldRoute, { hold: standing, reason: 'Not ours' })).rejects.toMatchObject({ status: 404 })
    await call(liftHoldRoute, { hold: standing, reason: 'Trial is over' }, deskOf(GHENT))
    await erase()
    expect(await names('Filip Desmet', deskOf(GHENT))).toEqual([])
  })

  it('is not come to by an answer while the own desk holds', async () => {
    const { entity, fragment } = await enter('Geert Wouters')
    const { fragment: free } = await enter('Geert Wauters')
    await hold(entity)
    expect((await reviews('2036-01-01')).items.find((each) => each.fragment === fragment)?.held).toBe(true)
    await expect(answer([fragment], 'erase')).rejects.toMatchObject({ code: 'records.held' })
    expect(await answer([fragment, free], 'erase')).toEqual({ done: 1, held: 1 })
    expect(await names('Geert Wouters')).toContain(entity)
  })

  it('of a hold comes by itself', async () => {
    const { entity, fragment } = await enter('Hendrik Baert', { retentionDays: 20, reviewDays: 20 })
    await hold(entity)
    at.store.advance(899 * DAY)
    await erase()
    expect(await values(fragment)).not.toBeNull()
    at.store.advance(2 * DAY)
    await erase()
    expect(await values(fragment)).toBeNull()
  })
})

describe('a restricted record', () => {
  it('is shown and marked, and neither found, compared nor drawn until the restriction ends', async () => {
    const { entity } = await enter('Ivo Coppens')
    const { entity: other } = await enter('Ivo Coppen')
    const company = await call<{ entity: string }>(enterRecordRoute, {
      schema: 'Company',
      values: [{ prop: 'name', value: 'Coppens Cold Stores' }],
      marking: DRAFT,
      key: randomUUID(),
    })
    const post = await call<{ entity: string }>(enterRecordRoute, {
      schema: 'Directorship',
      values: [
        { prop: 'director', value: entity },
        { prop: 'organization', value: company.entity },
      ],
      marking: DRAFT,
      key: randomUUID(),
    })
    const drawn = async () =>
      (await call<{ edges: readonly unknown[] }>(expandGraphRoute, { entities: [company.entity], hops: 1 })).edges.length
    const score = async () =>
      (await call<{ match: { steps: readonly unknown[] } }>(compareRoute, { left: entity, right: other, preset: 'balanced' })).match.steps
        .length
    expect([await drawn(), (await score()) > 0]).toEqual([1, true])
    for (const each of [entity, post.entity])
      expect(
        await call(restrictRecordRoute, { entity: each, restricted: true, reason: 'Accuracy is contested', key: randomUUID() }),
      ).toEqual({
        restricted: true,
      })
    expect(await names('Ivo Coppens')).not.toContain(entity)
    expect(await drawn()).toBe(0)
    await expect(score()).rejects.toMatchObject({ code: 'records.not-compared' })
    expect(await call(showRecordRoute, { entity })).toMatchObject({ restricted: true, caption: 'Ivo Coppens' })
    for (const each of [entity, post.entity])
      await call(restrictRecordRoute, { entity: each, restricted: false, reason: 'Found to be accurate', key: randomUUID() })
    expect(await names('Ivo Coppens')).toContain(entity)
    expect([await drawn(), (await score()) > 0]).toEqual([1, true])
  })

  it('stays restricted when its source says something else of it', async () => {
    const collection = await at.collection({ category: 'suspect' })
    const line = (birthDate: string) =>
      JSON.stringify({ id: 'p-1', schema: 'Person', properties: { name: ['Joost Verlinden'], birthDate: [birthDate] } })
    await at.bring(collection, `${line('1981-01-01')}\n`)
    const [entity = ''] = await names('Joost Verlinden')
    await call(restrictRecordRoute, { entity, restricted: true, reason: 'Accuracy is contested', key: randomUUID() })
    await at.bring(collection, `${line('1981-01-11')}\n`)
    expect(await names('Joost Verlinden')).toEqual([])
    expect(await call(showRecordRoute, { entity })).toMatchObject({ restricted: true })
  })

  it('is restricted by the desk that stated it alone', async () => {
    const { entity } = await enter('Karel Thys', { readers: [GHENT] })
    await expect(
      call(restrictRecordRoute, { entity, restricted: true, reason: 'Contested', key: randomUUID() }, deskOf(GHENT)),
    ).rejects.toMatchObject({ code: 'records.not-own' })
    await expect(
      call(restrictRecordRoute, { entity, restricted: true, reason: 'Contested', key: randomUUID() }, deskOf('be.customs.zeebrugge')),
    ).rejects.toMatchObject({ status: 404 })
  })
})

describe('the list of all that is held', () => {
  it('has what was withdrawn as well, and counts judgements, boards and holds the asking desk may see', async () => {
    const { entity } = await enter('Luc Aerts', { readers: [GHENT] })
    const { entity: other } = await enter('Luk Aerts')
    await hold(entity)
    await call(judgeRoute, { left: entity, right: other, verdict: 'unsure', reason: 'Look again', key: randomUUID() })
    const services = { ...at.services, crossChecks: [] }
    const inventory = async (facts = deskOf(ANTWERP)) =>
      await at.services.database.asOfficer(
        facts,
        async (tx) =>
          await showInventoryRoute.run({ entity }, { facts, tx, services, clock: services.clock, about: () => undefined } as never),
      )
    expect(await inventory()).toMatchObject({ judgements: 1, boards: 0, holds: 1, passedOn: [], elsewhere: [] })
    expect(await inventory(deskOf(GHENT))).toMatchObject({ judgements: 0, boards: 0, holds: 0 })
    const { statements } = (await inventory()) as { statements: readonly { prop: string }[] }
    expect(statements.map(({ prop }) => prop).sort((a, b) => a.localeCompare(b))).toEqual(['birthDate', 'name'])
  })
})
