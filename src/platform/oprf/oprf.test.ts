/** The verifiable function as the product uses it: whole batches or nothing, and sets that tell nothing but their padded size. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { directEvaluation } from './bulk.ts'
import { blindInputs, evaluateBlinded, finalizeAll, makeOprfKeys, OprfRefused } from './oprf.ts'
import { buildTagSet, findHandle, paddedSize, ROW_BYTES, SMALLEST_SET } from './tag-set.ts'
import { inThread } from './thread.ts'

const keys = makeOprfKeys()
const bytes = (text: string) => new TextEncoder().encode(text)
const inputs = ['container|MSKU1', 'container|MSKU2', 'container|MSKU3'].map(bytes)
const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof OprfRefused) return error.code
    throw error
  }
  return 'nothing was refused'
}

describe('a batch', () => {
  it('gives what the owner computes alone, whatever the inputs', async () => {
    const evaluate = await directEvaluation(keys.secretKey)
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { minLength: 1, maxLength: 3 }), (some) => {
        const asked = blindInputs(some)
        const answer = evaluateBlinded(
          keys,
          asked.map(({ blinded }) => blinded),
        )
        const outputs = finalizeAll(asked, { ...answer, publicKey: keys.publicKey })
        expect(outputs.map((output) => Buffer.from(output).toString('hex'))).toEqual(
          some.map((input) => Buffer.from(evaluate(input)).toString('hex')),
        )
      }),
      { numRuns: 8 },
    )
  })

  it('is refused whole when it was evaluated under another key, or one element of it was', () => {
    const other = makeOprfKeys()
    const asked = blindInputs(inputs)
    const blinded = asked.map((each) => each.blinded)
    const right = evaluateBlinded(keys, blinded)
    const foreign = evaluateBlinded(other, blinded)
    expect(codeOf(() => finalizeAll(asked, { ...foreign, publicKey: keys.publicKey }))).toBe('oprf.proof')
    const mixed = [right.evaluated[0], right.evaluated[1], foreign.evaluated[2]] as Uint8Array[]
    expect(codeOf(() => finalizeAll(asked, { evaluated: mixed, proof: right.proof, publicKey: keys.publicKey }))).toBe('oprf.proof')
    const swapped = [right.evaluated[1], right.evaluated[0], right.evaluated[2]] as Uint8Array[]
    expect(codeOf(() => finalizeAll(asked, { evaluated: swapped, proof: right.proof, publicKey: keys.publicKey }))).toBe('oprf.proof')
  })

  it('is refused when its form is wrong', () => {
    const asked = blindInputs(inputs)
    const answer = {
      ...evaluateBlinded(
        keys,
        asked.map((each) => each.blinded),
      ),
      publicKey: keys.publicKey,
    }
    expect(codeOf(() => evaluateBlinded(keys, []))).toBe('oprf.batch')
    expect(codeOf(() => evaluateBlinded(keys, [new Uint8Array(32)]))).toBe('oprf.element')
    expect(codeOf(() => evaluateBlinded(keys, [new Uint8Array(31).fill(1)]))).toBe('oprf.element')
    expect(codeOf(() => evaluateBlinded(keys, [new Uint8Array(32).fill(255)]))).toBe('oprf.element')
    expect(codeOf(() => finalizeAll(asked, { ...answer, evaluated: answer.evaluated.slice(1) }))).toBe('oprf.batch')
    expect(codeOf(() => finalizeAll(asked, { ...answer, proof: answer.proof.slice(1) }))).toBe('oprf.batch')
  })

  it('shows the owner nothing of the input: two blindings of one input differ', () => {
    const [one, other] = [...blindInputs([bytes('x')]), ...blindInputs([bytes('x')])]
    expect(one?.blinded).not.toEqual(other?.blinded)
  })

  it('runs in a thread with the same answers and the same refusals', async () => {
    const asked = await inThread('blind', { inputs })
    const answer = await inThread('evaluate', { keys, blinded: asked.map((each) => each.blinded) })
    const outputs = await inThread('finalize', { asked, answer: { ...answer, publicKey: keys.publicKey } })
    expect(outputs).toEqual(await inThread('outputs', { secretKey: keys.secretKey, inputs }))
    await expect(inThread('finalize', { asked, answer: { ...answer, publicKey: makeOprfKeys().publicKey } })).rejects.toMatchObject({
      code: 'oprf.proof',
    })
  })
})

describe('a tag set', () => {
  const entry = () => ({ output: new Uint8Array(randomBytes(64)), handle: new Uint8Array(randomBytes(16)) })
  const random = (size: number) => new Uint8Array(randomBytes(size))

  it('has a power of two of rows, never fewer than the smallest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (rows) => {
        const size = paddedSize(rows)
        expect(Math.log2(size) % 1).toBe(0)
        expect(size >= rows && size >= SMALLEST_SET && (size === SMALLEST_SET || size / 2 < rows)).toBe(true)
      }),
    )
    for (const count of [0, 1, 63, 64, 65, 129]) {
      const set = buildTagSet(Array.from({ length: count }, entry), random)
      expect(set.length).toBe(paddedSize(count) * ROW_BYTES)
    }
  })

  it('gives the handle to who has the output, and to nobody else', () => {
    const entries = Array.from({ length: 90 }, entry)
    const set = buildTagSet(entries, random)
    for (const { output, handle } of entries) expect(findHandle(set, output)).toEqual(handle)
    expect(findHandle(set, entry().output)).toBeUndefined()
    for (const { handle } of entries) expect(Buffer.from(set).includes(Buffer.from(handle))).toBe(false)
  })

  it('is sorted, so that its order says nothing of when or what was indexed', () => {
    const set = Buffer.from(buildTagSet(Array.from({ length: 70 }, entry), random))
    const rows = Array.from({ length: set.length / ROW_BYTES }, (_, at) => set.subarray(at * ROW_BYTES, (at + 1) * ROW_BYTES))
    expect(rows.map((row) => row.toString('hex'))).toEqual(rows.toSorted(Buffer.compare).map((row) => row.toString('hex')))
  })
})
