/**
 * An investigation of 200,000 records, from the file to the file: brought in although its process is killed in the middle, searched, compared with a list, merged by an officer, parted again,
 * and taken out at each stage with the statements that went in. Nothing is cut without saying so, nothing is doubled, nobody is merged by a machine.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomFrom } from '../../bench/record-names.ts'
import type { CollectionView, CrossrefView, RecordRow, RecordView, SearchAnswer } from '../../src/modules/records/contract.ts'
import { listCollectionsRoute } from '../../src/modules/records/server/collections.ts'
import { runCrossref } from '../../src/modules/records/server/crossref-run.ts'
import { showCrossrefRoute, startCrossrefRoute } from '../../src/modules/records/server/crossrefs.ts'
import { showNeighbourCountsRoute } from '../../src/modules/records/server/graph-counts.ts'
import { BATCH } from '../../src/modules/records/server/import-run.ts'
import { recordId } from '../../src/modules/records/server/import-unit.ts'
import { judgeRoute, revokeJudgementRoute } from '../../src/modules/records/server/judge.ts'
import { AUTHORITY } from '../../src/modules/records/server/search.fixture.ts'
import { searchRecordsRoute } from '../../src/modules/records/server/search.ts'
import { showRecordRoute } from '../../src/modules/records/server/show-record.ts'
import { asItIs, type Digest, digestOf, digestsOf, type LineReader, stated, unmerged } from './digests.fixture.ts'
import { BROKEN_LINES, chunksOf, copyOf, HUB, LISTED, linesOf, list, REGISTERED, REPEATED_LINES, register } from './entities.fixture.ts'
import { type Investigation, openInvestigation } from './investigation.fixture.ts'

/** What a machine that does other things at the same time may need; how long it takes is measured in `bench`. */
const LONG = { timeout: 15 * 60_000 }
const RELATIONS: readonly string[] = ['Directorship', 'Ownership', 'Payment']
const MOST_FOUND = 10_000
const JUDGED = 300

let at: Investigation
let [registered, listed] = ['', '']
beforeAll(async () => {
  at = await openInvestigation()
  registered = await at.collection('Register')
  listed = await at.collection('List')
})
afterAll(async () => await at.stop())

const inRegister = (id: string) => recordId(registered, id)
const inList = (id: string) => recordId(listed, id)

function sizesOf(entities: Iterable<{ readonly schema: string }>): Readonly<Record<string, number>> {
  const sizes: Record<string, number> = {}
  for (const { schema } of entities) sizes[schema] = (sizes[schema] ?? 0) + 1
  return sizes
}

const storedSizes = async (collection: string) =>
  Object.fromEntries(
    (
      await at.rows(
        `select schema, count(distinct entity)::int as n, count(*)::int as fragments from records.fragments where collection = '${collection}' and recorded_to is null group by schema`,
      )
    ).map(({ schema, n, fragments }) => {
      expect(fragments).toBe(n)
      return [schema, n]
    }),
  )

/** Relations both of whose ends are records of the collection. */
const storedEdges = async (collection: string) => {
  const isIn = (end: string) => `exists (select 1 from records.fragments f where f.entity = e.${end} and f.collection = e.collection)`
  const rows = await at.rows(
    `select kind, count(*)::int as n from records.edges e where collection = '${collection}' and ${isIn('src')} and ${isIn('dst')} group by kind`,
  )
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}

describe('the files', () => {
  it('come in whole, although the process is killed in the middle', LONG, async () => {
    const id = await at.upload(registered, chunksOf(linesOf(register(), { isHostile: true })))
    await at.kill(id, Math.round(REGISTERED / 2 / BATCH))
    const halfway = await at.show(id)
    expect(halfway.state).toBe('importing')
    expect(halfway.totals.in).toBeGreaterThan(REGISTERED / 4)
    expect(halfway.totals.in).toBeLessThan((REGISTERED * 3) / 4)
    await at.work()
    const { state, totals, problems } = await at.show(id)
    expect(state).toBe('done')
    expect(totals).toMatchObject({
      in: REGISTERED + BROKEN_LINES + REPEATED_LINES,
      accepted: REGISTERED,
      warned: REPEATED_LINES,
      quarantined: BROKEN_LINES,
      entities: REGISTERED,
    })
    expect(problems).toBe(BROKEN_LINES + REPEATED_LINES)
    const { totals: second } = await at.bring(listed, chunksOf(linesOf(list())))
    expect(second).toMatchObject({ in: LISTED, accepted: LISTED, warned: 0, quarantined: 0, entities: LISTED })
  })

  it('lie in the store as often as they were given, kind by kind and relation by relation', LONG, async () => {
    const sizes = sizesOf(register())
    expect(Object.values(sizes).reduce((sum, size) => sum + size, 0)).toBe(REGISTERED)
    expect(await storedSizes(registered)).toEqual(sizes)
    expect(await storedSizes(listed)).toEqual(sizesOf(list()))
    const { Directorship, Ownership, Payment, Vehicle } = sizes
    expect(await storedEdges(registered)).toEqual({ Directorship, Ownership, Payment, 'Vehicle.owner': Vehicle })
    const { items } = await at.call<{ items: readonly CollectionView[] }>(listCollectionsRoute, {})
    expect(Object.fromEntries(items.map(({ collection, records }) => [collection, records]))).toEqual({
      [registered]: REGISTERED,
      [listed]: LISTED,
    })
  })

  it('are counted by the search as they are, or as at least so many', LONG, async () => {
    const sizes = sizesOf(register())
    const search = async (more: Record<string, unknown>) =>
      await at.call<SearchAnswer>(searchRecordsRoute, { collection: registered, ...more })
    for (const [schema, size] of Object.entries(sizes)) {
      const { total, facets } = await search({ schema })
      const found = RELATIONS.includes(schema) ? 0 : Math.min(size, MOST_FOUND)
      expect([schema, total]).toEqual([schema, { total: found, isAtLeast: !RELATIONS.includes(schema) && size > MOST_FOUND }])
      expect(facets.schema.values).toEqual(found === 0 ? [] : [{ value: schema, count: found }])
    }
    expect((await search({})).total).toEqual({ total: MOST_FOUND, isAtLeast: true })
    const seen = new Set<string>()
    let rows = 0
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await search({ schema: 'Vehicle', limit: 100, ...(cursor === undefined ? {} : { cursor }) })
      for (const { entity } of page.items) seen.add(entity)
      rows += page.items.length
      cursor = page.next
    }
    expect([rows, seen.size]).toEqual([sizes['Vehicle'], sizes['Vehicle']])
  })
})

type Pair = readonly [left: string, right: string]
/** Entries of the list with the record of the register that they tell of. */
const planted: Pair[] = []
let found: ReadonlySet<string> = new Set()
const nameOf = ([left, right]: Pair) => `${left} ${right}`

describe('the cross-reference', () => {
  interface Shown extends CrossrefView {
    readonly items: readonly { readonly left: RecordRow; readonly right: RecordRow }[]
    readonly total: { readonly total: number; readonly isAtLeast: boolean }
    readonly next?: string
  }

  it('finds at least 95 % of what stands in both, lists every pair, and merges nothing', LONG, async () => {
    const { crossref } = await at.call<{ crossref: string }>(startCrossrefRoute, { left: listed, right: registered, key: randomUUID() })
    await runCrossref(at.services, { org: AUTHORITY, crossref })
    const pairs = new Set<string>()
    let [rows, counted] = [0, -1]
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await at.call<Shown>(showCrossrefRoute, { crossref, limit: 200, ...(cursor === undefined ? {} : { cursor }) })
      expect(page).toMatchObject({ state: 'done', progress: 1 })
      for (const { left, right } of page.items) pairs.add(nameOf([left.entity, right.entity]))
      rows += page.items.length
      counted = page.pairs
      cursor = page.next
    }
    expect([rows, pairs.size]).toEqual([counted, counted])
    found = pairs
    for (const { id, schema } of list()) {
      const original = id.slice(copyOf('').length)
      if (copyOf(original) === id && ['Person', 'Company'].includes(schema)) planted.push([inList(id), inRegister(original)])
    }
    expect(planted.length).toBeGreaterThan(LISTED / 3)
    expect(planted.filter((pair) => pairs.has(nameOf(pair))).length / planted.length).toBeGreaterThanOrEqual(0.95)
    expect(await at.rows('select * from records.members')).toEqual([])
    expect(await at.rows('select * from records.judgements')).toEqual([])
  })
})

const byFirst = ([a = '']: readonly string[], [b = '']: readonly string[]) => (a < b ? -1 : 1)

/** What these pairs make one, worked out from scratch: each cluster in order, and so its first id the one that stands for it. */
function joined(pairs: readonly Pair[]): readonly (readonly string[])[] {
  const clusters = new Map<string, string[]>()
  for (const [left, right] of pairs) {
    const all = [...new Set([...(clusters.get(left) ?? [left]), ...(clusters.get(right) ?? [right])])].sort()
    for (const each of all) clusters.set(each, all)
  }
  return [...new Set(clusters.values())].sort(byFirst)
}

describe('merging', () => {
  interface Before {
    readonly ftm: Digest | undefined
    readonly whole: Digest | undefined
    /** Without what is of this collection alone. */
    readonly stated: Digest | undefined
  }
  const before = new Map<string, Before>()
  const statements = async (collection: string, readers: readonly LineReader[]) => {
    let records = 0
    const digests = await digestsOf(
      at.exported(collection, 'statements', (count) => (records += count)),
      readers,
    )
    expect(records).toBe(collection === listed ? LISTED : REGISTERED)
    return digests
  }
  const made: { readonly judgement: string; readonly pair: Pair }[] = []
  /** Clusters as they are kept, each in order. */
  const kept = async () =>
    (await at.rows('select array_agg(entity order by entity collate "C") as members from records.members group by cluster'))
      .map(({ members }) => members as string[])
      .sort(byFirst)
  const hub = () => [inList(copyOf(HUB)), inRegister(HUB)] as const
  const neighbours = async (entity: string) => (await at.call<{ total: number }>(showNeighbourCountsRoute, { entity })).total
  let neighboursOfHub = 0

  it('begins with a file that says what the first one said', LONG, async () => {
    for (const [collection, entities] of [
      [registered, register()],
      [listed, list()],
    ] as const) {
      const ftm = await digestOf(at.exported(collection, 'ftm'))
      expect(ftm).toEqual(await digestOf(linesOf(entities)))
      const [whole, plain] = await statements(collection, [asItIs, stated])
      before.set(collection, { ftm, whole, stated: plain })
    }
    const others = new Set<string>()
    let relations = 0
    for (const { schema, properties } of register()) {
      const ends = Object.values(properties).flat()
      if (!RELATIONS.includes(schema) || !ends.includes(HUB)) continue
      relations += 1
      others.add(ends.find((each) => each.startsWith('person-')) ?? '')
    }
    expect(relations).toBeGreaterThan(5000)
    neighboursOfHub = others.size
    expect(await neighbours(inRegister(HUB))).toBe(neighboursOfHub)
    expect(await neighbours(inList(copyOf(HUB)))).toBe(0)
  })

  it('is an officer’s, pair by pair, and what is merged is read as one', LONG, async () => {
    const persons = planted.filter((pair) => found.has(nameOf(pair)) && pair[1] !== inRegister(HUB)).slice(0, JUDGED + 6)
    const ends = persons.slice(-6)
    // One under twelve names: each pair, and each to the next, in no order.
    const chain = ends.flatMap(([left], index): Pair[] => (index === 0 ? [] : [[ends[index - 1]?.[1] ?? '', left]]))
    const random = randomFrom(21)
    const asked = [...persons, ...chain, hub()].map((pair) => ({ pair, at: random() })).sort((a, b) => a.at - b.at)
    for (const { pair } of asked) {
      const [left, right] = pair
      const { judgement } = await at.call<{ judgement: string }>(judgeRoute, {
        left,
        right,
        verdict: 'same',
        reason: 'The same one',
        key: randomUUID(),
      })
      made.push({ judgement, pair })
    }
    const clusters = joined(made.map(({ pair }) => pair))
    expect(clusters.map((members) => members.length).filter((size) => size > 2)).toEqual([2 * ends.length])
    expect(await kept()).toEqual(clusters)
    for (const members of clusters.filter((each, index) => index % 10 === 0 || each.length > 2 || each.includes(inRegister(HUB))))
      for (const entity of members) {
        const view = await at.call<RecordView>(showRecordRoute, { entity })
        expect([view.entity, view.members.map((each) => each.entity)]).toEqual([members[0], members])
        expect([...new Set(view.statements.map((each) => each.entity))].sort()).toEqual(members)
      }
    for (const entity of hub()) expect(await neighbours(entity)).toBe(neighboursOfHub)
  })

  it('changes no statement, and says of each which record stands for it', LONG, async () => {
    const stands = new Map<string, string>()
    for (const collection of [registered, listed])
      expect((await statements(collection, [unmerged(stands)]))[0]).toEqual(before.get(collection)?.whole)
    expect(await digestOf(at.exported(listed, 'ftm'))).toEqual(before.get(listed)?.ftm)
    const expected = joined(made.map(({ pair }) => pair)).flatMap(([canonical = '', ...others]) => others.map((each) => [each, canonical]))
    expect(Object.fromEntries(stands)).toEqual(Object.fromEntries(expected))
  })

  it('is undone without a trace in what comes out', LONG, async () => {
    const random = randomFrom(22)
    const asked = made.map((each) => ({ ...each, at: random() })).sort((a, b) => a.at - b.at)
    for (const [index, { judgement }] of asked.entries()) {
      await at.call(revokeJudgementRoute, { judgement, reason: 'Looked again' })
      // Halfway, what is left is what the judgements that stand give, and no more.
      if (index + 1 === Math.floor(asked.length / 2)) expect(await kept()).toEqual(joined(asked.slice(index + 1).map(({ pair }) => pair)))
    }
    expect(await kept()).toEqual([])
    for (const [record, count] of [
      [inRegister(HUB), neighboursOfHub],
      [inList(copyOf(HUB)), 0],
    ] as const)
      expect(await neighbours(record)).toBe(count)
    for (const collection of [registered, listed])
      expect((await statements(collection, [asItIs]))[0]).toEqual(before.get(collection)?.whole)
    expect(await digestOf(at.exported(listed, 'ftm'))).toEqual(before.get(listed)?.ftm)
  })

  it.each(['ftm', 'statements'] as const)(
    'leaves a file of %s that gives the same statements when it is read in elsewhere',
    LONG,
    async (format) => {
      const original = format === 'ftm' ? registered : listed
      const copy = await at.collection(original === registered ? 'Register' : 'List')
      const { totals } = await at.bring(copy, chunksOf(at.exported(original, format)))
      const size = original === registered ? REGISTERED : LISTED
      expect(totals).toMatchObject({ warned: 0, quarantined: 0, entities: size, accepted: totals.in })
      const [again] = await digestsOf(at.exported(copy, 'statements'), [stated])
      expect(again).toEqual(before.get(original)?.stated)
      expect(await storedSizes(copy)).toEqual(await storedSizes(original))
      expect(await storedEdges(copy)).toEqual(await storedEdges(original))
    },
  )
})
