/** NATS JetStream as carrier: the contract of carriers, which servers are good enough, what lies on the broker, and who may answer. */
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeLogger } from '#platform/log/logger.ts'
import { type CarrierRig, carrierContract, eventually, plainWorld, type RigTake } from './carrier-contract.fixture.ts'
import { outerDigest, sealEnvelope } from './envelope.ts'
import { linkFixture, NOW, requestOf } from './link-fixture.ts'
import { natsServerVersion, startNatsServer, type TestServer } from './nats.fixture.ts'
import { openAnswers, sealAnswers } from './nats-answers.ts'
import { natsCarrier } from './nats-carrier.ts'
import { listenOnBroker } from './nats-listener.ts'
import { connectBroker, isSafeServer } from './nats-server.ts'

const log = makeLogger({ node: 'test', level: 'silent' })
const clock = { now: () => NOW }
const version = natsServerVersion()
const missing = version === undefined ? 'there is no nats-server on this machine' : undefined
const allowUnsafeServer = true

/** An answer ends the waiting, so it may take as long as a busy machine needs: only where none is to come does a test wait the whole time. */
const ANSWER_WITHIN_MS = 30_000

async function natsRig(answerWithinMs = ANSWER_WITHIN_MS): Promise<CarrierRig & { readonly server: TestServer }> {
  const server = await startNatsServer()
  const connection = { servers: server.url }
  const world = plainWorld()
  const stops: (() => Promise<void>)[] = []
  return {
    server,
    world,
    receive: async (at, take) => {
      const listener = await listenOnBroker({ connection, allowUnsafeServer, keys: world.keys[at], log, take, againAfterMs: 100 })
      stops.push(listener.stop)
    },
    carrier: async (of, within = answerWithinMs) => {
      expect(world.keys[of].nodeId).toBe(`${of}-node`)
      const carrier = await natsCarrier({
        connection,
        allowUnsafeServer,
        keys: world.keys[of],
        clock,
        log,
        directory: world.directory,
        answerWithinMs: within,
      })
      stops.push(carrier.stop)
      return carrier
    },
    stop: async () => {
      for (const stop of stops) await stop()
      await server.stop()
    },
  }
}

carrierContract({ name: 'NATS', missing, knowsPeer: false, mostEnvelopes: 64 }, natsRig)

describe('which servers are good enough', () => {
  it.each([
    ['2.9.10', false],
    ['2.10.29', false],
    ['2.11.4', false],
    ['2.12.11', false],
    ['2.12.12-RC.1', false],
    ['2.12.12', true],
    ['v2.12.12', true],
    ['2.12.40', true],
    ['2.13.0', false],
    ['2.13.9', false],
    ['2.14.2', false],
    ['2.14.3-beta', false],
    ['2.14.3', true],
    ['2.15.0', true],
    ['3.0.0', true],
    ['10.0.0', true],
    ['2.14', false],
    ['', false],
    ['latest', false],
  ])('%s: %s', (version, isSafe) => {
    expect(isSafeServer(version)).toBe(isSafe)
  })

  it('a later patch of a line that is good is good', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 60 }), fc.integer({ min: 1, max: 99 }), (minor, patch) => {
        fc.pre(isSafeServer(`2.${minor}.${patch}`))
        expect(isSafeServer(`2.${minor}.${patch + 1}`)).toBe(true)
      }),
    )
  })
})

describe('answers on a broker', () => {
  const { keys, directory } = linkFixture()
  const world = { directory, now: NOW }
  const answers = [{ digest: 'a'.repeat(64), answer: { state: 'refused' } as const }]

  it('open for what a node of the directory signed, and say which node', () => {
    expect(openAnswers(sealAnswers(answers, keys.b.sig), world)).toMatchObject({ signer: { node: { id: 'b-node' } }, answers })
  })

  it('do not open when anything was changed, or a stranger signed', () => {
    const sealed = JSON.parse(sealAnswers(answers, keys.b.sig)) as Record<string, string>
    const changed = [
      { answers: sealed['answers']?.replace('refused', 'taken') },
      { answers: sealed['answers']?.replace('aaa', 'aab') },
      { kid: keys.a.sig.kid },
      { kid: 'nobody' },
      { signature: 'AAAA' },
      { more: 'x' },
    ]
    for (const part of changed) expect(openAnswers(JSON.stringify({ ...sealed, ...part }), world)).toBeUndefined()
    for (const text of ['', 'null', '[]', '{"kid":1}']) expect(openAnswers(text, world)).toBeUndefined()
  })
})

describe.skipIf(missing !== undefined)(`on a server${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let small: TestServer
  const rigs: CarrierRig[] = []
  beforeAll(async () => {
    small = await startNatsServer({ maxPayload: '1MB' })
  })
  afterAll(async () => await small.stop())
  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.stop()
  })

  it('refuses a server of an unsafe version, by what the server says of itself, unless a test says otherwise', async () => {
    const because = isSafeServer(version ?? '') ? 'max_payload' : `NATS ${version ?? ''}, which has known holes`
    await expect(connectBroker({ connection: { servers: small.url } })).rejects.toMatchObject({
      code: 'carrier.broker',
      message: expect.stringContaining(because),
    })
  })

  it('refuses a server that would refuse large envelopes', async () => {
    await expect(connectBroker({ connection: { servers: small.url }, allowUnsafeServer })).rejects.toMatchObject({
      code: 'carrier.broker',
      message: expect.stringContaining('max_payload'),
    })
  })

  it('the broker holds the envelope and nothing else to read, under subjects of the recipient and the urgency, and only until it was taken', async () => {
    const rig = await natsRig(300)
    rigs.push(rig)
    let open = false
    const take: RigTake = async (envelopes) =>
      open ? envelopes.map(() => ({ state: 'refused' }) as const) : await Promise.reject(new Error('not yet'))
    await rig.receive('b', take)
    const carrier = await rig.carrier('a')
    const envelope = await sealEnvelope(requestOf({ urgency: 'urgent' }), rig.world.keys.a, rig.world.directory())
    // Twice, and once more: the broker stores it once.
    for (let tries = 0; tries < 3; tries += 1) await expect(carrier.deliver('org.b', [envelope])).rejects.toThrow('has not answered yet')
    const looking = await connect({ servers: rig.server.url })
    const manager = await jetstreamManager(looking)
    const info = await manager.streams.info('HX_org_b', { subjects_filter: '>' })
    expect(info.state.subjects).toEqual({ 'hx.org_b.urgent': 1 })
    const stored = await manager.streams.getMessage('HX_org_b', { seq: info.state.first_seq })
    expect(JSON.parse(stored?.string() ?? '')).toEqual(envelope)
    expect([...(stored?.header.keys() ?? [])]).toEqual(['Nats-Msg-Id'])
    expect(stored?.header.get('Nats-Msg-Id')).toMatch(/^[0-9a-f]{64}$/)
    open = true
    for (let tries = 0; tries < 2400 && (await manager.streams.info('HX_org_b')).state.messages > 0; tries += 1)
      await new Promise((later) => setTimeout(later, 50))
    expect((await manager.streams.info('HX_org_b')).state.messages).toBe(0)
    await looking.close()
  })

  it('an answer that another node signed, or nobody, does not count', async () => {
    const rig = await natsRig(600)
    rigs.push(rig)
    // The stream exists once a node has listened; this one listens and never answers.
    await rig.receive('b', async () => await new Promise((later) => setTimeout(() => later([]), 50)))
    const carrier = await rig.carrier('a')
    const envelope = await sealEnvelope(requestOf(), rig.world.keys.a, rig.world.directory())
    const digest = outerDigest(envelope.outer)
    const forger = await connect({ servers: rig.server.url })
    const forged: string[] = []
    forger.subscribe('hx.>', {
      callback: (_error, message) => {
        if (!message.subject.startsWith('hx.org_b.')) return
        const answers = [{ digest, answer: { state: 'refused' } as const }]
        forger.publish('hx.org_a.answer', sealAnswers(answers, rig.world.keys.c.sig))
        forger.publish('hx.org_a.answer', JSON.stringify({ answers }))
        forged.push(message.subject)
      },
    })
    await forger.flush()
    await expect(carrier.deliver('org.b', [envelope])).rejects.toThrow('has not answered yet')
    // The sender may have given up before the forger was heard.
    await eventually(() => forged.length > 0)
    expect(forged.length).toBeGreaterThan(0)
    await forger.close()
  })

  it('what is no envelope is thrown out of the stream, and what comes after it is taken', async () => {
    const rig = await natsRig()
    rigs.push(rig)
    let taken = 0
    await rig.receive('b', async (envelopes) => {
      taken += envelopes.length
      return envelopes.map(() => ({ state: 'refused' }) as const)
    })
    const stranger = await connect({ servers: rig.server.url })
    for (const text of ['', 'x', '{}', '{"outer":1,"jwe":2}', '{"outer":"a","jwe":"b","more":"c"}'])
      stranger.publish('hx.org_b.routine', text)
    await stranger.flush()
    const envelope = await sealEnvelope(requestOf(), rig.world.keys.a, rig.world.directory())
    expect(await (await rig.carrier('a')).deliver('org.b', [envelope])).toEqual([{ state: 'refused' }])
    expect(taken).toBe(1)
    await stranger.close()
  })

  it('answers to the organisation that sent and to nobody else', async () => {
    const rig = await natsRig()
    rigs.push(rig)
    await rig.receive('b', async (envelopes) => envelopes.map(() => ({ state: 'refused' }) as const))
    const stranger = await connect({ servers: rig.server.url })
    const heard: string[] = []
    stranger.subscribe('>', { callback: (_error, message) => void heard.push(message.subject) })
    const envelope = await sealEnvelope(requestOf(), rig.world.keys.a, rig.world.directory())
    stranger.publish('hx.org_b.routine', JSON.stringify(envelope))
    await stranger.flush()
    await eventually(() => heard.includes('hx.org_a.answer'))
    expect(new Set(heard.filter((subject) => subject.startsWith('hx.')))).toEqual(new Set(['hx.org_b.routine', 'hx.org_a.answer']))
    await stranger.close()
  })
})
