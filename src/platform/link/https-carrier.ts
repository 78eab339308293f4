/**
 * The default carrier: HTTPS with mutual TLS 1.3 between nodes. The coalition's authority opens the door; the pin in the directory says who it is.
 * A batch travels as one POST and is answered in order; the answer may be shorter than the batch when the node stopped on the way.
 */

import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http'
import { Agent, createServer, request as httpsRequest } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { z } from 'zod'
import { rateLimit } from '#platform/http/limits.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Directory } from './directory.ts'
import { orgOf } from './directory-store.ts'
import type { Envelope } from './envelope.ts'
import type { Answer, Carrier } from './link-world.ts'
import { type NodeKeys, spkiOf } from './node-keys.ts'

const PATH = '/hx/1/messages'
const MAX_BODY = 8 * 1024 * 1024
const MAX_BATCH = 64
const ANSWER_WITHIN_MS = 30_000

const batchSchema = z.strictObject({
  envelopes: z
    .array(z.strictObject({ outer: z.string(), jwe: z.string() }))
    .min(1)
    .max(MAX_BATCH),
})
const answersSchema = z.object({
  answers: z
    .array(
      z.discriminatedUnion('state', [
        z.object({ state: z.literal('taken'), evidence: z.array(z.string().max(8192)).max(200) }),
        z.object({ state: z.literal('refused') }),
      ]),
    )
    .max(MAX_BATCH),
})

export interface LinkListener {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly keys: NodeKeys
  readonly log: Logger
  /** Takes envelopes from the peer with this pin; answers in their order, fewer when the node stops on the way. */
  readonly take: (envelopes: readonly Envelope[], peerSpki: string) => Promise<readonly Answer[]>
}

export async function listen(options: ListenOptions): Promise<LinkListener> {
  const { keys, log, take } = options
  const perPeer = rateLimit(6000, 60)
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
      serveBatch(request, response).catch((error: unknown) => {
        log.warn({ code: 'link.serve', because: String(error) }, 'a batch was not taken')
        if (!response.headersSent) response.writeHead(503).end()
        else response.destroy()
      })
    },
  )
  const serveBatch = async (request: HttpRequest, response: ServerResponse): Promise<void> => {
    const pin = spkiOf(Buffer.from((request.socket as TLSSocket).getPeerCertificate().raw))
    const body = request.method === 'POST' && request.url === PATH ? await readBody(request) : undefined
    if (body === undefined) {
      response.writeHead(404).end()
      return
    }
    await perPeer.spend(pin)
    const batch = batchSchema.safeParse(safeJson(body))
    if (!batch.success) {
      response.writeHead(400).end()
      return
    }
    const answers = await take(batch.data.envelopes, pin)
    response.writeHead(answers.length === 0 ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ answers }))
  }
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

export function httpsCarrier(keys: NodeKeys, directory: () => Directory): Carrier {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 8,
    key: keys.tls.key,
    cert: keys.tls.cert,
    ca: keys.tls.ca,
    minVersion: 'TLSv1.3',
  })
  return {
    async deliver(org, envelopes) {
      const node = orgOf(directory(), org)?.nodes[0]
      if (node === undefined) throw new Error(`${org} has no node in the directory.`)
      const body = JSON.stringify({ envelopes })
      const answer = await post({ agent, url: new URL(PATH, node.endpoint), body, pins: node.tlsSpki })
      return answersSchema.parse(safeJson(answer)).answers
    },
    stop: async () => agent.destroy(),
  }
}

interface Post {
  readonly agent: Agent
  readonly url: URL
  readonly body: string
  readonly pins: readonly string[]
}

async function post({ agent, url, body, pins }: Post): Promise<string> {
  return await new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        timeout: ANSWER_WITHIN_MS,
        // Who the peer is says the pin in the directory, not a name in the certificate.
        checkServerIdentity: (_host, certificate) =>
          pins.includes(spkiOf(Buffer.from(certificate.raw))) ? undefined : new Error('The peer is not the node in the directory.'),
      },
      (response) => {
        readBody(response).then((text) => {
          if (response.statusCode === 200 && text !== undefined) resolve(text)
          else reject(new Error(`The peer answered ${response.statusCode ?? 0}.`))
        }, reject)
      },
    )
    request.on('timeout', () => request.destroy(new Error('The peer did not answer in time.')))
    request.on('error', reject)
    request.end(body)
  })
}

async function readBody(stream: HttpRequest): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
