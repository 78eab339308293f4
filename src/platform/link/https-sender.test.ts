/** HTTPS between nodes: the contract of carriers, and every request that is not exactly a signed batch of its own peer. */
import type { OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { afterEach, describe, expect, it } from 'vitest'
import { makeLogger } from '#platform/log/logger.ts'
import { type CarrierRig, carrierContract, type NodeName } from './carrier-contract.fixture.ts'
import { sealEnvelope } from './envelope.ts'
import { type RequestMessage, signRequest } from './http-signature.ts'
import { type HttpsWorld, httpsWorld } from './https.fixture.ts'
import { type LinkListener, listen } from './https-listener.ts'
import { httpsCarrier } from './https-sender.ts'
import { PATH } from './https-wire.ts'
import { NOW, requestOf } from './link-fixture.ts'
import type { Answer, Carrier } from './link-world.ts'

const log = makeLogger({ node: 'test', level: 'silent' })
const clock = { now: () => NOW }

carrierContract({ name: 'HTTPS', knowsPeer: true, mostEnvelopes: 64 }, async (): Promise<CarrierRig> => {
  const world = await httpsWorld()
  const listeners: LinkListener[] = []
  const carriers: Carrier[] = []
  return {
    world,
    receive: async (at, take) => {
      const listener = await listen({ host: '127.0.0.1', port: 0, keys: world.keys[at], clock, log, directory: world.directory, take })
      world.listensAt(at, listener.port)
      listeners.push(listener)
    },
    carrier: async (of) => {
      const carrier = httpsCarrier({ keys: world.keys[of], clock, directory: world.directory })
      carriers.push(carrier)
      return carrier
    },
    stop: async () => {
      for (const carrier of carriers) await carrier.stop()
      for (const listener of listeners) await listener.stop()
    },
  }
})

describe('the listener', () => {
  const stops: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
  })

  async function listening(answers: readonly Answer[] = [{ state: 'refused' }]) {
    const world = await httpsWorld()
    let taken = 0
    const take = async () => {
      taken += 1
      return answers
    }
    const listener = await listen({ host: '127.0.0.1', port: 0, keys: world.keys.b, clock, log, directory: world.directory, take })
    world.listensAt('b', listener.port)
    stops.push(listener.stop)
    const envelope = await sealEnvelope(requestOf(), world.keys.a, world.directory())
    const body = Buffer.from(JSON.stringify({ envelopes: [envelope] }))
    const message = (part: Partial<RequestMessage> = {}): RequestMessage => ({
      method: 'POST',
      url: `${listener.url}${PATH}`,
      headers: { 'content-type': 'application/json', 'content-length': String((part.body ?? body).length) },
      body,
      ...part,
    })
    const signed = async (by: NodeName, part: Partial<RequestMessage> = {}) =>
      await signRequest(message(part), { key: world.keys[by].sig, now: NOW })
    return { world, listener, message, signed, taken: () => taken }
  }

  async function send(
    world: HttpsWorld,
    tlsOf: NodeName,
    message: RequestMessage,
  ): Promise<{ status: number; headers: OutgoingHttpHeaders }> {
    const { key, cert, ca } = world.keys[tlsOf].tls
    return await new Promise((resolve, reject) => {
      const options = { method: message.method, headers: message.headers, key, cert, ca, checkServerIdentity: () => undefined }
      const request = httpsRequest(message.url, options, (response) => {
        response.resume()
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
        response.on('error', reject)
      })
      request.on('error', reject)
      request.end(message.body)
    })
  }

  it('takes a signed batch of its peer once, and signs the answer', async () => {
    const { world, signed, taken } = await listening()
    const request = await signed('a')
    const { status, headers } = await send(world, 'a', request)
    expect([status, taken()]).toEqual([200, 1])
    expect(headers['signature-input']).toMatch(/"@status" "content-digest" "@method";req "@target-uri";req "content-digest";req/)
    expect((await send(world, 'a', request)).status).toBe(401)
    expect(taken()).toBe(1)
  })

  it('refuses a batch without a signature', async () => {
    const { world, message, taken } = await listening()
    expect((await send(world, 'a', message())).status).toBe(401)
    expect(taken()).toBe(0)
  })

  it('(L17) refuses a signature of another node than the one at the other end of the connection', async () => {
    const { world, signed, taken } = await listening()
    expect((await send(world, 'c', await signed('a'))).status).toBe(401)
    expect((await send(world, 'a', await signed('c'))).status).toBe(401)
    expect(taken()).toBe(0)
  })

  it('refuses a batch that was signed for another node, whatever the Host field says', async () => {
    const { world, listener, message, taken } = await listening()
    const elsewhere = await signRequest(message({ url: 'https://c.example/hx/1/messages' }), { key: world.keys.a.sig, now: NOW })
    const request = { ...elsewhere, url: `${listener.url}${PATH}`, headers: { ...elsewhere.headers, host: 'c.example' } }
    expect((await send(world, 'a', request)).status).toBe(401)
    expect(taken()).toBe(0)
  })

  it('refuses a body that is not the signed one, no batch, or too long', async () => {
    const { world, signed, taken } = await listening()
    const request = await signed('a')
    const other = Buffer.from(request.body)
    other[20] = (other[20] ?? 0) ^ 1
    expect((await send(world, 'a', { ...request, body: other })).status).toBe(401)
    expect((await send(world, 'a', await signed('a', { body: Buffer.from('{"envelopes":[]}') }))).status).toBe(400)
    expect((await send(world, 'a', await signed('a', { body: Buffer.from('no json') }))).status).toBe(400)
    const long = await signed('a', { body: Buffer.alloc(8 * 1024 * 1024 + 1, 32) })
    // The listener answers and closes while the rest is still coming; which of the two the sender sees first is the network's choice.
    const outcome = await send(world, 'a', long).then(
      ({ status }) => status,
      () => 'closed',
    )
    expect([413, 'closed']).toContain(outcome)
    expect(taken()).toBe(0)
  })

  it('knows one path and one method', async () => {
    const { world, listener, signed, taken } = await listening()
    expect((await send(world, 'a', await signed('a', { url: `${listener.url}/` }))).status).toBe(404)
    expect((await send(world, 'a', await signed('a', { method: 'PUT' }))).status).not.toBe(200)
    expect(taken()).toBe(0)
  })

  it('(L17) refuses a node whose certificate another authority issued', async () => {
    const { signed, taken, world } = await listening()
    const strangers = await httpsWorld()
    const { ca } = world.keys.b.tls
    const stranger = { ...strangers, keys: { ...strangers.keys, a: { ...strangers.keys.a, tls: { ...strangers.keys.a.tls, ca } } } }
    await expect(send(stranger, 'a', await signed('a'))).rejects.toThrow()
    expect(taken()).toBe(0)
  })

  it('an answer that another node than the recipient signed does not count', async () => {
    const world = await httpsWorld()
    // What a terminating proxy with a leaked key of the transport could do: right pin, wrong signature.
    const keys = { ...world.keys.b, sig: world.keys.c.sig }
    const listener = await listen({
      host: '127.0.0.1',
      port: 0,
      keys,
      clock,
      log,
      directory: world.directory,
      take: async () => [{ state: 'refused' }],
    })
    world.listensAt('b', listener.port)
    const carrier = httpsCarrier({ keys: world.keys.a, clock, directory: world.directory })
    stops.push(carrier.stop, listener.stop)
    const envelope = await sealEnvelope(requestOf(), world.keys.a, world.directory())
    await expect(carrier.deliver('org.b', [envelope])).rejects.toThrow('was signed by c-node')
  })

  it('a node that listens where another is expected is not spoken to', async () => {
    const world = await httpsWorld()
    let taken = 0
    const take = async () => {
      taken += 1
      return []
    }
    const listener = await listen({ host: '127.0.0.1', port: 0, keys: world.keys.c, clock, log, directory: world.directory, take })
    world.listensAt('b', listener.port)
    const carrier = httpsCarrier({ keys: world.keys.a, clock, directory: world.directory })
    stops.push(carrier.stop, listener.stop)
    await expect(carrier.deliver('org.b', [await sealEnvelope(requestOf(), world.keys.a, world.directory())])).rejects.toThrow(
      'not the node in the directory',
    )
    expect(taken).toBe(0)
  })
})
