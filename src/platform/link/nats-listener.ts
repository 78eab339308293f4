/**
 * The receiving end of the carrier over NATS JetStream: a durable pull consumer for each organisation of this node. An envelope is acknowledged after
 * its answer has gone out; what the node could not take is given back to the broker and comes again. The broker is no identity: `take` is
 * given no peer, and believes the signatures of the envelope alone.
 */
import type { ConsumerMessages } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Logger } from '#platform/log/logger.ts'
import { envelopeSchema, MAX_BATCH } from './carrier-limits.ts'
import { type Envelope, outerDigest } from './envelope.ts'
import type { Answer } from './link-world.ts'
import { type DigestAnswer, sealAnswers } from './nats-answers.ts'
import { againSubject, type BrokerOptions, connectBroker, REPLY_HEADER, requireConsumer } from './nats-server.ts'
import type { NodeKeys } from './node-keys.ts'

export interface NatsListenOptions extends BrokerOptions {
  readonly keys: NodeKeys
  readonly log: Logger
  readonly take: (envelopes: readonly Envelope[], peerSpki: null) => Promise<readonly Answer[]>
  /** How long the broker waits before it brings again what the node could not take. */
  readonly againAfterMs?: number
}

const AGAIN_AFTER_MS = 2000

/** What came from the stream or directly; `done` and `giveBack` do nothing for what was not in the stream. */
interface Arrived {
  readonly envelope: Envelope
  readonly reply: string
  done(): void
  giveBack(): void
}

interface Message {
  readonly data: Uint8Array
  readonly headers?: { get(name: string): string } | undefined
}

export async function listenOnBroker(options: NatsListenOptions): Promise<{ stop(): Promise<void> }> {
  const { keys, log, againAfterMs = AGAIN_AFTER_MS } = options
  const broker = await connectBroker(options)
  const queue = takingQueue(broker, options)
  const open: ConsumerMessages[] = []
  try {
    for (const org of Object.keys(keys.orgs)) {
      const consumer = await requireConsumer(broker, org, MAX_BATCH)
      open.push(
        await consumer.consume({
          max_messages: MAX_BATCH,
          callback: (message) => {
            const envelope = readEnvelope(message)
            if (envelope === undefined) {
              log.warn({ code: 'link.broker-message' }, 'the broker held something that is no envelope')
              message.term()
              return
            }
            queue.add({ ...envelope, done: () => message.ack(), giveBack: () => message.nak(againAfterMs) })
          },
        }),
      )
      broker.subscribe(againSubject(org), {
        callback: (error, message) => {
          const envelope = error === null ? readEnvelope(message) : undefined
          if (envelope !== undefined) queue.add({ ...envelope, done: () => undefined, giveBack: () => undefined })
        },
      })
    }
  } catch (error) {
    await broker.close()
    throw error
  }
  return {
    stop: async () => {
      for (const messages of open) messages.stop()
      await queue.stop()
      await broker.drain()
    },
  }
}

/** One batch at a time, in the order of arrival: what comes meanwhile makes up the next. */
function takingQueue(broker: NatsConnection, { keys, log, take }: NatsListenOptions) {
  const waiting: Arrived[] = []
  let stopped = false
  let running: Promise<void> | undefined
  const takeBatch = async (batch: readonly Arrived[]): Promise<void> => {
    try {
      const answers = await take(
        batch.map(({ envelope }) => envelope),
        null,
      )
      const byReply = new Map<string, DigestAnswer[]>()
      for (const [index, answer] of answers.entries()) {
        const arrived = batch[index]
        if (arrived === undefined || arrived.reply === '') continue
        const given = byReply.get(arrived.reply) ?? []
        byReply.set(arrived.reply, given)
        given.push({ digest: outerDigest(arrived.envelope.outer), answer })
      }
      for (const [reply, given] of byReply) broker.publish(reply, sealAnswers(given, keys.sig))
      for (const [index, arrived] of batch.entries()) {
        if (index < answers.length) arrived.done()
        else arrived.giveBack()
      }
    } catch (error) {
      log.warn({ code: 'link.serve', because: String(error) }, 'a batch from the broker was not taken')
      for (const arrived of batch) arrived.giveBack()
    }
  }
  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !stopped) await takeBatch(waiting.splice(0, MAX_BATCH))
    running = undefined
  }
  return {
    add(arrived: Arrived): void {
      waiting.push(arrived)
      // The next turn: messages of one delivery come one by one and belong into one batch.
      running ??= new Promise<void>((next) => setImmediate(next)).then(run)
    },
    async stop(): Promise<void> {
      stopped = true
      await running
      for (const arrived of waiting.splice(0)) arrived.giveBack()
    },
  }
}

function readEnvelope({ data, headers }: Message): { readonly envelope: Envelope; readonly reply: string } | undefined {
  try {
    const envelope = envelopeSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)))
    const reply = headers?.get(REPLY_HEADER) ?? ''
    // An answer goes to a private inbox and nowhere else: whoever sends must not choose where this node speaks.
    return { envelope, reply: /^_INBOX\.[A-Za-z0-9]{10,60}$/.test(reply) ? reply : '' }
  } catch {
    return undefined
  }
}
