/** Learning away from the main thread, which answers others meanwhile. One piece of work, one answer, and an end to waiting for it. */
import { Worker } from 'node:worker_threads'
import type { LearnCase, Learning } from './learn.ts'

export interface LearnWork {
  readonly cases: readonly LearnCase[]
  readonly seed: number
}
export type LearnReply = { readonly ok: true; readonly answer: Learning } | { readonly ok: false; readonly because: string }

const LONGEST_MS = 15 * 60_000

export async function learnAside(work: LearnWork): Promise<Learning> {
  const worker = new Worker(new URL('./learn-worker.ts', import.meta.url), { workerData: work })
  let timer: NodeJS.Timeout | undefined
  try {
    const reply = await new Promise<LearnReply>((give, fail) => {
      worker.once('message', give)
      worker.once('error', fail)
      worker.once('exit', () => fail(new Error('The thread ended without an answer.')))
      timer = setTimeout(() => fail(new Error('Learning took too long.')), LONGEST_MS)
    })
    if (!reply.ok) throw new RangeError(reply.because)
    return reply.answer
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
