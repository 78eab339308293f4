import { afterAll, beforeAll, expect, it } from 'vitest'
import { tellStory } from '../../src/app/demo/story.ts'
import { startCoalition, type TestCoalition } from '../../src/testing/coalition.ts'

let coalition: TestCoalition
beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['ec-guayaquil', 'es-algeciras', 'be-antwerp'] })
})
afterAll(async () => await coalition.stop())

it('goes from Guayaquil to Antwerp before gate-out', async () => {
  const told: string[] = []
  await tellStory({
    tell: ({ step, says }) => told.push(`${step}: ${says}`),
    eventually: coalition.eventually,
    now: () => coalition.clock.now(),
    cast: async () => ({
      guayaquil: await coalition.client('guayaquil'),
      algeciras: await coalition.client('algeciras'),
      antwerp: await coalition.client('antwerp'),
      zeebrugge: await coalition.client('zeebrugge'),
      terminal: await coalition.client('terminal'),
      antwerpDpo: await coalition.client('antwerp-dpo'),
    }),
  })
  expect(told.at(-1)).toContain('intact')
})
