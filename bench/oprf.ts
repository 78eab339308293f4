/**
 * Hit/no-hit figures: blind evaluations with proof, and the tags of an index of 100,000 keys in one worker thread. The peer is the plain loop
 * of `@noble/curves` over the same inputs; its 100,000 are reckoned from a sample.
 */
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { blindInputs, evaluateBlinded, makeOprfKeys } from '../src/platform/oprf/oprf.ts'
import { inThread } from '../src/platform/oprf/thread.ts'
import type { BenchRow } from './bench-row.ts'

const KEYS = 100_000
const SAMPLE = 400
const BATCH = 64
const HANDLE = new Uint8Array(16)

export async function benchOprf(): Promise<BenchRow[]> {
  const keys = makeOprfKeys()
  const inputs = (count: number) => Array.from({ length: count }, (_, index) => new TextEncoder().encode(`container|MSKU${index}`))
  const blinded = blindInputs(inputs(BATCH)).map((each) => each.blinded)

  const ours = rate(BATCH * 4, () => {
    for (let round = 0; round < 4; round++) evaluateBlinded(keys, blinded)
  })
  const alone = rate(BATCH, () => {
    for (const each of blinded) ristretto255_oprf.voprf.blindEvaluate(keys.secretKey, keys.publicKey, each)
  })

  const begun = performance.now()
  const outputs = await inThread('outputs', { secretKey: keys.secretKey, inputs: inputs(KEYS) })
  await inThread('tagSet', { entries: outputs.map((output) => ({ output, handle: HANDLE })) })
  const seconds = (performance.now() - begun) / 1000
  const info = new Uint8Array()
  const direct = rate(SAMPLE, () => {
    // Mode 2 alone has a direct evaluation in the library: the same hash to the group, one multiplication, one inversion more.
    for (const input of inputs(SAMPLE)) ristretto255_oprf.poprf(info).evaluate(keys.secretKey, input)
  })
  return [
    {
      name: 'hit/no-hit: blind evaluation with one proof a batch of 64',
      ours,
      peer: alone,
      unit: 'evaluations/s',
      ratio: ours / alone,
      target: '≥ 300 evaluations/s',
    },
    {
      name: 'hit/no-hit: tags of 100,000 keys in one thread',
      ours: seconds,
      peer: KEYS / direct,
      unit: 's',
      ratio: KEYS / direct / seconds,
      target: '≤ 60 s',
    },
  ]
}

function rate(count: number, work: () => void): number {
  const begun = performance.now()
  work()
  return count / ((performance.now() - begun) / 1000)
}
