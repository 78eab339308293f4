/** What becomes of envelopes when the broker goes away and comes back, forgets, or is shared with others. */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { jetstreamManager, RetentionPolicy } from '@nats-io/jetstream'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import { afterEach, describe, expect, it } from 'vitest'
import { makeLogger } from '#platform/log/logger.ts'
import { plainWorld } from './carrier-contract.fixture.ts'
import { type Envelope, sealEnvelope } from './envelope.ts'
import { NOW, requestOf } from './link-fixture.ts'
import type { Answer, Carrier } from './link-world.ts'
import { accountsOf, brokerUser, natsServerVersion, startNatsServer, type TestServer } from './nats.fixture.ts'
import { natsCarrier } from './nats-carrier.ts'
import { listenOnBroker } from './nats-listener.ts'
import { brokerConnection } from './nats-server.ts'

const log = makeLogger({ node: 'test', level: 'silent' })
const missing = natsServerVersion() === undefined
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})
/** Sends again until every envelope has its answer, as the outbox does: a broker that comes back on a busy machine may take long, and both sides look for it less and less often. */
async function untilAnswered(carrier: Carrier, envelopes: readonly Envelope[]): Promise<readonly Answer[]> {
  const deadline = Date.now() + 120_000
  for (;;) {
    const answers = await carrier.deliver('org.b', envelopes).catch(() => [])
    if (answers.length === envelopes.length || Date.now() > deadline) return answers
    await new Promise((later) => setTimeout(later, 100))
  }
}
const settingsFor = (url: string, credentials: string) => brokerConnection({ servers: url, credentials, ca: '' })

describe.skipIf(missing)(`a real broker${missing ? ' (skipped: there is no nats-server on this machine)' : ''}`, () => {
  const started = async (...given: Parameters<typeof startNatsServer>): Promise<TestServer> => {
    const server = await startNatsServer(...given)
    stops.push(server.stop)
    return server
  }

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
      answers.push(...(await untilAnswered(carrier, batch)))
      await blow
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
    expect(await untilAnswered(carrier, [envelope])).toEqual([{ state: 'taken', evidence: [] }])
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
    expect(await untilAnswered(carrier, [envelope])).toEqual([{ state: 'refused' }])
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
    // The last envelope of a is taken apart from the one before it, and so perhaps after the answer that a waits for.
    const isAllTaken = () => answers.a >= 1 && answers.c >= 2 && batches.some((ids) => ids.length === 1 && ids[0] === id(11))
    for (let tries = 0; tries < 200 && !isAllTaken(); tries += 1) {
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
      connection: settingsFor(`nats://${server.url}`, seed),
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
    expect((await neighbour.request('$JS.API.STREAM.INFO.HX_org_b', '', { timeout: 30_000 })).string()).toContain('stream not found')
  })
})
