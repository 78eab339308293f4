import { expect, it } from 'vitest'
import type { Directory, DirectoryOrg } from './directory.ts'
import { linkFixture } from './link-fixture.ts'
import { neighbours } from './spread-directory.ts'

const { directory } = linkFixture()
const [model] = directory.orgs as [DirectoryOrg]

function coalitionOf(size: number): Directory {
  const name = (each: number) => String(each).padStart(4, '0')
  return {
    ...directory,
    orgs: Array.from({ length: size }, (_, each) => ({
      ...model,
      id: `org.${name(each)}`,
      nodes: model.nodes.map((node) => ({ ...node, id: `node-${name(each)}` })),
    })),
  }
}

/** Steps until everybody that runs was told, from one node. */
function stepsToAll(coalition: Directory, isDown: (org: string) => boolean): number {
  const nodeOf = new Map(coalition.orgs.map((org) => [org.id, org.nodes[0]?.id ?? '']))
  const told = new Set(['org.0000'])
  for (let steps = 0; steps < 100; steps += 1) {
    if (coalition.orgs.every(({ id }) => told.has(id) || isDown(id))) return steps
    const telling = [...told].filter((org) => !isDown(org))
    for (const next of telling.flatMap((org) => neighbours(coalition, nodeOf.get(org) ?? ''))) told.add(next)
  }
  return Number.POSITIVE_INFINITY
}

it('tells a thousand nodes in ten steps, each of them ten others', () => {
  const coalition = coalitionOf(1000)
  expect(coalition.orgs.every(({ nodes }) => neighbours(coalition, nodes[0]?.id ?? '').length === 10)).toBe(true)
  expect(stepsToAll(coalition, () => false)).toBeLessThanOrEqual(10)
})

it('still reaches everybody that runs when every third node is down', () => {
  expect(stepsToAll(coalitionOf(1000), (org) => Number(org.slice(-4)) % 3 === 1)).toBeLessThan(20)
})

it('tells nobody when it is alone, no organisation without a node, and none that is suspended', () => {
  expect(neighbours(coalitionOf(1), 'node-0000')).toEqual([])
  const [first, second, third] = coalitionOf(3).orgs as [DirectoryOrg, DirectoryOrg, DirectoryOrg]
  const some = { ...directory, orgs: [first, { ...second, nodes: [] }, { ...third, status: 'suspended' as const }] }
  expect(neighbours(some, 'node-0000')).toEqual([])
  expect(neighbours(some, 'node-0002')).toEqual([])
})
