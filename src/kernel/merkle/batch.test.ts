import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batchOf, rootOf } from './batch.ts'

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const leaves = fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 70 })

it('hashes as RFC 6962 does: the empty leaf alone', () => {
  expect(Buffer.from(batchOf([new Uint8Array()], hash).root).toString('hex')).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  )
})

it('binds each leaf to its place', () => {
  fc.assert(
    fc.property(leaves, fc.nat(), (all, seed) => {
      const { root, paths } = batchOf(all, hash)
      const index = seed % all.length
      const [leaf, path] = [all[index] ?? new Uint8Array(), paths[index] ?? []]
      const own = { leaf, index, size: all.length, path }
      expect(rootOf(own, hash)).toEqual(root)
      const isRoot = (other: Partial<typeof own>) => {
        const found = rootOf({ ...own, ...other }, hash)
        return found !== undefined && Buffer.from(found).equals(Buffer.from(root))
      }
      expect(isRoot({ leaf: Uint8Array.of(...leaf, 1) })).toBe(false)
      expect(isRoot({ path: [...path, new Uint8Array(32)] })).toBe(false)
      expect(isRoot({ index: -1 })).toBe(false)
      expect(isRoot({ index: all.length })).toBe(false)
      if (path.length > 0) {
        expect(isRoot({ path: path.slice(1) })).toBe(false)
        expect(isRoot({ path: [Uint8Array.from(path[0] ?? [], (byte, at) => (at === 0 ? byte ^ 1 : byte)), ...path.slice(1)] })).toBe(false)
      }
    }),
  )
})

it('refuses an empty batch', () => {
  expect(() => batchOf([], hash)).toThrow(RangeError)
})
