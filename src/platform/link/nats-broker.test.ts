/** Which brokers a node works with, by their address, version, certificate and accounts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '#platform/config/settings.ts'
import { makeLogger } from '#platform/log/logger.ts'
import { brokerServers } from './broker-servers.ts'
import { eventually } from './carrier-contract.fixture.ts'
import { issueNodeCertificate, makeAuthority } from './certificates.ts'
import { accountsOf, brokerUser, natsServerVersion, startNatsServer, type TestServer } from './nats.fixture.ts'
import { keepBroker } from './nats-broker.ts'
import { requireInbox, subjectToken } from './nats-inbox.ts'
import { brokerConnection, connectBroker } from './nats-server.ts'

const log = makeLogger({ node: 'test', level: 'silent' })
const missing = natsServerVersion() === undefined
const ROOM = 8 * 1024 * 1024
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
const settingsFor = (url: string, part: { readonly credentials?: string; readonly ca?: string } = {}) => ({
  ...brokerConnection({ servers: url, credentials: '', ca: '', ...part }),
  // What the broker says is asked for, not how soon it says it.
  timeout: 60_000,
})

describe('addresses of a broker', () => {
  it.each([
    'tls://hub.example',
    'tls://hub.example:4222',
    'tls://hub-1.example:4222, tls://hub-2.example:4222',
    'nats://127.0.0.1:4222',
    'nats://localhost',
    'nats://[::1]:4222',
    'tls://localhost:4222',
  ])('%s may be used', (text) => {
    expect(brokerServers(text)).toBeDefined()
    expect(readSettings({ BREAKWATER_NATS_SERVERS: text }).natsServers).toBe(text)
  })

  it.each([
    ['not on this machine and without TLS', 'nats://hub.example:4222'],
    ['a name that only begins like this machine', 'nats://127.0.0.1.example:4222'],
    ['another that does', 'nats://localhost.example'],
    ['one of several without TLS', 'tls://hub.example,nats://127.0.0.1:4222'],
    ['TLS to a number, which no certificate is checked against', 'tls://10.0.0.1'],
    ['TLS to a longer number', 'tls://[fe80::1]:4222'],
    ['a WebSocket', 'wss://hub.example'],
    ['a password in the address', 'tls://user:secret@hub.example'],
    ['a path', 'tls://hub.example/x'],
    ['no address', 'hub.example'],
    ['nothing between commas', 'tls://hub.example,'],
  ])('%s is refused by name of the setting', (_what, text) => {
    expect(brokerServers(text)).toBeUndefined()
    expect(() => readSettings({ BREAKWATER_NATS_SERVERS: text })).toThrow('BREAKWATER_NATS_SERVERS')
  })

  it('no two organisations have one subject, and none has a wildcard', () => {
    expect(subjectToken('be.customs')).toBe('be_customs')
    for (const org of ['be_customs', 'be.*', '>', 'be customs', '', 'BE.customs', '.be']) expect(() => subjectToken(org)).toThrow('broker')
  })
})

/** Says of itself what a test wants and takes every client in; the real server cannot lie about its version. */
async function sayingServer(): Promise<{ readonly url: string; says: string; drop(): void }> {
  const sockets = new Set<Socket>()
  const saying = { url: '', says: '2.14.3', drop: () => sockets.forEach((socket) => socket.destroy()) }
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
    socket.write(`INFO ${JSON.stringify({ server_id: 'X', version: saying.says, proto: 1, headers: true, max_payload: ROOM })}\r\n`)
    socket.on('data', (data) => {
      if (data.toString('latin1').includes('PING')) socket.write('PONG\r\n')
    })
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const address = server.address()
  saying.url = `nats://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  stops.push(async () => {
    saying.drop()
    await new Promise((down) => server.close(down))
  })
  return saying
}

describe('a broker by what it says of itself', () => {
  it('is taken from the safe version on, and refused below it with a code', async () => {
    const server = await sayingServer()
    const connection = settingsFor(server.url)
    await (await connectBroker({ connection })).close()
    server.says = '2.14.2'
    await expect(connectBroker({ connection })).rejects.toMatchObject({
      code: 'carrier.broker',
      message: expect.stringContaining('NATS 2.14.2, which has known holes'),
    })
    await (await connectBroker({ connection, allowUnsafeServer: true })).close()
  })

  it('refuses the start when it is not good enough, whatever it would be later', async () => {
    const server = await sayingServer()
    server.says = '2.9.10'
    await expect(keepBroker({ connection: settingsFor(server.url), log, prepare: async () => undefined })).rejects.toMatchObject({
      code: 'carrier.broker',
    })
  })

  it('that comes back as an older one is not used, and is again when it is newer', async () => {
    const server = await sayingServer()
    const seen: string[] = []
    const prepare = async (made: NatsConnection) => void seen.push(made.info?.version ?? '')
    const broker = await keepBroker({ connection: settingsFor(server.url), log, prepare })
    stops.push(broker.stop)
    server.says = '2.12.11'
    server.drop()
    await eventually(() => !isThere(broker))
    await new Promise((later) => setTimeout(later, 900))
    expect(isThere(broker)).toBe(false)
    server.says = '2.12.12'
    await eventually(() => isThere(broker))
    expect(isThere(broker)).toBe(true)
    expect(seen).toEqual(['2.14.3', '2.12.12'])
  })

  it('that offers no TLS is refused where TLS is wanted', async () => {
    const server = await sayingServer()
    await expect(
      connectBroker({ connection: settingsFor(server.url.replace('nats://127.0.0.1', 'tls://localhost')) }),
    ).rejects.toMatchObject({
      code: 'carrier.broker',
      message: expect.stringContaining('does not speak TLS'),
    })
  })

  it('that is not there yet is waited for, and until then every delivery fails', async () => {
    const broker = await keepBroker({ connection: settingsFor('nats://127.0.0.1:9'), log, prepare: async () => undefined })
    stops.push(broker.stop)
    expect(() => broker.connection()).toThrow('cannot be reached')
  })
})

const isThere = (broker: { connection(): unknown }): boolean => {
  try {
    broker.connection()
    return true
  } catch {
    return false
  }
}

describe.skipIf(missing)(`a real broker${missing ? ' (skipped: there is no nats-server on this machine)' : ''}`, () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'broker-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const started = async (...given: Parameters<typeof startNatsServer>): Promise<TestServer> => {
    const server = await startNatsServer(...given)
    stops.push(server.stop)
    return server
  }
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }

  it('over TLS is known by its authority', async () => {
    const validity = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 600_000) }
    const [authority, other] = [await makeAuthority('authority', validity), await makeAuthority('other', validity)]
    const { cert, key } = await issueNodeCertificate(authority, { nodeId: 'hub', hosts: ['localhost'], ...validity })
    const server = await started({ more: `tls { cert_file: "${file('cert', cert)}", key_file: "${file('key', key)}" }` })
    const asked = (ca: string) =>
      connectBroker({ connection: settingsFor(`tls://localhost:${server.url.split(':')[1] ?? ''}`, { ca }), allowUnsafeServer: true })
    const broker = await asked(authority.cert)
    await broker.flush()
    await broker.close()
    for (const ca of [other.cert, ''])
      await expect(asked(ca)).rejects.toMatchObject({ code: 'carrier.broker', message: expect.stringContaining('certificate was refused') })
  })

  it('takes in who holds the seed, and says so when it does not', async () => {
    const [one, other] = [brokerUser(), brokerUser()]
    const server = await started({ more: accountsOf([{ orgs: ['org.a'], user: one.name }]) })
    const asked = (credentials: string) =>
      connectBroker({ connection: settingsFor(`nats://${server.url}`, { credentials }), allowUnsafeServer: true })
    await (await asked(`${one.seed}\n`)).close()
    for (const credentials of ['', other.seed])
      await expect(asked(credentials)).rejects.toMatchObject({
        code: 'carrier.broker',
        message: expect.stringContaining('refused the credentials'),
      })
  })

  it('set up as the documents show carries what one publishes to the other, and nothing else', async () => {
    const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/operate/carriers.md'), 'utf8')
    const shown = /```text\n(max_payload[\s\S]*?)```/.exec(page)?.[1] ?? ''
    const named = [...shown.matchAll(/nkey: (U[A-Z2-7]{55})/g)].map((match) => match[1] ?? '')
    expect(named).toHaveLength(2)
    const [ec, be] = [brokerUser(), brokerUser()]
    const validity = { from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 600_000) }
    const authority = await makeAuthority('authority', validity)
    const { cert, key } = await issueNodeCertificate(authority, { nodeId: 'hub', hosts: ['localhost'], ...validity })
    // Its own users and files; what the test server sets itself is left out.
    const more = shown
      .replace(named[0] ?? '', ec.name)
      .replace(named[1] ?? '', be.name)
      .replace('/etc/nats/cert.pem', file('shown-cert', cert))
      .replace('/etc/nats/key.pem', file('shown-key', key))
      .replace(/^(max_payload|jetstream) ?[:{].*$/gm, '')
    const server = await started({ more })
    const asked = async (credentials: string) => {
      const url = `tls://localhost:${server.url.split(':')[1] ?? ''}`
      const made = await connectBroker({ connection: settingsFor(url, { credentials, ca: authority.cert }), allowUnsafeServer: true })
      stops.push(() => made.close())
      return made
    }
    const [atEc, atBe] = [await asked(ec.seed), await asked(be.seed)]
    const heard: string[] = []
    for (const subject of ['hx.be_customs.again', 'hx.be_customs.answer', 'hx.be_customs.other'])
      atBe.subscribe(subject, { callback: (_error, message) => void heard.push(message.subject) })
    await requireInbox(atBe, 'be.customs', 64)
    for (const urgency of ['routine', 'urgent', 'immediate'])
      expect(await jetstream(atEc).publish(`hx.be_customs.${urgency}`, 'x')).toMatchObject({ stream: 'HX_be_customs' })
    for (const subject of ['hx.be_customs.again', 'hx.be_customs.answer', 'hx.be_customs.other']) atEc.publish(subject, 'x')
    await atEc.flush()
    await eventually(() => heard.length === 2)
    expect(heard).toEqual(['hx.be_customs.again', 'hx.be_customs.answer'])
  })
})
