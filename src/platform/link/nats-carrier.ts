/**
 * The sending end of the carrier over NATS JetStream. The broker keeps an envelope until the recipient has taken it, so sender and recipient need not
 * be there together. Answers come by a plain subject and may be lost: the outbox then sends the same bytes again, the broker knows them by their
 * message id, and the repeat goes straight to the recipient, who answers the same.
 */
import { createHash } from 'node:crypto'
import type { JetStreamClient } from '@nats-io/jetstream'
import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/transport-node'
import type { Clock } from '#platform/clock/clock.ts'
import { requireCarriable } from './carrier-limits.ts'
import type { Directory } from './directory.ts'
import { orgOf } from './directory-store.ts'
import { type Envelope, outerDigest } from './envelope.ts'
import type { Answer, Carrier } from './link-world.ts'
import { openAnswers } from './nats-answers.ts'
import { againSubject, type BrokerOptions, connectBroker, envelopeSubject, REPLY_HEADER, requireStream } from './nats-server.ts'

export interface NatsCarrierOptions extends BrokerOptions {
  readonly clock: Clock
  readonly directory: () => Directory
  readonly answerWithinMs?: number
}

const ANSWER_WITHIN_MS = 30_000

interface Asked {
  readonly org: string
  answered(answer: Answer): void
}

export async function natsCarrier(options: NatsCarrierOptions): Promise<Carrier> {
  const { clock, directory, answerWithinMs = ANSWER_WITHIN_MS } = options
  const broker = await connectBroker(options)
  const stream = await requireStream(broker).then(
    (manager) => manager.jetstream(),
    async (error: unknown) => {
      await broker.close()
      throw error
    },
  )
  const reply = createInbox()
  const asked = new Map<string, Asked>()

  broker.subscribe(reply, {
    callback: (error, message) => {
      if (error === null) hear(message)
    },
  })
  const hear = (message: Msg): void => {
    const opened = openAnswers(message.string(), { directory: directory(), now: clock.now() })
    if (opened === undefined) return
    for (const { digest, answer } of opened.answers) {
      const waiting = asked.get(digest)
      // Only the recipient's own node says what became of a message.
      const isRecipient =
        waiting !== undefined && orgOf(directory(), waiting.org)?.nodes.some((node) => node.id === opened.signer.node.id) === true
      if (isRecipient) waiting.answered(answer)
    }
  }

  return {
    async deliver(org, envelopes) {
      requireCarriable(envelopes)
      if (orgOf(directory(), org) === undefined) throw new Error(`${org} is not in the directory.`)
      const digests = envelopes.map((envelope) => outerDigest(envelope.outer))
      const answers = new Map<string, Answer>()
      let timer: NodeJS.Timeout | undefined
      const all = new Promise<void>((done) => {
        timer = setTimeout(done, answerWithinMs)
        for (const digest of digests)
          asked.set(digest, {
            org,
            answered: (answer) => {
              answers.set(digest, answer)
              if (answers.size === digests.length) done()
            },
          })
      })
      try {
        await Promise.all(envelopes.map(async (envelope) => await publish({ broker, stream, org, reply }, envelope)))
        await all
      } finally {
        clearTimeout(timer)
        for (const digest of digests) asked.delete(digest)
      }
      const first = digests.findIndex((digest) => !answers.has(digest))
      if (first === 0) throw new Error(`${org} has not answered yet.`)
      return digests.slice(0, first === -1 ? digests.length : first).map((digest) => answers.get(digest) as Answer)
    },
    stop: async () => await broker.close(),
  }
}

interface Publishing {
  readonly broker: NatsConnection
  readonly stream: JetStreamClient
  readonly org: string
  readonly reply: string
}

/** The calls of one batch go out in their order over one connection; only their confirmations are waited for together. */
async function publish({ broker, stream, org, reply }: Publishing, envelope: Envelope): Promise<void> {
  const { urgency, from, id } = readOuter(envelope)
  const payload = JSON.stringify({ outer: envelope.outer, jwe: envelope.jwe })
  const replyTo = headers()
  replyTo.set(REPLY_HEADER, reply)
  // Hashed: nobody who reads the broker's tables should learn identifiers from it.
  const msgID = createHash('sha256')
    .update(`${from.org} ${id} ${outerDigest(envelope.outer)}`)
    .digest('hex')
  const confirmed = await stream.publish(envelopeSubject(org, urgency), payload, { msgID, headers: replyTo })
  if (!confirmed.duplicate) return
  const again = headers()
  again.set(REPLY_HEADER, reply)
  broker.publish(againSubject(org), payload, { headers: again })
}

/** Our own outbox made the envelope, so its outer part is read without checking it again. */
function readOuter({ outer }: Envelope): { readonly urgency: string; readonly id: string; readonly from: { readonly org: string } } {
  return JSON.parse(Buffer.from(outer.split('.')[1] ?? '', 'base64url').toString('utf8'))
}
