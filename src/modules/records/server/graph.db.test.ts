/** The graph of records: what is not visible is no part of it, bounds are said, and both ways of reading it give the same answer. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseContext } from '#platform/http/case-context.ts'
import type { Tx } from '#platform/store/database.ts'
import type { Expansion } from '../contract.ts'
import { entityOf, type GraphStore, knows, OTHER, officerOf, owns, person, type StatedRecord, startGraphStore } from './graph.fixture.ts'
import { findCommonRoute } from './graph-common.ts'
import { showNeighbourCountsRoute } from './graph-counts.ts'
import { expandGraphRoute, expandIn, expandLocally, seedsOf } from './graph-expand.ts'
import { cachedSnapshot, localGraph, openGraph, snapshotGraph } from './graph-scope.ts'
import { findPathsRoute, pathsIn, readBetween } from './paths.ts'

let store: GraphStore
beforeAll(async () => {
  store = await startGraphStore()
})
afterAll(async () => await store.stop())

interface Counts {
  readonly total: number
  readonly kinds: readonly { readonly kind: string; readonly direction: string; readonly count: number }[]
}
const expand = async (input: Record<string, unknown>, by = officerOf()) => await store.call<Expansion>(expandGraphRoute, input, by)
const counts = async (entity: string, input: Record<string, unknown> = {}, by = officerOf()) =>
  await store.call<Counts>(showNeighbourCountsRoute, { entity: entityOf(entity), ...input }, by)
const captions = (answer: Pick<Expansion, 'nodes'>) => answer.nodes.map((node) => node.caption)

describe('a neighbourhood', () => {
  beforeAll(async () => {
    await store.state([
      person('hub'),
      ...Array.from({ length: 12 }, (_, n) => person(`leaf-${n}`)),
      ...Array.from({ length: 12 }, (_, n) => owns('hub', `leaf-${n}`, { from: `20${10 + n}`, to: `20${11 + n}` })),
      knows('hub', 'leaf-0'),
      // Of another desk, for both; and one that only the other desk may read.
      person('shared', { desk: OTHER, readers: ['be.police.antwerp'] }),
      owns('shared', 'hub', { desk: OTHER, readers: ['be.police.antwerp'] }),
      person('secret', { desk: OTHER }),
      owns('secret', 'hub', { desk: OTHER, readers: ['be.police.antwerp'] }),
      owns('leaf-1', 'hub', { desk: OTHER }),
    ])
  })

  it('is counted by kind and direction before any of it is drawn', async () => {
    expect(await counts('hub')).toEqual({
      total: 13,
      kinds: [
        { kind: 'Ownership', direction: 'out', count: 12 },
        { kind: 'Ownership', direction: 'in', count: 1 },
        { kind: 'UnknownLink', direction: 'both', count: 1 },
      ],
    })
  })

  it('has no relation with an end that the reader may not see, though the relation itself is visible', async () => {
    const answer = await expand({ entities: [entityOf('hub')] })
    expect(captions(answer)).not.toContain('Person secret')
    expect(answer.nodes).toHaveLength(14)
    expect(answer.edges.every(({ source, target }) => source !== entityOf('secret') && target !== entityOf('secret'))).toBe(true)
    // To the desk that may see it all, of what this desk alone holds there is nothing.
    expect(captions(await expand({ entities: [entityOf('shared')] }, officerOf(OTHER)))).toEqual(['Person shared'])
  })

  it('says of each record how many neighbours are not shown', async () => {
    const answer = await expand({ entities: [entityOf('hub')], most: 5 })
    expect(answer.nodes).toHaveLength(6)
    expect(answer.leftOut).toEqual([{ entity: entityOf('hub'), count: 8 }])
    expect(answer.truncated).toBe(true)
    expect(answer.nodes.find(({ entity }) => entity === entityOf('hub'))?.degree).toBe(13)
    const leaf = await expand({ entities: [entityOf('leaf-3')] })
    expect(leaf.leftOut).toEqual([{ entity: entityOf('hub'), count: 12 }])
    expect(leaf.truncated).toBe(false)
  })

  it('is looked at through kinds and through a window of days, alike in what is counted and what is drawn', async () => {
    const asked = [
      { layers: 'UnknownLink' },
      { layers: 'Ownership', from: '2012-06-01', to: '2013-01-01' },
      { from: '2021-01-01' },
      { to: '2010-01-01' },
      { from: '2011-12-31', to: '2011-12-31' },
    ]
    for (const input of asked) {
      const answer = await expand({ entities: [entityOf('hub')], ...input })
      expect(answer.nodes.length - 1, JSON.stringify(input)).toBe((await counts('hub', input)).total)
    }
    expect((await counts('hub', { layers: 'Ownership', from: '2011-12-31', to: '2011-12-31' })).total).toBe(3)
  })

  it('with no hop is what lies between the records asked for', async () => {
    const answer = await expand({ entities: [entityOf('hub'), entityOf('leaf-0'), entityOf('secret'), entityOf('nobody')], hops: 0 })
    expect(captions(answer).sort()).toEqual(['Person hub', 'Person leaf-0'])
    expect(answer.edges.map(({ kind, directed }) => `${kind} ${directed}`).sort()).toEqual(['Ownership true', 'UnknownLink false'])
  })

  it('refuses a kind that the model does not have, and a window that ends before it begins', async () => {
    await expect(expand({ entities: [entityOf('hub')], layers: 'Ownership,Friendship' })).rejects.toMatchObject({
      code: 'records.layer',
      options: { problems: [{ message: 'There is no kind Friendship.' }] },
    })
    await expect(expand({ entities: [entityOf('hub')], layers: 'Person' })).rejects.toMatchObject({ code: 'records.layer' })
    await expect(expand({ entities: [entityOf('hub')], layers: 'constructor' })).rejects.toMatchObject({ code: 'records.layer' })
    await expect(expand({ entities: [entityOf('hub')], from: '2020-01-02', to: '2020-01-01' })).rejects.toMatchObject({ code: 'input' })
  })

  it('of what is not visible answers like one of what does not exist', async () => {
    const failures = await Promise.all(
      ['secret', 'nobody'].map(
        async (entity) =>
          await counts(entity).then(
            () => 'answered',
            (error: { status: number; code: string }) => `${error.status} ${error.code}`,
          ),
      ),
    )
    expect(failures).toEqual(['404 not-found', '404 not-found'])
    expect((await expand({ entities: [entityOf('secret')] })).nodes).toEqual([])
  })

  it('counts the statements behind one relation, and takes the longest time that any of them says', async () => {
    await store.state([
      person('stater'),
      person('stated'),
      owns('stater', 'stated', { from: '2015', to: '2016-03' }),
      owns('stater', 'stated', { from: '2014-06', desk: OTHER, readers: ['be.police.antwerp'] }),
      owns('stater', 'stated', { from: '2013', desk: OTHER }),
    ])
    const { edges } = await expand({ entities: [entityOf('stater')] })
    expect(edges).toMatchObject([{ statements: 2, from: '2014-06', to: '2016-03', entity: entityOf('stater owns stated') }])
  })

  it('shows nothing for another purpose, and is another graph to it', async () => {
    const here = await expand({ entities: [entityOf('hub')] })
    const there = await expand({ entities: [entityOf('hub')] }, officerOf('be.police.antwerp', 'border-control'))
    expect(there.nodes).toEqual([])
    expect(there.graph).not.toBe(here.graph)
  })

  it('is named by what it was read from: the same until a statement that the reader sees changes', async () => {
    const { graph } = await expand({ entities: [entityOf('hub')] })
    await store.state([person('unseen', { desk: OTHER })])
    expect((await expand({ entities: [entityOf('hub')] })).graph).toBe(graph)
    const written = await store.state([person('passing')])
    const grown = (await expand({ entities: [entityOf('hub')] })).graph
    expect(grown).not.toBe(graph)
    await store.end(written)
    expect((await expand({ entities: [entityOf('hub')] })).graph).not.toBe(grown)
  })
})

describe('paths and common neighbours', () => {
  beforeAll(async () => {
    await store.state([
      ...['a', 'b', 'c', 'd', 'e', 'far'].map((id) => person(id)),
      owns('a', 'b', { from: '2019', to: '2019' }),
      owns('b', 'c', { from: '2020' }),
      owns('a', 'd', { from: '2021' }),
      owns('d', 'c', { to: '2020' }),
      owns('c', 'e'),
      person('middle', { desk: OTHER }),
      owns('a', 'middle', { desk: OTHER, readers: ['be.police.antwerp'] }),
      owns('middle', 'e', { desk: OTHER, readers: ['be.police.antwerp'] }),
    ])
  })
  const between = async (left: string, right: string, more: Record<string, unknown> = {}) =>
    await store.call<{ paths: string[][]; edges: { source: string; target: string }[]; truncated: boolean }>(findPathsRoute, {
      left: entityOf(left),
      right: entityOf(right),
      ...more,
    })
  const ids = (...names: readonly string[]) => names.map(entityOf)

  it('go by what is visible, the shortest first', async () => {
    const { paths, edges } = await between('a', 'e')
    // By way of a record of another desk it would be two hops.
    expect(paths).toHaveLength(2)
    expect(paths).toContainEqual(ids('a', 'b', 'c', 'e'))
    expect(paths).toContainEqual(ids('a', 'd', 'c', 'e'))
    expect(edges).toHaveLength(5)
    expect((await between('a', 'far')).paths).toEqual([])
    expect((await between('a', 'a')).paths).toEqual([])
    expect((await between('a', 'e', { longest: 2 })).paths).toEqual([])
    expect(await between('a', 'e', { most: 1 })).toMatchObject({ truncated: true })
  })

  it('in time go no step before the one that led there', async () => {
    expect((await between('a', 'c', { inTime: 'yes' })).paths).toEqual([ids('a', 'b', 'c')])
  })

  it('answer for a record that is not visible as for none', async () => {
    await expect(between('a', 'middle')).rejects.toMatchObject({ status: 404 })
    await expect(between('a', 'nobody')).rejects.toMatchObject({ status: 404 })
  })

  it('tells what two records both touch', async () => {
    const common = await store.call<Expansion & { leftOut: number }>(findCommonRoute, { left: entityOf('a'), right: entityOf('c') })
    expect(captions(common).slice(2).sort()).toEqual(['Person b', 'Person d'])
    expect(common.edges).toHaveLength(4)
    expect(common.leftOut).toBe(0)
    const one = await store.call<Expansion & { leftOut: number }>(findCommonRoute, { left: entityOf('a'), right: entityOf('c'), most: 1 })
    expect([one.nodes.length, one.leftOut]).toEqual([3, 1])
    const none = await store.call<Expansion>(findCommonRoute, { left: entityOf('a'), right: entityOf('e') })
    expect(captions(none)).toEqual(['Person a', 'Person e'])
  })
})

describe('a graph in a transaction that has written', () => {
  it('is kept for nobody, because what was written may be undone', async () => {
    const facts = officerOf()
    const open = async (tx: Tx) => await openGraph({ facts, tx, services: store.services, clock: store.services.clock } as CaseContext)
    await expect(
      store.as(facts, async (tx) => {
        await sql`update records.view_states set version = version + 1`.execute(tx)
        const reader = await open(tx)
        expect(reader.state.isSettled).toBe(false)
        await snapshotGraph(reader, {})
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    await store.as(facts, async (tx) => {
      await sql`update records.view_states set version = version + 1`.execute(tx)
    })
    await store.as(facts, async (tx) => {
      const reader = await open(tx)
      expect(reader.state.isSettled).toBe(true)
      expect(cachedSnapshot(reader)).toBeUndefined()
    })
  })
})

describe('a window of days', () => {
  it('lets the same relations through where they are counted and where they are drawn, whatever their dates say', async () => {
    const year = fc.integer({ min: 2018, max: 2021 })
    const two = fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, '0'))
    const partial = fc.oneof(
      year.map(String),
      fc.tuple(year, two).map(([y, m]) => `${y}-${m}`),
      fc.tuple(year, two, two).map(([y, m, d]) => `${y}-${m}-${d}`),
      fc.tuple(year, two, two).map(([y, m, d]) => `${y}-${m}-${d}T13:30:00`),
    )
    const dates = fc.sample(fc.tuple(fc.option(partial, { nil: undefined }), fc.option(partial, { nil: undefined })), {
      numRuns: 150,
      seed: 11,
    })
    await store.state([
      person('dated'),
      ...dates.map((_, n) => person(`date-${n}`)),
      ...dates.map(([from, to], n) =>
        owns('dated', `date-${n}`, { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }),
      ),
    ])
    const day = fc.tuple(year, two, two).map(([y, m, d]) => `${y}-${m}-${d}`)
    const window = fc
      .tuple(fc.option(day, { nil: undefined }), fc.option(day, { nil: undefined }))
      .filter(([from, to]) => from === undefined || to === undefined || from <= to)
    await fc.assert(
      fc.asyncProperty(window, async ([from, to]) => {
        const input = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
        const drawn = await expand({ entities: [entityOf('dated')], ...input })
        expect(drawn.nodes.length - 1).toBe((await counts('dated', input)).total)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a graph read around the records in question', () => {
  it('answers as one of all that the reader sees, hops, bounds, kinds, windows and paths alike', async () => {
    const size = 40
    const names = Array.from({ length: size }, (_, n) => `r-${n}`)
    const random = fc.sample(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.nat(20), fc.nat(20), fc.nat(3)), { numRuns: 110, seed: 7 })
    const relations = random.map(([one, other, from, to, kind], n): StatedRecord => {
      const more = { id: `relation ${n}`, ...(kind === 1 ? { desk: OTHER, readers: ['be.police.antwerp'] } : {}) }
      const [left = '', right = ''] = [names[one], names[other]]
      return kind === 2 ? knows(left, right, more) : owns(left, right, { ...more, from: `20${10 + from}`, to: `20${10 + to}` })
    })
    await store.state([
      ...names.map((name, n) =>
        person(name, n % 9 === 0 ? { desk: OTHER } : n % 5 === 0 ? { desk: OTHER, readers: ['be.police.antwerp'] } : {}),
      ),
      ...relations,
    ])
    const facts = officerOf()
    const asked = fc.record({
      seeds: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }),
      hops: fc.nat(3),
      most: fc.integer({ min: 1, max: 30 }),
      layers: fc.constantFrom('', 'Ownership', 'UnknownLink', 'Ownership,UnknownLink', 'Sanction.entity'),
      from: fc.option(fc.integer({ min: 2009, max: 2031 }), { nil: undefined }),
      longest: fc.integer({ min: 1, max: 8 }),
      inTime: fc.constantFrom('yes' as const, 'no' as const),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ seeds, hops, most, layers, from, longest, inTime }) => {
        const query = { layers, ...(from === undefined ? {} : { from: `${from}-06-01`, to: `${from + 1}-06-01` }) }
        await store.as(facts, async (tx) => {
          const context = { facts, tx, services: store.services, clock: store.services.clock } as CaseContext
          const reader = await openGraph(context, query)
          const { graph } = await snapshotGraph(reader, query)
          const question = { seeds: await seedsOf(reader, seeds.map(entityOf)), hops, most }
          const local = await expandLocally(reader, question)
          if (local === undefined) throw new Error('It is small enough to be read.')
          const whole = expandIn(reader, graph, question)
          const seen = (answer: typeof whole) => ({
            shown: answer.shown,
            cutBy: answer.found.cutBy,
            edges: Array.from(answer.found.edges, (edge) => JSON.stringify(answer.graph.relationOf(edge))).sort(),
          })
          expect(seen(local)).toEqual(seen(whole))
          expect(cachedSnapshot(reader)).toBe(graph)
          const [left = '', right = left] = question.seeds
          if (left === right) return
          const part = localGraph(reader)
          expect(await readBetween(reader, part, { pair: [left, right], longest })).toBe(true)
          const small = await part.graph()
          const pathQuery = { pair: [left, right] as const, most: 5, longest, inTime }
          const found = pathsIn(reader, graph, pathQuery)
          const near = pathsIn(reader, small, pathQuery)
          const named = (paths: typeof found, of: typeof small) =>
            paths.paths.map((path) => Array.from(path.nodes, (node) => of.idOf(node)))
          expect(named(near, small)).toEqual(named(found, graph))
          expect(near.isTruncated).toBe(found.isTruncated)
        })
      }),
      { numRuns: 50 },
    )
  })
})
