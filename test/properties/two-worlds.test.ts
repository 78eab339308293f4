/**
 * Non-interference over every route: two worlds differ only in what was never released to a viewer. Whatever the viewer asks, in whatever way, the
 * answers of both worlds are the same, byte for byte once ids and instants of the viewer's own things are blotted out. What is tried on each route
 * stands in `two-worlds.fixture.ts`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliverDocument, issueAlert, listAlerts, openChannel, uploadDocument } from '#modules/cargo/contract'
import { whoAmI } from '#modules/identity/contract'
import { draftOf } from '../stories/draft.ts'
import { SECRET_PLAN } from './cargo-world.fixture.ts'
import { answers, antwerpFile, isForHeads, key, patiently, rested, routes, TRIES, type World, world } from './two-worlds.fixture.ts'

/** A test may wait until a node answers again. */
const ROOM = { timeout: 300_000 }
let worlds: readonly [World, World]

beforeAll(async () => {
  worlds = await Promise.all([world(false), world(true)])
})
afterAll(async () => {
  await Promise.all(worlds.map(async ({ coalition }) => await coalition.stop()))
})

it('tries every route of the node', () => {
  expect(routes.map(({ id }) => id).sort()).toEqual(Object.keys(TRIES).sort())
})

describe.each(['zeebrugge', 'belgium', 'terminal'])('for %s both worlds are one', (account) => {
  it.each(routes.map((spec) => [spec.id, spec] as const))('(L2) (L6) at %s', ROOM, async (_id, spec) => {
    expect(await answers(worlds[1], account, spec)).toEqual(await answers(worlds[0], account, spec))
  })

  it('(L3) when a file comes in that another desk already holds', ROOM, async () => {
    if (account === 'terminal' || antwerpFile === undefined) return
    const given = []
    const { bytes } = antwerpFile
    for (const at of worlds)
      given.push(
        await patiently(async () => await (await at.coalition.client(account)).upload(uploadDocument, { name: 'again.edi' }, bytes)),
      )
    expect(given[1]).toEqual(given[0])
  })
})

it('(L3) when a machine delivers a file that another desk already holds', ROOM, async () => {
  const given = []
  for (const at of worlds) given.push(await deliveredTo(at, 'zeebrugge-lead'))
  expect(given[0]).toMatch(/^202 .*"known":false/)
  expect(given[1]).toEqual(given[0])
})

/** The answer to a machine that comes by a channel of this desk with a file of Antwerp. */
async function deliveredTo({ coalition }: World, account: string): Promise<string> {
  const client = await coalition.client(account)
  const { token } = await patiently(async () => await client.call(openChannel, { title: 'Own machine', days: 2 }))
  const answer = await patiently(
    async () =>
      await fetch(`${coalition.node('be-antwerp').url}/api/${deliverDocument.path}?name=machine.edi`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'x-breakwater': '1', 'content-type': 'application/octet-stream' },
        body: Buffer.from(SECRET_PLAN),
      }),
  )
  return `${answer.status} ${await answer.text()}`
}

// What only the head of a desk may: an officer of it gets the same refusal in both worlds.
it.each(routes.filter(({ permission }) => isForHeads(permission)).map((spec) => [spec.id, spec] as const))(
  '(L2) (L6) both worlds are one for the head of a desk at %s',
  ROOM,
  async (_id, spec) => {
    expect(await answers(worlds[1], 'zeebrugge-lead', spec)).toEqual(await answers(worlds[0], 'zeebrugge-lead', spec))
  },
)

it.each([
  'cargo.listAlerts',
  'cargo.listDeclarationMappings',
  'cargo.listReroutes',
  'records.search',
  'records.showRecord',
  'records.expandGraph',
  'records.listJudgements',
  'alliance.listChains',
  'targeting.listQueue',
])('sees the difference where there is one: the comparison is not blind at %s', ROOM, async (id) => {
  const spec = routes.find((each) => each.id === id)
  if (spec === undefined) throw new Error('no route')
  expect(await answers(worlds[1], 'antwerp', spec)).not.toEqual(await answers(worlds[0], 'antwerp', spec))
})

it('(L7) wakes no screen of a desk that an alert is not for', ROOM, async () => {
  const { coalition } = worlds[1]
  // Files that came in before are a matter of the desk's own.
  await rested(worlds[1])
  const guayaquil = await coalition.client('guayaquil')
  const antwerp = await coalition.client('antwerp')
  const listen = async (account: string): Promise<{ readonly seen: string[]; readonly stop: () => void }> => {
    const seen: string[] = []
    const stop = new AbortController()
    const client = await coalition.client(account)
    await patiently(async () => await client.call(whoAmI, {}))
    const stream = await client.events(stop.signal)
    void (async () => {
      for await (const part of stream) seen.push(Buffer.from(part).toString())
    })().catch(() => undefined)
    return { seen, stop: () => stop.abort() }
  }
  const [told, untold] = [await listen('antwerp'), await listen('zeebrugge')]
  const { alert } = await guayaquil.call(issueAlert, { draft: draftOf(coalition), key: key() })
  await coalition.eventually(
    async () => (await patiently(async () => await antwerp.call(listAlerts, {}))).items,
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
