/**
 * The sending end of the default carrier. The pin in the directory says who the peer is; its answer counts only when the same node signed it for
 * this very request. Connections are kept open between batches.
 */
import { Agent, request as httpsRequest } from 'node:https'
import type { Clock } from '#platform/clock/clock.ts'
import { requireCarriable } from './carrier-limits.ts'
import type { Directory, DirectoryNode } from './directory.ts'
import { orgOf } from './directory-store.ts'
import { type RequestMessage, type ResponseMessage, signRequest, verifyResponse } from './http-signature.ts'
import { ANSWER_WITHIN_MS, answersSchema, headersOf, PATH, readBody, safeJson } from './https-wire.ts'
import type { Carrier } from './link-world.ts'
import { type NodeKeys, spkiOf } from './node-keys.ts'

export interface HttpsCarrierOptions {
  readonly keys: NodeKeys
  readonly clock: Clock
  readonly directory: () => Directory
}

export function httpsCarrier({ keys, clock, directory }: HttpsCarrierOptions): Carrier {
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
      requireCarriable(envelopes)
      const node = orgOf(directory(), org)?.nodes[0]
      if (node === undefined) throw new Error(`${org} has no node in the directory.`)
      const request = await signRequest(batchRequest(node, JSON.stringify({ envelopes })), { key: keys.sig, now: clock.now() })
      const response = await post(agent, request, node.tlsSpki)
      const verdict = await verifyResponse(response, request, { directory: directory(), now: clock.now() })
      if (verdict.kind === 'reject') throw new Error(`The answer of ${node.id} was refused: ${verdict.code}.`)
      if (verdict.signer.node.id !== node.id) throw new Error(`The answer of ${node.id} was signed by ${verdict.signer.node.id}.`)
      const { answers } = answersSchema.parse(safeJson(response.body))
      if (answers.length > envelopes.length) throw new Error(`${node.id} answered more than it was asked.`)
      return answers
    },
    stop: async () => agent.destroy(),
  }
}

function batchRequest(node: DirectoryNode, text: string): RequestMessage {
  const body = Buffer.from(text)
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  return { method: 'POST', url: new URL(PATH, node.endpoint).href, headers, body }
}

async function post(agent: Agent, message: RequestMessage, pins: readonly string[]): Promise<ResponseMessage> {
  return await new Promise((resolve, reject) => {
    const request = httpsRequest(
      message.url,
      {
        agent,
        method: message.method,
        headers: message.headers,
        timeout: ANSWER_WITHIN_MS,
        // Who the peer is says the pin in the directory, not a name in the certificate.
        checkServerIdentity: (_host, certificate) =>
          pins.includes(spkiOf(Buffer.from(certificate.raw))) ? undefined : new Error('The peer is not the node in the directory.'),
      },
      (response) => {
        readBody(response).then((body) => {
          const status = response.statusCode ?? 0
          if (status === 200 && body !== undefined) resolve({ status, headers: headersOf(response), body })
          else reject(new Error(`The peer answered ${status}.`))
        }, reject)
      },
    )
    request.on('timeout', () => request.destroy(new Error('The peer did not answer in time.')))
    request.on('error', reject)
    request.end(message.body)
  })
}
