/** The thread behind `graph-thread.ts`: one piece of work, one answer. */
import { parentPort, workerData } from 'node:worker_threads'
import { collapse } from './graph-build.ts'
import type { CollapseReply, CollapseWork } from './graph-thread.ts'

function reply(): CollapseReply {
  const { columns, standsFor } = workerData as CollapseWork
  try {
    return { ok: true, answer: collapse(columns, standsFor) }
  } catch (error) {
    return { ok: false, because: error instanceof Error ? error.message : String(error) }
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
parentPort?.postMessage(reply())
