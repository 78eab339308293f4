/**
 * Rules over many rows on several cores, away from the main thread. Blocks come one after the other, from memory or from files that are read meanwhile; each
 * is cut into pieces that idle threads take. Ends with the sums, or says that it was cancelled or ran out of time; either way no thread is left
 * behind and nothing half done is answered.
 */
import { Worker } from 'node:worker_threads'
import { type ColumnBlock, sliceBlock } from '#kernel/risk/column-block.ts'
import { addTally, type Tally } from '#kernel/risk/expression-columns.ts'
import { emptyTally, mergeTally, type WhatIfTally } from '#kernel/risk/what-if.ts'
import type { RuleAnswers, RuleReply, RuleRequest, RuleWork } from './rule-work.ts'

export interface RuleRun {
  readonly blocks: AsyncIterable<ColumnBlock> | Iterable<ColumnBlock>
  /** Milliseconds. */
  readonly timeLimit: number
  readonly cancel?: AbortSignal
  readonly threads?: number
  /** Rows done so far. */
  readonly progress?: (rows: number) => void
}

export type RuleOutcome<Answer> =
  | { readonly kind: 'done'; readonly answer: Answer }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'out-of-time' }

const THREADS = 2
/** A multiple of the rows of a slice; small enough that progress moves and the last pieces are shared. */
const PIECE = 64 * 4096

/** Throws when a thread fails; a block that lies in memory of its own is copied, one in shared memory is not. */
export async function evaluateAside<Work extends RuleWork>(work: Work, run: RuleRun): Promise<RuleOutcome<RuleAnswers[Work['kind']]>> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort('out-of-time'), run.timeLimit)
  const cancelled = (): void => stop.abort('cancelled')
  run.cancel?.addEventListener('abort', cancelled)
  if (run.cancel?.aborted === true) cancelled()
  const threads = stop.signal.aborted ? [] : Array.from({ length: run.threads ?? THREADS }, () => startThread(work, stop.signal))
  try {
    stop.signal.throwIfAborted()
    await share(threads, run, stop.signal)
    const sums = await Promise.all(threads.map(async (thread) => await thread.ask({ kind: 'end' })))
    const answer = merge(
      work,
      sums.map((each) => (each as Extract<RuleReply, { readonly kind: 'sum' }>).sum),
    )
    return { kind: 'done', answer: answer as RuleAnswers[Work['kind']] }
  } catch (error) {
    const because: unknown = stop.signal.reason
    if (stop.signal.aborted && (because === 'cancelled' || because === 'out-of-time')) return { kind: because }
    throw error
  } finally {
    clearTimeout(timer)
    run.cancel?.removeEventListener('abort', cancelled)
    await Promise.all(threads.map(async (thread) => await thread.stop()))
  }
}

/** Each thread takes the next piece as soon as it is free; pieces are cut by whoever asks first. */
async function share(threads: readonly Thread[], { blocks, progress }: RuleRun, signal: AbortSignal): Promise<void> {
  const pieces = cut(blocks, signal)
  let done = 0
  try {
    const all = Promise.all(
      threads.map(async (thread) => {
        for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next()) {
          await thread.ask({ kind: 'rows', block: piece.value })
          done += piece.value.count
          progress?.(done)
        }
      }),
    )
    // Whoever waits for a source that hangs is let go when the run is stopped.
    await Promise.race([all, stopped(signal)])
  } finally {
    // Not awaited: a source that hangs must not keep a run that was stopped.
    void pieces.return(undefined).catch(() => undefined)
  }
}

async function stopped(signal: AbortSignal): Promise<never> {
  return await new Promise((_, fail) => {
    const stop = (): void => fail(new Error('The run was stopped.'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

async function* cut(blocks: RuleRun['blocks'], signal: AbortSignal): AsyncGenerator<ColumnBlock> {
  for await (const block of blocks) {
    for (let from = 0; from < block.count; from += PIECE) {
      if (signal.aborted) return
      yield sliceBlock(block, from, Math.min(from + PIECE, block.count))
    }
  }
}

function merge(work: RuleWork, sums: readonly RuleAnswers[keyof RuleAnswers][]): RuleAnswers[keyof RuleAnswers] {
  if (work.kind === 'tally') {
    return (sums as readonly (readonly Tally[])[]).reduce((into, part) => into.map((tally, index) => addTally(tally, part[index] as Tally)))
  }
  const tally = emptyTally(work.question.running.length)
  for (const sum of sums as readonly WhatIfTally[]) mergeTally(tally, sum)
  return tally
}

interface Thread {
  ask(request: RuleRequest): Promise<RuleReply>
  stop(): Promise<void>
}

/** Asked one thing at a time; ends at once when the run is stopped. */
function startThread(work: RuleWork, signal: AbortSignal): Thread {
  const worker = new Worker(new URL('./rule-worker.ts', import.meta.url), { workerData: work })
  let ended: Error | undefined
  let waiting: { give(reply: RuleReply): void; fail(error: Error): void } | undefined
  const end = (error: Error): void => {
    ended ??= error
    waiting?.fail(ended)
    waiting = undefined
  }
  const stop = (): void => end(new Error('The run was stopped.'))
  signal.addEventListener('abort', stop)
  worker.on('message', (reply: RuleReply) => {
    if (reply.kind === 'failed') return end(new Error(reply.because))
    waiting?.give(reply)
    waiting = undefined
  })
  worker.on('error', end)
  worker.on('exit', () => end(new Error('The thread ended.')))
  return {
    ask: async (request) =>
      await new Promise((give, fail) => {
        if (ended !== undefined) return fail(ended)
        waiting = { give, fail }
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(request)
      }),
    stop: async () => {
      signal.removeEventListener('abort', stop)
      await worker.terminate()
    },
  }
}
