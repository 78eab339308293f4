/**
 * The trees of a forest as bytes, six for each node, because as text they would take ten times the room: four letters and a number of trees, then for each
 * tree the number of its nodes, their features, their cuts, and for each the right child or, in a leaf, the share found. Numbers are little-endian.
 * Reading refuses what is no such forest: a feature that does not exist, a child that does not lie further on, bytes too many or too few. So a walk over
 * trees that were read always ends.
 */
import { accept, type Parsed, refuse } from '../result/problem.ts'
import { LEAF, type Tree } from './forest-tree.ts'

const FORM = [0x42, 0x57, 0x46, 0x31]
const HEADER = 8

export function packTrees(trees: readonly Tree[]): Uint8Array {
  const size = trees.reduce((sum, { feature }) => sum + 4 + 6 * feature.length, HEADER)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  bytes.set(FORM)
  view.setUint32(4, trees.length, true)
  let at = HEADER
  for (const { feature, cut, right, share } of trees) {
    const nodes = feature.length
    view.setUint32(at, nodes, true)
    bytes.set(feature, at + 4)
    bytes.set(cut, at + 4 + nodes)
    const values = at + 4 + 2 * nodes
    for (let node = 0; node < nodes; node++) {
      if (feature[node] === LEAF) view.setFloat32(values + 4 * node, share[node] ?? 0, true)
      else view.setUint32(values + 4 * node, right[node] ?? 0, true)
    }
    at = values + 4 * nodes
  }
  return bytes
}

export function unpackTrees(bytes: Uint8Array, features: number): Parsed<readonly Tree[]> {
  const fault = (at: number, message: string) => refuse({ code: 'forest.bytes', at: `byte ${at}`, message })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER || FORM.some((byte, at) => bytes[at] !== byte)) return fault(0, 'The bytes are no forest.')
  const trees: Tree[] = []
  let at = HEADER
  for (let count = view.getUint32(4, true); count > 0; count--) {
    if (at + 4 > bytes.length) return fault(at, 'The bytes end before the last tree.')
    const nodes = view.getUint32(at, true)
    const values = at + 4 + 2 * nodes
    if (nodes === 0 || values + 4 * nodes > bytes.length) return fault(at, 'A tree has no node, or more than there are bytes.')
    const tree = readTree(view, { bytes, at: at + 4, nodes })
    const wrong = tree.feature.findIndex((_, node) => !isSound(tree, node, features))
    if (wrong >= 0) return fault(values + 4 * wrong, 'A node is neither a leaf with a share nor a cut with a child further on.')
    trees.push(tree)
    at = values + 4 * nodes
  }
  return at === bytes.length && trees.length > 0 ? accept(trees) : fault(at, 'The bytes go on after the last tree, or there is none.')
}

function readTree(view: DataView, of: { readonly bytes: Uint8Array; readonly at: number; readonly nodes: number }): Tree {
  const { bytes, at, nodes } = of
  const feature = bytes.slice(at, at + nodes)
  const [right, share] = [new Int32Array(nodes), new Float32Array(nodes)]
  for (let node = 0; node < nodes; node++) {
    const value = at + 2 * nodes + 4 * node
    if (feature[node] === LEAF) share[node] = view.getFloat32(value, true)
    else right[node] = view.getInt32(value, true)
  }
  return { feature, cut: bytes.slice(at + nodes, at + 2 * nodes), right, share }
}

function isSound({ feature, right, share }: Tree, node: number, features: number): boolean {
  const [of, child, part] = [feature[node] ?? LEAF, right[node] ?? 0, share[node] ?? Number.NaN]
  if (of === LEAF) return part >= 0 && part <= 1
  return of < features && child > node + 1 && child < feature.length
}
