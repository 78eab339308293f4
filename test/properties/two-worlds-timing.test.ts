/**
 * Non-interference beyond the bytes of an answer: what wakes a viewer's screen, and how long an answer takes. Times are compared between the two worlds
 * only, call by call in turns, by their lower quartile and within a bound that a doubled path breaks; a busy machine slows both alike.
 */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { releaseRight } from '#modules/alliance/contract'
import { issueAlert, listAlerts } from '#modules/cargo/contract'
import { createItem, listItems, recallItem } from '#modules/exchange/contract'
import { enterWatch } from '#modules/targeting/contract'
import type { RouteSpec } from '#platform/http/route.ts'
import type { Client } from '../../src/app/client.ts'
import { draftOf } from '../stories/draft.ts'
import { patiently, rested, routes, TRIES, type World, world } from './two-worlds.fixture.ts'

const VIEWER = 'zeebrugge'
/** A partner of the port: what its desk may ask nobody else may. */
const PARTNER = 'terminal'
const TURNS = 15
const ROUNDS = 4
/** A path that asks the store twice takes twice as long. */
const FACTOR = 1.5
const SLACK_MS = 0.5

let worlds: readonly [without: World, within: World]
beforeAll(async () => {
  worlds = await Promise.all([world(false), world(true)])
})
afterAll(async () => {
  await Promise.all(worlds.map(async ({ coalition }) => await coalition.stop()))
})

const draft = (desk: string) => ({
  title: 'Word from the quay',
  fields: [
    {
      id: 'what',
      label: 'What',
      value: 'a box stood apart',
      handling: { H: [], tlp: 'GREEN' as const, pap: 'CLEAR' as const, conditions: [] },
    },
  ],
  recipients: [desk],
  evaluation: { source: 'B' as const, info: 2 },
  legalBasis: { act: 'Coalition policy', art: 'information exchange' },
  personalData: { yes: false, categories: [] },
})

/** Topics in their order, without the beats that only keep the line open. */
async function listen(client: Client): Promise<{ topics(): readonly string[]; stop(): void }> {
  const seen: string[] = []
  const stop = new AbortController()
  const stream = await client.events(stop.signal)
  void (async () => {
    for await (const part of stream) seen.push(Buffer.from(part).toString())
  })().catch(() => undefined)
  return {
    topics: () => [...seen.join('').matchAll(/event: topic\ndata: (.*)\n/g)].map(([, topic]) => topic ?? ''),
    stop: () => stop.abort(),
  }
}

async function tellAntwerpEverything({ coalition }: World): Promise<void> {
  const [guayaquil, antwerp] = [await coalition.client('guayaquil'), await coalition.client('antwerp')]
  const { alert } = await guayaquil.call(issueAlert, { draft: draftOf(coalition), key: randomUUID() })
  await coalition.eventually(
    async () => (await antwerp.call(listAlerts, {})).items,
    (items) => items.some((each) => each.alert === alert),
  )
  const { item } = await guayaquil.call(createItem, { draft: draft('be.customs.antwerp'), key: randomUUID() })
  const stateOf = async () => (await antwerp.call(listItems, { side: 'received' })).items.find((each) => each.item === item)?.state
  await coalition.eventually(stateOf, (state) => state === 'held')
  await guayaquil.call(recallItem, { item, reason: 'incorrect', basis: 'policy of the unit', key: randomUUID() })
  await coalition.eventually(stateOf, (state) => state === 'recalled')
  const line = await coalition.client('line')
  const told = { container: 'MSCU6639870', voyage: 'TOLD 1N', port: 'BEANR' }
  await line.call(releaseRight, { ...told, to: 'be.forwarder.operations', key: randomUUID() })
  const days = (count: number) => new Date(coalition.clock.now().getTime() + count * 86_400_000).toISOString().slice(0, 10)
  await antwerp.call(enterWatch, {
    title: 'A box',
    why: 'Named in a request',
    terms: [{ kind: 'container', value: 'MSCU6639870' }],
    validFrom: days(0),
    validUntil: days(9),
    legalBasis: { act: 'Coalition policy', article: 'targeting' },
    case: 'C-1',
    key: randomUUID(),
  })
}

it('wakes a screen for what its desk is told, and for nothing else', async () => {
  const streams = []
  for (const at of worlds) {
    await rested(at)
    const stream = await listen(await at.coalition.client(VIEWER))
    streams.push(stream)
    if (at === worlds[1]) await tellAntwerpEverything(at)
    const guayaquil = await at.coalition.client('guayaquil')
    await guayaquil.call(createItem, { draft: draft('be.customs.zeebrugge'), key: randomUUID() })
    await at.coalition.eventually(
      async () => stream.topics(),
      (topics) => topics.includes('items'),
    )
    await at.coalition.quiet()
  }
  const [without, within] = streams.map((stream) => stream.topics())
  expect(within).toEqual(without)
  for (const stream of streams) stream.stop()
})

interface Asked {
  readonly viewer: string
  readonly name: string
  readonly spec: RouteSpec
  /** The same question in both worlds; what it names exists in one of them. */
  readonly inputs: readonly [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]
}

/** Reading routes whose questions name something hidden: by its id, its text or its case. */
function questions(): readonly Asked[] {
  return routes
    .filter(({ method }) => method === 'get')
    .flatMap((spec) => {
      const [without, within] = worlds.map((at) => TRIES[spec.id]?.(at) ?? []) as [
        readonly Asked['inputs'][0][],
        readonly Asked['inputs'][0][],
      ]
      const viewer = spec.permission === 'alliance.use-rights' ? PARTNER : VIEWER
      return within.flatMap((input, index): Asked[] => {
        const other = without[index]
        const isHidden = JSON.stringify(input) !== JSON.stringify(other) || /SECRET|CSQU3054383/.test(JSON.stringify(input))
        return other === undefined || !isHidden ? [] : [{ viewer, name: `${spec.id} ${index}`, spec, inputs: [other, input] }]
      })
    })
}

const lowerQuartile = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0

/** Asks, and says how many milliseconds the answer took. */
type Ask = () => Promise<number>

/** What is refused for asking too often says nothing of the path: it is asked again once it is answered, and the answer alone is timed. */
async function timed(client: Client | undefined, spec: RouteSpec, input: Readonly<Record<string, unknown>>): Promise<number> {
  let took = Number.NaN
  await patiently(async () => {
    const begun = performance.now()
    const answer = await client?.raw(spec, input)
    took = performance.now() - begun
    return answer
  })
  return took
}

/** The lower quartile of each, asked in turns so that what slows one slows the other. */
async function timesOf(asks: readonly Ask[]): Promise<readonly number[]> {
  const took = asks.map((): number[] => [])
  for (let turn = 0; turn < TURNS; turn++)
    for (let each = 0; each < asks.length; each++) {
      const which = (each + turn) % asks.length
      took[which]?.push((await asks[which]?.()) ?? Number.NaN)
    }
  return took.map(lowerQuartile)
}

const areAlike = (one: number, other: number): boolean => Math.max(one, other) <= Math.min(one, other) * FACTOR + SLACK_MS

/** Chance makes two equal paths differ once; a longer path differs in every round. */
async function isAlikeInAnyRound(asks: readonly [Ask, Ask]): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round++) {
    const [one = 0, other = 0] = await timesOf(asks)
    if (areAlike(one, other)) return true
  }
  return false
}

describe('takes as long in both worlds', () => {
  // Waits for the limit of requests in a minute, several times.
  it('whatever a viewer asks of what it may not know', { timeout: 900_000 }, async () => {
    const clientsOf = async (viewer: string) => await Promise.all(worlds.map(async ({ coalition }) => await coalition.client(viewer)))
    const clients = new Map([VIEWER, PARTNER].map((viewer) => [viewer, clientsOf(viewer)]))
    const told: string[] = []
    const asked = questions()
    expect(asked.length).toBeGreaterThan(10)
    for (const { viewer, name, spec, inputs } of asked) {
      const own = await clients.get(viewer)
      const ask = (which: 0 | 1) => async () => await timed(own?.[which], spec, inputs[which])
      const isAlike = await isAlikeInAnyRound([ask(0), ask(1)])
      if (!isAlike) told.push(name)
    }
    expect(told).toEqual([])
  })

  it('and would tell a path that is gone more than once', async () => {
    const client = await worlds[0].coalition.client(VIEWER)
    const spec = routes.find(({ id }) => id === 'cargo.listAlerts') as RouteSpec
    const once = async () => await timed(client, spec, {})
    const thrice = async () => (await once()) + (await once()) + (await once())
    expect(await isAlikeInAnyRound([once, thrice])).toBe(false)
  })
})
