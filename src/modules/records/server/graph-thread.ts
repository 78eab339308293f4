/** Collapsing many relations away from the main thread, which answers others meanwhile; few are collapsed where they are. The columns are shared, not copied. */
import { Worker } from 'node:worker_threads'
import { type Collapsed, collapse } from './graph-build.ts'
import type { RelationColumns } from './graph-columns.ts'

const FEW = 50_000

export interface CollapseWork {
  readonly columns: RelationColumns
  readonly standsFor: Int32Array
}
export type CollapseReply = { readonly ok: true; readonly answer: Collapsed } | { readonly ok: false; readonly because: string }

export async function collapseAside(columns: RelationColumns, standsFor: Int32Array): Promise<Collapsed> {
  if (columns.edgeCount <= FEW) return collapse(columns, standsFor)
  const work: CollapseWork = { columns, standsFor }
  const worker = new Worker(new URL('./graph-worker.ts', import.meta.url), { workerData: work })
  try {
    const reply = await new Promise<CollapseReply>((give, fail) => {
      worker.once('message', give)
      worker.once('error', fail)
      worker.once('exit', () => fail(new Error('The thread ended without an answer.')))
    })
    if (!reply.ok) throw new RangeError(reply.because)
    return reply.answer
  } finally {
    await worker.terminate()
  }
}
