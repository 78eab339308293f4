import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areEqual, type Hash } from './hashing.ts'
import { consistencyRanges, inclusionRanges, isConsistent, rootFrom } from './proof.ts'
import { grow, joinSubtrees, type Range, rootOfEdge, subtreesOf, type TreeNode } from './tree.ts'

const hash: Hash = (bytes) => createHash('sha256').update(bytes).digest()
const bytes = (text: string) => Buffer.from(text, 'base64')

interface Vectors {
  readonly inclusion: readonly {
    name: string
    leafIdx: number
    treeSize: number
    root: string
    leafHash: string
    proof: string[] | null
    wantErr: boolean
  }[]
  readonly consistency: readonly {
    name: string
    size1: number
    size2: number
    root1: string
    root2: string
    proof: string[] | null
    wantErr: boolean
  }[]
}
const vectors = JSON.parse(readFileSync(new URL('../../../conformance/rfc6962/vectors.json', import.meta.url), 'utf8')) as Vectors

describe('public vectors', () => {
  it.each(vectors.inclusion)('$name', ({ leafIdx, treeSize, root, leafHash, proof, wantErr }) => {
    const found = rootFrom({ leafHash: bytes(leafHash), index: leafIdx, size: treeSize, path: (proof ?? []).map(bytes) }, hash)
    expect(found !== undefined && areEqual(found, bytes(root))).toBe(!wantErr)
  })
  it.each(vectors.consistency)('$name', ({ size1, size2, root1, root2, proof, wantErr }) => {
    expect(
      isConsistent(
        { first: size1, second: size2, firstRoot: bytes(root1), secondRoot: bytes(root2), path: (proof ?? []).map(bytes) },
        hash,
      ),
    ).toBe(!wantErr)
  })
})

function treeOf(size: number) {
  const leaves = Array.from({ length: size }, (_, index) => Uint8Array.of(index & 255, index >> 8))
  const nodes = new Map<string, Uint8Array>()
  let state: { size: number; edge: readonly TreeNode[] } = { size: 0, edge: [] }
  // In pieces, so that growing from an edge is tried too.
  for (let at = 0; at < size; at += 7) {
    const growth = grow(state, leaves.slice(at, at + 7), hash)
    for (const node of growth.added) nodes.set(`${node.level} ${node.index}`, node.hash)
    state = growth
  }
  const rootOfRange = (range: Range) =>
    joinSubtrees(
      subtreesOf(range).map(({ level, index }) => nodes.get(`${level} ${index}`) as Uint8Array),
      hash,
    )
  return { nodes, rootOfRange, edge: state.edge, root: rootOfEdge(state.edge, hash) }
}

it('proves the inclusion of every leaf in every size of tree', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (size, seed) => {
      const { nodes, rootOfRange, root } = treeOf(size)
      const index = seed % size
      const path = inclusionRanges(index, size).map(rootOfRange)
      const own = { leafHash: nodes.get(`0 ${index}`) as Uint8Array, index, size, path }
      expect(rootFrom(own, hash)).toEqual(root)
      expect(rootFrom({ ...own, path: [...path, root] }, hash)).toBeUndefined()
      if (path.length > 0) expect(rootFrom({ ...own, path: path.slice(1) }, hash)).toBeUndefined()
      const other = (index + 1) % size
      if (other !== index) expect(rootFrom({ ...own, leafHash: nodes.get(`0 ${other}`) as Uint8Array }, hash)).not.toEqual(root)
    }),
  )
})

it('proves the consistency of every pair of sizes up to 64, and of no other', () => {
  const whole = treeOf(64)
  const rootAt = (size: number) => whole.rootOfRange({ start: 0, end: size })
  for (let first = 1; first <= 64; first++)
    for (let second = first; second <= 64; second++) {
      const path = consistencyRanges(first, second).map(whole.rootOfRange)
      const own = { first, second, firstRoot: rootAt(first), secondRoot: rootAt(second), path }
      expect(isConsistent(own, hash), `${first} ${second}`).toBe(true)
      expect(isConsistent({ ...own, firstRoot: hash(own.firstRoot) }, hash)).toBe(false)
      if (first < second) expect(isConsistent({ ...own, secondRoot: hash(own.secondRoot) }, hash)).toBe(false)
      expect(isConsistent({ ...own, path: [...path, own.firstRoot] }, hash)).toBe(false)
      if (path.length > 0) expect(isConsistent({ ...own, path: path.slice(0, -1) }, hash)).toBe(false)
    }
})
