/**
 * A growing Merkle tree kept as its full subtrees: node (level, index) covers the 2^level leaves from index × 2^level. Nothing stored is ever
 * changed; a root and every proof are put together from stored nodes. Sizes up to 2^53. Source: RFC 6962 section 2.1, RFC 9162 section 2.1.
 */
import { type Hash, leafHash, nodeHash } from './hashing.ts'

export interface NodeId {
  readonly level: number
  readonly index: number
}

export interface TreeNode extends NodeId {
  readonly hash: Uint8Array
}

/** Leaves from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The full subtrees that cover a range from left to right; for a range that some proof asks for they are stored. */
export function subtreesOf({ start, end }: Range): readonly NodeId[] {
  const nodes: NodeId[] = []
  let at = start
  while (at < end) {
    let level = 0
    let width = 1
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2
      level += 1
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** The root over adjacent subtrees, largest first as `subtreesOf` gives them. */
export function joinSubtrees(hashes: readonly Uint8Array[], hash: Hash): Uint8Array {
  const last = hashes.at(-1)
  if (last === undefined) return hash(new Uint8Array())
  return hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right, hash), last)
}

export interface Growth {
  /** Every full subtree that the new leaves completed, leaves included. */
  readonly added: readonly TreeNode[]
  /** The subtrees of the whole tree after it. */
  readonly edge: readonly TreeNode[]
  readonly size: number
}

/** Appends leaves; costs as many hashes as there are new nodes, whatever the size of the tree. */
export function grow(
  from: { readonly size: number; readonly edge: readonly TreeNode[] },
  leaves: readonly Uint8Array[],
  hash: Hash,
): Growth {
  const edge = [...from.edge]
  const added: TreeNode[] = []
  let { size } = from
  for (const leaf of leaves) {
    let node: TreeNode = { level: 0, index: size, hash: leafHash(leaf, hash) }
    added.push(node)
    while (edge.at(-1)?.level === node.level) {
      const left = edge.pop() as TreeNode
      node = { level: node.level + 1, index: left.index / 2, hash: nodeHash(left.hash, node.hash, hash) }
      added.push(node)
    }
    edge.push(node)
    size += 1
  }
  return { added, edge, size }
}

export function rootOfEdge(edge: readonly TreeNode[], hash: Hash): Uint8Array {
  return joinSubtrees(
    edge.map((node) => node.hash),
    hash,
  )
}
