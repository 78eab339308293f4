/** The thread behind `crossref-threads.ts`: holds one part of the right side, answers one request after the other. */
import { parentPort } from 'node:worker_threads'
import { createShard } from './crossref-shard.ts'
import type { ThreadAnswer, ThreadRequest } from './crossref-threads.ts'

const shard = createShard()

function answer(request: ThreadRequest): ThreadAnswer {
  switch (request.kind) {
    case 'add':
      shard.add(request.rows)
      return { kind: 'added' }
    case 'build':
      return { kind: 'built', dropped: shard.build() }
    case 'compare':
      return { kind: 'compared', ...shard.compare(request.rows, request) }
  }
}

parentPort?.on('message', (request: ThreadRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
  parentPort?.postMessage(answer(request))
})
