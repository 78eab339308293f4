/** Two worlds that differ in one thing: whether another desk holds a record. What the desk that stated it can see is the same, and the case of the other one has what it needs. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionFacts } from '#platform/access/session-facts.ts'
import type { Route } from '#platform/http/route.ts'
import type { MarkingDraft } from '../contract.ts'
import { listCollectionsRoute } from './collections.ts'
import { correctStatementRoute } from './correct-statement.ts'
import { eraseJob } from './erase.ts'
import { expandGraphRoute } from './graph-expand.ts'
import { liftHoldRoute, placeHoldRoute } from './holds.ts'
import { type ImportStore, startImportStore } from './imports.fixture.ts'
import { showInventoryRoute } from './inventory.ts'
import { answerReviewRoute, listReviewsRoute } from './reviews.ts'
import { ANTWERP, deskOf, GHENT } from './search.fixture.ts'
import { searchRecordsRoute } from './search.ts'
import { showRecordRoute } from './show-record.ts'

const DAY = 24 * 60
const ghent = deskOf(GHENT)

let at: ImportStore
beforeAll(async () => {
  at = await startImportStore()
})
afterAll(async () => await at.stop())

const call = async <T>(route: Route, input: Readonly<Record<string, unknown>>, facts: SessionFacts = deskOf(ANTWERP)): Promise<T> =>
  await at.call<T>(route, input, { facts })
/** What the desk gets, a refusal as well. */
const answer = async (route: Route, input: Readonly<Record<string, unknown>>, facts?: SessionFacts): Promise<unknown> =>
  await call<unknown>(route, input, facts).catch((refused: { status?: number; code?: string }) => ({
    status: refused.status,
    code: refused.code,
  }))
const erase = async () => await eraseJob.run({}, at.services)

const line = (name: string) =>
  `${JSON.stringify({ id: 'p-1', schema: 'Person', properties: { name: [name], birthDate: ['1980-02-03'] } })}\n${JSON.stringify({
    id: 'c-1',
    schema: 'Company',
    properties: { name: ['Desmet Cold Stores'] },
  })}\n${JSON.stringify({ id: 'd-1', schema: 'Directorship', properties: { director: ['p-1'], organization: ['c-1'] } })}\n`

interface Page {
  readonly caption: string
  readonly statements: readonly { readonly statement: string; readonly prop: string; readonly value: string }[]
}
const valuesOf = ({ statements }: Page) => statements.map(({ value }) => value).sort((a, b) => a.localeCompare(b))

interface World {
  readonly collection: string
  readonly entity: string
  readonly fragment: string
  readonly company: string
}

/** A file of Antwerp that Ghent may read; one value of it was corrected since. */
async function world(marking: Partial<MarkingDraft>): Promise<World> {
  const collection = await at.collection({ category: 'suspect', reviewDays: 40, retentionDays: 40, readers: [GHENT], ...marking })
  await at.bring(collection, line('Filip De Smet'))
  const of = async (id: string) =>
    (
      await at.store.rows(`select fragment, entity from records.fragments where collection = '${collection}' and external_id = '${id}'`)
    )[0] as {
      fragment: string
      entity: string
    }
  const [{ fragment, entity }, { entity: company }] = [await of('p-1'), await of('c-1')]
  const corrected = { fragment, ordinal: 0, prop: 'name', value: 'Filip Desmet', reason: 'Written in one word', key: randomUUID() }
  const written = await call<{ fragment: string }>(correctStatementRoute, corrected)
  return { collection, entity, fragment: written.fragment, company }
}

async function hold(entity: string, facts: SessionFacts, days = 900): Promise<string> {
  const asked = { entity, caseRef: 'GHENT-SECRET', reason: 'Filip Desmet is on trial', days, key: randomUUID() }
  return (await call<{ hold: string }>(placeHoldRoute, asked, facts)).hold
}

/** All that Antwerp can see of a world, its own ids blotted out. */
async function seenBy({ collection, entity, company }: World): Promise<unknown> {
  const due = await call<{ items: readonly { entity: string }[] }>(listReviewsRoute, { before: '2040-01-01' })
  const collections = await call<{ items: readonly { collection: string }[] }>(listCollectionsRoute, {})
  const read = [
    await answer(showRecordRoute, { entity }),
    await answer(showRecordRoute, { entity, history: 'yes' }),
    await answer(showRecordRoute, { entity, knownAt: at.services.clock.now().toISOString() }),
    await answer(inventory, { entity }),
    await answer(searchRecordsRoute, { q: 'Filip Desmet', collection }),
    await answer(searchRecordsRoute, { collection }),
    await answer(expandGraphRoute, { entities: [company], hops: 1 }),
    await answer(placeHoldRoute, { entity, caseRef: 'AN', reason: 'Whatever it is', days: 1, key: randomUUID() }),
    due.items.filter((each) => each.entity === entity),
    collections.items.filter((each) => each.collection === collection),
    await at.exported(collection, 'statements'),
    await again(collection),
  ]
  const ids = new Map<string, string>()
  return JSON.parse(
    JSON.stringify(read)
      .replace(/\br?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b/g, (id) => {
        if (!ids.has(id)) ids.set(id, `id ${ids.size}`)
        return ids.get(id) ?? ''
      })
      .replace(/"(graph|next|sha256)":"[^"]*"/g, '"$1":""'),
  ) as unknown
}

const inventory: Route = {
  ...showInventoryRoute,
  run: async (input, context) => await showInventoryRoute.run(input, { ...context, services: { ...context.services, crossChecks: [] } }),
}

/** The file is brought in a second time. */
async function again(collection: string): Promise<unknown> {
  const { totals, problemRows, problemsLeftOut } = await at.bring(collection, line('Filip De Smet'))
  return { totals, problemRows, problemsLeftOut, found: await answer(searchRecordsRoute, { collection }) }
}

const LAST_DAYS: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'the answer of a review lets go': async ({ fragment }) => {
    await call(answerReviewRoute, { fragments: [fragment], answer: 'erase', reason: 'No longer needed', key: randomUUID() })
    for (const { data } of at.store.asked.splice(0).filter(({ name }) => name === 'records.erase')) await eraseJob.run(data, at.services)
  },
  'the last day passes': async () => {
    at.store.advance(41 * DAY)
    await erase()
  },
}

describe.each(Object.entries(LAST_DAYS))('when %s', (_how, pass) => {
  it('the desk that stated it sees nothing of the hold of another one', async () => {
    const worlds = [await world({}), await world({})] as const
    await hold(worlds[1].entity, ghent)
    for (const each of worlds) await pass(each)
    const [free, held] = [await seenBy(worlds[0]), await seenBy(worlds[1])]
    expect(held).toEqual(free)
    // Not blind: where the desk holds it itself, it sees that.
    const own = await world({})
    await hold(own.entity, deskOf(ANTWERP))
    await answer(answerReviewRoute, { fragments: [own.fragment], answer: 'erase', reason: 'No longer needed', key: randomUUID() })
    at.store.advance(41 * DAY)
    await erase()
    expect(await seenBy(own)).not.toEqual(free)
  })

  it('the desk that holds it keeps it, with what it was corrected from, and may change it no more than before', async () => {
    const { entity, fragment, company } = await world({})
    const before = await call<Page>(showRecordRoute, { entity, history: 'yes' }, ghent)
    await hold(entity, ghent)
    await pass({ collection: '', entity, fragment, company })
    const page = await call<Page>(showRecordRoute, { entity }, ghent)
    expect(page).toMatchObject({ caption: 'Filip Desmet' })
    expect(valuesOf(page)).toEqual(['1980-02-03', 'Filip Desmet'])
    const history = await call<Page>(showRecordRoute, { entity, history: 'yes' }, ghent)
    const stable = ({ statements }: Page) =>
      statements.map((each) => ({
        ...each,
        statement: '',
        supersedes: '',
        marking: { ...(each as never as { marking: object }).marking, eraseAt: '' },
      }))
    expect(stable(history)).toEqual(stable(before))
    const found = await call<{ items: readonly { entity: string }[] }>(searchRecordsRoute, { q: 'Filip Desmet' }, ghent)
    expect(found.items.map((each) => each.entity)).toContain(entity)
    const [name] = page.statements
    const correction = {
      fragment: name?.statement.split('/')[0],
      ordinal: 0,
      prop: name?.prop,
      value: 'Somebody Else',
      reason: 'As we say',
      key: randomUUID(),
    }
    expect(await answer(correctStatementRoute, correction, ghent)).toEqual({ status: 403, code: 'records.not-own' })
  })
})

it('what is held goes with the last hold of its desk, and with no other', async () => {
  const { entity } = await world({})
  const first = await hold(entity, ghent)
  const second = await hold(entity, ghent, 300)
  const own = await hold(entity, deskOf(ANTWERP), 900)
  at.store.advance(41 * DAY)
  await erase()
  const seen = async (facts?: SessionFacts) => {
    const page = await answer(showRecordRoute, { entity, history: 'yes' }, facts)
    return 'statements' in (page as Page) ? [...new Set(valuesOf(page as Page))] : page
  }
  const ALL = ['1980-02-03', 'Filip De Smet', 'Filip Desmet']
  expect([await seen(), await seen(ghent)]).toEqual([ALL, ALL])
  await call(liftHoldRoute, { hold: own, reason: 'Trial is over' })
  await erase()
  expect([await seen(), await seen(ghent)]).toEqual(
    [{ status: 404 }, ALL].map((each) => (Array.isArray(each) ? each : expect.objectContaining(each))),
  )
  await call(liftHoldRoute, { hold: first, reason: 'One of two trials is over' }, ghent)
  await erase()
  expect(await seen(ghent)).toEqual(ALL)
  // The second one ends by itself.
  at.store.advance(260 * DAY)
  await erase()
  expect(await seen(ghent)).toMatchObject({ status: 404 })
  expect(second).not.toBe(first)
  const left = await at.store.rows(`select 1 from records.fragments where entity = '${entity}' and (vals is not null or external_id <> '')`)
  const docs = await at.store.rows(`select 1 from records.search_docs where entity = '${entity}'`)
  expect([left, docs]).toEqual([[], []])
})
