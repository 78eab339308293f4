/** What a desk sees of its part of the index: its own keys and requesters, what waits, what the epoch holds; nothing of its neighbours. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCoalition, type TestCoalition } from '#testing/coalition.ts'
import type { Client } from '../../../app/client.ts'
import { entitle, indexKey, listEntries, listRequesters, rebuild, removeEntry, showIndex } from '../contract.ts'

let coalition: TestCoalition
let desk: Client
let neighbour: Client

const asset = async (client: Client) => (await client.call(showIndex, {})).items.find((each) => each.class === 'asset')

beforeAll(async () => {
  coalition = await startCoalition({ nodes: ['es-algeciras', 'be-antwerp'] })
  desk = await coalition.client('algeciras')
  neighbour = await coalition.client('spain')
})
afterAll(async () => await coalition.stop())

it('lists own keys as they are compared, page by page, newest first', async () => {
  for (const [record, value, policy] of [
    ['R-1', 'csqu 305438-3', 'open'],
    ['R-2', 'MSCU6639870', 'excluded'],
  ] as const)
    await desk.call(indexKey, { record, key: { type: 'container', value }, policy, category: 'asset' })
  const first = await desk.call(listEntries, { limit: 1 })
  const second = await desk.call(listEntries, { limit: 1, cursor: first.next ?? '' })
  expect([first, second].map(({ items }) => items.map(({ record, key, policy }) => `${record} ${key} ${policy}`))).toEqual([
    ['R-2 MSCU6639870 excluded'],
    ['R-1 CSQU3054383 open'],
  ])
  expect(second.next).toBeUndefined()
  expect((await desk.call(listEntries, { record: 'R-1' })).items.map(({ record }) => record)).toEqual(['R-1'])
})

it('says what waits for the next epoch, and since when the epoch holds a key; an excluded one never waits', async () => {
  expect(await asset(desk)).toEqual({ class: 'asset', keys: 2, waiting: 1 })
  await desk.call(entitle, { desk: 'be.customs.antwerp', quota: 40 })
  expect((await desk.call(listRequesters, {})).items).toMatchObject([{ desk: 'be.customs.antwerp', quota: 40 }])
  await desk.call(rebuild, {})
  const built = await coalition.eventually(
    async () => await asset(desk),
    (seen) => seen?.waiting === 0,
  )
  const { items } = await desk.call(listEntries, {})
  expect(items.map(({ record, builtAt }) => `${record} ${builtAt === undefined}`)).toEqual(['R-2 true', 'R-1 false'])
  expect(built?.builtAt).toBe(items[1]?.builtAt)
  expect((await desk.call(listRequesters, {})).items[0]?.sentAt).toBeDefined()
})

it('shows a neighbour of the same authority none of it', async () => {
  expect(await neighbour.call(listEntries, {})).toEqual({ items: [] })
  expect(await neighbour.call(listRequesters, {})).toEqual({ items: [] })
  expect(await asset(neighbour)).toEqual({ class: 'asset', keys: 0, waiting: 0 })
})

it('counts a key that was taken out as waiting until an epoch without it has begun', async () => {
  const { items } = await desk.call(listEntries, { record: 'R-1' })
  await desk.call(removeEntry, { entry: items[0]?.entry ?? '' })
  expect(await asset(desk)).toMatchObject({ keys: 1, waiting: 1 })
  await desk.call(rebuild, {})
  await coalition.eventually(
    async () => await asset(desk),
    (seen) => seen?.waiting === 0,
  )
  await desk.call(entitle, { desk: 'be.customs.antwerp', quota: 0 })
  expect((await desk.call(listRequesters, {})).items).toMatchObject([{ quota: 0 }])
})
