/**
 * A small tree over statements that are signed together: one signature over the root, and for each statement the path that binds it to the root, so
 * that each can be shown alone.
 */
import { type Hash, leafHash } from './hashing.ts'
import { inclusionRanges, rootFrom } from './proof.ts'
import { grow, joinSubtrees, rootOfEdge, subtreesOf } from './tree.ts'

export type { Hash }

export interface Batch {
  readonly root: Uint8Array
  /** For each leaf, the siblings from the leaf upward. */
  readonly paths: readonly (readonly Uint8Array[])[]
}

export function batchOf(leaves: readonly Uint8Array[], hash: Hash): Batch {
  if (leaves.length === 0) throw new RangeError('A batch has at least one leaf.')
  const { added, edge, size } = grow({ size: 0, edge: [] }, leaves, hash)
  const nodes = new Map(added.map((node) => [`${node.level} ${node.index}`, node.hash]))
  const rootOfRange = (range: { readonly start: number; readonly end: number }): Uint8Array =>
    joinSubtrees(
      subtreesOf(range).flatMap(({ level, index }) => nodes.get(`${level} ${index}`) ?? []),
      hash,
    )
  return { root: rootOfEdge(edge, hash), paths: leaves.map((_, index) => inclusionRanges(index, size).map(rootOfRange)) }
}

export interface Membership {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** The root that a leaf and its path lead to; undefined when the path has not exactly the length that place and size demand. */
export function rootOf({ leaf, ...rest }: Membership, hash: Hash): Uint8Array | undefined {
  return rootFrom({ leafHash: leafHash(leaf, hash), ...rest }, hash)
}
