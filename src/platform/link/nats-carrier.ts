/**
 * The sending end of the carrier over NATS JetStream. The broker keeps an envelope until the recipient has taken it, so sender and recipient need not
 * be there together. Answers come by a plain subject and may be lost: the outbox then sends the same bytes again, the broker knows them by their
 * message id, and the repeat goes straight to the recipient, who answers the same.
 */
import { createHash } from 'node:crypto'
import { jetstream } from '@nats-io/jetstream'
import type { Msg, NatsConnection } from '@nats-io/transport-node'
import type { Clock } from '#platform/clock/clock.ts'
import type { Logger } from '#platform/log/logger.ts'
import { requireCarriable } from './carrier-limits.ts'
import type { Directory } from './directory.ts'
import { orgOf } from './directory-store.ts'
import { type Envelope, outerDigest } from './envelope.ts'
import type { Answer, Carrier } from './link-world.ts'
import { openAnswers } from './nats-answers.ts'
import { keepBroker } from './nats-broker.ts'
import { againSubject, answerSubject, envelopeSubject } from './nats-inbox.ts'
import type { BrokerOptions } from './nats-server.ts'
import type { NodeKeys } from './node-keys.ts'

export interface NatsCarrierOptions extends BrokerOptions {
  readonly keys: Pick<NodeKeys, 'orgs'>
  readonly clock: Clock
  readonly log: Logger
  readonly directory: () => Directory
  readonly answerWithinMs?: number
}

const ANSWER_WITHIN_MS = 30_000

/** One delivery that waits. The same envelopes may be asked for by two at once: each hears every answer. */
interface Asking {
  readonly org: string
  readonly connection: NatsConnection
  readonly open: Set<string>
  readonly answers: Map<string, Answer>
  /** All answers are there, or none will come any more. */
  readonly end: () => void
}

export async function natsCarrier(options: NatsCarrierOptions): Promise<Carrier> {
  const { keys, clock, directory, answerWithinMs = ANSWER_WITHIN_MS } = options
  const asking = new Set<Asking>()
  const hear = (message: Msg): void => {
    if (asking.size === 0) return
    const opened = openAnswers(message.string(), { directory: directory(), now: clock.now() })
    if (opened === undefined) return
    // Only the recipient's own node says what became of a message.
    const isNodeOf = (org: string) => orgOf(directory(), org)?.nodes.some((node) => node.id === opened.signer.node.id) === true
    for (const each of [...asking].filter(({ org }) => isNodeOf(org))) {
      for (const { digest, answer } of opened.answers) if (each.open.delete(digest)) each.answers.set(digest, answer)
      if (each.open.size === 0) each.end()
    }
  }
  const broker = await keepBroker({
    ...options,
    prepare: async (connection) => {
      for (const org of Object.keys(keys.orgs))
        connection.subscribe(answerSubject(org), {
          callback: (error, message) => {
            if (error === null) hear(message)
          },
        })
      await connection.flush()
      // Whoever waits on a connection that breaks hears nothing more.
      void connection.closed().then(() => {
        for (const each of asking) if (each.connection === connection) each.end()
      })
    },
  })

  return {
    async deliver(org, envelopes) {
      requireCarriable(envelopes)
      if (orgOf(directory(), org) === undefined) throw new Error(`${org} is not in the directory.`)
      const connection = broker.connection()
      const digests = envelopes.map((envelope) => outerDigest(envelope.outer))
      const answers = new Map<string, Answer>()
      const waiting = Promise.withResolvers<void>()
      const asked: Asking = { org, connection, open: new Set(digests), answers, end: waiting.resolve }
      asking.add(asked)
      const timer = setTimeout(waiting.resolve, answerWithinMs)
      try {
        await Promise.all(envelopes.map(async (envelope) => await publish(connection, org, envelope)))
        await waiting.promise
      } finally {
        clearTimeout(timer)
        asking.delete(asked)
      }
      const first = digests.findIndex((digest) => !answers.has(digest))
      if (first === 0) throw new Error(`${org} has not answered yet.`)
      return digests.slice(0, first === -1 ? digests.length : first).map((digest) => answers.get(digest) as Answer)
    },
    stop: async () => await broker.stop(),
  }
}

/** The calls of one batch go out in their order over one connection; only their confirmations are waited for together. */
async function publish(connection: NatsConnection, org: string, envelope: Envelope): Promise<void> {
  const { urgency, from, id } = readOuter(envelope)
  const payload = JSON.stringify({ outer: envelope.outer, jwe: envelope.jwe })
  // Hashed: nobody who reads the broker's tables should learn identifiers from it.
  const msgID = createHash('sha256')
    .update(`${from.org} ${id} ${outerDigest(envelope.outer)}`)
    .digest('hex')
  const confirmed = await jetstream(connection).publish(envelopeSubject(org, urgency), payload, { msgID })
  if (confirmed.duplicate) connection.publish(againSubject(org), payload)
}

/** Our own outbox made the envelope, so its outer part is read without checking it again. */
function readOuter({ outer }: Envelope): { readonly urgency: string; readonly id: string; readonly from: { readonly org: string } } {
  return JSON.parse(Buffer.from(outer.split('.')[1] ?? '', 'base64url').toString('utf8'))
}
