/** What a part of a cross-reference keeps: what fits, and what shares a number under whatever name. */
import { expect, it } from 'vitest'
import { THRESHOLDS } from '#kernel/match/record-score.ts'
import { createShard } from './crossref-shard.ts'

const vessel = (name: string, imoNumber: string) => JSON.stringify(Object.entries({ name, imoNumber }))

it('keeps a pair with one valid number under other names, and none with a number whose check digit is wrong', () => {
  const shard = createShard()
  const [renamed, slip] = [vessel('GOLDEN STAR', 'IMO 9777204'), vessel('GOLDEN STAR', 'IMO 9777205')]
  shard.add([
    ['b2', 'Vessel', renamed, false],
    ['b4', 'Vessel', slip, false],
  ])
  shard.build()
  const asked = { preset: 'balanced', least: THRESHOLDS.balanced * 0.8 } as const
  const { pairs } = shard.compare([['a1', 'Vessel', [vessel('MSC ANNA', '9777204')]]], asked)
  expect(pairs.map(([left, right]) => [left, right])).toEqual([['a1', 'b2']])
  expect(pairs[0]?.[2]).toBeLessThan(asked.least)
  expect(shard.compare([['a2', 'Vessel', [vessel('MSC ANNA', '9777205')]]], asked).pairs).toEqual([])
})
