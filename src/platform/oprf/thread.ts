/**
 * Group arithmetic away from the main thread: a batch takes hundreds of milliseconds, an index tens of seconds, and a node must answer meanwhile.
 * Each piece of work gets a thread of its own, which ends with it and takes its secrets along.
 */
import { Worker } from 'node:worker_threads'
import { type Blinded, type Evaluated, type OprfKeys, OprfRefused } from './oprf.ts'
import type { TagSetEntry } from './tag-set.ts'

export interface OprfWork {
  readonly blind: { readonly inputs: readonly Uint8Array[] }
  readonly evaluate: { readonly keys: OprfKeys; readonly blinded: readonly Uint8Array[] }
  readonly finalize: { readonly asked: readonly Blinded[]; readonly answer: Evaluated & { readonly publicKey: Uint8Array } }
  readonly outputs: { readonly secretKey: Uint8Array; readonly inputs: readonly Uint8Array[] }
  readonly tagSet: { readonly entries: readonly TagSetEntry[] }
}

export interface OprfAnswers {
  readonly blind: readonly Blinded[]
  readonly evaluate: Evaluated
  readonly finalize: readonly Uint8Array[]
  readonly outputs: readonly Uint8Array[]
  readonly tagSet: Uint8Array
}

export type OprfReply = { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly code: string }

/** Throws `OprfRefused` as the functions themselves do. */
export async function inThread<Kind extends keyof OprfWork>(kind: Kind, work: OprfWork[Kind]): Promise<OprfAnswers[Kind]> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { kind, work } })
  try {
    const reply = await new Promise<OprfReply>((give, fail) => {
      worker.once('message', give)
      worker.once('error', fail)
      worker.once('exit', () => fail(new Error('The thread ended without an answer.')))
    })
    if (!reply.ok) throw new OprfRefused(reply.code)
    return reply.answer as OprfAnswers[Kind]
  } finally {
    await worker.terminate()
  }
}
