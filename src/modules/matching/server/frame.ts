/**
 * Frames: what a query, an answer and a result carry. Every frame has the same length, whatever it holds, so that the size of a sealed message tells
 * neither keys nor hits; a refusal is one fixed frame, whatever the reason.
 */
import { ELEMENT_BYTES, PROOF_BYTES } from '#platform/oprf/oprf.ts'
import { MOST_KEYS } from '../contract.ts'

const HEAD = 2
export const FRAME_BYTES = HEAD + MOST_KEYS * ELEMENT_BYTES + PROOF_BYTES
const GIVEN = 1

export interface Frame {
  /** Each of at most 32 bytes; shorter ones are filled with zeros. */
  readonly slots: readonly Uint8Array[]
  readonly proof?: Uint8Array
}

export const REFUSAL: Buffer = Buffer.alloc(FRAME_BYTES)

export function packFrame({ slots, proof }: Frame): Buffer {
  if (slots.length > MOST_KEYS) throw new Error('A frame has no room for so many.')
  const frame = Buffer.alloc(FRAME_BYTES)
  frame[0] = GIVEN
  frame[1] = slots.length
  slots.forEach((slot, at) => frame.set(slot, HEAD + at * ELEMENT_BYTES))
  if (proof !== undefined) frame.set(proof, FRAME_BYTES - PROOF_BYTES)
  return frame
}

/** Undefined for a refusal, and for anything that is no frame. */
export function readFrame(bytes: Uint8Array): Required<Frame> | undefined {
  const count = bytes[1] ?? 0
  if (bytes.length !== FRAME_BYTES || bytes[0] !== GIVEN || count === 0 || count > MOST_KEYS) return undefined
  return {
    slots: Array.from({ length: count }, (_, at) => bytes.slice(HEAD + at * ELEMENT_BYTES, HEAD + (at + 1) * ELEMENT_BYTES)),
    proof: bytes.slice(FRAME_BYTES - PROOF_BYTES),
  }
}
