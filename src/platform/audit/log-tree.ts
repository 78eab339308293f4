/** The tree of the log in the store: sealed entries, full subtrees, roots and proofs. Reading a proof costs one query of about 2·log₂(size) rows. */
import { sql } from 'kysely'
import { consistencyRanges, inclusionRanges } from '#kernel/merkle/proof.ts'
import { joinSubtrees, type NodeId, type Range, subtreesOf, type TreeNode } from '#kernel/merkle/tree.ts'
import type { Tx } from '#platform/store/database.ts'
import { sha256 } from './log-key.ts'

export async function treeSize(tx: Tx): Promise<number> {
  const { rows } = await sql<{ size: string }>`select coalesce(max(idx) + 1, 0) as size from audit.leaves`.execute(tx)
  return Number(rows[0]?.size ?? 0)
}

/** The subtrees of the tree of this size, largest first. */
export async function edgeAt(tx: Tx, size: number): Promise<readonly TreeNode[]> {
  const wanted = subtreesOf({ start: 0, end: size })
  const hashes = await readNodes(tx, wanted)
  return wanted.map((node) => ({ ...node, hash: hashes(node) }))
}

export async function rootAt(tx: Tx, size: number): Promise<Uint8Array> {
  return joinSubtrees(
    (await edgeAt(tx, size)).map((node) => node.hash),
    sha256,
  )
}

export async function inclusionPath(tx: Tx, index: number, size: number): Promise<readonly Uint8Array[]> {
  return await rootsOf(tx, inclusionRanges(index, size))
}

export async function consistencyPath(tx: Tx, first: number, second: number): Promise<readonly Uint8Array[]> {
  return await rootsOf(tx, consistencyRanges(first, second))
}

async function rootsOf(tx: Tx, ranges: readonly Range[]): Promise<readonly Uint8Array[]> {
  const hashes = await readNodes(tx, ranges.flatMap(subtreesOf))
  return ranges.map((range) => joinSubtrees(subtreesOf(range).map(hashes), sha256))
}

async function readNodes(tx: Tx, nodes: readonly NodeId[]): Promise<(node: NodeId) => Uint8Array> {
  const { rows } = await sql<{ level: number; idx: string; hash: Buffer }>`
    select level, idx, hash from audit.nodes where (level, idx) in (select * from unnest(${nodes.map((node) => node.level)}::int[], ${nodes.map((node) => node.index)}::bigint[]))`.execute(
    tx,
  )
  const found = new Map(rows.map((row) => [`${row.level} ${row.idx}`, row.hash]))
  return ({ level, index }) => {
    const hash = found.get(`${level} ${index}`)
    if (hash === undefined) throw new Error(`The tree of the log lacks its node ${level}/${index}.`)
    return hash
  }
}
