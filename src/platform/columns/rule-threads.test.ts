import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type ColumnBlock, createBlock, writeRow } from '#kernel/risk/column-block.ts'
import { openCodeBook } from '#kernel/risk/column-codes.ts'
import { type Expression, NO_NAMES } from '#kernel/risk/expression.ts'
import { evaluateColumns } from '#kernel/risk/expression-columns.ts'
import { resolveExpression } from '#kernel/risk/expression-resolve.ts'
import { openWhatIf, whatIfOf } from '#kernel/risk/what-if.ts'
import { createSeededRandom } from '#kernel/stats/seeded-random.ts'
import { openColumnCache } from './column-cache.ts'
import { evaluateAside } from './rule-threads.ts'

const ROWS = 700_000
const codes = openCodeBook()
const random = createSeededRandom(3)
const block = createBlock(ROWS, undefined, (bytes) => new SharedArrayBuffer(bytes))
const few = Array.from({ length: 500 }, () => ({
  pol: random.pick(['ECGYE', 'PECLL', 'BEANR']),
  port: random.pick(['BEANR', 'NLRTM']),
  weight: random.integer(0, 30_000),
  day: random.integer(100, 130),
  indicators: { I3: random.chance(0.2) },
  outcome: random.pick(['none', 'none', 'found', 'nothing'] as const),
  probability: 0.5,
}))
for (const [at, row] of few.entries()) writeRow(block, at, { row, codes })
for (const column of Object.values(block.columns))
  for (let at = few.length; at < ROWS; at += few.length) column.copyWithin(at, 0, Math.min(few.length, ROWS - at))

const expressions: readonly Expression[] = [
  {
    op: 'and',
    args: [
      { op: 'in', col: 'pol', set: ['ECGYE'] },
      { op: 'ge', col: 'weight', value: 15_000 },
    ],
  },
  {
    op: 'or',
    args: [
      { op: 'ind', id: 'I3' },
      { op: 'ind', id: 'I4' },
    ],
  },
]
const resolved = expressions.map((expression) => resolveExpression(expression, { vocabulary: NO_NAMES, codes }))
const [draft, running] = resolved as [(typeof resolved)[number], (typeof resolved)[number]]
const question = { draft, running: [{ id: 'R1', expression: running }], window: { from: 100, until: 120 } }

async function* endless(): AsyncGenerator<ColumnBlock> {
  for (;;) {
    yield block
    await wait(1)
  }
}

describe('rules in threads', () => {
  it('give what one thread gives, and say how far they are', async () => {
    const seen: number[] = []
    const tallies = await evaluateAside(
      { kind: 'tally', expressions: resolved },
      { blocks: [block, block], timeLimit: 60_000, progress: (rows) => seen.push(rows) },
    )
    const once = evaluateColumns(resolved, block)
    expect(tallies).toEqual({
      kind: 'done',
      answer: once.map(({ rows, fired, unknown }) => ({ rows: 2 * rows, fired: 2 * fired, unknown: 2 * unknown })),
    })
    expect([seen.at(-1), seen.toSorted((a, b) => a - b)]).toEqual([2 * ROWS, seen])

    const run = openWhatIf(question)
    run.take(block, 0, block.count)
    const aside = await evaluateAside({ kind: 'what-if', question }, { blocks: [block], timeLimit: 60_000 })
    if (aside.kind !== 'done') throw new Error(aside.kind)
    const { precision, ...rest } = whatIfOf(aside.answer, { question, codes })
    const { precision: alone, ...others } = whatIfOf(run.tally, { question, codes })
    expect([rest, precision.n, precision.hits]).toEqual([others, alone.n, alone.hits])
  })

  it('end when they are cancelled, before they begin or on the way', async () => {
    const work = { kind: 'what-if', question } as const
    expect(await evaluateAside(work, { blocks: [block], timeLimit: 60_000, cancel: AbortSignal.abort() })).toEqual({ kind: 'cancelled' })
    const cancel = new AbortController()
    const run = evaluateAside(work, { blocks: endless(), timeLimit: 60_000, cancel: cancel.signal, progress: () => cancel.abort() })
    expect(await run).toEqual({ kind: 'cancelled' })
  })

  it('end when their time is up, also while a source hangs', async () => {
    expect(await evaluateAside({ kind: 'what-if', question }, { blocks: endless(), timeLimit: 300 })).toEqual({ kind: 'out-of-time' })
    const hanging = async function* (): AsyncGenerator<ColumnBlock> {
      yield block
      await new Promise(() => undefined)
    }
    expect(await evaluateAside({ kind: 'tally', expressions: resolved }, { blocks: hanging(), timeLimit: 300 })).toEqual({
      kind: 'out-of-time',
    })
  })

  it('fail as a whole when a thread or the source fails', async () => {
    const lacking = { count: 5, columns: { pol: new Uint16Array(5) } }
    await expect(evaluateAside({ kind: 'tally', expressions: resolved }, { blocks: [lacking], timeLimit: 60_000 })).rejects.toThrow(
      'holds no column',
    )
    const broken = async function* (): AsyncGenerator<ColumnBlock> {
      yield block
      throw new Error('The file is damaged.')
    }
    await expect(evaluateAside({ kind: 'tally', expressions: resolved }, { blocks: broken(), timeLimit: 60_000 })).rejects.toThrow(
      'The file is damaged.',
    )
  })

  it('have an answer for no rows at all', async () => {
    expect(await evaluateAside({ kind: 'tally', expressions: resolved }, { blocks: [], timeLimit: 60_000 })).toEqual({
      kind: 'done',
      answer: resolved.map(() => ({ rows: 0, fired: 0, unknown: 0 })),
    })
  })
})

it('a cache of columns keeps what was used last, within its bytes', () => {
  const cache = openColumnCache(100)
  cache.put('a/1', new Uint8Array(40))
  cache.put('a/2', new Uint8Array(40))
  cache.get('a/1')
  cache.put('b/1', new Uint8Array(40))
  expect([cache.get('a/1')?.length, cache.get('a/2'), cache.get('b/1')?.length, cache.bytes]).toEqual([40, undefined, 40, 80])
  cache.put('b/1', new Uint8Array(10))
  cache.put('c', new Uint8Array(101))
  expect([cache.bytes, cache.get('c')]).toEqual([50, undefined])
  cache.drop('a/')
  expect([cache.bytes, cache.get('a/1')]).toEqual([10, undefined])
})
