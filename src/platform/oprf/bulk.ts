/**
 * The owner's own outputs for many inputs: the same bytes as blinding, evaluating and finalising, without the blinding and the proof.
 * `@noble/curves` does some 400 a second; libsodium's compiled multiplication does thousands, so an index is rebuilt within a minute.
 * Source: RFC 9497, 3.3.1 (Evaluate) and 4.1; RFC 9380, 5.3.1 (expand_message_xmd), B (map to ristretto255).
 */
import { createHash } from 'node:crypto'
import sodium from 'libsodium-wrappers-sumo'
import { OprfRefused } from './oprf.ts'

const UNIFORM_BYTES = 64
const SHA512_BLOCK = 128
const DOMAIN = Buffer.concat([Buffer.from('HashToGroup-OPRFV1-'), Buffer.from([1]), Buffer.from('-ristretto255-SHA512')])
const DOMAIN_PRIME = Buffer.concat([DOMAIN, Buffer.from([DOMAIN.length])])
const PADDING = Buffer.alloc(SHA512_BLOCK)
const LENGTH_AND_ZERO = Buffer.from([0, UNIFORM_BYTES, 0])
const ONE = Buffer.from([1])
const FINALIZE = Buffer.from('Finalize')

export type DirectEvaluation = (input: Uint8Array) => Uint8Array

/** Waits for the compiled code, then evaluates one input at a time. */
export async function directEvaluation(secretKey: Uint8Array): Promise<DirectEvaluation> {
  await sodium.ready
  return (input) => {
    if (input.length > 0xffff) throw new OprfRefused('oprf.input')
    const element = sodium.crypto_scalarmult_ristretto255(secretKey, sodium.crypto_core_ristretto255_from_hash(uniformBytes(input)))
    return createHash('sha512').update(length(input)).update(input).update(length(element)).update(element).update(FINALIZE).digest()
  }
}

/** expand_message_xmd for one block of output: exactly what the map takes. */
function uniformBytes(input: Uint8Array): Uint8Array {
  const first = createHash('sha512').update(PADDING).update(input).update(LENGTH_AND_ZERO).update(DOMAIN_PRIME).digest()
  return createHash('sha512').update(first).update(ONE).update(DOMAIN_PRIME).digest()
}

function length(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(bytes.length >> 8, bytes.length & 0xff)
}
