/** The thread behind `rule-threads.ts`: takes rows piece by piece, keeps its sums, gives them at the end. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ColumnBlock } from '#kernel/risk/column-block.ts'
import { addTally, evaluateColumns, type Tally } from '#kernel/risk/expression-columns.ts'
import { openWhatIf } from '#kernel/risk/what-if.ts'
import type { RuleAnswers, RuleReply, RuleRequest, RuleWork } from './rule-work.ts'

interface Sums {
  take(block: ColumnBlock): void
  sum(): RuleAnswers[keyof RuleAnswers]
}

function open(work: RuleWork): Sums {
  if (work.kind === 'what-if') {
    const run = openWhatIf(work.question)
    return { take: (block) => run.take(block, 0, block.count), sum: () => run.tally }
  }
  let tallies: readonly Tally[] = work.expressions.map(() => ({ rows: 0, fired: 0, unknown: 0 }))
  return {
    take: (block) => {
      const found = evaluateColumns(work.expressions, block)
      tallies = tallies.map((tally, index) => addTally(tally, found[index] as Tally))
    },
    sum: () => tallies,
  }
}

function reply(sums: Sums, request: RuleRequest): RuleReply {
  try {
    if (request.kind === 'end') return { kind: 'sum', sum: sums.sum() }
    sums.take(request.block)
    return { kind: 'taken' }
  } catch (error) {
    return { kind: 'failed', because: error instanceof Error ? error.message : String(error) }
  }
}

const sums = open(workerData as RuleWork)
parentPort?.on('message', (request: RuleRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
  parentPort?.postMessage(reply(sums, request))
})
