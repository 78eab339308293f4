/**
 * Older editions of the messages, each as what differs from the one above it, down from D23A: `found > put in its place`, everywhere it
 * occurs. An edition that shares too little with its successor is given whole.
 * `also`: directories with the same structure. Edition and successor alike: nothing to change.
 * Written by hand. Source: UN/EDIFACT directories D08A, D03B, D01B, D99A, D96A (V, a test compares where they are at hand); D15A, D13B,
 * D16A, D03A, D00B and D95B from comparisons of implementers' tables; that BAPLIE D13B has ATT for dangerous goods, from real load lists.
 */
import { CONTAINER_EDITIONS } from './container-editions.ts'
import { TRANSPORT_EDITIONS } from './transport-editions.ts'

export interface Edition {
  readonly directory: string
  readonly also?: readonly string[]
  readonly edits?: readonly string[]
  readonly structure?: string
}

/** Newest first. */
export type Editions = Readonly<Record<string, readonly Edition[]>>

export const EDITIONS: Editions = { ...TRANSPORT_EDITIONS, ...CONTAINER_EDITIONS }
