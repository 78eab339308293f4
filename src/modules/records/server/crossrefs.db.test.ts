/** Cross-references: pairs are proposed and never joined; a run goes on where it stopped, to the same pairs; nothing hidden is compared or shown. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CrossrefView, RecordRow } from '../contract.ts'
import { resumeCrossrefsJob, runCrossref } from './crossref-run.ts'
import { cancelCrossrefRoute, listCrossrefsRoute, showCrossrefRoute, startCrossrefRoute } from './crossrefs.ts'
import { ANTWERP, AUTHORITY, CONTROL, deskOf, GHENT, type RecordStore, startRecordStore } from './search.fixture.ts'
import { endFragments } from './write-fragments.ts'

interface Shown extends CrossrefView {
  readonly items: readonly { readonly left: RecordRow; readonly right: RecordRow; readonly score: number; readonly verdict?: string }[]
  readonly total: { readonly total: number; readonly isAtLeast: boolean }
  readonly dropped: readonly { readonly kind: string; readonly key: string; readonly size: number }[]
  readonly next?: string
}
let store: RecordStore
let [list, register]: [string, string] = ['', '']

beforeAll(async () => {
  store = await startRecordStore()
  list = await store.openCollection('Wanted')
  register = await store.openCollection('Port passes')
  const person = (collection: string, name: string, desk = ANTWERP) => ({ collection, desk, values: [['name', name] as const] })
  await store.write([
    person(list, 'Георгий Маргвелашвили'),
    person(list, 'Heinrich Oberlander'),
    person(list, 'Nobody Comparable'),
    person(register, 'Giorgi Margvelashvili'),
    person(register, 'Heinrich Oberländer'),
    person(register, 'Oberlaender, Heinrich'),
    person(register, 'Giorgi Margvelashvili', GHENT),
  ])
})
afterAll(async () => await store.stop())

const start = async (input: Record<string, unknown>, facts = deskOf(ANTWERP)) =>
  (await store.call<{ crossref: string }>(startCrossrefRoute, { key: randomUUID(), ...input }, facts)).crossref
const show = async (crossref: string, input: Record<string, unknown> = {}, facts = deskOf(ANTWERP)) =>
  await store.call<Shown>(showCrossrefRoute, { crossref, ...input }, facts)
const run = async (crossref: string) => await runCrossref(store.services, { org: AUTHORITY, crossref })
const end = async (fragment: string, reason: 'recalled' | 'erased' | 'superseded') => {
  const ending = { reason, by: 'test', at: store.services.clock.now() }
  await store.services.database.asWorker('test', async (tx) => await endFragments(tx, AUTHORITY, [fragment], ending))
}
const captions = ({ items }: Shown) => items.map(({ left, right }) => `${left.caption} = ${right.caption}`).sort()
const PAIRS = [
  'Heinrich Oberlander = Heinrich Oberländer',
  'Heinrich Oberlander = Oberlaender, Heinrich',
  'Георгий Маргвелашвили = Giorgi Margvelashvili',
]

describe('a cross-reference', () => {
  it('finds across scripts what the desk may read, seen from either side', async () => {
    const crossref = await start({ left: list, right: register })
    expect(store.asked.at(-1)).toMatchObject({ name: 'records.run-crossref', data: { crossref } })
    await run(crossref)
    const shown = await show(crossref)
    expect(captions(shown)).toEqual(PAIRS)
    expect(shown).toMatchObject({
      state: 'done',
      progress: 1,
      compared: 3,
      pairs: 3,
      total: { total: 3, isAtLeast: false },
      left: { title: 'Wanted' },
    })
    const right = shown.items.find((each) => each.right.caption.startsWith('Giorgi'))?.right.entity
    expect(captions(await show(crossref, { entity: right }))).toEqual(['Георгий Маргвелашвили = Giorgi Margvelashvili'])
    await expect(show(crossref, {}, deskOf(GHENT))).rejects.toThrow('not-found')
    await expect(start({ left: list, right: randomUUID() })).rejects.toThrow('not-found')
  })

  it.each<[string, (fragment: string) => Promise<void>]>([
    [
      'taken back',
      async (fragment) => {
        for (const reason of ['recalled', 'erased'] as const) await end(fragment, reason)
      },
    ],
    ['erased', async (fragment) => await end(fragment, 'erased')],
    [
      'restricted',
      async (fragment) => {
        await end(fragment, 'superseded')
        await store.rows(`insert into records.fragments (org, fragment, entity, schema, collection, external_id, vals, marking, recorded_from, review_at, erase_at, restricted, purpose, audience)
          select org, '${randomUUID()}', entity, schema, collection, external_id, vals, marking, recorded_to, review_at, erase_at, true, purpose, audience
          from records.fragments where fragment = '${fragment}' returning 1`)
      },
    ],
  ])('a pair goes when what it was found by is %s, also where something else is said of the record', async (_what, takeOut) => {
    const mine = await store.openCollection('Passports')
    const [left = '', right = ''] = await store.write([
      {
        collection: mine,
        values: [
          ['name', 'Adalbert Quistorp'],
          ['passportNumber', 'XK1234567'],
        ],
      },
      {
        collection: register,
        externalId: `q-${randomUUID()}`,
        values: [
          ['name', 'Adalbert Qvistorp'],
          ['passportNumber', 'XK1234567'],
        ],
      },
    ])
    const of = async (entity: string) =>
      String((await store.rows(`select fragment from records.fragments where entity = '${entity}'`))[0]?.['fragment'])
    const said = await of(right)
    const [{ external_id: externalId } = {}] = await store.rows(`select external_id from records.fragments where fragment = '${said}'`)
    await store.write([{ collection: register, externalId: String(externalId), values: [['notes', 'asked about on Monday']] }])
    const crossref = await start({ left: mine, right: register })
    await run(crossref)
    const shown = async () => {
      const { items, total } = await show(crossref)
      return [items.map((each) => each.left.entity), total.total]
    }
    expect(await shown()).toEqual([[left], 1])
    store.advance(1)
    await takeOut(said)
    expect(await shown()).toEqual([[], 0])
  })

  it('pages neither lose nor repeat a pair', async () => {
    const crossref = await start({ left: list })
    await run(crossref)
    const all = (await show(crossref)).items.map(({ left, right }) => left.entity + right.entity)
    const seen: string[] = []
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await show(crossref, { limit: 1, ...(cursor === undefined ? {} : { cursor }) })
      seen.push(...page.items.map(({ left, right }) => left.entity + right.entity))
      cursor = page.next
    }
    expect(seen).toEqual(all)
    expect(all).toHaveLength(3)
  })

  it('a collection against itself gives each pair once and no record with itself', async () => {
    const crossref = await start({ left: register, right: register })
    await run(crossref)
    const { items, pairs } = await show(crossref)
    expect(items.map(({ left, right }) => [left.caption, right.caption].sort())).toEqual([['Heinrich Oberländer', 'Oberlaender, Heinrich']])
    expect(pairs).toBe(1)
  })

  it('goes on where it stopped, to the same pairs, and two processes are not at work on one', async () => {
    const many = await store.openCollection('Many')
    const families = ['Brandt', 'Okafor', 'Silva', 'Petrenko', 'Yildirim', 'Haugen', 'Moreau', 'Nowak', 'Rossi']
    await store.write(
      Array.from({ length: 450 }, (_, at) => ({
        collection: many,
        values: [['name', `${families[at % 9]} ${families[(at * 7) % 9]} Q${at}x`] as const],
      })),
    )
    await store.write([
      { collection: register, values: [['name', 'Okafor Nowak Q1x']] },
      { collection: register, values: [['name', 'Rossi Silva Q449x']] },
    ])
    const [whole, broken] = [await start({ left: many, right: register }), await start({ left: many, right: register })]
    await run(whole)
    const { database } = store.services
    // Dies on the third page of the left side: what it has found by then is kept.
    let reads = 0
    const dying = async <T>(...[facts, work]: Parameters<typeof database.asOfficer<T>>): Promise<T> => {
      reads += 1
      return reads > 4 ? await Promise.reject(new Error('gone')) : await database.asOfficer(facts, work)
    }
    await runCrossref({ ...store.services, database: { ...database, asOfficer: dying } }, { org: AUTHORITY, crossref: broken })
    expect(await show(broken)).toMatchObject({ state: 'running', compared: 400 })
    await run(broken)
    expect(await show(broken)).toMatchObject({ state: 'running', compared: 400 })
    store.advance(10)
    store.asked.length = 0
    await resumeCrossrefsJob.run({}, store.services)
    expect(store.asked).toMatchObject([{ name: 'records.run-crossref', data: { crossref: broken } }])
    await run(broken)
    expect(await show(broken)).toMatchObject({ state: 'done', compared: 450 })
    expect(captions(await show(broken))).toEqual(captions(await show(whole)))
    expect((await show(whole)).pairs).toBeGreaterThan(0)
  })

  it('ends with a fault that comes back each time', async () => {
    const crossref = await start({ left: list, right: register })
    const gone = async () => await Promise.reject(new Error('gone'))
    for (let at = 0; at < 5; at++) {
      await runCrossref({ ...store.services, database: { ...store.services.database, asOfficer: gone } }, { org: AUTHORITY, crossref })
      store.advance(10)
    }
    expect(await show(crossref)).toMatchObject({ state: 'failed', pairs: 0, failed: expect.stringContaining('fault') as string })
  })

  it('is stopped, and stays so', async () => {
    const crossref = await start({ left: list, right: register })
    await store.call(cancelCrossrefRoute, { crossref })
    await run(crossref)
    expect(await show(crossref)).toMatchObject({ state: 'cancelled', pairs: 0 })
    await expect(store.call(cancelCrossrefRoute, { crossref })).rejects.toThrow('records.crossref-state')
    const items = (await store.call<{ items: readonly CrossrefView[] }>(listCrossrefsRoute, {})).items
    expect(items.length).toBeGreaterThan(2)
    expect((await store.call<{ items: readonly CrossrefView[] }>(listCrossrefsRoute, {}, deskOf(GHENT))).items).toEqual([])
  })

  it('leaves out what has been judged since, and what is to be seen no more', async () => {
    const crossref = await start({ left: list, right: register })
    await run(crossref)
    const [pair] = (await show(crossref)).items.filter(({ right }) => right.caption.startsWith('Giorgi'))
    const [least, greatest] = [pair?.left.entity ?? '', pair?.right.entity ?? ''].sort()
    await store.rows(`insert into records.judgements (org, desk, judgement, left_entity, right_entity, verdict, reason, officer, officer_name, at, purpose, audience)
      values ('${AUTHORITY}', '${ANTWERP}', '${randomUUID()}', '${least}', '${greatest}', 'unsure', 'who knows', 'o', 'O', now(), '${CONTROL}', '{${ANTWERP}}') returning 1`)
    expect((await show(crossref)).total.total).toBe(2)
    expect((await show(crossref, { judged: 'all' })).items.filter(({ verdict }) => verdict === 'unsure')).toHaveLength(1)
    await store.end(pair?.right.entity ?? '')
    expect((await show(crossref, { judged: 'all' })).total.total).toBe(2)
  })
})
