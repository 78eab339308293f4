import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createNodeMarks } from './node-marks.ts'

it('gives the mark last set, and 0 for every other node, as a Map would, while it grows and after it is cleared', () => {
  const anyRun = fc.integer({ min: 1, max: 5000 }).chain((nodeCount) =>
    fc.record({
      nodeCount: fc.constant(nodeCount),
      rounds: fc.array(
        fc.array(
          fc.tuple(
            fc.nat(nodeCount - 1),
            fc.integer({ min: -1, max: 2 ** 31 - 1 }).filter((mark) => mark !== 0),
          ),
          {
            maxLength: 1500,
            size: 'max',
          },
        ),
        { maxLength: 3 },
      ),
    }),
  )
  fc.assert(
    fc.property(anyRun, ({ nodeCount, rounds }) => {
      const marks = createNodeMarks(nodeCount)
      for (const round of rounds) {
        const oracle = new Map<number, number>()
        for (const [node, mark] of round) {
          marks.set(node, mark)
          oracle.set(node, mark)
        }
        const all = Array.from({ length: nodeCount }, (_, node) => node)
        expect(all.filter((node) => marks.get(node) !== (oracle.get(node) ?? 0))).toEqual([])
        marks.clear()
        expect(all.every((node) => marks.get(node) === 0)).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})

it('holds a mark for each of a million nodes', () => {
  const marks = createNodeMarks(1_000_000)
  for (let node = 0; node < 1_000_000; node++) marks.set(node, node + 1)
  let wrong = 0
  for (let node = 0; node < 1_000_000; node++) if (marks.get(node) !== node + 1) wrong += 1
  expect(wrong).toBe(0)
})
