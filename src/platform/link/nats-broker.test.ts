/** Which brokers a node works with, and what becomes of envelopes when the broker goes away and comes back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { jetstreamManager, RetentionPolicy } from '@nats-io/jetstream'
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '#platform/config/settings.ts'
import { makeLogger } from '#platform/log/logger.ts'
import { brokerServers } from './broker-servers.ts'
import { eventually, plainWorld } from './carrier-contract.fixture.ts'
import { issueNodeCertificate, makeAuthority } from './certificates.ts'
import { type Envelope, sealEnvelope } from './envelope.ts'
import { NOW, requestOf } from './link-fixture.ts'
import type { Answer } from './link-world.ts'
import { accountsOf, brokerUser, natsServerVersion, startNatsServer, type TestServer } from './nats.fixture.ts'
import { keepBroker } from './nats-broker.ts'
import { natsCarrier } from './nats-carrier.ts'
import { subjectToken } from './nats-inbox.ts'
import { listenOnBroker } from './nats-listener.ts'
import { brokerConnection, connectBroker } from './nats-server.ts'

const log = makeLogger({ node: 'test', level: 'silent' })
const missing = natsServerVersion() === undefined
const ROOM = 8 * 1024 * 1024
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
const settingsFor = (url: string, part: { readonly credentials?: string; readonly ca?: string } = {}) =>
  brokerConnection({ servers: url, credentials: '', ca: '', ...part })

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
    for (let tries = 0; tries < 100 && !isThere(broker); tries += 1) await new Promise((later) => setTimeout(later, 50))
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

  it('that is killed again and again loses and doubles nothing', async () => {
    const server = await started()
    const world = plainWorld()
    const connection = { servers: server.url }
    const common = { connection, allowUnsafeServer: true, log }
    const effects: string[] = []
    const take = async (envelopes: readonly Envelope[]): Promise<readonly Answer[]> =>
      envelopes.map((envelope) => {
        // An inbox: what was taken has no second effect and the same answer.
        if (!effects.includes(envelope.outer)) effects.push(envelope.outer)
        return { state: 'taken', evidence: [`${effects.indexOf(envelope.outer)}`] }
      })
    const listener = await listenOnBroker({ ...common, keys: world.keys.b, take, againAfterMs: 50 })
    const carrier = await natsCarrier({
      ...common,
      keys: world.keys.a,
      clock: { now: () => NOW },
      directory: world.directory,
      answerWithinMs: 1000,
    })
    stops.push(listener.stop, carrier.stop)
    const sent: Envelope[] = []
    const answers: Answer[] = []
    for (let round = 0; round < 6; round += 1) {
      const batch: Envelope[] = []
      for (let n = 0; n < 10; n += 1)
        batch.push(
          await sealEnvelope(
            requestOf({ id: `01a20000-0000-7000-8000-0000000000${round}${n}`, seq: round * 10 + n + 1 }),
            world.keys.a,
            world.directory(),
          ),
        )
      sent.push(...batch)
      // In the middle of the delivery, later and later in it.
      const blow = new Promise((later) => setTimeout(later, round * 2)).then(server.kill).then(server.again)
      let answered: readonly Answer[] = []
      for (let tries = 0; tries < 60 && answered.length < batch.length; tries += 1) {
        answered = await carrier.deliver('org.b', batch).catch(() => [])
        if (answered.length < batch.length) await new Promise((later) => setTimeout(later, 100))
      }
      await blow
      answers.push(...answered)
    }
    expect(effects).toHaveLength(60)
    expect(new Set(effects)).toEqual(new Set(sent.map(({ outer }) => outer)))
    expect(answers).toEqual(sent.map(({ outer }) => ({ state: 'taken', evidence: [`${effects.indexOf(outer)}`] })))
  })

  it('that lost all it had stored gets everything again from those who sent it', async () => {
    const server = await started()
    const world = plainWorld()
    const common = { connection: { servers: server.url }, allowUnsafeServer: true, log }
    let open = false
    const taken: string[] = []
    const take = async (envelopes: readonly Envelope[]): Promise<readonly Answer[]> => {
      if (!open) throw new Error('not yet')
      taken.push(...envelopes.map(({ outer }) => outer))
      return envelopes.map(() => ({ state: 'taken', evidence: [] }))
    }
    const listener = await listenOnBroker({ ...common, keys: world.keys.b, take })
    const carrier = await natsCarrier({
      ...common,
      keys: world.keys.a,
      clock: { now: () => NOW },
      directory: world.directory,
      answerWithinMs: 300,
    })
    stops.push(listener.stop, carrier.stop)
    const envelope = await sealEnvelope(requestOf(), world.keys.a, world.directory())
    await expect(carrier.deliver('org.b', [envelope])).rejects.toThrow('has not answered yet')
    await server.kill()
    rmSync(path.join(server.folder, 'jetstream'), { recursive: true })
    await server.again()
    open = true
    let answers: readonly Answer[] = []
    for (let tries = 0; tries < 40 && answers.length === 0; tries += 1) {
      answers = await carrier.deliver('org.b', [envelope]).catch(() => [])
      await new Promise((later) => setTimeout(later, 100))
    }
    expect(answers).toEqual([{ state: 'taken', evidence: [] }])
    expect(new Set(taken)).toEqual(new Set([envelope.outer]))
  })

  it('whose stream was removed has it again, and what was in it comes again from its sender', async () => {
    const server = await started()
    const world = plainWorld()
    const common = { connection: { servers: server.url }, allowUnsafeServer: true, log }
    const take = async (envelopes: readonly Envelope[]): Promise<readonly Answer[]> => envelopes.map(() => ({ state: 'refused' }))
    const listener = await listenOnBroker({ ...common, keys: world.keys.b, take })
    const carrier = await natsCarrier({
      ...common,
      keys: world.keys.a,
      clock: { now: () => NOW },
      directory: world.directory,
      answerWithinMs: 500,
    })
    stops.push(listener.stop, carrier.stop)
    const administrator = await connect({ servers: server.url })
    stops.push(() => administrator.close())
    await (await jetstreamManager(administrator)).streams.delete('HX_org_b')
    const envelope = await sealEnvelope(requestOf(), world.keys.a, world.directory())
    let answers: readonly Answer[] = []
    for (let tries = 0; tries < 400 && answers.length === 0; tries += 1) {
      answers = await carrier.deliver('org.b', [envelope]).catch(() => [])
      if (answers.length === 0) await new Promise((later) => setTimeout(later, 100))
    }
    expect(answers).toEqual([{ state: 'refused' }])
  })

  it('whose owner made the stream keeps it as it is, and one of another kind refuses the start', async () => {
    const server = await started()
    const world = plainWorld()
    const administrator = await connect({ servers: server.url })
    stops.push(() => administrator.close())
    const { streams } = await jetstreamManager(administrator)
    const listening = () =>
      listenOnBroker({ connection: { servers: server.url }, allowUnsafeServer: true, log, keys: world.keys.b, take: async () => [] })
    const subjects = ['hx.org_b.routine', 'hx.org_b.urgent', 'hx.org_b.immediate']
    await streams.add({ name: 'HX_org_b', subjects: subjects.slice(0, 2), retention: RetentionPolicy.Workqueue })
    await expect(listening()).rejects.toMatchObject({ code: 'carrier.broker', message: expect.stringContaining('hx.org_b.immediate') })
    await streams.delete('HX_org_b')
    await streams.add({ name: 'HX_org_b', subjects, retention: RetentionPolicy.Workqueue, max_bytes: 50_000_000 })
    stops.push((await listening()).stop)
    expect((await streams.info('HX_org_b')).config.max_bytes).toBe(50_000_000)
  })

  it('keeps one sender from another: each is taken apart, and what cannot be taken holds nobody up', async () => {
    const server = await started()
    const world = plainWorld()
    const common = { connection: { servers: server.url }, allowUnsafeServer: true, log }
    let open = false
    const batches: string[][] = []
    const take = async (envelopes: readonly Envelope[]): Promise<readonly Answer[]> => {
      if (!open) throw new Error('not yet')
      const ids = envelopes.map(({ outer }) =>
        String((JSON.parse(Buffer.from(outer.split('.')[1] ?? '', 'base64url').toString()) as { id: string }).id),
      )
      batches.push(ids)
      if (ids.some((id) => id.endsWith('99'))) throw new Error('a fault in this node')
      return envelopes.map(() => ({ state: 'taken', evidence: [] }))
    }
    const listener = await listenOnBroker({ ...common, keys: world.keys.b, take, againAfterMs: 50 })
    stops.push(listener.stop)
    const sent = async (by: 'a' | 'c', ids: readonly string[]) => {
      const carrier = await natsCarrier({
        ...common,
        keys: world.keys[by],
        clock: { now: () => NOW },
        directory: world.directory,
        answerWithinMs: 400,
      })
      stops.push(carrier.stop)
      const from = { org: `org.${by}`, unit: `org.${by}.desk` }
      const envelopes: Envelope[] = []
      for (const id of ids) envelopes.push(await sealEnvelope(requestOf({ id, from }), world.keys[by], world.directory()))
      return async () => await carrier.deliver('org.b', envelopes).catch(() => [])
    }
    const id = (n: number) => `01a20000-0000-7000-8000-0000000000${n}`
    const [byA, byC] = [await sent('a', [id(10), id(99), id(11)]), await sent('c', [id(20), id(21)])]
    await Promise.all([byA(), byC()])
    open = true
    const answers = { a: 0, c: 0 }
    for (let tries = 0; tries < 20 && (answers.a < 1 || answers.c < 2); tries += 1) {
      const [a, c] = await Promise.all([byA(), byC()])
      answers.a = Math.max(answers.a, a.length)
      answers.c = Math.max(answers.c, c.length)
    }
    // An answer list is the beginning of its batch: it ends before the one that could not be taken.
    expect(answers).toEqual({ a: 1, c: 2 })
    expect(batches).toContainEqual([id(11)])
    expect(
      batches.filter((ids) => ids.some((each) => [id(20), id(21)].includes(each)) && ids.some((each) => [id(10), id(11)].includes(each))),
    ).toEqual([])
  })

  it('keeps accounts apart: a neighbour may publish what it was given and hear nothing', async () => {
    const [a, b, c] = [brokerUser(), brokerUser(), brokerUser()]
    const server = await started({
      more: accountsOf([
        { orgs: ['org.a'], user: a.name },
        { orgs: ['org.b'], user: b.name },
        { orgs: ['org.c'], user: c.name },
      ]),
    })
    const world = plainWorld()
    const common = (seed: string) => ({
      connection: settingsFor(`nats://${server.url}`, { credentials: seed }),
      allowUnsafeServer: true,
      log,
    })
    const take = async (envelopes: readonly Envelope[]): Promise<readonly Answer[]> => envelopes.map(() => ({ state: 'refused' }))
    const neighbour = await connect({ servers: server.url, authenticator: nkeyAuthenticator(new TextEncoder().encode(c.seed)) })
    const heard: string[] = []
    neighbour.subscribe('>', { callback: (_error, message) => void heard.push(message.subject) })
    await neighbour.flush()
    const listener = await listenOnBroker({ ...common(b.seed), keys: world.keys.b, take })
    const carrier = await natsCarrier({ ...common(a.seed), keys: world.keys.a, clock: { now: () => NOW }, directory: world.directory })
    stops.push(() => neighbour.close(), listener.stop, carrier.stop)
    const envelope = await sealEnvelope(requestOf(), world.keys.a, world.directory())
    expect(await carrier.deliver('org.b', [envelope])).toEqual([{ state: 'refused' }])
    await neighbour.flush()
    expect(heard).toEqual([])
    // The stream of another account has no name here.
    await expect(neighbour.request('$JS.API.STREAM.INFO.HX_org_b', '', { timeout: 500 })).resolves.toMatchObject({})
    expect((await neighbour.request('$JS.API.STREAM.INFO.HX_org_b')).string()).toContain('stream not found')
  })
})
