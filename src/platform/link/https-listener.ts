/**
 * The receiving end of the default carrier: HTTPS with mutual TLS 1.3. The coalition's authority opens the door; then the pin of the certificate and
 * the key of the HTTP signature must belong to one and the same node of the directory. The answer is signed too, bound to its request.
 */
import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '#platform/clock/clock.ts'
import { rateLimit } from '#platform/http/limits.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Directory } from './directory.ts'
import { orgOf } from './directory-store.ts'
import type { Envelope } from './envelope.ts'
import { type RequestMessage, signResponse, type Verdict, verifyRequest } from './http-signature.ts'
import { ANSWER_WITHIN_MS, batchSchema, headersOf, PATH, readBody, safeJson } from './https-wire.ts'
import type { Answer } from './link-world.ts'
import { type NodeKeys, spkiOf } from './node-keys.ts'
import { nonceWindow } from './nonce-window.ts'

export interface LinkListener {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly keys: NodeKeys
  readonly clock: Clock
  readonly log: Logger
  readonly directory: () => Directory
  /** Takes envelopes from the peer with this pin; answers in their order, fewer when the node stops on the way. */
  readonly take: (envelopes: readonly Envelope[], peerSpki: string) => Promise<readonly Answer[]>
}

export async function listen(options: ListenOptions): Promise<LinkListener> {
  const { keys, log } = options
  const serve = batchServer(options)
  const server = createServer(
    {
      key: keys.tls.key,
      cert: keys.tls.cert,
      ca: keys.tls.ca,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.3',
      maxHeaderSize: 8192,
      requestTimeout: ANSWER_WITHIN_MS,
    },
    (request, response) => {
      serve(request, response).catch((error: unknown) => {
        log.warn({ code: 'link.serve', because: String(error) }, 'a batch was not taken')
        if (!response.headersSent) response.writeHead(503).end()
        else response.destroy()
      })
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  return {
    port,
    url: `https://${options.host}:${port}`,
    stop: async () =>
      await new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function batchServer({ keys, clock, log, directory, take }: ListenOptions) {
  const perPeer = rateLimit(6000, 60)
  const nonces = nonceWindow()
  return async (request: HttpRequest, response: ServerResponse): Promise<void> => {
    const pin = spkiOf(Buffer.from((request.socket as TLSSocket).getPeerCertificate().raw))
    const body = request.method === 'POST' && request.url === PATH ? await readBody(request) : undefined
    if (body === undefined) {
      // What is left of a body that is too long is not read to its end.
      response.writeHead(request.url === PATH ? 413 : 404, { connection: 'close' }).end()
      return
    }
    await perPeer.spend(pin)
    const now = clock.now()
    const message = { method: 'POST', url: ownUrl(directory(), keys), headers: headersOf(request), body }
    const verdict = await verifyPeer(message, { directory: directory(), now, nonces, pin })
    if (verdict.kind === 'reject') {
      log.warn({ code: 'link.signature', because: verdict.code }, 'a batch was refused for its signature')
      response.writeHead(verdict.code === 'signature.busy' ? 503 : 401).end()
      return
    }
    const batch = batchSchema.safeParse(safeJson(body))
    if (!batch.success) {
      response.writeHead(400).end()
      return
    }
    const answers = await take(batch.data.envelopes, pin)
    if (answers.length === 0) {
      response.writeHead(503).end()
      return
    }
    await answer(response, { message, nonce: verdict.nonce, answers, signing: { key: keys.sig, now: clock.now() } })
  }
}

/** The address under which others know this node: what the Host field says is not believed. */
function ownUrl(directory: Directory, { nodeId, orgs }: NodeKeys): string {
  const nodes = Object.keys(orgs).flatMap((org) => orgOf(directory, org)?.nodes ?? [])
  const node = nodes.find((each) => each.id === nodeId)
  if (node === undefined) throw new Error(`${nodeId} is not in the directory.`)
  return new URL(PATH, node.endpoint).href
}

async function verifyPeer(
  message: RequestMessage,
  world: Parameters<typeof verifyRequest>[1] & { readonly pin: string },
): Promise<Verdict> {
  const verdict = await verifyRequest(message, world)
  if (verdict.kind === 'accept' && !verdict.signer.node.tlsSpki.includes(world.pin)) return { kind: 'reject', code: 'signature.peer' }
  return verdict
}

async function answer(
  response: ServerResponse,
  given: {
    readonly message: RequestMessage
    readonly nonce: string
    readonly answers: readonly Answer[]
    readonly signing: Parameters<typeof signResponse>[2]
  },
): Promise<void> {
  const { message, nonce, answers, signing } = given
  const body = Buffer.from(JSON.stringify({ answers }))
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  const signed = await signResponse({ status: 200, headers, body }, { request: message, nonce }, signing)
  response.writeHead(200, signed.headers).end(body)
}
