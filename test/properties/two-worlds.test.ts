/**
 * Non-interference over every route: two worlds differ only in what was never released to a viewer. Whatever the viewer asks, in whatever way, the
 * answers of both worlds are the same, byte for byte once ids and instants of the viewer's own things are blotted out. What is tried on each route
 * stands in `two-worlds.fixture.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueAlert, listAlerts, uploadDocument } from '#modules/cargo/contract'
import { draftOf } from '../stories/draft.ts'
import { answers, antwerpFile, key, routes, TRIES, type World, world } from './two-worlds.fixture.ts'

let worlds: readonly [World, World]

beforeAll(async () => {
  worlds = [await world(false), await world(true)]
})
afterAll(async () => {
  for (const { coalition } of worlds) await coalition.stop()
})

it('tries every route of the node', () => {
  expect(routes.map(({ id }) => id).sort()).toEqual(Object.keys(TRIES).sort())
})

describe.each(['zeebrugge', 'belgium', 'terminal'])('for %s both worlds are one', (account) => {
  it.each(routes.map((spec) => [spec.id, spec] as const))('(L2) (L6) at %s', async (_id, spec) => {
    expect(await answers(worlds[1], account, spec)).toEqual(await answers(worlds[0], account, spec))
  })

  it('(L3) when a file comes in that another desk already holds', async () => {
    if (account === 'terminal' || antwerpFile === undefined) return
    const given = []
    for (const at of worlds)
      given.push(await (await at.coalition.client(account)).upload(uploadDocument, { name: 'again.edi' }, antwerpFile.bytes))
    expect(given[1]).toEqual(given[0])
  })
})

it.each(['cargo.listAlerts', 'records.search', 'records.showRecord', 'records.expandGraph', 'records.listJudgements'])(
  'sees the difference where there is one: the comparison is not blind at %s',
  async (id) => {
    const spec = routes.find((each) => each.id === id)
    if (spec === undefined) throw new Error('no route')
    expect(await answers(worlds[1], 'antwerp', spec)).not.toEqual(await answers(worlds[0], 'antwerp', spec))
  },
)

it('(L7) wakes no screen of a desk that an alert is not for', async () => {
  const { coalition } = worlds[1]
  const guayaquil = await coalition.client('guayaquil')
  const antwerp = await coalition.client('antwerp')
  const listen = async (account: string): Promise<{ readonly seen: string[]; readonly stop: () => void }> => {
    const seen: string[] = []
    const stop = new AbortController()
    const stream = await (await coalition.client(account)).events(stop.signal)
    void (async () => {
      for await (const part of stream) seen.push(Buffer.from(part).toString())
    })().catch(() => undefined)
    return { seen, stop: () => stop.abort() }
  }
  const [told, untold] = [await listen('antwerp'), await listen('zeebrugge')]
  const { alert } = await guayaquil.call(issueAlert, { draft: draftOf(coalition), key: key() })
  await coalition.eventually(
    async () => (await antwerp.call(listAlerts, {})).items,
    (items) => items.some((item) => item.alert === alert),
  )
  await coalition.eventually(
    async () => told.seen.join(''),
    (text) => text.includes('alerts'),
  )
  expect(untold.seen.join('')).not.toContain('topic')
  told.stop()
  untold.stop()
})
