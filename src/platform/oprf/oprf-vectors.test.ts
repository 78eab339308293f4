/** RFC 9497, Appendix A, in all three modes, and the bulk path beside it. Origin and licence: `conformance/rfc9497/README.md`. */
import { readFileSync } from 'node:fs'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { p256_oprf } from '@noble/curves/nist.js'
import { describe, expect, it } from 'vitest'
import { directEvaluation } from './bulk.ts'

interface Vector {
  readonly Batch: number
  readonly Blind: string
  readonly BlindedElement: string
  readonly EvaluationElement: string
  readonly Input: string
  readonly Info?: string
  readonly Output: string
  readonly Proof?: { readonly proof: string; readonly r: string }
}
interface Suite {
  readonly identifier: 'ristretto255-SHA512' | 'P256-SHA256'
  readonly mode: 0 | 1 | 2
  readonly seed: string
  readonly keyInfo: string
  readonly skSm: string
  readonly pkSm?: string
  readonly vectors: readonly Vector[]
}

const suites = JSON.parse(readFileSync(new URL('../../../conformance/rfc9497/vectors.json', import.meta.url), 'utf8')) as readonly Suite[]
const LIBRARY = { 'ristretto255-SHA512': ristretto255_oprf, 'P256-SHA256': p256_oprf }
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const many = (text: string) => text.split(',').map(bytes)
/** The vectors give the scalar; the library takes a source of random bytes and reduces them to that scalar (big or little end first by suite). */
const fixed =
  (identifier: Suite['identifier'], scalar: Uint8Array) =>
  (length = 64): Uint8Array<ArrayBuffer> => {
    const wide = new Uint8Array(length)
    // The library maps uniform bytes to 1 … order - 1: it reduces modulo order - 1 and adds one.
    const value = BigInt(`0x${hex(identifier === 'P256-SHA256' ? scalar : scalar.toReversed())}`) - 1n
    const digits = bytes(value.toString(16).padStart(length * 2, '0'))
    wide.set(identifier === 'P256-SHA256' ? digits : digits.toReversed())
    return wide
  }

it('covers two suites in three modes', () => {
  expect(suites.map(({ identifier, mode }) => `${identifier} ${mode}`).sort()).toEqual([
    'P256-SHA256 0',
    'P256-SHA256 1',
    'P256-SHA256 2',
    'ristretto255-SHA512 0',
    'ristretto255-SHA512 1',
    'ristretto255-SHA512 2',
  ])
})

describe.each(suites)('$identifier in mode $mode', (suite) => {
  const library = LIBRARY[suite.identifier]
  const secretKey = bytes(suite.skSm)
  const publicKey = bytes(suite.pkSm ?? '')
  const keyed = suite.mode === 0 ? library.oprf : suite.mode === 1 ? library.voprf : library.poprf(new Uint8Array())

  it('derives the key', () => {
    const keys = keyed.deriveKeyPair(bytes(suite.seed), bytes(suite.keyInfo))
    expect(hex(keys.secretKey)).toBe(suite.skSm)
    if (suite.pkSm !== undefined) expect(hex(keys.publicKey)).toBe(suite.pkSm)
  })

  it.each(suite.vectors.map((vector, index) => ({ index, vector })))('holds for vector $index', ({ vector }) => {
    const inputs = many(vector.Input)
    const blinds = many(vector.Blind)
    const proof = bytes(vector.Proof?.proof ?? '')
    const random = fixed(suite.identifier, bytes(vector.Proof?.r ?? '01'))
    const info = bytes(vector.Info ?? '')
    const poprf = library.poprf(info)
    const asked = inputs.map((input, index) => {
      const rng = fixed(suite.identifier, blinds[index] as Uint8Array)
      return suite.mode === 2
        ? { input, ...poprf.blind(input, publicKey, rng) }
        : { input, ...(suite.mode === 1 ? library.voprf.blind(input, rng) : library.oprf.blind(input, rng)) }
    })
    expect(asked.map(({ blind }) => hex(blind)).join(',')).toBe(vector.Blind)
    expect(asked.map(({ blinded }) => hex(blinded)).join(',')).toBe(vector.BlindedElement)
    const blinded = asked.map((each) => each.blinded)
    const evaluated = many(vector.EvaluationElement)
    const items = asked.map((each, index) => ({ ...each, evaluated: evaluated[index] as Uint8Array }))
    const outputs = vector.Output.split(',')
    if (suite.mode === 0) {
      expect(blinded.map((each) => hex(library.oprf.blindEvaluate(secretKey, each)))).toEqual(evaluated.map(hex))
      expect(items.map((each) => hex(library.oprf.finalize(each.input, each.blind, each.evaluated)))).toEqual(outputs)
    } else if (suite.mode === 1) {
      const answer = library.voprf.blindEvaluateBatch(secretKey, publicKey, blinded, random)
      expect(answer.evaluated.map(hex)).toEqual(evaluated.map(hex))
      expect(hex(answer.proof)).toBe(vector.Proof?.proof)
      expect(library.voprf.finalizeBatch(items, publicKey, proof).map(hex)).toEqual(outputs)
    } else {
      const answer = poprf.blindEvaluateBatch(secretKey, blinded, random)
      expect(answer.evaluated.map(hex)).toEqual(evaluated.map(hex))
      expect(hex(answer.proof)).toBe(vector.Proof?.proof)
      const tweakedKey = (asked[0] as { tweakedKey: Uint8Array }).tweakedKey
      expect(poprf.finalizeBatch(items, proof, tweakedKey).map(hex)).toEqual(outputs)
      expect(inputs.map((input) => hex(poprf.evaluate(secretKey, input)))).toEqual(outputs)
    }
  })
})

describe('the bulk path', () => {
  const suite = suites.find(({ identifier, mode }) => identifier === 'ristretto255-SHA512' && mode === 1) as Suite
  it.each(suite.vectors)('gives the outputs of mode 1 for $Input', async ({ Input, Output }) => {
    const evaluate = await directEvaluation(bytes(suite.skSm))
    expect(
      many(Input)
        .map((input) => hex(evaluate(input)))
        .join(','),
    ).toBe(Output)
  })
})
