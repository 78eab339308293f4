/** The thread behind `thread.ts`: one piece of work, one answer. */
import { randomFillSync } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { directEvaluation } from './bulk.ts'
import { blindInputs, evaluateBlinded, finalizeAll, OprfRefused } from './oprf.ts'
import { buildTagSet } from './tag-set.ts'
import type { OprfAnswers, OprfReply, OprfWork } from './thread.ts'

type Steps = { readonly [Kind in keyof OprfWork]: (work: OprfWork[Kind]) => Promise<OprfAnswers[Kind]> }

const STEPS: Steps = {
  blind: async ({ inputs }) => blindInputs(inputs),
  evaluate: async ({ keys, blinded }) => evaluateBlinded(keys, blinded),
  finalize: async ({ asked, answer }) => finalizeAll(asked, answer),
  outputs: async ({ secretKey, inputs }) => inputs.map(await directEvaluation(secretKey)),
  tagSet: async ({ entries }) => buildTagSet(entries, (size) => randomFillSync(new Uint8Array(size))),
}

async function reply(): Promise<OprfReply> {
  const { kind, work } = workerData as { readonly kind: keyof OprfWork; readonly work: never }
  try {
    return { ok: true, answer: await STEPS[kind](work) }
  } catch (error) {
    if (error instanceof OprfRefused) return { ok: false, code: error.code }
    throw error
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- the port of a thread has no origin
parentPort?.postMessage(await reply())
