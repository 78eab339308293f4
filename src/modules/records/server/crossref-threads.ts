/** One thread for each part of a cross-reference. A thread that ends by itself, for want of memory or otherwise, fails the run and not the node. */
import { Worker } from 'node:worker_threads'
import type { Preset } from '#kernel/match/record-score.ts'
import { type DroppedBlock, type LeftRow, SHARDS, type ShardAnswer, type ShardRow, shardOf } from './crossref-shard.ts'

export type ThreadRequest =
  | { readonly kind: 'add'; readonly rows: readonly ShardRow[] }
  | { readonly kind: 'build' }
  | { readonly kind: 'compare'; readonly rows: readonly LeftRow[]; readonly preset: Preset; readonly least: number }
export type ThreadAnswer =
  | { readonly kind: 'added' }
  | { readonly kind: 'built'; readonly dropped: readonly DroppedBlock[] }
  | ({ readonly kind: 'compared' } & ShardAnswer)

export interface CrossrefThreads {
  add(rows: readonly ShardRow[]): Promise<void>
  /** Keys that too many records share; one that is dropped in a part is left out in that part alone. */
  build(): Promise<readonly DroppedBlock[]>
  compare(rows: readonly LeftRow[], asked: { readonly preset: Preset; readonly least: number }): Promise<ShardAnswer>
  stop(): Promise<void>
}

/** Megabytes of the heap of a thread; the records themselves lie outside it. */
const HEAP = 3072

export function startThreads(): CrossrefThreads {
  const threads = Array.from({ length: SHARDS }, startThread)
  const all = async (request: ThreadRequest): Promise<readonly ThreadAnswer[]> =>
    await Promise.all(threads.map(async (each) => await each.ask(request)))
  return {
    add: async (rows) => {
      const parts: ShardRow[][] = threads.map(() => [])
      for (const row of rows) parts[shardOf(row[0])]?.push(row)
      await Promise.all(threads.map(async (each, at) => await each.ask({ kind: 'add', rows: parts[at] ?? [] })))
    },
    build: async () => {
      const blocks = new Map<string, DroppedBlock>()
      for (const answer of await all({ kind: 'build' }))
        for (const block of answer.kind === 'built' ? answer.dropped : []) {
          const name = `${block.kind} ${block.key}`
          blocks.set(name, { ...block, size: block.size + (blocks.get(name)?.size ?? 0) })
        }
      return [...blocks.values()]
    },
    compare: async (rows, asked) => {
      const answers = (await all({ kind: 'compare', rows, ...asked })).flatMap((each) => (each.kind === 'compared' ? [each] : []))
      return { pairs: answers.flatMap(({ pairs }) => pairs), limited: answers.reduce((sum, { limited }) => sum + limited, 0) }
    },
    stop: async () => {
      await Promise.all(threads.map(async (each) => await each.stop()))
    },
  }
}

interface Thread {
  ask(request: ThreadRequest): Promise<ThreadAnswer>
  stop(): Promise<void>
}

/** Asked one thing at a time. */
function startThread(): Thread {
  const worker = new Worker(new URL('./crossref-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: HEAP } })
  let ended: Error | undefined
  let waiting: { give(answer: ThreadAnswer): void; fail(error: Error): void } | undefined
  const end = (error: Error): void => {
    ended ??= error
    waiting?.fail(ended)
    waiting = undefined
  }
  worker.on('message', (answer: ThreadAnswer) => {
    waiting?.give(answer)
    waiting = undefined
  })
  worker.on('error', end)
  worker.on('exit', () => end(new Error('The thread ended.')))
  return {
    ask: async (request) =>
      await new Promise((give, fail) => {
        if (ended !== undefined) {
          fail(ended)
          return
        }
        waiting = { give, fail }
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(request)
      }),
    stop: async () => {
      await worker.terminate()
    },
  }
}
