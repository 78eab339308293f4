/**
 * The receiving end of the carrier over NATS JetStream: a durable pull consumer for each organisation of this node. An envelope is acknowledged after
 * its answer has gone out; what the node could not take is given back to the broker and comes again. The broker is no identity: `take` is
 * given no peer, and believes the signatures of the envelope alone.
 */
import type { ConsumerMessages } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import type { Logger } from '#platform/log/logger.ts'
import { envelopeSchema, MAX_BATCH } from './carrier-limits.ts'
import { type Envelope, outerDigest } from './envelope.ts'
import type { Answer } from './link-world.ts'
import { type DigestAnswer, sealAnswers } from './nats-answers.ts'
import { type KeptBroker, keepBroker } from './nats-broker.ts'
import { againSubject, answerSubject, requireInbox } from './nats-inbox.ts'
import type { BrokerOptions } from './nats-server.ts'
import type { NodeKeys } from './node-keys.ts'

export interface NatsListenOptions extends BrokerOptions {
  readonly keys: NodeKeys
  readonly log: Logger
  readonly take: (envelopes: readonly Envelope[], peerSpki: null) => Promise<readonly Answer[]>
  /** How long the broker waits before it brings again what the node could not take. */
  readonly againAfterMs?: number
}

const AGAIN_AFTER_MS = 2000
const LONGEST_WAIT_MS = 60_000

/** What came from the stream or directly; `done` and `giveBack` do nothing for what was not in the stream, or when the connection it came by is gone. */
interface Arrived {
  readonly envelope: Envelope
  /** Organisation that says it sent it: where the answer goes. */
  readonly from: string
  done(): void
  giveBack(): void
}

export async function listenOnBroker(options: NatsListenOptions): Promise<{ stop(): Promise<void> }> {
  const { keys, log, againAfterMs = AGAIN_AFTER_MS } = options
  let open: ConsumerMessages[] = []
  const queue = takingQueue(options, (subject, text) => broker?.connection().publish(subject, text))
  const prepare = async (connection: NatsConnection): Promise<void> => {
    open = []
    for (const org of Object.keys(keys.orgs)) {
      const consumer = await requireInbox(connection, org, MAX_BATCH)
      open.push(
        await consumer.consume({
          max_messages: MAX_BATCH,
          callback: (message) => {
            const arrived = readEnvelope(message.data)
            if (arrived === undefined) {
              log.warn({ code: 'link.broker-message' }, 'the broker held something that is no envelope')
              message.term()
              return
            }
            queue.add({
              ...arrived,
              done: () => whileConnected(connection, () => message.ack()),
              giveBack: () => whileConnected(connection, () => message.nak(waitFor(againAfterMs, message.info.deliveryCount))),
            })
          },
        }),
      )
      watch(open.at(-1), connection)
      // One process of the node takes it.
      connection.subscribe(againSubject(org), {
        queue: 'node',
        callback: (error, message) => {
          const arrived = error === null && queue.hasRoom() ? readEnvelope(message.data) : undefined
          if (arrived !== undefined) queue.add({ ...arrived, done: () => undefined, giveBack: () => undefined })
        },
      })
    }
  }
  const broker: KeptBroker = await keepBroker({ ...options, prepare })
  return {
    stop: async () => {
      for (const messages of open) messages.stop()
      await queue.stop()
      await broker.stop()
    },
  }
}

/** What cannot be taken comes again later each time, at most a minute apart. */
function waitFor(firstMs: number, deliveries: number): number {
  return Math.min(LONGEST_WAIT_MS, firstMs * 2 ** Math.min(10, deliveries - 1))
}

/** Whoever administers the broker may have removed stream or consumer: on a new connection both are made again. */
function watch(messages: ConsumerMessages | undefined, connection: NatsConnection): void {
  void (async () => {
    for await (const { type } of messages?.status() ?? [])
      if (type === 'stream_not_found' || type === 'consumer_not_found' || type === 'consumer_deleted') await connection.close()
  })()
}

/** On a connection that broke nothing can be said any more; the broker then brings the envelope again by itself. */
function whileConnected(connection: NatsConnection, act: () => void): void {
  if (!connection.isClosed()) act()
}

/** One batch of one sender at a time, in the order of arrival: what comes meanwhile makes up the next. */
function takingQueue({ keys, log, take }: NatsListenOptions, say: (subject: string, text: string) => void) {
  const waiting: Arrived[] = []
  let stopped = false
  let running: Promise<void> | undefined
  const takeBatch = async (batch: readonly Arrived[]): Promise<void> => {
    try {
      const answers = await take(
        batch.map(({ envelope }) => envelope),
        null,
      )
      const answered = batch.slice(0, answers.length)
      const given = answered.map(
        ({ envelope }, index): DigestAnswer => ({ digest: outerDigest(envelope.outer), answer: answers[index] as Answer }),
      )
      if (given.length > 0) say(answerSubject(batch[0]?.from ?? ''), sealAnswers(given, keys.sig))
      for (const arrived of answered) arrived.done()
      for (const arrived of batch.slice(answers.length)) arrived.giveBack()
    } catch (error) {
      // One by one: what cannot be taken does not keep the rest from being taken.
      if (batch.length > 1) {
        for (const arrived of batch) await takeBatch([arrived])
        return
      }
      log.warn({ code: 'link.serve', because: String(error) }, 'an envelope from the broker was not taken')
      batch[0]?.giveBack()
    }
  }
  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !stopped) await takeBatch(nextBatch(waiting))
    running = undefined
  }
  return {
    /** What the stream holds is bounded by what may be unacknowledged; what is asked again is left out when there is enough to do, and asked again later. */
    hasRoom: () => waiting.length < 2 * MAX_BATCH,
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

/** Removes the envelopes of the sender whose turn it is: what a node states to one sender never depends on another. */
function nextBatch(waiting: Arrived[]): readonly Arrived[] {
  const from = waiting[0]?.from
  const batch = waiting.filter((arrived) => arrived.from === from).slice(0, MAX_BATCH)
  const taken = new Set(batch)
  waiting.splice(0, waiting.length, ...waiting.filter((arrived) => !taken.has(arrived)))
  return batch
}

const claimSchema = z.object({ from: z.object({ org: z.string() }) })

/** Undefined for what is no envelope. Who sent it is believed for one thing only, where its answer goes: a wrong one is heard by somebody who did not ask. */
function readEnvelope(data: Uint8Array): { readonly envelope: Envelope; readonly from: string } | undefined {
  try {
    const envelope = envelopeSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)))
    const claimed = claimSchema.parse(JSON.parse(Buffer.from(envelope.outer.split('.')[1] ?? '', 'base64url').toString('utf8')))
    answerSubject(claimed.from.org)
    return { envelope, from: claimed.from.org }
  } catch {
    return undefined
  }
}
