/**
 * A hash chain over events: each link is the hash of the link before and the canonical bytes of its event. Changing, dropping or swapping any
 * event changes every later link. The hash function is a parameter (lower-case hex of SHA-256 in this product).
 */
import { canonicalJson, type Json } from './canonical-json.ts'

/** The link before the first event. */
export const GENESIS = '0'.repeat(64)

export function nextLink(previous: string, event: Json, hash: (text: string) => string): string {
  return hash(`${previous}\n${canonicalJson(event)}`)
}
