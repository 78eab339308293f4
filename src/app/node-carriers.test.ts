/** A node starts only with carriers by which the others can reach it. */
import { describe, expect, it } from 'vitest'
import { systemClock } from '#platform/clock/clock.ts'
import { readSettings } from '#platform/config/settings.ts'
import type { Directory } from '#platform/link/directory.ts'
import { linkFixture } from '#platform/link/link-fixture.ts'
import { natsServerVersion, startNatsServer } from '#platform/link/nats.fixture.ts'
import { isSafeServer } from '#platform/link/nats-server.ts'
import { makeLogger } from '#platform/log/logger.ts'
import { brokerOf, type CarrierWorld, listenForPeers, openCarriers } from './node-carriers.ts'

const version = natsServerVersion()
const { keys, directory } = linkFixture()

function worldOf(endpoint: string, env: Readonly<Record<string, string>>): CarrierWorld {
  const orgs = directory.orgs.map((org) => ({ ...org, nodes: org.nodes.map((node) => ({ ...node, endpoint })) }))
  const placed: Directory = { ...directory, orgs }
  return {
    settings: readSettings({ BREAKWATER_LINK_PORT: '0', ...env }),
    keys: keys.a,
    clock: systemClock,
    log: makeLogger({ node: 'test', level: 'silent' }),
    directory: () => placed,
  }
}
const take = async () => []

describe('the carriers of a node', () => {
  it('need no broker where nobody is reached by one', () => {
    expect(brokerOf(worldOf('https://a.example', {}))).toBeUndefined()
    expect(brokerOf(worldOf('bundle:', {}))).toBeUndefined()
  })

  it('refuse the start of a node that the others look for on a broker it was not told of', () => {
    expect(() => brokerOf(worldOf('nats://hub.example', {}))).toThrow('BREAKWATER_NATS_SERVERS must name it')
  })

  it('open no port for a node that no network reaches', async () => {
    const listening = await listenForPeers(worldOf('bundle:', {}), undefined, take)
    expect(listening.url).toBe('bundle:')
    await listening.stop()
  })

  it('name the setting whose file cannot be read', () => {
    const servers = { BREAKWATER_NATS_SERVERS: 'tls://hub.example' }
    for (const setting of ['BREAKWATER_NATS_CREDENTIALS', 'BREAKWATER_NATS_CA'])
      expect(() => brokerOf(worldOf('nats://hub.example', { ...servers, [setting]: '/nowhere/file' }))).toThrow(`${setting} names a file`)
  })

  it('never allow an unsafe broker by a setting', () => {
    const env = { BREAKWATER_NATS_SERVERS: 'tls://hub.example', BREAKWATER_ALLOW_UNSAFE_BROKER: '1', ALLOW_UNSAFE_SERVER: 'true' }
    expect(brokerOf(worldOf('nats://hub.example', env))?.allowUnsafeServer).toBe(false)
  })

  it.skipIf(version === undefined || isSafeServer(version))(
    `refuse the start with a server that has known holes${version === undefined ? ' (skipped: there is no nats-server on this machine)' : ''}`,
    async () => {
      const server = await startNatsServer()
      try {
        const world = worldOf('nats://hub.example', { BREAKWATER_NATS_SERVERS: `nats://${server.url}` })
        const refusal = { code: 'carrier.broker', message: expect.stringContaining('known holes') as string }
        await expect(openCarriers(world, brokerOf(world))).rejects.toMatchObject(refusal)
        await expect(listenForPeers(world, brokerOf(world), take)).rejects.toMatchObject(refusal)
        const testing = { ...world, allowUnsafeBroker: true }
        await (await openCarriers(testing, brokerOf(testing))).stop()
      } finally {
        await server.stop()
      }
    },
  )
})
