/** Building graphs out of relations: order by ids, merged records as one node, the same in a thread; and the cache that keeps them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSnapshot } from '#kernel/graph/snapshot.ts'
import { collapse } from './graph-build.ts'
import { createGraphCache } from './graph-cache.ts'
import { createRelationStore, readKey, readRelation } from './graph-columns.ts'
import { recordGraphOf } from './graph-record.ts'
import { collapseAside } from './graph-thread.ts'
import { stretchOf } from './graph-time.ts'

const idOf = (n: number) => `r${n.toString(16).padStart(8, '0').repeat(4)}`
const row = (record: number, source: number, target: number): string[] => [idOf(record), 'Ownership', idOf(source), idOf(target), '', '']

describe('a graph of relations', () => {
  it('numbers its nodes in the order of their ids, whatever order the relations come in', async () => {
    const id = fc.integer({ min: 0, max: 0xffffffff })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(id, id), { minLength: 1, maxLength: 60 }), async (pairs) => {
        const store = createRelationStore(4)
        store.add(pairs.map(([source, target], n) => row(n, source, target)))
        const { graph, idOf: named, nodeOf } = await recordGraphOf(store, new Map())
        const ids = Array.from({ length: graph.nodeCount }, (_, node) => named(node))
        expect(ids).toEqual([...new Set(pairs.flat().map(idOf))].sort())
        expect(ids.map((each) => nodeOf(each))).toEqual(ids.map((_, node) => node))
        expect(graph.edgeCount).toBe(pairs.length)
        for (const [edge, [source, target]] of pairs.entries())
          expect([named(graph.sources[edge] as number), named(graph.targets[edge] as number)]).toEqual([idOf(source), idOf(target)])
      }),
      { numRuns: 60 },
    )
  })

  it('has one node for merged records, also when the one that stands for them has no relation of its own', async () => {
    const store = createRelationStore()
    store.add([row(1, 20, 30), row(2, 21, 30), row(3, 20, 21)])
    const graph = await recordGraphOf(
      store,
      new Map([
        [idOf(20), idOf(7)],
        [idOf(21), idOf(7)],
      ]),
    )
    expect(Array.from({ length: graph.graph.nodeCount }, (_, node) => graph.idOf(node))).toEqual([idOf(7), idOf(30)])
    expect([...graph.graph.sources, ...graph.graph.targets]).toEqual([0, 0, 0, 1, 1, 0])
    expect(graph.nodeOf(idOf(20))).toBe(0)
    // The relations are as they were stated: without the merge they are there as before.
    const apart = await recordGraphOf(store, new Map())
    expect(apart.graph.nodeCount).toBe(3)
  })

  it('is the same made in a thread of its own as made at once', async () => {
    const store = createRelationStore()
    store.add(Array.from({ length: 60_000 }, (_, n) => row(n, (n * 7919) % 9000, (n * 104_729) % 9000)))
    const columns = store.columns()
    const standsFor = Int32Array.from({ length: columns.nodeCount }, (_, end) => (end % 10 === 0 ? 0 : end))
    const [here, aside] = [collapse(columns, standsFor), await collapseAside(columns, standsFor)]
    expect(new Uint8Array(aside.buffer).every((byte, at) => byte === new Uint8Array(here.buffer)[at])).toBe(true)
    expect([...aside.endOf]).toEqual([...here.endOf])
    expect([...aside.nodeOf]).toEqual([...here.nodeOf])
    expect(openSnapshot(aside.buffer)).toMatchObject({ ok: true, value: { edgeCount: 60_000 } })
  })

  it('keeps ids, kinds and dates of every relation while it grows', () => {
    const store = createRelationStore(1)
    const rows = Array.from({ length: 300 }, (_, n) => [
      idOf(n),
      n % 2 === 0 ? 'Ownership' : 'Sanction.entity',
      idOf(n % 2 === 0 ? n + 1 : n),
      idOf(5),
      `20${10 + (n % 30)}`,
      '',
    ])
    store.add(rows)
    const columns = store.columns()
    for (const [edge, [record, kind, , , from]] of rows.entries())
      expect(readRelation(columns, edge)).toEqual({
        record,
        kind,
        from,
        to: undefined,
        isOwnSource: edge % 2 === 1,
      })
    expect(readKey(columns.nodeKeys, store.find(idOf(5)) ?? -1)).toBe(idOf(5))
  })
})

describe('the time of a relation', () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`)
  it.each([
    ['2020', '2020', day('2020-01-01'), day('2021-01-01') - 1],
    ['2020-02', '2020-02', day('2020-02-01'), day('2020-03-01') - 1],
    ['2020-12', '2020-12-31', day('2020-12-01'), day('2021-01-01') - 1],
    ['2020-05-01T23:59:00', '', day('2020-05-01'), Infinity],
    ['', '1999', -Infinity, day('2000-01-01') - 1],
    ['0099', '9999', Date.parse('0099-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')],
    ['2021', '2020-12', -Infinity, Infinity],
    ['yesterday', '20', -Infinity, Infinity],
  ])('from %j to %j is as wide as what is known', (from, to, first, last) => {
    expect(stretchOf(from, to)).toEqual({ from: first, to: last })
  })
})

describe('the cache of graphs', () => {
  const sized = (name: string, byteLength: number) => ({ name, byteLength })

  it('keeps what was used last within its bytes, and never what is larger than all of it', async () => {
    const cache = createGraphCache<{ name: string; byteLength: number }>(100)
    for (const name of ['a', 'b']) await cache.take(name, async () => await Promise.resolve(sized(name, 40)))
    expect(cache.find('a')?.name).toBe('a')
    await cache.take('c', async () => await Promise.resolve(sized('c', 40)))
    expect([cache.find('a'), cache.find('b'), cache.find('c')].map((each) => each?.name)).toEqual(['a', undefined, 'c'])
    await cache.take('large', async () => await Promise.resolve(sized('large', 101)))
    expect(cache.find('large')).toBeUndefined()
    expect(cache.find('c')?.name).toBe('c')
  })

  it('builds once for all who ask meanwhile, and anew after a failure', async () => {
    const cache = createGraphCache<{ name: string; byteLength: number }>(100)
    let built = 0
    const build = async () => {
      built += 1
      await new Promise((done) => setTimeout(done, 5))
      return sized('x', 1)
    }
    await Promise.all([cache.take('x', build), cache.take('x', build), cache.take('x', build)])
    expect(built).toBe(1)
    const failing = cache.take('y', async () => await Promise.reject(new Error('lost')))
    const waiting = cache.take('y', async () => await Promise.resolve(sized('y', 1)))
    await expect(failing).rejects.toThrow('lost')
    expect((await waiting)?.name).toBe('y')
    await cache.take('nothing', async () => await Promise.resolve(undefined))
    expect(cache.find('nothing')).toBeUndefined()
  })
})
