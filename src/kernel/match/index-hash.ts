/**
 * Blocking keys as numbers of 32 bits. Two keys may share a number (one in 4,000 among a million): that adds a candidate that the score then refuses, it loses none.
 * Source: FNV-1a (G. Fowler, L. Noll, K. Vo), finished with the mixing of MurmurHash3 (A. Appleby), so that every bit counts.
 */
import type { BlockingKey } from './keys.ts'

export function keyHash({ kind, key }: BlockingKey): number {
  return hashOf(kind, key)
}

/** Kinds that only a store knows are hashed in the same way. */
export function hashOf(kind: string, key: string): number {
  return mixed(absorb(seedOf(kind), key))
}

/** Kinds are few, and each stands in front of a million keys. */
const seeds = new Map<string, number>()

function seedOf(kind: string): number {
  const before = seeds.get(kind)
  if (before !== undefined) return before
  const seed = Math.imul(absorb(SEED, kind) ^ 0x20, PRIME)
  seeds.set(kind, seed)
  return seed
}

export function textHash(text: string): number {
  return mixed(absorb(SEED, text))
}

const SEED = 0x811c9dc5
const PRIME = 0x01000193

function absorb(hash: number, text: string): number {
  let next = hash
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    next = Math.imul(next ^ (code & 0xff), PRIME)
    if (code > 0xff) next = Math.imul(next ^ (code >>> 8), PRIME)
  }
  return next
}

function mixed(hash: number): number {
  let next = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  next = Math.imul(next ^ (next >>> 13), 0xc2b2ae35)
  return (next ^ (next >>> 16)) >>> 0
}
