/**
 * Merging a record that has 78,000 relations, reading it merged, and taking the judgement back, at the routes with their checks, scores and log; and opening a board
 * of 50,000 relations. The peer of the merge does what most graphs do: it rewrites every relation to the record that stays, and back, in the same store. The peer of
 * the board asks the store for the same relations and nothing else: no names, no counts of what is left out.
 */
import { createHash } from 'node:crypto'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Expansion } from '../src/modules/records/contract.ts'
import { listBoardsRoute, saveBoardRoute, showBoardRoute } from '../src/modules/records/server/boards.ts'
import { company, entityOf, type GraphStore, knows, owns, person, startGraphStore } from '../src/modules/records/server/graph.fixture.ts'
import { showNeighbourCountsRoute } from '../src/modules/records/server/graph-counts.ts'
import { expandGraphRoute } from '../src/modules/records/server/graph-expand.ts'
import { judgeRoute, revokeJudgementRoute } from '../src/modules/records/server/judge.ts'
import { setup } from '../src/testing/postgres.ts'
import type { BenchRow } from './bench-row.ts'

const RELATIONS = 78_000
const BOARD_RELATIONS = 50_000
const BOARD_RECORDS = 15_000
const BATCH = 10_000
const ROUNDS = 3

export async function benchMerge(): Promise<BenchRow[]> {
  const stopServer = await setup()
  const store = await startGraphStore()
  const client = new pg.Client({ connectionString: store.url })
  await client.connect()
  try {
    return [...(await merging(store, client)), ...(await openingBoard(store, client))]
  } finally {
    await client.end()
    await store.stop()
    await stopServer()
  }
}

async function merging(store: GraphStore, client: pg.Client): Promise<BenchRow[]> {
  await store.state([
    person('hub', { values: { name: 'Ivan Petrov', birthDate: '1970-01-01' } }),
    person('twin', { values: { name: 'Иван Петров' } }),
  ])
  for (let at = 0; at < RELATIONS; at += BATCH) {
    const names = Array.from({ length: Math.min(BATCH, RELATIONS - at) }, (_, n) => `asset-${at + n}`)
    await store.state([...names.map((name) => company(name)), ...names.map((name) => owns('hub', name))])
  }
  await client.query('analyze')
  const before = await contentOf(client)
  const merges: number[] = []
  const reads: number[] = []
  const undone: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const key = uuidv7()
    const [judged, merge] = await timed(
      async () =>
        await store.call<{ judgement: string; entity: string }>(judgeRoute, {
          left: entityOf('twin'),
          right: entityOf('hub'),
          verdict: 'same',
          reason: 'Same papers',
          key,
        }),
    )
    const [counts, read] = await timed(
      async () => await store.call<{ total: number }>(showNeighbourCountsRoute, { entity: entityOf('twin') }),
    )
    if (counts.total !== RELATIONS) throw new Error(`The merged record has ${counts.total} neighbours.`)
    const [, undo] = await timed(async () => await store.call(revokeJudgementRoute, { judgement: judged.judgement, reason: 'Not so' }))
    if ((await contentOf(client)) !== before) throw new Error('Something is not as it was before the merge.')
    merges.push(merge)
    reads.push(read)
    undone.push(undo)
  }
  const rewrite = async (from: string, to: string): Promise<number> => {
    const [, took] = await timed(async () => {
      await client.query('begin')
      await client.query('update records.edges set src = $2 where src = $1', [entityOf(from), entityOf(to)])
      await client.query('update records.edges set dst = $2 where dst = $1', [entityOf(from), entityOf(to)])
      await client.query('commit')
    })
    return took
  }
  const peerMerge = await rewrite('hub', 'twin')
  const peerUndo = await rewrite('twin', 'hub')
  const name = `a record of ${RELATIONS.toLocaleString('en-GB')} relations`
  const row = (what: string, ours: number, peer?: number): BenchRow => ({
    name: `${what} ${name}`,
    ours,
    unit: 'ms',
    target: '≤ 1,000 ms',
    ...(peer === undefined ? {} : { peer, ratio: peer / ours }),
  })
  return [
    row('merging', median(merges), peerMerge),
    row('counting the neighbours of, merged,', median(reads)),
    row('undoing the merge of', median(undone), peerUndo),
  ]
}

/** What a merge must leave as it is, and what undoing it must give back. */
async function contentOf(client: pg.Client): Promise<string> {
  const hash = createHash('sha256')
  for (const [table, order] of [
    ['fragments', 'fragment'],
    ['edges', 'fragment, ordinal'],
    ['members', 'desk, purpose, entity'],
  ]) {
    const { rows } = await client.query<{ digest: string }>(
      `select md5(string_agg(md5(t::text), '' order by ${order})) as digest from records.${table} as t`,
    )
    hash.update(`${table} ${rows[0]?.digest ?? ''}\n`)
  }
  return hash.digest('hex')
}

async function openingBoard(store: GraphStore, client: pg.Client): Promise<BenchRow[]> {
  const names = Array.from({ length: BOARD_RECORDS }, (_, n) => `drawn-${n}`)
  await store.state(names.map((name) => person(name)))
  // Spread as real networks are: few records with many relations.
  const pairs = Array.from({ length: BOARD_RELATIONS }, (_, n) => {
    const one = Math.floor(BOARD_RECORDS * ((n * 0.618_034) % 1) ** 2.5)
    return [names[one] ?? '', names[(one + 1 + ((n * 7919) % (BOARD_RECORDS - 1))) % BOARD_RECORDS] ?? '', n] as const
  })
  for (let at = 0; at < pairs.length; at += BATCH)
    await store.state(pairs.slice(at, at + BATCH).map(([one, other, n]) => knows(one, other, { id: `relation ${n}` })))
  await client.query('analyze')
  const layout = { nodes: names.map((name, n) => ({ entity: entityOf(name), x: n % 100, y: Math.floor(n / 100) })) }
  const { board } = await store.call<{ board: string }>(saveBoardRoute, { title: 'Board', layout, key: uuidv7() })
  const open: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [edges, took] = await timed(async () => {
      const shown = await store.call<{ layout: typeof layout }>(showBoardRoute, { board })
      const answer = await store.call<Expansion>(expandGraphRoute, { entities: shown.layout.nodes.map((node) => node.entity), hops: 0 })
      return JSON.stringify(answer).length > 0 ? answer.edges.length : 0
    })
    if (edges !== BOARD_RELATIONS) throw new Error(`The board has ${edges} relations.`)
    open.push(took)
  }
  const [, list] = await timed(async () => await store.call(listBoardsRoute, {}))
  const [, peer] = await timed(
    async () =>
      await client.query('select entity, kind, src, dst, valid_from, valid_to from records.edges where src = any($1) and dst = any($1)', [
        names.map(entityOf),
      ]),
  )
  return [
    {
      name: `opening a board of ${BOARD_RELATIONS.toLocaleString('en-GB')} relations and ${BOARD_RECORDS.toLocaleString('en-GB')} records at the API`,
      ours: median(open),
      peer,
      ratio: peer / median(open),
      unit: 'ms',
      target: '≤ 3,000 ms',
    },
    { name: 'listing the boards', ours: list, unit: 'ms' },
  ]
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const begun = performance.now()
  const answer = await work()
  return [answer, performance.now() - begun]
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
