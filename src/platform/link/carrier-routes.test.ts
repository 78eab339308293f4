/** Each peer is brought its envelopes the way the signed directory says, and no other. */
import { describe, expect, it } from 'vitest'
import { routedCarrier } from './carrier-routes.ts'
import type { Directory } from './directory.ts'
import { endpointSchema, hostsOf } from './endpoint.ts'
import type { Envelope } from './envelope.ts'
import { linkFixture } from './link-fixture.ts'
import type { Carrier } from './link-world.ts'

function world() {
  const { directory } = linkFixture()
  const endpoints: Record<string, string> = { 'org.a': 'https://a.example', 'org.b': 'nats://hub.example', 'org.c': 'bundle:' }
  const at = (given: Readonly<Record<string, string>>): Directory => ({
    ...directory,
    orgs: directory.orgs.map((org) => ({ ...org, nodes: org.nodes.map((node) => ({ ...node, endpoint: given[org.id] ?? '' })) })),
  })
  const done: string[] = []
  const carrier = (name: string): Carrier => ({
    deliver: async (org) => {
      done.push(`${name} ${org}`)
      return []
    },
    stop: async () => void done.push(`${name} stops`),
  })
  return { endpoints, at, done, carrier }
}
const nothing: readonly Envelope[] = []

describe('the carrier of a node', () => {
  it('goes by the endpoint of the recipient, as the directory has it at that moment', async () => {
    const { endpoints, at, done, carrier } = world()
    const routed = routedCarrier(() => at(endpoints), { 'https:': carrier('https'), 'nats:': carrier('nats') })
    await routed.deliver('org.a', nothing)
    await routed.deliver('org.b', nothing)
    endpoints['org.b'] = 'https://b.example'
    await routed.deliver('org.b', nothing)
    await routed.stop()
    expect(done).toEqual(['https org.a', 'nats org.b', 'https org.b', 'https stops', 'nats stops'])
  })

  it('says who is reached by a carrier that it does not have, and never takes another one instead', async () => {
    const { endpoints, at, done, carrier } = world()
    const routed = routedCarrier(() => at(endpoints), { 'https:': carrier('https') })
    await expect(routed.deliver('org.b', nothing)).rejects.toThrow('org.b is reached by nats:')
    await expect(routed.deliver('org.c', nothing)).rejects.toThrow('org.c is reached by bundle:')
    await expect(routed.deliver('org.x', nothing)).rejects.toThrow('org.x has no node in the directory')
    expect(done).toEqual([])
  })

  it('brings nothing by itself to whom only files go', () => {
    const { endpoints, at } = world()
    const routed = routedCarrier(() => at(endpoints), {})
    expect(['org.a', 'org.b', 'org.c', 'org.x'].map((org) => routed.reaches?.(org))).toEqual([true, true, false, true])
  })
})

describe('endpoints', () => {
  it('are addresses of the three ways and no others', () => {
    const isOne = (text: string) => endpointSchema.safeParse(text).success
    expect(['https://a.example:8801', 'nats://hub.example', 'bundle:'].map(isOne)).toEqual([true, true, true])
    expect(['http://a.example', 'ftp://a.example', 'file:///x', 'hub.example', ''].map(isOne)).toEqual([false, false, false, false, false])
  })

  it('put a name into a certificate only when it is the name of the node itself', () => {
    expect(['https://a.example:8801', 'nats://hub.example', 'bundle:'].map(hostsOf)).toEqual([['a.example'], [], []])
  })
})
