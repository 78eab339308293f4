/** The thread behind `learn-thread.ts`: one piece of work, one answer. */
import { parentPort, workerData } from 'node:worker_threads'
import { learn } from './learn.ts'
import type { LearnReply, LearnWork } from './learn-thread.ts'

function reply(): LearnReply {
  const { cases, seed } = workerData as LearnWork
  try {
    return { ok: true, answer: learn(cases, seed) }
  } catch (error) {
    return { ok: false, because: error instanceof Error ? error.message : String(error) }
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
parentPort?.postMessage(reply())
