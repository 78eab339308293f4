/**
 * Verifiable oblivious pseudorandom function over ristretto255 with SHA-512 (RFC 9497, mode 1): the owner of a key evaluates what it cannot read,
 * and proves that it used the key it published. Invariants: a batch is finalised whole or not at all; the neutral element is no element.
 * The group is `@noble/curves`; tags in bulk: `bulk.ts`; off the main thread: `thread.ts`.
 */
import { ristretto255_oprf } from '@noble/curves/ed25519.js'

const { voprf } = ristretto255_oprf

export const ELEMENT_BYTES = 32
export const PROOF_BYTES = 64

export interface OprfKeys {
  readonly secretKey: Uint8Array
  readonly publicKey: Uint8Array
}

export interface Blinded {
  readonly input: Uint8Array
  /** Secret of the asker; without it the answer is worthless. */
  readonly blind: Uint8Array
  readonly blinded: Uint8Array
}

export interface Evaluated {
  readonly evaluated: readonly Uint8Array[]
  readonly proof: Uint8Array
}

/** Codes: `oprf.element`, `oprf.proof`, `oprf.batch`, `oprf.input`. */
export class OprfRefused extends Error {
  override readonly name = 'OprfRefused'
  readonly code: string
  constructor(code: string, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

export function makeOprfKeys(): OprfKeys {
  return voprf.generateKeyPair()
}

/** Blinds each input with a fresh scalar: two blindings of one input look unrelated. */
export function blindInputs(inputs: readonly Uint8Array[]): readonly Blinded[] {
  return inputs.map((input) => {
    try {
      return { input, ...voprf.blind(input) }
    } catch (error) {
      throw new OprfRefused('oprf.input', error)
    }
  })
}

/** Evaluates a batch under one key, with one proof for all of it. */
export function evaluateBlinded(keys: OprfKeys, blinded: readonly Uint8Array[]): Evaluated {
  if (blinded.length === 0) throw new OprfRefused('oprf.batch')
  blinded.forEach(checkElement)
  try {
    return voprf.blindEvaluateBatch(keys.secretKey, keys.publicKey, [...blinded])
  } catch (error) {
    throw new OprfRefused('oprf.element', error)
  }
}

/** Outputs in the order of the inputs. Throws `oprf.proof` when any element was not evaluated under the published key. */
export function finalizeAll(asked: readonly Blinded[], answer: Evaluated & { readonly publicKey: Uint8Array }): readonly Uint8Array[] {
  const { evaluated, proof, publicKey } = answer
  if (asked.length === 0 || evaluated.length !== asked.length || proof.length !== PROOF_BYTES) throw new OprfRefused('oprf.batch')
  evaluated.forEach(checkElement)
  try {
    return voprf.finalizeBatch(
      asked.map((each, index) => ({ ...each, evaluated: evaluated[index] as Uint8Array })),
      publicKey,
      proof,
    )
  } catch (error) {
    throw new OprfRefused('oprf.proof', error)
  }
}

function checkElement(element: Uint8Array): void {
  if (element.length !== ELEMENT_BYTES || element.every((byte) => byte === 0)) throw new OprfRefused('oprf.element')
}
